"""Documents made to stall or swell a reader, each read by the command that users run.

    python -m benchmarks.faults.hostile [--only NAME ...]

Long lines and text nodes, bombs, nesting, attributes, angle brackets, entities, and texts without
an end of sentence, each in a file beside a harmless one. For each: how long `allegata read` of both
took from its start to its end, the most memory that it and its processes held together, and
whether it was read or set aside. Exit code 1 where one took more than 12 seconds or a gigabyte, or
where the harmless one was not read.

The control is the parser alone on one of the pages: it must take longer than the limit.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from allegata.cli.exits import ExitCode
from benchmarks.program import command
from benchmarks.speed.machine import describe_machine
from benchmarks.speed.watched import watch_memory

_MOST_S = 12.0
_MOST_BYTES = 2**30
_GOOD = b"The council said on Sunday that all was quiet in the town."
_SAID = b"The council said on Sunday that the rebels had shelled the market in the town. "


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one document.

    Attributes:
        seconds: From the start of the command to its end.
        peak_bytes: The most that its processes held together.
        told: Why it was set aside, or None where it was read.
        is_other_read: Whether its harmless neighbour was read.
    """

    seconds: float
    peak_bytes: int
    told: str | None
    is_other_read: bool

    @property
    def words(self) -> str:
        """What came of it, in words."""
        return "read" if self.told is None else self.told or "nothing told"

    @property
    def is_within(self) -> bool:
        """Whether the limits held."""
        return self.is_other_read and self.seconds <= _MOST_S and self.peak_bytes <= _MOST_BYTES


