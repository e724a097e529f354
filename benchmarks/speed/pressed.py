"""How pages and ingestion bear each other: 64 connections ask while reports are read.

    python -m benchmarks.speed.pressed LEDGER [--documents 300] [--seconds 60] [--connections 64]

Reports are ingested into a copy of the ledger, first alone, then into another copy while `wrk` asks
its pages all the time. Told is how much longer the ingestion takes, and how many answers were
errors of the server. Needs `wrk` (Debian: `apt-get install wrk`).
"""

import argparse
import http.cookiejar
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.speed.machine import describe_machine
from benchmarks.speed.reported import invent_reports

_PROGRAM = str(Path(sys.executable).with_name("allegata"))
_ASK = """
local paths = {%s}
local at = 0
request = function()
  at = at + 1
  return wrk.format("GET", paths[(at %% #paths) + 1], {["Cookie"] = "%s"})
end
failed = 0
local threads = {}
setup = function(thread) table.insert(threads, thread) end
response = function(status) if status >= 500 then failed = failed + 1 end end
done = function(summary, latency)
  local all = 0
  for _, thread in ipairs(threads) do all = all + thread:get("failed") end
  io.write(string.format("answers %%d, errors of the server %%d, no answer %%d, median %%.0f ms, "
    .. "p99 %%.0f ms\\n", summary.requests, all, summary.errors.connect + summary.errors.read
    + summary.errors.timeout, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
"""


def main() -> int:
    """Print both times and what was answered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--connections", type=int, default=64)
    options = parser.parse_args()
    if not shutil.which("wrk"):
        print("wrk is not installed; Debian has it: apt-get install wrk", file=sys.stderr)
        return 2
    print(describe_machine(), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder, "fresh.jsonl")
        _write_new(fresh, options.ledger, options.documents)
        one, other = Path(folder, "one.db"), Path(folder, "other.db")
        alone = _ingest(_copied(options.ledger, one), fresh)
        one.unlink()
        print(f"{options.documents} reports ingested alone in {alone:.1f} s", flush=True)
        serving = subprocess.Popen(
            [_PROGRAM, "serve", str(_copied(options.ledger, other)), "--port", "0"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        try:
            script = Path(folder, "ask.lua")
            origin = _script(serving, script)
            asking = subprocess.Popen(
                ["wrk", "-t2", f"-c{options.connections}", f"-d{options.seconds}s",
                 "--timeout", "30s", "-s", str(script), origin],
                stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
            beside = _ingest(other, fresh)
            still = asking.poll() is None
            told, _ = asking.communicate()
        finally:
            serving.terminate()
            serving.wait()
    share = f"{100 * (beside / alone - 1):.0f} % longer"
    print(f"with {options.connections} connections beside it in {beside:.1f} s: {share}")
    print(told.strip().splitlines()[-1])
    if not still:
        print("wrk had ended before: give fewer --documents or more --seconds")
    return 0


def _script(serving: "subprocess.Popen[str]", script: Path) -> str:
    """Write what wrk asks; give the origin."""
    assert serving.stdout is not None
    address = next(
        found.group() for line in serving.stdout if (found := re.search(r"http://\S+", line))
    )
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    with opener.open(address) as answer:
        page = answer.read().decode()
    incidents = re.findall(r'<li id="(i[0-9a-f]+)"', page)
    paths = ["/", "/?view=reports", "/?q=hospital", "/sources", "/review"]
    paths += [f"/incidents/{one}" for one in incidents[:20]]
    cookie = "; ".join(f"{one.name}={one.value}" for one in jar)
    listed = ", ".join(f'"{path}"' for path in paths)
    script.write_text(_ASK % (listed, cookie))
    return address.split("/?")[0]


def _copied(ledger: Path, to: Path) -> Path:
    with sqlite3.connect(ledger) as one, sqlite3.connect(to) as other:
        one.backup(other)
    return to


def _ingest(ledger: Path, source: Path) -> float:
    started = time.perf_counter()
    subprocess.run(
        [_PROGRAM, "ingest", str(source), "--ledger", str(ledger), "--jobs", "2"],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - started


def _write_new(path: Path, ledger: Path, n: int) -> None:
    """Invented reports that the ledger does not have."""
    with sqlite3.connect(ledger) as connection:
        n_before = connection.execute("SELECT count(*) FROM report").fetchone()[0]
    reports = list(invent_reports(n_before + n))[n_before:]
    path.write_text("".join(json.dumps(one) + "\n" for one in reports), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
