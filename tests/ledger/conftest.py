"""Ledgers of both sorts: a file, and a database of a server that the tests start for themselves."""

import getpass
import glob
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from allegata.ledger import Ledger
from allegata.reading import Reader
from allegata.types import Reading
from tests.ledger.made import TEXTS, make_doc


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def readings(reader) -> dict[str, Reading]:
    """The invented reports, read once."""
    return {name: reader.read(make_doc(name)) for name in TEXTS}


@pytest.fixture
def file_ledger(tmp_path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.db", create=True) as opened:
        yield opened


@pytest.fixture(params=["file", "server"])
def ledger(request, tmp_path) -> Iterator[Ledger]:
    """The same tests over a file and a server."""
    if request.param == "file":
        where: str | Path = tmp_path / "ledger.db"
    else:
        where = request.getfixturevalue("new_database")()
    with Ledger.open(where, create=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def new_database() -> Iterator[Callable[[], str]]:
    """A server of PostgreSQL; makes databases in it and gives their addresses."""
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory(prefix="allegata-pg-") as folder:
        Path(folder).chmod(0o755)
        data = Path(folder, "data")
        user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        if getpass.getuser() != "root":
            user = []
        else:
            shutil.chown(folder, "postgres", "postgres")
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        initdb = [*user, programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-N"]
        subprocess.run(initdb, cwd=folder, **quiet)
        port = free_port()
        options = f"-p {port} -k {folder} -c fsync=off -c listen_addresses=127.0.0.1"
        start = [*user, programs / "pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", options]
        subprocess.run([*start, "start"], cwd=folder, **quiet)
        try:
            yield lambda: make_database(port)
        finally:
            stop = [*user, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"]
            subprocess.run(stop, cwd=folder, **quiet)


def find_programs() -> Path | None:
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))  # noqa: PTH207
    if found:
        return Path(found[-1]).parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_database(port: int) -> str:
    from pg8000.native import Connection

    name = f"l{uuid.uuid4().hex[:12]}"
    connection = Connection("tester", host="127.0.0.1", port=port, database="postgres")
    try:
        connection.run(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
    finally:
        connection.close()
    return f"postgresql://tester@127.0.0.1:{port}/{name}"
