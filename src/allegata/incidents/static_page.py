"""A dossier as a static page for notebooks: escaped, without script, at most 50 kB."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from allegata.types.brief import show_days, show_range
from allegata.types.incident import CountReport, Grading, Origins, Position, PositionKind
from allegata.types.statement import Statement
from allegata.types.visible import make_line_visible
from allegata.types.wording import shorten

__all__ = ["Shown", "draw_dossier_page"]

_MOST_BYTES = 48_000
_MOST_HELD = 8
_MOST_LINES = 12
_FAINT = "opacity:0.65"
_HEADINGS = {
    PositionKind.AFFIRMS: "● say that it happened",
    PositionKind.DENIES: "✗ say that it did not",
    PositionKind.SUPPOSES: "◌ hold it possible, likely or to be feared",
    PositionKind.DOUBTS: "? doubt it, or cannot tell",
    PositionKind.PREDICTS: "→ announce or fear it",
    PositionKind.DEMANDS: "! demand it",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page of an incident shows; fields as of its shown.

    Attributes:
        places: Names.
        contradictions, dropped: In words.
    """

    id: str
    title: str
    places: Sequence[str]
    first: date | None
    last: date | None
    origins: Origins
    grading: Grading
    positions: Sequence[Position]
    statements: Sequence[Statement]
    counts: Sequence[CountReport]
    contradictions: Sequence[str]
    dropped: Sequence[str]


def draw_dossier_page(shown: Shown) -> str:
    """Draw a dossier as HTML.

    Args:
        shown: Whatever is told stands with whoever tells it.

    Returns:
        One `div`; what does not fit is counted in words. Nothing is fetched, linked or run.
    """
    parts: list[str] = []
    left = _MOST_BYTES
    pieces = list(_pieces(shown))
    for at, piece in enumerate(pieces):
        left -= len(piece.encode())
        if left < 0:
            parts.append(f"<p>… {len(pieces) - at:,} more lines are not shown here.</p>")
            break
        parts.append(piece)
    return f'<div style="max-width:46em;line-height:1.5">{"".join(parts)}</div>'


def _pieces(shown: Shown) -> Iterator[str]:
    yield f'<p dir="auto"><b>{_line(shown.title, 400)}</b></p>'
    found = shown.origins
    places = ", ".join(shown.places[:3]) or "place unknown"
    yield (
        f'<p style="{_FAINT}">{_line(shown.id)} · time told: '
        f"{_line(show_days(shown.first, shown.last))} · places told: <bdi>{_line(places)}</bdi>"
        f" · {found.n_reports:,} reports, {found.n_own_texts:,} texts of their own,"
        f" {found.n_independent:,} independent origins</p>"
    )
    yield f"<p>{_line(shown.grading.words)}</p>"
    yield from _positions(shown)
    yield from _numbers(shown)
    for heading, lines in (
        ("What does not go together", shown.contradictions),
        ("Attribution dropped on the way", shown.dropped),
    ):
        if lines:
            yield f"<p><b>{heading}</b></p>"
            yield from (f'<p dir="auto">{_line(words, 400)}</p>' for words in lines[:_MOST_LINES])
            yield _rest(len(lines), _MOST_LINES)


def _positions(shown: Shown) -> Iterator[str]:
    known = {one.id: one for one in shown.statements}
    for kind, group in groupby(shown.positions, key=lambda one: one.kind):
        held = list(group)
        if kind not in _HEADINGS:
            continue
        yield f"<p><b>{len(held):,} {_HEADINGS[kind]}</b></p>"
        for one in sorted(held, key=_weight)[:_MOST_HELD]:
            words = known[one.statements[0]].words
            yield (
                f"<p><b><bdi>{_line(one.holder.name)}</bdi></b>: "
                f"<q><bdi>{_line(words, 300)}</bdi></q></p>"
            )
        yield _rest(len(held), _MOST_HELD)


def _weight(position: Position) -> tuple[int, str]:
    return -len(position.statements), position.holder.key


def _numbers(shown: Shown) -> Iterator[str]:
    whole = [one for one in shown.counts if not one.is_part]
    if whole:
        yield "<p><b>Numbers by source</b></p>"
    for one in whole[:_MOST_LINES]:
        number = show_range(one.low, one.high)
        yield (
            f"<p><bdi>{_line(one.holder.name)}</bdi>: {one.kind.value} {number}"
            f" <q><bdi>{_line(one.words, 120)}</bdi></q></p>"
        )
    yield _rest(len(whole), _MOST_LINES)


def _rest(n: int, most: int) -> str:
    return f'<p style="{_FAINT}">… and {n - most:,} more</p>' if n > most else ""


def _line(words: str, most: int = 160) -> str:
    return html.escape(shorten(make_line_visible(words), most), quote=False)
