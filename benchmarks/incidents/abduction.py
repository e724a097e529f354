"""One mass abduction in 366 reports among 2,000 of other things: one incident, not 366.

    python -m benchmarks.incidents.abduction [--reports 366] [--others 2000] [--cache FILE]

Reports are composed of sentences that say the same in many ways: other outlets, other counts,
gunmen, militants or a group by name, two spellings of the town, the school or the town alone, a
day by name or by date or none, the first day or the days after it. Among the others are abductions
of other towns and of other weeks in the same town. Everybody and everything in them is invented
but for the places, which the gazetteer has to know.
"""

import argparse
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from allegata.documents import read_text
from allegata.types import Document
from benchmarks.incidents.building import features_of, group, make_all_accounts, read_all
from benchmarks.speed.machine import describe_machine

__all__ = ["Happening", "compose", "invent_happenings"]

_DAY = date(2023, 3, 14)
_OUTLETS = tuple(
    f"{first} {second}"
    for first in ("Northern", "Savanna", "Delta", "Capital", "River", "Plateau", "Union", "Lagoon")
    for second in ("Herald", "Tribune", "Monitor", "Wire", "Post", "Echo", "Star")
)
_TOWNS = (
    "Minna",
    "Kontagora",
    "Bida",
    "Suleja",
    "Gusau",
    "Funtua",
    "Katsina",
    "Zaria",
    "Jos",
    "Bauchi",
    "Gombe",
    "Yola",
    "Maiduguri",
    "Biu",
    "Potiskum",
    "Damaturu",
    "Ilorin",
    "Lokoja",
    "Makurdi",
    "Sokoto",
)
_KINDS = ("abduction", "shooting", "bombing", "air strike", "clash", "protest", "arrest")


@dataclass(frozen=True, slots=True)
class Happening:
    """Something invented that reports tell of.

    Attributes:
        kind: One of `_KINDS`.
        towns: Spellings of the town.
        site: What there was hit.
        day: When.
        victims: Who suffers it.
        n_victims: How many, as the first reports have it.
        group: A name of those who are blamed.
    """

    kind: str
    towns: tuple[str, ...]
    site: str
    day: date
    victims: str
    n_victims: int
    group: str


_MAIN = Happening(
    "abduction",
    ("Birnin Kebbi", "Birnin-Kebbi"),
    "Government Girls College",
    _DAY,
    "schoolgirls",
    137,
    "Sons of the Valley",
)


