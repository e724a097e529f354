"""Arguments of events as mentions: which phrase each is, and what its events tell about it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from allegata.encoder import Analysis
from allegata.mentions.describing import ABSTRACT, Describer, Setting
from allegata.mentions.heads import Sort, make_plural
from allegata.mentions.mention import Article, Form, Mention
from allegata.mentions.names import fold
from allegata.mentions.participant_nouns import ParticipantNouns
from allegata.mentions.phrases import Phrase
from allegata.mentions.pronouns import PRONOUNS
from allegata.types import Argument, EntityType, Event, EventKind, Role, Span

__all__ = ["Part", "collect_parts"]

_NOUNS = ("NOUN", "PROPN")
_ROLES = (Role.ACTOR, Role.TARGET, Role.INSTRUMENT)
_SUFFERED = (
    EventKind.KILLING, EventKind.HARM, EventKind.TORTURE, EventKind.ABDUCTION,
    EventKind.DETENTION, EventKind.DISPLACEMENT,
)  # fmt: skip
_SHORT = 2
_PLAIN = frozenset(("the", "and", "near", "city", "town", "village"))
"""Words that many places share."""


@dataclass(frozen=True, slots=True)
class Part:
    """An argument as a mention.

    Attributes:
        mention: The phrase that it is.
        numbers: Folded numbers in it.
        is_victim: Whether it suffers an event that befalls some of a kind, never all of it.
        places: Folded words of the places of its events.
    """

    mention: Mention
    numbers: frozenset[str] = frozenset()
    is_victim: bool = False
    places: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Told:
    """What events tell about some words."""

    is_victim: bool = False
    places: set[str] = field(default_factory=set)


def collect_parts(
    describer: Describer, nouns: ParticipantNouns, events: Sequence[Event]
) -> list[Part]:
    """The actors, targets and instruments of events, each once, in order of the text.

    Args:
        describer: Holds the analysis, and describes by the nouns of participants.
        nouns: Tells nouns of amount from others.
        events: With arguments as spans.

    Returns:
        Without words that refer to nothing by themselves: numbers, adjectives that are no names.
    """
    told: dict[Span, _Told] = {}
    for event in events:
        _tell(describer.analysis.text, event, told)
    finder = _Phrases(describer, nouns, [event.trigger for event in events])
    found: dict[int, Part] = {}
    for span in sorted(told):
        mention = finder.mention(span)
        if mention is not None and mention.head not in found:
            found[mention.head] = Part(
                mention,
                frozenset(finder.numbers(mention)),
                told[span].is_victim,
                frozenset(told[span].places),
            )
    return list(found.values())


def _tell(text: str, event: Event, told: dict[Span, _Told]) -> None:
    places = {word for one in event.arguments for word in _words_of_place(text, one)}
    for argument in event.arguments:
        if argument.role in _ROLES and argument.entity is None:
            known = told.setdefault(argument.span, _Told())
            known.places |= places
            if argument.role is Role.TARGET and event.kind in _SUFFERED:
                known.is_victim = True


def _words_of_place(text: str, argument: Argument) -> Iterator[str]:
    if argument.role is Role.PLACE:
        words = map(fold, argument.span.words(text).split())
        yield from (word for word in words if len(word) > _SHORT and word not in _PLAIN)


class _Phrases:
    """Finds the phrase of a span."""

    def __init__(
        self, describer: Describer, nouns: ParticipantNouns, triggers: Sequence[Span]
    ) -> None:
        self._describer = describer
        self._nouns = nouns
        self._starts = [start for start, _ in describer.analysis.words]
        self._triggers = {trigger.start for trigger in triggers}
        self._phrases: list[Phrase] = []

    @property
    def _analysis(self) -> Analysis:
        return self._describer.analysis

    def mention(self, span: Span) -> Mention | None:
        """The mention that an argument is, or None."""
        first, end = self._words(span)
        if first >= end:
            return None
        pronoun = self._pronoun(first, end)
        if pronoun is not None:
            return pronoun
        phrase = next((one for one in self._near(first) if first < one.core <= end), None)
        if phrase is None:
            return self._outside_phrases(first, end)
        if self._joins(phrase, end):
            return self._joint(phrase, end)
        mention = self._of_amount(phrase) or self._describe(phrase)
        if not self._may_take_part(mention):
            return None
        # "more than 60 children": the phrase begins with the number
        start = min(first, mention.first)
        return replace(mention, first=start, span=self._analysis.span(start, mention.end))

    def numbers(self, mention: Mention) -> Iterator[str]:
        """The numbers in a mention up to its head."""
        for word in range(mention.first, mention.head + 1):
            if self._analysis.upos[word] == "NUM":
                yield fold(self._analysis.word(word))

    def _words(self, span: Span) -> tuple[int, int]:
        first = max(0, bisect_right(self._starts, span.start) - 1)
        if self._starts and self._analysis.words[first][1] <= span.start:
            first += 1
        return first, bisect_left(self._starts, span.end)

    def _near(self, word: int) -> list[Phrase]:
        self._phrases = self._describer.phrases(self._analysis.sentence_of[word])
        return self._phrases

    def _describe(self, phrase: Phrase) -> Mention:
        return self._describer.describe(phrase, Setting())

    def _pronoun(self, first: int, end: int) -> Mention | None:
        if end - first > 1 or self._analysis.word(first).lower() not in PRONOUNS:
            return None
        if self._analysis.upos[first] not in ("PRON", "DET"):
            return None
        return Mention(
            self._analysis.span(first, end), first, end, first,
            self._analysis.sentence_of[first], Form.PRONOUN,
        )  # fmt: skip

    def _may_take_part(self, mention: Mention) -> bool:
        """Whether it is somebody or something, and no deed, idea or part of a body."""
        word = self._analysis.word(mention.head).lower()
        if word in self._nouns.bodily:
            return False
        if mention.form is Form.NAME or any(one.head for one in mention.descriptions):
            return True
        return not word.endswith(ABSTRACT) and self._starts[mention.head] not in self._triggers

    def _outside_phrases(self, first: int, end: int) -> Mention | None:
        """Words that end no noun phrase: those before its noun, or such as were misread."""
        around = next((one for one in self._near(first) if one.first <= first < one.core), None)
        if around is None:
            return self._misread(first, end)
        return None if self._is_whose(end, around.core) else self._modifier(first, end)

    def _misread(self, first: int, end: int) -> Mention | None:
        """Words that end in a noun of the table although it was not taken for one."""
        words = [self._analysis.word(word) for word in range(first, end)]
        phrase = Phrase(first, end, end)
        if words[-1].lower() in self._nouns.amounts:
            behind = next((one for one in self._phrases if one.first == end + 1), None)
            joined = behind is not None and self._analysis.word(end).lower() == "of"
            return self._of_amount(Phrase(first, end, behind.end)) if behind and joined else None
        if self._nouns.lexicon.find(words) is None:
            return None
        mention = self._describe(phrase)
        return mention if mention.form is Form.DESCRIPTION else None

    def _modifier(self, first: int, end: int) -> Mention | None:
        """Words before the noun of their phrase: "army" of "army helicopters", "Estonian fire".

        In "Estonian army" the Estonian is no part of its own.
        """
        mention = self._describe(Phrase(first, end, end))
        if mention.form is Form.NAME:
            hyphened = any(self._analysis.word(word) == "-" for word in range(first, end))
            return mention if mention.is_known and not hyphened else None
        head = mention.descriptions[0].head
        if head is None:
            return None
        if head.is_human:
            return self._all_of(mention)
        if self._analysis.upos[end - 1] not in _NOUNS:
            return None
        is_body = head.sort is Sort.BODY
        return replace(mention, article=Article.DEFINITE if is_body else Article.BARE)

    def _all_of(self, mention: Mention) -> Mention | None:
        """Those whom a singular before a noun stands for: "rebel mortars" are those of rebels."""
        noun = make_plural(self._analysis.word(mention.head).lower())
        head = self._nouns.lexicon.find([noun])
        if head is None:
            return None
        if head.type is not EntityType.ARMED_GROUP and self._upos(mention) not in _NOUNS:
            return None  # "official", "local" and "civilian" are adjectives as well
        description = replace(mention.descriptions[0], head=head, word=fold(noun))
        return replace(
            mention, descriptions=(description,), type=head.type, plural=True, gender=None,
            article=Article.BARE,
        )  # fmt: skip

    def _upos(self, mention: Mention) -> str:
        return self._analysis.upos[mention.head]

    def _is_whose(self, first: int, core: int) -> bool:
        """Whether words go on as the name of a body or of people."""
        heads = (
            self._nouns.lexicon.find([self._analysis.word(word)]) for word in range(first, core)
        )
        return any(head is not None and head.sort is not Sort.THING for head in heads)

    def _joins(self, phrase: Phrase, end: int) -> bool:
        """Whether an argument joins several, by "and" or, as headlines do, by nothing."""
        beside = any(one.first == phrase.end and one.core <= end for one in self._phrases)
        amount = self._analysis.word(phrase.core - 1).lower() in self._nouns.amounts
        return "CCONJ" in self._analysis.upos[phrase.core : end] or (beside and not amount)

    def _joint(self, phrase: Phrase, end: int) -> Mention:
        """Several as one: without a noun of their own, so that nothing else is taken for them."""
        mention = self._describe(phrase)
        return replace(
            mention, span=self._analysis.span(phrase.first, end), end=end, form=Form.DESCRIPTION,
            title=None, name=(), descriptions=(), plural=True, gender=None, is_joint=True,
            type=None if mention.is_human else mention.type, article=Article.NEW,
        )  # fmt: skip

    def _of_amount(self, phrase: Phrase) -> Mention | None:
        """What "dozens of people" are: people, but never people known before."""
        analysis = self._analysis
        if analysis.word(phrase.core - 1).lower() not in self._nouns.amounts:
            return None
        # "dozens of people", "half the people"
        inner = next((one for one in self._phrases if one.first >= phrase.core), None)
        if inner is None or inner.first > max(phrase.core, phrase.end - 1):
            return None
        end = max(phrase.end, inner.core)
        return replace(
            self._describe(inner), span=analysis.span(phrase.first, end), first=phrase.first,
            end=end, head=phrase.core - 1, article=Article.NEW, form=Form.DESCRIPTION,
            title=None, name=(), is_place=False,
        )  # fmt: skip
