"""Fit what decides about events: `python -m training.calibrate_events --corpora DIR WEIGHTS`.

On the annotated passages that `training.train` keeps apart: the confidence of an event (a logistic
regression over the log odds of trigger and kind), the probability from which on a word is taken
for a trigger, and the weights by which two events are taken for one. Figures for episodes are
measured on the half that the weights were not fitted on. All numbers go into `weights.json`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from allegata.encoder import Analysis, Encoder, Trigger
from allegata.events import EventFinder, Grouping, group_events
from allegata.events.confidence import Calibration, log_odds
from allegata.events.likeness import COMPARISONS, compare, sightings
from allegata.grounding import date_events, find_timexes
from allegata.types import Act, Claim, Event, Quotation, Span
from training.calibrate import fit
from training.corpora import Passage
from training.event_marks import KINDS, EventMark
from training.events import is_kept_apart, read_annotations

OWN_VOICE = Claim(
    "c0", None, None, None, None, (), Act.STATE, Quotation.INDIRECT, None, 1.0, "training"
)
SOME_DAY = date(2010, 6, 16)


@dataclass(frozen=True)
class Read:
    """One passage as the model reads it, beside its annotation."""

    analysis: Analysis
    gold: list[EventMark]
    spans: list[Span]

    @classmethod
    def of(cls, passage: Passage, encoder: Encoder) -> Read:
        bounds = [*passage.firsts, len(passage.words)]
        sentences = [
            Span(passage.words[a][0], passage.words[b - 1][1]) for a, b in pairwise(bounds) if b > a
        ]
        gold = passage.events or []
        spans = [Span(passage.words[e.first][0], passage.words[e.end - 1][1]) for e in gold]
        return cls(encoder.read(passage.text, sentences, events=True), gold, spans)

    def match(self, trigger: Trigger) -> EventMark | None:
        """The annotated event whose words a trigger shares, one of its kind before others."""
        near = [
            event
            for event, span in zip(self.gold, self.spans, strict=True)
            if span.overlaps(trigger.span)
        ]
        return min(near, key=lambda event: KINDS[event.kind] != trigger.kind, default=None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--corpora", type=Path, required=True)
    args = parser.parse_args()
    encoder = Encoder.open(args.weights)
    passages = [p for p in read_annotations(args.corpora) if is_kept_apart(p.name)]
    reads = [Read.of(passage, encoder) for passage in passages]
    calibration, figures = fit_confidence(reads)
    finder = EventFinder(Calibration.of(calibration), encoder.weights.labels.modalities, "fitting")
    episodes, more = fit_episodes(reads, finder)
    path = args.weights / "weights.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["event_calibration"] = [round(number, 4) for number in calibration]
    manifest["episodes"] = [round(number, 4) for number in episodes]
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures | more))


def fit_confidence(reads: list[Read]) -> tuple[tuple[float, ...], dict[str, float]]:
    """Bias, weights of trigger and kind, and the threshold with the best F1 of kinds."""
    rows, right = [], []
    for read in reads:
        for trigger in read.analysis.triggers:
            gold = read.match(trigger)
            rows.append([1.0, log_odds(trigger.probability), log_odds(trigger.kind_probability)])
            right.append(float(gold is not None and KINDS[gold.kind] == trigger.kind))
    features, outcomes = np.array(rows), np.array(right)
    n_gold = sum(len(read.gold) for read in reads)
    chances = 1 / (1 + np.exp(-features[:, 1]))
    best = max(
        (_f1(outcomes[chances >= least], n_gold), float(least))
        for least in np.arange(0.3, 0.8, 0.02)
    )
    numbers = (*map(float, fit(features, outcomes)), best[1])
    return numbers, {"events_f1": round(100 * best[0], 2), "least": round(best[1], 2)}


def _f1(outcomes: NDArray[np.float64], n_gold: int) -> float:
    return float(2 * outcomes.sum() / max(1, len(outcomes) + n_gold))


def fit_episodes(
    reads: list[Read], finder: EventFinder
) -> tuple[tuple[float, ...], dict[str, float]]:
    """Threshold, bias and weights of the comparisons, fitted on all passages.

    The figure beside them is F1 of pairs, each half read with the weights of the other.
    """
    halves = [list(_seen(reads[half::2], finder)) for half in (0, 1)]
    counts = np.zeros(3)
    for half, other in ((0, 1), (1, 0)):
        counts += _score(halves[half], _tuned(halves[other]))
    grouping = _tuned(halves[0] + halves[1])
    figure = 200 * counts[0] / max(1, counts[1] + counts[2])
    return (grouping.least, grouping.bias, *grouping.weights), {
        "episodes_f1": round(figure, 2),
        **{c.__name__: round(w, 2) for c, w in zip(COMPARISONS, grouping.weights, strict=True)},
    }


Seen = tuple[Analysis, list[Event], list[Trigger], list[int]]


def _seen(reads: list[Read], finder: EventFinder) -> Iterator[Seen]:
    """The events that are found and annotated, with the numbers of their annotated episodes."""
    for read in reads:
        sentences = [sentence.span for sentence in read.analysis.sentences]
        timexes = find_timexes(read.analysis.text, sentences, SOME_DAY)
        found, triggers = finder.find(read.analysis, [OWN_VOICE])
        dated = date_events(found, [OWN_VOICE], timexes, SOME_DAY, read.analysis)
        kept = [
            (event, trigger, gold.episode)
            for event, trigger in zip(dated, triggers, strict=True)
            if (gold := read.match(trigger)) is not None
        ]
        if len(kept) > 1:
            events, marks, episodes = zip(*kept, strict=True)
            yield read.analysis, list(events), list(marks), list(episodes)


def _tuned(seen: list[Seen]) -> Grouping:
    rows, same = [], []
    for analysis, events, triggers, episodes in seen:
        these = sightings(analysis, events, triggers)
        for later in range(len(these)):
            for earlier in range(max(0, later - 40), later):
                rows.append([1.0, *compare(these[earlier], these[later])])
                same.append(float(episodes[earlier] == episodes[later]))
    weights = fit(np.array(rows), np.array(same))
    bias, rest = float(weights[0]), tuple(map(float, weights[1:]))
    tried = [(Grouping(bias, rest, least)) for least in np.arange(-2.0, 2.01, 0.25).tolist()]
    return max(tried, key=lambda grouping: _ratio(_score(seen, grouping)))


def _ratio(counts: NDArray[np.float64]) -> float:
    """F with more weight on precision: what is wrongly one event mixes its numbers and places."""
    return float(1.5 * counts[0] / max(1.0, counts[1] + 0.5 * counts[2]))


def _score(seen: list[Seen], grouping: Grouping) -> NDArray[np.float64]:
    """Pairs in one episode: right, found, annotated."""
    counts = np.zeros(3)
    for analysis, events, triggers, episodes in seen:
        grouped = group_events(analysis, events, triggers, grouping)
        for later in range(len(grouped)):
            for earlier in range(later):
                found = grouped[earlier].episode == grouped[later].episode
                gold = episodes[earlier] == episodes[later]
                counts += (found and gold, found, gold)
    return counts


if __name__ == "__main__":
    main()
