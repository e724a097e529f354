"""Hedges: claims of which a text does not say whose they are.

"Allegedly", "is believed to", "a suspected gas attack": the source is unknown, the cue is the
hedge. Without them an allegation would be read as the document's own word.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from allegata.claims.drafts import Draft
from allegata.claims.syntax import (
    children,
    clause_words,
    head_of,
    phrase,
    relation_of,
    runs,
    subtree,
)
from allegata.encoder import Analysis
from allegata.errors import KnowledgeError
from allegata.knowledge import load_words
from allegata.types import Span

__all__ = ["Hedges", "draft_hedged", "open_hedges", "part_hedge"]


@dataclass(frozen=True, slots=True)
class Hedges:
    """The hedges that are known, by form, in lower case."""

    adverbs: frozenset[str]
    adjectives: frozenset[str]
    passives: frozenset[str]
    agents: frozenset[str]
    agent_endings: tuple[str, ...]


def open_hedges() -> Hedges:
    """Read the compiled table of hedges.

    Raises:
        KnowledgeError: The table lacks a form.
    """
    forms = load_words("hedges")
    try:
        return Hedges(
            adverbs=frozenset(forms["adverb"]),
            adjectives=frozenset(forms["adjective"]),
            passives=frozenset(forms["passive"]),
            agents=frozenset(forms["agent"]),
            agent_endings=forms["agent ending"],
        )
    except KeyError as error:
        raise KnowledgeError(f"hedges.yaml: no entry of form {error}. Add it.") from error


def draft_hedged(analysis: Analysis, hedges: Hedges) -> list[Draft]:
    """Drafts of all hedges of an analysis, in order of their cues."""
    return [
        Draft(analysis, cue, None, content, hedge=True)
        for cue, content in _found(analysis, hedges)
        if content
    ]


def part_hedge(hedge: Draft, held: Draft) -> list[Draft]:
    """Take a hedge out of the cue of a claim: "the guards have reportedly denied that".

    Args:
        hedge: The hedge, one adverb.
        held: The claim whose cue holds it. It comes to sit inside the hedge.

    Returns:
        The hedge; nothing where the cue is the hedge alone, so that both are the same claim.
    """
    word, (first, end) = hedge.cue[0], held.cue
    if held.analysis is not hedge.analysis or hedge.cue[1] - word != 1 or word + 1 >= end:
        return []
    if not any(held.analysis.upos[at] == "VERB" for at in range(max(first, word + 1), end)):
        return []
    held.cue = (word + 1, end)
    hedge.parent, hedge.depth = held.parent, held.depth
    held.parent, held.depth = hedge, held.depth + 1
    return [hedge]


def _found(
    analysis: Analysis, hedges: Hedges
) -> Iterator[tuple[tuple[int, int], tuple[Span, ...]]]:
    for word, form in enumerate(analysis.lowered):
        if form in hedges.adverbs:
            yield (word, word + 1), _hedged_by_adverb(analysis, word)
        elif form in hedges.adjectives and relation_of(analysis, word) == "amod":
            yield (word, word + 1), _hedged_by_adjective(analysis, word, hedges)
        elif form in hedges.passives and analysis.upos[word] == "VERB":
            yield from _hedged_by_passive(analysis, word)


def _hedged_by_adverb(analysis: Analysis, adverb: int) -> tuple[Span, ...]:
    head = head_of(analysis, adverb)
    if head == adverb:
        return ()
    if analysis.upos[head] in ("VERB", "AUX") or _has_subject(analysis, head):
        words = clause_words(analysis, _clause_head(analysis, head), beside=True)
    else:
        words = subtree(analysis, head, without=("conj", "case", "cc"))
    return _without(analysis, words, {adverb})


def _clause_head(analysis: Analysis, word: int) -> int:
    """Up from an auxiliary or a non-finite verb to the verb that has the subject."""
    for _ in range(4):
        if _has_subject(analysis, word) or relation_of(analysis, word) not in (
            "aux",
            "cop",
            "xcomp",
        ):
            return word
        word = head_of(analysis, word)
    return word


def _has_subject(analysis: Analysis, word: int) -> bool:
    return any(relation.startswith(("nsubj", "csubj")) for _, relation in children(analysis, word))


def _hedged_by_adjective(analysis: Analysis, adjective: int, hedges: Hedges) -> tuple[Span, ...]:
    noun = head_of(analysis, adjective)
    form = analysis.word(noun).lower()
    person = form in hedges.agents or form.endswith(hedges.agent_endings)
    if noun < adjective or person or analysis.upos[noun] == "PROPN":
        return ()
    span = phrase(analysis, noun, without=("acl", "conj", "appos"))
    start = analysis.words[adjective + 1][0]
    return (Span(start, span.end),) if start < span.end else ()


def _hedged_by_passive(
    analysis: Analysis, verb: int
) -> Iterator[tuple[tuple[int, int], tuple[Span, ...]]]:
    below = {relation: child for child, relation in reversed(list(children(analysis, verb)))}
    auxiliary = below.get("aux:pass")
    if auxiliary is None or "obl:agent" in below:
        return
    clause = below.get("xcomp", below.get("ccomp"))
    infinitive = clause is not None and any(
        relation == "mark" and analysis.word(child).lower() == "to"
        for child, relation in children(analysis, clause)
    )
    if clause is not None and infinitive and "nsubj:pass" in below:
        subject = phrase(analysis, below["nsubj:pass"])
        said = phrase(analysis, clause)
        start = analysis.words[verb + 1][0]
        if start <= said.start and subject.end <= analysis.words[verb][0]:
            yield (min(auxiliary, verb), verb + 1), (subject, Span(start, said.end))
    elif "ccomp" in below and below["ccomp"] > verb:
        expletive = below.get("expl", below.get("nsubj:pass"))
        if expletive is not None and analysis.word(expletive).lower() == "it":
            said = phrase(analysis, below["ccomp"])
            start = analysis.words[verb + 1][0]
            yield (min(auxiliary, verb), verb + 1), (Span(start, said.end),)


def _without(analysis: Analysis, words: list[int], left_out: set[int]) -> tuple[Span, ...]:
    kept = [word for word in words if word not in left_out]
    while kept and analysis.upos[kept[-1]] in ("PUNCT", "CCONJ", "SCONJ"):
        kept.pop()
    while kept and analysis.upos[kept[0]] in ("PUNCT", "CCONJ", "SCONJ"):
        kept.pop(0)
    if not kept:
        return ()
    pieces = runs(analysis, kept)
    cut = analysis.words[min(left_out)][0]
    return tuple(
        piece
        for span in pieces
        for piece in (
            [span]
            if not span.start < cut < span.end
            else [
                Span(span.start, _last_before(analysis, cut)),
                Span(_first_after(analysis, cut), span.end),
            ]
        )
    )


def _last_before(analysis: Analysis, at: int) -> int:
    return analysis.words[bisect_right(analysis.words, at, key=lambda word: word[1]) - 1][1]


def _first_after(analysis: Analysis, at: int) -> int:
    return analysis.words[bisect_right(analysis.words, at, key=lambda word: word[0])][0]
