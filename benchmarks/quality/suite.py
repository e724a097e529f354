"""Every set of annotated data that the reader is measured on."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from allegata.errors import AllegataError
from benchmarks.program import ROOT, SHARED
from benchmarks.quality.cues import load_cues
from benchmarks.quality.events import CORPORA, measure_events
from benchmarks.quality.factuality import FACTUALITY, measure_factuality
from benchmarks.quality.factuality import SETS as FACTUAL
from benchmarks.quality.gold import GOLD, measure_gold
from benchmarks.quality.hrdsattack import HRDSATTACK, measure_hrdsattack
from benchmarks.quality.measured import Measured, NotMeasured, Outcome
from benchmarks.quality.muc4 import MUC4, measure_muc4
from benchmarks.quality.nested import NESTED, measure_nested
from benchmarks.quality.places import GEOPARSING, measure_places
from benchmarks.quality.polnear import score_portion
from benchmarks.quality.reader import open_reader
from benchmarks.quality.swaps import measure_swaps
from benchmarks.quality.wikievents import WIKIEVENTS, measure_wikievents

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
        _attempt("kept-apart events", CORPORA, measure_events),
        _attempt("muc-4 dev", MUC4, measure_muc4),
        _attempt("wikievents dev", WIKIEVENTS, measure_wikievents),
        _attempt("hrdsattack dev", HRDSATTACK, measure_hrdsattack),
        *(_attempt(f"factuality, {name}", FACTUALITY, _factuality(name)) for name in FACTUAL),
        *(_attempt(name, GEOPARSING, _places(name)) for name in ("GeoVirus", "GeoWebNews")),
        _attempt("swaps", GOLD, lambda _: measure_swaps()),
    ]


def _factuality(name: str) -> Callable[[Path], Measured]:
    return lambda folder: measure_factuality(name, folder)


def _places(name: str) -> Callable[[Path], Measured]:
    return lambda _: measure_places(name)


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
