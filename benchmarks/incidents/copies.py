"""Near-copies: wire-style edits of articles against other stories of the same day and place.

    python -m benchmarks.incidents.copies [--corpora ../shared/corpora] [--pairs 2000]

Half of the pairs are an article and an edit of it (cut at the end, sentences in another order, a
new lead, another headline, another agency, words exchanged, put into another report). The other
half are two different articles, of the same day where there are any, the likest ones by words
first. Articles are parted by their address: rules may be set on one half, the other is the figure.
"""

import argparse
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from allegata.documents import Intake, read_documents
from allegata.incidents.copies import compare_copies
from allegata.incidents.shingles import Body, copy_keys, read_body
from allegata.types import Document, Segment, SegmentKind, Span
from benchmarks.speed.machine import describe_machine

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LEADS = (
    "Fighting went on in several parts of the country, news agencies reported.",
    "The following is a summary of what was reported from the front on this day.",
    "Our correspondent writes from the region about the events of the past hours.",
)
_WORDS = {"said": "stated", "killed": "left dead", "attack": "assault", "people": "persons"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, and whether one is an edit of the other."""

    one: Body
    other: Body
    is_copy: bool
    how: str


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--pairs", type=int, default=2000)
    options = parser.parse_args()
    path = options.corpora / "fa_kes" / "articles.jsonl"
    docs = [doc for doc in read_documents([str(path)], Intake()) if isinstance(doc, Document)]
    print(describe_machine())
    for name, half in (("first half", 0), ("second half", 1)):
        rng = random.Random(half)
        own = [doc for doc in docs if int(doc.id[7:15], 16) % 2 == half]
        pairs = list(make_pairs(own, options.pairs // 2, rng))
        print(f"{name}: {len(own)} articles, {len(pairs)} pairs")
        _report(pairs)
    _time(docs)


def make_pairs(docs: list[Document], n_pairs: int, rng: random.Random) -> Iterator[Pair]:
    """Pairs of an article and an edit of it, then of different articles, the likest first."""
    edits = (_cut, _reorder, _new_lead, _new_headline, _reword, _embed, _shorten)
    for n in range(n_pairs // 2):
        doc, filler = rng.sample(docs, 2)
        edit = edits[n % len(edits)]
        changed = edit(_sentences(doc), _sentences(filler), rng)
        yield Pair(
            _body(doc, f"a{n}"), _of(changed, doc, f"b{n}"), is_copy=True, how=edit.__name__[1:]
        )
    bodies = [_body(doc, str(n)) for n, doc in enumerate(docs)]
    hard = sorted(_different(bodies), key=lambda pair: (-pair[0], pair[1].report))
    for _, one, other in hard[: n_pairs - n_pairs // 2]:
        yield Pair(one, other, is_copy=False, how="other story")


def _different(bodies: list[Body]) -> Iterator[tuple[float, Body, Body]]:
    """Pairs of articles of the same day or the next, with how many words they share."""
    by_day = defaultdict(list)
    for body in bodies:
        if body.published:
            by_day[body.published.toordinal()].append(body)
    for day, here in by_day.items():
        for one in here:
            for other in [*here, *by_day.get(day + 1, ())]:
                if one.report < other.report or other.published != one.published:
                    ours, theirs = set(one.words), set(other.words)
                    if len(one.words) > 20 and len(other.words) > 20 and one is not other:
                        likeness = len(ours & theirs) / min(len(ours), len(theirs))
                        # FA-KES holds real copies among its articles; they are no negatives.
                        if len(one.shingles & other.shingles) < 0.8 * min(
                            len(one.shingles), len(other.shingles)
                        ):
                            yield likeness, one, other


def _sentences(doc: Document) -> list[str]:
    return [s for s in _SENTENCE.split(doc.text) if s.strip()]


def _cut(own: list[str], _: list[str], rng: random.Random) -> list[str]:
    return own[: max(2, int(len(own) * rng.uniform(0.5, 0.9)))]


def _reorder(own: list[str], _: list[str], rng: random.Random) -> list[str]:
    return rng.sample(own, len(own))


def _new_lead(own: list[str], _: list[str], rng: random.Random) -> list[str]:
    return [rng.choice(_LEADS), *own[1:]]


def _new_headline(own: list[str], _: list[str], rng: random.Random) -> list[str]:
    return [f"News of the day, part {rng.randint(2, 9)}.", *own]


def _reword(own: list[str], _: list[str], rng: random.Random) -> list[str]:
    words = [
        "".join(_WORDS.get(w, w) if rng.random() < 0.5 else w for w in re.split(r"(\W)", s))
        for s in own
    ]
    return [s for s in words if rng.random() > 0.1] or words


def _embed(own: list[str], filler: list[str], rng: random.Random) -> list[str]:
    place = rng.randint(0, len(filler))
    return [*filler[:place], *own, *filler[place:]]


def _shorten(own: list[str], _: list[str], rng: random.Random) -> list[str]:
    n_kept = min(len(own), max(2, len(own) // 2))
    kept = sorted(rng.sample(range(len(own)), n_kept))
    return [own[n] for n in kept]


def _body(doc: Document, name: str) -> Body:
    return read_body(name, doc)


def _of(sentences: list[str], doc: Document, name: str) -> Body:
    text = " ".join(sentences)
    whole = (Segment(SegmentKind.BODY, Span(0, len(text))),)
    return read_body(name, replace(doc, text=text, segments=whole))


def _report(pairs: list[Pair]) -> None:
    right = wrong = missed = keyed = 0
    lost: dict[str, int] = defaultdict(int)
    for pair in pairs:
        found = compare_copies(pair.one, pair.other) is not None
        shares = bool(set(copy_keys(pair.one)) & set(copy_keys(pair.other)))
        keyed += pair.is_copy and shares
        found = found and shares
        right += found and pair.is_copy
        wrong += found and not pair.is_copy
        missed += pair.is_copy and not found
        if found != pair.is_copy:
            lost[pair.how] += 1
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    n_copies = right + missed
    print(f"  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    print(f"  copies that share a key: {keyed} of {n_copies};  wrong by kind: {dict(lost)}")


def _time(docs: list[Document]) -> None:
    started = time.perf_counter()
    for doc in docs:
        copy_keys(read_body("x", doc))
    print(f"  {(time.perf_counter() - started) / len(docs) * 1000:.2f} ms a document for keys")


if __name__ == "__main__":
    main()
