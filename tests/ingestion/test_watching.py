import pytest

from allegata.errors import InputError
from allegata.ingestion.options import Outcome
from allegata.ingestion.pipeline import Ingestion
from allegata.ingestion.watching import Watch, watch

TEXT = "The army denied that it had shelled Torvik.\n"


class Turns:
    """Sleeps by doing the next thing that happens meanwhile, and is interrupted after the last."""

    def __init__(self, *happenings):
        self._happenings = list(happenings)

    def __call__(self, seconds):
        assert seconds == 2.0
        if not self._happenings:
            raise KeyboardInterrupt
        self._happenings.pop(0)()


def nothing():
    pass


def test_a_file_is_given_once_it_has_settled(tmp_path):
    watched = Watch(tmp_path)
    path = tmp_path / "a.txt"
    assert watched.look() == []
    path.write_text("x")
    assert watched.look() == []
    path.write_text("xx")  # it still grows
    assert watched.look() == []
    assert watched.look() == [path]
    assert watched.look() == []


def test_a_changed_file_is_given_again_and_a_removed_one_that_comes_back(tmp_path):
    watched, path = Watch(tmp_path), tmp_path / "a.txt"
    path.write_text("x")
    watched.look()
    assert watched.look() == [path]
    path.write_text("xyz")
    watched.look()
    assert watched.look() == [path]
    path.unlink()
    assert watched.look() == []
    path.write_text("xyz")
    watched.look()
    assert watched.look() == [path]


def test_hidden_files_and_unknown_formats_are_passed_over(tmp_path):
    (tmp_path / ".part.txt").write_text("x")
    (tmp_path / "a.txt.part").write_text("x")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.html").write_text("x")
    (tmp_path / "folder.txt").mkdir()
    watched = Watch(tmp_path)
    watched.look()
    assert watched.look() == [tmp_path / "deep" / "b.html"]


def test_what_is_put_into_a_folder_is_ingested_and_faults_end_nothing(ledger, lent, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "first.txt").write_text(TEXT)
    outcomes = []
    turns = Turns(
        nothing,
        lambda: (folder / "broken.pdf").write_bytes(b"%PDF-1.4 no more"),
        nothing,
        lambda: (folder / "second.txt").write_text(TEXT + "The mayor said so."),
        nothing,
        lambda: (folder / "copy.txt").write_text(TEXT),
        nothing,
    )
    with Ingestion(ledger) as ingestion, pytest.raises(KeyboardInterrupt):
        watch(folder, ingestion, sleep=turns, on_turn=outcomes.append)
    assert outcomes == [
        Outcome(n_read=1),
        Outcome(n_set_aside=1, n_new_faults=1),
        Outcome(n_read=1),
        Outcome(n_known=1, n_found_anew=1),
    ]
    assert ingestion.outcome == sum(outcomes, Outcome())


def test_a_folder_that_is_away_is_waited_for(ledger, lent, tmp_path):
    folder, away = tmp_path / "in", tmp_path / "away"
    folder.mkdir()
    told, outcomes = [], []
    turns = Turns(
        lambda: folder.rename(away),
        nothing,
        lambda: away.rename(folder),
        lambda: (folder / "a.txt").write_text(TEXT),
        nothing,
    )
    with Ingestion(ledger) as ingestion, pytest.raises(KeyboardInterrupt):
        watch(folder, ingestion, sleep=turns, on_turn=outcomes.append, on_fault=told.append)
    assert len(told) == 1
    assert outcomes == [Outcome(n_read=1)]


def test_a_folder_that_never_was_is_told(ledger, tmp_path):
    with pytest.raises(InputError, match="is no folder that could be watched"):
        watch(tmp_path / "absent", Ingestion(ledger))
