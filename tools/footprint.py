"""Measure what an installation takes: our own wheel, and everything that it needs to run.

Fails past the limits that the README promises: 60 MB for the wheel, 415 MB installed.
"""

import subprocess
import sys
import tempfile
import zipfile
from importlib.metadata import Distribution
from pathlib import Path

from closure import installed_closure

ROOT = Path(__file__).resolve().parent.parent
WHEEL_LIMIT_MB = 60
INSTALLED_LIMIT_MB = 415
MB = 1_000_000


def main() -> int:
    """Print the sizes. Returns the exit status."""
    wheel_mb, unpacked_mb = _measure_wheel()
    sizes = {dist.name: _size_mb(dist) for dist in installed_closure("allegata")}
    for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:8]:
        print(f"{size:8.1f} MB  {name}")
    installed_mb = sum(sizes.values()) + unpacked_mb
    print(f"{unpacked_mb:8.1f} MB  allegata itself")
    print(f"{installed_mb:8.1f} MB  installed in all (limit {INSTALLED_LIMIT_MB}), no extras")
    print(f"{wheel_mb:8.1f} MB  wheel (limit {WHEEL_LIMIT_MB})")
    return 0 if wheel_mb <= WHEEL_LIMIT_MB and installed_mb <= INSTALLED_LIMIT_MB else 1


def _measure_wheel() -> tuple[float, float]:
    """Size of the wheel, packed and unpacked."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
            check=True,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        return wheel.stat().st_size / MB, unpacked / MB


def _size_mb(dist: Distribution) -> float:
    paths = [Path(str(file.locate())) for file in dist.files or []]
    return sum(path.stat().st_size for path in paths if path.is_file()) / MB


if __name__ == "__main__":
    sys.exit(main())
