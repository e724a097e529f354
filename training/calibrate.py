"""Fit the confidence of claims: `python -m training.calibrate --corpora DIR WEIGHTS`.

A logistic regression over the log odds of a claim's spans, fitted on the training documents of
PolNeAR that `training.train` keeps apart. Right is an attribution whose source, cue and content
each share half of their characters with the annotators'. The five numbers go into `weights.json`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from allegata.claims.confidence import log_odds
from allegata.claims.marked import draft_marked
from allegata.encoder import Encoder
from allegata.sentences import find_sentences
from benchmarks.quality.agreement import pair_attributions
from benchmarks.quality.portion import Attribution, read_portion
from benchmarks.quality.spans import tidy_spans
from training.corpora import is_held_out

ROLES = ("cue", "source", "content")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--corpora", type=Path, required=True)
    args = parser.parse_args()
    features, right = gather(Encoder.open(args.weights), args.corpora / "polnear" / "train")
    bias, cue, source, content, absent = fit(features, right)
    numbers = [bias, cue, source, content, absent / source if source else 0.0]
    path = args.weights / "weights.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["calibration"] = [round(float(number), 4) for number in numbers]
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    print(
        json.dumps(
            {
                "claims": len(right),
                "right": round(float(right.mean()), 4),
                "calibration": manifest["calibration"],
            }
        )
    )


def gather(encoder: Encoder, portion: Path) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Features and outcomes of all attributions read in the documents kept apart.

    Returns:
        float64 [attributions, 5]: a constant, the log odds of cue, source and content, and whether
        there is no source; float64 [attributions], 1 where right.
    """
    rows, outcomes = [], []
    for document in read_portion(portion):
        if not is_held_out(f"{document.name}_", share=20):
            continue
        analysis = encoder.read(document.text, find_sentences(document.text))
        drafts = draft_marked(analysis)
        predicted = [
            Attribution(
                tidy_spans(document.text, [draft.source] if draft.source else []),
                tidy_spans(document.text, [draft.cue_span]),
                tidy_spans(document.text, draft.content),
                0.5,
            )
            for draft in drafts
        ]
        for gold in document.annotations:
            pairs = pair_attributions(gold, predicted)
            for number, draft in enumerate(drafts):
                known = draft.probabilities
                rows.append(
                    [
                        1.0,
                        *(log_odds(known[role]) if role in known else 0.0 for role in ROLES),
                        float("source" not in known),
                    ]
                )
                outcomes.append(float(number in pairs))
    return np.array(rows), np.array(outcomes)


def fit(features: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logistic regression by Newton's method, with a little ridge."""
    weights = np.zeros(features.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (right - chance) - 0.1 * weights
        curve = (features * (chance * (1 - chance))[:, None]).T @ features + 0.1 * np.eye(
            len(weights)
        )
        weights += np.linalg.solve(curve, slope)
    return weights


if __name__ == "__main__":
    main()
