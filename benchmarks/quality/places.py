"""Score places on GeoVirus and GeoWebNews: `python -m benchmarks.quality.places [--show]`.

A toponym counts as found where a place's evidence shares a character with it. It is resolved where
the coordinates lie within 161 km (100 miles) of the gold ones, the measure that geoparsers publish:
once of all gold toponyms, and once of those that were found. In GeoWebNews the toponyms to find are
those that stand for a place; those that modify or stand for people and bodies may be found or not.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Xml

from allegata.errors import InputError
from allegata.knowledge.gazetteer import distance_km
from allegata.types import Place, Span
from benchmarks.program import SHARED
from benchmarks.quality.measured import Measured
from benchmarks.quality.portion import digest_files
from benchmarks.quality.tally import Tally

__all__ = [
    "GEOPARSING",
    "Toponym",
    "is_near",
    "match",
    "measure_places",
    "open_places",
    "score_places",
]

GEOPARSING = SHARED / "corpora" / "geoparsing"

NEAR_KM = 161.0
LITERAL = frozenset(("Literal", "Mixed", "Coercion", "Embedded_Literal", "Literal_Modifier"))
EXPRESSIONS = frozenset(("Literal_Expression", "Non_Lit_Expression"))


@dataclass(frozen=True, slots=True)
class Toponym:
    """A toponym that people marked.

    Attributes:
        span: Its words.
        at: Latitude and longitude, or None where nobody gave them.
        wanted: Whether it is to be found; others may be.
    """

    span: Span
    at: tuple[float, float] | None
    wanted: bool


def read_geovirus(path: Path) -> Iterator[tuple[str, list[Toponym]]]:
    """The texts of GeoVirus with their toponyms."""
    for article in Xml.parse(path).getroot():
        text = article.findtext("text", "")
        toponyms = [
            Toponym(span, _point(node, "lat", "lon"), wanted=True)
            for node in article.iter("location")
            if (span := _nearest(text, node)) is not None
        ]
        yield text, toponyms


def read_geowebnews(path: Path) -> Iterator[tuple[str, list[Toponym]]]:
    """The texts of GeoWebNews with their toponyms; expressions without a name are left out."""
    for article in Xml.parse(path).getroot():
        toponyms = []
        for node in article.iter("toponym"):
            kind = node.findtext("type", "")
            # a few lie in the title, which is no part of the text
            if kind not in EXPRESSIONS and int(node.findtext("start", "0")) >= 0:
                at = _point(node, "latitude", "longitude")
                wanted = kind in LITERAL and at is not None
                toponyms.append(Toponym(_span(node), at, wanted))
        yield article.findtext("text", ""), toponyms


def _span(node: Xml.Element) -> Span:
    return Span(int(node.findtext("start", "0")), int(node.findtext("end", "0")))


def _nearest(text: str, node: Xml.Element) -> Span | None:
    """Where a name stands: GeoVirus' own offsets are one or a few too large."""
    name, start = node.findtext("name", ""), int(node.findtext("start", "0"))
    starts = [match.start() for match in re.finditer(re.escape(name), text)] if name else []
    nearest = min(starts, key=lambda at: abs(at - start), default=None)
    return None if nearest is None else Span(nearest, nearest + len(name))


def _point(node: Xml.Element, north: str, east: str) -> tuple[float, float] | None:
    latitude, longitude = node.findtext(north), node.findtext(east)
    return (float(latitude), float(longitude)) if latitude and longitude else None


def score_places(toponyms: Sequence[Toponym], places: Sequence[Place]) -> dict[str, Tally]:
    """Score the places of one text."""
    wanted = [toponym for toponym in toponyms if toponym.wanted]
    found = [(toponym, match(toponym, places)) for toponym in wanted]
    predicted = [
        place
        for place in places
        if any(toponym.span.overlaps(place.evidence) for toponym in wanted)
        or not any(toponym.span.overlaps(place.evidence) for toponym in toponyms)
    ]
    with_point = [(toponym, place) for toponym, place in found if toponym.at is not None]
    both = [(toponym, place) for toponym, place in with_point if place is not None]
    near = sum(_is_near(toponym, place) for toponym, place in both)
    return {
        "toponyms": Tally(
            sum(place is not None for _, place in found), len(predicted), len(wanted)
        ),
        "within 161 km, of all": Tally(near, len(with_point), len(with_point)),
        "within 161 km, of those found": Tally(near, len(both), len(both)),
    }


