"""The one place where the quality figures touch the reader's inside."""

from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.quality.portion import Attribution
from benchmarks.quality.spans import tidy_spans

__all__ = ["open_reader"]


def open_reader(weights: Path | None = None) -> Callable[[str], tuple[Attribution, ...]]:
    """A function that finds everything the model reads as an attribution in a text.

    It is asked before a reading leaves any out: attitudes and plans ("backs", "wants to leave")
    are among them, because PolNeAR marks them. A source or content that the model gave to no cue
    stands as an attribution of its own, which has that part alone.

    Args:
        weights: A model folder; the one that comes with allegata by default.
    """
    from allegata.claims.attributions import find_attributions
    from allegata.claims.confidence import Calibration
    from allegata.claims.marked import draft_marked
    from allegata.encoder import Analysis, Encoder
    from allegata.sentences import find_sentences

    encoder = Encoder.open(weights)
    calibration = Calibration.of(encoder.weights.calibration)

    def find(analysis: Analysis) -> Iterator[Attribution]:
        loose = {mark.span: mark.role for mark in analysis.marks}
        confidences = {
            draft.cue: calibration.confidence(draft.probabilities)
            for draft in draft_marked(analysis)
        }
        for found in find_attributions(analysis):
            marks = (found.sources, (found.cue,), found.contents)
            spans = [[mark.span for mark in part] for part in marks]
            for span in (span for part in spans for span in part):
                loose.pop(span, None)
            source, cue, content = (tidy_spans(analysis.text, part) for part in spans)
            confidence = confidences.get((found.cue.first, found.cue.end), 0.0)
            yield Attribution(source, cue, content, confidence)
        for span, role in loose.items():
            parts = ((span,) if role == one else () for one in ("source", "cue", "content"))
            source, cue, content = (tidy_spans(analysis.text, part) for part in parts)
            yield Attribution(source, cue, content, 0.0)

    return lambda text: tuple(find(encoder.read(text, find_sentences(text))))
