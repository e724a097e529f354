import pytest

from benchmarks.quality import seeds
from benchmarks.quality.polnear import Scores
from benchmarks.quality.reader import open_reader
from benchmarks.quality.tally import Tally

TEXT = "Two boats sank in the harbour, the union said. “Nobody was hurt,” its chairwoman added.\n"


@pytest.mark.slow
def test_the_model_reads_attributions_with_their_confidence():
    found = open_reader()(TEXT)
    whole = [one for one in found if one.is_whole]
    assert {one.words_of_cue(TEXT) for one in whole} == {"said", "added"}
    assert all(0 < one.confidence <= 1 for one in whole)
    spans = [span for one in found for span in (*one.source, *one.cue, *one.content)]
    assert all(span.words(TEXT) == span.words(TEXT).strip() != "" for span in spans)


@pytest.mark.slow
def test_a_text_of_nothing_holds_no_attribution():
    assert open_reader()("\n \n") == ()


def test_means_over_seeds():
    scores = [Scores((), totals={"cue": Tally(right, 10, 10)}) for right in (7, 8)]
    lines = seeds.draw_seeds(scores).splitlines()
    assert lines[1].split() == ["cue", "70.0", "80.0", "75.0"]
    assert lines[2].split() == ["calibration", "error", "–", "–", "–"]


def test_a_model_folder_that_is_none_is_refused(tmp_path, capsys, write_portion):
    portion = write_portion({"a": TEXT}, {})
    assert seeds.main([str(portion), str(tmp_path / "absent")]) == 1
    assert "absent" in capsys.readouterr().err
