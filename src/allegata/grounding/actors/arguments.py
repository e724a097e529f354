"""Linking arguments to entities: an argument is whoever a mention with the same head is."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from allegata.encoder import Analysis
from allegata.types import Argument, Entity, EntityType, Event, Span

__all__ = ["link_arguments"]

_RELATIVE = frozenset(("who", "which", "that", "whose", "whom"))


def link_arguments(
    events: Sequence[Event], entities: Sequence[Entity], analysis: Analysis
) -> tuple[Event, ...]:
    """Say which entity each argument is.

    An argument is an entity where a mention of it has the same span, or the same word at its head.
    A mention that only stands inside ("Estonia" in "the army of Estonia") is another thing, and so
    is one of several that are joined ("soldiers" in "soldiers and police").

    Args:
        events: With arguments; those that have an entity keep it.
        entities: Of the same document.
        analysis: Of the same document, for words and trees.

    Returns:
        The events in the same order. An argument with no such mention stays without an entity.
    """
    finder = _Finder(entities, analysis)
    return tuple(
        replace(event, arguments=tuple(map(finder.link, event.arguments))) for event in events
    )


class _Finder:
    """Entities by the spans and by the heads of their mentions.

    Args:
        entities: Of the document.
        analysis: Of the same document.
    """

    def __init__(self, entities: Sequence[Entity], analysis: Analysis) -> None:
        self._analysis = analysis
        self._starts = [start for start, _ in analysis.words]
        self._by_span: dict[Span, str] = {}
        self._entities = {entity.id: entity for entity in entities}
        self._mentions: dict[int, list[tuple[Span, str]]] = {}
        for entity in entities:
            for mention in entity.mentions:
                self._by_span.setdefault(mention, entity.id)
                for sentence in self._sentences(mention):
                    self._mentions.setdefault(sentence, []).append((mention, entity.id))

    def link(self, argument: Argument) -> Argument:
        """The argument with its entity, where one is found."""
        if argument.entity is not None:
            return argument
        found = self._find(argument.span)
        return argument if found is None else replace(argument, entity=found)

    def _find(self, span: Span) -> str | None:
        if span in self._by_span:
            return self._by_span[span]
        head = self._head(span)
        if head is None:
            return None
        there = [
            self._analysis.span(word, word + 1)
            for word in (head, *self._others(head, self._words(span), joined=True))
        ]
        sentence = self._analysis.sentence_of[head]
        fitting = [
            (len(mention), entity)
            for mention, entity in self._mentions.get(sentence, ())
            if all(word in mention for word in there) and self._is_head(head, mention)
        ]
        return min(fitting)[1] if fitting else self._by_words(span, sentence)

    def _by_words(self, span: Span, sentence: int) -> str | None:
        """The entity of a mention where the words alone tell, whatever the tree.

        They are its name, a part of the name of a human, or all but what only says more about it.
        """
        there = [
            (len(mention), entity)
            for mention, entity in self._mentions.get(sentence, ())
            if (span in mention and self._names(span, entity)) or self._opens(span, mention)
        ]
        return min(there)[1] if there else None

    def _names(self, span: Span, entity_id: str) -> bool:
        entity = self._entities[entity_id]
        words, name = span.words(self._analysis.text), entity.name
        if entity.type is EntityType.PERSON and words[:1].isupper():
            return set(words.split()) <= set(name.split())
        return words == name

    def _opens(self, span: Span, mention: Span) -> bool:
        """Whether one is the other with "who ..." or "carrying ..." behind it."""
        end = min(span.end, mention.end)
        if span.start != mention.start or end == max(span.end, mention.end):
            return False
        word = bisect_left(self._starts, end)
        text = self._analysis.word(word).lower()
        return text in _RELATIVE or (self._analysis.upos[word] == "VERB" and text.endswith("ing"))

    def _is_head(self, word: int, mention: Span) -> bool:
        """Whether a word is what a mention is about, itself or as another name of it."""
        head, words = self._head(mention), self._words(mention)
        return head is not None and word in (head, *self._others(head, words, joined=False))

    def _others(self, head: int, words: Sequence[int], *, joined: bool) -> Sequence[int]:
        """Those of some words that are joined to a head, or that are another name of it.

        What hangs on it like one of several is another name where no "and" joins them.
        """
        sentence = self._analysis.sentences[self._analysis.sentence_of[head]]
        inside = range(words[0], min(words[-1] + 1, sentence.end))
        relations = {word: sentence.tree.relations[word - sentence.first] for word in inside}
        wanted: tuple[str, ...] = ("conj",) if joined else ("appos", "conj")
        if ("cc" in relations.values()) != joined:
            wanted = wanted[:-1]
        heads = sentence.tree.heads
        return [
            word
            for word, relation in relations.items()
            if relation in wanted and heads[word - sentence.first] == head
        ]

    def _head(self, span: Span) -> int | None:
        """The word of a span that most of its words hang on: of several roots the largest."""
        words = self._words(span)
        if not words:
            return None
        roots = Counter(self._climb(word, words) for word in words)
        most = max(roots.values())
        return max(word for word, size in roots.items() if size == most)

    def _climb(self, word: int, words: range) -> int:
        """The word above a word, and above all others on the way, inside a span."""
        sentence = self._analysis.sentences[self._analysis.sentence_of[word]]
        above = sentence.tree.heads[word - sentence.first]
        while above != word and above in words:
            word, above = above, sentence.tree.heads[above - sentence.first]
        return word

    def _words(self, span: Span) -> range:
        first = bisect_right(self._starts, span.start) - 1
        if first < 0 or self._analysis.words[first][1] <= span.start:
            first += 1
        return range(first, max(first, bisect_left(self._starts, span.end)))

    def _sentences(self, span: Span) -> set[int]:
        words = self._words(span)
        return {self._analysis.sentence_of[word] for word in words[:1]}
