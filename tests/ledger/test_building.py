"""Reports become incidents, in whatever order and portions they come, and ids stay."""

import random

import pytest
from sqlalchemy import select

from allegata.incidents.identity import ChangeKind
from allegata.ledger.asking import (
    find_incident,
    history_of,
    list_contradictions,
    list_incidents,
    list_laundering,
    load_dossier,
    resolve_as_of,
)
from allegata.ledger.building import build_incidents
from allegata.ledger.citing import list_sources
from allegata.ledger.filters import Filters, parse_box
from allegata.ledger.schema import membership
from allegata.ledger.stats import count_all
from allegata.ledger.verifying import verify
from allegata.ledger.writing import Run
from allegata.types.incident import PositionKind
from tests.ledger.made import TEXTS, keep

ONE = ("radio", "post", "echo", "later")
"""The reports of one happening."""


def shelling(ledger):
    """The incident that most reports tell of."""
    with ledger.reading() as connection:
        lines, _ = list_incidents(connection)
        return lines[0]


@pytest.fixture
def full(ledger, readings):
    keep(ledger, *readings.values())
    build_incidents(ledger)
    return ledger


def test_reports_of_one_happening_are_one_incident(full):
    line = shelling(full)
    assert line.fields["n_reports"] == len(ONE)
    assert line.fields["kind"] == "shelling"
    assert line.fields["place"] == "Kirkuk"
    with full.reading() as connection:
        _, total = list_incidents(connection)
        others = list_incidents(connection, Filters(kinds=("protest",)))[0]
    assert total > 1
    assert [one.fields["n_reports"] for one in others] == [1]


def test_who_affirms_and_who_denies(full):
    with full.reading() as connection:
        dossier = load_dossier(connection, shelling(full).id)
    held = {(p.holder.name.casefold(), p.kind) for p in dossier.positions}
    assert ("the rebels", PositionKind.DENIES) in held
    assert any(name == "the health ministry" and k is PositionKind.AFFIRMS for name, k in held)
    assert ("delta echo", PositionKind.AFFIRMS) in held
    assert ("harbour radio", PositionKind.AFFIRMS) not in held  # it passes on
    assert dossier.grading.grade.value == "contested"


def test_a_dropped_attribution_and_a_contradiction_are_listed(full):
    with full.reading() as connection:
        dropped, _ = list_laundering(connection)
        against, _ = list_contradictions(connection, kinds=("occurrence",))
        sources, _ = list_sources(connection, "ministry")
    assert any(
        line.one.by.outlet.name == "Delta Echo" and line.other.by.outlet.name != "Delta Echo"
        for line in dropped
    )
    assert against
    assert any("ministry" in line.name for line in sources)


def test_building_again_changes_nothing(full):
    before = count_all(full)
    again = build_incidents(full)
    assert (again.n_readings, again.n_incidents, again.changes) == (0, 0, ())
    assert count_all(full) == before


def test_an_incident_that_grows_keeps_its_id(ledger, readings):
    keep(ledger, readings["post"])
    build_incidents(ledger)
    first = shelling(ledger).id
    for name in ("radio", "echo", "later"):  # the first of them was published before
        keep(ledger, readings[name])
        build_incidents(ledger)
    assert shelling(ledger).id == first
    with ledger.reading() as connection:
        told = [line.change for line in history_of(connection, first)]
    assert told[0] is ChangeKind.ISSUED
    assert ChangeKind.GREW in told


def test_order_and_portions_do_not_matter(tmp_path, readings):
    from allegata.ledger import Ledger

    names = list(TEXTS)
    digests = set()
    for seed in range(4):
        dice = random.Random(seed)
        dice.shuffle(names)
        cut = dice.randint(1, len(names) - 1)
        with Ledger.open(tmp_path / f"{seed}.db", create=True) as ledger:
            for portion in (names[:cut], names[cut:]):
                keep(ledger, *(readings[name] for name in portion))
                build_incidents(ledger)
            digests.add(count_all(ledger).digest)
            assert verify(ledger).damages == []
    assert len(digests) == 1


def test_a_later_reading_takes_the_place_of_the_earlier_one(full, readings):
    before = shelling(full)
    keep(full, *readings.values(), run=Run("2", "model", "knowledge"))
    build_incidents(full)
    after = shelling(full)
    assert after.id == before.id
    assert after.fields == before.fields
    with full.reading() as connection:
        lasting = connection.execute(
            select(membership.c.account).where(membership.c.until.is_(None))
        ).scalars()
        accounts = list(lasting)
    assert len(accounts) == len(set(accounts))
    assert verify(full).damages == []


def test_the_time_before(full):
    """What had been published by then; the ledger itself was begun later."""
    with full.reading() as connection:
        as_of = resolve_as_of(connection, TEXTS["radio"][1])
        dossier = load_dossier(connection, shelling(full).id, as_of)
        lines, total = list_incidents(connection, Filters(as_of=as_of))
    assert as_of.entry is None
    assert {one.by.outlet.name for one in dossier.statements} == {"Harbour Radio"}
    assert total == len(lines) >= 1


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(kinds=("shelling",)), True),
        (Filters(kinds=("air_strike",)), False),
        (Filters(place="kirk"), True),
        (Filters(country="iq"), True),
        (Filters(country="ng", kinds=("shelling",)), False),
        (Filters(box=parse_box("44,35,45,36")), True),
        (Filters(box=parse_box("170,35,-170,36")), False),
        (Filters(first=TEXTS["radio"][1]), False),  # it is said to have been the day before
        (Filters(last=TEXTS["radio"][1], kinds=("shelling",)), True),
        (Filters(sources=("health ministry",)), True),
        (Filters(outlets=("delta",)), True),
        (Filters(actors=("rebels",)), True),
        (Filters(actors=("navy",)), False),
        (Filters(grades=("contested",)), True),
        (Filters(grades=("confirmed",)), False),
    ],
)
def test_filters(full, filters, found):
    name = shelling(full).id
    with full.reading() as connection:
        lines, _ = list_incidents(connection, filters)
    assert (name in {line.id for line in lines}) == found


def test_an_incident_is_found_by_the_beginning_of_its_id(full):
    name = shelling(full).id
    with full.reading() as connection:
        assert find_incident(connection, name[:9])[1] == name


def test_an_incident_of_which_a_later_reading_tells_nothing_is_dissolved(ledger, readings):
    from dataclasses import replace

    keep(ledger, readings["other"])
    build_incidents(ledger)
    assert count_all(ledger).incidents == 1
    silent = replace(readings["other"], events=(), links=())
    keep(ledger, silent, run=Run("2", "model", "knowledge"))
    built = build_incidents(ledger)
    assert [change.kind for change in built.changes] == [ChangeKind.DISSOLVED]
    assert count_all(ledger).incidents == 0
    assert verify(ledger).damages == []
    assert build_incidents(ledger).changes == ()
