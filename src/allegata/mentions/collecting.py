"""The mentions of a document: sources of claims, names, and what may be meant by a pronoun."""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from allegata.encoder import Analysis, Name, Sentence
from allegata.mentions.appositions import find_apposition, join_apposition
from allegata.mentions.describing import Describer, Setting
from allegata.mentions.mention import Article, Form, Mention
from allegata.mentions.names import fold
from allegata.mentions.phrases import Phrase
from allegata.mentions.pronouns import PRONOUNS, TRACKED
from allegata.types import Claim, EntityType, Span

__all__ = ["capital_words", "collect_mentions", "find_levels", "known_words"]

_VERBS = ("VERB", "AUX")
_BESIDE = frozenset(("all", "both", "each", "also", *"\"“”„«»'‘’"))


def known_words(analysis: Analysis) -> dict[int, Name]:
    """The named entity that each word stands in."""
    return {word: name for name in analysis.names for word in range(name.first, name.end)}


def capital_words(analysis: Analysis) -> frozenset[str]:
    """Folded words with a capital that do not open a sentence: names, most likely."""
    return frozenset(
        fold(analysis.word(word))
        for sentence in analysis.sentences
        for word in range(sentence.first + 1, sentence.end)
        if analysis.upos[word] == "PROPN" and analysis.upos[word - 1] != "PUNCT"
    )


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
    sources = deque(_sources(analysis, claims))
    mentions: list[Mention] = []
    for number, sentence in enumerate(analysis.sentences):
        here = []
        while sources and sources[0].first < sentence.end:
            here.append(sources.popleft())
        phrases = describer.phrases(number)
        found = [*_in_sentence(describer, sentence, phrases, here, levels)]
        found.sort(key=lambda one: (one.first, -one.end))
        mentions.extend(_join(analysis, found))
    return mentions


@dataclass(frozen=True, slots=True)
class _Source:
    """The source of some claims, by the numbers of its words."""

    first: int
    end: int
    span: Span
    claims: tuple[Claim, ...]


def _sources(analysis: Analysis, claims: Sequence[Claim]) -> list[_Source]:
    """The sources of all claims, in order of the text."""
    spoken: dict[Span, list[Claim]] = {}
    for claim in claims:
        if claim.source is not None:
            spoken.setdefault(claim.source, []).append(claim)
    starts = [start for start, _ in analysis.words]
    found = []
    for span, theirs in spoken.items():
        first = max(0, bisect_right(starts, span.start) - 1)
        if starts and analysis.words[first][1] <= span.start:
            first += 1
        end = bisect_left(starts, span.end)
        if first < end:
            found.append(_Source(first, end, span, tuple(theirs)))
    return sorted(found, key=lambda one: (one.first, -one.end))


def _in_sentence(
    describer: Describer,
    sentence: Sentence,
    phrases: Sequence[Phrase],
    sources: Sequence[_Source],
    levels: Sequence[str],
) -> Iterator[Mention]:
    analysis = describer.analysis
    taken: set[Phrase] = set()
    for source in sources:
        pronoun = _pronoun(analysis, source)
        if pronoun is not None:
            yield pronoun
            continue
        phrase = _phrase_of(phrases, source)
        mention = _of_source(describer, phrase, source)
        if not mention.is_joint:
            taken.update(one for one in phrases if _is_core_of(one, phrase))
        yield mention
    yield from _silent_pronouns(describer, sentence, sources, levels)
    for phrase in phrases:
        if phrase in taken:
            continue
        subject = _is_subject(analysis, phrase)
        if describer.may_matter(phrase, subject=subject):
            setting = Setting(subject=subject, level=levels[phrase.core - 1])
            yield describer.describe(phrase, setting)


def _pronoun(analysis: Analysis, source: _Source) -> Mention | None:
    """A source that is nothing but a pronoun."""
    numbers = range(source.first, source.end)
    words = [at for at in numbers if analysis.word(at).lower() not in _BESIDE]
    words = words or [at for at in numbers if analysis.word(at).lower() in PRONOUNS]
    if len(words) != 1 or not _is_pronoun(analysis, words[0]):
        return None
    return Mention(
        source.span, source.first, source.end, words[0], analysis.sentence_of[words[0]],
        Form.PRONOUN, subject=True, claims=source.claims, level=source.claims[0].parent or "c0",
    )  # fmt: skip


