"""Claims that the model overlooked but grammar shows.

A known verb of saying, somebody who says, and what is said as its complement.

The model is surest of cues that it has often seen. A verb of the lexicon with a subject and a
complement is a claim however rare the verb.
"""

from collections.abc import Iterator, Sequence

from allegata.claims.cues import Counts, CueEntry, CueKind, CueLexicon
from allegata.claims.drafts import Draft
from allegata.claims.governed import BESIDE, source_by_syntax
from allegata.claims.syntax import children, head_of, is_infinitive, relation_of, runs, subtree
from allegata.encoder import Analysis
from allegata.types import Act, Span, SpanMap

__all__ = ["draft_by_syntax"]

_CLAUSAL = ("ccomp", "xcomp")
_OBJECTS = ("obj",)
_STRONG = frozenset((CueKind.SPEECH, CueKind.WITHHOLD, CueKind.RELAY))
_NOMINAL = frozenset(
    (
        Act.DENY,
        Act.ACCUSE,
        Act.CONDEMN,
        Act.DEMAND,
        Act.CONFIRM,
        Act.PREDICT,
        Act.PROMISE,
        Act.ADMIT,
        Act.THREATEN,
    )
)
"""Acts whose verbs take a noun for what is said: "denied the charge", "demanded an inquiry"."""


def draft_by_syntax(
    analysis: Analysis, lexicon: CueLexicon, drafts: Sequence[Draft]
) -> list[Draft]:
    """Draft claims around verbs of saying that no draft uses yet.

    Args:
        analysis: Sentences with their trees.
        lexicon: The cues that are known.
        drafts: What was found already, at any depth. Their cues are left alone.

    Returns:
        Drafts in order of their cues, without parents.
    """
    used = SpanMap((draft.cue_span, draft) for draft in drafts)
    found = []
    for verb in _verbs(analysis, lexicon):
        span = Span(*analysis.words[verb])
        if not used.touches(span):
            draft = _draft(analysis, verb, lexicon)
            if draft is not None:
                found.append(draft)
    return found


def _verbs(analysis: Analysis, lexicon: CueLexicon) -> Iterator[int]:
    for word, upos in enumerate(analysis.upos):
        if upos == "VERB" and _entry(analysis, word, lexicon) is not None:
            yield word


def _entry(analysis: Analysis, word: int, lexicon: CueLexicon) -> CueEntry | None:
    for entry in lexicon.starting(analysis.lowered[word]):
        if entry.pos == "verb" and len(entry.pattern) == 1 and entry.kind in _STRONG:
            return entry if entry.counts is not Counts.NEVER else None
    return None


def _draft(analysis: Analysis, verb: int, lexicon: CueLexicon) -> Draft | None:
    entry = _entry(analysis, verb, lexicon)
    around = _said_around(analysis, verb)
    if around:
        return around
    below = {relation: child for child, relation in reversed(list(children(analysis, verb)))}
    clause = next((below[r] for r in _CLAUSAL if below.get(r, -1) > verb), None)
    thing = below.get("obj", -1)
    if entry is not None and 0 <= below.get("ccomp", -1) < verb and "nsubj" in below:
        return _said_before(analysis, verb, below["ccomp"], below["nsubj"])
    if entry is None or (clause is None and (thing < verb or entry.act not in _NOMINAL)):
        return None
    if clause is not None and not _opens_complement(analysis, clause, entry):
        return None
    source = source_by_syntax(analysis, verb, verb + 1)
    passive = "nsubj:pass" in below or "aux:pass" in below
    if source is None and not passive:
        return None
    content = _content(analysis, verb, clause)
    if content is None or (source is not None and source.overlaps(content)):
        return None
    pieces: tuple[Span, ...] = (content,)
    if passive and "nsubj:pass" in below and relation_of(analysis, clause or verb) == "xcomp":
        return None
    return Draft(analysis, (verb, verb + 1), source, pieces)


def _said_around(analysis: Analysis, verb: int) -> Draft | None:
    """The clause that a verb of saying stands in or behind: "It fell, police said, at noon"."""
    host = head_of(analysis, verb)
    below = {relation: child for child, relation in children(analysis, verb)}
    if relation_of(analysis, verb) != "parataxis" or "nsubj" not in below or "ccomp" in below:
        return None
    if analysis.upos[host] not in ("VERB", "ADJ", "NOUN") or host == verb:
        return None
    own = set(subtree(analysis, verb))
    words = [w for w in subtree(analysis, host, without=("parataxis",)) if w not in own]
    if not words or words[0] > verb:
        return None
    source = source_by_syntax(analysis, verb, verb + 1)
    gap = runs(analysis, [w for w in words if w < min(own)]) + runs(
        analysis, [w for w in words if w > max(own)]
    )
    pieces = tuple(piece for piece in gap if any(c.isalnum() for c in piece.words(analysis.text)))
    if source is None or not pieces or any(source.overlaps(piece) for piece in pieces):
        return None
    return Draft(analysis, (verb, verb + 1), source, pieces)


def _said_before(analysis: Analysis, verb: int, clause: int, subject: int) -> Draft | None:
    """The clause in front of a verb of saying: "The grenade was thrown, police said"."""
    words = [word for word in subtree(analysis, clause) if word < min(subject, verb)]
    while words and analysis.upos[words[-1]] in ("PUNCT", "CCONJ"):
        words.pop()
    source = source_by_syntax(analysis, verb, verb + 1)
    if not words or source is None:
        return None
    content = analysis.span(words[0], words[-1] + 1)
    return (
        None if source.overlaps(content) else Draft(analysis, (verb, verb + 1), source, (content,))
    )


def _opens_complement(analysis: Analysis, clause: int, entry: CueEntry) -> bool:
    """An infinitive is said only where the verb demands, threatens or promises."""
    if relation_of(analysis, clause) == "ccomp":
        return True
    return not is_infinitive(analysis, clause) or entry.act is not Act.STATE


def _content(analysis: Analysis, verb: int, clause: int | None) -> Span | None:
    """From the complement to the end of what hangs on the verb behind it."""
    if clause is None:
        words = subtree(analysis, verb, without=(*BESIDE, "advcl"))
    else:
        words = subtree(analysis, clause)
        for child, relation in children(analysis, verb):
            if relation == "advcl" and child > clause and _is_conditional(analysis, child):
                words.extend(subtree(analysis, child))
    words = sorted(word for word in words if word > verb)
    while words and analysis.upos[words[-1]] in ("PUNCT", "CCONJ", "SCONJ"):
        words.pop()
    while words and analysis.word(words[0]) == ",":
        words.pop(0)
    return analysis.span(words[0], words[-1] + 1) if words else None


def _is_conditional(analysis: Analysis, verb: int) -> bool:
    return any(
        relation == "mark" and analysis.word(child).lower() in ("if", "unless")
        for child, relation in children(analysis, verb)
    )
