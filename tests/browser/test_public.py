"""A dossier printed for the public: no seeded word in its text, nor in what it says of itself."""

import shutil
import subprocess

import pytest

from allegata.ledger.asking import list_incidents
from allegata.web.printing import print_page
from tests.exports.test_withholding import SEEDED, seeded

__all__ = ["seeded"]


@pytest.mark.slow
def test_nothing_that_was_seeded_is_printed(seeded, tmp_path):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    with seeded.reading() as connection:
        lines, _ = list_incidents(connection)
    found = {}
    for name in ("", "?public=1"):
        path = tmp_path / f"dossier{len(name)}.pdf"
        print_page(seeded.path, f"/incidents/{lines[0].id}{name}", path)
        told = [
            subprocess.run(
                [program, path, *more], check=True, capture_output=True, text=True
            ).stdout
            for program, *more in (("pdftotext", "-"), ("pdfinfo",))
        ]
        words = " ".join(" ".join(told).split()) + path.read_bytes().decode("latin-1")
        found[name] = [seed for seed in SEEDED if seed in words]
    assert found["?public=1"] == []
    assert found[""] != []