def _silent_pronouns(
    describer: Describer, sentence: Sentence, sources: Sequence[_Source], levels: Sequence[str]
) -> Iterator[Mention]:
    """Pronouns that are no sources: they keep in mind whom they stand for."""
    analysis = describer.analysis
    spoken = {word for source in sources for word in range(source.first, source.end)}
    for word in range(sentence.first, sentence.end):
        text = analysis.word(word).lower()
        if text not in TRACKED or word in spoken or analysis.upos[word] not in ("PRON", "DET"):
            continue
        yield Mention(
            analysis.span(word, word + 1), word, word + 1, word, analysis.sentence_of[word],
            Form.PRONOUN, subject=text != "him", level=levels[word],
        )  # fmt: skip


def _is_pronoun(analysis: Analysis, word: int) -> bool:
    text = analysis.word(word)
    if len(text) > 1 and text.isupper():
        return False  # the organisations WHO and IT
    return text.lower() in PRONOUNS or analysis.upos[word] == "PRON"


def _phrase_of(phrases: Sequence[Phrase], source: _Source) -> Phrase:
    """The phrase that a source is: the first one whose head the source holds, or all its words."""
    found: Phrase | None = None
    for phrase in phrases:
        if found is None and source.first <= phrase.core - 1 < source.end:
            found = phrase
        elif found is not None and phrase.first == found.end == found.core < source.end:
            found = Phrase(found.first, phrase.core, phrase.end)
    return found or Phrase(source.first, source.end, source.end)


def _is_core_of(one: Phrase, whole: Phrase) -> bool:
    """Whether a phrase is the whole one or one that was joined into it."""
    inside = whole.first <= one.first and one.core <= whole.core
    return inside and not one.embedded


def _of_source(describer: Describer, phrase: Phrase, source: _Source) -> Mention:
    setting = Setting(
        source.span, source.first, source.end, subject=True, claims=source.claims,
        level=source.claims[0].parent or "c0",
    )  # fmt: skip
    mention = describer.describe(phrase, setting)
    after = phrase.end
    joins = after + 1 < source.end and describer.analysis.upos[after] == "CCONJ"
    return _joint(mention) if joins else mention


def _joint(mention: Mention) -> Mention:
    """Several joined by "and": no name of its own, and never one human."""
    kind = None if mention.type is EntityType.PERSON else mention.type
    return replace(
        mention, form=Form.DESCRIPTION, title=None, name=(), descriptions=(), type=kind,
        plural=True, gender=None, is_joint=True, is_place=False, article=Article.NEW,
    )  # fmt: skip


def _is_subject(analysis: Analysis, phrase: Phrase) -> bool:
    """Whether a phrase stands where subjects stand: first, or right before a verb."""
    sentence = analysis.sentences[analysis.sentence_of[phrase.first]]
    before = phrase.first - 1
    if phrase.embedded or (before >= sentence.first and analysis.upos[before] in ("ADP", "PART")):
        return False
    after = phrase.end
    while after < sentence.end and analysis.upos[after] == "ADV":
        after += 1
    if after < sentence.end and analysis.upos[after] in _VERBS:
        # "he left the town burning": what follows an object is no verb of its own
        return not analysis.word(after).endswith("ing") or before < sentence.first
    return all(analysis.upos[word] == "PUNCT" for word in range(sentence.first, phrase.first))


def _join(analysis: Analysis, found: Sequence[Mention]) -> Iterator[Mention]:
    """Mentions with the two halves of each apposition joined."""
    gone: set[int] = set()
    for number in range(len(found)):
        if number not in gone:
            yield _joined(analysis, found, number, gone)


def _joined(analysis: Analysis, found: Sequence[Mention], number: int, gone: set[int]) -> Mention:
    mention = found[number]
    outer = _without_tail(analysis, found, mention, number)
    other = find_apposition(analysis, outer, found[number + 1 :])
    if other is None or (mention.claims and other.claims):
        return mention
    gone.add(found.index(other, number + 1))
    whole = join_apposition(analysis, mention, other)
    source = mention if mention.claims else other
    if not source.claims:
        return whole
    return replace(
        whole, span=source.span, first=source.first, end=source.end, claims=source.claims,
        subject=True, level=source.level,
    )  # fmt: skip


def _without_tail(
    analysis: Analysis, found: Sequence[Mention], mention: Mention, number: int
) -> Mention:
    """A source cut before the comma inside it, so that its own second half is seen."""
    if not mention.claims or mention.form is Form.PRONOUN:
        return mention
    commas = [
        word
        for word in range(mention.first + 1, mention.end - 1)
        if analysis.word(word) == ","
        and any(
            other.first == word + 1 and _is_half(mention, other) for other in found[number + 1 :]
        )
    ]
    return replace(mention, end=commas[-1]) if commas else mention


def _is_half(mention: Mention, other: Mention) -> bool:
    return not other.embedded and (mention.form is Form.NAME) != (other.form is Form.NAME)