def main() -> int:
    """Read each and print. Returns 1 where a limit did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", help="names of documents")
    options = parser.parse_args()
    print(describe_machine())
    outcomes: dict[str, Outcome] = {}
    for name, make in DOCUMENTS.items():
        if options.only and name not in options.only:
            continue
        outcome = outcomes[name] = try_document(name, make())
        verdict = "within" if outcome.is_within else "NOT WITHIN"
        print(
            f"{name:24} {outcome.seconds:5.1f} s {outcome.peak_bytes / 1e6:6,.0f} MB  {verdict}  "
            f"{outcome.words}",
            flush=True,
        )
    slowest = max(outcome.seconds for outcome in outcomes.values())
    largest = max(outcome.peak_bytes for outcome in outcomes.values())
    print(f"worst of {len(outcomes)}: {slowest:.1f} s, {largest / 1e6:,.0f} MB")
    is_stalled = try_control()
    print(f"control, the parser alone: {'stalled' if is_stalled else 'NOT STALLED'} for 12 s")
    return int(not is_stalled or not all(outcome.is_within for outcome in outcomes.values()))


def _page(inside: bytes) -> bytes:
    return b"<html><body><p>The council said so.</p>" + inside + b"</body></html>"


def _attributes(n: int) -> bytes:
    return _page(b"<p " + b" ".join(b"a%d=1" % i for i in range(n)) + b">x</p>")


def _zip_bomb() -> bytes:
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", b"\0" * 300_000_000)
        file.seek(0)
        return file.read()


DOCUMENTS: Mapping[str, Callable[[], bytes]] = {
    "line-100mb.jsonl": lambda: b'{"text": "' + b"a" * 100_000_000 + b'"}\n',
    "line-100mb.txt": lambda: b"word " * 20_000_000,
    "node-20mb.html": lambda: _page(b"word " * 4_000_000),
    "node-7mb.html": lambda: _page(b"word " * 1_500_000),
    "bomb-gzip.txt.gz": lambda: gzip.compress(b"\0" * 1_000_000_000, 9),
    "bomb-gzip.warc.gz": lambda: gzip.compress(b"WARC/1.0\r\n" + b"a" * 1_000_000_000, 9),
    "bomb-twice.gz": lambda: gzip.compress(gzip.compress(b"\0" * 1_000_000_000, 9), 9),
    "bomb-zip.docx": _zip_bomb,
    "nesting-254.html": lambda: _page(b"<div>" * 254),
    "nesting-500.html": lambda: _page(b"<div>" * 500),
    "nesting-10k.html": lambda: _page(b"<div>" * 10_000),
    "nesting-100k.html": lambda: _page(b"<div>" * 100_000),
    "nesting-500-often.html": lambda: _page((b"<i>" * 500 + b"x" + b"</i>" * 500) * 190),
    "attributes-900.html": lambda: _attributes(900),
    "attributes-999-often.html": lambda: _attributes(999) * 900,
    "attributes-20k.html": lambda: _attributes(20_000),
    "attributes-200k.html": lambda: _attributes(200_000),
    "angles-5m.html": lambda: _page(b"<" * 5_000_000),
    "angles-open-7mb.html": lambda: _page(b"<a " * 2_500_000),
    "comments-7mb.html": lambda: _page(b"<!--" * 1_800_000),
    "entities-1m.html": lambda: _page(b"&amp;" * 1_000_000),
    "entities-open.html": lambda: _page(b"&notit" * 1_200_000),
    "tables-nested.html": lambda: _page(b"<table><tr><td>" * 160 + b"x"),
    "formatting-often.html": lambda: _page(b"<p><b><i><u><font>x" * 10_000),
    "laughs.rss": lambda: (
        b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
            b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 10)
        ) + b"]><rss><channel><item><title>&a9;</title></item></channel></rss>"
    ),
    "word-195k.txt": lambda: b"The council said that " + b"a" * 195_000,
    "sentence-195k.txt": lambda: b"The council said that " + b"the town was quiet and " * 8_000,
    "said-195k.txt": lambda: _SAID * (195_000 // len(_SAID)),
    "brackets-195k.txt": lambda: b"The council said " + b"(" * 195_000,
    "marks-195k.txt": lambda: b'The council said "' + b'" said "' * 24_000,
    "numbers-195k.txt": lambda: b"The council said that " + b"1,000 " * 32_000 + b"were killed.",
    "days-195k.txt": lambda: b"The council said that on " + b"Monday " * 27_000,
    "capitals-195k.txt": lambda: b"THE COUNCIL SAID " + b"AL-ZAHRAA " * 19_000,
    "lines-195k.txt": lambda: b"said\n" * 39_000,
    "spaces-195k.txt": lambda: b"The council said" + b" " * 195_000 + b"so.",
    "letters-195k.txt": lambda: b"The council said " + b"xqzjwk " * 27_000,
    "arabic-195k.txt": lambda: "قالت الوزارة يوم الأحد إن الجسر مغلق. ".encode() * 5_000,
    "numerals-195k.txt": lambda: b"1 2 3 4 5 6 7 8 9 " * 10_800,
    "zero-width.txt": lambda: "The council\u200b said \u202e".encode() * 8_900,
}  # fmt: skip
"""Each a document, by the name of its file."""


def try_document(name: str, raw: bytes) -> Outcome:
    """Read a document and a harmless one behind it, and watch."""
    with tempfile.TemporaryDirectory() as folder:
        path, other = Path(folder, name), Path(folder, "z.txt")
        path.write_bytes(raw)
        other.write_bytes(_GOOD)
        started = time.perf_counter()
        with subprocess.Popen(
            command("read", str(path), str(other), "--json"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            done = threading.Event()
            peaks = [0]
            watcher = threading.Thread(target=watch_memory, args=(process.pid, done, peaks))
            watcher.start()
            output, messages = process.communicate()
            seconds = time.perf_counter() - started
            done.set()
            watcher.join()
    addresses = [str(json.loads(line)["document"]["uri"]) for line in output.splitlines()]
    is_read = any(name in address for address in addresses)
    told = None if is_read else _tell(messages.decode(errors="replace"), name)
    is_other_read = any("z.txt" in address for address in addresses)
    is_right = process.returncode == (0 if is_read else ExitCode.SET_ASIDE) and (is_read or told)
    return Outcome(seconds, max(peaks), told, is_other_read and bool(is_right))


def _tell(messages: str, name: str) -> str:
    """What was said of a file."""
    for line in messages.splitlines():
        if name in line:
            return line[line.index(name) + len(name) :].strip(" :,")[:100]
    return ""


def try_control() -> bool:
    """Whether the parser by itself takes longer than the limit for a page of half a megabyte."""
    code = "import sys, lxml.html; lxml.html.fromstring(sys.stdin.buffer.read())"
    try:
        subprocess.run(
            [sys.executable, "-c", code],
            input=_attributes(50_000),
            check=False,
            capture_output=True,
            timeout=_MOST_S,
        )
    except subprocess.TimeoutExpired:
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
