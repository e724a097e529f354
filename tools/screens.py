"""Take the pictures of the pages that the README shows, from the demo's reports.

    python tools/screens.py [--out docs/screens]

Needs Chromium, and the packages of the tests.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from allegata.documents import Intake, read_documents
from allegata.ledger import Ledger
from allegata.ledger.building import build_incidents
from allegata.ledger.writing import Run, write
from allegata.reading import Reader
from allegata.types import Document
from allegata.web.serving import serving

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"desktop": (1280, 860), "phone": (390, 844)}


def main() -> None:
    """Fill a ledger, and take each page in two sizes, light and dark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screens")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder, "demo.db")
        _fill(path)
        executable = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        with serving(path) as address:
            _take(browser, address, out)
        browser.close()


def _fill(path: Path) -> None:
    reader = Reader()
    with Ledger.open(path, create=True) as ledger:
        with write(ledger) as writing:
            run = writing.add_run(Run("demo", reader.encoder.name, "shipped"))
            for doc in read_documents([str(ROOT / "demo")], Intake()):
                if isinstance(doc, Document):
                    reading = reader.read(doc)
                    added = writing.add_report(doc, None)
                    writing.add_reading(added.report, run, reading)
        build_incidents(ledger)


def _take(browser: Browser, address: str, out: Path) -> None:
    origin = address.split("/?")[0]
    for size, (width, height) in SIZES.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            page = context.new_page()
            page.goto(address)
            found = json.loads(page.request.get(f"{origin}/export.json").text())["incidents"]
            page.goto(f"{origin}/?view=reports&q=denied+alliance")
            report = page.locator(".reports .title").first.get_attribute("href") or ""
            paths = {
                "overview": "/",
                "dossier": f"/incidents/{found[0]['id']}",
                "report": report.split("?")[0],
            }
            for name, path in paths.items():
                page.goto(origin + path)
                page.wait_for_timeout(300)
                if name == "report":
                    page.keyboard.press("n")
                    page.keyboard.press("n")
                    page.keyboard.press("n")
                    page.evaluate("scrollTo(0, 0)")
                    page.wait_for_timeout(200)
                page.screenshot(path=out / f"{name}-{size}-{scheme}.png")
            context.close()


if __name__ == "__main__":
    main()
