"""Files of every format cut at random bytes: what stood before is read, and the loss is told.

    python -m benchmarks.faults.cuts [--cuts 200]

Each format holds twelve short reports. For each cut, every report that lies whole before it must
be read as it reads from the whole file, and where the cut goes through one, an error or a warning
must say so: anything else is a silent loss. Nobody can tell that a file was cut between two lines
of a format that has no end mark, so a cut exactly there is no loss.

The control reads the archives as its library does by itself: most of those cuts must go unnoticed,
or this program sees nothing. Exit code 1 where a loss was silent, or the control noticed all.
"""

import argparse
import contextlib
import gzip
import io
import random
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from allegata.documents import Intake, read_documents
from allegata.errors import InputError
from allegata.types import Document
from benchmarks.speed.invented import invent_documents
from benchmarks.speed.machine import describe_machine

_N_REPORTS = 12
_SEED = 20181124
_NO_DAY = "No publication day"  # is no word about a cut
_PATIENT = Intake(seconds=120)
_FEED_HEAD = b'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>The Example</title>\n'


@dataclass(frozen=True, slots=True)
class Sample:
    """A file whole.

    Attributes:
        raw: Its bytes.
        ends: For each report, where it ends: the number of bytes that must be there for it to be
            read. Empty for a format whose reports cannot be read before its end has been seen.
        marked: Whether the format shows by itself that something is missing between two reports.
    """

    raw: bytes
    ends: tuple[int, ...] = ()
    marked: bool = True


@dataclass(slots=True)
class Tally:
    """What came of the cuts of one format."""

    n_cuts: int = 0
    n_kept: int = 0
    n_told: int = 0
    n_silent: int = 0


