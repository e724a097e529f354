"""The same rows on one machine and on a cluster, and the same ledger as on the laptop."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyarrow import parquet
from sqlalchemy import select

from allegata.documents import Intake
from allegata.documents.isolation import Isolation
from allegata.errors import DamageError, InputError
from allegata.ingestion.pipeline import ingest
from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents
from allegata.ledger.schema import account, copy, incident, membership, report
from allegata.ledger.stats import count_all
from allegata.ledger.verifying import verify
from allegata.scale import merge_readings
from allegata.scale import tasks as tasks_module
from allegata.scale.rows import document_of, result_of
from allegata.scale.tasks import Task, find_tasks, read_task
from tests.scale.made import write_inputs

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]


def run_scale(engine: str, folder: Path, inputs: list[str]) -> list[int]:
    command = [sys.executable, "-W", "ignore", "-m", "tests.scale.run", engine, folder, *inputs]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-3000:]
    return json.loads((folder / "counts.json").read_text())


@pytest.fixture(scope="session")
def inputs(tmp_path_factory):
    return write_inputs(tmp_path_factory.mktemp("inputs"))


@pytest.fixture(scope="session")
def native(tmp_path_factory, inputs):
    folder = tmp_path_factory.mktemp("native")
    return folder, run_scale("native", folder, inputs)


@pytest.fixture(scope="session")
def laptop(tmp_path_factory, inputs):
    path = tmp_path_factory.mktemp("laptop") / "laptop.db"
    with Ledger.open(path, create=True) as ledger:
        ingest(inputs, ledger)
        build_incidents(ledger)
    return path


def rows(path: Path) -> list[dict]:
    return parquet.read_table(path).to_pylist()


def parts(folder: Path) -> dict[str, list[dict]]:
    return {path.name: rows(path) for path in sorted((folder / "readings").glob("*.parquet"))}


def test_a_cluster_gives_row_for_row_what_one_machine_gives(tmp_path, native, inputs):
    folder, counts = native
    assert run_scale("local", tmp_path, inputs) == counts
    assert parts(tmp_path) == parts(folder)
    for name in ("copies.parquet", "incidents.parquet"):
        assert rows(tmp_path / name) == rows(folder / name)


def test_errors_are_kept_for_each_document(native):
    folder, (n_read, n_set_aside, *_) = native
    told = [row for part in parts(folder).values() for row in part if row["fault"]]
    assert (n_read, n_set_aside) == (76, 2)
    assert len(told) == 2
    assert any("a.jsonl#41" in row["where"] for row in told)
    assert any("d.pdf" in row["where"] for row in told)


def test_its_copies_are_those_of_the_ledger(native, laptop):
    folder, (_, _, n_copies, _) = native
    with Ledger.open(laptop) as ledger, ledger.reading() as connection:
        names = {r.number: r.id for r in connection.execute(select(report.c.number, report.c.id))}
        wanted = {
            (names[r.earlier], names[r.later], r.kind, r.share, r.reason)
            for r in connection.execute(select(copy))
        }
    assert {tuple(row.values()) for row in rows(folder / "copies.parquet")} == wanted
    assert n_copies == len(wanted) >= 10


def test_its_incidents_are_those_of_the_ledger(native, laptop):
    folder, (*_, n_incidents) = native
    with Ledger.open(laptop) as ledger, ledger.reading() as connection:
        wanted = {
            (r.id, r.account)
            for r in connection.execute(
                select(incident.c.id, account.c.id.label("account"))
                .join(membership, membership.c.incident == incident.c.number)
                .join(account, account.c.number == membership.c.account)
                .where(membership.c.until.is_(None))
            )
        }
    found = {(row["incident"], row["account"]) for row in rows(folder / "incidents.parquet")}
    assert found == wanted
    assert n_incidents == len({name for name, _ in wanted}) > 20


def test_its_readings_make_the_ledger_of_the_laptop(tmp_path, native, laptop):
    told: list[InputError] = []
    with Ledger.open(tmp_path / "merged.db", create=True) as ledger:
        outcome = merge_readings(native[0] / "readings", ledger, on_fault=told.append)
        assert outcome.n_set_aside == len(told) == 2
        assert verify(ledger).damages == []
        merged = count_all(ledger)
        again = merge_readings(native[0] / "readings", ledger)
        assert (again.n_read, again.n_new_faults) == (0, 0)
        assert count_all(ledger).head == merged.head
    with Ledger.open(laptop) as ledger:
        assert count_all(ledger).digest == merged.digest


def test_parts_that_are_there_are_not_made_again(tmp_path, native, inputs):
    folder = tmp_path / "again"
    run_scale("native", folder, inputs)
    path = next((folder / "readings").glob("part-0*.parquet"))
    before = path.stat().st_mtime_ns
    (folder / "readings" / "part-faults.parquet").unlink(missing_ok=True)
    run_scale("native", folder, inputs)
    assert path.stat().st_mtime_ns == before
    assert not list((folder / "readings").glob("*.part"))


def test_a_worker_that_is_killed_costs_no_part(tmp_path, native, inputs):
    """The process that reads is killed in its work; the document is read by the next one."""
    code = (
        "import os, signal, sys, threading, time\n"
        "from pathlib import Path\n"
        "from allegata.scale.reading import PartReader, ReadOrder\n"
        "from allegata.scale.tasks import find_tasks\n"
        "tasks, _ = find_tasks(sys.argv[2:])\n"
        "reader = PartReader(ReadOrder(tuple(sys.argv[2:]), Path(sys.argv[1])))\n"
        "def kill():\n"
        "    while reader._workers is None or not reader._workers.process_ids: time.sleep(0.01)\n"
        "    time.sleep(2.0)\n"
        "    os.kill(reader._workers.process_ids[0], signal.SIGKILL)\n"
        "    print('killed', file=sys.stderr)\n"
        "if __name__ == '__main__':\n"
        "    threading.Thread(target=kill, daemon=True).start()\n"
        "    print(sum(reader.read(task) for task in tasks))\n"
    )
    script = tmp_path / "killed.py"
    script.write_text(code)
    out = tmp_path / "readings"
    out.mkdir()
    run = subprocess.run(
        [sys.executable, script, out, *inputs], capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert "killed" in run.stderr
    made = {path.name: rows(path) for path in sorted(out.glob("*.parquet"))}
    assert made == parts(native[0])


def test_other_inputs_need_another_folder(native, tmp_path):
    from allegata.scale import Engine, ReadOrder, read_all

    (tmp_path / "x.txt").write_text("Rebels shelled the market, the ministry said.")
    with pytest.raises(InputError, match="other inputs"):
        read_all(ReadOrder((str(tmp_path),), native[0] / "readings"), Engine(1))


def test_a_row_that_was_changed_is_refused(native):
    row = next(r for part in parts(native[0]).values() for r in part if r["reading"])
    doc, made = result_of(row)
    assert made.document == doc
    with pytest.raises(DamageError, match="not the text"):
        document_of({**row, "text": row["text"] + b"x"})
    with pytest.raises(DamageError, match="not what its id says"):
        document_of({**row, "publisher": "Another"})


def test_stretches_hold_every_line_once(tmp_path, monkeypatch):
    monkeypatch.setattr(tasks_module, "_STRETCH_BYTES", 1000)
    monkeypatch.setattr(tasks_module, "_SMALL_BYTES", 100)
    path = tmp_path / "long.jsonl"
    lines = [json.dumps({"text": f"Report {n}: the army shelled a village."}) for n in range(90)]
    path.write_text("\n".join(lines))
    tasks, faults = find_tasks([str(path)])
    assert len(tasks) > 4
    assert faults == []
    isolation = Isolation(5.0)
    found = [doc for task in tasks for doc in read_task(task, Intake(), isolation)]
    whole = list(read_task(Task(0, (str(path),)), Intake(), isolation))
    isolation.close()
    assert found == whole
    assert [doc.uri for doc in found] == [f"{path}#{n}" for n in range(1, 91)]


def test_objects_of_a_store_are_read(tmp_path):
    (tmp_path / "one.txt").write_text("Rebels shelled the market, the ministry said.")
    (tmp_path / "two.txt").write_text("The army denied it.")
    (tmp_path / "other.md").write_text("x")
    tasks, faults = find_tasks([f"file://{tmp_path}/*"])
    assert [task.paths[0].rpartition("/")[2] for task in tasks] == [
        "one.txt",
        "other.md",
        "two.txt",
    ]
    assert faults == []
    isolation = Isolation(5.0)
    (doc,) = read_task(tasks[0], Intake(), isolation)
    assert doc.text.startswith("Rebels shelled")
    (missing,) = read_task(Task(0, (f"file://{tmp_path}/none",)), Intake(), isolation)
    isolation.close()
    assert "cannot be opened" in missing.what


def test_what_is_not_there_is_told():
    tasks, faults = find_tasks(["/nowhere/at/all", "s9://nowhere/*"])
    assert tasks == []
    assert len(faults) == 2


def test_nothing_is_told_to_anybody():
    from allegata.scale.engine import _QUIET

    assert _QUIET["DO_NOT_TRACK"] == "1"
    assert _QUIET["RAY_USAGE_STATS_ENABLED"] == "0"
    code = (
        "import sys, allegata.scale as s, os\n"
        "assert not {'daft', 'ray'} & set(sys.modules)\n"
        "s.Engine(1).start()\n"
        "assert os.environ['DO_NOT_TRACK'] == '1'\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True)
