"""JSONL: one document a line, read line by line whatever the size of the file."""

import json

from allegata.documents.encodings import decode, find_mark
from allegata.documents.found import Results
from allegata.documents.lines import read_lines, too_large
from allegata.documents.opening import Opened
from allegata.documents.records import find_columns, read_record
from allegata.errors import InputError

__all__ = ["read_jsonl"]


def read_jsonl(source: Opened) -> Results:
    """Read documents from lines of JSON.

    Args:
        source: Lines of objects with `text`, and `published`, `publisher`, `title`, `uri`,
            `language`, `author` where known. Empty lines are passed over.

    Yields:
        A document for each line, or an error that names the line.
    """
    for place, line in read_lines(source.stream, source.intake.max_bytes):
        number = place + source.first_line - 1
        where = f"{source.where}#{number}"
        if line is None:
            yield too_large(where, source.intake.max_bytes)
        elif number == 1 and (find_mark(line)[0] or "utf-8") != "utf-8":
            yield InputError(where, "is UTF-16 or UTF-32.", "Convert it: JSONL is UTF-8.")
            return
        elif line.strip():
            try:
                decoded = decode(line)
                values = _read_object(decoded.text, where)
                yield read_record(
                    values,
                    find_columns(values),
                    where,
                    encoding=decoded.encoding,
                    warnings=decoded.warnings,
                    raw=line.rstrip(b"\r\n"),
                )
            except InputError as error:
                yield error


def _read_object(line: str, where: str) -> dict[str, object]:
    try:
        values: object = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(where, f"is not JSON: {_reason(error)}.", "Correct the line.") from error
    if not isinstance(values, dict):
        kind = type(values).__name__
        raise InputError(
            where, f"is a JSON {kind}, not an object.", "Write one object with `text` a line."
        )
    return values


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos + 1}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
