"""A ledger of reports that try to be markup, in every field."""

from pathlib import Path

from allegata.documents import read_text
from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents
from allegata.reading import Reader
from tests.ledger.made import keep

PAYLOADS = (
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "</script><script>alert(1)</script>",
    '<iframe srcdoc="<script>alert(1)</script>">',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '"><form action=javascript:alert(1)><input type=submit>',
    "{{ 7 * 7 }}{% raw %}",
)


def fill_hostile(path: Path) -> None:
    """Keep a report for each payload; all tell of shelling in one town."""
    reader = Reader()
    with Ledger.open(path, create=True) as ledger:
        for number, payload in enumerate(PAYLOADS):
            text = (
                f"Rebels {payload} shelled Kirkuk\n\nKIRKUK - Rebels from {payload} shelled the"
                f" market of Kirkuk on Monday, the ministry of {payload} said."
                f" A doctor {payload} said that prisoners had been tortured."
                f' "We did not {payload} fire," a spokesman for {payload} said.'
            )
            doc = read_text(
                text, uri=f"javascript:alert('{payload}{number}')", publisher=payload, title=payload
            )
            keep(ledger, reader.read(doc))
        build_incidents(ledger)
