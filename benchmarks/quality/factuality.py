"""Score how events are put on the factuality sets: `python -m benchmarks.quality.factuality`.

UW (news, values from -3, surely not, to 3, surely) and UDS-IH2 (the web), their dev portions. Only
words that were read as events are scored. A reading's polarity and modality say that it happened,
that it did not, or neither (attempted, future, hypothetical and generic ones); the annotators'
mean says so from `SURE` on and down to -`SURE`. UDS-IH2 asks whether it has happened, so that what
is planned or feared did not: there only `sign` is scored, whether the mean is above 0 where the
reading says that it happened, and nowhere else. Pearson's r is that of the annotators' mean with
what the model gives: the probability of `actual` times one minus twice that of a denial.
"""

import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from allegata.encoder import Trigger
from allegata.errors import InputError
from allegata.sentences import find_sentences
from allegata.types import Event, Modality, Polarity
from benchmarks.program import SHARED
from benchmarks.quality.event_readings import as_document, open_reading, read_all
from benchmarks.quality.measured import Measured
from benchmarks.quality.portion import digest_files
from benchmarks.quality.showing import run
from benchmarks.quality.tally import Tally

__all__ = ["FACTUALITY", "SURE", "Rated", "correlation", "measure_factuality", "verdict_of"]

FACTUALITY = SHARED / "corpora" / "factuality"

SURE = 1.0
"""From this value on annotators take it that it happened, or with a minus that it did not."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A sentence with the annotators' mean for some of its words.

    Attributes:
        text: Its words with blanks between them.
        values: By the offset at which a word starts.
    """

    text: str
    values: dict[int, float]


def read_uw(path: Path) -> Iterator[Rated]:
    """The sentences of a portion of UW."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line]
        values = {at: float(row[2]) for at, row in enumerate(rows) if row[2] != "_"}
        yield _rated([row[1] for row in rows], values)


def read_uds(path: Path) -> Iterator[Rated]:
    """The sentences of a portion of UDS-IH2."""
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        values = {one["span1"][0]: float(one["label"]) for one in entry["targets"]}
        yield _rated(entry["text"].split(" "), values)


def _rated(words: Sequence[str], values: dict[int, float]) -> Rated:
    starts, length = [], 0
    for word in words:
        starts.append(length)
        length += len(word) + 1
    return Rated(" ".join(words), {starts[at]: value for at, value in values.items()})


SETS = {
    "uw dev": ("uw/dev.conll", read_uw, True),
    "uds-ih2 dev": ("uds_ih2/dev.jsonl", read_uds, False),
}
"""The file of each set, how it is read, and whether its values tell a denial from a plan."""


def measure_factuality(
    name: str, folder: Path = FACTUALITY, weights: Path | None = None
) -> Measured:
    """Read one of the sets, sentence by sentence, and score how its events are put.

    Args:
        name: A key of `SETS`.
        folder: Where they lie.
        weights: A model folder; the one that comes with allegata by default.

    Raises:
        InputError: It is not there.
    """
    file, read, has_verdicts = SETS[name]
    path = folder / file
    if not path.is_file():
        raise InputError(str(path), "absent.", "Give the folder of the factuality sets.")
    sentences = {f"{n:05}": one for n, one in enumerate(read(path)) if one.text and one.values}
    documents = {key: as_document(key, one.text) for key, one in sentences.items()}
    readings = read_all(documents, weights)
    reader = open_reading(weights)
    actual = reader.encoder.weights.labels.modalities.index(Modality.ACTUAL.value)
    scores, given, told = {}, [], []
    for key, one in sentences.items():
        rated = [
            (e, one.values[at]) for e in readings[key].events if (at := _at(e, one)) is not None
        ]
        if not rated:
            continue
        scores[key] = _count(rated, has_verdicts=has_verdicts)
        analysis = reader.encoder.read(one.text, find_sentences(one.text), events=True)
        triggers = {trigger.span: trigger for trigger in analysis.triggers}
        for event, value in rated:
            if event.trigger in triggers:
                given.append(value)
                told.append(_certainty(triggers[event.trigger], actual))
    r = correlation(given, told)
    extra = {} if r is None else {"Pearson's r of the probability": r}
    return Measured(f"factuality, {name}", digest_files(folder, [path]), scores, extra)


def _at(event: Event, one: Rated) -> int | None:
    """Where the first rated word of a trigger starts."""
    inside = (at for at in one.values if event.trigger.start <= at < event.trigger.end)
    return min(inside, default=None)


def verdict_of(event: Event) -> str:
    """Whether the text says that it `happened`, that it did `not`, or neither (`unsure`)."""
    if event.modality is not Modality.ACTUAL:
        return "unsure"
    return "not" if event.polarity is Polarity.NEGATIVE else "happened"


def _truth(value: float) -> str:
    return "happened" if value >= SURE else "not" if value <= -SURE else "unsure"


def _count(rated: Sequence[tuple[Event, float]], *, has_verdicts: bool = True) -> dict[str, Tally]:
    pairs = [(_truth(value), verdict_of(event)) for event, value in rated]
    same_sign = sum((value > 0) == (verdict_of(event) == "happened") for event, value in rated)
    figures = {"sign": Tally(same_sign, len(pairs), len(pairs))}
    if not has_verdicts:
        return figures
    figures["accuracy"] = Tally(sum(gold == read for gold, read in pairs), len(pairs), len(pairs))
    for verdict in ("happened", "not", "unsure"):
        figures[verdict] = Tally(
            sum(gold == read == verdict for gold, read in pairs),
            sum(read == verdict for _, read in pairs),
            sum(gold == verdict for gold, _ in pairs),
        )
    return figures


def _certainty(trigger: Trigger, actual: int) -> float:
    return trigger.modalities[actual] * (1 - 2 * trigger.negative)


def correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Pearson's r of two rows of numbers, or None where one of them does not vary."""
    n = len(one)
    if n < 2:
        return None
    mean_one, mean_other = sum(one) / n, sum(other) / n
    both = sum((a - mean_one) * (b - mean_other) for a, b in zip(one, other, strict=True))
    spread = math.sqrt(
        sum((a - mean_one) ** 2 for a in one) * sum((b - mean_other) ** 2 for b in other)
    )
    return both / spread if spread else None


if __name__ == "__main__":
    sys.exit(
        run(__doc__, lambda weights: [measure_factuality(name, weights=weights) for name in SETS])
    )
