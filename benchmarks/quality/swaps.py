"""Whether a reading changes when sides are exchanged: `python -m benchmarks.quality.swaps`.

Sentences of `tests/events/neutral.yaml` are filled with two sides, A with B and B with A. The two
readings must be the same but for the names: claims (source, cue, content, act, quotation, parent,
when said) and events (claim, kind, trigger, polarity, modality, arguments with their roles, counts,
time, episode, dating words). Spans are compared in words, and a name counts as one. `claims alike`
and `events alike` say how much of the whole holds: the latter leaves out arguments and counts.

Whole gold articles are exchanged too: the two names that speak and act most often, by the reading
of the article itself, are put in each other's place wherever they stand. There every event and
every claim is counted, not the article.
"""

import argparse
import hashlib
import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

import yaml

from allegata.errors import AllegataError
from allegata.types import Document, Interval, Reading, Role, Segment, Span
from benchmarks.program import ROOT, SHARED
from benchmarks.quality.event_readings import as_document, open_reading, read_all
from benchmarks.quality.measured import Measured
from benchmarks.quality.showing import draw
from benchmarks.quality.tally import Tally

__all__ = [
    "NEUTRAL",
    "PARTS",
    "Swap",
    "exchange_names",
    "find_differences",
    "find_sides",
    "load_swaps",
    "measure_swaps",
    "outline",
    "read_articles",
    "read_swaps",
]

NEUTRAL = ROOT / "tests" / "events" / "neutral.yaml"
GOLD = SHARED / "gold" / "dev"

DAY = date(2021, 3, 14)
"""When the sentences are taken to be published: a Sunday."""

_WORD = r"\w+(?:[-'’.]\w+)*|\S"
_NAME = re.compile(r"[A-Z][\w-]*(?: [A-Z][\w-]*)*")

Outline = dict[str, tuple[object, ...]]
Names = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Swap:
    """One text in two versions.

    Attributes:
        sentence: The sentence that it was made from.
        names: A and B.
        one: With A in the place of A.
        other: With B in the place of A.
    """

    sentence: str
    names: Names
    one: str
    other: str

    @property
    def name(self) -> str:
        """What tells it from others."""
        return f"{self.sentence} [{', '.join(self.names)}]"


def load_swaps(path: Path = NEUTRAL, *, most: int | None = None) -> list[Swap]:
    """Every sentence with every pair of sides.

    Args:
        path: The table of sentences and pairs.
        most: Only so many pairs a sentence, other ones for each; all where it is None.
    """
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    pairs, swaps = table["pairs"], []
    for number, sentence in enumerate(table["sentences"]):
        n_pairs = len(pairs) if most is None else most
        for step in range(n_pairs):
            a, b = pairs[(number * n_pairs + step) % len(pairs)]
            swaps.append(Swap(sentence, (a, b), _fill(sentence, a, b), _fill(sentence, b, a)))
    return swaps


def _fill(sentence: str, a: str, b: str) -> str:
    text = sentence.replace("{A}", a).replace("{B}", b)
    return re.sub(r"\w", lambda first: first[0].upper(), text, count=1)


def read_swaps(
    swaps: Sequence[Swap], weights: Path | None = None
) -> dict[str, tuple[Outline, Outline]]:
    """Both readings of each swap, by its name.

    Raises:
        InputError: A text could not be read.
    """
    texts = sorted({text for swap in swaps for text in (swap.one, swap.other)})
    readings = read_all({text: as_document("neutral", text, DAY) for text in texts}, weights)
    return {
        swap.name: (
            outline(readings[swap.one], swap.names),
            outline(readings[swap.other], swap.names),
        )
        for swap in swaps
    }


def find_differences(one: Outline, other: Outline) -> list[str]:
    """What differs between two readings but for two names, a line for each claim and event."""
    return [
        f"{key}: {one.get(key)} / {other.get(key)}"
        for key in dict.fromkeys(chain(one, other))
        if one.get(key) != other.get(key)
    ]


def outline(reading: Reading, names: Names) -> Outline:
    """A reading in word numbers, without any name.

    Args:
        reading: Of either version.
        names: Each of them is one word.

    Returns:
        By `claim 3-4` (its cue) and `event 7-8` (its trigger) what is read of it. An episode goes
        by its first trigger.
    """
    words = Words(reading.document.text, names)
    claims = {claim.id: f"claim {words.of(claim.cue)}" for claim in reading.claims}
    found: Outline = {}
    for claim in reading.claims:
        found[claims[claim.id]] = (
            claims.get(claim.parent or ""),
            words.of(claim.source),
            tuple(words.of(span) for span in claim.content),
            claim.act.value,
            claim.quotation.value,
            _days(claim.said),
        )
    episodes: dict[str, str] = {}
    for event in reading.events:
        episodes.setdefault(event.episode, words.of(event.trigger))
    for event in reading.events:
        found[f"event {words.of(event.trigger)}"] = (
            claims.get(event.claim),
            event.kind.value,
            event.polarity.value,
            event.modality.value,
            tuple(sorted((one.role.value, words.of(one.span)) for one in event.arguments)),
            tuple((one.kind.value, one.low, one.high) for one in event.counts),
            _days(event.time),
            words.of(event.dated_by),
            episodes[event.episode],
        )
    return found


