"""Score events on WikiEvents dev: `python -m benchmarks.quality.wikievents [--weights DIR]`.

Of the types of its ontology those of `kairos.MUST` are to be found, those of `kairos.MAY` may be;
what is read of a kind that has no type there is not scored. A trigger is identified where it shares
a word with the marked one, and classified where its kind may be called that type.

Arguments are compared as published (Li, Ji and Han 2021): by their head word, and with coreference
also by the head of any other mention of the same entity. Heads are those of our own syntax, where
the published scorer has those of spaCy. Published figures are for arguments of given triggers; a
whole reading finds its own, so arguments are scored twice: from end to end, and over the triggers
that were classified rightly, which is the nearest to the published task.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allegata.claims.syntax import head_word
from allegata.encoder import Analysis
from allegata.errors import InputError
from allegata.sentences import find_sentences
from allegata.types import Event, Span
from benchmarks.program import SHARED
from benchmarks.quality.event_readings import as_document, open_reading, read_all
from benchmarks.quality.kairos import KINDS, MAY, MUST, ROLES, fits
from benchmarks.quality.measured import Measured
from benchmarks.quality.pairing import pair_best
from benchmarks.quality.portion import digest_files
from benchmarks.quality.showing import run
from benchmarks.quality.tally import Tally

__all__ = [
    "WIKIEVENTS",
    "KairosArgument",
    "KairosEvent",
    "ReadEvent",
    "measure_wikievents",
    "score",
]

WIKIEVENTS = SHARED / "corpora" / "wikievents"

Test = Callable[["KairosArgument", tuple[str, Span]], bool]

_KNOWN = frozenset(name for names in ROLES.values() for name in names)


@dataclass(frozen=True, slots=True)
class KairosArgument:
    """An argument that people marked.

    Attributes:
        role: In the ontology's terms.
        head: Its head word.
        others: Head words of the other mentions of the same entity.
    """

    role: str
    head: Span
    others: frozenset[Span] = frozenset()


@dataclass(frozen=True, slots=True)
class KairosEvent:
    """An event that people marked, in the ontology's terms."""

    type: str
    trigger: Span
    arguments: tuple[KairosArgument, ...]


@dataclass(frozen=True, slots=True)
class ReadEvent:
    """An event that was read, with the head words of its arguments by role."""

    kind: str
    trigger: Span
    arguments: tuple[tuple[str, Span], ...]


def measure_wikievents(folder: Path = WIKIEVENTS, weights: Path | None = None) -> Measured:
    """Read WikiEvents' dev portion and score its events.

    Raises:
        InputError: It is not there.
    """
    files = [folder / "dev.jsonl", folder / "coref" / "dev.jsonlines"]
    if not all(path.is_file() for path in files):
        raise InputError(str(folder), "no dev.jsonl.", "Give the folder of WikiEvents.")
    documents, clusters = (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for path in files
    )
    chains = {one["doc_key"]: one["clusters"] for one in clusters}
    texts = {doc["doc_id"]: as_document(doc["doc_id"], _text(doc)) for doc in documents}
    readings = read_all(texts, weights)
    encoder = open_reading(weights).encoder
    scores = {}
    for doc in documents:
        name, text = doc["doc_id"], texts[doc["doc_id"]].text
        heads = Heads(encoder.read(text, find_sentences(text)))
        golds = list(_marked(doc, chains.get(name, []), heads))
        scores[name] = score(golds, [_read(event, heads) for event in readings[name].events])
    return Measured("wikievents dev", digest_files(folder, files), scores)


