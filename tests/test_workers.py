"""Processes that outlive what kills them. One set of processes for all tests: each start costs."""

import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from allegata.errors import InputError, WeightsError
from allegata.workers import Loss, Lost, Workers


def open_odd(word: str = "") -> Callable[[str], str]:
    if word == "refuse":
        raise WeightsError("weights: altered.")
    if word == "end":
        os._exit(3)
    return work


def work(item: str) -> str:
    match item.split():
        case ["end", *_]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["hang", *_]:
            time.sleep(60)
        case ["raise", *_]:
            raise KeyError(item)
        case ["exhaust", *_]:
            raise MemoryError
    return item.upper()


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers[str, str]]:
    with Workers(2, open_odd, seconds=1.0) as opened:
        yield opened


def run(workers: Workers[str, str], items: list[str]) -> dict[str, str | Lost]:
    waiting, done, left = {}, {}, list(items)
    deadline = time.monotonic() + 60
    while waiting or left:
        assert time.monotonic() < deadline
        while left and workers.has_room:
            item = left.pop(0)
            waiting[workers.put(item)] = item
        for ticket, result in workers.wait(5):
            done[waiting.pop(ticket)] = result
    return done


def test_every_item_has_its_result(workers):
    items = [f"item {n} " + "x" * 100_000 * (n % 3) for n in range(40)]
    assert run(workers, items) == {item: item.upper() for item in items}


def test_what_ends_its_process_twice_is_lost_and_nothing_else(workers):
    items = [f"a {n}" for n in range(5)] + ["end", "exhaust"] + [f"b {n}" for n in range(5)]
    done = run(workers, items)
    assert done.pop("end") == Lost(Loss.ENDED, "SIGKILL")
    assert done.pop("exhaust") == Lost(Loss.ENDED, "exit code 1")
    assert done == {item: item.upper() for item in items if item[1] == " "}


def test_what_hangs_is_lost_after_its_time(workers):
    done = run(workers, ["a", "hang", "b", "c", "d", "e", "f"])
    assert done.pop("hang") == Lost(Loss.LATE, "1 seconds")
    assert sorted(done.values()) == ["A", "B", "C", "D", "E", "F"]


def test_what_raises_is_lost_with_its_words(workers):
    assert run(workers, ["raise x"]) == {"raise x": Lost(Loss.RAISED, "KeyError: 'raise x'")}


def test_a_process_killed_from_outside_is_replaced(workers):
    run(workers, ["a", "b"])
    for pid in workers.process_ids:
        os.kill(pid, signal.SIGKILL)
    items = [f"c {n}" for n in range(6)]
    assert run(workers, items) == {item: item.upper() for item in items}


def test_the_error_of_opening_is_raised():
    with Workers(1, open_odd, ("refuse",), seconds=5) as workers:
        workers.put("a")
        with pytest.raises(WeightsError, match="altered"):
            workers.wait(60)


def test_processes_that_never_open_are_told():
    with Workers(1, open_odd, ("end",), seconds=5) as workers:
        workers.put("a")
        with pytest.raises(InputError, match=r"before they can begin \(exit code 3\)"):
            workers.wait(60)
