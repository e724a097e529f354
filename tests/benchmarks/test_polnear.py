import json

import pytest

from allegata.types import Span
from benchmarks.quality import polnear
from benchmarks.quality.cues import KnownCues, collect_cues, load_cues
from benchmarks.quality.portion import Attribution, read_portion
from benchmarks.quality.tally import Tally

TEXT = "The union said that two boats sank. Clerks muttered that nobody was paid.\n"
SAID = (["The union"], ["said"], ["that two boats sank"])
MUTTERED = (["Clerks"], ["muttered"], ["that nobody was paid"])
CUES = KnownCues(("said",), collect_cues([], "").seen, "")


def spans(*words):
    return tuple(Span(TEXT.index(one), TEXT.index(one) + len(one)) for one in words)


def attribution(parts, confidence=0.9):
    return Attribution(*(spans(*part) for part in parts), confidence)


def read_first_only(text):
    return (attribution(SAID),) if text == TEXT else ()


@pytest.fixture
def portion(write_portion, brat):
    annotations = {"a_77aa": brat(TEXT, SAID, MUTTERED), "a_88bb": brat(TEXT, SAID)}
    return write_portion({"a": TEXT, "unread": "Rain.\n"}, annotations)


def test_a_document_that_two_people_annotated_counts_once(portion):
    dumped = []
    scores = polnear.score_portion(portion, read_first_only, CUES, dumped.append)
    assert scores.totals["cue"] == Tally(1, 1, 1.5)
    assert scores.totals["triple"] == Tally(1, 1, 1.5)
    assert scores.unscored == ("unread",)
    assert scores.calibration_error == pytest.approx(0.1)


def test_recall_tells_common_cues_from_unseen_ones(portion):
    totals = polnear.score_portion(portion, read_first_only, CUES, lambda _: None).totals
    assert totals["cue recall, common cues"] == Tally(1, 1, 1)
    assert totals["cue recall, unseen cues"] == Tally(0, 0.5, 0.5)
    assert totals["content recall, unseen cues"] == Tally(0, 0.5, 0.5)


def test_right_for_one_of_two_annotators_is_half_right(portion):
    def read(text):
        return (attribution(MUTTERED, 0.5),) if text == TEXT else ()

    scores = polnear.score_portion(portion, read, CUES, lambda _: None)
    assert scores.totals["triple"] == Tally(0.5, 1, 1.5)
    assert scores.calibration_error == pytest.approx(0.0)


def test_the_dump_holds_plain_spans_of_every_document(portion, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(polnear, "open_reader", lambda _: read_first_only)
    dump = tmp_path / "dump.jsonl"
    assert polnear.main([str(portion), "--dump", str(dump)]) == 0
    lines = [json.loads(line) for line in dump.read_text().splitlines()]
    assert lines == [
        {"document": "a", "source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 34]]},
        {"document": "unread", "source": [], "cue": [], "content": []},
    ]
    assert "1 documents that nobody annotated" in capsys.readouterr().out


def test_a_span_of_two_attributions_is_dumped_once_and_in_order():
    found = [attribution(MUTTERED), attribution(SAID), attribution((SAID[0], ["sank"], []))]
    assert json.loads(polnear.dump_line("a", found)) == {
        "document": "a",
        "source": [[0, 9], [36, 42]],
        "cue": [[10, 14], [30, 34], [43, 51]],
        "content": [[15, 34], [52, 72]],
    }


def test_json_names_every_figure(portion, monkeypatch, capsys):
    monkeypatch.setattr(polnear, "open_reader", lambda _: read_first_only)
    assert polnear.main([str(portion), "--json", "--training", str(portion)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["figures"]["cue"] == {
        "precision": 1.0,
        "recall": pytest.approx(2 / 3),
        "f1": 0.8,
        "gold": 1.5,
    }
    assert (printed["documents"], printed["unscored"]) == (1, ["unread"])


def test_annotators_against_each_other(portion, capsys):
    assert polnear.main([str(portion), "--agreement", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["figures"]["triple"]["f1"] == pytest.approx(2 / 3)


def test_a_directory_of_another_layout_is_refused(tmp_path, capsys):
    assert polnear.main([str(tmp_path), "--agreement"]) == 1
    assert "no text/*.txt. Give a directory in PolNeAR's layout." in capsys.readouterr().err


def test_cues_are_counted_in_small_letters(write_portion, brat):
    text = "He Said no. She said  yes. It has\tbeen said: maybe.\n"
    ann = brat(
        text, (["He"], ["Said"], ["no"]), (["She"], ["said  "], ["yes"]), ([], ["has\tbeen"], [])
    )
    known = collect_cues(read_portion(write_portion({"a": text}, {"a_77aa": ann})), "digest")
    assert known.common == ("said", "has been")
    assert known.was_seen("has been")
    assert not known.was_seen("been said")


def test_the_known_cues_come_along():
    known = load_cues()
    assert len(known.common) == 20
    assert known.common[:2] == ("said", "says")
    assert known.was_seen("according to")
    assert known.data.startswith("sha256:")


@pytest.mark.shared
def test_gold_against_gold_is_perfect(shared):
    portion = shared / "corpora" / "polnear" / "dev"
    single = {doc.text: doc.annotations[0] for doc in read_portion(portion) if doc.annotations}
    documents = [doc for doc in read_portion(portion) if len(doc.annotations) == 1]
    totals = polnear.add_up(
        polnear.score_document(doc, single[doc.text], load_cues()).figures for doc in documents
    )
    assert {name: tally.f1 for name, tally in totals.items()} == dict.fromkeys(totals, 1.0)
    assert sum(len(doc.annotations) for doc in read_portion(portion)) == 94


@pytest.mark.shared
@pytest.mark.slow
def test_people_agree_as_far_as_was_measured_before(shared):
    """The figures that people reach were measured independently; the scorer has to find them."""
    portions = [read_portion(shared / "corpora" / "polnear" / name) for name in ("train", "dev")]
    train = polnear.score_agreement(portions[0]).totals
    both = polnear.score_agreement(portions[0] + portions[1]).totals
    found = {role: round(100 * (train[role].f1 or 0), 1) for role in ("source", "cue", "content")}
    found |= {name: round(100 * (both[name].f1 or 0), 1) for name in ("triple", "triple lenient")}
    assert found == {
        "source": 78.0,
        "cue": 70.5,
        "content": 70.5,
        "triple": 58.7,
        "triple lenient": 68.2,
    }


@pytest.mark.shared
def test_the_known_cues_are_those_of_the_training_portion(shared):
    from benchmarks.quality.portion import digest_portion

    assert load_cues().data == digest_portion(shared / "corpora" / "polnear" / "train")
