"""The command line: data on standard output, everything for the person on standard error."""

import os
import signal
import sys
from types import FrameType

__all__ = ["main"]

_INTERRUPTED = 130


def main() -> None:
    """Run the command line and end the process."""
    owner = os.getpid()

    def stop(_number: int, _frame: FrameType | None) -> None:
        if os.getpid() != owner:  # a worker: the parent tells the person
            os._exit(_INTERRUPTED)
        for number in (signal.SIGINT, signal.SIGTERM):  # a second time, there is no waiting
            signal.signal(number, _leave)
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    try:
        from allegata.cli.app import app

        app(prog_name="allegata")
    except KeyboardInterrupt:
        _leave()
    except SystemExit as ending:
        if ending.code == _INTERRUPTED:
            _leave()
        raise


def _leave(_number: int = 0, _frame: FrameType | None = None) -> None:
    """End at once: workers are stopped and nothing is waited for."""
    workers = sys.modules.get("multiprocessing")
    if workers is not None:
        for worker in workers.active_children():
            worker.kill()
    try:
        sys.stdout.flush()
        print("\nallegata: interrupted.", file=sys.stderr, flush=True)
    except OSError:
        pass
    os._exit(_INTERRUPTED)
