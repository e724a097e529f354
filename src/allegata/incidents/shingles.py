"""The words of a report by which copies are told: what it says, not how it is dressed."""

import re
from dataclasses import dataclass
from datetime import UTC, date
from hashlib import blake2b

from rensa import RMinHash

from allegata.types import Document, SegmentKind

__all__ = ["Body", "copy_keys", "read_body"]

_KINDS = (SegmentKind.HEADLINE, SegmentKind.BODY)
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[.!?][\"”’)\]]*\s+|\n+")
_SHINGLE = 3
_LEAST_SENTENCE = 8
_MOST_SENTENCES = 60
_HASHES = 80
_ROWS = 5
_SEED = 20181124


@dataclass(frozen=True, slots=True)
class Body:
    """What a report says, cut for comparing.

    Attributes:
        report: Its id.
        published: The day, or None.
        moment: Day and time in UTC as text, or None where only a day is known.
        words: In small letters, without punctuation; headline and body in order.
        shingles: Every three words in a row.
        sentences: Words of the sentences that are long enough to tell a text by.
    """

    report: str
    published: date | None
    moment: str | None
    words: tuple[str, ...]
    shingles: frozenset[tuple[str, ...]]
    sentences: tuple[str, ...]


def read_body(report: str, doc: Document) -> Body:
    """Cut what a report says into words, shingles and sentences."""
    words: list[str] = []
    sentences: dict[str, None] = {}
    for segment in doc.segments:
        if segment.kind not in _KINDS:
            continue
        for sentence in _SENTENCE.split(segment.span.words(doc.text)):
            found = _WORD.findall(sentence.casefold())
            words += found
            if len(found) >= _LEAST_SENTENCE and len(sentences) < _MOST_SENTENCES:
                sentences[" ".join(found)] = None
    shingles = frozenset(zip(*(words[n:] for n in range(_SHINGLE)), strict=False))
    published = doc.published
    moment = published.moment if published else None
    return Body(
        report=report,
        published=published.day if published else None,
        moment=moment.astimezone(UTC).isoformat() if moment and moment.tzinfo else None,
        words=tuple(words),
        shingles=shingles,
        sentences=tuple(sentences),
    )


def copy_keys(body: Body) -> tuple[str, ...]:
    """Keys of which copies share at least one: whole sentences, and bands of a MinHash.

    A sentence that was left as it was finds a copy that was cut, reordered or put into another
    report; a band finds one in which every sentence was touched.

    Args:
        body: Of a report. One with fewer than three words has none.
    """
    keys = [f"s{_hash(sentence):016x}" for sentence in body.sentences]
    if body.shingles:
        sketch = RMinHash(num_perm=_HASHES, seed=_SEED)
        sketch.update(sorted(f"{_hash(' '.join(one)):016x}" for one in body.shingles))
        hashes = sketch.digest()
        for band in range(_HASHES // _ROWS):
            rows = hashes[band * _ROWS : (band + 1) * _ROWS]
            keys.append(f"b{band}:{_hash(','.join(map(str, rows))):016x}")
    return tuple(sorted(set(keys)))


def _hash(words: str) -> int:
    raw = words.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(raw, digest_size=8).digest(), "big")
