"""Readings in Parquet into a ledger, as if the ledger's own machine had read them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from allegata.errors import InputError
from allegata.ingestion.arrivals import Arrival
from allegata.ingestion.batches import Result, keep
from allegata.ingestion.options import Outcome
from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents, compare_new
from allegata.ledger.comparing import Known
from allegata.ledger.writing import Run
from allegata.scale.reading import RUN_FILE
from allegata.scale.rows import result_of

__all__ = ["merge_readings"]

_AT_ONCE = 64


def merge_readings(
    folder: Path, ledger: Ledger, *, on_fault: Callable[[InputError], None] | None = None
) -> Outcome:
    """Bring the readings of a folder into a ledger and put their reports together.

    Each row is checked: a text that is not that of its id, or a report that is not what its id
    says, is refused.

    Args:
        folder: The output of `read_all`.
        ledger: Open for writing. What it has already is passed over, so that this may be stopped
            and run again.
        on_fault: Told of each document that was set aside, when the readings were made or now.

    Raises:
        InputError: The folder holds no readings.
        DamageError: A row is not what was written.
        StoreError: The ledger cannot be written.
    """
    run = _read_run(folder)
    outcome, known = Outcome(), Known()
    for results in _batches(folder):
        kept = keep(ledger, run, results)
        if on_fault is not None:
            for error, _ in kept.faults:
                on_fault(error)
        outcome += kept.outcome
        compare_new(ledger, known)
    build_incidents(ledger)
    return outcome


def _read_run(folder: Path) -> Run:
    path = folder / RUN_FILE
    try:
        return Run(**json.loads(path.read_text(encoding="utf-8"))["run"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            str(folder), "holds no readings.", "Make them: allegata scale read INPUT OUTPUT."
        ) from error


def _batches(folder: Path) -> Iterator[list[Result]]:
    batch: list[Result] = []
    for row in _rows(folder):
        doc, made = result_of(row)
        batch.append(Result(Arrival(doc), None if isinstance(doc, InputError) else made))
        if len(batch) >= _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _rows(folder: Path) -> Iterator[dict[str, Any]]:
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        raise InputError(
            "--readings", "needs pyarrow.", "Install it: pip install 'allegata[scale]'."
        ) from error
    for path in sorted(folder.glob("part-*.parquet")):
        try:
            for piece in parquet.ParquetFile(path).iter_batches(_AT_ONCE):
                yield from piece.to_pylist()
        except (ArrowException, OSError) as error:
            words = str(error).splitlines()[0][:200]
            raise InputError(str(path), f"cannot be read: {words}.", "Make it again.") from error
