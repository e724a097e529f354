"""No page shows what is alleged without whoever alleges it."""

import subprocess
from pathlib import Path

import pytest

from allegata.ledger import Ledger
from allegata.web.app import make_app
from benchmarks.incidents.bare import find_bare, look, paths_of
from benchmarks.program import SHARED, command

DEMO = Path(__file__).resolve().parents[2] / "demo"
N_ARTICLES = 60


def look_at_all(path):
    with Ledger.open(path, read_only=True) as ledger:
        paths = list(paths_of(ledger))
    return look(make_app(path), iter(paths), 0)


def ingest(source, path):
    words = command("ingest", str(source), "--ledger", str(path), "--jobs", "1")
    done = subprocess.run(words, check=False, capture_output=True)
    assert done.returncode in (0, 3)  # the demo holds a damaged archive


@pytest.mark.slow
def test_the_demo_shows_nothing_without_its_holder(tmp_path):
    ingest(DEMO, tmp_path / "demo.db")
    n_pages, found = look_at_all(tmp_path / "demo.db")
    assert n_pages > 80
    assert found == []


@pytest.mark.slow
@pytest.mark.shared
def test_articles_of_a_war_show_nothing_without_its_holder(tmp_path):
    articles = SHARED / "corpora" / "fa_kes" / "articles.jsonl"
    part = tmp_path / "part.jsonl"
    with articles.open(encoding="utf-8") as lines:
        part.write_text("".join(line for line, _ in zip(lines, range(N_ARTICLES), strict=False)))
    ingest(part, tmp_path / "part.db")
    n_pages, found = look_at_all(tmp_path / "part.db")
    assert n_pages > 300
    assert found == []


@pytest.mark.parametrize(
    ("page", "n"),
    [
        ('<div class="told">12 people were killed</div>', 1),
        ('<div data-holder="the ministry"><div class="told">12 people were killed</div></div>', 0),
        ('<div data-holder=" "><div class="x event">shelling</div></div>', 1),
        ('<table class="range-table"><tbody><tr><td>12</td></tr></tbody></table>', 1),
        ('<ol class="list incidents"><li><a class="title">Shelling</a></li></ol>', 1),
        ('<ol class="incidents"><li data-holder="A, B"><a class="title">Shelling</a></li></ol>', 1),
        (
            '<ol class="incidents"><li data-holder="A, B"><a class="title">B alleges it</a></li>',
            0,
        ),
        ('<article class="sources"><table><td><span>killing</span></td></table></article>', 1),
    ],
)
def test_what_is_bare_is_found(page, n):
    assert len(list(find_bare(f"<html><body>{page}</body></html>"))) == n
