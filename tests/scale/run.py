"""All of `scale` in a process of its own, for an engine can be chosen once in a process."""

import json
import sys
from pathlib import Path

from allegata.scale import Engine, ReadOrder, find_copies, find_incidents, read_all


def main(ray: str, output: str, *inputs: str) -> None:
    engine = Engine(2, None if ray == "native" else ray)
    folder = Path(output)
    came = read_all(ReadOrder(inputs, folder / "readings"), engine)
    copies = find_copies(folder / "readings", folder / "copies.parquet", engine)
    incidents = find_incidents(folder / "readings", folder / "incidents.parquet", engine)
    counts = [came.n_read, came.n_set_aside, copies.n_found, incidents.n_found]
    (folder / "counts.json").write_text(json.dumps(counts))


if __name__ == "__main__":
    main(*sys.argv[1:])
