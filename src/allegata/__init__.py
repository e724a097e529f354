"""allegata: who says that what happened.

>>> import allegata
>>> reading = allegata.read("The army denied that it had shelled the town, the radio said.")
>>> [claim.act.value for claim in reading.claims[1:]]
['state', 'deny']
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from allegata.errors import AllegataError, InputError

__all__ = ["AllegataError", "InputError", "Reader", "Reading", "open_ledger", "read"]

if TYPE_CHECKING:
    from allegata.ledger.answering import AnsweringLedger
    from allegata.reading import Reader
    from allegata.types import Document, Reading


def __getattr__(name: str) -> object:
    # Loading the reading model takes a moment; `import allegata` should not.
    if name == "Reader":
        from allegata.reading import Reader

        return Reader
    if name == "Reading":
        from allegata.types import Reading

        return Reading
    raise AttributeError(f"module 'allegata' has no attribute {name!r}")


def read(source: "str | Path | Document", *, published: date | None = None) -> "Reading":
    """Read one report.

    Args:
        source: A `Path` of a file that holds one document; a document; or the text itself.
        published: When it was published, for what the text says of time. It wins over a date
            that the text gives.

    Returns:
        Who says what in it, by the words of the text.

    Raises:
        InputError: The file cannot be read as one document; says what to do.
        WeightsError: The reading model is absent or altered.
    """
    from allegata.documents import Intake, read_documents, read_text
    from allegata.types import Document

    if isinstance(source, Document):
        doc: Document | InputError = source
    elif isinstance(source, Path):
        found = read_documents([str(source)], Intake(published=published))
        doc = next(found, InputError(str(source), "holds no document.", "Name a file with text."))
    else:
        doc = read_text(source, published=published)
    if isinstance(doc, InputError):
        raise doc
    return _reader().read(doc)


def open_ledger(where: str | Path = "allegata.db", *, create: bool = False) -> "AnsweringLedger":
    """Open a ledger to ask it. Use it as a context manager, or close it.

    Args:
        where: A path, or the address of a PostgreSQL database (`postgresql://...`).
        create: Whether to make an empty one where there is none.

    Raises:
        InputError: There is none, or what is there is no ledger.
        StoreError: It is there and cannot be used.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with open_ledger(Path(folder, "new.db"), create=True) as ledger:
        ...         ledger.search("hospital")
        []
    """
    from allegata.ledger.answering import AnsweringLedger

    return AnsweringLedger.open(where, create=create)


@cache
def _reader() -> "Reader":
    from allegata.reading import Reader

    return Reader()
