"""Readings as rows of Parquet: what is written, and how a report and its reading come back."""

import hashlib
import json
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from allegata.errors import DamageError, InputError
from allegata.incidents.blocking import neighbour_orders
from allegata.ledger.drawing import draw, draw_report, report_as_read
from allegata.ledger.features_json import read_features
from allegata.ledger.packing import (
    reading_json,
    report_id,
    report_row,
    rows_document,
    storable,
    to_json,
    unpack_reading,
)
from allegata.reading import UsersKnowledge, open_worker
from allegata.types import Document, Reading

if TYPE_CHECKING:
    import pyarrow

__all__ = [
    "Row",
    "document_of",
    "fault_row",
    "lost_row",
    "open_row_maker",
    "readings_schema",
    "result_of",
]

Row = dict[str, Any]


def readings_schema() -> "pyarrow.Schema":
    """The columns of a part of the readings. Either `reading` or `fault` is there."""
    import pyarrow as pa

    account = pa.struct(
        [
            ("id", pa.string()),
            ("features", pa.string()),
            ("orders", pa.string()),
            ("keys", pa.list_(pa.int64())),
        ]
    )
    return pa.schema(
        [
            ("report", pa.string()),
            ("document", pa.string()),
            ("uri", pa.string()),
            ("canonical", pa.string()),
            ("publisher", pa.string()),
            ("title", pa.string()),
            ("author", pa.string()),
            ("published", pa.date32()),
            ("published_at", pa.string()),
            ("published_origin", pa.string()),
            ("published_evidence", pa.string()),
            ("language", pa.string()),
            ("encoding", pa.string()),
            ("segments", pa.string()),
            ("warnings", pa.string()),
            ("text", pa.binary()),
            ("reading", pa.binary()),
            ("copy_keys", pa.list_(pa.int64())),
            ("accounts", pa.list_(account)),
            ("where", pa.string()),
            ("fault", pa.string()),
            ("hint", pa.string()),
            ("step", pa.string()),
        ]
    )


def open_row_maker(
    weights: Path | None, knowledge: UsersKnowledge
) -> Callable[[Document | InputError], Row]:
    """Open what makes a row of a document, in a process of its own, for `Workers`."""
    read = open_worker(weights, knowledge)

    def make(doc: Document | InputError) -> Row:
        if isinstance(doc, InputError):
            return fault_row(doc, "document")
        made = read(doc)
        return lost_row(doc, made) if isinstance(made, InputError) else _row(made)

    return make


def fault_row(error: InputError, step: str) -> Row:
    """The row of what was set aside."""
    return {
        "where": storable(error.where),
        "fault": storable(error.what),
        "hint": storable(error.hint),
        "step": step,
    }


def lost_row(doc: Document | InputError, error: InputError) -> Row:
    """The row of a document that could not be read."""
    columns = {} if isinstance(doc, InputError) else _document_columns(doc)
    return columns | fault_row(error, "reading")


def _document_columns(doc: Document) -> Row:
    return {
        "report": report_id(doc),
        "document": doc.id,
        "uri": storable(doc.uri),
        "canonical": storable(doc.canonical),
        **report_row(doc),
        "encoding": doc.encoding,
        "warnings": to_json(list(doc.warnings)),
        "text": doc.text.encode("utf-8", "surrogatepass"),
    }


def _row(made: Reading) -> Row:
    doc = made.document
    name = report_id(doc)
    drawn = draw(report_as_read(name, doc, doc.uri), made)
    accounts = [
        {
            "id": one["id"],
            "features": one["features"],
            "orders": to_json(neighbour_orders(read_features(one["features"]))),
            "keys": list(keys),
        }
        for one, keys in zip(drawn.accounts, drawn.keys, strict=True)
    ]
    return {
        **_document_columns(doc),
        "reading": zlib.compress(reading_json(made), 4),
        "copy_keys": list(draw_report(name, doc)),
        "accounts": accounts,
    }


def document_of(row: Mapping[str, Any]) -> Document:
    """The document of a row.

    Raises:
        DamageError: The row is not what was written.
    """
    try:
        text = bytes(row["text"]).decode("utf-8", "surrogatepass")
        digest = hashlib.sha256(bytes(row["text"])).hexdigest()
        if row["document"] != f"sha256:{digest}":
            raise DamageError(f"report {row['report']}: is not the text of its id.")
        told: Any = SimpleNamespace(**row)
        doc = rows_document(text, told, told)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DamageError(f"report {row.get('report')}: cannot be read again: {error}.") from error
    if report_id(doc) != row["report"]:
        raise DamageError(f"report {row['report']}: is not what its id says.")
    return doc


def result_of(row: Mapping[str, Any]) -> tuple[Document | InputError, Reading | InputError]:
    """A row's document and its reading; what was set aside in place of either.

    Raises:
        DamageError: The row is not what was written.
    """
    if row.get("fault") is not None:
        fault = InputError(row["where"] or "", row["fault"], row["hint"] or "")
        return (fault if row.get("report") is None else document_of(row)), fault
    doc = document_of(row)
    where = f"reading of {row['report']}"
    try:
        return doc, unpack_reading(bytes(row["reading"]), doc, where)
    except (TypeError, KeyError, json.JSONDecodeError) as error:
        raise DamageError(f"{where}: cannot be read again: {error}.") from error
