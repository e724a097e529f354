"""From noun phrases to mentions: name or description, of what sort, one or many."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from allegata.encoder import Analysis, Name
from allegata.mentions.heads import AGENTS, Gender, Head, HeadLexicon, Sort
from allegata.mentions.mention import Article, Description, Form, Mention
from allegata.mentions.names import fold
from allegata.mentions.phrases import (
    PARTICLES,
    Phrase,
    find_phrases,
    is_capital,
    is_glued,
    is_possessive,
)
from allegata.types import Claim, EntityType, Span

__all__ = ["ABSTRACT", "Describer", "Setting"]

_NOUNS = ("NOUN", "PROPN")
_SKIPPED = ("DET", "ADP", "CCONJ", "SCONJ", "PUNCT", "PART", "SYM", "AUX")
_OWN = frozenset(("my", "your", "his", "her", "its", "our", "their"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both"))
_SOME = frozenset(("some", "many", "few", "several", "most", "one"))
_HYPHENED = (
    "based", "backed", "linked", "led", "run", "held", "controlled", "affiliated", "aligned",
)  # fmt: skip
ABSTRACT = (
    "tion", "tions", "sion", "sions", "ment", "ments", "ness", "ity", "ities", "ing", "ings",
    "ance", "ence", "ances", "ences", "age", "ism", "ure", "ures", "sis", "logy", "ship", "th",
    "day", "days", "time", "times", "year", "years", "month", "months", "week", "weeks", "thing",
    "things",
)  # fmt: skip
"""How nouns end that mostly stand for nobody and nothing that can be touched."""
_TYPES = {"per": EntityType.PERSON, "org": EntityType.ORGANISATION}


@dataclass(frozen=True, slots=True)
class Setting:
    """What the surroundings of a noun phrase tell about it as a mention.

    Attributes:
        span: Its characters, where they are not those of the phrase: of a source as it was read.
        first: Its first word, where that is not the phrase's.
        end: One past its last word, where that is not the phrase's.
        subject: Whether it is the subject of its clause.
        claims: The claims whose source it is.
        level: Id of the innermost claim that it stands inside.
    """

    span: Span | None = None
    first: int | None = None
    end: int | None = None
    subject: bool = False
    claims: tuple[Claim, ...] = ()
    level: str = "c0"


@dataclass(frozen=True, slots=True)
class _Told:
    """A phrase with what is known before its words are looked at."""

    phrase: Phrase
    setting: Setting
    article: Article


@dataclass(frozen=True)
class Describer:
    """Tells what noun phrases of one analysis refer to.

    Attributes:
        analysis: Holds them.
        lexicon: What is known of nouns.
        known: The named entity that each word stands in, by number of the word.
        media: Folded names of media.
        capitals: Folded words that have a capital although they do not open a sentence.
        given_names: What given names tell, folded.
        found: Noun phrases by number of their sentence, filled as they are asked for.
    """

    analysis: Analysis
    lexicon: HeadLexicon
    known: Mapping[int, Name]
    media: frozenset[str]
    capitals: frozenset[str]
    given_names: Mapping[str, Gender]
    found: dict[int, list[Phrase]] = field(default_factory=dict)

    def phrases(self, number: int) -> list[Phrase]:
        """The noun phrases of a sentence, larger ones before the smaller ones inside them."""
        known = self.found.get(number)
        if known is None:
            sentence = self.analysis.sentences[number]
            known = find_phrases(self.analysis, sentence.first, sentence.end)
            self.found[number] = known
        return known

    def describe(self, phrase: Phrase, setting: Setting) -> Mention:
        """Describe a noun phrase.

        Args:
            phrase: Of the analysis.
            setting: What its surroundings tell.
        """
        first = self._past_article(phrase)
        start = self._past_owner(first, phrase.core)
        article = self._article(phrase.first, first)
        told = _Told(phrase, setting, article)
        named = self._name_after_title(start, phrase.core)
        if named is not None:
            return self._titled(told, start, named)
        head = self._find(start, phrase.core)
        if self._is_name(told, head, start):
            return self._named(told, first, start, head)
        return self._described(told, first, start, head)

    def _mention(
        self,
        told: "_Told",
        form: Form,
        descriptions: tuple[Description, ...],
        kind: EntityType | None,
        *,
        title: Span | None = None,
        name: tuple[str, ...] = (),
        plural: bool | None = None,
        gender: Gender | None = None,
        is_place: bool = False,
    ) -> Mention:
        phrase, setting = told.phrase, told.setting
        known = self.known.get(phrase.core - 1)
        end = setting.end or phrase.end
        return Mention(
            span=setting.span or self.analysis.span(phrase.first, end),
            first=setting.first if setting.first is not None else phrase.first,
            end=end,
            head=phrase.core - 1,
            sentence=self.analysis.sentence_of[phrase.first],
            form=form,
            article=told.article,
            title=title,
            name=name,
            descriptions=descriptions,
            type=kind,
            plural=plural,
            gender=gender,
            is_place=is_place,
            is_acronym=len(name) == 1 and self._is_acronym(phrase.core),
            subject=setting.subject,
            embedded=phrase.embedded and not setting.claims,
            claims=setting.claims,
            level=setting.level,
            is_known=known is not None and known.kind != "tim",
        )

    def _titled(self, told: "_Told", start: int, at: int) -> Mention:
        """A noun with a name: "Interior minister Paulo Vidigal", "the newspaper Free Word"."""
        phrase = told.phrase
        head = self._find(start, at)
        noun = at - (head.n_words if head else 1)
        grows = head is not None and not head.is_human and self._goes_on_named(phrase)
        end = phrase.end if grows else phrase.core
        return self._mention(
            told,
            Form.NAME,
            (self._description(head, phrase.first, at, noun),),
            head.type if head else None,
            title=self.analysis.span(at, end),
            name=tuple(self._folded(at, end)),
            plural=False,
            gender=self._gender(start, at) or self._gender_of_name(at, head),
        )

    def _described(self, told: "_Told", first: int, start: int, head: Head | None) -> Mention:
        phrase, core = told.phrase, told.phrase.core
        noun = core - (head.n_words if head else 1)
        apposed = None
        if head and head.apposed and told.article in (Article.DEFINITE, Article.BARE):
            apposed = self._apposed(start, noun)
        behind = self._telling(range(phrase.end, max(phrase.end, told.setting.end or 0)))
        description = replace(
            self._description(head, phrase.first, phrase.end, noun, core),
            around=frozenset(word for word, _ in behind),
        )
        return self._mention(
            told,
            Form.DESCRIPTION if apposed is None else Form.NAME,
            (description,),
            head.type if head else None,
            title=None if apposed is None else self.analysis.span(first, core),
            name=() if apposed is None else tuple(self._folded(apposed, noun)),
            plural=self._is_plural(core, head),
            gender=head.gender if head else None,
        )

    def _named(self, told: "_Told", first: int, start: int, head: Head | None) -> Mention:
        phrase, core = told.phrase, told.phrase.core
        known = self.known.get(core - 1)
        kind = known.kind if known else ""
        if head is not None and head.sort in (Sort.PERSON, Sort.LAND):
            head = None
        end = phrase.end if self._goes_on_named(phrase) else core
        descriptions: tuple[Description, ...] = ()
        if head is not None:
            noun = core - head.n_words
            descriptions = (self._description(head, phrase.first, end, noun, core),)
            start = self._past_small(first, core)
        else:
            start = self._name_start(first, start, core)
            end = max(end, known.end) if known and known.first >= first else end
        words = tuple(self._folded(start, end))
        return self._mention(
            told,
            Form.NAME,
            descriptions,
            self._type_of_name(words, kind, head, core),
            title=self.analysis.span(start, end),
            name=words,
            plural=None if head is None else head.plural,
            gender=self._gender_of_name(start, head) if kind == "per" and len(words) > 1 else None,
            is_place=head is None and kind in ("geo", "gpe"),
        )

    def _name_start(self, first: int, start: int, core: int) -> int:
        """The first word of a name: what stands before it in small letters is no part of it."""
        analysis = self.analysis
        at = core - 1
        lowest = first if start > first and self._owns_as_name(start, core) else start
        while at > lowest and (is_possessive(analysis, at - 1) or self._may_name(at - 1)):
            if analysis.upos[at - 1] == "NUM" or self._is_never(at - 1):
                break
            at -= 1
        while at < core - 1 and not is_capital(analysis, at) and analysis.word(at + 1) != "-":
            at += 1
        return at

    def _past_small(self, first: int, core: int) -> int:
        """The first word with a capital, past "UK-based" and the like."""
        at = first
        while at < core - 1 and (
            not is_capital(self.analysis, at)
            or self._is_never(at)
            or self._is_hyphened(at)
            or self.analysis.word(at) == "-"
        ):
            at += 1
        return at

    def _is_never(self, word: int) -> bool:
        """Whether a word is a day or month, which a name may follow: "in July the"."""
        return self.analysis.word(word).lower() in self.lexicon.never

    def _owns_as_name(self, start: int, core: int) -> bool:
        """Whether an owner is itself a part of the name: "the Lion's Den"."""
        known = self.known.get(core - 1)
        return start - 2 not in self.known if known is None else known.first < start

    def _type_of_name(
        self, words: tuple[str, ...], kind: str, head: Head | None, core: int
    ) -> EntityType | None:
        if "".join(words) in self.media:
            return EntityType.MEDIA
        if head is not None:
            return head.type
        if kind == "per" and len(words) == 1 and self._is_acronym(core):
            return EntityType.ORGANISATION
        if kind == "gpe" and self.analysis.word(core - 1).endswith("s"):
            return EntityType.POPULATION
        if kind in ("geo", "gpe"):
            return EntityType.PLACE
        return _TYPES.get(kind)

    def _is_acronym(self, core: int) -> bool:
        """Whether a name is made of initials, as no human's is."""
        letters = self.analysis.word(core - 1).replace(".", "")
        return len(letters) > 1 and letters.isupper()

    def _is_name(self, told: "_Told", head: Head | None, start: int) -> bool:
        """Whether the head itself is a name, or the last word of one."""
        word = told.phrase.core - 1
        analysis = self.analysis
        if not is_capital(analysis, word):
            return False
        if head is None:
            if word in self.known or not self._opens(word):
                return True
            seen = fold(analysis.word(word)) in self.capitals
            return analysis.upos[word] == "PROPN" and (seen or bool(told.setting.claims))
        if head.is_human:
            return False
        before = word - head.n_words
        if self._opens(before + 1):
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
        return phrase.end > phrase.core and is_capital(self.analysis, phrase.end - 1)

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
        """The first word of a name after "minister", "Dr" or "newspaper"."""
        analysis = self.analysis
        whole = self._find(start, core)
        if whole is not None and not is_capital(analysis, core - 1):
            return None
        for at in range(core - 1, start, -1):
            if not self._may_name(at):
                return None
            head = self._find(start, at)
            if head is None or head.plural:
                continue
            if head.sort is Sort.PERSON and (whole is None or whole.sort is Sort.PERSON):
                return at
            if head.sort is Sort.BODY and not is_capital(analysis, at - 1):
                return at
        return None

    def _may_name(self, word: int) -> bool:
        """Whether a word may stand inside a name, before another word of it."""
        analysis = self.analysis
        text = analysis.word(word).lower()
        if is_capital(analysis, word):
            return True
        if text == "-":
            before = analysis.word(word - 1).lower()
            return before in PARTICLES or is_capital(analysis, word - 1)
        return text in PARTICLES

    def _apposed(self, start: int, end: int) -> int | None:
        """The first word of a name that a noun follows: "Noor" before "news agency"."""
        analysis = self.analysis
        at = end
        while (
            at > start
            and analysis.upos[at - 1] in ("PROPN", "NOUN", "ADJ")
            and (is_capital(analysis, at - 1) and not self._is_adjective(at - 1))
        ):
            at -= 1
        if "PROPN" not in analysis.upos[at:end] and end - 1 not in self.known:
            return None
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

    def _gender_of_name(self, first: int, head: Head | None) -> Gender | None:
        """What a given name tells."""
        if head is not None and head.sort is not Sort.PERSON:
            return None
        return self.given_names.get(fold(self.analysis.word(first)))

    def _article(self, first: int, past: int) -> Article:
        words = [self.analysis.word(word).lower() for word in range(first, past)]
        following = self.analysis.word(past).lower()
        if following in self.lexicon.new or any(word in self.lexicon.new for word in words):
            return Article.NEW
        if any(word in _OWN for word in words):
            return Article.OWN
        if not words or words[0] == "all":
            counted = self.analysis.upos[past] == "NUM" or following in _SOME
            return Article.INDEFINITE if counted and not words else Article.BARE
        return Article.DEFINITE if words[0] in _DEFINITE else Article.INDEFINITE

    def _is_plural(self, core: int, head: Head | None) -> bool | None:
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

    def may_matter(self, phrase: Phrase, *, subject: bool) -> bool:
        """Whether a phrase may name or describe who speaks: other nouns are passed over."""
        word = phrase.core - 1
        known = self.known.get(word)
        if known is not None:
            return known.kind != "tim"
        text = self.analysis.word(word).lower()
        if is_capital(self.analysis, word):
            return text not in self.lexicon.never
        if text.endswith(AGENTS) or (subject and not text.endswith(ABSTRACT)):
            return True
        return self._find(phrase.first, phrase.core) is not None
