"""The faults that a ledger must survive, each tried: what was done, how often, and what came of it.

    python -m benchmarks.faults [--short]

Kills, power cuts and flipped bits are programs of this folder, with controls that must fail. The
others are tests, which are run as they stand and counted. `--short` takes minutes; all of it hours.
Exit code 1 where anything was lost, or a control did not fail.
"""

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.program import ROOT
from benchmarks.speed.machine import describe_machine


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the list.

    Attributes:
        number: In the list of faults: F1 to F28.
        what: Is done.
        run: A module of this folder, or tests as pytest names them.
        short: Arguments of the module for the short form.
        full: Those for the whole.
        tells: A pattern for what the module prints that is worth telling.
    """

    number: str
    what: str
    run: str
    short: Sequence[str] = ()
    full: Sequence[str] = ()
    tells: str = ""


FAULTS = (
    Fault("F1", "kill -9 while ingesting, then again", "benchmarks.faults.kills",
          ("--trials", "3", "--documents", "12"), ("--trials", "500", "--documents", "60"),
          r"lost \d.*"),
    Fault("F2", "power cut; control: synchronous off", "benchmarks.faults.power",
          ("--trials", "30"), ("--trials", "1000"), r"synchronous=.*"),
    Fault("F3", "the n-th write fails; control: a disk that lies", "benchmarks.faults.writes",
          ("--every", "40"), ("--every", "1"), r".* tried, .*"),
    Fault("F4", "full disk", "tests/ledger/test_opening.py -k full_disk"),
    Fault("F5", "a bit flipped; control: integrity_check", "benchmarks.faults.flips",
          ("--trials", "40"), ("--trials", "1000"), r"\d+ flips.*|named by.*"),
    Fault("F6", "files cut at random bytes; control: FastWARC", "benchmarks.faults.cuts",
          ("--cuts", "12"), ("--cuts", "200"), r"^silent losses \d+|^control.*"),
    Fault("F7", "damage in the middle", "tests/documents/test_warc.py -k goes_on"),
    Fault("F8", "encodings", "tests/documents/test_encodings.py"),
    Fault("F9", "a line of 100 MB", "tests/documents/test_bad_input.py -k memory"),
    Fault("F10", "bombs", "tests/documents -k bomb"),
    Fault("F11", "documents that stall; control: the parser", "benchmarks.faults.hostile",
          ("--only", "nesting-100k.html", "bomb-gzip.warc.gz", "brackets-195k.txt"), (),
          r"^worst.*|^control.*"),
    Fault("F12", "patterns that never end", "tests/test_patterns.py"),
    Fault("F13", "one bad document among many",
          "tests/documents/test_bad_input.py -k one_bad_document"),
    Fault("F14", "any order, any split, twice",
          "tests/ingestion/test_pipeline.py -k 'any_order or already or passed_over'"),
    Fault("F15", "four that write, eight that read; control: no waiting", "benchmarks.faults.crowd",
          ("--seconds", "8"), ("--seconds", "60"), r".*told as kept.*|control.*"),
    Fault("F16", "clocks that jump", "tests/ledger/test_writing.py -k clock"),
    Fault("F17", "older and newer ledgers", "tests/ledger/test_opening.py -k 'newer or older'"),
    Fault("F18", "kill -9 while an older ledger is changed", "benchmarks.faults.changes",
          ("--trials", "10", "--documents", "40"), ("--trials", "100"), r"\d+ kills.*|control.*"),
    Fault("F20", "feeds that never end", "tests/documents/test_fetching.py"
          " tests/ingestion/test_feeds.py"),
    Fault("F21", "any order of deeds, against a model in memory", "tests/ledger/test_model.py"),
    Fault("F22", "whatever bytes fuzzing taught", "tests/fuzzing"),
    Fault("F23", "pages asked for anything", "tests/web/test_schema.py"),
    Fault("F24", "an export on a full disk", "tests/exports/test_exports.py -k full_disk"),
    Fault("F25", "a copy while writing", "tests/ledger/test_opening.py -k copy_of_one_in_use"),
    Fault("F26", "oddities of news archives",
          "tests/documents/test_warc.py tests/ingestion/test_pipeline.py"
          " -k 'cut_in_crawling or many_places or digest'"),
    Fault("F27", "interrupts and killed readers",
          "tests/ingestion/test_interrupts.py tests/ingestion/test_pipeline.py -k 'interrupt or"
          " killed'"),
    Fault("S13", "insert, delete, edit, reorder, cut, swap, rewrite",
          "tests/ledger/test_verifying.py tests/ledger/test_sealing.py"),
)  # fmt: skip


def try_fault(fault: Fault, *, short: bool) -> tuple[bool, str]:
    """Whether it was survived, and what is to be told of it."""
    if fault.run.startswith("benchmarks."):
        arguments = fault.short if short else fault.full
        done = _run([sys.executable, "-m", fault.run, *arguments])
        told = (
            "; ".join(re.findall(fault.tells, done.stdout, re.MULTILINE))
            or done.stdout.strip()[-200:]
        )
        return done.returncode == 0, told
    paths, _, chosen = fault.run.partition(" -k ")
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", *paths.split()]
    done = _run([*command, *(["-k", chosen.strip("'")] if chosen else [])])
    counts = re.search(r"(\d+) passed", done.stdout)
    failed = re.search(r"(\d+) (?:failed|error)", done.stdout)
    n_passed = int(counts[1]) if counts else 0
    told = f"{n_passed} tests passed" + (f", {failed[1]} failed" if failed else "")
    return done.returncode == 0 and n_passed > 0, told


def _run(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)


def main() -> int:
    """Try all and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few trials of each")
    parser.add_argument("--only", nargs="*", help="numbers of faults")
    options = parser.parse_args()
    print(describe_machine(), flush=True)
    n_lost = 0
    for fault in FAULTS:
        if options.only and fault.number not in options.only:
            continue
        started = time.perf_counter()
        survived, told = try_fault(fault, short=options.short)
        n_lost += not survived
        verdict = "survived" if survived else "NOT SURVIVED"
        took = time.perf_counter() - started
        print(f"{fault.number:4} {fault.what:52} {verdict:13} {told} ({took:.0f} s)", flush=True)
    return 1 if n_lost else 0


if __name__ == "__main__":
    sys.exit(main())
