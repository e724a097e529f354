"""From noun phrases to mentions: name or description, of what sort, one or many."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from allegata.encoder import Analysis, Name
from allegata.mentions.heads import Gender, Head, HeadLexicon, Sort
from allegata.mentions.mention import Article, Description, Form, Mention
from allegata.mentions.names import fold
from allegata.mentions.phrases import Phrase, is_capital, is_glued, is_possessive
from allegata.types import EntityType, Span

__all__ = ["Describer"]

_NOUNS = ("NOUN", "PROPN")
_SKIPPED = ("DET", "ADP", "CCONJ", "SCONJ", "PUNCT", "PART", "SYM", "AUX")
_OWN = frozenset(("my", "your", "his", "her", "its", "our", "their"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both"))
_BARE = frozenset(("all", "most", "many", "few", "several"))
_HYPHENED = ("based", "backed", "linked", "led", "run", "held", "controlled", "affiliated", "aligned")
_TYPES = {"per": EntityType.PERSON, "org": EntityType.ORGANISATION}


@dataclass(frozen=True)
class Describer:
    """Tells what noun phrases of one analysis refer to.

    Attributes:
        analysis: Holds them.
        lexicon: What is known of nouns.
        known: The named entity that each word stands in, by number of the word.
        media: Folded names of media.
    """

    analysis: Analysis
    lexicon: HeadLexicon
    known: Mapping[int, Name]
    media: frozenset[str]

    def describe(self, phrase: Phrase, *, end: int | None = None) -> Mention:
        """Describe a noun phrase.

        Args:
            phrase: Of the analysis.
            end: One past the last word that the mention shall cover, where it goes on.
        """
        analysis = self.analysis
        first = self._past_article(phrase)
        start = self._past_owner(first, phrase.core)
        titled = self._name_after_title(start, phrase.core)
        name = self.known.get(phrase.core - 1)
        if titled is not None:
            head = self._find(start, titled)
            mention = self._named_human(phrase, titled, head, start)
        else:
            mention = self._plain(phrase, first, start)
        stop = end or phrase.end
        return replace(
            mention,
            span=analysis.span(phrase.first, stop),
            end=stop,
            article=self._article(phrase.first, first),
            embedded=phrase.embedded,
            is_known=name is not None and name.kind != "tim",
        )

    def _named_human(self, phrase: Phrase, at: int, head: Head | None, start: int) -> Mention:
        """ "Interior minister Paulo Vidigal"."""
        description = self._description(head, phrase.first, at, at - (head.n_words if head else 1))
        return self._mention(
            phrase,
            form=Form.NAME,
            title=self.analysis.span(at, phrase.core),
            name=tuple(self._folded(at, phrase.core)),
            descriptions=(description,),
            type=EntityType.PERSON,
            plural=False,
            gender=self._gender(start, at),
        )

    def _plain(self, phrase: Phrase, first: int, start: int) -> Mention:
        core = phrase.core
        head = self._find(start, core)
        if self._is_name(phrase, head, start):
            return self._named(phrase, first, start, head)
        n_words = head.n_words if head else 1
        apposed = self._apposed(start, core - n_words) if head and head.apposed else None
        description = self._description(head, phrase.first, phrase.end, core - n_words, core)
        return self._mention(
            phrase,
            form=Form.DESCRIPTION if apposed is None else Form.NAME,
            title=None if apposed is None else self.analysis.span(first, core),
            name=() if apposed is None else tuple(self._folded(apposed, core - n_words)),
            descriptions=(description,),
            type=head.type if head else None,
            plural=self._is_plural(first, core, head),
            gender=head.gender if head else None,
        )

    def _named(self, phrase: Phrase, first: int, start: int, head: Head | None) -> Mention:
        core = phrase.core
        name = self.known.get(core - 1)
        kind = name.kind if name else ""
        if head is not None and head.sort is Sort.PERSON:
            head = None
        end = phrase.end if self._goes_on_named(phrase) else core
        if head is None and name and name.end > end and name.first >= first:
            end = name.end
        title = self.analysis.span(first if start == first or head else start, end)
        words = tuple(self._folded(start, end))
        is_place = head is None and kind in ("geo", "gpe")
        n_words = head.n_words if head else 1
        descriptions: tuple[Description, ...] = ()
        if head is not None:
            descriptions = (self._description(head, phrase.first, end, core - n_words, core),)
        return self._mention(
            phrase,
            form=Form.NAME,
            title=title,
            name=words,
            descriptions=descriptions,
            type=self._type_of_name(words, kind, head, core),
            plural=None if head is None else head.plural,
            is_place=is_place,
        )

    def _type_of_name(
        self, words: tuple[str, ...], kind: str, head: Head | None, core: int
    ) -> EntityType | None:
        if "".join(words) in self.media:
            return EntityType.MEDIA
        if head is not None:
            return head.type
        if kind == "gpe" and self.analysis.word(core - 1).endswith("s"):
            return EntityType.POPULATION
        if kind in ("geo", "gpe"):
            return EntityType.PLACE
        return _TYPES.get(kind)

    def _mention(self, phrase: Phrase, **told: object) -> Mention:
        sentence = self.analysis.sentence_of[phrase.first]
        span = self.analysis.span(phrase.first, phrase.end)
        return Mention(
            span, phrase.first, phrase.end, phrase.core - 1, sentence, **told  # type: ignore[arg-type]
        )

    def _is_name(self, phrase: Phrase, head: Head | None, start: int) -> bool:
        """Whether the head itself is a name, or the last word of one."""
        word = phrase.core - 1
        analysis = self.analysis
        if not is_capital(analysis, word):
            return False
        if head is None:
            name = self.known.get(word)
            return analysis.upos[word] == "PROPN" or name is not None or not self._opens(word)
        if head.is_human:
            return False
        before = word - head.n_words
        if self._opens(word - head.n_words + 1):
            return False
        if head.sort is not Sort.PERSON or before < start:
            return True
        return is_capital(analysis, before) or not analysis.word(before).isalpha()

    def _opens(self, word: int) -> bool:
        """Whether a word opens its sentence, so that its capital says nothing."""
        analysis = self.analysis
        first = analysis.sentences[analysis.sentence_of[word]].first
        return all(analysis.upos[before] == "PUNCT" for before in range(first, word))

    def _goes_on_named(self, phrase: Phrase) -> bool:
        last = phrase.end - 1
        return phrase.end > phrase.core and is_capital(self.analysis, last)

    def _past_article(self, phrase: Phrase) -> int:
        at = phrase.first
        while at + 1 < phrase.core and (
            self.analysis.upos[at] == "DET" or self.analysis.word(at).lower() in _OWN
        ):
            at += 1
        return at

    def _past_owner(self, first: int, core: int) -> int:
        for word in range(core - 2, first, -1):
            if is_possessive(self.analysis, word):
                return word + 1
        return first

    def _name_after_title(self, start: int, core: int) -> int | None:
        """The first word of a human's name after "minister", "Dr" or "driver"."""
        analysis = self.analysis
        head = self._find(start, core)
        if head is not None and (head.sort is not Sort.PERSON or not is_capital(analysis, core - 1)):
            return None
        for at in range(core - 1, start, -1):
            if not self._may_name(at):
                return None
            head = self._find(start, at)
            if head is not None and head.is_human and at < core:
                return at
        return None

    def _may_name(self, word: int) -> bool:
        analysis = self.analysis
        return (
            is_capital(analysis, word)
            or analysis.word(word) == "-"
            or (is_glued(analysis, word) and analysis.word(word - 1) == "-")
            or (analysis.upos[word] in ("PROPN", "DET", "X", "ADP") and len(analysis.word(word)) <= 3)
        )

    def _apposed(self, start: int, end: int) -> int | None:
        """The first word of a name that a noun follows: "SANA" before "news agency"."""
        analysis = self.analysis
        at = end
        while at > start and analysis.upos[at - 1] in ("PROPN", "NOUN", "ADJ") and (
            is_capital(analysis, at - 1) and not self._is_adjective(at - 1)
        ):
            at -= 1
        if at == end or all(self._is_land(word) for word in range(at, end)):
            return None
        return at

    def _is_adjective(self, word: int) -> bool:
        known = self.known.get(word)
        return known is not None and known.kind == "gpe"

    def _is_land(self, word: int) -> bool:
        known = self.known.get(word)
        return known is not None and known.kind in ("geo", "gpe")

    def _find(self, start: int, end: int) -> Head | None:
        return self.lexicon.find([self.analysis.word(word) for word in range(start, end)])

    def _gender(self, start: int, end: int) -> Gender | None:
        for at in range(start + 1, end + 1):
            head = self._find(start, at)
            if head is not None and head.gender is not None:
                return head.gender
        return None

    def _article(self, first: int, past: int) -> Article:
        words = [self.analysis.word(word).lower() for word in range(first, past)]
        following = self.analysis.word(past).lower()
        if following in self.lexicon.new or any(word in self.lexicon.new for word in words):
            return Article.NEW
        if any(word in _OWN for word in words):
            return Article.OWN
        if not words or words[0] in _BARE:
            return Article.BARE
        return Article.DEFINITE if words[0] in _DEFINITE else Article.INDEFINITE

    def _is_plural(self, first: int, core: int, head: Head | None) -> bool | None:
        if head is not None:
            return head.plural
        word = self.analysis.word(core - 1).lower()
        return word.endswith("s") and not word.endswith(("ss", "us", "is"))

    def _description(
        self, head: Head | None, first: int, end: int, noun: int, noun_end: int | None = None
    ) -> Description:
        """The words from `first` to `end` around the noun."""
        noun_end = noun + (head.n_words if head else 1) if noun_end is None else noun_end
        word = "".join(self._folded(noun, noun_end))
        numbers = [at for at in range(first, end) if not noun <= at < noun_end]
        words = list(self._telling(numbers))
        return Description(
            head,
            word,
            frozenset(folded for folded, _ in words),
            frozenset(folded for folded, capital in words if capital),
        )

    def _telling(self, numbers: Sequence[int]) -> Iterator[tuple[str, bool]]:
        """The words that tell two of a kind apart, folded, and whether they have a capital."""
        analysis = self.analysis
        for at in numbers:
            text = analysis.word(at).lower()
            if analysis.upos[at] in _SKIPPED or text in self.lexicon.light or text in _OWN:
                continue
            if is_possessive(analysis, at) or self._is_hyphened(at):
                continue
            folded = fold(text)
            if folded:
                yield folded, is_capital(analysis, at)

    def _is_hyphened(self, word: int) -> bool:
        """Whether a word belongs to a compound like "UK-based"."""
        analysis = self.analysis
        for last in (word, word + 2):
            if last < len(analysis.words) and analysis.word(last).lower() in _HYPHENED:
                return last > 1 and is_glued(analysis, last) and analysis.word(last - 1) == "-"
        return False

    def _folded(self, first: int, end: int) -> Iterator[str]:
        """Words of a name, what is joined by a hyphen as one."""
        analysis = self.analysis
        joined = ""
        for at in range(first, end):
            if joined and not is_glued(analysis, at):
                yield joined
                joined = ""
            if analysis.upos[at] == "DET" and not joined and not is_capital(analysis, at):
                continue
            if is_possessive(analysis, at):
                continue
            joined += fold(analysis.word(at))
        if joined:
            yield joined
