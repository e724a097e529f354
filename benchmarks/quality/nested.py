"""Score nested sentences: `tests/claims/nested.yaml`, invented, each with claims inside claims.

Only the entries of `split: held` are figures: rules were never written from them. Those of
`split: rules` are scored too, to show how far the two lie apart.
"""

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from allegata.errors import InputError
from allegata.types import Span
from benchmarks.program import ROOT
from benchmarks.quality.anchors import find_after, find_near
from benchmarks.quality.gold import write_readings
from benchmarks.quality.measured import Measured
from benchmarks.quality.portion import digest_files
from benchmarks.quality.spans import overlap_ratio
from benchmarks.quality.tally import Tally

__all__ = ["NESTED", "NestedClaim", "measure_nested", "score_claims"]

NESTED = ROOT / "tests" / "claims" / "nested.yaml"


@dataclass(frozen=True, slots=True)
class NestedClaim:
    """One claim of an entry or of a reading, with what is scored.

    Attributes:
        id: Of the claim.
        parent: Id of the claim that it sits in.
        source: None where nobody is named.
        cue: None where only layout makes it a claim.
        content: Sorted.
        acts: What it may be read as; the first is the best.
    """

    id: str
    parent: str
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    acts: tuple[str, ...]


def measure_nested(path: Path = NESTED) -> Measured:
    """Read every entry with the program and score its claims.

    Raises:
        InputError: An entry's words are not in its text, or the program failed.
    """
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        records, readings = Path(folder) / "nested.jsonl", Path(folder) / "readings.jsonl"
        records.write_text("".join(map(_record, entries)), encoding="utf-8")
        write_readings(records, readings)
        lines = readings.read_text(encoding="utf-8").splitlines()
    read = {
        reading["document"]["text"]: _read_claims(reading) for reading in map(json.loads, lines)
    }
    documents = {}
    for entry in entries:
        if entry["text"] not in read:
            raise InputError(str(path), f"no reading of {entry['text'][:40]!r}.")
        figures = score_claims(_gold_claims(entry), read[entry["text"]])
        documents[entry["text"]] = {
            f"{entry['split']}: {name}": tally for name, tally in figures.items()
        }
    return Measured("nested sentences", digest_files(path.parent, [path]), documents)


def score_claims(gold: Sequence[NestedClaim], predicted: Sequence[NestedClaim]) -> dict[str, Tally]:
    """Count what is right in one entry, as `score_reading.py` does.

    A claim is found where its source is alike and half of the content is shared. Parent, cue and
    act are rates over found claims; `parent, of all` takes a claim that was not found as wrong;
    `whole` asks that every claim is found with its parent, and none is made up.
    """
    pairs = _pair(gold, predicted)
    known = {predicted[p].id: gold[g].id for g, p in pairs.items()} | {"c0": "c0"}
    found = [(gold[g], predicted[p]) for g, p in pairs.items()]
    parents = sum(known.get(ours.parent) == theirs.parent for theirs, ours in found)
    cues = sum(_meet(theirs.cue, ours.cue) for theirs, ours in found)
    acts = sum(ours.acts[0] in theirs.acts for theirs, ours in found)
    whole = int(parents == len(gold) == len(predicted))
    n_found = len(found)
    return {
        "claims": Tally(n_found, len(predicted), len(gold)),
        "parent": Tally(parents, n_found, n_found),
        "parent, of all": Tally(parents, len(gold), len(gold)),
        "cue": Tally(cues, n_found, n_found),
        "act": Tally(acts, n_found, n_found),
        "whole": Tally(whole, 1, 1),
    }


def _pair(gold: Sequence[NestedClaim], predicted: Sequence[NestedClaim]) -> dict[int, int]:
    """Index into `predicted` by index into `gold`, best contents first."""
    ranked = sorted(
        (-ratio, g, p)
        for g, theirs in enumerate(gold)
        for p, ours in enumerate(predicted)
        if _alike(theirs.source, ours.source)
        and (ratio := overlap_ratio(theirs.content, ours.content)) >= 0.5
    )
    pairs: dict[int, int] = {}
    for _, g, p in ranked:
        if g not in pairs and p not in pairs.values():
            pairs[g] = p
    return pairs


def _alike(one: Span | None, other: Span | None) -> bool:
    """Half of the shorter and a quarter of the longer are shared, or neither is there."""
    if one is None or other is None:
        return one is other
    shared = min(one.end, other.end) - max(one.start, other.start)
    shorter, longer = sorted((len(one), len(other)))
    return shared > 0 and shared >= 0.5 * shorter and shared >= 0.25 * longer


def _meet(one: Span | None, other: Span | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.overlaps(other)


def _record(entry: Mapping[str, object]) -> str:
    published = {"published": str(entry["published"])} if "published" in entry else {}
    return json.dumps({"text": entry["text"], "language": "en", **published}) + "\n"


def _gold_claims(entry: Mapping[str, object]) -> list[NestedClaim]:
    text, claims, previous = str(entry["text"]), [], 0
    for claim in _mappings(entry["claims"]):
        content = tuple(find_after(text, words, previous) for words in _strings(claim["content"]))
        previous = content[0].start
        whole = Span(content[0].start, max(span.end for span in content))
        source = find_near(text, str(claim["source"]), whole) if claim.get("source") else None
        cue = find_near(text, str(claim["cue"]), source or whole) if claim.get("cue") else None
        acts = (str(claim["act"]), *_strings(claim.get("also_acts", [])))
        ids = str(claim["id"]), str(claim["parent"])
        claims.append(NestedClaim(*ids, source, cue, tuple(sorted(content)), acts))
    return claims


def _read_claims(reading: Mapping[str, object]) -> list[NestedClaim]:
    return [
        NestedClaim(
            str(claim["id"]),
            str(claim["parent"]),
            _span(claim["source"]),
            _span(claim["cue"]),
            tuple(span for one in _mappings(claim["content"]) if (span := _span(one))),
            (str(claim["act"]),),
        )
        for claim in _mappings(reading["claims"])
        if claim["parent"] is not None
    ]


def _span(value: object) -> Span | None:
    if not isinstance(value, dict):
        return None
    return Span(int(value["start"]), int(value["end"]))


def _mappings(values: object) -> Iterable[Mapping[str, object]]:
    return values if isinstance(values, list) else []


def _strings(values: object) -> Iterable[str]:
    return values if isinstance(values, list) else []
