"""A seal that was signed and kept elsewhere shows what a chain alone cannot: a whole rewriting."""

import shutil
import subprocess

import pytest

from allegata.errors import InputError
from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents
from allegata.ledger.chain import Head
from allegata.ledger.sealing import Seal, make_seal, read_seal
from benchmarks.program import command
from tests.ledger.made import keep


@pytest.fixture
def path(tmp_path, readings):
    path = tmp_path / "ledger.db"
    fill(path, readings, "radio", "post")
    return path


def fill(path, readings, *names):
    with Ledger.open(path, create=True) as ledger:
        keep(ledger, *(readings[name] for name in names))
        build_incidents(ledger)


@pytest.fixture
def keys(tmp_path):
    """Two people with keys, and the list of who may sign: the first one alone."""
    for name in ("ann", "eve"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", tmp_path / name],
            check=True,
        )
    signers = tmp_path / "signers"
    signers.write_text(f"ann {(tmp_path / 'ann.pub').read_text()}")
    return tmp_path


def run(*arguments):
    return subprocess.run(
        command(*map(str, arguments)), check=False, capture_output=True, text=True
    )


def seal(path, keys, who="ann"):
    out = keys / f"{who}.seal"
    done = run("seal", "--key", keys / who, "--out", out, "--ledger", path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(out)
    return out


def verify(path, sealed, keys):
    return run("verify", "--ledger", path, "--seal", sealed, "--signers", keys / "signers",
               "--by", "ann")  # fmt: skip


def test_a_ledger_that_only_grew_holds_its_seal(path, keys, readings):
    sealed = seal(path, keys)
    assert verify(path, sealed, keys).returncode == 0
    fill(path, readings, "other")
    done = verify(path, sealed, keys)
    assert done.returncode == 0
    assert "as it was sealed" in done.stdout
    unsigned = run("verify", "--ledger", path, "--seal", sealed)
    assert unsigned.returncode == 0
    assert "was not checked" in unsigned.stdout


def test_a_whole_rewriting_shows_against_a_seal_and_nowhere_else(path, keys, readings):
    sealed = seal(path, keys)
    path.unlink()
    fill(path, readings, "post", "radio")
    assert run("verify", "--ledger", path).returncode == 0
    done = verify(path, sealed, keys)
    assert done.returncode == 4
    assert "is not in the chain" in done.stdout


def test_a_copy_from_before_the_seal_shows(path, keys, readings, tmp_path):
    before = shutil.copy(path, tmp_path / "before.db")
    fill(path, readings, "other")
    sealed = seal(path, keys)
    assert verify(before, sealed, keys).returncode == 4


@pytest.mark.parametrize("change", ["head", "entry", "signature", "signer"])
def test_a_seal_that_was_changed_is_refused(path, keys, change):
    sealed = seal(path, keys, "eve" if change == "signer" else "ann")
    lines = sealed.read_text().splitlines(keepends=True)
    if change == "head":
        lines[1] = f"head {'0' * 64}\n"
    elif change == "entry":
        lines[2] = "entry 1\n"
    sealed.write_text("".join(lines))
    if change == "signature":
        other = seal(path, keys, "eve")
        shutil.copy(f"{other}.sig", f"{sealed}.sig")
    done = verify(path, sealed, keys)
    assert done.returncode == 4
    assert "signature is not ann's" in done.stderr


@pytest.mark.parametrize("content", [b"", b"allegata seal 1\n", b"x" * 5000, b"\xff\xfe"])
def test_what_is_no_seal_is_refused(content):
    with pytest.raises(InputError, match="is no seal"):
        read_seal(content, "x.seal")


def test_what_is_made_is_read_back():
    one = Seal(Head(12, "ab" * 32), "2026-11-27T06:40:00Z")
    assert read_seal(make_seal(one), "x") == one


def test_what_cannot_be_sealed_is_told(tmp_path, keys, path):
    with Ledger.open(tmp_path / "empty.db", create=True):
        pass
    done = run("seal", "--key", keys / "ann", "--ledger", tmp_path / "empty.db")
    assert done.returncode == 2
    assert "holds nothing yet" in done.stderr
    assert run("seal", "--key", tmp_path / "absent", "--ledger", path).returncode == 2
    assert run("verify", "--ledger", path, "--by", "ann").returncode == 2
