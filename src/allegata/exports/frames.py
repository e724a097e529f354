"""Incidents and claims as tables in memory: Arrow, Polars, pandas, GeoPandas."""

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Unpack

from arro3.core import Table

from allegata.errors import InputError
from allegata.exports.arrow import as_table
from allegata.exports.flat import (
    CLAIM_COLUMNS,
    FLAT_COLUMNS,
    claim_rows,
    flat_row,
    is_affirmed,
)
from allegata.ledger.answering import AnsweringLedger, Asking

__all__ = ["Frame", "tabulate_claims", "tabulate_incidents"]


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows with columns, for the library of one's choice; none of these comes with allegata.

    Attributes:
        columns: In order; the same as in the files of `allegata export`.
        rows: Each has every column.

    Example:
        >>> Frame(("id", "n_claims"), ({"id": "i01360", "n_claims": 44},)).to_arrow().num_rows
        1
    """

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return iter(self.rows)

    def to_arrow(self) -> Table:
        """An Arrow table, which pyarrow, DuckDB and others take as it is."""
        return as_table(self.rows, self.columns)

    def to_polars(self) -> Any:  # noqa: ANN401
        """A `polars.DataFrame`.

        Raises:
            InputError: Polars is not installed.
        """
        return _library("polars").DataFrame(self.to_arrow())

    def to_pandas(self) -> Any:  # noqa: ANN401
        """A `pandas.DataFrame`.

        Raises:
            InputError: pandas is not installed.
        """
        return _library("pandas").DataFrame(list(self.rows), columns=list(self.columns))

    def to_geopandas(self) -> Any:  # noqa: ANN401
        """A `geopandas.GeoDataFrame` of the rows with a place, in WGS 84.

        Raises:
            InputError: GeoPandas is not installed.
        """
        geopandas = _library("geopandas")
        placed = [row for row in self.rows if row["latitude"] is not None]
        points = geopandas.points_from_xy(
            [row["longitude"] for row in placed], [row["latitude"] for row in placed]
        )
        columns = list(self.columns)
        return geopandas.GeoDataFrame(placed, columns=columns, geometry=points, crs="EPSG:4326")


def tabulate_incidents(ledger: AnsweringLedger, **asked: Unpack[Asking]) -> Frame:
    """Incidents that anybody affirms, a row each, with whose word it is.

    Args:
        ledger: As `allegata.open_ledger` opens it.
        asked: See `Asking`.
    """
    rows = (flat_row(one) for one in ledger.incidents(**asked) if is_affirmed(one))
    return Frame(FLAT_COLUMNS, tuple(rows))


def tabulate_claims(ledger: AnsweringLedger, **asked: Unpack[Asking]) -> Frame:
    """Everything that is stated of the incidents asked for, a row each; also what is denied."""
    rows = (row for one in ledger.incidents(**asked) for row in claim_rows(one))
    return Frame(CLAIM_COLUMNS, tuple(rows))


def _library(name: str) -> Any:  # noqa: ANN401
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise InputError(name, "is not installed.", f"Install it: pip install {name}.") from error
