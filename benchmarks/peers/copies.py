"""Near-copies against datasketch: the same pairs of edited and of different articles, both sides.

    python -m benchmarks.peers.copies [--pairs 2000]

Needs the extra `allegata[peers]` and the articles in `../shared`. datasketch is used as its page
shows it: MinHash of 128 permutations over runs of five words, and an index for a Jaccard likeness
of 0.9 (its default) and, for fairness, of the best of 0.1 to 0.9 on the half on which rules may be
set.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence

from allegata.documents import Intake, read_documents
from allegata.incidents.copies import compare_copies
from allegata.incidents.shingles import Body, copy_keys
from allegata.types import Document
from benchmarks.incidents.copies import Pair, make_pairs
from benchmarks.peers import version_of
from benchmarks.program import SHARED
from benchmarks.speed.machine import describe_machine

_RUN = 5
_DEFAULT = 0.9


def find_ours(pair: Pair) -> bool:
    """Whether allegata takes one text for a copy of the other, by its keys and by its words."""
    shares = bool(set(copy_keys(pair.one)) & set(copy_keys(pair.other)))
    return shares and compare_copies(pair.one, pair.other) is not None


def likeness_of(pair: Pair) -> float:
    """The Jaccard likeness that datasketch estimates."""
    return float(_minhash(pair.one).jaccard(_minhash(pair.other)))


def _minhash(body: Body):  # type: ignore[no-untyped-def]  # noqa: ANN202
    from datasketch import MinHash

    made = MinHash(num_perm=128)
    words = [str(word) for word in body.words]
    for start in range(max(1, len(words) - _RUN + 1)):
        made.update(" ".join(words[start : start + _RUN]).encode())
    return made


def score(found: Sequence[bool], pairs: Sequence[Pair]) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    right = sum(one and pair.is_copy for one, pair in zip(found, pairs, strict=True))
    wrong = sum(one and not pair.is_copy for one, pair in zip(found, pairs, strict=True))
    missed = sum(pair.is_copy and not one for one, pair in zip(found, pairs, strict=True))
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> int:
    """Measure both on the half that no rule was set on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=2000)
    options = parser.parse_args()
    peer = version_of("datasketch")
    path = SHARED / "corpora" / "fa_kes" / "articles.jsonl"
    docs = [doc for doc in read_documents([str(path)], Intake()) if isinstance(doc, Document)]
    halves = [
        list(make_pairs([d for d in docs if int(d.id[7:15], 16) % 2 == half],
                        options.pairs // 2, random.Random(half)))
        for half in (0, 1)
    ]  # fmt: skip
    print(describe_machine())
    tuned, held = halves
    learned = [likeness_of(pair) for pair in tuned]
    grid = [step / 10 for step in range(1, 10)]
    best = max(grid, key=lambda limit: score([one >= limit for one in learned], tuned)[2])
    started = time.perf_counter()
    ours = [find_ours(pair) for pair in held]
    our_s = time.perf_counter() - started
    started = time.perf_counter()
    likenesses = [likeness_of(pair) for pair in held]
    their_s = time.perf_counter() - started
    print(f"{len(held)} pairs, half of them copies")
    _tell("allegata", score(ours, held), our_s)
    for limit, name in ((_DEFAULT, "its default"), (best, "best on the other half")):
        told = f"datasketch {peer}, {limit} ({name})"
        _tell(told, score([one >= limit for one in likenesses], held), their_s)
    return 0


def _tell(name: str, figures: tuple[float, float, float], seconds: float) -> None:
    precision, recall, f1 = (100 * one for one in figures)
    print(
        f"{name:48} precision {precision:5.1f}  recall {recall:5.1f}  F1 {f1:5.1f}  {seconds:.1f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
