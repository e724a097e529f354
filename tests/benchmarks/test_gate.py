import json

import pytest

from benchmarks.quality import gate
from benchmarks.quality.__main__ import draw_table
from benchmarks.quality.floors import Floors, hash_name, load_floors, pin, save_floors
from benchmarks.quality.measured import Measured, NotMeasured
from benchmarks.quality.noise import MOST, measure_noise
from benchmarks.quality.tally import Tally


def measured(right, *, data="sha256:1", name="polnear dev", n_documents=40):
    """A set in which every document has `right` of 10 cues."""
    documents = {f"doc{i}": {"cue": Tally(right, 10, 10)} for i in range(n_documents)}
    return Measured(name, data, documents, {"calibration error": 0.04})


def absent(name="polnear dev"):
    return NotMeasured(name, "../shared is absent", absent=True)


@pytest.fixture
def floors(tmp_path):
    path = tmp_path / "floors.json"
    save_floors(Floors({"polnear dev": pin(measured(8))}), path)
    return path


def run(floors, outcomes, *arguments):
    return gate.main(["--floors", str(floors), *arguments], lambda: list(outcomes))


@pytest.fixture(autouse=True)
def outside_of_continuous_integration(monkeypatch):
    monkeypatch.delenv("CI", raising=False)


@pytest.mark.parametrize(
    ("outcome", "status", "words"),
    [
        (measured(8), 0, "all floors hold"),
        (measured(9), 0, "cue 90.0, floor 80.0"),
        (measured(7), 1, "cue 70.0, floor 80.0, noise 0.0 FELL"),
        (measured(8, data="sha256:2"), 1, "the data changed"),
        (measured(8, name="other"), 1, "other: no floors yet"),
        (absent(), 0, "polnear dev: NOT MEASURED, ../shared is absent"),
        # The data are there, but the reader failed on them.
        (NotMeasured("polnear dev", "it broke", absent=False), 1, "NOT MEASURED, it broke"),
    ],
)
def test_what_passes_and_what_fails(floors, capsys, outcome, status, words):
    assert run(floors, [outcome]) == status
    assert words in capsys.readouterr().out


def test_absent_data_fail_where_they_must_be(floors, monkeypatch):
    assert run(floors, [absent()], "--require-data") == 1
    monkeypatch.setenv("CI", "true")
    assert run(floors, [absent()]) == 1


def test_a_figure_that_is_no_longer_measured_falls(floors):
    gone = Measured("polnear dev", "sha256:1", {"doc0": {"source": Tally(1, 1, 1)}})
    assert run(floors, [gone]) == 1


def test_a_drop_within_noise_passes_and_noise_is_bounded():
    before = [Tally(8, 10, 10)] * 40
    # Half of the documents gain as much as the others lose, but one.
    after = [Tally(9, 10, 10)] * 20 + [Tally(7, 10, 10)] * 19 + [Tally(6, 10, 10)]
    assert measure_noise(before, after) == MOST
    assert measure_noise(before, before) == 0.0
    assert measure_noise([], []) == 0.0


def test_pinning_up_needs_no_reason_and_pinning_down_does(floors, capsys):
    assert run(floors, [measured(9)], "--pin") == 0
    assert load_floors(floors).sets["polnear dev"].floors == {"cue": 0.9}
    assert run(floors, [measured(8)], "--pin") == 1
    assert "--allow-regression" in capsys.readouterr().out
    assert load_floors(floors).sets["polnear dev"].floors == {"cue": 0.9}
    assert run(floors, [measured(8)], "--pin", "--allow-regression", "smaller model") == 0
    assert load_floors(floors).sets["polnear dev"].floors == {"cue": 0.8}
    assert load_floors(floors).lowered == ("smaller model",)


def test_new_data_are_pinned_and_absent_ones_keep_their_floors(floors):
    other = measured(5, data="sha256:9", name="gold dev")
    assert run(floors, [absent(), other], "--pin") == 0
    sets = load_floors(floors).sets
    assert sets["polnear dev"].floors == {"cue": 0.8}
    assert (sets["gold dev"].data, sets["gold dev"].floors) == ("sha256:9", {"cue": 0.5})


def test_the_file_keeps_counts_and_no_names(floors):
    stored = json.loads(floors.read_text())
    counts = stored["sets"]["polnear dev"]["documents"]
    assert counts[hash_name("doc0")] == [[8, 10, 10]]
    assert "doc0" not in floors.read_text()
    assert load_floors(floors).sets["polnear dev"] == pin(measured(8))


def test_a_figure_that_says_nothing_has_no_floor():
    silent = Measured("gold dev", "sha256:1", {"doc0": {"said": Tally(), "cue": Tally(1, 2, 2)}})
    assert pin(silent).floors == {"cue": 0.5}


def test_the_table_shows_figures_beside_what_they_have_to_reach():
    table = draw_table([measured(7), absent("gold dev")])
    cue = next(line for line in table.splitlines() if line.startswith("  cue"))
    assert cue.split() == ["cue", "70.0", "73.0", "75.5", "70.5", "75.3", "400", "short"]
    assert "calibration error" in table
    assert "gold dev: NOT MEASURED, ../shared is absent" in table
