"""Score events on our own annotations: `python -m benchmarks.quality.events [--weights DIR]`.

The passages that training keeps apart (`training.events.is_kept_apart`), one annotator each. An
event is found where its trigger shares a word with the annotated one; those of one kind are paired
first. Polarity, modality, dating words and counts are judged on the pairs; roles are judged from
end to end, so that those of an event that nobody annotated are wrong. The confidence of events is
fitted on the same passages, so its error here is a lower bound; that over the gold articles, which
nothing was fitted on, stands beside it.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from allegata.errors import InputError
from allegata.types import Document, Event, Reading, Span
from benchmarks.program import SHARED
from benchmarks.quality.annotated import AnnotatedEvent, read_gold_events, read_passage
from benchmarks.quality.calibration import Judged, calibration_error
from benchmarks.quality.event_readings import as_document, read_all
from benchmarks.quality.measured import Measured
from benchmarks.quality.pairing import alike, pair_best
from benchmarks.quality.showing import run
from benchmarks.quality.tally import Tally
from training.corpora import Passage
from training.events import is_kept_apart, read_annotations

__all__ = ["judge_events", "judge_gold", "measure_events", "score_passage"]

CORPORA = SHARED / "corpora"

COUNTS = frozenset("killed injured abducted detained displaced items".split())


def measure_events(corpora: Path = CORPORA, weights: Path | None = None) -> Measured:
    """Read the passages that were kept apart and score their events.

    Raises:
        InputError: A passage has other words than those that were annotated.
    """
    try:
        passages = [one for one in read_annotations(corpora) if is_kept_apart(one.name)]
    except ValueError as error:
        raise InputError(str(corpora), str(error)) from error
    texts = {one.name: as_document(one.name, one.text) for one in passages}
    readings = read_all(texts, weights)
    documents, judged = {}, list[Judged]()
    for passage in passages:
        golds = read_passage(passage)
        documents[passage.name] = score_passage(golds, readings[passage.name].events)
        judged += judge_events(golds, readings[passage.name].events)
    return Measured(
        "kept-apart events", _digest(passages), documents, _calibration(judged, weights)
    )


def score_passage(golds: Sequence[AnnotatedEvent], events: Sequence[Event]) -> dict[str, Tally]:
    """Count what is right in one passage."""
    pairs = pair_best(golds, events, _likeness)
    met = [(golds[g], events[e]) for g, e in pairs]
    kinds = sum(event.kind.value == gold.kinds[0] for gold, event in met)
    n_met, n_read, n_gold = len(met), len(events), len(golds)
    negative = [(gold.negative, _is_negative(event)) for gold, event in met]
    return {
        "triggers": Tally(n_met, n_read, n_gold),
        "triggers and kinds": Tally(kinds, n_read, n_gold),
        "polarity": _rate(gold == read for gold, read in negative),
        "negative ones": Tally(
            sum(gold and read for gold, read in negative),
            sum(read for _, read in negative),
            sum(gold for gold, _ in negative),
        ),
        "modality": _rate(gold.modality == event.modality.value for gold, event in met),
        "roles": _roles(golds, events, pairs, exact=False),
        "roles, the very words": _roles(golds, events, pairs, exact=True),
        "roles, of the events found": _roles_of(met),
        "dating words": _join(_dating(gold, event) for gold, event in met),
        "counts": _join(_counts(gold, event) for gold, event in met),
        "pairs in one episode": _episodes(met),
    }


def judge_events(golds: Sequence[AnnotatedEvent], events: Sequence[Event]) -> list[Judged]:
    """Each event read, with its confidence and whether it is one of that kind."""
    right = {
        e for g, e in pair_best(golds, events, _likeness) if events[e].kind.value in golds[g].kinds
    }
    return [Judged(event.confidence, float(number in right)) for number, event in enumerate(events)]


def _likeness(gold: AnnotatedEvent, event: Event) -> float:
    if not gold.trigger.overlaps(event.trigger):
        return 0.0
    return 2.0 if event.kind.value in gold.kinds else 1.0


def _is_negative(event: Event) -> bool:
    return event.polarity.value == "negative"


def _rate(answers: Iterable[bool]) -> Tally:
    listed = list(answers)
    return Tally(sum(listed), len(listed), len(listed))


def _join(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def _roles(
    golds: Sequence[AnnotatedEvent],
    events: Sequence[Event],
    pairs: Sequence[tuple[int, int]],
    *,
    exact: bool,
) -> Tally:
    right = sum(_shared_roles(golds[g], events[e], exact=exact) for g, e in pairs)
    n_read = sum(len(event.arguments) for event in events)
    return Tally(right, n_read, sum(len(_arguments(gold)) for gold in golds))


def _roles_of(met: Sequence[tuple[AnnotatedEvent, Event]]) -> Tally:
    return _join(
        Tally(_shared_roles(gold, event, exact=False), len(event.arguments), len(_arguments(gold)))
        for gold, event in met
    )


def _arguments(gold: AnnotatedEvent) -> list[tuple[str, Span]]:
    return [part for part in gold.parts if part[0] != "time" and part[0] not in COUNTS]


def _shared_roles(gold: AnnotatedEvent, event: Event, *, exact: bool) -> int:
    read = [(argument.role.value, argument.span) for argument in event.arguments]

    def likeness(one: tuple[str, Span], other: tuple[str, Span]) -> float:
        same = one[1] == other[1] if exact else alike(one[1], other[1])
        return float(one[0] == other[0] and same)

    return len(pair_best(_arguments(gold), read, likeness))


def _dating(gold: AnnotatedEvent, event: Event) -> Tally:
    marked = [span for part, span in gold.parts if part == "time"]
    right = event.dated_by is not None and any(alike(span, event.dated_by) for span in marked)
    return Tally(right, event.dated_by is not None, bool(marked))


def _counts(gold: AnnotatedEvent, event: Event) -> Tally:
    marked = [part for part in gold.parts if part[0] in COUNTS]
    read = [(count.kind.value, count.evidence) for count in event.counts]
    pairs = pair_best(marked, read, lambda a, b: float(a[0] == b[0] and alike(a[1], b[1])))
    return Tally(len(pairs), len(read), len(marked))


def _episodes(met: Sequence[tuple[AnnotatedEvent, Event]]) -> Tally:
    """Pairs of found events that both sides, or one, take for the same event in the world."""
    pairs = [
        (one[0].episode == other[0].episode, one[1].episode == other[1].episode)
        for number, one in enumerate(met)
        for other in met[:number]
    ]
    return Tally(
        sum(gold and read for gold, read in pairs),
        sum(read for _, read in pairs),
        sum(gold for gold, _ in pairs),
    )


def _calibration(judged: Sequence[Judged], weights: Path | None) -> dict[str, float]:
    errors = {
        "calibration error, passages": calibration_error(judged),
        "calibration error, gold articles": calibration_error(judge_gold(weights)),
    }
    return {name: error for name, error in errors.items() if error is not None}


def judge_gold(weights: Path | None = None, gold: Path = SHARED / "gold" / "dev") -> list[Judged]:
    """Events read in the gold articles, with their confidence and whether they are right.

    Those that the gold leaves free are left out. Empty where there is no gold.
    """
    from allegata.documents import read_documents

    records = gold / "dev.jsonl"
    if not records.is_file():
        return []
    documents = {
        doc.text: doc for doc in read_documents([str(records)]) if isinstance(doc, Document)
    }
    readings: Mapping[str, Reading] = read_all(documents, weights)
    judged = []
    for answer in sorted(gold.glob("*.yaml")):
        text, golds = read_gold_events(answer)
        events = readings[text].events
        free = {e for g, e in pair_best(golds, events, _likeness) if golds[g].optional}
        judged += [one for e, one in enumerate(judge_events(golds, events)) if e not in free]
    return judged


def _digest(passages: Iterable[Passage]) -> str:
    total = hashlib.sha256()
    for passage in passages:
        marks = [
            (m.kind, m.first, m.end, m.negative, m.modality, m.episode, m.roles)
            for m in passage.events or []
        ]
        total.update(f"{passage.name}\n{passage.text}\n{json.dumps(marks)}\n".encode())
    return "sha256:" + total.hexdigest()


if __name__ == "__main__":
    sys.exit(run(__doc__, lambda weights: [measure_events(weights=weights)]))
