"""The documentation builds without a warning, fetches nothing, and has what the code has."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from allegata.incidents.comparing import COMPARISONS
from allegata.incidents.grades import load_grade_rules

ROOT = Path(__file__).resolve().parent.parent
LOADED = re.compile(
    r'<(?:script|img|link|iframe|source)\b[^>]*(?:src|href)="((?:https?:)?//[^"]+)"'
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT, check=False, capture_output=True, text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return folder


def test_no_page_loads_anything_from_elsewhere(site):
    pages = list(site.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        assert LOADED.findall(page.read_text(encoding="utf-8")) == [], page.name


def test_every_page_of_the_documentation_is_in_it(site):
    for path in (ROOT / "docs").rglob("*.md"):
        if path.name != "0000-template.md":
            assert (site / path.relative_to(ROOT / "docs")).with_suffix(".html").exists(), path


def test_the_rules_are_those_of_the_code(site):
    words = (site / "rules.html").read_text(encoding="utf-8")
    for rule in load_grade_rules():
        assert f"<code>{rule.rule}</code>" in words
    for comparison in COMPARISONS:
        assert f"<code>{comparison.__name__}</code>" in words


def test_the_search_has_the_pages(site):
    assert "laundering" in (site / "search" / "search_index.json").read_text(encoding="utf-8")
