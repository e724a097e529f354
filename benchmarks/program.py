"""The command that users run, as the benchmarks run it."""

import sys
from pathlib import Path

__all__ = ["ROOT", "SHARED", "command"]

ROOT = Path(__file__).resolve().parent.parent
"""The folder of the repository."""

SHARED = ROOT.parent / "shared"
"""The folder of the annotated data, which is no part of the repository."""


def command(*arguments: str) -> list[str]:
    """`allegata` of this environment with its arguments, ready for `subprocess`."""
    program = Path(sys.executable).with_name("allegata")
    if program.exists():
        return [str(program), *arguments]
    return [sys.executable, "-c", "from allegata.cli import main; main()", *arguments]
