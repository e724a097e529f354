"""Ledgers and incidents in notebooks: static, escaped, small."""

import re

from allegata.incidents.dossier import Dossier
from allegata.ledger import Ledger
from allegata.ledger.asking import list_incidents, load_dossier
from tests.web.hostile import fill_hostile
from tests.web.test_pages import tags_of

HARMLESS = {"div", "p", "b", "q", "bdi", "ul", "li"}


def largest(ledger: Ledger) -> Dossier:
    with ledger.reading() as connection:
        lines, _ = list_incidents(connection)
        return load_dossier(connection, lines[0].id)


def test_an_incident_shows_who_holds_what(filled):
    with Ledger.open(filled, read_only=True) as ledger:
        page = largest(ledger)._repr_html_()
        assert "say that it happened" in page
        assert "say that it did not" in page
        assert "Numbers by source" in page
        assert "incidents alleged" in ledger._repr_html_()


def test_nothing_of_a_report_is_markup_in_a_notebook(tmp_path):
    path = tmp_path / "hostile.db"
    fill_hostile(path)
    with Ledger.open(path, read_only=True) as ledger:
        for page in (largest(ledger)._repr_html_(), ledger._repr_html_()):
            assert len(page.encode()) <= 50_000
            for tag, attributes in tags_of(page):
                assert tag in HARMLESS, tag
                assert set(attributes) <= {"style", "dir"}, attributes
            assert not re.search("<script", page, re.IGNORECASE)
