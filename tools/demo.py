"""Read the demo reports as a user would, and say what came of it.

One of them is damaged, so `allegata read` finishes with exit status 3: the rest was read, and what
was set aside is named. Any other status is a failure of the demo.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SET_ASIDE = 3


def main() -> int:
    """Run `allegata read demo/`. Returns the exit status."""
    program = Path(sys.executable).with_name("allegata")
    status = subprocess.run([str(program), "read", "demo/"], cwd=ROOT, check=False).returncode
    if status != SET_ASIDE:
        print(f"\nThe demo ended with exit status {status}; {SET_ASIDE} was expected.")
        return status or 1
    print(
        "\nThat was `allegata read demo/`. Its exit status is 3: everything was read but the file\n"
        "named above, which is damaged on purpose. docs/demo.md says what each report shows.\n"
        "\n"
        "  .venv/bin/allegata read YOUR-FILES          the same for your own reports\n"
        "  .venv/bin/allegata read YOUR-FILES --json   one line of JSON for each"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
