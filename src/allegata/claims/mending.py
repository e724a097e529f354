"""Marks of the model mended where grammar is plain.

Borders between cue and content ("cast | doubt on the report", "declined | to say whether"),
contents that an attribution interrupts, coordinated cues, expletives, relative pronouns.
"""

from bisect import bisect_left
from collections.abc import Sequence

from allegata.claims.clauses import QUOTES
from allegata.claims.cues import Counts, CueKind, CueLexicon
from allegata.claims.drafts import Draft
from allegata.claims.syntax import children, head_of, head_word, phrase, relation_of
from allegata.encoder import Analysis
from allegata.types import Span

__all__ = ["mend", "widen_cue"]

_ADVERBIAL = frozenset(("as", "while", "when", "after", "before", "since", "because", "until"))
_RELATIVE = frozenset(("who", "whom", "which", "that"))
_WHOSE = frozenset(("by", "of"))
_LONGEST_OWNER = 6
_PARTICLES = frozenset(("on", "of", "for", "to", "about", "against", "upon"))


def mend(draft: Draft, lexicon: CueLexicon) -> Draft | None:
    """Mend one draft, or drop it.

    Args:
        draft: As the model marked it.
        lexicon: Tells which words make a cue together, and which are cues of their own.

    Returns:
        The draft; None where its content is an adverbial clause, which says when and not what.
    """
    if _is_adverbial(draft):
        return None
    draft.content = tuple(_before_next_cue(draft, piece, lexicon) for piece in draft.content)
    _end_before_objection(draft)
    widen_cue(draft, lexicon)
    _mend_source(draft)
    _complete_source(draft)
    _part_source_from_cue(draft)
    _resume_content(draft)
    return draft if draft.content else None


def _number(analysis: Analysis, at: int) -> int:
    """The first word that starts at a character or behind it."""
    return bisect_left(analysis.words, at, key=lambda word: word[0])


def _is_adverbial(draft: Draft) -> bool:
    analysis = draft.analysis
    if len(draft.content) != 1 or draft.content[0].start < draft.cue_span.end:
        return False
    word = _number(analysis, draft.content[0].start)
    return (
        analysis.word(word).lower() in _ADVERBIAL
        and relation_of(analysis, word) in ("mark", "advmod")
        and relation_of(analysis, head_of(analysis, word)).startswith("advcl")
    )


# ------------------------------------------------------------------------------------------ cues


def widen_cue(draft: Draft, lexicon: CueLexicon) -> None:
    """Give a cue the words that its content begins with where only together they are a cue."""
    analysis = draft.analysis
    first, end = draft.cue
    start = _number(analysis, draft.content[0].start)
    last = _number(analysis, draft.content[0].end)
    if start != end:
        return
    verb = head_word(analysis, first, end)
    reach = _longest_pattern(analysis, verb, last, lexicon) if verb < end else end
    reach = max(reach, _withheld(analysis, verb, start, last, lexicon))
    if end < reach < last:
        draft.cue = (first, reach)
        draft.content = (Span(analysis.words[reach][0], draft.content[0].end), *draft.content[1:])


def _longest_pattern(analysis: Analysis, verb: int, last: int, lexicon: CueLexicon) -> int:
    """One past the last word of the longest cue of several words that begins with a verb."""
    best = verb + 1
    for entry in lexicon.starting(analysis.word(verb).lower()):
        words = range(verb, min(verb + len(entry.pattern), last))
        spelled = (
            len(entry.pattern) > 1
            and len(words) == len(entry.pattern)
            and all(
                lexicon.spells(lemma, analysis.word(word).lower())
                for lemma, word in zip(entry.pattern, words, strict=True)
            )
        )
        if spelled:
            best = max(best, words[-1] + 1)
    if best > verb + 1 and best < last and analysis.word(best).lower() in _PARTICLES:
        best += 1
    return best


def _withheld(analysis: Analysis, verb: int, start: int, last: int, lexicon: CueLexicon) -> int:
    """One past "to say" in "declined | to say whether"."""
    kinds = {entry.kind for entry in lexicon.starting(analysis.word(verb).lower())}
    if CueKind.WITHHOLD not in kinds or start + 2 >= last or analysis.word(start).lower() != "to":
        return start
    named = lexicon.starting(analysis.word(start + 1).lower())
    return start + 2 if any(entry.kind is CueKind.SPEECH for entry in named) else start


def _before_next_cue(draft: Draft, piece: Span, lexicon: CueLexicon) -> Span:
    """A content up to a coordinated verb that is a cue of the same source."""
    analysis = draft.analysis
    verb = head_word(analysis, *draft.cue)
    for word in range(_number(analysis, piece.start) + 1, _number(analysis, piece.end)):
        if (
            relation_of(analysis, word) == "conj"
            and head_of(analysis, word) == verb
            and not any(relation.startswith("nsubj") for _, relation in children(analysis, word))
            and _is_cue(analysis.word(word).lower(), lexicon)
        ):
            joined = [
                c for c, relation in children(analysis, word) if relation == "cc" and c < word
            ]
            end = analysis.words[min(joined) if joined else word][0]
            if end > piece.start + 1:
                return Span(piece.start, end)
    return piece


def _is_cue(form: str, lexicon: CueLexicon) -> bool:
    return any(
        entry.pos == "verb" and entry.counts is not Counts.NEVER for entry in lexicon.starting(form)
    )


# --------------------------------------------------------------------------------------- sources


