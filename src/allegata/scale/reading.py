"""Reading: each task reads its documents and writes its part of the output, all of it or nothing.

Should a worker or the whole run be killed, the same command goes on: parts that are there are not
made again.
"""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from allegata.documents.intake import Intake
from allegata.documents.isolation import Isolation
from allegata.errors import InputError, StoreError
from allegata.ingestion.identity import identify_run
from allegata.reading import UsersKnowledge, explain_loss
from allegata.scale.engine import Engine
from allegata.scale.rows import Row, fault_row, lost_row, open_row_maker, readings_schema
from allegata.scale.tasks import Task, find_tasks, read_task
from allegata.types import Document
from allegata.workers import Lost, Workers

__all__ = ["RUN_FILE", "PartReader", "ReadOrder", "ReadOutcome", "part_name", "read_all"]

RUN_FILE = "run.json"
_GROUP = 200
_LOOK_S = 0.5


@dataclass(frozen=True, slots=True)
class ReadOrder:
    """How to read.

    Attributes:
        inputs: Files, folders, globs, addresses of a store.
        output: A folder for the parts.
        knowledge: The user's own files.
        weights: A folder of weights, or None for ours.
        seconds: The longest that one document may take.
    """

    inputs: tuple[str, ...]
    output: Path
    knowledge: UsersKnowledge = field(default_factory=UsersKnowledge)
    weights: Path | None = None
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """What came of it.

    Attributes:
        n_read: Reports, those of parts that were there included.
        n_set_aside: Documents that were not read, each with a row that says why.
        n_parts: Of the output.
        n_kept: Those of them that were there already.
    """

    n_read: int
    n_set_aside: int
    n_parts: int
    n_kept: int


def part_name(number: int) -> str:
    """The file of a part."""
    return f"part-{number:06}.parquet"


def read_all(order: ReadOrder, engine: Engine) -> ReadOutcome:
    """Read all documents of the inputs.

    Returns:
        What came of it.

    Raises:
        InputError: The engine is not there, there is nothing to read, or the output was made by
            another version, model, knowledge or of other inputs.
        StoreError: The output cannot be written, or a worker was killed; run it again.
    """
    engine.start()
    tasks, faults = find_tasks(order.inputs)
    if not tasks:
        raise faults[0] if faults else InputError("INPUT", "holds nothing to read.")
    _prepare(order, tasks)
    waiting = [task for task in tasks if not (order.output / part_name(task.number)).exists()]
    if waiting:
        _run(waiting, order, engine)
    if faults:
        rows = [fault_row(one, "document") for one in faults]
        _write(iter(rows), order.output / "part-faults.parquet")
    return _count(order.output, len(tasks), len(tasks) - len(waiting))


def _prepare(order: ReadOrder, tasks: Sequence[Task]) -> None:
    """Make the folder, and see that what lies there was made by the same run of the same inputs."""
    run = identify_run(order.weights, order.knowledge)
    wanted = {"run": asdict(run), "tasks": [json.loads(task.to_json()) for task in tasks]}
    path = order.output / RUN_FILE
    try:
        order.output.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists():
            if json.loads(path.read_text(encoding="utf-8")) != wanted:
                raise InputError(
                    str(order.output),
                    "holds readings of other inputs, or by another version or other knowledge.",
                    "Name another folder.",
                )
            return
        part = path.with_name(RUN_FILE + ".part")
        part.write_text(json.dumps(wanted), encoding="utf-8")
        part.replace(path)
    except (OSError, ValueError) as error:
        raise StoreError(f"{order.output}: cannot be used: {error}.") from error


def _run(tasks: Sequence[Task], order: ReadOrder, engine: Engine) -> None:
    import daft

    @daft.cls(max_concurrency=engine.jobs)
    class Step:
        def __init__(self) -> None:
            self._reader = PartReader(order)

        @daft.method.batch(return_dtype=daft.DataType.int64(), batch_size=1)
        def read(self, task: Any) -> list[int]:  # noqa: ANN401 - a series of daft
            return [self._reader.read(Task.from_json(words)) for words in task.to_pylist()]

    frame = daft.from_pydict({"task": [task.to_json() for task in tasks]})
    frame = engine.spread(frame, len(tasks))
    try:
        frame.select(Step().read(frame["task"])).collect()
    except Exception as error:
        words = (str(error).strip().splitlines() or [type(error).__name__])[-1]
        raise StoreError(
            f"{order.output}: a worker failed: {words}. What was done is kept; run it again."
        ) from error


class PartReader:
    """Reads one task after another, with a process of its own that may be lost and is replaced.

    Args:
        order: How to read, and where to.
    """

    def __init__(self, order: ReadOrder) -> None:
        self._order = order
        self._workers: Workers[Document | InputError, Row] | None = None

    def read(self, task: Task) -> int:
        """Read one task and write its part.

        Returns:
            How many rows it has.
        """
        order = self._order
        if self._workers is None:
            self._workers = Workers(
                1, open_row_maker, (order.weights, order.knowledge), seconds=order.seconds
            )
        isolation = Isolation(order.seconds)
        try:
            documents = read_task(task, Intake(), isolation)
            return _write(_rows(documents, self._workers), order.output / part_name(task.number))
        finally:
            isolation.close()

    def close(self) -> None:
        """End the process."""
        workers, self._workers = self._workers, None
        if workers is not None:
            workers.close()

    def __del__(self) -> None:
        with suppress(Exception):
            self.close()


def _rows(
    documents: Iterator[Document | InputError], workers: Workers[Document | InputError, Row]
) -> Iterator[Row]:
    """Rows in the order of the documents."""
    waiting: dict[int, Document | InputError] = {}
    done: dict[int, Row] = {}
    is_over = False
    while waiting or not is_over:
        while not is_over and workers.has_room:
            doc = next(documents, None)
            if doc is None:
                is_over = True
            else:
                waiting[workers.put(doc)] = doc
        for ticket, made in workers.wait(_LOOK_S) if waiting else ():
            doc = waiting[ticket]
            done[ticket] = (
                lost_row(doc, explain_loss(doc, made)) if isinstance(made, Lost) else made
            )
        for ticket in list(waiting):
            if ticket not in done:
                break
            del waiting[ticket]
            yield done.pop(ticket)


def _write(rows: Iterator[Row], path: Path) -> int:
    """Write a part beside its place, and put it there when it is whole."""
    import pyarrow as pa
    from pyarrow import parquet

    schema = readings_schema()
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    n_rows = 0
    try:
        with parquet.ParquetWriter(part, schema, compression="zstd") as writer:
            for piece in _pieces(rows):
                writer.write_table(pa.Table.from_pylist(piece, schema=schema))
                n_rows += len(piece)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return n_rows


def _pieces(rows: Iterator[Row]) -> Iterator[list[Row]]:
    piece: list[Row] = []
    for row in rows:
        piece.append(row)
        if len(piece) >= _GROUP:
            yield piece
            piece = []
    if piece:
        yield piece


def _count(output: Path, n_parts: int, n_kept: int) -> ReadOutcome:
    from pyarrow import parquet

    n_rows = n_faults = 0
    for path in sorted(output.glob("part-*.parquet")):
        column: Any = parquet.read_table(path, columns=["fault"]).column("fault")
        n_rows += len(column)
        n_faults += len(column) - column.null_count
    return ReadOutcome(n_rows - n_faults, n_faults, n_parts, n_kept)
