"""What the reading model sees in a sentence, by words and spans of the document's text."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from allegata.encoder.parts import Trigger
from allegata.encoder.trees import decode_tree
from allegata.types import Span

__all__ = ["Analysis", "Mark", "Name", "Sentence", "Tree"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A source, cue or content as the model marks it.

    Attributes:
        role: `source`, `cue` or `content`.
        first, end: Words it covers, numbered through the analysis, end excluded.
        span: The same in characters.
        probability: Posterior probability of exactly this span.
        cue: For a source or content the first word of the cue that it most likely belongs to,
            numbered through the analysis, with the scores of all words of its window at hand.
        links: float32 [words of the window], how well it attaches to each word; empty for a cue.
        window: First word of the window.
        open_start, open_end: Whether it touches the window's border, so that it may go on in the
            neighbouring window.
    """

    role: str
    first: int
    end: int
    span: Span
    probability: float
    links: NDArray[np.float32]
    window: int
    open_start: bool
    open_end: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A named entity: `per`, `org`, `geo`, `gpe`, `tim` or `misc`."""

    kind: str
    first: int
    end: int
    span: Span


@dataclass(frozen=True)
class Tree:
    """Syntax of a sentence.

    Attributes:
        first: Its first word, numbered through the analysis.
        heads: As word numbers of the analysis, the root its own head.
        relations: Of each word to its head.
    """

    first: int
    heads: tuple[int, ...]
    relations: tuple[str, ...]

    @cached_property
    def children(self) -> tuple[tuple[tuple[int, str], ...], ...]:
        """For each word its dependents with their relations, in order."""
        below: list[list[tuple[int, str]]] = [[] for _ in self.heads]
        bonds = zip(self.heads, self.relations, strict=True)
        for word, (head, relation) in enumerate(bonds, self.first):
            if head != word:
                below[head - self.first].append((word, relation))
        return tuple(map(tuple, below))


@dataclass(frozen=True)
class Sentence:
    """One sentence of an analysis.

    Attributes:
        span: Where it stands.
        first, end: Its words, numbered through the analysis, end excluded.
        arcs: float32 [words, words], scores of heads.
        dependents, heads: float32 [words, size], what relations are told from.
        relation_weight, relation_bias: The last layer of that head.
        relations: Names of the relations.
    """

    span: Span
    first: int
    end: int
    arcs: NDArray[np.float32]
    dependents: NDArray[np.float32]
    heads: NDArray[np.float32]
    relation_weight: NDArray[np.float32]
    relation_bias: NDArray[np.float32]
    relations: tuple[str, ...]

    @cached_property
    def tree(self) -> Tree:
        """Its dependency tree, decoded when first asked for."""
        heads = decode_tree(self.arcs)
        hidden = np.maximum(self.dependents + self.heads[heads], 0.0)
        best = (hidden @ self.relation_weight.T + self.relation_bias).argmax(1)
        names = [self.relations[number] for number in best]
        for index, head in enumerate(heads):
            if head == index:
                names[index] = "root"
        return Tree(self.first, tuple(self.first + head for head in heads), tuple(names))


@dataclass(frozen=True)
class Analysis:
    """What the model sees in some sentences of one text.

    Attributes:
        text: The text.
        words: Start and end of each word.
        upos: Universal part of speech of each word.
        sentences: In order.
        marks: Sources, cues and contents, in order.
        names: Named entities, in order.
        triggers: Words that name events, in order.
        inner: float32 [words], log odds that a word opens the cue of a claim inside a content;
            empty where the model does not tell.
    """

    text: str
    words: tuple[tuple[int, int], ...]
    upos: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    marks: tuple[Mark, ...]
    names: tuple[Name, ...]
    triggers: tuple[Trigger, ...] = ()
    inner: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Every word itself."""
        return tuple(self.text[start:end] for start, end in self.words)

    def word(self, number: int) -> str:
        """A word itself."""
        return self.tokens[number]

    @cached_property
    def lowered(self) -> tuple[str, ...]:
        """Every word in small letters."""
        return tuple(map(str.lower, self.tokens))

    def span(self, first: int, end: int) -> Span:
        """The characters from one word to another, end excluded."""
        return Span(self.words[first][0], self.words[end - 1][1])

    @cached_property
    def sentence_of(self) -> tuple[int, ...]:
        """The number of each word's sentence."""
        numbers: list[int] = []
        for number, sentence in enumerate(self.sentences):
            numbers.extend([number] * (sentence.end - sentence.first))
        return tuple(numbers)
