"""Rows as CSV, safe to open in a spreadsheet."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

__all__ = ["as_csv", "defuse"]

_FORMULA = ("=", "+", "-", "@")
_STEERING = ("\t", "\r", "\n", "\0")


def defuse(value: object) -> object:
    """A cell that no spreadsheet runs: text that looks like a formula is led by an apostrophe.

    Full-width forms count as what they stand for, and blanks before them do not hide them.
    """
    if not isinstance(value, str) or not value:
        return value
    plain = unicodedata.normalize("NFKC", value)
    if value[0] in _STEERING or plain.strip().startswith(_FORMULA):
        return "'" + value
    return value


def as_csv(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[str],
    *,
    raw: bool = False,
    second: Sequence[str] | None = None,
) -> str:
    """Rows as CSV with a heading.

    Args:
        rows: Each has every column.
        columns: In order.
        raw: Leave formulas as they are, for machines.
        second: A second heading, as HXL has it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    if second is not None:
        writer.writerow(second)
    for row in rows:
        writer.writerow([row[name] if raw else defuse(row[name]) for name in columns])
    return out.getvalue()
