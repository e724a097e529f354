"""The command line: data on standard output, everything for the person on standard error."""

import gc
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and end the process."""
    # What is loaded from here on stays: looking through it for garbage would cost a tenth of the
    # time to the first answer. `read` turns the collector on again when it has loaded everything.
    gc.disable()
    from allegata.cli.interrupts import INTERRUPTED, guard

    guard()
    try:
        from allegata.cli.app import app

        app(prog_name="allegata")
    except KeyboardInterrupt:
        code: str | int | None = INTERRUPTED
    except SystemExit as ending:
        code = ending.code
    if code == INTERRUPTED:
        print("\nallegata: interrupted.", file=sys.stderr)
    sys.exit(code)
