"""Fuzz one target for a while, guided by the code that is reached.

    pip install 'allegata[fuzz]'
    python -m benchmarks.fuzzing TARGET [--minutes 30] [--corpus FOLDER]

Needs atheris. What finds new code is kept in the corpus, what crashes beside it (`crash-...`); put
those that taught something into tests/fuzzing/seeds/TARGET, which every run of the tests repeats.
Prints how many inputs were tried; exit code 77 where one crashed.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.program import ROOT

SEEDS = ROOT / "tests" / "fuzzing" / "seeds"


def main() -> None:
    """Fuzz."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=sorted(path.name for path in SEEDS.iterdir()))
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--corpus", type=Path, help="kept for the next run")
    options = parser.parse_args()
    import atheris

    corpus = options.corpus or Path(tempfile.mkdtemp())
    corpus.mkdir(parents=True, exist_ok=True)
    with atheris.instrument_imports(include=["allegata"]):
        from benchmarks.fuzzing.targets import TARGETS
    arguments = [
        sys.argv[0],
        f"-max_total_time={int(options.minutes * 60)}",
        "-max_len=2048",
        "-timeout=12",
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
        f"-artifact_prefix={corpus}/",
        str(corpus),
        *([str(SEEDS / options.target)] if (SEEDS / options.target).is_dir() else []),
    ]
    atheris.Setup(arguments, TARGETS[options.target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
