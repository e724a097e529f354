"""Headlines that lost the colon before their source: "Air strikes kill ten in Zarfa monitor".

Nothing is left of the attribution but the order of words, so the claim has no cue. Trees are of
little use in text like this; what stands before the last phrase decides, by words and parts of
speech: only what can have no such noun behind it lets the phrase stand alone.
"""

from collections.abc import Iterator, Sequence

from allegata.claims.bare_headlines import NOUNS, Headline
from allegata.claims.bare_phrases import BareSort, BareWords, find_bare_phrase
from allegata.claims.drafts import Draft
from allegata.encoder import Analysis

__all__ = ["draft_bare_sources"]

_N_SENTENCES = 3
_FEWEST_WORDS = 3
_AIMS = frozenset("against by with from of to on at between for".split())
_MARKS = frozenset(":;?")
_ONE = frozenset(("one", "1"))
_ON_PEOPLE = frozenset(("killing", "harm"))
"""Kinds of events that no paper undergoes."""

_YEARS = range(1900, 2100)
_APART = frozenset(
    (BareSort.WATCHER, BareSort.NAME, BareSort.OFFICE, BareSort.OUTLET, BareSort.ACCOUNT)
)
_HUMAN = frozenset((BareSort.PERSON, BareSort.PEOPLE))
_UNCOUNTED = frozenset((BareSort.WATCHER, BareSort.OFFICE, BareSort.OUTLET, BareSort.PERSON))
_TELLING = frozenset((BareSort.WATCHER, BareSort.NAME, *_HUMAN))


def draft_bare_sources(
    analysis: Analysis, drafts: Sequence[Draft], words: BareWords
) -> list[Draft]:
    """Drafts of headlines that end in a source with nothing before it.

    A headline is the first sentence, or one of the first without a stop. It must tell an event
    before the source, and have no attribution of its own and no colon.

    Args:
        analysis: Sentences with parts of speech, names and events.
        drafts: What was found already; sentences with a cue of theirs are left alone.
        words: Who speaks without a cue.
    """
    cues = [draft.cue_span for draft in drafts]
    found = []
    for first, end in _headlines(analysis):
        if any(analysis.span(first, end).overlaps(cue) for cue in cues):
            continue
        phrase = find_bare_phrase(analysis, first, end, words)
        if phrase is None or phrase.first - first < _FEWEST_WORDS:
            continue
        if any(analysis.word(word) in _MARKS for word in range(first, phrase.first)):
            continue
        headline = Headline(analysis, words, first, phrase)
        told = headline.tells_event and any(rule(headline) for rule in _RULES)
        if told or _after_time(headline):
            source = analysis.span(phrase.first, end)
            content = (analysis.span(first, phrase.first),)
            found.append(Draft(analysis, (phrase.first, end), source, content, is_bare=True))
    return found


def _headlines(analysis: Analysis) -> Iterator[tuple[int, int]]:
    """First words and ends of headlines, the stop left out."""
    for number, sentence in enumerate(analysis.sentences[:_N_SENTENCES]):
        has_stop = analysis.word(sentence.end - 1) == "."
        if number and has_stop:
            return
        end = sentence.end - has_stop
        if end > sentence.first and analysis.upos[end - 1] != "PUNCT":
            yield sentence.first, end


def _after_number(headline: Headline) -> bool:
    """What a number cannot count: "kills ten | monitor", but not "kills ten police"."""
    last = headline.last
    number = headline.lower(last)
    is_year = number.isdigit() and int(number) in _YEARS
    if headline.upos(last) != "NUM" or is_year or number in _ONE:
        return False
    if headline.sort is BareSort.ACCOUNT:
        return headline.is_event(headline.ruler(last), _ON_PEOPLE)
    is_plural = headline.lower(headline.phrase.end - 1).endswith("s")
    return headline.sort in _UNCOUNTED and not is_plural


def _after_counted(headline: Headline) -> bool:
    """A counted plural opens no compound: "kills ten farmers | police"."""
    number = headline.number_of(headline.last)
    if number is None:
        return False
    before = headline.ruler(number)
    return headline.sort in _APART or (
        headline.sort in _HUMAN
        and headline.upos(before) in ("VERB", "ADP")
        and headline.lower(before) not in _AIMS
    )


def _after_fate(headline: Headline) -> bool:
    """What became of somebody ends what is said: "20 killed | monitor"."""
    return headline.sort in _APART and headline.among("felled", headline.last) and headline.counts


def _after_place(headline: Headline) -> bool:
    """Nothing happens "in" somebody who speaks: "in border town | activists"."""
    return headline.sort in _TELLING and headline.is_inside(headline.last)


def _after_event(headline: Headline) -> bool:
    """Nor after somebody: "killed in border clash | army"."""
    last = headline.last
    return (
        headline.sort in _TELLING | {BareSort.OFFICE}
        and headline.is_event(last)
        and headline.upos(last) == "NOUN"
        and headline.among("while", headline.before_nouns(last))
    )


def _after_small_letter(headline: Headline) -> bool:
    """A capital in a headline of small letters begins anew: "near Zarfa hospital | Medics"."""
    last, sort = headline.last, headline.sort
    if not headline.phrase.is_opened:
        return False
    if headline.among("felled", last):
        return sort is not BareSort.FORCE
    if sort is BareSort.WATCHER and headline.counts:
        return headline.upos(last) in NOUNS
    is_placed = headline.upos(headline.before_nouns(last)) == "ADP"
    is_counted = headline.number_of(last) is not None and sort is not BareSort.FORCE
    return headline.upos(last) == "NOUN" and (is_placed or is_counted)


_RULES = (
    _after_number, _after_counted, _after_fate, _after_place, _after_event, _after_small_letter,
)  # fmt: skip
"""What may stand before a bare source. One that holds is enough."""


def _after_time(headline: Headline) -> bool:
    """A time ends what is said, an event or not: "talks resume on Monday | officials"."""
    last = headline.last
    if headline.sort in (BareSort.ACCOUNT, BareSort.OUTLET) or not headline.has("VERB"):
        return False
    if headline.among("adverb", last):
        return headline.lower(last) != "far" or headline.lower(last - 1) == "so"
    if headline.among("unit", last):
        return headline.among("which", last - 1)
    return headline.upos(last) == "PROPN" and headline.is_named(last, "tim")
