"""The list of what an installation is made of."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    path = tmp_path_factory.mktemp("sbom") / "sbom.json"
    command = [sys.executable, ROOT / "tools" / "sbom.py", path]
    subprocess.run(command, check=True, capture_output=True)
    return path.read_bytes()


def test_it_lists_what_runs_as_it_is_locked(listed):
    parts = {one["name"]: one for one in json.loads(listed)["components"]}
    libraries = {name for name, one in parts.items() if one["type"] == "library"}
    assert {"numpy", "onnxruntime", "sqlalchemy", "lxml"} <= libraries
    assert all(f"{name}=={parts[name]['version']}" in LOCK for name in libraries)
    assert all(parts[name]["licenses"] for name in libraries)


def test_weights_and_vendored_files_are_those_that_lie_there(listed):
    parts = [one for one in json.loads(listed)["components"] if one["type"] == "data"]
    assert len(parts) == 4
    for one in parts:
        raw = (ROOT / "src" / "allegata" / one["bom-ref"]).read_bytes()
        assert one["hashes"] == [{"alg": "SHA-256", "content": sha256(raw).hexdigest()}]


def test_it_is_the_same_again(listed, tmp_path):
    path = tmp_path / "again.json"
    subprocess.run(
        [sys.executable, ROOT / "tools" / "sbom.py", path], check=True, capture_output=True
    )
    assert path.read_bytes() == listed


def test_vendored_files_have_the_hashes_that_are_told():
    folder = ROOT / "src" / "allegata" / "web" / "static" / "vendor"
    told = (folder / "SOURCES.md").read_text(encoding="utf-8")
    files = [path for path in folder.iterdir() if path.name != "SOURCES.md"]
    assert files
    for path in files:
        assert sha256(path.read_bytes()).hexdigest() in told
