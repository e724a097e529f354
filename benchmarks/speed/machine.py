"""What a speed was measured on: a number without this is not quoted."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

__all__ = ["describe_machine"]

_PACKAGES = ("allegata", "numpy", "onnxruntime")


def describe_machine() -> str:
    """Two lines: hardware and date, then versions."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = _from_proc("/proc/meminfo", "MemTotal")
    gigabytes = f", {int(memory.split()[0]) / 2**20:.0f} GiB" if memory else ""
    processor = _from_proc("/proc/cpuinfo", "model name") or platform.processor() or "unknown"
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    packages = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    return (
        f"{processor}, {cores} cores{gigabytes}, {platform.system()} {platform.release()}{load};"
        f" {now}\nPython {platform.python_version()}, {packages}"
    )


def _from_proc(path: str, key: str) -> str:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
