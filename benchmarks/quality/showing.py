"""Measuring one set from the command line: a small table, and where the weights lie."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from allegata.errors import AllegataError
from benchmarks.quality.measured import Measured

__all__ = ["draw", "run"]


def draw(measured: Measured) -> str:
    """One line a figure: F1, precision and recall in per cent, and how many there were to find."""
    lines = [f"{measured.name} ({len(measured.documents)} documents)"]
    for figure in measured.figures():
        tally = measured.total(figure)
        lines.append(
            f"  {figure:46}{_cent(tally.f1)}  precision{_cent(tally.precision)}"
            f"  recall{_cent(tally.recall)}  of {tally.gold:.0f}"
        )
    lines += [f"  {name:46}{_cent(value)}" for name, value in measured.extra.items()]
    return "\n".join(lines)


def _cent(share: float | None) -> str:
    return "     –" if share is None else f"{100 * share:6.1f}"


def run(
    about: str | None,
    measure: Callable[[Path | None], Sequence[Measured]],
    arguments: Sequence[str] | None = None,
) -> int:
    """Measure with `--weights DIR` and print; 1 where the data cannot be used."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--weights", type=Path, help="a model folder")
    args = parser.parse_args(arguments)
    try:
        for measured in measure(args.weights):
            print(draw(measured))
    except (AllegataError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0
