"""How the time for keys, comparing and grouping grows with the number of reports.

    python -m benchmarks.incidents.growth [--most 20000]

Accounts are invented: two to a report, of happenings with one to forty reports each. The more
reports, the more days they cover, as in a ledger that is fed day by day: forty reports a day.
"""

import argparse
import random
from math import log

from allegata.incidents.features import Days, Features, Spot
from allegata.types import EventKind
from benchmarks.incidents.building import group
from benchmarks.speed.machine import describe_machine

_A_DAY = 40
_TOWNS = 300
_KINDS = (EventKind.SHELLING, EventKind.AIR_STRIKE, EventKind.BOMBING, EventKind.ABDUCTION)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=20_000)
    options = parser.parse_args()
    print(describe_machine())
    times = {}
    for n in (1000, 5000, options.most):
        features = _invent(n)
        grouped = group(features)
        times[n] = sum(grouped.seconds)
        parts = ", ".join(f"{seconds:.2f}" for seconds in grouped.seconds)
        print(f"{n} reports: {len(features)} accounts, {grouped.n_pairs} pairs, {parts} s")
    exponent = log(times[options.most] / times[1000]) / log(options.most / 1000)
    print(f"time grows with the {exponent:.2f}th power of the number of reports")


def _invent(n: int) -> dict[str, Features]:
    rng = random.Random(n)
    towns = [
        Spot(f"t{i}", rng.uniform(33, 37), rng.uniform(36, 42), 4.0, "SY", is_area=False)
        for i in range(_TOWNS)
    ]
    features: dict[str, Features] = {}
    while len(features) < 2 * n:
        day = rng.randrange(max(1, n // _A_DAY)) + 730_000
        told = (rng.choice(towns), day, rng.choice(_KINDS), f"n{rng.randrange(10**6)}")
        for _ in range(min(40, int(rng.paretovariate(1.2)))):
            name = f"r{len(features) // 2}/p{len(features) % 2}"
            features[name] = _account(name, told, rng)
    return features


def _account(name: str, told: tuple[Spot, int, EventKind, str], rng: random.Random) -> Features:
    town, day, kind, who = told
    exact = rng.random() < 0.5
    return Features(
        account=name,
        report=name.partition("/")[0],
        published=day + rng.randint(0, 2),
        kinds=frozenset({kind}),
        days=Days(day if exact else None, day + (0 if exact else 1), exact),
        spots=(town,) if rng.random() < 0.7 else (),
        actors=frozenset({f"actor:a{rng.randrange(20)}"}),
        targets=frozenset({f"name:{who}"}),
        counts=(),
        words=frozenset(f"w{rng.randrange(3000)}" for _ in range(20)),
        names=(who, f"m{rng.randrange(300)}"),
    )


if __name__ == "__main__":
    main()
