import json
import zlib

import pytest
from sqlalchemy import select

from allegata.ingestion import ingest
from allegata.ledger.schema import blob
from allegata.ledger.versions import versions_of

FIRST = "Four people were killed in Torvik, the mayor said."
SECOND = "At least six people were killed in Torvik, the mayor said."


def test_all_versions_of_a_place_are_kept_with_what_changed(ledger, lent, tmp_path):
    path = tmp_path / "a.txt"
    for text in (FIRST, SECOND, FIRST):
        path.write_text(text)
        ingest([str(path)], ledger)
    one, other = versions_of(ledger, str(path))
    assert (one.text, other.text) == (FIRST, SECOND)
    assert one.found_at < other.found_at
    assert one.changes == ()
    assert [(change.before, change.after) for change in other.changes] == [("Four", "At least six")]


def test_the_address_that_a_report_names_is_one_of_its_places(ledger, lent, tmp_path):
    url = "https://news.example/a"
    (tmp_path / "a.html").write_text(
        f'<html><head><link rel="canonical" href="{url}"></head>'
        f"<body><article><p>{FIRST}</p></article></body></html>"
    )
    ingest([str(tmp_path / "a.html")], ledger)
    (version,) = versions_of(ledger, url)
    assert FIRST in version.text


def test_nothing_is_known_of_a_place_never_seen(ledger):
    assert versions_of(ledger, "absent.txt") == []


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_the_bytes_of_each_record_are_kept(ledger, lent, tmp_path, ending):
    path = tmp_path / f"reports.{ending}"
    rows = [json.dumps({"text": text, "publisher": "Fjord Radio"}) for text in (FIRST, SECOND)]
    if ending == "csv":
        path.write_text(
            "text,publisher\n" + "".join(f'"{t}",Fjord Radio\n' for t in (FIRST, SECOND))
        )
    else:
        path.write_text("\n".join(rows) + "\n")
    ingest([str(path)], ledger)
    with ledger.reading() as connection:
        kept = connection.execute(select(blob.c.packed).order_by(blob.c.number)).scalars()
        raw = [zlib.decompress(packed).decode() for packed in kept]
    assert [json.loads(one) for one in raw] == [json.loads(row) for row in rows]
    if ending == "jsonl":
        assert raw == rows
