from allegata.ingestion import ingest
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
