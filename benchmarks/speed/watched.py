"""A command run as a user runs it, with a watch on the clock and on the memory of its family."""

import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from allegata.errors import AllegataError

__all__ = ["Watched", "watch", "watch_memory"]

_EVERY_S = 0.05
_PAGE_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Watched:
    """What a command took.

    Attributes:
        first_s: Seconds from its start to the end of its first line of standard output.
        whole_s: Seconds until it ended.
        n_lines: Lines of standard output.
        peak_bytes: Most resident memory that it and all its children held at one moment, as the sum
            over processes (pages that several share count in each). None where the system has no
            `/proc`.
    """

    first_s: float
    whole_s: float
    n_lines: int
    peak_bytes: int | None


def watch(command: Sequence[str]) -> Watched:
    """Run a command to its end and throw its output away.

    Raises:
        AllegataError: It ended with another status than 0, or printed nothing.
    """
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        done = threading.Event()
        peaks: list[int] = []
        watcher = threading.Thread(target=watch_memory, args=(process.pid, done, peaks))
        messages: list[bytes] = []
        drain = threading.Thread(target=lambda: messages.append(_read_all(process)))
        watcher.start()
        drain.start()
        first, n_lines = 0.0, 0
        for _ in process.stdout or ():
            first = first or time.perf_counter() - started
            n_lines += 1
        status = process.wait()
        whole = time.perf_counter() - started
        done.set()
        watcher.join()
        drain.join()
    if status or not n_lines:
        message = messages[0].decode(errors="replace").strip()
        raise AllegataError(f"{' '.join(command)} ended with {status}: {message}")
    return Watched(first, whole, n_lines, max(peaks) if peaks else None)


def _read_all(process: "subprocess.Popen[bytes]") -> bytes:
    return process.stderr.read() if process.stderr else b""


def watch_memory(pid: int, done: threading.Event, peaks: list[int]) -> None:
    """Note, until `done`, how much a process and its children hold; nothing without `/proc`."""
    if not Path("/proc/self/statm").exists():
        return
    while not done.wait(_EVERY_S):
        peaks.append(_resident_bytes(pid))


def _resident_bytes(pid: int) -> int:
    """Resident memory of a process and its descendants now; 0 for one that has ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        tasks = list(Path(f"/proc/{pid}/task").glob("*/children"))
        children = [int(one) for task in tasks for one in task.read_text().split()]
    except (OSError, IndexError, ValueError):
        return 0
    return pages * _PAGE_BYTES + sum(map(_resident_bytes, children))
