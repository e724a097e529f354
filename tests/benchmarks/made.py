"""Readings made by hand, to score."""

from allegata.types import (
    Argument,
    Count,
    CountKind,
    Event,
    EventKind,
    Modality,
    Polarity,
    Role,
    Span,
)


def span(text: str, words: str) -> Span:
    """Where words stand first in a text."""
    return Span(text.index(words), text.index(words) + len(words))


def event(text: str, kind: str, trigger: str, **parts: object) -> Event:
    """An event of a text by its words: `actor="the army"`, `killed=(6, None, "six people")`.

    `polarity`, `modality`, `episode`, `confidence`, `dated` and `entity` are taken as such.
    """
    roles = [role for role in Role if role.value in parts]
    counts = [kind for kind in CountKind if kind.value in parts]
    return Event(
        id="e1",
        claim=str(parts.get("claim", "c0")),
        kind=EventKind(kind),
        trigger=span(text, trigger),
        polarity=Polarity(parts.get("polarity", "positive")),
        modality=Modality(parts.get("modality", "actual")),
        arguments=tuple(
            Argument(role, span(text, str(parts[role.value])), parts.get("entity"))  # type: ignore[arg-type]
            for role in roles
        ),
        place=None,
        time=None,
        counts=tuple(_count(text, kind, *parts[kind.value]) for kind in counts),  # type: ignore[misc]
        episode=str(parts.get("episode", "p1")),
        confidence=float(str(parts.get("confidence", 0.9))),
        made_by="hand",
        dated_by=span(text, str(parts["dated"])) if "dated" in parts else None,
    )


def _count(text: str, kind: CountKind, low: int, high: int, words: str) -> Count:
    return Count(kind, low, high, None, span(text, words))
