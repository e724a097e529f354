"""Score the reader on a portion of PolNeAR.

    python -m benchmarks.quality.polnear PORTION --dump FILE [--json]

PORTION holds `text/` and `attributions/`. FILE receives one document a line, as predicted:
`{"document": NAME, "source": [[start, end], ...], "cue": [...], "content": [...]}`.
Offsets count code points of `text/NAME.txt` as it stands. With `--agreement` the annotators of
documents that several people annotated are scored against each other instead.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from allegata.errors import AllegataError
from benchmarks.quality.agreement import compare, pair_attributions
from benchmarks.quality.calibration import Judged, calibration_error
from benchmarks.quality.cues import KnownCues, collect_cues, load_cues
from benchmarks.quality.portion import ROLES, Annotated, Attribution, digest_portion, read_portion
from benchmarks.quality.reader import open_reader
from benchmarks.quality.tally import Tally

__all__ = ["DocumentScore", "Scores", "add_up", "dump_line", "score_agreement", "score_document"]

Figures = dict[str, Tally]
Reader = Callable[[str], tuple[Attribution, ...]]


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """What was right in one document.

    Attributes:
        name: Of the document.
        figures: A document that several people annotated counts once: each of them weighs less.
        judged: Each whole predicted attribution with its confidence.
    """

    name: str
    figures: Figures
    judged: tuple[Judged, ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of a portion.

    Attributes:
        documents: One entry a document that somebody annotated.
        unscored: Names of documents that nobody annotated.
        data: Digest of the portion.
    """

    documents: tuple[DocumentScore, ...]
    unscored: tuple[str, ...] = ()
    data: str = ""
    totals: Figures = field(default_factory=dict)

    @property
    def calibration_error(self) -> float | None:
        """Expected calibration error over all documents."""
        return calibration_error([one for doc in self.documents for one in doc.judged])


def add_up(documents: Iterable[Figures]) -> Figures:
    """Sum the tallies of several documents, figure by figure."""
    totals: Figures = {}
    for figures in documents:
        for name, tally in figures.items():
            totals[name] = totals.get(name, Tally()) + tally
    return totals


def score_document(
    document: Annotated, predicted: Sequence[Attribution], cues: KnownCues
) -> DocumentScore:
    """Score what was predicted for one document against all who annotated it."""
    share = 1 / len(document.annotations)
    each = []
    judged = [0.0] * len(predicted)
    for gold in document.annotations:
        figures = compare(gold, predicted) | _recalls(document.text, gold, predicted, cues)
        each.append({name: tally.times(share) for name, tally in figures.items()})
        for index in pair_attributions(gold, predicted):
            judged[index] += share
    return DocumentScore(
        document.name,
        add_up(each),
        tuple(
            Judged(one.confidence, right)
            for one, right in zip(predicted, judged, strict=True)
            if one.is_whole
        ),
    )


def _recalls(
    text: str, gold: Sequence[Attribution], predicted: Sequence[Attribution], cues: KnownCues
) -> Figures:
    """Recall of exact spans of attributions whose cue is among the commonest, or was never seen."""
    found = {role: {span for one in predicted for span in one.role(role)} for role in ROLES}
    figures: Figures = {}
    for one in gold:
        words = one.words_of_cue(text)
        if words in cues.common:
            group = "common"
        elif words and not cues.was_seen(words):
            group = "unseen"
        else:
            continue
        for role in ROLES:
            spans = one.role(role)
            right = sum(span in found[role] for span in spans)
            name = f"{role} recall, {group} cues"
            figures[name] = figures.get(name, Tally()) + Tally(right, len(spans), len(spans))
    return figures


def score_agreement(documents: Iterable[Annotated]) -> Scores:
    """Score annotators of one document against each other, each pair of them once."""
    scores = [
        DocumentScore(document.name, compare(one, other))
        for document in documents
        for one, other in combinations(document.annotations, 2)
    ]
    return Scores(tuple(scores), totals=add_up(score.figures for score in scores))


def dump_line(name: str, predicted: Iterable[Attribution]) -> str:
    """The predicted spans of one document by role, as one line of JSON without its end."""
    line: dict[str, object] = {"document": name}
    found = list(predicted)
    for role in ROLES:
        spans = {span for one in found for span in one.role(role)}
        line[role] = [[span.start, span.end] for span in sorted(spans)]
    return json.dumps(line)


def score_portion(
    portion: Path, read: Reader, cues: KnownCues, dump: Callable[[str], object]
) -> Scores:
    """Read every document of a portion, dump what was read, and score what was annotated."""
    scores = []
    unscored = []
    for document in read_portion(portion):
        predicted = read(document.text)
        dump(dump_line(document.name, predicted) + "\n")
        if document.annotations:
            scores.append(score_document(document, predicted, cues))
        else:
            unscored.append(document.name)
    totals = add_up(score.figures for score in scores)
    return Scores(tuple(scores), tuple(unscored), digest_portion(portion), totals)


def write_table(scores: Scores) -> str:
    """The figures in per cent, one a line."""
    lines = [f"{'':32}{'P':>7}{'R':>7}{'F1':>7}{'gold':>8}"]
    for name, tally in scores.totals.items():
        values = (tally.precision, tally.recall, tally.f1)
        if "recall" in name or "jaccard" in name:
            values = (None, None, tally.f1)
        cells = "".join(f"{'–' if v is None else f'{100 * v:.1f}':>7}" for v in values)
        lines.append(f"{name:32}{cells}{tally.gold:8.0f}")
    error = scores.calibration_error
    if error is not None:
        lines.append(f"{'calibration error':32}{'':14}{100 * error:7.1f}")
    lines.append(f"{len(scores.documents)} documents scored")
    if scores.unscored:
        lines.append(
            f"{len(scores.unscored)} documents that nobody annotated were read, not scored"
        )
    return "\n".join(lines)


def as_json(scores: Scores) -> str:
    """The figures as one JSON object."""
    figures = {
        name: {
            "precision": tally.precision,
            "recall": tally.recall,
            "f1": tally.f1,
            "gold": tally.gold,
        }
        for name, tally in scores.totals.items()
    }
    return json.dumps(
        {
            "figures": figures,
            "calibration_error": scores.calibration_error,
            "documents": len(scores.documents),
            "unscored": list(scores.unscored),
            "data": scores.data,
        }
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, dump and score; 1 where the portion cannot be used."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("portion", type=Path)
    parser.add_argument("--dump", type=Path, help="write the predicted spans to this file")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--weights", type=Path, help="read with this model folder")
    parser.add_argument(
        "--training", type=Path, help="take the seen cues from this portion, not from cues.json"
    )
    parser.add_argument("--agreement", action="store_true", help="score annotators, not the reader")
    args = parser.parse_args(arguments)
    try:
        if args.agreement:
            scores = score_agreement(read_portion(args.portion))
        else:
            scores = _read_and_score(args.portion, args.dump, args.weights, args.training)
    except AllegataError as error:
        print(error, file=sys.stderr)
        return 1
    print(as_json(scores) if args.json else write_table(scores))
    return 0


def _read_and_score(
    portion: Path, dump: Path | None, weights: Path | None, training: Path | None
) -> Scores:
    cues = load_cues()
    if training:
        cues = collect_cues(read_portion(training), digest_portion(training))
    read = open_reader(weights)
    if dump is None:
        return score_portion(portion, read, cues, lambda line: line)
    with dump.open("w", encoding="utf-8") as lines:
        return score_portion(portion, read, cues, lines.write)


if __name__ == "__main__":
    sys.exit(main())
