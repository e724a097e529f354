"""Ctrl-C and termination: the program ends with 130 within seconds, and only once it says so.

A terminal sends Ctrl-C to every process of the group. This one keeps it blocked and waits for it
in a thread of its own, which answers also while the main thread is busy in foreign code. Processes
started from here inherit that it is blocked, and so leave it to this one.
"""

import os
import signal
import sys
from contextlib import suppress
from threading import Thread, Timer, main_thread
from types import FrameType

__all__ = ["INTERRUPTED", "guard", "kill_workers", "shield_workers"]

INTERRUPTED = 130
"""The exit code."""

_GRACE_S = 3.0
_CAN_BLOCK = hasattr(signal, "pthread_sigmask")


def guard() -> None:
    """Answer interrupts from now on: a `KeyboardInterrupt` first, and the end if that is late."""
    signal.signal(signal.SIGTERM, _stop)
    if not _CAN_BLOCK:
        signal.signal(signal.SIGINT, _stop)
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    Thread(target=_await_interrupts, args=(main_thread().ident,), daemon=True).start()


def shield_workers() -> None:
    """Have processes that `multiprocessing` starts from now on leave interrupts to this one."""
    if _CAN_BLOCK:
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()  # else it starts later, and unblocks what is blocked
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def kill_workers() -> None:
    """Stop the processes that `multiprocessing` has started: what they do is wanted no more."""
    processes = sys.modules.get("multiprocessing")
    if processes is not None:
        for worker in processes.active_children():
            worker.kill()


def _await_interrupts(owner: int) -> None:
    signal.sigwait({signal.SIGINT})
    signal.pthread_kill(owner, signal.SIGTERM)
    signal.sigwait({signal.SIGINT})
    _leave()


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Unwind: without its workers nothing is left to wait for."""
    signal.signal(signal.SIGTERM, _leave)
    kill_workers()
    timer = Timer(_GRACE_S, _leave)
    timer.daemon = True
    timer.start()
    raise KeyboardInterrupt


def _leave(_number: int = 0, _frame: FrameType | None = None) -> None:
    """End at once."""
    kill_workers()
    show_cursor = b"\x1b[?25h" if sys.stderr.isatty() else b""  # a progress bar hides it
    with suppress(OSError):
        os.write(sys.stderr.fileno(), show_cursor + b"\nallegata: interrupted.\n")
    os._exit(INTERRUPTED)