def main() -> None:
    """Read, group and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=366)
    parser.add_argument("--others", type=int, default=2000)
    parser.add_argument("--cache", type=Path, help="readings, kept between runs")
    options = parser.parse_args()
    rng = random.Random(366)
    docs = [_report(_MAIN, f"main-{n}", rng) for n in range(options.reports)]
    others = invent_happenings(options.others, rng)
    docs += [_report(others[n], f"other-{n}", rng) for n in range(options.others)]
    rng.shuffle(docs)
    accounts = make_all_accounts(read_all(docs, options.cache, 2))
    features = features_of(accounts)
    grouped = group(features)
    print(describe_machine())
    print(f"{len(docs)} reports, {len(features)} accounts, {grouped.n_pairs} pairs compared")
    print("seconds for keys, comparing, grouping:", *(f"{s:.1f}" for s in grouped.seconds))
    held: Counter[int] = Counter()
    for n, members in enumerate(grouped.groups):
        reports = {features[name].report for name in members}
        held[n] = sum(report.startswith("main") for report in reports)
    largest, n_held = held.most_common(1)[0]
    strangers = {
        features[name].report
        for name in grouped.groups[largest]
        if features[name].report.startswith("other")
    }
    print(f"of {options.reports} reports of the abduction the largest incident holds {n_held}")
    print(f"reports of other things in it: {len(strangers)}")
    print("incidents that hold 10 or more of them:", [n for _, n in held.most_common() if n >= 10])
    loose = {one.report for one in features.values() if one.report.startswith("main")}
    print(f"reports of it in which a happening was read at all: {len(loose)}")


def invent_happenings(n: int, rng: random.Random) -> list[Happening]:
    """Other things: a few of the same kind in the same town in other weeks.

    Args:
        n: How many reports tell of them: each of one to eight.
        rng: Decides.
    """
    found: list[Happening] = []
    while len(found) < n:
        same_town = rng.random() < 0.03
        # The days around the abduction in the same town are left to the abduction.
        shift = rng.choice([-1, 1]) * rng.randint(8, 60) if same_town else rng.randint(-60, 60)
        one = Happening(
            rng.choice(_KINDS),
            _MAIN.towns if same_town else (rng.choice(_TOWNS),),
            rng.choice(("market", "barracks", "bus station", "farm road", "mosque", "clinic")),
            _DAY + timedelta(days=shift),
            rng.choice(("villagers", "travellers", "traders", "farmers", "soldiers")),
            rng.randint(3, 90),
            rng.choice(("Men of the Red Hill", "Lake Brigade", "River Guard")),
        )
        found += [one] * rng.randint(1, 8)
    return found[:n]


def _report(one: Happening, name: str, rng: random.Random) -> Document:
    late = rng.choices((0, 1, 2, 4), (5, 5, 2, 1))[0]
    published = one.day + timedelta(days=late)
    text = compose(one, published, rng)
    return read_text(
        text, uri=name, published=published, publisher=rng.choice(_OUTLETS), language="en"
    )


def compose(one: Happening, published: date, rng: random.Random) -> str:
    """Compose a report of a happening.

    Args:
        one: What it tells of.
        published: The day of the report; the number of victims moves with time.
        rng: Chooses among the ways to say it.
    """
    town = rng.choice(one.towns)
    late = (published - one.day).days
    count = max(2, one.n_victims + rng.choice((-1, 0, 0, 1)) * rng.randint(0, 12) - 3 * late)
    told = replace(one, n_victims=count)
    doers = rng.choice(("Gunmen", "Armed men", "Militants", "Attackers", f"The {one.group}"))
    when = rng.choice((f"on {one.day:%A}", f"on {one.day:%B} {one.day.day}"))
    head, lead = _LEADS[one.kind](told, town, doers, when, rng)
    more = rng.sample(_follow_ups(told, town, rng), rng.randint(2, 4))
    return "\n\n".join([head, lead, *more])


def _number(one: Happening, rng: random.Random) -> str:
    n = one.n_victims
    return rng.choice((f"{n}", f"at least {n}", f"about {n}", f"more than {n - n % 10 or n}"))


def _abduction(
    one: Happening, town: str, doers: str, when: str, rng: random.Random
) -> tuple[str, str]:
    n, verb = _number(one, rng), rng.choice(("abducted", "kidnapped", "seized"))
    head = rng.choice(
        (
            f"{doers} {verb} {n} {one.victims} in {town}",
            f"{n} {one.victims} {verb} from {one.site} in {town}",
            f"{n} {one.victims} {verb} in {town}, police say",
        )
    )
    lead = rng.choice(
        (
            f"{doers} {verb} {n} {one.victims} from the {one.site} in {town} {when}, police said.",
            f"{n} {one.victims} were {verb} {when} when {doers.lower()} stormed the {one.site} in"
            f" {town}, according to residents.",
            f"Police in {town} said {when} that {doers.lower()} had {verb} {n} {one.victims} from"
            f" the {one.site}.",
        )
    )
    return head, lead


def _attack(noun: str, verb: str) -> Callable[..., tuple[str, str]]:
    def lead(
        one: Happening, town: str, doers: str, when: str, rng: random.Random
    ) -> tuple[str, str]:
        n = _number(one, rng)
        head = rng.choice((f"{n} {one.victims} killed in {noun} in {town}", f"{noun} hits {town}"))
        text = rng.choice(
            (
                f"{n} {one.victims} were killed {when} when {doers.lower()} {verb} a {one.site} in"
                f" {town}, officials said.",
                f"A {noun} on a {one.site} in {town} killed {n} {one.victims} {when}, witnesses"
                " said.",
            )
        )
        return head[0].upper() + head[1:], text

    return lead


def _protest(
    one: Happening, town: str, doers: str, when: str, rng: random.Random
) -> tuple[str, str]:
    n = _number(one, rng)
    return (
        f"{n} {one.victims} protest in {town}",
        f"{n} {one.victims} protested {when} at the {one.site} in {town} against {doers.lower()},"
        " organisers said.",
    )


def _arrest(one: Happening, town: str, _: str, when: str, rng: random.Random) -> tuple[str, str]:
    n = _number(one, rng)
    return (
        f"Police arrest {n} {one.victims} in {town}",
        f"Police arrested {n} {one.victims} {when} near the {one.site} in {town}, an officer said.",
    )


_LEADS: dict[str, Callable[..., tuple[str, str]]] = {
    "abduction": _abduction,
    "shooting": _attack("shooting", "opened fire on"),
    "bombing": _attack("bombing", "bombed"),
    "air strike": _attack("air strike", "struck"),
    "clash": _attack("clash", "fought soldiers at"),
    "protest": _protest,
    "arrest": _arrest,
}


def _follow_ups(one: Happening, town: str, rng: random.Random) -> list[str]:
    told = {
        "abduction": f"the {one.victims} were taken",
        "protest": "the protest began",
        "arrest": "the arrests were made",
    }.get(one.kind, "the attack took place")
    return [
        f"A resident said that {told} shortly before dawn.",
        f"The governor called on the army to act in {town}.",
        f"No group has claimed responsibility, but a police official blamed the {one.group}.",
        f"The {one.group} denied any part in it.",
        f"Relatives gathered at the {one.site} and asked for news of the {one.victims}.",
        f"An army spokesman said that troops had been sent to {town}.",
        f"The number could still {rng.choice(('rise', 'change'))}, a teacher said.",
        "Such things have grown more frequent in the region over the past years.",
    ]


if __name__ == "__main__":
    main()
