"""The options of reading documents."""

from dataclasses import dataclass
from datetime import date

__all__ = ["Intake"]


@dataclass(frozen=True, slots=True)
class Intake:
    """How documents are to be read.

    Attributes:
        published: The day given by the user for all documents. It overrules every other date.
        allow_fetch: Whether http and https addresses among the sources may be fetched.
        max_bytes: The most that one document may hold, in bytes, unpacked.
        seconds: The longest that one document may take in the worker process, and that one
            address may take to fetch.
    """

    published: date | None = None
    allow_fetch: bool = False
    max_bytes: int = 8 * 2**20
    seconds: float = 10.0
