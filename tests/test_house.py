"""The house itself: what is locked, what is declared, what is imported."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Needed by a library we use, and declared because old versions of pip overlook it.
NEVER_IMPORTED = {"lxml-html-clean"}


def pins(lock: str) -> dict[str, Requirement]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    found = [Requirement(line.removesuffix("\\")) for line in lines if re.match(r"[a-z]", line)]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def declared(*extras: str) -> dict[str, Requirement]:
    lines = list(PROJECT["dependencies"])
    for extra in extras:
        lines += PROJECT["optional-dependencies"][extra]
    found = [Requirement(line) for line in lines]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index_and_no_place(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(
        r"://|--index|--extra|--find-links|--trusted|^-e|(?<![\w-])/\w", text, re.M
    )


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_is_exact_and_has_hashes(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z])", text)[1:]
    assert blocks
    for block in blocks:
        assert re.match(r"[a-z0-9.-]+==[\w.]+( ; [^\n]+)? \\\n", block), block[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block[:80]


def test_what_is_declared_is_locked():
    run, develop = pins("requirements.lock"), pins("requirements-dev.lock")
    assert declared().keys() <= run.keys(), "run `make lock`"
    for name, requirement in declared("dev").items():
        if name != "allegata":
            (pin,) = develop[name].specifier
            assert requirement.specifier.contains(pin.version), name


def test_the_locks_agree():
    run, build, develop = map(pins, LOCKS)
    for name, pin in [*run.items(), *build.items()]:
        assert str(develop.get(name, pin).specifier) == str(pin.specifier), name


def test_what_is_imported_is_declared_and_what_is_declared_is_imported():
    owners = packages_distributions()
    imported = {
        canonicalize_name(owner)
        for module in imported_modules(ROOT / "src" / "allegata")
        if module not in sys.stdlib_module_names | {"_typeshed", "allegata"}
        for owner in owners.get(module, [module])
    }
    # PyYAML compiles knowledge; nothing at run time imports the module that imports it. The driver
    # for PostgreSQL is an extra, imported where such a ledger is opened; so is what reads a map
    # of one's own, and protobuf comes with it; spaCy; and what spreads work over machines.
    names = ("map", "spacy", "scale", "ray")
    extras = {"pg8000", "protobuf", *(one for name in names for one in declared(name))}
    assert imported - {"pyyaml", *extras} <= declared().keys()
    assert declared().keys() - NEVER_IMPORTED <= imported


def imported_modules(folder: Path) -> set[str]:
    modules: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.split(".")[0])
    return modules


def test_the_reader_loads_neither_torch_nor_yaml_nor_a_hub():
    code = "import allegata, allegata.cli, sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"torch", "yaml", "transformers", "huggingface_hub"} & set(run.stdout.split())


def test_what_runs_is_permissively_licensed():
    command = [sys.executable, ROOT / "tools" / "licences.py"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "numpy" in run.stdout


@pytest.mark.parametrize(
    ("licence", "verdict"),
    [
        ("MIT", ""),
        ("Apache-2.0 OR BSD-2-Clause", ""),
        ("The BSD 2-Clause License", ""),
        ("GPL-3.0-or-later", "NOT permissive"),
        ("MIT AND LGPL-2.1-only", "NOT permissive"),
        ("GNU General Public License v3 (GPLv3)", "NOT permissive"),
        ("MPL-2.0", "NOT permissive"),
        ("Proprietary", "NOT known"),
        ("none stated", "NOT known"),
    ],
)
def test_verdict_on_a_licence(licence, verdict, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import licences

    assert licences.judge("some-package", licence) == verdict
