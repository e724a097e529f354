"""Events of one sentence share a place where its words tie them, and nowhere else."""

import pytest

import allegata

# text, the trigger without a place of its own, the place that it gets
TABLE = [
    ("Air strikes kill ten in Homs.", "strikes", "Homs"),
    ("Gunmen attacked a market in Kirkuk, killing nine.", "killing", "Kirkuk"),
    ("Rebels attacked Homs on Monday. Nine people were killed.", "killed", None),
]


@pytest.mark.parametrize(("text", "trigger", "name"), TABLE)
def test_a_place_is_shared_only_within_a_tie(text: str, trigger: str, name: str | None) -> None:
    events = allegata.read(text).events
    (event,) = [one for one in events if one.trigger.words(text).endswith(trigger)]
    assert (event.place and event.place.name) == name
