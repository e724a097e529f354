"""The demo reports hold what `docs/demo.md` says that they hold."""

import gzip
import json
import re
import subprocess
import sys
from difflib import SequenceMatcher
from pathlib import Path

import pytest

DEMO = Path(__file__).resolve().parent.parent / "demo"
MARK = "Written for the allegata demo from the public record"
DAMAGED = "14-damaged.warc.gz"
REPORTS = sorted(path.name for path in DEMO.iterdir() if path.name[0].isdigit())
RELATIVE = re.compile(
    r"\bon (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\bday before\b|evening before|last week|ago\b"
)


def texts(name: str) -> list[str]:
    """The reports of a file, as written."""
    text = (DEMO / name).read_text(encoding="utf-8")
    if name.endswith(".jsonl"):
        return [json.loads(line)["text"] for line in text.splitlines()]
    if name.endswith(".xml"):
        return re.findall(r"<item>.*?</item>", text, re.DOTALL)
    return [re.sub(r"<head>.*</head>|<[^>]+>", "", text, flags=re.DOTALL)]


def test_there_are_a_dozen_and_each_is_described():
    page = (DEMO.parent / "docs" / "demo.md").read_text(encoding="utf-8")
    described = re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)
    assert described == REPORTS
    assert len(REPORTS) >= 12


@pytest.mark.parametrize("name", [name for name in REPORTS if name != DAMAGED])
def test_each_report_is_marked_and_has_a_relative_date(name):
    for text in texts(name):
        assert MARK in text
        assert RELATIVE.search(text)


def test_one_is_a_near_copy():
    wire, copy = texts("04-wire.html")[0], texts("05-near-copy.html")[0]
    assert 0.85 < SequenceMatcher(None, wire, copy, autojunk=False).ratio() < 1


def test_one_drops_the_attribution():
    (text,) = texts("06-attribution-dropped.html")
    assert re.search(r"^Militants shelled|- Militants shelled", text)
    assert "correspondent" not in text
    assert "Defence Ministry" not in text


def test_two_ranges_disagree():
    notes = texts("09-monitor-feed.xml")[1]
    assert "between 65 and 107" in notes
    assert "between 40 and 50" in notes


def test_one_is_a_page_with_menu_caption_and_promotion():
    page = (DEMO / "08-foreign-ministry.html").read_text(encoding="utf-8")
    for part in ("<nav>", "<figcaption>", "Read more:"):
        assert part in page


def test_one_is_damaged():
    with pytest.raises(EOFError):
        gzip.decompress((DEMO / DAMAGED).read_bytes())


def test_the_demo_keeps_all_but_the_damaged_file_and_shows_the_contested_incident():
    command = [sys.executable, str(DEMO.parent / "tools" / "demo.py")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-500:] + run.stderr
    assert f"{DAMAGED}, byte" in run.stderr
    assert "16 read, 1 set aside" in run.stderr
    for shown in (
        "Who holds what", "Numbers by source", "Where it comes from", "is suggested, since",
        "Eastern Bulletin says it in its own voice", "affirmed by ", "are as they were written",
    ):  # fmt: skip
        assert shown in run.stdout
