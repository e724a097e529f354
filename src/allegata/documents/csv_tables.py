"""CSV and its kin: one document a row, the columns found by their names."""

import csv
import io
from collections.abc import Iterator

from allegata.documents.encodings import encoding_of, find_mark
from allegata.documents.found import Results
from allegata.documents.lines import too_large
from allegata.documents.opening import Opened
from allegata.documents.records import COLUMNS, find_columns, read_record
from allegata.errors import InputError

__all__ = ["read_csv", "require_text"]

_SAMPLE = 2**16


def read_csv(source: Opened) -> Results:
    """Read documents from rows.

    Args:
        source: A table whose first row names the columns; commas, semicolons, tabs or bars.

    Yields:
        A document for each row, or an error that names the row. Row 2 is the first below the
        names.

    Raises:
        InputError: There is no text column, or the rest cannot be told apart into rows.
    """
    csv.field_size_limit(source.intake.max_bytes)
    sample = source.peek(_SAMPLE)
    mark, n_mark = find_mark(sample)
    encoding = mark or encoding_of(sample[: sample.rfind(b"\n") + 1] or sample, source.charset)
    source.stream.read(n_mark)
    errors = "allegata-surrogates" if encoding == "utf-8" else "replace"
    lines = io.TextIOWrapper(source.stream, encoding, errors, newline="")
    try:
        yield from _read_rows(source, lines, encoding)
    finally:
        lines.detach()


def _read_rows(source: Opened, lines: io.TextIOWrapper, encoding: str) -> Results:
    head = lines.readline(_SAMPLE)
    delimiter = max(",;\t|", key=head.count)
    names = next(csv.reader([head], delimiter=delimiter), [])
    columns = find_columns(names)
    require_text(columns, names, source.where)
    taken = _Taken(lines, source)
    rows = csv.reader(taken, delimiter=delimiter)
    number = 1
    while True:
        number += 1
        where = f"{source.where}#{number}"
        taken.lines.clear()
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise InputError(
                where, f"cannot be read as CSV: {error}.", "The rows before it were read."
            ) from error
        if row is None:
            return
        if not any(row):
            continue
        try:
            values = dict(zip(names, row, strict=False))
            warnings = taken.find_cut(delimiter)
            warnings += count_replaced(values.get(columns["text"], ""))
            yield read_record(values, columns, where, encoding=encoding, warnings=warnings)
        except InputError as error:
            yield error


def require_text(columns: object, names: list[str], where: str) -> None:
    """Check that a table has a column for the text.

    Raises:
        InputError: It has none; names the columns seen.
    """
    if isinstance(columns, dict) and "text" in columns:
        return
    seen = ", ".join(repr(name[:40]) for name in names[:20]) or "none"
    known = ", ".join(COLUMNS["text"][:4])
    raise InputError(
        where, f"has no text column; its columns are {seen}.", f"Name one of them {known}."
    )


def count_replaced(text: str) -> tuple[str, ...]:
    """A warning where a text holds U+FFFD: there, characters were lost, now or earlier."""
    n_replaced = text.count("\ufffd")
    return (f"{n_replaced} characters are U+FFFD: they could not be decoded.",) * bool(n_replaced)


class _Taken:
    """The lines of a table, with those that were taken for the row at hand.

    Attributes:
        lines: Since they were last cleared.
    """

    def __init__(self, table: io.TextIOWrapper, source: Opened) -> None:
        self.lines: list[str] = []
        self._table = table
        self._source = source

    def __iter__(self) -> Iterator[str]:
        cap = self._source.intake.max_bytes
        while line := self._table.readline(cap + 1):
            if len(line) > cap:
                raise too_large(self._source.where, cap)
            self.lines.append(line)
            yield line

    def find_cut(self, delimiter: str) -> tuple[str, ...]:
        """A warning where the row at hand shows that the table was cut short in it."""
        if sum(line.count('"') for line in self.lines) % 2 and self._is_open(delimiter):
            return ("The table ends inside quotation marks: the text may be cut short.",)
        if not self.lines[-1].endswith(("\n", "\r")):
            return ("The last line of the table has no end: it may be cut short.",)
        return ()

    def _is_open(self, delimiter: str) -> bool:
        """Whether a quotation mark stands open at the end of the row, as only the last one can."""
        try:
            for _ in csv.reader(self.lines, delimiter=delimiter, strict=True):
                pass
        except csv.Error as error:
            return "unexpected end" in str(error)
        return False
