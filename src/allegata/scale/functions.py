"""The steps of finding as functions of Daft. Loaded only once the engine was told to keep quiet."""

from collections.abc import Sequence
from typing import Any

import daft
from daft import DataType, Series

from allegata.scale import steps

__all__ = [
    "BODY",
    "COPY",
    "copy_of",
    "group_accounts",
    "half_of",
    "pair_accounts",
    "pair_near_accounts",
    "pair_reports",
    "weigh",
]

BODY = (
    "report", "document", "uri", "canonical", "publisher", "title", "author", "published",
    "published_at", "published_origin", "published_evidence", "language", "encoding", "segments",
    "warnings", "text",
)  # fmt: skip
"""The columns that make a report again."""

COPY = {
    "earlier": DataType.string(),
    "later": DataType.string(),
    "kind": DataType.string(),
    "share": DataType.float64(),
    "reason": DataType.string(),
}
_HOME = {"incident": DataType.string(), "account": DataType.string()}
_STRINGS = DataType.list(DataType.string())
_PIECE = 4096


@daft.func.batch(return_dtype=_STRINGS, batch_size=_PIECE)
def pair_reports(reports: Series, days: Series) -> list[list[str]]:
    """As `steps.pair_reports`, of many keys."""
    return [
        steps.pair_reports(*row) for row in zip(reports.to_pylist(), days.to_pylist(), strict=True)
    ]


@daft.func.batch(return_dtype=_STRINGS, batch_size=_PIECE)
def pair_accounts(accounts: Series) -> list[list[str]]:
    """As `steps.pair_accounts`, of many keys."""
    return [steps.pair_accounts(row) for row in accounts.to_pylist()]


@daft.func.batch(return_dtype=_STRINGS, batch_size=16)
def pair_near_accounts(accounts: Series, orders: Series) -> list[list[str]]:
    """As `steps.pair_near_accounts`, of many keys."""
    rows = zip(accounts.to_pylist(), orders.to_pylist(), strict=True)
    return [steps.pair_near_accounts(*row) for row in rows]


@daft.func.batch(return_dtype=DataType.string(), batch_size=_PIECE)
def half_of(pairs: Series, side: int) -> list[str]:
    """As `steps.half_of`, of many pairs."""
    return [steps.half_of(pair, side) for pair in pairs.to_pylist()]


@daft.func.batch(return_dtype=DataType.struct(COPY), batch_size=512)
def copy_of(*columns: Series) -> list[dict[str, Any] | None]:
    """As `steps.copy_of`, of many pairs: the columns of one, then those of the other."""
    n = len(BODY)
    rows = zip(*(column.to_pylist() for column in columns), strict=True)
    return [
        steps.copy_of(dict(zip(BODY, row[:n], strict=True)), dict(zip(BODY, row[n:], strict=True)))
        for row in rows
    ]


@daft.func.batch(return_dtype=DataType.float64(), batch_size=_PIECE)
def weigh(ones: Series, others: Series) -> list[float]:
    """As `steps.weigh`."""
    return steps.weigh(ones.to_pylist(), others.to_pylist())


@daft.func.batch(return_dtype=DataType.list(DataType.struct(_HOME)), batch_size=_PIECE)
def group_accounts(*columns: Series) -> list[list[dict[str, str]]]:
    """As `steps.group_accounts`, of many components."""
    rows = zip(*(column.to_pylist() for column in columns), strict=True)
    return [_group(row) for row in rows]


def _group(row: Sequence[Any]) -> list[dict[str, str]]:
    accounts, features, days, ones, others, weights = row
    return steps.group_accounts(accounts, features, days, ones or (), others or (), weights or ())