def main() -> int:
    """Cut, read, print. Returns 1 where a loss was silent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=200)
    options = parser.parse_args()
    print(describe_machine())
    n_silent = 0
    for name, sample in make_samples().items():
        tally = try_cuts(name, sample, options.cuts)
        n_silent += tally.n_silent
        print(
            f"{name:12} {len(sample.raw):6,} bytes, {tally.n_cuts} cuts: told {tally.n_told},"
            f" reports kept {tally.n_kept:,}, silent losses {tally.n_silent}",
            flush=True,
        )
    n_cuts, n_unnoticed = try_control(options.cuts)
    print(f"silent losses {n_silent}")
    print(f"control, the archive's library by itself: {n_unnoticed} of {n_cuts} unnoticed")
    return int(n_silent > 0 or not n_unnoticed)


def make_samples() -> Mapping[str, Sample]:
    """The formats, each with the same reports, by the name of a file."""
    texts = [" ".join(text.split()) for text in invent_documents(_N_REPORTS, n_sentences=3)]
    lines = [f'{{"text": "{text}", "published": "2018-11-25"}}\n'.encode() for text in texts]
    rows = [f'2018-11-25,"{text}"\n'.encode() for text in texts]
    head = b"published,text\n"
    records = [_as_record(text.encode()) for text in texts]
    members = [gzip.compress(one, mtime=0) for one in records]
    items = [
        f"<item><title>Ward {n}</title><link>https://example.test/{n}</link>"
        f"<description>{text}</description></item>\n".encode()
        for n, text in enumerate(texts)
    ]
    page = "".join(f"<p>{text}</p>\n" for text in texts).encode()
    return {
        "a.warc": Sample(b"".join(records), _ends(records), marked=False),
        "a.warc.gz": Sample(b"".join(members), _ends(members), marked=False),
        "a.jsonl": Sample(b"".join(lines), _ends(lines), marked=False),
        "b.jsonl.gz": Sample(gzip.compress(b"".join(lines), mtime=0)),
        "a.csv": Sample(head + b"".join(rows), _ends(rows, len(head)), marked=False),
        "b.csv.gz": Sample(gzip.compress(head + b"".join(rows), mtime=0)),
        "a.txt.gz": Sample(gzip.compress("\n\n".join(texts).encode(), mtime=0)),
        "a.html.gz": Sample(gzip.compress(b"<html><body>" + page + b"</body></html>", mtime=0)),
        "a.rss": Sample(_FEED_HEAD + b"".join(items) + b"</channel></rss>\n"),
        "a.parquet": Sample(_as_parquet(texts)),
        "a.pdf": Sample(_as_pdf(texts)),
    }


def try_cuts(name: str, sample: Sample, n_cuts: int) -> Tally:
    """Read the sample cut at `n_cuts` places, and count what was told and what was not.

    Raises:
        AssertionError: The whole file is not read without a word.
    """
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        whole, usual = _read(path, sample.raw)
        if len(whole) not in (1, _N_REPORTS):
            raise AssertionError(f"{name} is not read whole: {usual}")
        places = range(1, len(sample.raw.rstrip()))
        for cut in random.Random(_SEED).sample(places, min(n_cuts, len(places))):
            found, notes = _read(path, sample.raw[:cut])
            told = bool(notes - usual)
            n_before = sum(end <= cut for end in sample.ends)
            kept = found[:n_before] == whole[:n_before]
            tally.n_cuts += 1
            tally.n_kept += len(found)
            tally.n_told += told
            tally.n_silent += not kept or not (told or _is_between(sample, cut, found, whole))
    return tally


def _is_between(sample: Sample, cut: int, found: list[str], whole: list[str]) -> bool:
    """Whether a cut took away nothing that is known to have been there."""
    if sample.marked:
        return False
    starts = (0, *sample.ends)
    rest = sample.raw[cut : next((end for end in starts if end >= cut), cut)]
    n_before = sum(end <= cut + len(rest) for end in sample.ends)
    return not rest.strip() and found == whole[:n_before]


def try_control(n_cuts: int) -> tuple[int, int]:
    """Cuts of a packed archive, and how many of them its library reads over without a word."""
    from fastwarc.warc import ArchiveIterator

    sample = make_samples()["a.warc.gz"]
    within = [cut for start, end in pairwise((0, *sample.ends)) for cut in range(start + 1, end)]
    cuts = random.Random(_SEED).sample(within, min(n_cuts, len(within)))
    n_unnoticed = 0
    for cut in cuts:
        with contextlib.suppress(OSError, ValueError, RuntimeError):
            for record in ArchiveIterator(io.BytesIO(sample.raw[:cut])):
                record.reader.read()
            n_unnoticed += 1
    return len(cuts), n_unnoticed


def _read(path: Path, raw: bytes) -> tuple[list[str], frozenset[str]]:
    """The texts of a file, and the errors and warnings that came with them."""
    path.write_bytes(raw)
    found = list(read_documents([str(path)], _PATIENT))
    documents = [item for item in found if isinstance(item, Document)]
    notes = {note for document in documents for note in document.warnings}
    notes |= {item.what for item in found if isinstance(item, InputError)}
    told = frozenset(note for note in notes if not note.startswith(_NO_DAY))
    return [document.text for document in documents], told


def _ends(parts: list[bytes], n_head: int = 0) -> tuple[int, ...]:
    return tuple(accumulate(map(len, parts), initial=n_head))[1:]


def _as_record(text: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
    block = answer + b"Content-Length: %d\r\n\r\n" % len(text) + text
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.test/1\r\n"
        b"WARC-Date: 2018-11-25T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n" % len(block)
    ) + block + b"\r\n\r\n"  # fmt: skip


def _as_parquet(texts: list[str]) -> bytes:
    from arro3.core import Array, DataType, Table
    from arro3.io import write_parquet

    packed = io.BytesIO()
    write_parquet(Table.from_pydict({"text": Array(texts, DataType.utf8())}), packed)
    return packed.getvalue()


def _as_pdf(texts: list[str]) -> bytes:
    """A page for each text, with its table of places at the end, as PDF has it."""
    n_texts = len(texts)
    kids = " ".join(f"{4 + i} 0 R" for i in range(n_texts))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {n_texts} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 800] /Contents {4 + n_texts + i} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
            for i in range(n_texts)
        ),
        *(_as_stream(f"BT /F1 8 Tf 20 700 Td ({text}) Tj ET") for text in texts),
    ]
    parts = [f"{n} 0 obj\n{body}\nendobj\n".encode() for n, body in enumerate(bodies, 1)]
    first = b"%PDF-1.4\n"
    places = [len(first), *_ends(parts, len(first))]
    rows = "".join(f"{place:010} 00000 n \n" for place in places[:-1])
    n_objects = len(bodies) + 1
    tail = (
        f"xref\n0 {n_objects}\n0000000000 65535 f \n{rows}"
        f"trailer << /Size {n_objects} /Root 1 0 R >>\nstartxref\n{places[-1]}\n%%EOF"
    )
    return first + b"".join(parts) + tail.encode()


def _as_stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


if __name__ == "__main__":
    sys.exit(main())
