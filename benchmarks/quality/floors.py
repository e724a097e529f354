"""The file of floors: what was scored, on which data, document by document.

    {"sets": {"polnear dev": {"data": "sha256:...", "floors": {"source": 0.8123, ...},
       "documents": {"<hash of the name>": [[right, predicted, gold], ...]}}},
     "lowered": ["reason", ...]}

The tallies of each document stand in the order of `floors`. They hold no words of the data.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.measured import Measured
from benchmarks.quality.tally import Tally

__all__ = ["FLOORS", "Floors", "PinnedSet", "hash_name", "load_floors", "pin", "save_floors"]

FLOORS = Path(__file__).with_name("floors.json")


@dataclass(frozen=True, slots=True)
class PinnedSet:
    """The floors of one set.

    Attributes:
        data: Digest of the data that they were measured on.
        floors: A share of 1 for each figure.
        documents: For the hash of each document's name, a tally for each figure.
    """

    data: str
    floors: Mapping[str, float]
    documents: Mapping[str, Mapping[str, Tally]]


@dataclass(frozen=True, slots=True)
class Floors:
    """All floors, and why some of them were lowered."""

    sets: Mapping[str, PinnedSet]
    lowered: tuple[str, ...] = ()


def hash_name(name: str) -> str:
    """What stands for a document's name in the file."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def pin(measured: Measured) -> PinnedSet:
    """The floors that a measurement sets. Figures that say nothing get none."""
    values = {name: measured.total(name).f1 for name in measured.figures()}
    floors = {name: round(value, 4) for name, value in values.items() if value is not None}
    documents = {
        hash_name(name): {figure: tallies.get(figure, Tally()) for figure in floors}
        for name, tallies in sorted(measured.documents.items())
    }
    return PinnedSet(measured.data, floors, documents)


def load_floors(path: Path = FLOORS) -> Floors:
    """Read the file; no floors where there is none."""
    if not path.exists():
        return Floors({})
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Floors(
        {name: _load_set(one) for name, one in stored["sets"].items()}, tuple(stored["lowered"])
    )


def _load_set(stored: Mapping[str, Mapping[str, list[list[float]]]]) -> PinnedSet:
    data, floors = stored["data"], stored["floors"]
    documents = {
        name: {figure: Tally(*counts) for figure, counts in zip(floors, rows, strict=True)}
        for name, rows in stored["documents"].items()
    }
    return PinnedSet(str(data), {name: float(str(v)) for name, v in floors.items()}, documents)


def save_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Write the file, one document a line so that a diff can be read."""
    sets = ",\n".join(f" {json.dumps(name)}: {_set(one)}" for name, one in floors.sets.items())
    lowered = json.dumps(list(floors.lowered))
    path.write_text(f'{{"sets": {{\n{sets}}},\n "lowered": {lowered}}}\n', encoding="utf-8")


def _set(one: PinnedSet) -> str:
    rows = ",\n".join(
        f"   {json.dumps(hashed)}: {json.dumps([_counts(tallies[name]) for name in one.floors])}"
        for hashed, tallies in one.documents.items()
    )
    floors = ",\n".join(f"   {json.dumps(name)}: {floor}" for name, floor in one.floors.items())
    data = json.dumps(one.data)
    return f'{{"data": {data},\n  "floors": {{\n{floors}}},\n  "documents": {{\n{rows}}}}}'


def _counts(tally: Tally) -> list[float]:
    return [_short(tally.right), _short(tally.predicted), _short(tally.gold)]


def _short(count: float) -> float:
    rounded = round(count, 4)
    return int(rounded) if rounded == int(rounded) else rounded
