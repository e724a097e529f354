"""Templates: everything is escaped, nothing may be left undefined."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from allegata.knowledge.kinds import load_kinds
from allegata.types import EventKind
from allegata.types.brief import show_days, show_range
from allegata.types.claim import Act
from allegata.types.incident import PositionKind
from allegata.types.visible import make_line_visible, make_visible
from allegata.types.wording import shorten
from allegata.web.addresses import safe_href

__all__ = ["STATIC", "prepare_templates", "render"]

_WHITE = re.compile(r"\s+")
_HERE = Path(__file__).parent
STATIC = _HERE / "static"
"""Where scripts, styles and maps lie."""

_POSITIONS = {
    PositionKind.AFFIRMS: ("●", "affirms"),
    PositionKind.DENIES: ("✗", "denies"),
    PositionKind.SUPPOSES: ("◌", "supposes"),
    PositionKind.DOUBTS: ("?", "doubts"),
    PositionKind.PREDICTS: ("→", "announces or fears"),
    PositionKind.DEMANDS: ("!", "demands"),
    PositionKind.REPEATS: ("↻", "repeats"),
}
_ACT_MARKS = {
    Act.DENY: "✗",
    Act.DOUBT: "?",
    Act.PREDICT: "→",
    Act.THREATEN: "→",
    Act.PROMISE: "→",
    Act.DEMAND: "!",
    Act.ASK: "!",
}


def render(template: str, **values: object) -> str:
    """Draw a template.

    Args:
        template: Its name.
        values: What it shows; text of reports may be anything.
    """
    return _environment().get_template(template).render(**values)


def prepare_templates() -> None:
    """Compile all templates, so that no page waits for it."""
    environment = _environment()
    for name in environment.list_templates():
        environment.get_template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    filters: Mapping[str, Any] = {
        "line": _line,
        "words": _words,
        "cut": _cut,
        "href": safe_href,
        "part": lambda value: quote(str(value), safe=""),
        "kind": label_kind,
        "day": _day,
        "thousands": lambda value: f"{value:,}",
        "position_mark": lambda kind: _POSITIONS[PositionKind(kind)][0],
        "position": lambda kind: _POSITIONS[PositionKind(kind)][1],
        "act_mark": lambda act: _ACT_MARKS.get(Act(act), "●"),
    }
    environment.filters.update(filters)
    environment.globals.update(
        show_days=show_days, show_range=show_range, many=_many, snippet=_snippet
    )
    return environment


def _line(value: object) -> str:
    """Words on one line, with what steers terminals or turns the direction made visible."""
    return make_line_visible("" if value is None else str(value))


def _words(value: str) -> str:
    """Words with the blanks at their ends, as parts of a line have them."""
    return make_visible(_WHITE.sub(" ", value))


def _cut(value: object, most: int = 240) -> str:
    return shorten(_line(value), most)


def label_kind(kind: EventKind | str) -> str:
    """What people call a kind of event."""
    return load_kinds()[EventKind(kind)].label


def _day(value: date | str | None) -> str:
    if value is None:
        return "undated"
    day = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{day.day} {day:%b %Y}"


def _many(n: int, one: str, several: str | None = None) -> str:
    """`1 report`, `2 reports`."""
    return f"{n:,} {one if n == 1 else several or one + 's'}"


def _snippet(words: str, marks: Sequence[tuple[int, int]]) -> Markup:
    """Words with the finds marked; everything else escaped."""
    parts, at = [], 0
    for start, end in sorted(marks):
        if start >= at:
            parts += [
                escape(_words(words[at:start])),
                Markup("<mark>"),
                escape(_words(words[start:end])),
            ]
            parts.append(Markup("</mark>"))
            at = end
    return Markup("").join([*parts, escape(_words(words[at:]))])
