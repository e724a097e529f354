"""Score the fields of HRDsAttack dev: `python -m benchmarks.quality.hrdsattack [--weights DIR]`.

One hundred reports of attacks on defenders of human rights, each with one attack and its fields
(Ran et al. 2023). A reading has many events; the attack is its largest episode of the kinds in
`VIOLATIONS`, the first of several. Scored as the published software does: whether a perpetrator is
mentioned (F1), names of victims (F1; `loose` where one name holds the other), types of violation
(F1), and the share of documents with the right country, city, year, month and day, where nothing
on both sides is right too. Beside each of these stands F1 of what is there, since most fields are
often empty. Left out: what a reading does not say (sex, age and calling of victims, the region as
such).
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from allegata.errors import InputError
from allegata.knowledge.gazetteer import Gazetteer
from allegata.types import (
    EntityType,
    Event,
    EventKind,
    Interval,
    Modality,
    PlacePrecision,
    Polarity,
    Reading,
    Role,
)
from benchmarks.program import SHARED
from benchmarks.quality.event_readings import as_document, read_all
from benchmarks.quality.measured import Measured
from benchmarks.quality.portion import digest_files
from benchmarks.quality.showing import run
from benchmarks.quality.tally import Tally

__all__ = ["HRDSATTACK", "Fields", "count_fields", "fields_of", "measure_hrdsattack"]

HRDSATTACK = SHARED / "corpora" / "hrdsattack"

VIOLATIONS: Mapping[EventKind, str] = {
    EventKind.DETENTION: "arbitrary detention",
    EventKind.KILLING: "killing",
    EventKind.ABDUCTION: "kidnapping",
    EventKind.TORTURE: "torture",
    EventKind.ATTACK: "other",
    EventKind.HARM: "other",
    EventKind.SHOOTING: "other",
    EventKind.BOMBING: "other",
    EventKind.SEIZURE: "other",
}
"""Kinds of events that are violations there. A forced disappearance is an abduction here."""

_MONTHS = (
    "january february march april may june july august september october november december".split()
)


@dataclass(frozen=True, slots=True)
class Fields:
    """What is said of an attack; None where nothing is.

    Attributes:
        perpetrator: Whether one is mentioned.
        violations: Types of violation.
        victims: Names.
        country: ISO code of two letters.
        city: Its name in small letters.
        day, month, year: Numbers.
    """

    perpetrator: bool
    violations: frozenset[str]
    victims: tuple[str, ...]
    country: str | None
    city: str | None
    day: int | None
    month: int | None
    year: int | None


def measure_hrdsattack(folder: Path = HRDSATTACK, weights: Path | None = None) -> Measured:
    """Read HRDsAttack's dev portion and score its fields.

    Raises:
        InputError: It is not there.
    """
    path = folder / "dev.json"
    if not path.is_file():
        raise InputError(str(folder), "no dev.json.", "Give the folder of HRDsAttack.")
    entries = json.loads(path.read_text(encoding="utf-8"))
    documents = {
        f"{number:03}": as_document(f"{number:03}", _prose(entry["sample"]), _day(entry["sample"]))
        for number, entry in enumerate(entries)
    }
    readings = read_all(documents, weights)
    gazetteer = Gazetteer.open()
    scores = {
        name: count_fields(_gold(entry["merged_sample"], gazetteer), fields_of(readings[name]))
        for name, entry in zip(documents, entries, strict=True)
    }
    return Measured("hrdsattack dev", digest_files(folder, [path]), scores)


def fields_of(reading: Reading) -> Fields:
    """The attack that a reading tells most of, and what it says of it."""
    told = [
        event
        for event in reading.events
        if event.kind in VIOLATIONS
        and event.polarity is Polarity.POSITIVE
        and event.modality is Modality.ACTUAL
    ]
    episodes = Counter(event.episode for event in told)
    main = [event for event in told if event.episode == max(episodes, key=episodes.__getitem__)]
    places = [event.place for event in main if event.place is not None]
    cities = [place.name.lower() for place in places if place.precision in _CITIES]
    year, month, day = _numbers([event.time for event in main if event.time is not None])
    return Fields(
        perpetrator=any(one.role is Role.ACTOR for event in told for one in event.arguments),
        violations=frozenset(VIOLATIONS[event.kind] for event in told) or frozenset(("unknown",)),
        victims=_victims(reading, told),
        country=next((place.country for place in places if place.country), None),
        city=next(iter(cities), None),
        day=day,
        month=month,
        year=year,
    )


_CITIES = (PlacePrecision.SETTLEMENT, PlacePrecision.EXACT)


def _victims(reading: Reading, told: Sequence[Event]) -> tuple[str, ...]:
    suffering = {one.entity for event in told for one in event.arguments if one.role is Role.TARGET}
    return tuple(
        entity.name
        for entity in reading.entities
        if entity.id in suffering and entity.type is EntityType.PERSON and entity.name[:1].isupper()
    )


def _numbers(times: Sequence[Interval]) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of the narrowest of some intervals, as far as it tells them."""
    closed = [(t.start, t.end) for t in times if t.start is not None and t.end is not None]
    start, end = min(closed, key=lambda days: days[1] - days[0], default=(None, None))
    if start is None or end is None:
        return None, None, None
    year = start.year if start.year == end.year else None
    month = start.month if year and start.month == end.month else None
    return year, month, start.day if month and start == end else None


