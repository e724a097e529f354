"""Which cues a reader trained on PolNeAR has seen: `python -m benchmarks.quality.cues TRAIN`.

Recall on the commonest cues says how well the beaten track is read; recall on cues that training
never showed says how far it reaches. The file beside this one keeps the commonest as words and all
others as hashes, so that both can be told without the training portion.
"""

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.portion import Annotated, digest_portion, read_portion

__all__ = ["CUES", "KnownCues", "collect_cues", "load_cues"]

CUES = Path(__file__).with_name("cues.json")
N_COMMON = 20


@dataclass(frozen=True, slots=True)
class KnownCues:
    """The cues of a training portion.

    Attributes:
        common: The `N_COMMON` commonest, commonest first.
        seen: A hash for each cue that was seen at all.
        data: Digest of the portion that they come from.
    """

    common: tuple[str, ...]
    seen: frozenset[str]
    data: str

    def was_seen(self, cue: str) -> bool:
        """Whether training showed these very words as a cue."""
        return _hash(cue) in self.seen


def collect_cues(documents: Iterable[Annotated], data: str) -> KnownCues:
    """Count the cues of a training portion, as `Attribution.words_of_cue` writes them."""
    counts = Counter(
        one.words_of_cue(document.text)
        for document in documents
        for annotation in document.annotations
        for one in annotation
        if one.cue
    )
    ranked = sorted(counts, key=lambda cue: (-counts[cue], cue))
    return KnownCues(tuple(ranked[:N_COMMON]), frozenset(map(_hash, counts)), data)


def load_cues(path: Path = CUES) -> KnownCues:
    """Read what `main` wrote."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return KnownCues(tuple(stored["common"]), frozenset(stored["seen"].split()), stored["data"])


def _hash(cue: str) -> str:
    return hashlib.sha256(cue.encode()).hexdigest()[:10]


def main() -> None:
    """Write `cues.json` anew from a training portion."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path, help="PolNeAR's training portion")
    parser.add_argument("--out", type=Path, default=CUES)
    args = parser.parse_args()
    known = collect_cues(read_portion(args.train), digest_portion(args.train))
    stored = {"data": known.data, "common": known.common, "seen": " ".join(sorted(known.seen))}
    args.out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(f"{len(known.seen)} cues written to {args.out}")


if __name__ == "__main__":
    main()
