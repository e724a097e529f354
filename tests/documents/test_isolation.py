import sys
import time

import pytest

from allegata.documents import Intake, isolation, read_documents, worker
from allegata.documents.isolation import Isolation, read_message, write_message
from allegata.errors import InputError
from allegata.types import Document

PAGE = b"<html><body><p>The council said so.</p></body></html>"

STUBBORN = """
import sys, time
from allegata.documents import worker
def hang(options, payload):
    while True: pass
def die(options, payload):
    yield {"text": "first"}
    import os; os._exit(3)
def grow(options, payload):
    held = []
    while True: held.append(bytearray(2**26))
def fail(options, payload):
    raise RuntimeError("odd")
    yield
def talk(options, payload):
    print("noise"); sys.stdout.flush()
    yield {"text": payload.decode("utf-8", "surrogatepass")}
worker.JOBS = {"hang": hang, "die": die, "grow": grow, "fail": fail, "talk": talk}
worker.main()
"""


@pytest.fixture
def stubborn(monkeypatch):
    """A process whose parsers behave as badly as parsers can."""
    start = isolation.subprocess.Popen

    def popen(command, **options):
        return start([sys.executable, "-c", STUBBORN], **options)

    monkeypatch.setattr(isolation.subprocess, "Popen", popen)


def test_a_parser_that_hangs_is_stopped_in_time(stubborn):
    process = Isolation(1.0)
    started = time.monotonic()
    with pytest.raises(InputError, match="took longer than 1 seconds"):
        list(process.run("hang", "a.html", {}))
    assert time.monotonic() - started < 5
    process.close()


@pytest.mark.parametrize(
    ("job", "what", "n_given"),
    [
        ("die", "stopped the process that was reading it after 1 documents", 1),
        ("fail", "could not be parsed \\(RuntimeError: odd\\)", 0),
        ("no such job", "could not be parsed", 0),
        pytest.param(
            "grow",
            "too much memory",
            0,
            marks=pytest.mark.skipif(sys.platform != "linux", reason="limits memory on Linux"),
        ),
    ],
)
def test_after_a_fault_the_next_document_is_read(stubborn, job, what, n_given):
    process = Isolation(60.0)
    given = []
    with pytest.raises(InputError, match=what):
        for item in process.run(job, "a.html", {}):
            given.append(item)
    assert len(given) == n_given
    text = "what parsers print\ud83d\ude00 does no harm\0"
    payload = text.encode("utf-8", "surrogatepass")
    assert [i["text"] for i in process.run("talk", "b.html", {}, payload)] == [text]
    process.close()


def test_a_job_that_is_left_half_way_does_not_mix_with_the_next(stubborn):
    process = Isolation(60.0)
    for _ in process.run("die", "a.html", {}):
        break
    assert [i["text"] for i in process.run("talk", "b.html", {}, b"clean")] == ["clean"]
    process.close()


def test_surrogates_that_pair_up_are_not_joined():
    import io

    stream = io.BytesIO()
    write_message(stream, {"text": "\ud83d\ude00 \U0001f600"}, b"payload")
    stream.seek(0)
    assert read_message(stream) == ({"text": "\ud83d\ude00 \U0001f600"}, b"payload")
    assert read_message(stream) is None
    stream = io.BytesIO(stream.getvalue()[:-3])
    assert read_message(stream) is None


def test_plain_text_and_lines_start_no_process(tmp_path, monkeypatch):
    monkeypatch.setattr(Isolation, "_start", lambda self: pytest.fail("a process was started"))
    (tmp_path / "a.txt").write_bytes(b"The council said so.")
    (tmp_path / "b.jsonl").write_bytes(b'{"text": "The council said so."}\n')
    (tmp_path / "c.csv").write_bytes(b"text\nThe council said so.\n")
    found = list(read_documents([str(tmp_path)]))
    assert [type(item) for item in found] == [Document] * 3


def test_one_process_serves_many_and_ends_with_them(tmp_path, monkeypatch):
    started = []
    start = Isolation._start

    def counted(self):
        started.append(start(self))
        return started[-1]

    monkeypatch.setattr(Isolation, "_start", counted)
    for i in range(3):
        (tmp_path / f"{i}.html").write_bytes(PAGE)
    found = read_documents([str(tmp_path)], Intake(seconds=60))
    next(found)
    assert started[0].poll() is None
    assert len(list(found)) == 2
    assert len(started) == 1
    assert started[0].poll() is not None


def test_the_process_is_replaced_when_it_has_done_enough(tmp_path, monkeypatch):
    monkeypatch.setattr(isolation, "MOST_JOBS", 1)
    for i in range(2):
        (tmp_path / f"{i}.html").write_bytes(PAGE)
    found = list(read_documents([str(tmp_path)], Intake(seconds=60)))
    assert [type(item) for item in found] == [Document, Document]


def test_every_job_can_be_asked_for():
    assert set(worker.JOBS) == {"html", "feed", "pdf", "parquet"}


@pytest.mark.skipif(sys.platform == "win32", reason="no peak is read there")
def test_the_peak_of_a_large_parent_is_not_the_peak_of_the_process():
    held = bytearray(400 * 2**20)
    held[:: 2**12] = b"x" * len(held[:: 2**12])
    code = "from allegata.documents.worker import _rss_bytes; print(_rss_bytes())"
    run = isolation.subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert 2**20 < int(run.stdout) < isolation.MOST_RSS_BYTES
    del held
