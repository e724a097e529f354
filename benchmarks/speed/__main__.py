"""Measure speed, start-up and memory: `python -m benchmarks.speed [--documents N] [--runs N]`."""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from allegata.errors import AllegataError
from benchmarks.program import command
from benchmarks.speed.invented import invent_documents, write_documents
from benchmarks.speed.machine import describe_machine
from benchmarks.speed.throughput import measure_throughput
from benchmarks.speed.watched import Watched, watch

_SHORT = 4
"""Sentences of the documents that memory is watched over: it is their number that matters."""

_MEGABYTE = 1e6


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every figure as soon as it is known; 1 where the program fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--documents", type=int, default=20_000, help="most documents that memory is watched over"
    )
    parser.add_argument("--texts", type=int, default=150, help="documents that reading is timed on")
    parser.add_argument("--runs", type=int, default=5, help="how often each figure is measured")
    args = parser.parse_args(arguments)
    print(describe_machine(), flush=True)
    try:
        for line in _measure(args.texts, args.runs, args.documents):
            print(line, flush=True)
    except AllegataError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _measure(n_texts: int, n_runs: int, n_documents: int) -> Iterator[str]:
    yield f"\nsentences a second, {n_texts} documents of 20 sentences"
    for rate in measure_throughput(list(invent_documents(n_texts)), n_runs):
        yield _row(rate.what, rate.runs, "to reach 250" if "two" in rate.what else "")
    with tempfile.TemporaryDirectory() as folder:
        yield "\nseconds from the start of the command to its first answer"
        article = Path(folder) / "article.txt"
        article.write_text(next(invent_documents(1)), encoding="utf-8")
        starts = [watch(command("read", str(article), "--json")) for _ in range(n_runs)]
        yield _row("one article", [one.first_s for one in starts], "to reach 1.0", digits=2)
        yield "\npeak memory of the command and its children, MB"
        yield from _watch_memory(Path(folder), n_documents)


def _watch_memory(folder: Path, n_documents: int) -> Iterator[str]:
    sizes = [size for size in (100, 1_000, 20_000) if size < n_documents] + [n_documents]
    for size in sizes:
        records = folder / f"{size}.jsonl"
        write_documents(records, invent_documents(size, n_sentences=_SHORT))
        watched = watch(command("read", str(records), "--json"))
        if watched.n_lines != size:
            raise AllegataError(f"{watched.n_lines} readings of {size} documents")
        rate = size * _SHORT / watched.whole_s
        yield (
            f"  {size:>6} documents of {_SHORT} sentences{_megabytes(watched):>12}   to reach 500"
            f"   ({watched.whole_s:.1f} s, {rate:.0f} sentences/s with start-up)"
        )


def _megabytes(watched: Watched) -> str:
    return "not known" if watched.peak_bytes is None else f"{watched.peak_bytes / _MEGABYTE:.0f}"


def _row(what: str, runs: Sequence[float], note: str, *, digits: int = 0) -> str:
    low, middle, high = (f"{value:.{digits}f}" for value in (min(runs), median(runs), max(runs)))
    spread = f"({low}–{high} in {len(runs)} runs)"
    return f"  {what:30}{middle:>10}  {spread:28}{note}"


if __name__ == "__main__":
    sys.exit(main())
