"""Tables a person can read at a glance: plain lines, no boxes, nothing told by colour alone."""

import shutil
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from allegata.cli.styles import DIM
from allegata.types.brief import show_days, show_range
from allegata.types.visible import make_line_visible

__all__ = ["make_console", "make_table", "print_count", "show_days", "show_range"]

_MOST_WIDTH = 160


def make_console(width: int | None = None) -> Console:
    """A console on standard output, as wide as the terminal up to a good measure."""
    cells = width or max(60, min(_MOST_WIDTH, shutil.get_terminal_size((100, 24)).columns))
    return Console(width=cells, highlight=False, legacy_windows=False)


def make_table(columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[object]]) -> Table:
    """A table without lines.

    Args:
        columns: Heading and how the cells stand: `left`, `right`, or `fold` for words that may
            take several lines.
        rows: Cells; text of documents is made harmless.
    """
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading, stand in columns:
        if stand == "right":
            table.add_column(heading, justify="right", no_wrap=True)
        else:
            table.add_column(heading, no_wrap=stand == "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    return table


def _cell(value: object) -> Text:
    if isinstance(value, Text):
        return value
    return Text("" if value is None else make_line_visible(str(value)))


def print_count(console: Console, shown: int, total: int, offset: int, what: str) -> None:
    """How many there are, under a list that shows some of them."""
    if total == 0:
        console.print(Text(f"No {what}.", DIM))
    elif shown == total:
        console.print(Text(f"{total:,} {what}", DIM))
    else:
        last = offset + shown
        console.print(Text(f"{offset + 1:,} to {last:,} of {total:,} {what}", DIM))
