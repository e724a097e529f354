"""Put new weights in the place of old ones whose calibration they keep.

    python -m training.keep_calibration NEW OLD

The network and the heads come from NEW, all that was calibrated from OLD, which is overwritten.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("new", type=Path)
    parser.add_argument("old", type=Path)
    args = parser.parse_args()
    told = json.loads((args.new / "weights.json").read_text(encoding="utf-8"))
    kept = json.loads((args.old / "weights.json").read_text(encoding="utf-8"))
    merged = {**kept, "sha256": told["sha256"]}
    for name in told["sha256"]:
        shutil.copyfile(args.new / name, args.old / name)
    words = json.dumps(merged, indent=1) + "\n"
    (args.old / "weights.json").write_text(words, encoding="utf-8")


if __name__ == "__main__":
    main()
