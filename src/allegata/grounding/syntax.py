"""The syntax of a document's sentences, asked for by spans of its text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from allegata.encoder import Analysis
from allegata.grounding.happenings import Happenings
from allegata.types import Claim, Event, EventKind, Span

__all__ = ["Syntax"]


class Syntax:
    """The sentences of a document that hold events, each looked into when first asked for.

    Args:
        analysis: Supplies words and trees.
        events: All events.
        claims: All claims. A cue with a source tells of a saying, which is no happening.
    """

    def __init__(
        self, analysis: Analysis, events: Iterable[Event], claims: Iterable[Claim]
    ) -> None:
        self.analysis = analysis
        self.cues = frozenset(
            word
            for claim in claims
            if claim.cue is not None and claim.source is not None
            for word in range(*self.words(claim.cue))
        )
        self._kinds: dict[int, dict[tuple[int, int], EventKind]] = {}
        for event in events:
            first, end = self.words(event.trigger)
            if first < end:
                number = analysis.sentence_of[first]
                self._kinds.setdefault(number, {})[first, end] = event.kind
        self._sentences: dict[int, Happenings] = {}

    def words(self, span: Span) -> tuple[int, int]:
        """First word that a span touches and the end of those it touches in that sentence."""
        words, numbers = self.analysis.words, self.analysis.sentence_of
        first = bisect_right(words, span.start, key=lambda word: word[1])
        end = bisect_left(words, span.end, key=lambda word: word[0])
        if first >= end:
            return first, first
        return first, min(end, self.analysis.sentences[numbers[first]].end)

    def find(self, span: Span) -> tuple[int, int] | None:
        """Number of the sentence that holds a span, and the head among its words there."""
        first, end = self.words(span)
        if first >= end:
            return None
        number = self.analysis.sentence_of[first]
        return number, self.sentence(number).head_of(first, end)

    def sentence(self, number: int) -> Happenings:
        """A sentence by its number."""
        if number not in self._sentences:
            sentence = self.analysis.sentences[number]
            bare = Happenings(self.analysis, sentence, {}, self.cues)
            triggers = self._kinds.get(number, {})
            kinds = {bare.head_of(*words): kind for words, kind in triggers.items()}
            self._sentences[number] = Happenings(self.analysis, sentence, kinds, self.cues)
        return self._sentences[number]
