"""Resolve the lock files: exact versions with hashes for every platform, naming no index.

requirements.lock        what allegata needs to run
requirements-build.lock  what builds and installs allegata itself
requirements-dev.lock    what its tests and checks need besides
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = "hatchling>=1.27\neditables\n"
HELD = "tqdm<4.68\n"
"""What is held back so that one set of versions fits all extras: daft asks for it."""


def main() -> None:
    """Write the three lock files anew."""
    with tempfile.TemporaryDirectory() as folder:
        held = Path(folder, "held.in")
        held.write_text(HELD)
        _compile("requirements.lock", "pyproject.toml", "-c", str(held))
        build = Path(folder, "build.in")
        build.write_text(BUILD)
        _compile("requirements-build.lock", str(build))
    same = ("-c", "requirements.lock", "-c", "requirements-build.lock")
    _compile("requirements-dev.lock", "pyproject.toml", "--extra", "dev", *same)


def _compile(name: str, *arguments: str) -> None:
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-config", "--upgrade"),
        *("--universal", "--python-version", "3.11", "--fork-strategy", "fewest"),
        *("--generate-hashes", "--no-annotate", "--no-build", "--no-sources"),
        *("--custom-compile-command", "make lock", "--output-file", name),
        *arguments,
    ]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("UV_", "PIP_"))}
    subprocess.run(command, check=True, cwd=ROOT, env=environment)


if __name__ == "__main__":
    main()
