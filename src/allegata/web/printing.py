"""Pages as PDF, printed by the Chromium that is installed on this machine."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from allegata.errors import InputError, StoreError
from allegata.web.serving import serving

__all__ = ["find_browser", "print_page"]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge")
_BROWSER = "ALLEGATA_BROWSER"
_MOST_S = 120


def find_browser() -> str:
    """The browser that prints.

    Raises:
        InputError: None is installed.
    """
    named = os.environ.get(_BROWSER)
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise InputError(
            named or "chromium",
            "is not installed; PDF is printed by it.",
            f"Install Chromium, or name one in {_BROWSER}.",
        )
    return found


def print_page(where: str | Path, page: str, target: Path, *, basemap: Path | None = None) -> None:
    """Print a page of a ledger.

    Args:
        where: The ledger.
        page: Its path, with what is asked for: `/incidents/i…`, `/?kind=shelling`.
        target: The PDF; half a one is never left.
        basemap: A map of the user's own.

    Raises:
        InputError: There is no browser, or the folder of the target is none.
        StoreError: The browser failed.
    """
    browser = find_browser()
    if not target.absolute().parent.is_dir():
        raise InputError(str(target.parent), "is no folder.", "Make it first.")
    with (
        serving(where, basemap=basemap) as address,
        tempfile.TemporaryDirectory(dir=target.absolute().parent) as folder,
    ):
        made = Path(folder, "page.pdf")
        parts = urlsplit(address)
        path, _, asked = page.partition("?")
        query = "&".join(filter(None, (parts.query, asked)))
        opened = urlunsplit((parts.scheme, parts.netloc, path, query, ""))
        command = [
            browser, "--headless", "--disable-gpu", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update", "--disable-quic",
            "--no-pdf-header-footer", f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={made}", opened,
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_MOST_S)  # noqa: S603
        except (subprocess.SubprocessError, OSError) as error:
            raise StoreError(f"{browser}: could not print the page: {error}.") from error
        if not made.is_file():
            raise StoreError(f"{browser}: printed nothing.")
        made.replace(target)
