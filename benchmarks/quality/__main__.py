"""Measure everything and print one table: `python -m benchmarks.quality [--gate]`."""

import sys
from collections.abc import Iterable, Sequence

from benchmarks.quality import gate
from benchmarks.quality.measured import Measured, NotMeasured, Outcome
from benchmarks.quality.suite import measure_all
from benchmarks.quality.targets import TARGETS, Target

HEADINGS = ("now", "reach", "aim", "people", "published")


def draw_table(outcomes: Iterable[Outcome]) -> str:
    """One line a figure, in per cent, with what it is measured against."""
    lines = [f"{'':46}{''.join(f'{heading:>10}' for heading in HEADINGS)}{'items':>8}"]
    for outcome in outcomes:
        if isinstance(outcome, NotMeasured):
            lines.append(f"{outcome.name}: NOT MEASURED, {outcome.why}")
            continue
        lines.append(f"{outcome.name} ({len(outcome.documents)} documents)")
        lines.extend(_row(outcome, figure) for figure in [*outcome.extra, *outcome.figures()])
    return "\n".join(lines)


def _row(measured: Measured, figure: str) -> str:
    target = TARGETS.get((measured.name, figure), Target())
    value = measured.value(figure)
    shares = (value, target.reach, target.aim, target.people, target.published)
    cells = "".join(f"{'' if share is None else f'{100 * share:.1f}':>10}" for share in shares)
    items = "" if figure in measured.extra else f"{measured.total(figure).gold:.0f}"
    short = target.reach is not None and (value is None or value < target.reach)
    return f"  {figure:44}{cells}{items:>8}{'  short' if short else ''}"


def main(arguments: Sequence[str]) -> int:
    """Print the table; with `--gate` as first argument hand the rest to the gate."""
    if arguments[:1] == ["--gate"]:
        return gate.main(arguments[1:])
    if arguments:
        print(f"unknown: {' '.join(arguments)}. {__doc__}", file=sys.stderr)
        return 2
    print(draw_table(measure_all()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
