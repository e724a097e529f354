"""What pages count and look up: facets, stories with words, profiles; in a file and a server."""

from itertools import groupby

from allegata.ledger.asking import list_incidents, load_lines
from allegata.ledger.building import build_incidents
from allegata.ledger.facets import count_facets
from allegata.ledger.filters import Filters
from allegata.ledger.profiles import load_profile
from allegata.ledger.queue import find_doubt, list_doubts
from allegata.ledger.searching import parse_query
from allegata.ledger.spread import load_spread
from allegata.ledger.stories import incidents_with_words
from tests.ledger.made import keep


def test_facets_count_what_the_filter_would_leave(ledger, readings):
    keep(ledger, *readings.values())
    build_incidents(ledger)
    with ledger.reading() as connection:
        _, total = list_incidents(connection)
        spread = load_spread(connection)
        facets = count_facets(spread, spread.choose(connection))
        assert sum(one.n for one in facets.groups["grade"]) == total
        fields = {"kind": "kinds", "position": "positions", "grade": "grades", "review": "review"}
        for name, field in fields.items():
            for facet in facets.groups[name]:
                _, n = list_incidents(connection, Filters(**{field: (facet.value,)}))
                assert n == facet.n, (name, facet)
        for facet in facets.groups["country"]:
            assert list_incidents(connection, Filters(country=facet.value))[1] == facet.n
        assert facets.n_placed == sum(spot.n for spot in facets.spots)
        assert sum(n for _, n in facets.days) <= total


def test_incidents_are_found_by_the_words_of_their_reports(ledger, readings):
    keep(ledger, *readings.values())
    build_incidents(ledger)
    with ledger.reading() as connection:
        words = incidents_with_words(connection, parse_query("university"))
        lines, total = list_incidents(connection, within=words.condition)
        assert total >= 1
        found = words.find([line.id for line in lines])
        for line in lines:
            cut = found[line.id]
            assert [cut.snippet[start:end] for start, end in cut.marks] == ["university"]
        spread = load_spread(connection)
        chosen = spread.choose(connection, documents=words.documents)
        assert count_facets(spread, chosen).groups["kind"]
        numbers, n = spread.list(chosen, "reports", 100, 0)
        assert (load_lines(connection, numbers), n) == (lines, total)
        none = incidents_with_words(connection, parse_query("unheard"))
        assert list_incidents(connection, within=none.condition) == ([], 0)


def test_a_profile_tells_who_says_what_of_whom(ledger, readings):
    keep(ledger, *readings.values())
    build_incidents(ledger)
    with ledger.reading() as connection:
        spread = load_spread(connection)
        facets = count_facets(spread, spread.choose(connection))
        assert facets.groups["source"]
        lines, _ = list_incidents(connection)
        keys = {key for line in lines for key, _, _ in line.fields["holders"]}
        profiles = [load_profile(connection, key) for key in sorted(keys) if key != "nobody"]
        assert sum(one.n_reports for one in profiles) >= len(readings)
        assert any(one.n_own for one in profiles)
        assert any(one.n_attributed for one in profiles)
        assert any(deed.holder for one in profiles for deed in one.deeds)


def test_the_queue_leads_incident_by_incident(ledger, readings):
    keep(ledger, *readings.values())
    build_incidents(ledger)
    with ledger.reading() as connection:
        doubts, total = list_doubts(connection, limit=100)
        assert len(doubts) == total
        seen = [doubt.incident for doubt in doubts]
        assert len(list(groupby(seen))) == len(set(seen))
        one = doubts[0].statement
        assert find_doubt(connection, one.id).statement == one
        pieces = [list_doubts(connection, limit=1, offset=at)[0][0] for at in range(total)]
        assert [piece.statement.id for piece in pieces] == [d.statement.id for d in doubts]
