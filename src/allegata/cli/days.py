"""Days on the command line."""

from datetime import date

import typer

__all__ = ["parse_day"]


def parse_day(value: str) -> date:
    """Read a day.

    Raises:
        typer.BadParameter: It is none.
    """
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a day. Write it as 2018-11-25.") from None
