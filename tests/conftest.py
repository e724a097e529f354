"""What all tests share: where the annotated data lies, and that no test is skipped unseen."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the annotated data. A test that uses it is marked `shared`."""
    return SHARED


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="accept the readings of now")


def pytest_report_header() -> str:
    found = "found" if _has_shared() else "absent, so tests marked `shared` are left out"
    return f"annotated data in ../shared: {found}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, by name and not by a skip, what cannot run without the annotated data."""
    if _has_shared():
        return
    left_out = [item for item in items if item.get_closest_marker("shared")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("shared")]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With ALLEGATA_NO_SKIPS set, as continuous integration does, a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("ALLEGATA_NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("ALLEGATA_NO_SKIPS") and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("A test was skipped that should run: this run fails.", red=True)


def _has_shared() -> bool:
    return (SHARED / "gold").is_dir()
