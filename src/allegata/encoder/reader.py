"""The session that reads sentences: windows through the network, its scores into an analysis."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from allegata.encoder.analysis import Analysis, Mark, Name, Sentence
from allegata.encoder.chain import Chain, Decoded
from allegata.encoder.layout import lay_out, pack, rank_breaks, shape_of
from allegata.encoder.quotations import find_quotations
from allegata.encoder.weights import Weights, open_weights
from allegata.encoder.wordpiece import CLS, SEP, WordPiece
from allegata.encoder.words import find_words
from allegata.types import Span

__all__ = ["Encoder"]

_OUTPUTS = ("tags", "links", "upos", "names", "arcs", "relation_dependents", "relation_heads")
_MOST_PIECES = 254
_BATCH_PIECES = 512
_MOST_WORDS_A_SENTENCE = 200
_NEVER = np.float32(-1e4)

Floats = NDArray[np.float32]


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


class Encoder:
    """The reading model, ready to read.

    Args:
        weights: Opened weights, those that come with allegata by default.
        n_threads: Threads of the network. One is best where several processes read.
    """

    def __init__(self, weights: Weights | None = None, *, n_threads: int = 1) -> None:
        import onnxruntime

        self.weights = weights or open_weights()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = n_threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(self.weights.onnx), options, providers=["CPUExecutionProvider"]
        )
        self._pieces = WordPiece.open(self.weights.vocabulary)
        heads = self.weights.heads
        self._chain = Chain(heads["chain.start"], heads["chain.step"], heads["chain.end"])
        self._relation = (heads["relation.weight"], heads["relation.bias"])
        self.name = f"encoder@{self.weights.digest}"

    @classmethod
    def open(cls, folder: Path | None = None, *, n_threads: int = 1) -> "Encoder":
        """Open a model folder."""
        return cls(open_weights(folder), n_threads=n_threads)

    def read(
        self,
        text: str,
        sentences: Sequence[Span],
        *,
        apart: bool = False,
        quotations: Sequence[Span] | None = None,
    ) -> Analysis:
        """Read sentences of one text.

        Args:
            text: The document's text.
            sentences: In order, never overlapping unless `apart`.
            apart: Read each by itself, without its neighbours as context.
            quotations: What stands in quotation marks, where the caller knows it.

        Returns:
            The analysis, with words, marks and names numbered through.
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
        return self._assemble(text, words, firsts, kept, windows, self._score(windows), apart=apart)

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

    def _score(self, windows: Sequence[_Window]) -> list[_Scores]:
        order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
        scores: dict[int, _Scores] = {}
        batch: list[int] = []
        for index in order:
            if batch and len(windows[index].ids) * (len(batch) + 1) > _BATCH_PIECES:
                scores.update(zip(batch, self._run([windows[i] for i in batch]), strict=True))
                batch = []
            batch.append(index)
        scores.update(zip(batch, self._run([windows[i] for i in batch]), strict=True))
        return [scores[i] for i in range(len(windows))]

    def _run(self, windows: Sequence[_Window]) -> list[_Scores]:
        out = dict(zip(_OUTPUTS, self._session.run(_OUTPUTS, _feed(windows)), strict=True))
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
        return Analysis(
            text, tuple(words), tuple(upos), tuple(sentences), tuple(marks), tuple(names)
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
