"""What pages of a ledger show without naming who says so: every page is asked for and looked at.

    python -m benchmarks.incidents.bare LEDGER [--most 0]

An event, a passage, a number or a deed must stand within an element that names its holder, and the
title of an incident in a list must name one of those who hold something of it.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from fastapi import FastAPI
from lxml import html
from sqlalchemy import select
from starlette.testclient import TestClient

from allegata.ledger import Ledger
from allegata.ledger.citing import list_sources
from allegata.ledger.schema import incident, report, summary
from allegata.web.app import make_app
from benchmarks.speed.machine import describe_machine

TOLD = (
    "event", "held", "told", "case",
)  # fmt: skip
"""Classes of the elements that show what is alleged."""

_NOT_NAMED = re.compile(r"(?i)not named|nobody named")


def find_bare(page: str) -> Iterator[str]:
    """What a page shows without its holder, as it is written.

    Args:
        page: HTML.
    """
    tree = html.document_fromstring(page)
    classed = " or ".join(f"contains(concat(' ', @class, ' '), ' {name} ')" for name in TOLD)
    rows = "//table[contains(@class, 'range-table')]/tbody/tr"
    listed = "//ol[contains(@class, 'incidents')]/li"
    deeds = "//article[contains(@class, 'sources')]//td/span[@class != 'faint' or not(@class)]"
    shown = tree.xpath(f"//*[{classed}] | {rows} | {listed} | {deeds}")
    for one in shown:
        holder = next(iter(one.xpath("ancestor-or-self::*[@data-holder][1]/@data-holder")), "")
        if not holder.strip():
            yield html.tostring(one, encoding="unicode")[:200]
    for one in tree.xpath("//ol[contains(@class, 'incidents')]/li[@data-holder]"):
        title = one.xpath("string(.//*[@class='title'])")
        names = one.get("data-holder").split(", ")
        if not _NOT_NAMED.search(title) and not any(_begins(name, title) for name in names):
            yield f"{title} (holders: {one.get('data-holder')[:100]})"


def _begins(name: str, title: str) -> bool:
    """Whether a title names somebody, as far as it does not cut the name short."""
    return name.casefold()[:12] in title.casefold()


def paths_of(ledger: Ledger) -> Iterator[str]:
    """Every page of a ledger."""
    with ledger.reading() as connection:
        incidents = list(connection.execute(
            select(incident.c.id).join(summary, summary.c.incident == incident.c.number)
        ).scalars())  # fmt: skip
        reports = list(connection.execute(select(report.c.id)).scalars())
        sources, _ = list_sources(connection, None, limit=1_000_000, offset=0)
    for order in ("reports", "date", "contested"):
        yield from (f"/?order={order}&page={page}" for page in range(1, 2 + len(incidents) // 50))
    yield from (f"/incidents/{one}" for one in incidents)
    yield from (f"/documents/{one}" for one in reports)
    yield from (f"/review?skip={skip}" for skip in range(20))
    yield from (f"/sources?page={page}" for page in range(1, 2 + len(sources) // 50))
    yield from (f"/sources/{one.key}" for one in sources)


def look(app: FastAPI, paths: Iterator[str], most: int) -> tuple[int, list[tuple[str, str]]]:
    """How many pages were looked at, and what stands bare on which."""
    found: list[tuple[str, str]] = []
    n_pages = 0
    with TestClient(app) as client:
        for path in paths:
            if most and n_pages >= most:
                break
            answer = client.get(path)
            if answer.status_code != 200:
                found.append((path, f"status {answer.status_code}"))
                continue
            n_pages += 1
            found += [(path, one) for one in find_bare(answer.text)]
    return n_pages, found


def main() -> int:
    """Look at all pages and print what is bare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--most", type=int, default=0, help="pages that are looked at; 0 for all")
    options = parser.parse_args()
    print(describe_machine())
    with Ledger.open(options.ledger, read_only=True) as ledger:
        paths = list(paths_of(ledger))
    n_pages, found = look(make_app(options.ledger), iter(paths), options.most)
    for path, words in found[:40]:
        print(f"{path}: {words}")
    print(f"{n_pages:,} pages, {len(found):,} exceptions")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
