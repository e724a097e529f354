"""Score several model folders on a portion: `python -m benchmarks.quality.seeds PORTION DIR...`.

One training run can be lucky. Figures that are quoted for a recipe are means over its seeds, each
read as it would ship.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from allegata.errors import AllegataError
from benchmarks.quality.cues import load_cues
from benchmarks.quality.polnear import Scores, score_portion
from benchmarks.quality.reader import open_reader

__all__ = ["draw_seeds", "main"]


def draw_seeds(scores: Sequence[Scores]) -> str:
    """A line a figure: F1 (or the rate) of each folder, then their mean, in per cent."""
    heads = [*(f"#{number}" for number in range(1, len(scores) + 1)), "mean"]
    lines = [f"{'':32}{''.join(f'{head:>8}' for head in heads)}"]
    lines += [_row(name, [one.totals[name].f1 for one in scores]) for name in scores[0].totals]
    lines.append(_row("calibration error", [one.calibration_error for one in scores]))
    return "\n".join(lines)


def _row(name: str, values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    shown = [*values, mean(known) if known else None]
    cells = "".join(f"{'–' if v is None else f'{100 * v:.1f}':>8}" for v in shown)
    return f"{name:32}{cells}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Read and score with each folder; 1 where one cannot be used."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("portion", type=Path)
    parser.add_argument("weights", type=Path, nargs="+", help="model folders, one a seed")
    args = parser.parse_args(arguments)
    cues = load_cues()
    try:
        scores = [
            score_portion(args.portion, open_reader(folder), cues, lambda line: line)
            for folder in args.weights
        ]
    except AllegataError as error:
        print(error, file=sys.stderr)
        return 1
    print(draw_seeds(scores))
    return 0


if __name__ == "__main__":
    sys.exit(main())
