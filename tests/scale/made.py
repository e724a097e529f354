"""Invented reports in files, and what a ledger of the laptop makes of them."""

import gzip
import json
from pathlib import Path

from benchmarks.speed.invented import invent_documents

N_REPORTS = 60


def write_inputs(folder: Path) -> list[str]:
    """Lines, a page, a packed file, what is broken, and copies of some reports."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = list(invent_documents(N_REPORTS, n_sentences=5, seed=3))
    lines = [
        json.dumps(
            {
                "text": text,
                "published": f"2019-06-{1 + n % 28:02}",
                "publisher": f"Outlet {n % 7}",
                "uri": f"https://outlet{n % 7}.test/{n}",
            }
        )
        for n, text in enumerate(texts)
    ]
    copies = [
        json.dumps(
            {
                "text": f"Our desk adds this line.\n\n{texts[n]}",
                "published": f"2019-06-{2 + n % 27:02}",
                "publisher": "Echo",
            }
        )
        for n in range(0, 30, 3)
    ]
    (folder / "a.jsonl").write_text("\n".join([*lines[:40], "{broken", *copies]) + "\n")
    with gzip.open(folder / "b.jsonl.gz", "wt") as file:
        file.write("\n".join(lines[40:] + lines[:5]) + "\n")
    (folder / "c.html").write_text(
        "<html><head><title>Shelling</title></head><body><article><h1>Shelling</h1><p>Rebels"
        " shelled the market of Kirkuk on Monday, the health ministry said.</p></article></body>"
    )
    (folder / "d.pdf").write_bytes(b"%PDF-1.4 nothing")
    return [str(folder)]
