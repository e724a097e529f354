"""The cluster's path beside the laptop's on the same documents, and how copies and incidents grow.

    python -m benchmarks.speed.scale [--documents 10000] [--sentences 4] [--ray] [--keep FOLDER]
    python -m benchmarks.speed.scale --grow 1000 10000 100000

Invented documents, a fifth of them near-copies of others (another lead, some sentences left out,
another order). The first form times `ingest` into a new ledger, and `scale read`, `copies`,
`incidents` with as many tasks at the same time, each as a user runs it, and says what memory the
family of processes held. The second reads the largest number once and then finds copies and
incidents of beginnings of it, for the exponent of growth.
"""

import argparse
import json
import math
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from benchmarks.program import command
from benchmarks.speed.invented import invent_documents
from benchmarks.speed.machine import describe_machine
from benchmarks.speed.watched import Watched, watch

_COPIES = 0.2
_FIRST = date(2015, 1, 1)
_A_DAY = 50
_MB = 1e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--sentences", type=int, default=4)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--ray", action="store_true", help="also on a local cluster of Ray")
    parser.add_argument("--grow", type=int, nargs="*", help="numbers of documents")
    parser.add_argument("--keep", type=Path, help="a folder for what is made")
    options = parser.parse_args()
    print(describe_machine(), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        place = options.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        if options.grow:
            _grow(place, sorted(options.grow), options.sentences, options.jobs)
        else:
            _compare(place, options)


def write_input(path: Path, n_documents: int, n_sentences: int) -> None:
    """Write documents, a fifth of them near-copies of earlier ones."""
    dice = random.Random(11)
    fresh = invent_documents(n_documents, n_sentences=n_sentences, seed=11)
    kept: list[str] = []
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(_mixed(fresh, kept, n_documents, dice)):
            record = {
                "text": text,
                "published": (_FIRST + timedelta(days=number // _A_DAY)).isoformat(),
                "publisher": f"Outlet {number % 40}",
                "uri": f"https://outlet{number % 40}.test/{number}",
            }
            file.write(json.dumps(record) + "\n")


def _mixed(
    fresh: Iterator[str], kept: list[str], n_documents: int, dice: random.Random
) -> Iterator[str]:
    for _ in range(n_documents):
        if kept and dice.random() < _COPIES:
            yield _edited(dice.choice(kept), dice)
        else:
            text = next(fresh)
            kept.append(text)
            if len(kept) > 2000:
                kept.pop(0)
            yield text


def _edited(text: str, dice: random.Random) -> str:
    """A copy as another desk prints it."""
    pieces = text.strip().split("\n\n")
    if len(pieces) > 1 and dice.random() < 0.5:
        dice.shuffle(pieces)
    pieces.insert(0, "Our desk brings what was reported from the region on this day.")
    return "\n\n".join(pieces) + "\n"


def _compare(folder: Path, options: argparse.Namespace) -> None:
    source = folder / "documents.jsonl"
    write_input(source, options.documents, options.sentences)
    jobs = ("--jobs", str(options.jobs))
    ledger = str(folder / "laptop.db")
    laptop = _time("ingest", "ingest", str(source), "--ledger", ledger, *jobs, "--json")
    ways = {"scale": jobs} | (
        {"scale --ray local": (*jobs, "--ray", "local")} if options.ray else {}
    )
    for name, more in ways.items():
        out = folder / name.replace(" ", "_")
        shutil.rmtree(out, ignore_errors=True)
        readings = str(out / "readings")
        took = [
            _time(f"{name} read", "scale", "read", str(source), readings, *more, "--json"),
            *(
                _time(f"{name} {what}", "scale", what, readings, str(out / f"{what}.parquet"),
                      *more, "--json")
                for what in ("copies", "incidents")
            ),
        ]  # fmt: skip
        whole = sum(one.whole_s for one in took)
        peak = max(one.peak_bytes or 0 for one in took)
        print(
            f"{name}: {whole:.1f} s in all, {whole / laptop.whole_s:.2f} of the laptop's; "
            f"{peak / _MB:,.0f} MB at most"
        )


def _time(name: str, *arguments: str) -> Watched:
    took = watch(command(*arguments))
    memory = f"{(took.peak_bytes or 0) / _MB:,.0f} MB"
    print(f"  {name}: {took.whole_s:.1f} s, {memory}", flush=True)
    return took


def _grow(folder: Path, numbers: Sequence[int], n_sentences: int, jobs: int) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    source, readings = folder / "documents.jsonl", folder / "readings"
    if not readings.exists():
        write_input(source, numbers[-1], n_sentences)
        _time(
            "scale read", "scale", "read", str(source), str(readings), "--jobs", str(jobs), "--json"
        )
    times: dict[str, list[float]] = {"copies": [], "incidents": []}
    for number in numbers:
        part = folder / f"first-{number}"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        left = number
        for path in sorted(readings.glob("part-*.parquet")):
            table = parquet.read_table(path).slice(0, left)
            left -= table.num_rows
            if isinstance(table, pa.Table) and table.num_rows:
                parquet.write_table(table, part / path.name)
        for what, took in times.items():
            began_s = time.monotonic()
            _time(f"{what} of {number:,}", "scale", what, str(part), str(part / f"{what}.out"),
                  "--jobs", str(jobs), "--json")  # fmt: skip
            took.append(time.monotonic() - began_s)
    for what, took in times.items():
        steps = zip(numbers, numbers[1:], took, took[1:], strict=False)
        exponents = [f"{math.log(t1 / t0) / math.log(n1 / n0):.2f}" for n0, n1, t0, t1 in steps]
        print(f"{what}: exponents of growth {', '.join(exponents)}")


if __name__ == "__main__":
    main()
