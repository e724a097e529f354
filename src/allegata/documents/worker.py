"""The process in which HTML, feeds, PDF and Parquet are parsed; started by `isolation.py`.

It reads jobs from standard input and writes what they give to standard output, until the other
side is gone. It limits its own memory and time as well, in case nobody is left to stop it.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import BinaryIO

from allegata.documents.isolation import Message, read_message, write_message
from allegata.errors import InputError

__all__ = ["JOBS", "main"]

MOST_BYTES = 2**30

Job = Callable[[Mapping[str, object], bytes], Iterator[Message]]


def _html(options: Mapping[str, object], payload: bytes) -> Iterator[Message]:
    from allegata.documents.html_parsing import parse_page

    yield parse_page(payload.decode("utf-8", "surrogatepass"), str(options.get("address") or ""))


def _feed(_: Mapping[str, object], payload: bytes) -> Iterator[Message]:
    from allegata.documents.feeds import parse_feed

    yield from parse_feed(payload.decode("utf-8", "surrogatepass"))


def _pdf(options: Mapping[str, object], payload: bytes) -> Iterator[Message]:
    from allegata.documents.pdf import parse_pdf

    path, most = options.get("path"), options.get("max_bytes")
    yield parse_pdf(str(path) if path else payload, most if isinstance(most, int) else 0)


def _parquet(options: Mapping[str, object], payload: bytes) -> Iterator[Message]:
    from allegata.documents.parquet import parse_parquet

    path = options.get("path")
    yield from parse_parquet(str(path) if path else payload)


JOBS: Mapping[str, Job] = {"html": _html, "feed": _feed, "pdf": _pdf, "parquet": _parquet}
"""What can be asked for. Each imports its library when it is first asked."""


def main() -> None:
    """Do jobs until standard input ends."""
    source = sys.stdin.buffer
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _limit_memory()
    while (asked := read_message(source)) is not None:
        _do(asked[0], asked[1], target)


def _do(options: Mapping[str, object], payload: bytes, target: BinaryIO) -> None:
    seconds = options.get("seconds")
    limit = (seconds if isinstance(seconds, float | int) else 10.0) + 1.0
    end: dict[str, object] = {}
    try:
        items = JOBS[str(options["job"])](options, payload)
        while True:
            _limit_time(limit)
            item = next(items, None)
            _limit_time(0.0)
            if item is None:
                break
            write_message(target, {"item": item})
    except InputError as error:
        end = {"error": error.what, "hint": error.hint}
    except MemoryError:
        end = {"error": "needs too much memory.", "hint": "Save its text as plain text."}
    except OSError as error:
        end = {"error": f"cannot be read: {error.strerror or error}."}
    except Exception as error:  # noqa: BLE001
        end = {"error": f"could not be parsed ({type(error).__name__}: {str(error)[:120]})."}
    _limit_time(0.0)
    write_message(target, {"end": True, "rss": _rss_bytes(), **end})


def _limit_time(seconds: float) -> None:
    """Have the system end this process after so long; 0 lifts the limit."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    most = MOST_BYTES if hard == resource.RLIM_INFINITY else min(MOST_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _rss_bytes() -> int:
    """The most memory that this process has held.

    Where there is a /proc it tells; `getrusage` begins there with the peak of the parent.
    """
    if sys.platform == "win32":
        return 0
    import resource

    with suppress(OSError), open("/proc/self/status", "rb") as status:  # noqa: PTH123
        for line in status:
            if line.startswith(b"VmHWM:"):
                return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    main()
