"""Every set of annotated data that the reader is measured on."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from allegata.errors import AllegataError
from benchmarks.program import ROOT, SHARED
from benchmarks.quality.cues import load_cues
from benchmarks.quality.gold import GOLD, measure_gold
from benchmarks.quality.measured import Measured, NotMeasured, Outcome
from benchmarks.quality.nested import NESTED, measure_nested
from benchmarks.quality.polnear import score_portion
from benchmarks.quality.reader import open_reader

__all__ = ["POLNEAR", "measure_all", "measure_polnear"]

POLNEAR = SHARED / "corpora" / "polnear" / "dev"


def measure_polnear(portion: Path = POLNEAR) -> Measured:
    """Score PolNeAR's dev portion, document by document."""
    scores = score_portion(portion, open_reader(), load_cues(), lambda line: line)
    error = scores.calibration_error
    extra = {} if error is None else {"calibration error": error}
    return Measured(
        "polnear dev", scores.data, {doc.name: doc.figures for doc in scores.documents}, extra
    )


def measure_all() -> list[Outcome]:
    """Measure every set whose data are there; the others say why not."""
    return [
        _attempt("gold dev", GOLD, measure_gold),
        _attempt("polnear dev", POLNEAR, measure_polnear),
        _attempt("nested sentences", NESTED, measure_nested),
    ]


def _attempt(name: str, path: Path, measure: Callable[[Path], Measured]) -> Outcome:
    if not path.exists():
        return NotMeasured(name, f"{_short(path)} is absent", absent=True)
    print(f"measuring {name} …", file=sys.stderr)
    try:
        return measure(path)
    except AllegataError as error:
        return NotMeasured(name, str(error), absent=False)


def _short(path: Path) -> str:
    return Path(os.path.relpath(path, ROOT)).as_posix()
