"""Rows as Parquet; rows with a point as GeoParquet 1.1."""

import io
import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any

from arro3.core import Array, DataType, Field, Schema, Table
from arro3.io import write_parquet

__all__ = ["as_parquet"]

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


def as_parquet(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], notes: Mapping[str, str]
) -> bytes:
    """Rows as a Parquet file. With `latitude` and `longitude` among the columns it is GeoParquet.

    Args:
        rows: Each has every column.
        columns: In order.
        notes: Kept in the file's metadata.
    """
    fields, arrays = [], []
    for name in columns:
        kind = _type_of(name)
        fields.append(Field(name, kind, nullable=True))
        arrays.append(Array([row[name] for row in rows], type=kind))
    metadata = dict(notes)
    if "latitude" in columns:
        fields.append(Field("geometry", DataType.binary(), nullable=True))
        arrays.append(Array([_point(row) for row in rows], type=DataType.binary()))
        metadata["geo"] = json.dumps(_GEO)
    table = Table.from_arrays(arrays, schema=Schema(fields, metadata=metadata))
    file = io.BytesIO()
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
