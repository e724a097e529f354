"""Where contents hold claims: `python -m training.inner --corpora DIR WEIGHTS OUT.json`.

The reader finds claims inside contents by reading each content once more, which costs time. The
model learns from its own earlier state which words open such a claim, so that only contents with
such a word are read again. This writes, for each document of PolNeAR's training portion, the first
words of the cues that the second reading found.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_left
from pathlib import Path

from allegata.claims.cues import load_cues
from allegata.claims.marked import draft_marked
from allegata.claims.nesting import read_inwards
from allegata.encoder import Encoder
from allegata.sentences import find_sentences
from training.corpora import read_polnear


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpora", type=Path, required=True)
    args = parser.parse_args()
    encoder, lexicon = Encoder.open(args.weights), load_cues()
    found: dict[str, list[int]] = {}
    for passage in read_polnear(args.corpora / "polnear" / "train"):
        text = passage.text
        outer = draft_marked(encoder.read(text, find_sentences(text)))
        starts = {
            draft.cue_span.start
            for _, inner in read_inwards(encoder, lexicon, text, outer)
            for draft in inner
        }
        firsts = [word[0] for word in passage.words]
        found[passage.name] = sorted({bisect_left(firsts, start) for start in starts})
    args.out.write_text(json.dumps(found), encoding="utf-8")
    print(json.dumps({"documents": len(found), "cues": sum(map(len, found.values()))}))


if __name__ == "__main__":
    main()