def _mend_source(draft: Draft) -> None:
    """No source for "it was reported"; for a relative pronoun whom it stands for."""
    if draft.source is None:
        return
    analysis = draft.analysis
    name = draft.source.words(analysis.text).lower()
    verb = head_word(analysis, *draft.cue)
    below = {relation: child for child, relation in children(analysis, verb)}
    if name == "it" and ("aux:pass" in below or "expl" in below):
        draft.source = None
        draft.probabilities.pop("source", None)
    elif name in _RELATIVE:
        draft.source = _spoken_by(draft, verb, below.get("nsubj"))


def _complete_source(draft: Draft) -> None:
    """Give a source the "by" or "of" phrase that says whose it is: "a tally | by the Post"."""
    if draft.source is None:
        return
    analysis = draft.analysis
    first, end = _number(analysis, draft.source.start), _number(analysis, draft.source.end)
    if end >= len(analysis.words) or analysis.word(end).lower() not in _WHOSE:
        return
    owners = [
        child
        for word in range(first, end)
        for child, relation in children(analysis, word)
        if relation.startswith("nmod") and end < child <= end + _LONGEST_OWNER
    ]
    if not owners:
        return
    owner = min(owners)
    whole = Span(draft.source.start, phrase(analysis, owner, without=("acl",)).end)
    if not any(whole.overlaps(taken) for taken in (draft.cue_span, *draft.content)):
        draft.source = whole


def _part_source_from_cue(draft: Draft) -> None:
    """Take a subject out of a cue: "Said one prisoner:" names who said."""
    analysis = draft.analysis
    first, end = draft.cue
    if draft.source is not None or end - first < 2 or analysis.upos[first] != "VERB":
        return
    below = {relation: child for child, relation in children(analysis, first)}
    subject = below.get("nsubj")
    if subject is not None and first < subject < end:
        draft.source = phrase(analysis, subject)
        draft.cue = (first, first + 1)


def _spoken_by(draft: Draft, verb: int, subject: int | None) -> Span | None:
    analysis = draft.analysis
    if subject is not None and analysis.word(subject).lower() not in _RELATIVE:
        return phrase(analysis, subject)
    if relation_of(analysis, verb) == "acl:relcl":
        noun = phrase(analysis, head_of(analysis, verb), without=("acl", "appos"))
        if not noun.overlaps(draft.cue_span):
            return noun
    return draft.source


# -------------------------------------------------------------------------------------- contents


def _resume_content(draft: Draft) -> None:
    """Go on behind an attribution that stands inside its clause.

    "The grenade, investigators said, was thrown": the first piece has no verb, and behind the
    attribution the clause goes on with one.
    """
    analysis = draft.analysis
    if len(draft.content) != 1:
        return
    piece = draft.content[0]
    cue = draft.cue_span
    source = draft.source or cue
    if piece.end > min(cue.start, source.start) or _has_verb(analysis, piece):
        return
    after = _number(analysis, max(cue.end, source.end))
    sentence = analysis.sentences[analysis.sentence_of[draft.cue[0]]]
    while after < sentence.end and analysis.upos[after] in ("PUNCT", "ADV"):
        after += 1
    if after >= sentence.end or analysis.upos[after] not in ("VERB", "AUX", "PART"):
        return
    end = _clause_end(analysis, range(after, sentence.end))
    rest = analysis.span(after, end)
    if _is_relative_only(analysis, piece):
        draft.content = (rest,)
    else:
        draft.content = (piece, rest)


def _end_before_objection(draft: Draft) -> None:
    """End a content before the writer's own ", but": "he said the strikes had ended, but ...".

    Where an unquoted content without "that" stands behind its cue and ", but" goes on with a
    subject of its own, annotators of PolNeAR train end it there in 88 of 105 sentences; where it
    begins with "that", in 7 of 18, so there the model decides.
    """
    analysis = draft.analysis
    if len(draft.content) != 1 or draft.content[0].start < draft.cue_span.end:
        return
    piece = draft.content[0]
    first, end = _number(analysis, piece.start), _number(analysis, piece.end)
    words = [analysis.word(word).lower() for word in range(first, end)]
    if not words or words[0] == "that" or any(mark in QUOTES for mark in words):
        return
    for at in range(2, len(words) - 1):
        if words[at - 1 : at + 1] == [",", "but"] and _has_own_subject(analysis, first + at):
            draft.content = (Span(piece.start, analysis.words[first + at - 2][1]),)
            return


def _has_own_subject(analysis: Analysis, conjunction: int) -> bool:
    """Whether the clause that a conjunction begins has a subject of its own."""
    verb = head_of(analysis, conjunction)
    return any(
        relation.startswith("nsubj") and conjunction < child < verb
        for child, relation in children(analysis, verb)
    )


def _has_verb(analysis: Analysis, piece: Span) -> bool:
    first, end = _number(analysis, piece.start), _number(analysis, piece.end)
    return any(upos in ("VERB", "AUX") for upos in analysis.upos[first:end])


def _is_relative_only(analysis: Analysis, piece: Span) -> bool:
    return piece.words(analysis.text).lower() in _RELATIVE


def _clause_end(analysis: Analysis, words: Sequence[int]) -> int:
    """One past the last word of a clause that ends with its sentence, without the stop."""
    end = words[-1] + 1
    while end > words[0] + 1 and analysis.upos[end - 1] == "PUNCT":
        end -= 1
    return end
