"""Score readings against the hand-made gold: `python -m benchmarks.quality.gold [--gold DIR]`.

Runs `allegata read` as a user would, over the records of DIR/dev.jsonl, and leaves all judging to
`score_reading.py`, which lies beside the gold and needs PyYAML.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from allegata.errors import AllegataError, InputError
from benchmarks.program import SHARED, command
from benchmarks.quality.measured import Measured
from benchmarks.quality.portion import digest_files
from benchmarks.quality.tally import Tally

__all__ = ["FOUNDING", "GOLD", "measure_gold", "write_readings"]

GOLD = SHARED / "gold" / "dev"

FOUNDING = "aleppo"
"""The article that allegata was founded on. Its figures are also given on their own."""

SET_ASIDE = 3

FIGURES = {
    "claims": "claims",
    "claim.parent": "parent",
    "claim.cue": "cue",
    "claim.act": "act",
    "claim.said": "said",
    "claim.quotation": "quotation",
    "contents": "contents, whoever says them",
    "offsets": "offsets",
    "triggers": "triggers, of whatever kind",
    "events": "events",
    "arguments": "arguments",
    "counts": "counts",
    "event.time": "time",
    "event.place": "place",
    "event.modality": "modality",
    "event.polarity": "polarity",
    "episodes": "episodes",
    "attributed": "attributed",
}
"""The figures of `score_reading.py`, and what they are called here."""

FAULTS = {"laundered": "not laundered", "smeared": "not smeared", "noise": "no noise"}
"""Its figures that count faults: here what is free of them is counted, so that more is better."""


def measure_gold(gold: Path = GOLD) -> Measured:
    """Read the gold documents and score the claims and events of each.

    Args:
        gold: Directory with `NAME.yaml` beside `NAME.txt`, and `dev.jsonl` with all of them.

    Raises:
        InputError: There is no gold, or the reader or the scorer failed on it.
    """
    answers = sorted(gold.glob("*.yaml"))
    if not answers:
        raise InputError(str(gold), "no *.yaml.", "Give the directory of the gold readings.")
    with tempfile.TemporaryDirectory() as folder:
        readings = Path(folder) / "readings.jsonl"
        write_readings(gold / "dev.jsonl", readings)
        documents = {path.stem: score_reading(path, readings) for path in answers}
    founding = documents.get(FOUNDING, {})
    extra = {
        f"founding article: {name}": value
        for name in ("claims", "parent", "cue", "events", "not laundered")
        if name in founding and (value := founding[name].recall) is not None
    }
    data = digest_files(gold, [*answers, *sorted(gold.glob("*.txt")), gold / "dev.jsonl"])
    return Measured("gold dev", data, documents, extra)


def write_readings(records: Path, readings: Path) -> None:
    """Read JSONL records with the program and keep its standard output.

    Raises:
        InputError: The program failed.
    """
    with readings.open("wb") as out:
        done = subprocess.run(
            command("read", str(records), "--json"), stdout=out, stderr=subprocess.PIPE, check=False
        )
    if done.returncode:
        message = done.stderr.decode(errors="replace").strip()
        raise InputError(str(records), f"allegata ended with {done.returncode}: {message}")


def score_reading(answer: Path, readings: Path) -> dict[str, Tally]:
    """The figures of one gold document, by the scorer that lies beside the gold."""
    scorer = answer.parents[2] / "tools" / "score_reading.py"
    done = subprocess.run(
        [sys.executable, str(scorer), "--json", "--gold", str(answer), "--readings", str(readings)],
        capture_output=True,
        check=False,
    )
    try:
        result = json.loads(done.stdout)
    except json.JSONDecodeError as error:
        message = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise InputError(str(scorer), f"no figures for {answer.name}: {message}") from error
    if result["absent"]:
        raise InputError(str(readings), f"no reading holds the text of {answer.name}.")
    right = {ours: _tally(result[theirs]) for theirs, ours in FIGURES.items()}
    return right | {ours: _free_of(result[theirs]) for theirs, ours in FAULTS.items()}


def _free_of(fault: Mapping[str, float]) -> Tally:
    n = fault["of"] - fault["n"]
    return Tally(n, fault["of"], fault["of"])


def _tally(figure: Mapping[str, float]) -> Tally:
    if "of" in figure:
        return Tally(figure["n"], figure["of"], figure["of"])
    return Tally(figure["right"], figure["predicted"], figure["gold"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what `score_reading.py` prints; 1 where the gold cannot be used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--show", action="store_true", help="list what was missed")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        readings = Path(folder) / "readings.jsonl"
        try:
            write_readings(args.gold / "dev.jsonl", readings)
        except AllegataError as error:
            print(error, file=sys.stderr)
            return 1
        scorer = args.gold.resolve().parents[1] / "tools" / "score_reading.py"
        answers = [str(path) for path in sorted(args.gold.glob("*.yaml"))]
        show = ["--show"] if args.show else []
        order = [sys.executable, str(scorer), *show, "--readings", str(readings), "--gold"]
        return subprocess.run([*order, *answers], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
