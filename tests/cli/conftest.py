"""The samples, for the tests of the command line."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def samples() -> ModuleType:
    """Readings made by hand."""
    return _load("samples")


@pytest.fixture(scope="session")
def told() -> ModuleType:
    """Readings with events, made by hand."""
    return _load("event_samples")


def _load(name: str) -> ModuleType:
    path = Path(__file__).parent.parent / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
