"""Parquet: one document for each row, the columns found by their names."""

import io
from collections.abc import Iterator
from datetime import date, datetime

from allegata.documents.csv_tables import require_text
from allegata.documents.found import Results
from allegata.documents.isolation import Message
from allegata.documents.lines import read_all
from allegata.documents.opening import Opened
from allegata.documents.pdf import PACKED_TIMES
from allegata.documents.records import find_columns, read_record
from allegata.errors import InputError

__all__ = ["parse_parquet", "read_parquet"]


def read_parquet(source: Opened) -> Results:
    """Read documents from the rows of a Parquet file.

    Yields:
        A document for each row, or an error that names the row, from 1.

    Raises:
        InputError: There is no text column, or the file is damaged.
    """
    most = source.intake.max_bytes
    path = str(source.path.resolve()) if source.path else ""
    payload = b"" if path else read_all(source.stream, source.where, most * PACKED_TIMES)
    rows = source.isolation.run("parquet", source.where, {"path": path}, payload)
    for number, row in enumerate(rows, 1):
        try:
            yield read_record(row, find_columns(row), f"{source.where}#{number}", encoding="utf-8")
        except InputError as error:
            yield error


def parse_parquet(source: str | bytes) -> Iterator[Message]:
    """Take rows from a Parquet file, in the process set aside for it.

    Args:
        source: Its path or its bytes.

    Yields:
        The known columns of each row; times as ISO 8601.

    Raises:
        InputError: There is no text column, or the file is damaged.
    """
    from arro3.io import read_parquet as read_batches

    try:
        batches = read_batches(source if isinstance(source, str) else io.BytesIO(source))
    except Exception as error:
        raise InputError(
            "parquet", f"is damaged: {str(error)[:120]}.", "Fetch it again."
        ) from error
    names = list(batches.schema.names)
    columns = find_columns(names)
    require_text(columns, names, "parquet")
    for batch in batches:
        values = {name: batch.column(name) for name in columns.values()}
        for i in range(batch.num_rows):
            yield {name: _value(column[i].as_py()) for name, column in values.items()}


def _value(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, str | int | float | list) or value is None:
        return value
    return str(value)
