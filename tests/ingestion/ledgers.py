"""What a ledger holds, in a form in which two can be compared whatever their order."""

from sqlalchemy import select

from allegata.ledger import Ledger
from allegata.ledger.schema import claim, document, event, location, reading, report


def ids_of(ledger: Ledger) -> dict[str, list[str]]:
    """The ids of all kept rows, sorted; a doubled one stands twice."""
    with ledger.reading() as connection:
        return {
            table.name: sorted(connection.execute(select(table.c.id)).scalars())
            for table in (document, report, location, reading)
        }


def drawn_of(ledger: Ledger) -> list[tuple[str, ...]]:
    """What was drawn from the readings, by report."""
    with ledger.reading() as connection:
        rows = []
        for table in (claim, event):
            query = (
                select(report.c.id, *(c for c in table.c if c.name != "reading"))
                .join(reading, reading.c.number == table.c.reading)
                .join(report, report.c.number == reading.c.report)
            )
            rows += [tuple(map(str, row)) for row in connection.execute(query)]
    return sorted(rows)
