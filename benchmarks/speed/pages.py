"""How long pages take: on the server, and in a browser until they can be used.

    python -m benchmarks.speed.pages LEDGER [--runs 20] [--ingest FILE] [--browser]

With `--ingest` the same is measured while reports are ingested into the ledger beside it.
"""

import argparse
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from http.cookiejar import CookieJar
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from allegata.web.serving import serving
from benchmarks.speed.machine import describe_machine

_WORDS = ("market", "hospital", "ceasefire", "killed", "said", "rebels", "ministry", "denied")


class Visitor:
    """Asks for pages one after another, with the key."""

    def __init__(self, address: str) -> None:
        self.origin = address.split("/?")[0]
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(jar)
        self._opener.open(address)

    def ask(self, path: str) -> tuple[float, str]:
        """Seconds until all of a page is there, and the page."""
        started = time.perf_counter()
        with self._opener.open(self.origin + path) as answer:
            page = answer.read().decode()
        return time.perf_counter() - started, page


def find_paths(visitor: Visitor) -> Mapping[str, list[str]]:
    """Paths of each sort of page."""
    _, listed = visitor.ask("/")
    incidents = re.findall(r'<li id="(i[0-9a-f]+)"', listed)
    _, reports = visitor.ask("/?view=reports")
    _, cited = visitor.ask("/sources")
    return {
        "overview": ["/"],
        "overview, narrowed": [f"/?kind={kind}" for kind in ("shelling", "killing", "clash")],
        "overview, words": [f"/?q={word}" for word in _WORDS],
        "reports, words": [f"/?view=reports&q={word}" for word in _WORDS],
        "dossier, the largest": [f"/incidents/{incidents[0]}"],
        "dossier": [f"/incidents/{one}" for one in incidents],
        "report": re.findall(r'href="(/documents/r[0-9a-f]+)', reports),
        "sources": ["/sources"],
        "source": list(dict.fromkeys(re.findall(r'href="(/sources/[^"?]+)"', cited))),
        "review": [f"/review?skip={skip}" for skip in range(10)],
    }


def measure(visitor: Visitor, paths: Mapping[str, list[str]], n_runs: int) -> Iterator[str]:
    """A line for each sort of page."""
    for name, addresses in paths.items():
        times = sorted(visitor.ask(path)[0] for path in islice(cycle(addresses), n_runs))
        yield (
            f"{name:22} median {1000 * median(times):5.0f} ms"
            f"   p95 {1000 * times[int(0.95 * (len(times) - 1))]:5.0f} ms"
        )


_IS_PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length"


def measure_browser(address: str, paths: Mapping[str, list[str]]) -> Iterator[str]:
    """Until the first paint and until scripts have run, in Chromium."""
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(address)
        origin = address.split("/?")[0]
        for name, addresses in paths.items():
            page.goto(origin + addresses[0])
            while not page.evaluate(_IS_PAINTED):
                page.wait_for_timeout(20)
            paint, done = page.evaluate(
                "() => [performance.getEntriesByName('first-contentful-paint')[0].startTime,"
                " performance.getEntriesByType('navigation')[0].loadEventEnd]"
            )
            yield f"{name:22} first paint {paint:5.0f} ms   usable {done:5.0f} ms"
        browser.close()


def main() -> int:
    """Print every figure as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--ingest", help="reports to ingest into the ledger meanwhile")
    parser.add_argument("--browser", action="store_true")
    options = parser.parse_args()
    say: Callable[[str], None] = lambda line: print(line, flush=True)  # noqa: E731
    say(describe_machine())
    with serving(options.ledger, warm=True) as address:
        visitor = Visitor(address)
        paths = {name: found for name, found in find_paths(visitor).items() if found}
        say(f"\npages of {options.ledger}")
        for line in measure(visitor, paths, options.runs):
            say(line)
        if options.browser:
            say("\nin Chromium")
            for line in measure_browser(address, paths):
                say(line)
        if options.ingest:
            say("\nwhile reports are ingested")
            program = str(Path(sys.executable).with_name("allegata"))
            with subprocess.Popen(
                [program, "ingest", options.ingest, "--ledger", options.ledger, "--jobs", "1"],
                stderr=subprocess.DEVNULL,
            ) as beside:
                for line in measure(visitor, paths, options.runs):
                    say(line)
                say("still ingesting" if beside.poll() is None else "ingestion had ended")
                beside.terminate()
    return 0


if __name__ == "__main__":
    sys.exit(main())