def count_fields(gold: Fields, read: Fields) -> dict[str, Tally]:
    """Count what is right in one document."""
    shared = len(gold.violations & read.violations)
    figures = {
        "perpetrator": Tally(
            gold.perpetrator and read.perpetrator, read.perpetrator, gold.perpetrator
        ),
        "violation types": Tally(shared, len(read.violations), len(gold.violations)),
        "violation types, at least one": Tally(bool(shared), 1, 1),
        "victims": Tally(
            len({*gold.victims} & {*read.victims}), len(read.victims), len(gold.victims)
        ),
        "victims, loose": Tally(_loose(gold, read), len(read.victims), len(gold.victims)),
    }
    for name in ("country", "city", "year", "month", "day"):
        ours, theirs = getattr(read, name), getattr(gold, name)
        same = ours is not None and ours == theirs
        figures[f"{name}, right or rightly empty"] = Tally(ours == theirs, 1, 1)
        figures[name] = Tally(same, ours is not None, theirs is not None)
    return figures


def _loose(gold: Fields, read: Fields) -> int:
    return sum(any(one in other or other in one for other in gold.victims) for one in read.victims)


def _gold(fields: Mapping[str, Any], gazetteer: Gazetteer) -> Fields:
    violations = {
        "kidnapping" if name == "enforced disappearance" else name
        for name in fields["violation_types"]
    }
    names = [victim["victim_name"] for victim in fields["victims"] if victim["victim_name"]]
    return Fields(
        perpetrator=bool(fields["perpetrator_mention"]),
        violations=frozenset(violations - {"unknown"} or violations),
        victims=tuple(dict.fromkeys(names)),
        country=_country(_text(fields.get("country")), gazetteer),
        city=(_text(fields.get("city")) or "").lower() or None,
        day=_number(fields.get("date")),
        month=_month(_text(fields.get("month"))),
        year=_number(fields.get("year")),
    )


def _text(value: object) -> str | None:
    words = str(value or "").strip()
    return None if words.lower() in ("", "none", "n/a", "n//a") else words


def _country(name: str | None, gazetteer: Gazetteer) -> str | None:
    """The code of a country; the name itself where the gazetteer has no country of that name."""
    if name is None:
        return None
    lands = [e for e in gazetteer.named(name) if e.precision is PlacePrecision.COUNTRY]
    return lands[0].country if lands else name


def _number(value: object) -> int | None:
    found = re.match(r"\d+", _text(value) or "")
    return int(found[0]) if found else None


def _month(words: str | None) -> int | None:
    """A month by number or name; the beginning of a name will do, since some are misspelled."""
    if words is None or words[0].isdigit():
        return _number(words)
    begun = [at for at, name in enumerate(_MONTHS, start=1) if name[:3] == words[:3].lower()]
    return begun[0] if begun else None


def _prose(sample: Mapping[str, Any]) -> str:
    paragraphs = re.split("</p>", sample["Input.article_interface"])
    plain = (" ".join(re.sub("<[^>]+>", " ", one).split()) for one in paragraphs)
    return "\n\n".join(filter(None, plain))


def _day(sample: Mapping[str, Any]) -> date | None:
    found = re.match(r"\d{4}-\d\d-\d\d", str(sample.get("Input.publish_date") or ""))
    return date.fromisoformat(found[0]) if found else None


if __name__ == "__main__":
    sys.exit(run(__doc__, lambda weights: [measure_hrdsattack(weights=weights)]))
