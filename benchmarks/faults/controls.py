"""Each control against hostile input taken out, one at a time: its tests must fail.

    python -m benchmarks.faults.controls [--only NAME ...]

A test that passes whether its control is there or not shows nothing. In a process of its own each
control is replaced by nothing before the tests that stand for it are run; pytest must then say that
tests failed, and must say that they pass where nothing was taken out. Exit code 1 where not.
"""

import argparse
import subprocess
import sys
from dataclasses import dataclass

from benchmarks.program import ROOT
from benchmarks.speed.machine import describe_machine

_FAILED = 1
"""What pytest ends with where tests ran and some failed."""


@dataclass(frozen=True, slots=True)
class Control:
    """Something that keeps hostile input from doing harm.

    Attributes:
        threat: In the list of threats: S1 to S20, or F for a fault.
        what: It does.
        without: Python that takes it out.
        tests: That must then fail, as pytest names them.
    """

    threat: str
    what: str
    without: str
    tests: str


CONTROLS = (
    Control("S1", "markup of texts is escaped",
            "import jinja2; own = jinja2.Environment.__init__\n"
            "def init(self, *a, **k): own(self, *a, **{**k, 'autoescape': False})\n"
            "jinja2.Environment.__init__ = init",
            "tests/web/test_pages.py"),
    Control("S1", "a policy forbids scripts of others",
            "import allegata.web.guarding as g; g.HEADERS.pop('content-security-policy', None);"
            " g.HEADERS.pop('Content-Security-Policy', None)",
            "tests/web/test_guarding.py -k 'policy or headers'"),
    Control("S2", "only whole web addresses are links",
            "import allegata.web.addresses as a; a.safe_href = lambda address: address",
            "tests/web/test_pages.py"),
    Control("S3", "cells are no formulas",
            "import allegata.exports.cells as c; c.defuse = lambda value: value",
            "tests/exports/test_exports.py"),
    Control("S4", "private addresses are refused",
            "import allegata.documents.addresses as a; d = a.Guard.__init__.__defaults__\n"
            "a.is_public = lambda address: True\n"
            "a.Guard.__init__.__defaults__ = (d[0], a.is_public, *d[2:])",
            "tests/documents/test_addresses.py tests/documents/test_fetching.py"),
    Control("S4", "other ports are refused",
            "import allegata.documents.addresses as a; d = a.Guard.__init__.__defaults__;"
            " a.Guard.__init__.__defaults__ = (*d[:2], None, *d[3:])",
            "tests/documents/test_addresses.py"),
    Control("S5", "document types are refused",
            "import allegata.documents.feeds as f; f._refuse_dtd = lambda *_: None",
            "tests/documents/test_feeds.py"),
    Control("S6", "words of a search are quoted",
            "import allegata.ledger.searching as s; own = s.match_of\n"
            "s.match_of = lambda query, *, is_sqlite:"
            " own(query, is_sqlite=is_sqlite).replace('\"', '')",
            "tests/ledger/test_searching.py"),
    Control("S8", "other names of this machine are refused",
            "import allegata.web.guarding as g\n"
            "class Any(frozenset):\n    def __contains__(self, _): return True\n"
            "own = g.Guard.__init__\n"
            "def init(self, *a, **k): own(self, *a, **k); self._hosts = Any()\n"
            "g.Guard.__init__ = init",
            "tests/web/test_guarding.py"),
    Control("S8", "without the key nobody gets in",
            "import allegata.web.guarding as g; g.Guard._knows = lambda *_: True",
            "tests/web/test_guarding.py"),
    Control("S8", "pages of others change nothing",
            "import allegata.web.guarding as g; g._is_own = lambda *_: True",
            "tests/web/test_guarding.py"),
    Control("S10", "what a second reader says must stand in the text",
            "import allegata.second.answers as a; from allegata.types import Span\n"
            "a._find = lambda value, question: Span(0, 1)",
            "tests/second/test_second.py"),
    Control("S11", "weights that were altered are refused",
            "import allegata.encoder.weights as w; w._check = lambda *_: None",
            "tests/encoder/test_weights.py"),
    Control("S14", "public exports withhold",
            "import allegata.exports.withholding as w\n"
            "w.Withholder.hide = lambda self, words, report: words",
            "tests/exports/test_withholding.py"),
    Control("S15", "bodies are capped",
            "import allegata.web.guarding as g; g.MOST_BODY_BYTES = 10**12",
            "tests/web/test_guarding.py"),
    Control("S16", "what steers a terminal is shown, not obeyed",
            "import allegata.types.visible as v; v.make_visible = v.make_line_visible = str",
            "tests/cli/test_page.py tests/types/test_page.py"),
    Control("S17", "pages for notebooks are escaped",
            "import html; html.escape = lambda words, quote=True: words",
            "tests/types/test_page.py"),
    Control("F10", "bombs stop",
            "import allegata.documents.gzip_members as g; g.MOST_RATIO = 10**9",
            "tests/documents/test_gzip_members.py"),
    Control("F11", "pages are looked at before they are parsed",
            "import allegata.documents.html_scan as h; own = h.scan_page\n"
            "def scan(page):\n"
            "    try: return own(page)\n"
            "    except h.InputError: return own('')\n"
            "h.scan_page = scan",
            "tests/documents/test_html_scan.py"),
)  # fmt: skip
"""Each with the tests that stand for it."""


def is_missed(control: Control) -> tuple[bool, str]:
    """Whether tests fail without a control, and how many did."""
    paths, _, chosen = control.tests.partition(" -k ")
    arguments = ["-q", "--no-header", "-p", "no:cacheprovider", *paths.split()]
    arguments += ["-k", chosen.strip("'")] if chosen else []
    code = f"{control.without}\nimport sys, pytest; sys.exit(pytest.main({arguments!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True, text=True
    )
    lines = [line for line in done.stdout.splitlines() if " failed" in line or " passed" in line]
    told = lines[-1] if lines else (done.stderr or done.stdout).strip()[-200:]
    return done.returncode == _FAILED and " failed" in told, told


def main() -> int:
    """Take out each control and print. Returns 1 where no test missed one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", help="threats")
    options = parser.parse_args()
    print(describe_machine(), flush=True)
    n_unmissed = n_controls = 0
    for control in CONTROLS:
        if options.only and control.threat not in options.only:
            continue
        missed, told = is_missed(control)
        n_controls += 1
        n_unmissed += not missed
        verdict = "missed" if missed else "NOT MISSED"
        print(f"{control.threat:4} {control.what:52} {verdict:10} {told}", flush=True)
    print(f"{n_controls - n_unmissed} of {n_controls} controls are missed when they are taken out")
    return int(n_unmissed > 0)


if __name__ == "__main__":
    sys.exit(main())
