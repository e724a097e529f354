"""A ledger as a static page for notebooks: what it holds, and what most reports tell of."""

import html

from sqlalchemy import Connection, func, select

from allegata.ledger.schema import document, incident, report, summary
from allegata.types.visible import make_line_visible
from allegata.types.wording import shorten

__all__ = ["draw_ledger_page"]

_MOST = 12


def draw_ledger_page(connection: Connection, where: str, head: str) -> str:
    """Draw a ledger as HTML, a few kilobytes; everything is escaped, nothing is linked or run.

    Args:
        connection: That reads it.
        where: Its name.
        head: Hash of its last entry.
    """
    n_documents, n_reports, n_incidents = (
        connection.execute(select(func.count()).select_from(table)).scalar() or 0
        for table in (document, report, summary)
    )
    rows = connection.execute(
        select(incident.c.id, summary.c.title, summary.c.n_reports)
        .join(incident, incident.c.number == summary.c.incident)
        .order_by(summary.c.n_reports.desc(), incident.c.id)
        .limit(_MOST)
    )
    lines = "".join(
        f"<li><bdi>{_line(row.title, 300)}</bdi> ({row.n_reports:,} reports, {_line(row.id)})</li>"
        for row in rows
    )
    return (
        f'<div style="max-width:46em"><p><b>{_line(where)}</b>: {n_documents:,} texts in'
        f" {n_reports:,} reports, {n_incidents:,} incidents alleged; head {_line(head[:16])}</p>"
        f"<ul>{lines}</ul></div>"
    )


def _line(words: str, most: int = 200) -> str:
    return html.escape(shorten(make_line_visible(words), most), quote=False)
