"""The session that reads sentences: windows through the network, its scores into an analysis."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from allegata.encoder.analysis import Analysis, Mark, Name, Sentence
from allegata.encoder.chain import Chain, Decoded
from allegata.encoder.layout import lay_out, pack, rank_breaks, shape_of
from allegata.encoder.network import Network
from allegata.encoder.parts import Part, PartHead, Trigger, find_runs, softmax
from allegata.encoder.quotations import find_quotations
from allegata.encoder.weights import Weights, open_weights
from allegata.encoder.wordpiece import CLS, SEP, WordPiece
from allegata.encoder.words import find_words
from allegata.errors import AllegataError
from allegata.types import Span

__all__ = ["Encoder", "TooManyPiecesError"]

_CLAIM_OUTPUTS = (
    "tags", "links", "upos", "names", "arcs", "relation_dependents", "relation_heads",
)  # fmt: skip
_INNER_OUTPUT = ("inner",)
_EVENT_OUTPUTS = ("triggers", "manners", "part_words", "part_triggers", "points")
_MOST_PIECES = 254
_BATCH_PIECES = 512
_MOST_WORDS_A_SENTENCE = 200
LEAST_PROBABILITY = 0.3
"""From here on a word is handed on as a trigger; steps may ask for more."""

Floats = NDArray[np.float32]


class TooManyPiecesError(AllegataError):
    """A text that takes longer to read than its caller allows.

    Attributes:
        n_pieces: The pieces of words that it is made of.
    """

    def __init__(self, n_pieces: int) -> None:
        super().__init__(f"{n_pieces:,} pieces of words are too many to read at once")
        self.n_pieces = n_pieces


@dataclass(slots=True)
class _Window:
    """Sentences `first` to `end`, and words `start` to `stop`, with their features."""

    first: int
    end: int
    start: int
    stop: int
    ids: list[int]
    shapes: list[int]
    layouts: list[int]
    firsts: list[int]


@dataclass(slots=True)
class _Scores:
    """What the network says of one window, cut to its words."""

    decoded: Decoded
    links: Floats
    upos: NDArray[np.intp]
    names: NDArray[np.intp]
    arcs: Floats
    dependents: Floats
    heads: Floats
    inner: Floats | None
    events: tuple[Floats, ...]
    """Those of `_EVENT_OUTPUTS`; empty where events are not asked for."""


class Encoder:
    """The reading model, ready to read.

    Args:
        weights: Opened weights, those that come with allegata by default.
        n_threads: Threads of the network. One is best where several processes read.
    """

    def __init__(self, weights: Weights | None = None, *, n_threads: int = 1) -> None:
        self.weights = weights or open_weights(but_network=True)
        self._network = Network(self.weights, n_threads)
        self._pieces = WordPiece.open(self.weights.vocabulary)
        heads = self.weights.heads
        self._chain = Chain(heads["chain.start"], heads["chain.step"], heads["chain.end"])
        self._relation = (heads["relation.weight"], heads["relation.bias"])
        labels = self.weights.labels
        if "part.weight" in heads:
            self._parts = PartHead(
                heads["part.distance"], heads["part.weight"], heads["part.bias"], labels.roles
            )
        self.name = f"encoder@{self.weights.digest}"

    @classmethod
    def open(cls, folder: Path | None = None, *, n_threads: int = 1) -> "Encoder":
        """Open a model folder. The network is opened beside what the caller does next.

        Raises:
            WeightsError: A file is absent, altered or of another format. Of the network this is
                told when it is first used, or by `wait`.
        """
        return cls(open_weights(folder, but_network=True), n_threads=n_threads)

    def wait(self) -> None:
        """Wait until the network is open.

        Raises:
            WeightsError: It is absent or altered.
        """
        self._network.wait()

    def read(
        self,
        text: str,
        sentences: Sequence[Span],
        *,
        apart: bool = False,
        quotations: Sequence[Span] | None = None,
        events: bool = False,
        most_pieces: int | None = None,
    ) -> Analysis:
        """Read sentences of one text.

        Args:
            text: The document's text.
            sentences: In order, never overlapping unless `apart`.
            apart: Read each by itself, without its neighbours as context.
            quotations: What stands in quotation marks, where the caller knows it.
            events: Look for triggers too.
            most_pieces: How many pieces of words may be read: that is what reading takes time by.

        Returns:
            The analysis, with words, marks and names numbered through.

        Raises:
            TooManyPiecesError: There are more than `most_pieces`.
        """
        words: list[tuple[int, int]] = []
        firsts: list[int] = []
        kept: list[Span] = []
        for span in sentences:
            found = list(find_words(text, span))
            for at in range(0, len(found), _MOST_WORDS_A_SENTENCE):
                run = found[at : at + _MOST_WORDS_A_SENTENCE]
                firsts.append(len(words))
                kept.append(Span(run[0][0], run[-1][1]))
                words.extend(run)
        if not words:
            return Analysis(text, (), (), (), (), ())
        if quotations is None:
            quotations = find_quotations(text)
        layouts = lay_out(text, words, firsts, quotations)
        if apart:
            layouts = [2 + layout % 2 if layout >= 4 else layout for layout in layouts]
        breaks = None if apart else rank_breaks(words, firsts, layouts, quotations)
        windows = self._windows(text, words, firsts, layouts, breaks)
        n_pieces = sum(len(window.ids) - 2 for window in windows)
        if most_pieces is not None and n_pieces > most_pieces:
            raise TooManyPiecesError(n_pieces)
        tells_inner = not apart and _INNER_OUTPUT[0] in self._network.outputs
        outputs = _CLAIM_OUTPUTS + (_INNER_OUTPUT if tells_inner else ())
        scores = self._score(windows, outputs + (_EVENT_OUTPUTS if events else ()))
        return self._assemble(text, words, firsts, kept, windows, scores, apart=apart)

    def _windows(
        self,
        text: str,
        words: Sequence[tuple[int, int]],
        firsts: Sequence[int],
        layouts: Sequence[int],
        breaks: Sequence[int] | None,
    ) -> list[_Window]:
        pieces = [self._pieces.pieces(text[start:end]) for start, end in words]
        shapes = [shape_of(text[start:end]) for start, end in words]
        bounds = [*firsts, len(words)]
        counts = [sum(map(len, pieces[a:b])) for a, b in pairwise(bounds)]
        alone = [(number, number + 1) for number in range(len(counts))]
        runs = alone if breaks is None else pack(counts, breaks)
        windows = []
        for first, end in runs:
            start, stop = bounds[first], bounds[end]
            window = _Window(first, end, start, stop, [CLS], [0], [0], [])
            for at in range(start, stop):
                room = _MOST_PIECES + 1 - len(window.ids) - (stop - at - 1)
                numbers = pieces[at][: max(1, room)]
                window.firsts.append(len(window.ids))
                window.ids.extend(numbers)
                window.shapes.extend([shapes[at]] * len(numbers))
                window.layouts.extend([layouts[at]] * len(numbers))
            window.ids.append(SEP)
            window.shapes.append(0)
            window.layouts.append(0)
            windows.append(window)
        return windows

    def _score(self, windows: Sequence[_Window], outputs: Sequence[str]) -> list[_Scores]:
        order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
        scores: dict[int, _Scores] = {}
        batch: list[int] = []
        for index in order:
            if batch and len(windows[index].ids) * (len(batch) + 1) > _BATCH_PIECES:
                found = self._run([windows[i] for i in batch], outputs)
                scores.update(zip(batch, found, strict=True))
                batch = []
            batch.append(index)
        scores.update(zip(batch, self._run([windows[i] for i in batch], outputs), strict=True))
        return [scores[i] for i in range(len(windows))]

    def _run(self, windows: Sequence[_Window], outputs: Sequence[str]) -> list[_Scores]:
        out = self._network.run(outputs, _feed(windows))
        lengths = np.array([len(window.firsts) for window in windows])
        decoded = self._chain.decode(out["tags"], lengths)
        upos, names = out["upos"].argmax(-1), out["names"].argmax(-1)
        return [
            _Scores(
                decoded[i],
                out["links"][i, :n, :n],
                upos[i, :n],
                names[i, :n],
                out["arcs"][i, :n, :n],
                out["relation_dependents"][i, :n],
                out["relation_heads"][i, :n],
                out["inner"][i, :n, 0] if "inner" in out else None,
                tuple(out[name][i, :n] for name in _EVENT_OUTPUTS if name in out),
            )
            for i, n in enumerate(lengths)
        ]

    def _assemble(
        self,
        text: str,
        words: list[tuple[int, int]],
        firsts: list[int],
        spans: list[Span],
        windows: Sequence[_Window],
        scores: Sequence[_Scores],
        *,
        apart: bool,
    ) -> Analysis:
        labels = self.weights.labels
        bounds = [*firsts, len(words)]
        upos: list[str] = []
        sentences: list[Sentence] = []
        marks: list[Mark] = []
        names: list[Name] = []
        triggers: list[Trigger] = []
        for window, score in zip(windows, scores, strict=True):
            upos.extend(labels.upos[number] for number in score.upos)
            for number in range(window.first, window.end):
                first, end = bounds[number], bounds[number + 1]
                a, b = first - window.start, end - window.start
                sentences.append(
                    Sentence(
                        spans[number],
                        first,
                        end,
                        score.arcs[a:b, a:b],
                        score.dependents[a:b],
                        score.heads[a:b],
                        *self._relation,
                        labels.relations,
                    )
                )
            marks.extend(self._marks(words, window, score, apart=apart))
            names.extend(_names(words, window, [labels.names[number] for number in score.names]))
            if score.events:
                triggers.extend(self._triggers(words, window, bounds, *score.events))
        told = [score.inner for score in scores if score.inner is not None]
        inner = np.concatenate(told) if told else np.zeros(0, dtype=np.float32)
        return Analysis(
            text,
            tuple(words),
            tuple(upos),
            tuple(sentences),
            tuple(marks),
            tuple(names),
            tuple(triggers),
            inner,
        )

    def _triggers(
        self,
        words: Sequence[tuple[int, int]],
        window: _Window,
        bounds: Sequence[int],
        triggers: Floats,
        manners: Floats,
        part_words: Floats,
        part_triggers: Floats,
        points: Floats,
    ) -> Iterator[Trigger]:
        """Triggers of one window: words that rather begin one of any kind than none."""
        labels = self.weights.labels
        chances = softmax(triggers)
        begins = chances[:, 1:-1].sum(-1)
        further = chances.argmax(-1) == len(labels.triggers) - 1
        for at in np.flatnonzero(begins > LEAST_PROBABILITY):
            end = int(at) + 1
            while end < len(further) and further[end]:
                end += 1
            kind = int(chances[at, 1:-1].argmax())
            first, last = window.start + int(at), window.start + end
            negative = softmax(manners[at, :2])
            sentence = bisect_right(bounds, first, window.first, window.end) - 1
            a, b = bounds[sentence] - window.start, bounds[sentence + 1] - window.start
            parts = self._parts.score(part_words, part_triggers[at], int(at), a, b)
            yield Trigger(
                labels.triggers[kind + 1],
                first,
                last,
                Span(words[first][0], words[last - 1][1]),
                float(begins[at]),
                float(chances[at, kind + 1] / begins[at]),
                float(negative[1]),
                tuple(map(float, softmax(manners[at, 2:]))),
                tuple(
                    Part(
                        role,
                        window.start + a,
                        window.start + b,
                        Span(words[window.start + a][0], words[window.start + b - 1][1]),
                        sure,
                    )
                    for role, a, b, sure in find_runs(parts, labels.roles)
                ),
                points[at] / max(float(np.linalg.norm(points[at])), 1e-6),
            )

    def _marks(
        self, words: Sequence[tuple[int, int]], window: _Window, score: _Scores, *, apart: bool
    ) -> list[Mark]:
        tags = [self.weights.labels.tags[number] for number in score.decoded.tags]
        marks = []
        opened = 0
        for at, tag in enumerate(tags):
            place, _, role = tag.partition("-")
            if place in "BS":
                opened = at
            if not role or place not in "ES":
                continue
            first, end = window.start + opened, window.start + at + 1
            marks.append(
                Mark(
                    role,
                    first,
                    end,
                    Span(words[first][0], words[end - 1][1]),
                    self._chain.span_probability(score.decoded, opened, at + 1),
                    score.links[opened] if role != "cue" else _NO_LINKS,
                    window.start,
                    opened == 0 and not apart,
                    at + 1 == len(tags) and not apart,
                )
            )
        return marks


_NO_LINKS: Floats = np.zeros(0, dtype=np.float32)


def _feed(windows: Sequence[_Window]) -> dict[str, NDArray[np.generic]]:
    size = len(windows)
    n_pieces = max(len(window.ids) for window in windows)
    n_words = max(len(window.firsts) for window in windows)
    feed: dict[str, NDArray[np.generic]] = {
        "ids": np.zeros((size, n_pieces), dtype=np.int64),
        "shapes": np.zeros((size, n_pieces), dtype=np.int64),
        "layouts": np.zeros((size, n_pieces), dtype=np.int64),
        "mask": np.zeros((size, n_pieces), dtype=np.bool_),
        "firsts": np.zeros((size, n_words), dtype=np.int64),
    }
    for row, window in enumerate(windows):
        for name in ("ids", "shapes", "layouts", "firsts"):
            values = getattr(window, name)
            feed[name][row, : len(values)] = values
        feed["mask"][row, : len(window.ids)] = True
    return feed


def _names(words: Sequence[tuple[int, int]], window: _Window, tags: Sequence[str]) -> list[Name]:
    names: list[Name] = []
    opened: int | None = None
    for at, tag in enumerate([*tags, "O"]):
        goes_on = tag[:2] == "I-" and opened is not None and tag[2:] == tags[opened][2:]
        if opened is not None and not goes_on:
            first, end = window.start + opened, window.start + at
            names.append(
                Name(tags[opened][2:], first, end, Span(words[first][0], words[end - 1][1]))
            )
            opened = None
        if tag != "O" and not goes_on:
            opened = at
    return names
