"""What of an account is compared: few values, small enough to keep by the hundred thousand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from allegata.knowledge import load_words
from allegata.types import EventKind, PlacePrecision, Precision, Role
from allegata.types.incident import Account
from allegata.types.statement import Statement

__all__ = ["Days", "Features", "Spot", "content_words", "make_features"]

_WORD = re.compile(r"[^\W\d_]{3,}")
_NAMES = re.compile(r"[^\W\d_A-Z],?\s((?:[A-Z][\w'’-]+\s?)+)")
_MOST_WORDS = 40
_MOST_NAMES = 12
_MOST_SPOTS = 6
_LEAD_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that an account names.

    Attributes:
        id: In the gazetteer, or None.
        latitude, longitude: Degrees.
        radius_km: Of the circle that holds it.
        country: ISO 3166 code, or None.
        is_area: Whether it is a district or more: two happenings in it need not be near.
    """

    id: str | None
    latitude: float
    longitude: float
    radius_km: float
    country: str | None
    is_area: bool


@dataclass(frozen=True, slots=True)
class Days:
    """When, as ordinals of days; both included.

    Attributes:
        first, last: None where no limit is known.
        is_exact: Whether the text gives a day or two, no longer stretch.
    """

    first: int | None
    last: int | None
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Features:
    """An account, as it is compared.

    Attributes:
        account: Its id.
        report: Id of its report.
        published: Ordinal of the day, or None.
        kinds: Of its events.
        days: When, by its most exact statement; None where nothing is said.
        spots: Where, the finest first.
        actors, targets: Keys of those that the tables know, and the words of all.
        counts: `(kind, low, high)`.
        words: Content words of its passages, in small letters, sorted.
        names: Content words that are written as names, the longest first.
        leads: Whether the report begins with it: what a report begins with is new.
    """

    account: str
    report: str
    published: int | None
    kinds: frozenset[EventKind]
    days: Days | None
    spots: tuple[Spot, ...]
    actors: frozenset[str]
    targets: frozenset[str]
    counts: tuple[tuple[str, int | None, int | None], ...]
    words: frozenset[str]
    leads: bool = False
    names: tuple[str, ...] = ()


def make_features(account: Account) -> Features:
    """Take from an account what is compared.

    Args:
        account: With at least one statement.
    """
    first = account.statements[0]
    published = first.by.published
    return Features(
        account=account.id,
        report=first.by.report,
        published=published.toordinal() if published else None,
        kinds=frozenset(one.kind for one in account.statements),
        days=_find_days(account.statements),
        spots=_find_spots(account.statements),
        actors=_find_parties(account.statements, Role.ACTOR),
        targets=_find_parties(account.statements, Role.TARGET),
        counts=tuple(
            sorted(
                {(c.kind.value, c.low, c.high) for s in account.statements for c in s.counts},
                key=str,
            )
        ),
        words=_find_words(one.words for one in account.statements),
        leads=min(one.trigger.start for one in account.statements) < _LEAD_CHARACTERS,
        names=_find_names(one.words for one in account.statements),
    )


def _find_days(statements: Iterable[Statement]) -> Days | None:
    best: tuple[int, int, Days] | None = None
    for one in statements:
        time = one.time
        if time is None:
            continue
        first = time.start.toordinal() if time.start else None
        last = time.end.toordinal() if time.end else None
        exact = first is not None and last is not None and last - first <= 1
        exact = exact and time.precision in (Precision.DAY, Precision.BOUNDED)
        length = last - first if first is not None and last is not None else 10_000
        # Of equally exact ones the last: a report ends with its own subject less often than it
        # begins with it, but what happened before is told as background.
        rank = (-length, first or last or 0, Days(first, last, exact))
        if best is None or rank[:2] > best[:2]:
            best = rank
    return best[2] if best else None


def _find_spots(statements: Iterable[Statement]) -> tuple[Spot, ...]:
    spots = {}
    for one in statements:
        place = one.place
        if place is None or place.latitude is None or place.longitude is None:
            continue
        area = place.precision not in (PlacePrecision.EXACT, PlacePrecision.SETTLEMENT)
        key = place.id or (place.latitude, place.longitude)
        spots[key] = Spot(
            place.id,
            place.latitude,
            place.longitude,
            place.radius_km if place.radius_km is not None else 10.0,
            place.country,
            area,
        )
    ordered = sorted(spots.values(), key=lambda s: (s.is_area, s.radius_km, s.id or "", s.latitude))
    return tuple(ordered[:_MOST_SPOTS])


def _find_parties(statements: Iterable[Statement], role: Role) -> frozenset[str]:
    found: set[str] = set()
    for one in statements:
        for party in one.parties:
            if party.role is not role:
                continue
            if party.key.startswith("actor:"):
                found.add(party.key)
            found |= content_words(party.words)
    return frozenset(found)


def _find_words(passages: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for passage in passages:
        found |= content_words(passage)
    # Long words tell more than short ones; ties by the alphabet, so that the choice is always one.
    return frozenset(sorted(found, key=lambda word: (-len(word), word))[:_MOST_WORDS])


def _find_names(passages: Iterable[str]) -> tuple[str, ...]:
    """Words with a capital where no sentence asks for one."""
    found: set[str] = set()
    for passage in passages:
        for run in _NAMES.findall(passage):
            found |= content_words(run)
    return tuple(sorted(found, key=lambda word: (-len(word), word))[:_MOST_NAMES])


def content_words(words: str) -> set[str]:
    """The words that tell what is spoken of, in small letters and in the singular."""
    return {_stem(word) for word in _WORD.findall(words.casefold())} - _small_words()


def _stem(word: str) -> str:
    """A word without the ending of a plural: enough to find `rebels` by `rebel`."""
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@cache
def _small_words() -> frozenset[str]:
    return frozenset(word for words in load_words("common_words").values() for word in words)
