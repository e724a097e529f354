"""The title of an incident: one sentence that names those who hold what it says."""

from collections.abc import Iterable, Sequence
from datetime import date

from allegata.knowledge.kinds import load_kinds
from allegata.types import EventKind, Place
from allegata.types.incident import Position, PositionKind
from allegata.types.statement import HolderKind

__all__ = ["compose_title", "name_holders"]

_MOST_NAMED = 2
_MASS = frozenset(
    {
        EventKind.AID,
        EventKind.HARM,
        EventKind.TORTURE,
        EventKind.DESTRUCTION,
        EventKind.DISPLACEMENT,
        EventKind.SHELLING,
        EventKind.SHOOTING,
    }
)
"""Kinds whose nouns stand without an article."""

_VERBS = (
    (PositionKind.AFFIRMS, "alleges", "allege"),
    (PositionKind.SUPPOSES, "supposes", "suppose"),
    (PositionKind.PREDICTS, "announces or fears", "announce or fear"),
    (PositionKind.DEMANDS, "demands", "demand"),
    (PositionKind.DOUBTS, "speaks with doubt of", "speak with doubt of"),
    (PositionKind.DENIES, "denies", "deny"),
)
_RANK = {
    HolderKind.ACTOR: 0,
    HolderKind.NAMED: 1,
    HolderKind.OUTLET: 2,
    HolderKind.UNNAMED: 3,
    HolderKind.NOBODY: 4,
}


def compose_title(
    kind: EventKind,
    place: Place | None,
    first: date | None,
    last: date | None,
    positions: Sequence[Position],
) -> str:
    """Compose the title of an incident.

    Args:
        kind: What is alleged.
        place: Where, or None.
        first: The first day, or None.
        last: The last day, or None.
        positions: Who holds what.

    Returns:
        "Syrian state media and 3 others allege a chemical attack in Aleppo on 24 Nov 2018; the
        National Liberation Front denies it". Whoever is not named is said to be so.
    """
    what = _describe(kind, place, first, last)
    for position, one, many in _VERBS:
        holders = name_holders(positions, position)
        if holders:
            verb = many if _is_many(positions, position) else one
            title = f"{holders} {verb} {what}"
            denying = name_holders(positions, PositionKind.DENIES)
            if position is not PositionKind.DENIES and denying:
                deny = "deny" if _is_many(positions, PositionKind.DENIES) else "denies"
                title += f"; {denying} {deny} it"
            return title[0].upper() + title[1:]
    return f"Nobody named tells of {what}"


def name_holders(positions: Iterable[Position], kind: PositionKind) -> str:
    """Those who hold one position, the best known first: "A, B and 3 others"."""
    held = {p.holder.key: p for p in positions if p.kind is kind}
    ranked = sorted(
        held.values(), key=lambda p: (_RANK[p.holder.kind], -len(p.statements), p.holder.key)
    )
    names = list(dict.fromkeys(_show(p.holder.name, p.holder.kind) for p in ranked))
    if not names:
        return ""
    rest = len(names) - _MOST_NAMED
    if rest == 1:
        return f"{names[0]}, {names[1]} and {names[2]}"
    if rest > 1:
        return f"{', '.join(names[:_MOST_NAMED])} and {rest} others"
    return " and ".join(names)


def _show(name: str, kind: HolderKind) -> str:
    if kind is HolderKind.NOBODY:
        return "sources not named"
    words = name if len(name) <= 60 else name[:57].rsplit(" ", 1)[0] + " …"
    if kind is HolderKind.UNNAMED and words[:2] in ("A ", "An", "Th"):
        return words[0].lower() + words[1:]
    return words


def _is_many(positions: Iterable[Position], kind: PositionKind) -> bool:
    held = {p.holder.key: p for p in positions if p.kind is kind}
    if len(held) != 1:
        return True
    (one,) = held.values()
    return one.holder.kind is HolderKind.NOBODY or one.holder.name.casefold().endswith(
        ("media", "officials", "sources", "residents", "activists", "witnesses", "rebels")
    )


def _describe(kind: EventKind, place: Place | None, first: date | None, last: date | None) -> str:
    noun = load_kinds()[kind].noun
    mass = noun.endswith("s") or kind in _MASS
    article = "" if mass else "an " if noun[0] in "aeiou" else "a "
    when = _when(first, last)
    if place is None:
        return f"{article}{noun}, place unknown{when if when.startswith(',') else ',' + when}"
    return f"{article}{noun} in {place.name}{when}"


def _when(first: date | None, last: date | None) -> str:
    if first and last and first == last:
        return f" on {first:%-d %b %Y}"
    if first and last:
        return f" between {first:%-d %b %Y} and {last:%-d %b %Y}"
    if last:
        return f", no later than {last:%-d %b %Y}"
    return f" from {first:%-d %b %Y} on" if first else ", date unknown"