def score(golds: Sequence[KairosEvent], events: Sequence[ReadEvent]) -> dict[str, Tally]:
    """Count what is right in one document."""
    pairs = pair_best(golds, events, _likeness)
    must = {g for g, gold in enumerate(golds) if fits(gold.type, MUST)}
    free = {e for g, e in pairs if g not in must and fits(golds[g].type, MAY)}
    scored = [e for e, event in enumerate(events) if event.kind in KINDS and e not in free]
    found = [(g, e) for g, e in pairs if g in must and e in scored]
    right = [(g, e) for g, e in found if fits(golds[g].type, KINDS[events[e].kind])]
    figures = {
        "triggers": Tally(len(found), len(scored), len(must)),
        "triggers and types": Tally(len(right), len(scored), len(must)),
    }
    paired = [(golds[g], events[e]) for g, e in right]
    ends = [golds[g] for g in must], [events[e] for e in scored]
    given = [gold for gold, _ in paired], [event for _, event in paired]
    for suffix, (marked, read) in (("", ends), (", of triggers found", given)):
        n_read = sum(len(_scored(event)) for event in read)
        n_gold = sum(len(_marked_roles(gold)) for gold in marked)
        for name, test in _TESTS.items():
            n_right = sum(_matches(gold, event, test) for gold, event in paired)
            figures[f"{name}{suffix}"] = Tally(n_right, n_read, n_gold)
    return figures


def _likeness(gold: KairosEvent, event: ReadEvent) -> float:
    if not gold.trigger.overlaps(event.trigger):
        return 0.0
    return 2.0 if fits(gold.type, KINDS.get(event.kind, ())) else 1.0


def _is_identified(gold: KairosArgument, argument: tuple[str, Span]) -> bool:
    return gold.head == argument[1]


def _is_classified(gold: KairosArgument, argument: tuple[str, Span]) -> bool:
    return gold.role in ROLES[argument[0]] and gold.head == argument[1]


def _is_the_same(gold: KairosArgument, argument: tuple[str, Span]) -> bool:
    heads = {gold.head, *gold.others}
    return gold.role in ROLES[argument[0]] and argument[1] in heads


_TESTS: dict[str, Test] = {
    "argument identification": _is_identified,
    "argument classification": _is_classified,
    "argument classification, by entity": _is_the_same,
}


def _matches(gold: KairosEvent, event: ReadEvent, test: Test) -> int:
    return len(pair_best(_marked_roles(gold), _scored(event), lambda a, b: float(test(a, b))))


def _marked_roles(gold: KairosEvent) -> list[KairosArgument]:
    return [argument for argument in gold.arguments if argument.role in _KNOWN]


def _scored(event: ReadEvent) -> list[tuple[str, Span]]:
    return list(dict.fromkeys(event.arguments))


class Heads:
    """The head word of any span of a text, by its syntax."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._words = [analysis.span(at, at + 1) for at in range(len(analysis.sentence_of))]

    def of(self, span: Span) -> Span:
        """The head word; the span itself where no word of the text lies in it."""
        inside = [at for at, word in enumerate(self._words) if word.overlaps(span)]
        if not inside:
            return span
        return self._words[head_word(self._analysis, inside[0], inside[-1] + 1)]


def _text(doc: Mapping[str, Any]) -> str:
    return " ".join(doc["tokens"])


def _marked(
    doc: Mapping[str, Any], clusters: Sequence[Sequence[str]], heads: Heads
) -> Iterator[KairosEvent]:
    starts = [0]
    for token in doc["tokens"]:
        starts.append(starts[-1] + len(token) + 1)

    def span(first: int, end: int) -> Span:
        return Span(starts[first], starts[end] - 1)

    mentions = {
        one["id"]: heads.of(span(one["start"], one["end"])) for one in doc["entity_mentions"]
    }
    chain = {name: frozenset(cluster) for cluster in clusters for name in cluster}
    for event in doc["event_mentions"]:
        arguments = tuple(
            KairosArgument(
                one["role"],
                mentions[one["entity_id"]],
                frozenset(mentions[m] for m in chain.get(one["entity_id"], ()) if m in mentions),
            )
            for one in event["arguments"]
        )
        trigger = span(event["trigger"]["start"], event["trigger"]["end"])
        yield KairosEvent(event["event_type"], trigger, arguments)


def _read(event: Event, heads: Heads) -> ReadEvent:
    return ReadEvent(
        event.kind.value,
        event.trigger,
        tuple((one.role.value, heads.of(one.span)) for one in event.arguments),
    )


if __name__ == "__main__":
    sys.exit(run(__doc__, lambda weights: [measure_wikievents(weights=weights)]))
