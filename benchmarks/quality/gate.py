"""Fail where a score fell below its floor: `python -m benchmarks.quality.gate`.

A floor falls when the score is lower by more than noise (`noise.py`). Data that are not those of
the floors fail too: a score on other data says nothing. `--pin` writes the present scores as
floors; one that dropped by more than noise is only written with `--allow-regression REASON`.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.quality.floors import (
    FLOORS,
    Floors,
    PinnedSet,
    hash_name,
    load_floors,
    pin,
    save_floors,
)
from benchmarks.quality.measured import Measured, NotMeasured, Outcome
from benchmarks.quality.noise import measure_noise
from benchmarks.quality.suite import measure_all

__all__ = ["Verdict", "judge", "main"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says about one figure or one set.

    Attributes:
        line: For people.
        passed: Whether it holds.
        regression: Whether it failed because a score dropped.
    """

    line: str
    passed: bool
    regression: bool = False


def judge(outcome: Outcome, floors: Floors, *, required: bool) -> list[Verdict]:
    """Judge the figures of one set.

    Args:
        outcome: What was measured.
        floors: What it must reach.
        required: Whether a set that was not measured is a failure.
    """
    name = outcome.name
    if isinstance(outcome, NotMeasured):
        passed = outcome.absent and not required
        return [Verdict(f"{name}: NOT MEASURED, {outcome.why}", passed=passed)]
    pinned = floors.sets.get(name)
    if pinned is None:
        return [Verdict(f"{name}: no floors yet; set them with --pin", passed=False)]
    if pinned.data != outcome.data:
        return [Verdict(f"{name}: the data changed; look at the scores and --pin", passed=False)]
    return [_judge_figure(outcome, pinned, figure) for figure in pinned.floors]


def _judge_figure(measured: Measured, pinned: PinnedSet, figure: str) -> Verdict:
    floor, score = pinned.floors[figure], measured.total(figure).f1 or 0.0
    now = {hash_name(name): tallies for name, tallies in measured.documents.items()}
    names = [name for name in pinned.documents if name in now]
    noise = measure_noise(
        [pinned.documents[name][figure] for name in names],
        [now[name].get(figure, pinned.documents[name][figure].times(0)) for name in names],
    )
    # Floors are kept with four digits.
    fell = floor - score > noise + 0.00005
    line = (
        f"{measured.name}: {figure} {100 * score:.1f}, floor {100 * floor:.1f},"
        f" noise {100 * noise:.1f}{' FELL' if fell else ''}"
    )
    return Verdict(line, passed=not fell, regression=fell)


def _pin_all(outcomes: Iterable[Outcome], floors: Floors, reason: str | None) -> Floors:
    sets = dict(floors.sets)
    for outcome in outcomes:
        if isinstance(outcome, Measured):
            sets[outcome.name] = pin(outcome)
    lowered = (*floors.lowered, reason) if reason else floors.lowered
    return replace(floors, sets=sets, lowered=lowered)


def main(
    arguments: Sequence[str] | None = None, measure: Callable[[], list[Outcome]] = measure_all
) -> int:
    """Judge every set. Returns 1 where something fell, changed, or is absent but required."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--floors", type=Path, default=FLOORS)
    parser.add_argument("--pin", action="store_true", help="write the present scores as floors")
    parser.add_argument("--allow-regression", metavar="REASON", help="also where they drop")
    parser.add_argument(
        "--require-data",
        action="store_true",
        default=bool(os.environ.get("CI")),
        help="a set that cannot be measured is a failure (so it is where CI is set)",
    )
    args = parser.parse_args(arguments)
    outcomes, floors = measure(), load_floors(args.floors)
    verdicts = [v for one in outcomes for v in judge(one, floors, required=args.require_data)]
    for verdict in verdicts:
        print(verdict.line)
    if args.pin:
        return _write(args.floors, outcomes, floors, verdicts, args.allow_regression)
    failed = sum(not verdict.passed for verdict in verdicts)
    print(f"{failed} of {len(verdicts)} failed" if failed else "all floors hold")
    return 1 if failed else 0


def _write(
    path: Path,
    outcomes: Sequence[Outcome],
    floors: Floors,
    verdicts: Sequence[Verdict],
    reason: str | None,
) -> int:
    if any(verdict.regression for verdict in verdicts) and not reason:
        print("not pinned: scores fell. Say why with --allow-regression, and in the changelog.")
        return 1
    save_floors(_pin_all(outcomes, floors, reason), path)
    print(f"pinned in {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
