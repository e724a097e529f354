"""The mentions of a document: sources of claims, names, and what may be meant by a pronoun."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from allegata.encoder import Analysis, Name
from allegata.mentions.appositions import find_apposition, join_apposition
from allegata.mentions.describing import Describer
from allegata.mentions.mention import Article, Form, Mention
from allegata.mentions.phrases import Phrase, find_phrases
from allegata.mentions.pronouns import PRONOUNS
from allegata.types import Claim, EntityType, Span

__all__ = ["collect_mentions", "find_levels", "known_words"]

_VERBS = ("VERB", "AUX")
_QUOTES = frozenset("\"“”„«»'‘’")


def known_words(analysis: Analysis) -> dict[int, Name]:
    """The named entity that each word stands in."""
    return {word: name for name in analysis.names for word in range(name.first, name.end)}


def find_levels(analysis: Analysis, claims: Sequence[Claim]) -> list[str]:
    """The innermost claim that each word stands in the content of."""
    levels = ["c0"] * len(analysis.words)
    starts = [start for start, _ in analysis.words]
    pieces = [(len(piece), piece, claim.id) for claim in claims for piece in claim.content]
    for _, piece, claim_id in sorted(pieces, key=lambda found: -found[0]):
        first, end = bisect_left(starts, piece.start), bisect_left(starts, piece.end)
        levels[first:end] = [claim_id] * (end - first)
    return levels


def collect_mentions(describer: Describer, claims: Sequence[Claim]) -> list[Mention]:
    """Collect everything that may be an entity or stand for one.

    Args:
        describer: Holds the analysis.
        claims: Their sources are mentions, whatever they look like.

    Returns:
        In order of the text, larger ones before the smaller ones inside them. A source that
        several claims share is one mention.
    """
    analysis = describer.analysis
    levels = find_levels(analysis, claims)
    sources = _sources(analysis, claims)
    mentions: list[Mention] = []
    at = 0
    for sentence in analysis.sentences:
        here = []
        while at < len(sources) and sources[at][0] < sentence.end:
            here.append(sources[at])
            at += 1
        phrases = find_phrases(analysis, sentence.first, sentence.end)
        found = sorted(
            _in_sentence(describer, phrases, here), key=lambda one: (one.first, -one.end)
        )
        mentions.extend(_join(analysis, found))
    return [_at_level(mention, levels) for mention in mentions if _may_matter(mention)]


def _sources(
    analysis: Analysis, claims: Sequence[Claim]
) -> list[tuple[int, int, Span, tuple[Claim, ...]]]:
    """First and last words of sources, with their claims, in order of the text."""
    spoken: dict[Span, list[Claim]] = {}
    for claim in claims:
        if claim.source is not None:
            spoken.setdefault(claim.source, []).append(claim)
    starts = [start for start, _ in analysis.words]
    found = []
    for span, theirs in spoken.items():
        first = max(0, bisect_right(starts, span.start) - 1)
        if analysis.words and analysis.words[first][1] <= span.start:
            first += 1
        end = bisect_left(starts, span.end)
        if first < end:
            found.append((first, end, span, tuple(theirs)))
    return sorted(found, key=lambda one: (one[0], -one[1]))


def _in_sentence(
    describer: Describer,
    phrases: Sequence[Phrase],
    sources: Iterable[tuple[int, int, Span, tuple[Claim, ...]]],
) -> Iterator[Mention]:
    taken: set[Phrase] = set()
    for first, end, span, claims in sources:
        pronoun = _pronoun(describer.analysis, first, end)
        if pronoun is not None:
            mention = pronoun
        else:
            phrase = _phrase_of(phrases, first, end)
            mention = _of_source(describer, phrase or Phrase(first, end, end), end)
            if phrase is not None and not mention.is_joint:
                taken.add(phrase)
        yield replace(
            mention, span=span, first=first, end=end, claims=claims, subject=True, embedded=False
        )
    for phrase in phrases:
        if phrase not in taken:
            mention = describer.describe(phrase)
            yield replace(mention, subject=_is_subject(describer.analysis, phrase))


def _pronoun(analysis: Analysis, first: int, end: int) -> Mention | None:
    words = [word for word in range(first, end) if analysis.word(word) not in _QUOTES]
    if len(words) != 1 or not _is_pronoun(analysis, words[0]):
        return None
    word = words[0]
    span = analysis.span(first, end)
    return Mention(span, first, end, word, analysis.sentence_of[word], Form.PRONOUN)


def _is_pronoun(analysis: Analysis, word: int) -> bool:
    return analysis.word(word).lower() in PRONOUNS or analysis.upos[word] == "PRON"


def _phrase_of(phrases: Sequence[Phrase], first: int, end: int) -> Phrase | None:
    """The phrase that a source is: the first one whose head the source holds."""
    for phrase in phrases:
        if first <= phrase.core - 1 < end:
            return phrase
    return None


def _of_source(describer: Describer, phrase: Phrase, end: int) -> Mention:
    mention = describer.describe(phrase)
    analysis = describer.analysis
    after = phrase.end
    if after < end and analysis.upos[after] == "CCONJ" and not mention.is_human:
        return _joint(mention)
    if after < end and analysis.upos[after] == "CCONJ" and after + 1 < end:
        return _joint(mention)
    return mention


def _joint(mention: Mention) -> Mention:
    """Several joined by "and": no name of its own, and never one human."""
    kind = None if mention.type is EntityType.PERSON else mention.type
    return replace(
        mention, form=Form.DESCRIPTION, title=None, name=(), descriptions=(), type=kind,
        plural=True, gender=None, is_joint=True, is_place=False, article=Article.NEW,
    )  # fmt: skip


def _is_subject(analysis: Analysis, phrase: Phrase) -> bool:
    """Whether a phrase stands where subjects stand: before a verb and after none."""
    if phrase.embedded:
        return False
    sentence = analysis.sentences[analysis.sentence_of[phrase.first]]
    before = phrase.first - 1
    if before >= sentence.first and analysis.upos[before] in ("ADP", *_VERBS, "PART"):
        return False
    after = phrase.end
    while after < sentence.end and analysis.upos[after] == "ADV":
        after += 1
    opens = all(analysis.upos[word] == "PUNCT" for word in range(sentence.first, phrase.first))
    return opens or (after < sentence.end and analysis.upos[after] in _VERBS)


def _join(analysis: Analysis, found: Sequence[Mention]) -> Iterator[Mention]:
    """Mentions with the two halves of each apposition joined."""
    gone: set[int] = set()
    for number, mention in enumerate(found):
        if number in gone:
            continue
        yield _joined(analysis, found, number, gone)


def _joined(
    analysis: Analysis, found: Sequence[Mention], number: int, gone: set[int]
) -> Mention:
    mention = found[number]
    outer = _without_tail(analysis, found, mention, number)
    other = find_apposition(analysis, outer, found[number + 1 :])
    if other is None:
        return mention
    gone.add(found.index(other, number + 1))
    whole = join_apposition(mention, other)
    if other.claims:
        return replace(
            whole, span=other.span, first=other.first, end=other.end, claims=other.claims,
            subject=True,
        )  # fmt: skip
    return whole


def _without_tail(
    analysis: Analysis, found: Sequence[Mention], mention: Mention, number: int
) -> Mention:
    """A source cut before the comma inside it, so that its own second half is seen."""
    if not mention.claims or mention.form is Form.PRONOUN:
        return mention
    commas = [
        word
        for word in range(mention.first + 1, mention.end - 1)
        if analysis.word(word) == "," and any(
            other.first == word + 1 and _is_half(mention, other) for other in found[number + 1 :]
        )
    ]
    return replace(mention, end=commas[-1]) if commas else mention


def _is_half(mention: Mention, other: Mention) -> bool:
    return not other.embedded and (mention.form is Form.NAME) != (other.form is Form.NAME)


def _may_matter(mention: Mention) -> bool:
    """Whether a mention may be an entity, or what a later source stands for."""
    if mention.claims or mention.name or mention.subject:
        return True
    return any(one.head is not None for one in mention.descriptions)


def _at_level(mention: Mention, levels: Mapping[int, str] | Sequence[str]) -> Mention:
    if mention.claims:
        return replace(mention, level=mention.claims[0].parent or "c0")
    return replace(mention, level=levels[mention.head])
