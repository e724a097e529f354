import json

import pytest
import yaml

from allegata.errors import InputError
from allegata.types import Span
from benchmarks.quality import nested
from benchmarks.quality.anchors import find_after, find_near
from benchmarks.quality.nested import NESTED, NestedClaim, score_claims
from benchmarks.quality.tally import Tally


def claim(name, parent, source=(0, 9), content=(20, 60), cue=(10, 14), acts=("state",)):
    return NestedClaim(
        name, parent, Span(*source) if source else None, Span(*cue), (Span(*content),), acts
    )


OUTER = claim("c1", "c0")
INNER = claim("c2", "c1", (20, 26), (30, 60), (27, 30), ("deny", "doubt"))


@pytest.mark.parametrize(
    ("predicted", "figure", "tally"),
    [
        ([OUTER, INNER], "whole", Tally(1, 1, 1)),
        ([OUTER, INNER], "act", Tally(2, 2, 2)),
        # Other names of ids change nothing.
        (
            [claim("x", "c0"), claim("y", "x", (20, 26), (30, 60), (27, 30), ("doubt",))],
            "whole",
            Tally(1, 1, 1),
        ),
        # The inner claim hangs on the document.
        ([OUTER, claim("c2", "c0", (20, 26), (30, 60))], "parent", Tally(1, 2, 2)),
        ([OUTER, claim("c2", "c0", (20, 26), (30, 60))], "whole", Tally(0, 1, 1)),
        # A claim that was not found is no wrong parent, but not a right one of all.
        ([OUTER], "parent", Tally(1, 1, 1)),
        ([OUTER], "parent, of all", Tally(1, 2, 2)),
        ([OUTER], "claims", Tally(1, 1, 2)),
        # One made up spoils the sentence.
        ([OUTER, INNER, claim("c3", "c0", (62, 70), (80, 90))], "whole", Tally(0, 1, 1)),
        # A parent that nobody knows is wrong.
        ([OUTER, claim("c2", "c9", (20, 26), (30, 60))], "parent", Tally(1, 2, 2)),
        # Another source is another claim.
        ([claim("c1", "c0", (11, 18))], "claims", Tally(0, 1, 2)),
        ([claim("c1", "c0", None)], "claims", Tally(0, 1, 2)),
    ],
)
def test_figures_of_one_entry(predicted, figure, tally):
    assert score_claims([OUTER, INNER], predicted)[figure] == tally


TEXT = "He said she said that he said so."


@pytest.mark.parametrize(
    ("find", "anchor", "at", "start"),
    [
        (find_after, "said@2", 0, 12),
        (find_after, "said", 10, 12),
        (find_after, "that", 30, 17),  # stands once, wherever it is
        (find_near, "said", Span(22, 24), 25),
        (find_near, "said@1", Span(22, 24), 3),
        (find_near, "he", Span(9, 10), 22),  # not inside of "she"
        (find_near, "e sai", Span(0, 1), 1),  # no whole words anywhere
    ],
)
def test_anchors(find, anchor, at, start):
    assert find(TEXT, anchor, at).start == start


@pytest.mark.parametrize("anchor", ["denied", "said@4"])
def test_an_anchor_that_is_not_there_is_an_error(anchor):
    with pytest.raises(InputError):
        find_after(TEXT, anchor, 0)


def readings_of_gold(records, readings, change=lambda claims: claims):
    """Stands in for the program: answers every record with the gold of its text."""
    gold = {entry["text"]: entry for entry in yaml.safe_load(NESTED.read_text())}
    with readings.open("w") as out:
        for line in records.read_text().splitlines():
            text = json.loads(line)["text"]
            claims = [as_json(one) for one in nested._gold_claims(gold[text])]
            voice = {"id": "c0", "parent": None, "source": None, "cue": None, "content": []}
            reading = {"document": {"text": text}, "claims": change([voice, *claims])}
            out.write(json.dumps(reading) + "\n")


def as_json(one):
    spans = {"source": one.source, "cue": one.cue}
    return {
        "id": one.id,
        "parent": one.parent,
        "act": one.acts[0],
        **{k: v and {"start": v.start, "end": v.end} for k, v in spans.items()},
        "content": [{"start": span.start, "end": span.end} for span in one.content],
    }


def test_the_table_of_nested_sentences_agrees_with_itself(monkeypatch):
    monkeypatch.setattr(nested, "write_readings", readings_of_gold)
    measured = nested.measure_nested()
    assert {measured.value(name) for name in measured.figures()} == {1.0}
    assert measured.total("held: whole").gold >= 60


def test_a_reader_that_never_nests_has_few_right_parents(monkeypatch):
    def flatten(claims):
        return [one | {"parent": "c0"} if one["parent"] else one for one in claims]

    monkeypatch.setattr(nested, "write_readings", lambda a, b: readings_of_gold(a, b, flatten))
    measured = nested.measure_nested()
    assert measured.value("held: claims") == 1.0
    assert 0.2 < measured.value("held: parent") < 0.7
    assert measured.value("held: whole") < 0.2


def test_a_text_that_was_not_read_is_an_error(monkeypatch):
    monkeypatch.setattr(nested, "write_readings", lambda _, readings: readings.write_text(""))
    with pytest.raises(InputError, match="no reading of"):
        nested.measure_nested()