class Words:
    """Spans of a text as numbers of words, where each of two names is one."""

    def __init__(self, text: str, names: Names) -> None:
        pattern = re.compile(f"{_either(names)}|{_WORD}", re.IGNORECASE)
        self.spans = [Span(*found.span()) for found in pattern.finditer(text)]
        self._starts = [span.start for span in self.spans]

    def of(self, span: Span | None) -> str:
        """First word and one past the last, as `3-5`; empty for no span."""
        return "" if span is None else "{}-{}".format(*self.range(span))

    def range(self, span: Span) -> tuple[int, int]:
        """First word and one past the last."""
        first = bisect_right(self._starts, span.start) - 1
        return first, bisect_right(self._starts, span.end - 1)


def _either(names: Names) -> str:
    """A pattern for either name as whole words."""
    longest_first = sorted(names, key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"


def _days(interval: Interval | None) -> tuple[object, ...] | None:
    return (interval.start, interval.end, interval.precision.value) if interval else None


def measure_swaps(path: Path = NEUTRAL, gold: Path = GOLD, weights: Path | None = None) -> Measured:
    """Share of swaps that read alike, by sentence, and of claims and events of whole articles.

    Raises:
        InputError: A text could not be read.
    """
    swaps = load_swaps(path)
    documents: dict[str, dict[str, Tally]] = {}
    for swap, (one, other) in zip(swaps, read_swaps(swaps, weights).values(), strict=True):
        figures = documents.setdefault(swap.sentence, {})
        for name, part in PARTS.items():
            same = part(one) == part(other)
            figures[name] = figures.get(name, Tally()) + Tally(float(same), 1, 1)
    files = [path, *sorted(gold.glob("*.txt"))]
    for name, (one, other) in read_articles(gold, weights).items():
        keys = set(one) | set(other)
        n_same = sum(one.get(key) == other.get(key) for key in keys)
        tally = Tally(n_same, len(keys), len(keys))
        documents[name] = {"claims and events of articles alike": tally}
    total = hashlib.sha256(b"".join(file.read_bytes() for file in files))
    return Measured("swaps", f"sha256:{total.hexdigest()}", documents)


def _claims(whole: Outline) -> Outline:
    return {key: value for key, value in whole.items() if key.startswith("claim")}


def _events(whole: Outline) -> Outline:
    """Claim, kind, polarity and modality of each event."""
    return {key: value[:4] for key, value in whole.items() if key.startswith("event")}


def _whole(whole: Outline) -> Outline:
    return whole


PARTS: Mapping[str, Callable[[Outline], Outline]] = {
    "swaps read alike": _whole,
    "claims alike": _claims,
    "events alike": _events,
}


def read_articles(
    gold: Path = GOLD, weights: Path | None = None
) -> dict[str, tuple[Outline, Outline]]:
    """Both readings of each article that names two sides; none where there is no gold."""
    from allegata.documents import read_documents

    found = {}
    reader = open_reading(weights)
    for doc in read_documents([str(gold / "dev.jsonl")]) if gold.is_dir() else ():
        if not isinstance(doc, Document):
            continue
        reading = reader.read(doc)
        names = find_sides(reading)
        if names is not None:
            other = reader.read(_exchanged(doc, names))
            key = f"{doc.uri} [{', '.join(names)}]"
            found[key] = outline(reading, names), outline(other, names)
    return found


def find_sides(reading: Reading) -> Names | None:
    """The two names that speak and act most often in a reading, or None where there are no two.

    A name is what stands in capitals at the end of a source, an actor or a target; one that is
    part of the other is no second name.
    """
    text = reading.document.text
    spans = [claim.source for claim in reading.claims if claim.source is not None]
    spans += [
        argument.span
        for event in reading.events
        for argument in event.arguments
        if argument.role in (Role.ACTOR, Role.TARGET)
    ]
    names = [found[-1] for span in spans if (found := _NAME.findall(span.words(text)))]
    ranked = [name for name, _ in Counter(names).most_common() if name.lower() not in _NO_NAMES]
    for other in ranked[1:]:
        if other not in ranked[0] and ranked[0] not in other:
            return ranked[0], other
    return None


_NO_NAMES = frozenset(
    "he she it they we i you his her their this that these those the a an".split()
)


def exchange_names(text: str, names: Names) -> str:
    """A text with two names in each other's place, wherever they stand as whole words."""
    one, other = names
    swapped = {one: other, other: one}
    return re.sub(_either(names), lambda found: swapped[found[0]], text)


def _exchanged(doc: Document, names: Names) -> Document:
    """A document with two names exchanged, and its segments moved along."""
    text = exchange_names(doc.text, names)
    before, after = Words(doc.text, names), Words(text, names)
    segments = []
    for segment in doc.segments:
        first, end = before.range(segment.span)
        moved = Span(after.spans[first].start, after.spans[end - 1].end)
        segments.append(Segment(segment.kind, moved))
    return replace(doc, text=text, segments=tuple(segments))


def _listed(read: Mapping[str, tuple[Outline, Outline]]) -> Iterator[str]:
    for name, (one, other) in read.items():
        if one != other:
            yield name
            yield from (f"    {difference}" for difference in find_differences(one, other))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the shares, with `--show` also every difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, help="a model folder")
    parser.add_argument("--show", action="store_true", help="list what differs")
    args = parser.parse_args(arguments)
    try:
        print(draw(measure_swaps(weights=args.weights)))
        if args.show:
            print("\n".join(_listed(read_swaps(load_swaps(), args.weights))))
            print("\n".join(_listed(read_articles(weights=args.weights))))
    except AllegataError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
