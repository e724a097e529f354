"""Rows as Parquet; rows with a point as GeoParquet 1.1."""

import io
import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any

from arro3.core import Array, DataType, Field, Schema, Table
from arro3.io import write_parquet

__all__ = ["as_parquet", "as_table"]

_TYPES = {
    "latitude": DataType.float64(),
    "longitude": DataType.float64(),
    "radius_km": DataType.float64(),
    "confidence": DataType.float64(),
}
_WHOLE = ("n_", "killed_low", "killed_high", "injured_low", "injured_high", "passage_")
_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}


def as_table(
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    notes: Mapping[str, str] | None = None,
) -> Table:
    """Rows as an Arrow table. With `latitude` and `longitude` it has a column `geometry` (WKB).

    Args:
        rows: Each has every column.
        columns: In order.
        notes: Kept in the metadata of the schema.
    """
    fields, arrays = [], []
    for name in columns:
        kind = _type_of(name)
        fields.append(Field(name, kind, nullable=True))
        arrays.append(Array([row[name] for row in rows], type=kind))
    metadata = dict(notes or {})
    if "latitude" in columns:
        fields.append(Field("geometry", DataType.binary(), nullable=True))
        arrays.append(Array([_point(row) for row in rows], type=DataType.binary()))
        metadata["geo"] = json.dumps(_GEO)
    return Table.from_arrays(arrays, schema=Schema(fields, metadata=metadata))


def as_parquet(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], notes: Mapping[str, str]
) -> bytes:
    """Rows as a Parquet file, with points as a GeoParquet file. See `as_table`."""
    table = as_table(rows, columns, notes)
    file = io.BytesIO()
    metadata = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    write_parquet(table, file, key_value_metadata=metadata)
    return file.getvalue()


def _type_of(name: str) -> DataType:
    if name in _TYPES:
        return _TYPES[name]
    return DataType.int64() if name.startswith(_WHOLE) else DataType.string()


def _point(row: Mapping[str, Any]) -> bytes | None:
    """The point as well-known binary: longitude first."""
    if row["latitude"] is None or row["longitude"] is None:
        return None
    return struct.pack("<BIdd", 1, 1, row["longitude"], row["latitude"])
