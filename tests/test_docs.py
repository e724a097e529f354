"""What the documentation says is there is there, and what is there is documented."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from allegata import errors
from allegata.cli.app import app
from allegata.cli.exits import ExitCode
from allegata.exports.flat import CLAIM_COLUMNS, FLAT_COLUMNS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MANUAL = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
PAGES = sorted(path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")] if path.is_file())


def commands_and_options() -> Iterator[tuple[str, str]]:
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    yield from below(group, "")


def below(group: typer.core.TyperGroup, before: str) -> Iterator[tuple[str, str]]:
    for own, command in group.commands.items():
        name = f"{before} {own}".strip()
        yield name, f"allegata {name}"
        for parameter in command.params:
            if parameter.param_type_name == "option":
                yield from ((name, option) for option in parameter.opts)
        if isinstance(command, typer.core.TyperGroup):
            yield from below(command, name)


def line_of(pattern: str) -> int:
    for number, line in enumerate(README.splitlines(), start=1):
        if re.search(pattern, line):
            return number
    raise AssertionError(pattern)


def test_the_readme_is_in_order():
    assert line_of(r"^## Install") < line_of(r"^make demo") < 25
    assert line_of(r"^\$ allegata read") < 35
    assert line_of(r"^## Limits") > 35


@pytest.mark.parametrize(("command", "words"), sorted(commands_and_options()))
def test_each_command_and_option_is_documented(command, words):
    assert f"`{words}" in MANUAL


@pytest.mark.parametrize("code", list(ExitCode))
def test_each_exit_code_is_documented(code):
    assert re.search(rf"^\| {code.value} \|", MANUAL, re.M)


@pytest.mark.parametrize("name", errors.__all__)
def test_each_error_is_documented(name):
    assert f"`{name}`" in MANUAL


@pytest.mark.parametrize("column", dict.fromkeys((*FLAT_COLUMNS, *CLAIM_COLUMNS)))
def test_each_column_of_ours_is_documented(column):
    manual = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    tables = manual.partition("## Columns")[2].partition("## What is left out")[0]
    assert re.search(rf"^\|[^|]*`{column}`[^|]*\|", tables, re.M)


def test_each_option_in_the_manual_exists():
    known = {words for _, words in commands_and_options()} | {"--help", "--version"}
    assert set(re.findall(r"--[a-z]+(?:-[a-z]+)*", MANUAL)) <= known


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_files_that_are_named_exist(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert "://" in target or (page.parent / target).exists(), target
    for target in re.findall(
        r"`((?:demo|docs|src|tools|tests|knowledge|benchmarks)/[\w./-]+)`", text
    ):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_words_for_users(page):
    """No "simply", no "powerful", no "we" outside quotation marks."""
    prose = re.sub(
        r"```.*?```|`[^`]*`|[\"“][^\"”\n]*[\"”]", "", page.read_text("utf-8"), flags=re.S
    )
    assert not re.search(r"\b(simply|powerful|we|our)\b", prose, re.IGNORECASE)


def test_the_example_of_the_command_line_prints_what_the_readme_shows():
    (block,) = re.findall(r"```console\n\$ allegata (.*?)\n(.*?)```", README, re.DOTALL)
    run = run_program(*block[0].split())
    assert run.returncode == 0, run.stderr
    printed = iter([unnumbered(line) for line in run.stdout.splitlines()])
    for line in block[1].splitlines():
        if line != "...":
            assert unnumbered(line) in printed, line  # in the same order


def unnumbered(line: str) -> str:
    """A line without the numbers of claims, which other claims before them shift."""
    return re.sub(r" +", " ", re.sub(r"[\d⁰¹²³⁴⁵⁶⁷⁸⁹⁺]", "", line)).rstrip()


def test_the_example_in_python_runs():
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("c0 None state\n")


def run_program(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [str(Path(sys.executable).with_name("allegata")), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z-]+)", README))))
def test_each_make_target_in_the_readme_exists(target):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.M)
