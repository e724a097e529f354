"""What a cue governs by grammar: who speaks by it, and what is said behind it."""

from allegata.claims.syntax import children, head_word, is_infinitive, phrase, subject_of, subtree
from allegata.encoder import Analysis
from allegata.types import Span

__all__ = ["BESIDE", "complement_of", "source_by_syntax"]

BESIDE = (
    "nsubj",
    "nsubj:pass",
    "csubj",
    "aux",
    "aux:pass",
    "conj",
    "cc",
    "parataxis",
    "punct",
    "iobj",
    "mark",
    "expl",
    "discourse",
    "vocative",
    "dislocated",
)
"""What hangs on a verb of saying without being part of what is said."""

_CLITICS = ("'s", "’s", "'", "’")


def source_by_syntax(analysis: Analysis, first: int, end: int) -> Span | None:
    """Who speaks by a cue, from the tree: the subject of its verb or the owner of its noun.

    Args:
        analysis: Holds the cue.
        first: First word of the cue.
        end: One past its last word.

    Returns:
        The noun phrase, or None where nobody is named.
    """
    verb = head_word(analysis, first, end)
    subject = subject_of(analysis, verb)
    if subject is None or first <= subject < end:
        return None
    span = phrase(analysis, subject, without=("acl", "appos", "parataxis") if subject > end else ())
    cue = analysis.span(first, end)
    if span.overlaps(cue):
        if span.start >= cue.start:
            return None
        span = phrase(analysis, subject, without=("acl", "appos", "parataxis", "conj"))
        if span.overlaps(cue):
            return None
    words = span.words(analysis.text)
    for clitic in _CLITICS:
        if words.endswith(clitic):
            return Span(span.start, span.end - len(clitic))
    return span


def complement_of(analysis: Analysis, first: int, end: int) -> Span | None:
    """What a cue governs behind itself, for a cue whose content the model did not mark.

    Args:
        analysis: Holds the cue.
        first: Its first word.
        end: One past its last word.
    """
    verb = head_word(analysis, first, end)
    if analysis.upos[verb] != "VERB":
        return None
    said = any(
        child >= end and (relation in ("obj", "ccomp", "xcomp") or is_infinitive(analysis, child))
        for child, relation in children(analysis, verb)
    )
    if not said:  # "said on Thursday" says when, not what
        return None
    words = set(subtree(analysis, verb, without=(*BESIDE, "advcl")))
    for child, relation in children(analysis, verb):
        if relation == "advcl" and child > verb and is_infinitive(analysis, child):
            words.update(subtree(analysis, child))
    behind = sorted(word for word in words if word >= end)
    while behind and analysis.upos[behind[-1]] in ("PUNCT", "CCONJ", "SCONJ"):
        behind.pop()
    while behind and analysis.upos[behind[0]] == "PUNCT" and analysis.word(behind[0]) == ",":
        behind.pop(0)
    return analysis.span(behind[0], behind[-1] + 1) if len(behind) > 1 else None