def match(toponym: Toponym, places: Sequence[Place]) -> Place | None:
    """The place whose evidence shares the most characters with a toponym, or None."""
    shared = [
        (min(toponym.span.end, place.evidence.end) - max(toponym.span.start, place.evidence.start))
        for place in places
    ]
    best = max(range(len(places)), key=lambda at: shared[at], default=None)
    return places[best] if best is not None and shared[best] > 0 else None


def _is_near(toponym: Toponym, place: Place) -> bool:
    return toponym.at is not None and is_near(toponym.at, place.latitude, place.longitude)


def is_near(at: tuple[float, float], latitude: float | None, longitude: float | None) -> bool:
    """Whether a point lies within 161 km of the gold one."""
    if latitude is None or longitude is None:
        return False
    return distance_km(at, (latitude, longitude)) <= NEAR_KM


def open_places() -> Callable[[str], tuple[Place, ...]]:
    """A function that finds the places of a text."""
    from allegata.encoder import Encoder
    from allegata.grounding.places import find_places
    from allegata.knowledge.gazetteer import Gazetteer
    from allegata.sentences import find_sentences

    encoder, gazetteer = Encoder.open(None), Gazetteer.open()
    return lambda text: find_places(encoder.read(text, find_sentences(text)), gazetteer)


SETS = {
    "GeoVirus": ("GeoVirus.xml", read_geovirus),
    "GeoWebNews": ("GWN.xml", read_geowebnews),
}


def measure_places(name: str, folder: Path = GEOPARSING, *, show: bool = False) -> Measured:
    """Score one of the sets, text by text.

    Args:
        name: A key of `SETS`.
        folder: Where they lie.
        show: Print what was missed, invented or far away.

    Raises:
        InputError: It is not there.
    """
    file, read = SETS[name]
    path = folder / file
    if not path.is_file():
        raise InputError(str(path), "absent.", "Give the folder of the geoparsing corpora.")
    find = open_places()
    documents = {}
    for number, (text, toponyms) in enumerate(read(path)):
        places = find(text)
        documents[f"{number:03}"] = score_places(toponyms, places)
        if show:
            _show(number, text, toponyms, places)
    return Measured(name, digest_files(folder, [path]), documents)


def _show(number: int, text: str, toponyms: Sequence[Toponym], places: Sequence[Place]) -> None:
    for toponym in toponyms:
        place = match(toponym, places)
        words = toponym.span.words(text)
        if toponym.wanted and place is None:
            print(f"{number} missed   {words}")
        elif toponym.wanted and place is not None and not _is_near(toponym, place):
            print(f"{number} far      {words} {toponym.at} -> {place.name} {place.id}"
                  f" {place.latitude} {place.longitude}")  # fmt: skip
    for place in places:
        if not any(toponym.span.overlaps(place.evidence) for toponym in toponyms):
            print(f"{number} invented {place.evidence.words(text)} -> {place.name} {place.id}")


def main(arguments: Sequence[str]) -> int:
    """Print the figures of both sets."""
    for name in SETS:
        measured = measure_places(name, show="--show" in arguments)
        print(f"{name} ({len(measured.documents)} texts)")
        for figure in measured.figures():
            tally = measured.total(figure)
            print(f"  {figure:32}{100 * (tally.f1 or 0):6.1f}  precision"
                  f" {100 * (tally.precision or 0):.1f} recall {100 * (tally.recall or 0):.1f}"
                  f" of {tally.gold:.0f}")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
