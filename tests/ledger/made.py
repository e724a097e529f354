"""Invented reports, and how they are kept in a ledger."""

from datetime import date

from allegata.documents import read_text
from allegata.ledger import Ledger
from allegata.ledger.writing import Run, write
from allegata.types import Document, Reading

RUN = Run("1", "model", "knowledge")

TEXTS = {
    "radio": (
        "Harbour Radio", date(2021, 5, 4),
        "Shelling hits market in Kirkuk, ministry says\n\nKIRKUK - Rebels shelled the market of"
        " Kirkuk on Monday and killed 12 people, the health ministry said.",
    ),
    "post": (
        "Valley Post", date(2021, 5, 5),
        "Rebels deny shelling market\n\nKIRKUK - The rebels denied on Tuesday that they had shelled"
        " the market of Kirkuk on Monday. A doctor said that nine people were killed.",
    ),
    "echo": (
        "Delta Echo", date(2021, 5, 6),
        "Market shelled\n\nRebels shelled the market of Kirkuk on Monday and killed 12 people.",
    ),
    "other": (
        "Harbour Radio", date(2021, 5, 6),
        "Protest in Lagos\n\nStudents marched through Lagos on Wednesday, the university said.",
    ),
    "later": (
        "Valley Post", date(2021, 5, 7),
        "Toll of Kirkuk shelling rises\n\nThe shelling of the market of Kirkuk on Monday killed 14"
        " people, the health ministry said on Thursday.",
    ),
}  # fmt: skip
"""Invented reports; the first three and the last tell of one happening."""


def make_doc(name: str, *, uri: str | None = None) -> Document:
    publisher, day, text = TEXTS[name]
    return read_text(text, uri=uri or f"{name}.txt", published=day, publisher=publisher)


def keep(ledger: Ledger, *readings: Reading, run: Run = RUN, raw: bytes | None = None) -> list[int]:
    """Keep readings in one transaction; gives the numbers of their reports."""
    with write(ledger) as writing:
        number = writing.add_run(run)
        reports = []
        for reading in readings:
            added = writing.add_report(reading.document, raw)
            writing.add_reading(added.report, number, reading)
            reports.append(added.report)
    return reports
