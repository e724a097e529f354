"""Reports as many outlets tell of many happenings, put together from invented sentences.

Forty reports a day. Four happenings of five are small, with one or two reports; the fifth is told
of by four to sixty. A report has ten to fifteen sentences: three to five about its own happening,
one about an earlier one, and what stands around. Towns are real so that they lie somewhere;
everything else is made up. The same number makes the same reports, and of more the first are the
same.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.speed.invented import invent_documents

__all__ = ["invent_reports", "write_reports"]

_A_DAY = 40
_START = date(2019, 1, 1)
_TOWNS = (
    "Mosul Gao Mariupol Hodeidah Sittwe Goma Kandahar Buenaventura Taiz Aden Idlib Homs Raqqa"
    " Kirkuk Fallujah Ramadi Tikrit Baiji Kunduz Ghazni Herat Jalalabad Lashkargah Maiduguri Kidal"
    " Timbuktu Mopti Djibo Bunia Beni Butembo Bangui Bambari Juba Malakal Bentiu Kismayo Baidoa"
    " Mogadishu Sirte Benghazi Misrata Donetsk Luhansk Kharkiv Kherson Marib Saada Quetta"
    " Peshawar Cotabato Marawi Maungdaw Loikaw Mekelle Gondar Geneina Nyala Tumaco Culiacan"
).split()
_QUARTERS = ("northern", "southern", "eastern", "western", "old", "upper")
_NUMBERS = "three four five six seven nine eleven 12 14 17 19 21 23 26 32 38 41 60".split()
_WHOM = ("civilians", "people", "farmers", "students", "drivers", "market traders", "worshippers")
_WHERE = ("a school", "a market", "a clinic", "a bakery", "a bus station", "a row of houses")
_WHO = ("government forces", "rebels", "gunmen", "a militia", "army units", "armed men")
_NAMES = ("Oduya", "Kessem", "Varga", "Tolan", "Idrim", "Sabek", "Maruf", "Lendo", "Carrasul")
_SOURCES = (
    "a police officer",
    "a doctor at the hospital",
    "the governor's office",
    "a monitoring group",
    "the defence ministry",
    "residents",
    "a relief worker",
    "the mayor, {name}",
    "colonel {name}",
)
_OWN = {
    "shelling": (
        "Shells hit {where} in the {quarter} part of {town} on {day} and killed {number} {whom},"
        " {source} said.",
        "According to {source}, {who} shelled {town} on {day}, and {number} {whom} were killed.",
        "{Source} said that {who} had fired the shells that struck {where} in {town} on {day}.",
        "{Source} denied that {who} had shelled {where} in {town}.",
    ),
    "bombing": (
        "A car bomb exploded near {where} in {town} on {day}, killing {number} {whom}, {source}"
        " said.",
        "{Source} said that the bombing in {town} on {day} had killed {number} {whom}.",
        "{Source} blamed {who} for the explosion that tore through {where} in {town}.",
        "At least {number} {whom} died when the bomb went off in {town} on {day}, said {source}.",
    ),
    "strike": (
        "An air strike on {where} in {town} killed {number} {whom} on {day}, {source} said.",
        "Warplanes bombed the {quarter} part of {town} on {day}, according to {source}.",
        "{Source} said that {number} {whom} were killed when jets struck {where} in {town}.",
        "{Source} rejected the report that its planes had bombed {where} in {town} on {day}.",
    ),
    "abduction": (
        "{Who} abducted {number} {whom} near {town} on {day}, {source} said.",
        "According to {source}, {number} {whom} were kidnapped by {who} outside {town} on {day}.",
        "{Source} said that the {whom} abducted in {town} on {day} were being held by {who}.",
        "{Source} denied that {who} had kidnapped anybody near {town}.",
    ),
    "clash": (
        "Clashes between {who} and a rival group in {town} left {number} fighters dead on {day},"
        " {source} said.",
        "{Source} said that fighting in the {quarter} part of {town} on {day} had killed {number}"
        " fighters.",
        "According to {source}, {who} attacked a checkpoint in {town} on {day}.",
    ),
}
_BEFORE = (
    "Last week, {number} {whom} were killed in {town} in an attack that {source} blamed on {who}.",
    "Earlier this month a bomb had killed {number} {whom} in {town}, {source} said at the time.",
    "The report comes days after shells killed {number} {whom} in {town}.",
)
_OUTLETS = tuple(
    f"{first} {second}"
    for first in ("North", "River", "Coast", "Union", "Valley")
    for second in ("Post", "Wire", "Herald")
)


@dataclass(frozen=True, slots=True)
class _Happening:
    """What several reports tell of, each in its own words and by its own sources."""

    kind: str
    day: date
    town: str
    where: str
    whom: str
    who: str
    number: str
    quarter: str
    n_reports: int


def invent_reports(n_reports: int) -> Iterator[dict[str, str]]:
    """Make reports, day by day, as records that `allegata ingest` takes."""
    dice = random.Random(7)
    around = invent_documents(10**9, n_sentences=8, seed=8)
    made, day = 0, _START
    while made < n_reports:
        told: list[_Happening] = []
        while sum(one.n_reports for one in told) < _A_DAY:
            told.append(_happen(dice, day))
        reports = [one for one in told for _ in range(one.n_reports)]
        dice.shuffle(reports)
        for one in reports[: n_reports - made]:
            yield _tell(dice, one, next(around))
        made += len(reports)
        day += timedelta(days=1)


def write_reports(path: Path, n_reports: int) -> None:
    """Write them as JSON lines."""
    with path.open("w", encoding="utf-8") as lines:
        for record in invent_reports(n_reports):
            lines.write(json.dumps(record) + "\n")


def _happen(dice: random.Random, day: date) -> _Happening:
    small = dice.random() < 0.8
    return _Happening(
        kind=dice.choice(sorted(_OWN)),
        day=day,
        town=dice.choice(_TOWNS),
        where=dice.choice(_WHERE),
        whom=dice.choice(_WHOM),
        who=dice.choice(_WHO),
        number=dice.choice(_NUMBERS),
        quarter=dice.choice(_QUARTERS),
        n_reports=dice.randint(1, 2) if small else min(60, int(4 * dice.paretovariate(1.3))),
    )


def _tell(dice: random.Random, one: _Happening, around: str) -> dict[str, str]:
    own = dice.choices(_OWN[one.kind], k=dice.randint(3, 5))
    sentences = [_fill(dice, sentence, one) for sentence in dict.fromkeys(own)]
    before = _happen(dice, one.day)
    sentences.append(_fill(dice, dice.choice(_BEFORE), before))
    rest = [sentence for piece in around.split("\n\n") for sentence in piece.strip().split(". ")]
    sentences += [sentence.rstrip(".") + "." for sentence in rest[: dice.randint(6, 9)]]
    pairs = [" ".join(sentences[n : n + 2]) for n in range(0, len(sentences), 2)]
    for made_up in ("Torvik", "Kol Dara", "Amburo", "Lower Vesk", "Port Selim"):
        pairs = [pair.replace(made_up, before.town) for pair in pairs]
    published = one.day + timedelta(days=dice.choice((0, 0, 1)))
    title = f"{one.kind.capitalize()} reported in {one.town}"
    return {
        "text": "\n\n".join([title, *pairs]) + "\n",
        "title": title,
        "published": published.isoformat(),
        "publisher": dice.choice(_OUTLETS),
    }


def _fill(dice: random.Random, sentence: str, one: _Happening) -> str:
    source = dice.choice(_SOURCES).format(name=dice.choice(_NAMES))
    number = one.number if dice.random() < 0.7 else dice.choice(_NUMBERS)
    return sentence.format(
        source=source,
        Source=source[0].upper() + source[1:],
        who=one.who,
        Who=one.who[0].upper() + one.who[1:],
        whom=one.whom,
        where=one.where,
        town=one.town,
        quarter=one.quarter,
        number=number,
        day=one.day.strftime("%A"),
    )
