"""Which temporal expression dates an event, by the words of the model or by syntax."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from allegata.grounding.clause import is_same_clause, owner_of
from allegata.grounding.happenings import Happenings
from allegata.grounding.syntax import Syntax
from allegata.grounding.times import Anchor, Timex
from allegata.types import Claim, Event, Interval, Precision, Span, SpanMap

__all__ = ["Dating"]

_FARTHEST = 3
"""How many bonds may lie between an event and the word that carries its date."""
_HIGHEST = 6
"""How far above an expression the word may stand that it dates."""
_OWNERS = frozenset({"nmod:poss", "compound", "amod", "nmod:unmarked", "appos", "flat"})
_OTHER_TIMES = frozenset({"since", "after", "before", "until", "following"})
_CLAUSES = frozenset({"root", "advcl", "acl", "acl:relcl", "ccomp", "xcomp", "parataxis"})


class Dating:
    """The temporal expressions of a document, asked which of them dates an event.

    Args:
        syntax: Of the document's sentences.
        claims: All claims. What dates a saying dates no event of what is said.
        timexes: In order of the text.
    """

    def __init__(self, syntax: Syntax, claims: Sequence[Claim], timexes: Sequence[Timex]) -> None:
        self._syntax = syntax
        self._timexes = timexes
        self._claims = {claim.id: claim for claim in claims}
        pieces = sorted((piece, claim.id) for claim in claims for piece in claim.content)
        self._contents = SpanMap((piece[0], piece) for piece in pieces)
        self._saying = {claim.said.evidence for claim in claims if claim.said is not None}
        self._sentences: dict[int, dict[int, list[Timex]]] = {}

    def find(self, event: Event, *, ahead: bool) -> Timex | None:
        """The expression that dates an event, resolved or not.

        Args:
            event: One of the document's.
            ahead: Whether it is still to come.

        Returns:
            None where nothing dates it.
        """
        if event.dated_by is not None:
            told = self._overlapping(event.dated_by)
            if told is not None and not self._dates_saying(told, event):
                return told
        return self._attached(event, ahead=ahead)

    def _overlapping(self, span: Span) -> Timex | None:
        """The expression that shares most with some words."""
        at = bisect_right(self._timexes, span.start, key=lambda timex: timex.span.end)
        best, most = None, 0
        while at < len(self._timexes) and self._timexes[at].span.start < span.end:
            other = self._timexes[at].span
            shared = min(span.end, other.end) - max(span.start, other.start)
            if shared > most:
                best, most = self._timexes[at], shared
            at += 1
        return best

    def _dates_saying(self, timex: Timex, event: Event) -> bool:
        """Whether an expression tells when the event's own claim, or one around it, was said."""
        around = self._with_ancestors(self._claims.get(event.claim))
        said = (self._claims[id_].said for id_ in around)
        return any(one is not None and one.evidence == timex.span for one in said)

    def _attached(self, event: Event, *, ahead: bool) -> Timex | None:
        """The nearest expression that syntax ties to the event's happening."""
        found = self._syntax.find(event.trigger)
        dated = self._dated(found[0]) if found else None
        if found is None or not dated:
            return None
        number, head = found
        happenings = self._syntax.sentence(number)
        ring = {head: len(self._syntax.analysis.text)}
        seen: set[int] = set()
        for _ in range(_FARTHEST):
            near = [
                timex
                for word, limit in ring.items()
                for timex in dated.get(word, ())
                if timex.span.start < limit and self._in_claim(timex.span, event)
            ]
            if near:
                return min(near, key=lambda timex: _rank(timex, event.trigger))
            since = None if ahead else self._since(happenings, ring, dated, event)
            if since is not None:
                return since
            seen |= ring.keys()
            ring = {
                bond.word: min(limit, self._start(bond.word)) if bond.leading else limit
                for word, limit in ring.items()
                for bond in happenings.bonds(word)
                if bond.word not in seen and not (ahead and bond.done)
            }
        return self._in_clause(number, head, event)

    def _in_clause(self, number: int, head: int, event: Event) -> Timex | None:
        """The only expression of a sentence, where no clause ends between it and a verb."""
        free = [timex for timex in self._timexes_of(number) if self._in_claim(timex.span, event)]
        analysis, kinds = self._syntax.analysis, self._syntax.sentence(number).kinds
        if len(free) != 1 or free[0].interval is None:
            return None
        first, end = self._syntax.words(free[0].span)
        owned = owner_of(analysis, end, kinds) is not None
        if owned or analysis.upos[head] not in ("VERB", "ADJ"):
            return None
        opens = first == analysis.sentences[number].first
        if head < first or opens or analysis.word(head).lower().endswith("ing"):
            near = first if head < first else end - 1
            return free[0] if is_same_clause(analysis, head, near, kinds) else None
        return None

    def _start(self, word: int) -> int:
        return self._syntax.analysis.words[word][0]

    def _since(
        self,
        happenings: Happenings,
        words: Iterable[int],
        dated: Mapping[int, list[Timex]],
        event: Event,
    ) -> Timex | None:
        """The time since a dated happening: "since the coup on 1 May thousands were arrested"."""
        for word in words:
            for other in happenings.dependents(word, "obl", "advcl"):
                if happenings.opening(other) != "since":
                    continue
                for timex in dated.get(other, ()):
                    start = timex.interval.start if timex.interval else None
                    if start is not None and self._in_claim(timex.span, event):
                        since = Interval(start, None, Precision.BOUNDED, timex.span)
                        return replace(timex, interval=since)
        return None

    def _in_claim(self, span: Span, event: Event) -> bool:
        """Whether an expression is told by the claim that tells the event."""
        if span in self._saying:
            return False
        around = {id_ for piece, id_ in self._around(span)}
        claim = self._claims.get(event.claim)
        allowed = self._with_ancestors(claim)
        if claim is None or not claim.content:
            return not around
        hedge = claim.source is None and (claim.parent in around or claim.parent == "c0")
        return (claim.id in around or hedge) and around <= allowed

    def _with_ancestors(self, claim: Claim | None) -> set[str]:
        found: set[str] = set()
        while claim is not None and claim.id not in found:
            found.add(claim.id)
            claim = self._claims.get(claim.parent or "")
        return found

    def _around(self, span: Span) -> list[tuple[Span, str]]:
        return self._contents.overlapping(Span(span.start, span.start + 1))

    def _dated(self, number: int) -> dict[int, list[Timex]]:
        """The expressions of a sentence by the word that each dates."""
        if number not in self._sentences:
            dated: dict[int, list[Timex]] = {}
            for timex in self._timexes_of(number):
                first, end = self._syntax.words(timex.span)
                if first < end:
                    at = self._dated_word(self._syntax.sentence(number), timex, first, end)
                    if any(_differ(timex, other) for other in dated.get(at, ())):
                        at = self._word_between(self._syntax.sentence(number), at, first)
                    dated.setdefault(at, []).append(timex)
            self._sentences[number] = dated
        return self._sentences[number]

    def _dated_word(self, happenings: Happenings, timex: Timex, first: int, end: int) -> int:
        """The word that an expression dates."""
        owner = owner_of(self._syntax.analysis, end, happenings.kinds)
        if owner is not None and first + 1 == end:
            return owner
        if first - 1 in happenings.kinds and self._syntax.analysis.upos[first - 1] == "VERB":
            return first - 1  # "kidnapped | in 2019", whatever the tree says
        at = self._above(happenings, happenings.head_of(first, end))
        if timex.anchor is Anchor.EVENT:  # "fled four days after | the attack"
            at = self._above(happenings, at)
        at = happenings.subject_event(happenings.last_conjunct(at, first), first)
        return self._inside(happenings, at, timex.span)

    def _inside(self, happenings: Happenings, word: int, span: Span) -> int:
        """The word that an expression dates, kept inside what is said where the expression is."""
        around = [piece for piece, _ in self._around(span) if span in piece]
        if not around:
            return word
        first, end = self._syntax.words(min(around, key=len))
        if first <= word < end or first >= end:
            return word
        here = self._syntax.words(span)[0]
        upos = self._syntax.analysis.upos
        order = (*range(here - 1, first - 1, -1), *range(here, end))
        near = (n for n in order if upos[n] == "VERB" or n in happenings.kinds)
        return next(near, word)

    def _above(self, happenings: Happenings, word: int) -> int:
        """The first event or verb above a word."""
        upos = self._syntax.analysis.upos
        at = happenings.head(word)
        owner = happenings.relation(word) in _OWNERS and word < at
        for _ in range(_HIGHEST):
            done = at in happenings.kinds or upos[at] in ("VERB", "AUX")
            if owner or done or happenings.relation(at) in _CLAUSES:
                break
            if happenings.opening(at) in _OTHER_TIMES:  # "since the vote | in May"
                break
            at = happenings.head(at)
        return at

    def _word_between(self, happenings: Happenings, word: int, end: int) -> int:
        """The last verb or event between a word and an expression; else the word itself.

        Nothing happens on two days: the second is more likely that of a word next to it.
        """
        upos = self._syntax.analysis.upos
        near = (n for n in range(end - 1, word, -1) if upos[n] == "VERB" or n in happenings.kinds)
        return next(near, word)

    def _timexes_of(self, number: int) -> Sequence[Timex]:
        span = self._syntax.analysis.sentences[number].span
        first = bisect_left(self._timexes, span.start, key=lambda timex: timex.span.start)
        end = bisect_left(self._timexes, span.end, key=lambda timex: timex.span.start)
        return self._timexes[first:end]


def _differ(one: Timex, other: Timex) -> bool:
    """Whether two expressions mean days that exclude each other."""
    if one.interval is None or other.interval is None:
        return False
    (a, b), (c, d) = ((each.start, each.end) for each in (one.interval, other.interval))
    return bool((b and c and b < c) or (d and a and d < a))


def _rank(timex: Timex, trigger: Span) -> tuple[int, int]:
    """The finest first, then the nearest."""
    fineness = len(Precision)
    if timex.interval is not None:
        fineness = list(Precision).index(timex.interval.precision)
    gap = max(timex.span.start - trigger.end, trigger.start - timex.span.end)
    return fineness, gap
