from datetime import date

import pytest

from allegata.knowledge.gazetteer import Gazetteer
from allegata.types import Act, Claim, Entity, EntityType, Interval, Precision, Quotation, Reading
from benchmarks.quality import hrdsattack
from benchmarks.quality.event_readings import as_document
from benchmarks.quality.hrdsattack import Fields, count_fields, fields_of
from benchmarks.quality.tally import Tally
from tests.benchmarks.made import event, span

TEXT = "Police jailed Ana Silva on March 3 and beat her. Gunmen shot a clerk elsewhere."
OWN = Claim("c0", None, None, None, None, (), Act.STATE, Quotation.INDIRECT, None, 1.0, "hand")
SILVA = Entity("n1", "Ana Silva", EntityType.PERSON, (span(TEXT, "Ana Silva"),))


def reading(*events):
    return Reading(as_document("a", TEXT), (OWN,), (SILVA,), events)


def test_the_fields_are_those_of_the_largest_episode():
    jailed = event(TEXT, "detention", "jailed", actor="Police", target="Ana Silva", entity="n1")
    beaten = event(TEXT, "torture", "beat")
    shot = event(TEXT, "shooting", "shot", episode="p2")
    found = fields_of(reading(shot, jailed, beaten))
    assert found.perpetrator
    assert found.violations == {"arbitrary detention", "torture", "other"}
    assert found.victims == ("Ana Silva",)


def test_a_reading_without_an_attack():
    denied = event(TEXT, "torture", "beat", polarity="negative", actor="Police")
    assert fields_of(reading(denied)) == Fields(
        False, frozenset(("unknown",)), (), None, None, None, None, None
    )


@pytest.mark.parametrize(
    ("start", "end", "numbers"),
    [
        (date(2021, 3, 3), date(2021, 3, 3), (2021, 3, 3)),
        (date(2021, 3, 1), date(2021, 3, 31), (2021, 3, None)),
        (date(2021, 1, 1), date(2021, 12, 31), (2021, None, None)),
        (date(2020, 12, 30), date(2021, 1, 2), (None, None, None)),
        # Only an outer limit is known.
        (None, date(2021, 3, 3), (None, None, None)),
    ],
)
def test_days_as_numbers(start, end, numbers):
    assert hrdsattack._numbers([Interval(start, end, Precision.DAY, None)]) == numbers


def fields(**changes):
    empty = {
        "perpetrator": False,
        "violations": frozenset(("killing",)),
        "victims": ("Ana Silva",),
        **dict.fromkeys(("country", "city", "day", "month", "year")),
    }
    return Fields(**{**empty, **changes})


def test_what_is_right_in_a_document():
    gold = fields(perpetrator=True, country="PE", year=2021)
    read = fields(
        violations=frozenset(("killing", "torture")), victims=("Silva",), country="PE", year=2020
    )
    found = count_fields(gold, read)
    assert found["perpetrator"] == Tally(0, 0, 1)
    assert found["violation types"] == Tally(1, 2, 1)
    assert found["violation types, at least one"] == Tally(1, 1, 1)
    assert (found["victims"], found["victims, loose"]) == (Tally(0, 1, 1), Tally(1, 1, 1))
    assert (found["country"], found["year"]) == (Tally(1, 1, 1), Tally(0, 1, 1))
    assert (found["city"], found["city, right or rightly empty"]) == (Tally(), Tally(1, 1, 1))


def test_annotators_write_in_many_ways():
    merged = {
        "perpetrator_mention": True,
        "violation_types": ["unknown", "enforced disappearance"],
        "victims": [{"victim_name": None}, {"victim_name": "Ana Silva"}],
        "country": "Peru",
        "city": "None",
        "year": "2021.0",
        "month": "Decenmber",
        "date": "7.0",
    }
    found = hrdsattack._gold(merged, Gazetteer.open())
    assert found == fields(
        perpetrator=True, violations=frozenset(("kidnapping",)), country="PE", day=7, month=12,
        year=2021,
    )  # fmt: skip


def test_a_page_as_prose():
    sample = {"Input.article_interface": "<p>One\n two.</p> <p> </p><p>Three <b>four</b>.</p>"}
    assert hrdsattack._prose(sample) == "One two.\n\nThree four ."
