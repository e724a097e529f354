"""How the program ends, and what it says when it ends badly."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path

import typer

from allegata.cli.interrupts import kill_workers
from allegata.errors import (
    AllegataError,
    DamageError,
    InputError,
    KnowledgeError,
    WeightsError,
)
from allegata.types.visible import make_line_visible

__all__ = ["ExitCode", "explain_failures", "say"]

_DEBUG = "ALLEGATA_DEBUG"


class ExitCode(IntEnum):
    """The exit codes, for scripts to rely on."""

    OK = 0
    FAILURE = 1
    USAGE = 2
    SET_ASIDE = 3
    """Finished, but some input was set aside; standard error says which."""
    INTEGRITY = 4
    """The reading model, a data table or a ledger is absent, damaged or altered."""
    INTERRUPTED = 130


def say(message: str) -> None:
    """Write one line for the person to standard error."""
    print(make_line_visible(message), file=sys.stderr)


@contextmanager
def explain_failures() -> Iterator[None]:
    """Turn what goes wrong inside into one clear line and an exit code.

    Raises:
        typer.Exit: With the code. A reader of the output that has seen enough (`| head`) is no
            failure.
    """
    try:
        yield
    except BrokenPipeError:
        kill_workers()
        _let_go_of_output()
        raise typer.Exit(ExitCode.OK) from None
    except AllegataError as error:
        say(f"allegata: {error}")
        raise typer.Exit(_choose_code(error)) from None
    except OSError as error:
        _let_go_of_output()
        say(f"allegata: {error.filename or 'the output'}: {error.strerror or error}")
        raise typer.Exit(ExitCode.FAILURE) from None
    except Exception as error:  # the last resort, and it is reported
        if os.environ.get(_DEBUG):
            raise
        say(f"allegata: failed by a fault of its own: {_locate(error)}.")
        say(f"Run it again with {_DEBUG}=1 to see where, and report it.")
        raise typer.Exit(ExitCode.FAILURE) from None


def _choose_code(error: AllegataError) -> ExitCode:
    if isinstance(error, WeightsError | KnowledgeError | DamageError):
        return ExitCode.INTEGRITY
    return ExitCode.USAGE if isinstance(error, InputError) else ExitCode.FAILURE


def _locate(error: Exception) -> str:
    """The kind of an error and its line of code; its message might hold words of a document."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    name = Path(trace.tb_frame.f_code.co_filename).name
    return f"{type(error).__name__} at {name}:{trace.tb_lineno}"


def _let_go_of_output() -> None:
    """Where output can no longer be written, point it at nothing: the last flush stays quiet."""
    try:
        sys.stdout.flush()
    except OSError:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)
