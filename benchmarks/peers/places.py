"""Places against the largest of the name: the same toponyms, resolved with and without the text.

    python -m benchmarks.peers.places

Needs the geoparsing corpora in `../shared`. Both sides use the toponyms and the gazetteer of
allegata. The baseline takes of all places with the name the most populous one, a state before all
others, as simple geoparsers do. Counted is whether the coordinates lie within 161 km (100 miles) of
the gold ones.
"""

import sys

from allegata.knowledge.gazetteer import Gazetteer
from allegata.knowledge.gazetteer_store import Entry
from allegata.types import PlacePrecision
from benchmarks.quality.places import GEOPARSING, SETS, is_near, match, open_places
from benchmarks.speed.machine import describe_machine


def _size(entry: Entry) -> tuple[bool, int]:
    """A state before all else of its name, for the table gives states no population."""
    return entry.precision is PlacePrecision.COUNTRY, entry.population or 0


def main() -> int:
    """Measure both sets."""
    print(describe_machine())
    gazetteer, find = Gazetteer.open(), open_places()
    for name, (file, read) in SETS.items():
        ours = theirs = total = 0
        for text, toponyms in read(GEOPARSING / file):
            places = find(text)
            for toponym in toponyms:
                place = match(toponym, places)
                if not toponym.wanted or toponym.at is None or place is None:
                    continue
                total += 1
                ours += is_near(toponym.at, place.latitude, place.longitude)
                named = gazetteer.named(place.evidence.words(text))
                largest = max(named, key=_size, default=None)
                if largest is not None:
                    theirs += is_near(toponym.at, largest.latitude, largest.longitude)
        print(f"{name}: {total} toponyms that were found")
        print(f"  allegata                within 161 km {100 * ours / total:5.1f} %")
        print(f"  the largest of the name within 161 km {100 * theirs / total:5.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
