"""Show the demo reports as a user would see them, and say by which commands.

One report is read; all are brought into a ledger; the dossier of the contested incident follows,
with one attribution that was dropped on the way and one contradiction. One of the files is damaged
on purpose, so `ingest` finishes with exit status 3: the rest was kept, and the file is named.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEDGER = Path("build") / "demo" / "allegata.db"
SET_ASIDE = 3


def main() -> int:
    """Run the commands one after another. Returns the exit status."""
    shutil.rmtree(ROOT / LEDGER.parent, ignore_errors=True)
    (ROOT / LEDGER.parent).mkdir(parents=True)
    ledger = ("--ledger", str(LEDGER))
    steps = (
        (("read", "demo/07-denial.txt"), 0),
        (("ingest", "demo/", *ledger), SET_ASIDE),
        (("incidents", *ledger, "--limit", "3"), 0),
        (("show", "{incident}", *ledger), 0),
        (("laundering", *ledger, "--limit", "1"), 0),
        (("contradictions", *ledger, "--about", "occurrence", "--limit", "1"), 0),
        (("verify", *ledger), 0),
    )
    for arguments, wanted in steps:
        named = [_name_incident(ledger) if one == "{incident}" else one for one in arguments]
        status = _run(named)
        if status != wanted:
            print(f"\nThe demo ended with exit status {status}; {wanted} was expected.")
            return status or 1
    print(
        "\nThe reports are written for the demo; docs/demo.md says what each shows. For your own:\n"
        "\n"
        "  .venv/bin/allegata ingest YOUR-FILES     into allegata.db in the working directory\n"
        "  .venv/bin/allegata incidents             what is alleged, and by whom\n"
        "  .venv/bin/allegata show ID               all that the sources of one incident hold\n"
        "  .venv/bin/allegata read YOUR-FILES       one page for each report, nothing kept"
    )
    return 0


def _name_incident(ledger: tuple[str, ...]) -> str:
    """The incident that most reports tell of."""
    command = [_program(), "incidents", *ledger, "--limit", "1", "--json"]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return str(json.loads(told)["id"])


def _run(arguments: list[str]) -> int:
    print(f"\n$ allegata {' '.join(arguments)}", flush=True)
    return subprocess.run([_program(), *arguments], cwd=ROOT, check=False).returncode


def _program() -> str:
    return str(Path(sys.executable).with_name("allegata"))


if __name__ == "__main__":
    sys.exit(main())
