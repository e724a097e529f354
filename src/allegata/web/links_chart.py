"""Who stands behind whom: origins on the left, outlets on the right, a line for each way."""

from collections import Counter
from dataclasses import dataclass

from allegata.incidents.dossier import Dossier
from allegata.types.statement import Holder, HolderKind

__all__ = ["End", "Line", "Links", "draw_links"]

_MOST = 16
_ROW = 26
_LEFT, _RIGHT, _WIDTH = 300, 500, 800


@dataclass(frozen=True, slots=True)
class End:
    """An origin or an outlet.

    Attributes:
        holder: Who.
        y: Pixels from the top.
        n: Statements.
    """

    holder: Holder
    y: float
    n: int


@dataclass(frozen=True, slots=True)
class Line:
    """A way from an origin to an outlet.

    Attributes:
        path: Of SVG.
        width: Pixels.
        words: What it stands for.
    """

    path: str
    width: float
    words: str


@dataclass(frozen=True, slots=True)
class Links:
    """The chart.

    Attributes:
        origins: On the left.
        outlets: On the right.
        lines: Between them.
        left, right, width, height: Pixels.
        n_left_out: Origins that are not drawn.
    """

    origins: tuple[End, ...]
    outlets: tuple[End, ...]
    lines: tuple[Line, ...]
    left: int
    right: int
    width: int
    height: int
    n_left_out: int


def draw_links(dossier: Dossier) -> Links | None:
    """Draw which outlets carry what goes back to which origin.

    Args:
        dossier: Origins that only speak for themselves in one report are left out first.

    Returns:
        None where there is nothing but outlets that speak for themselves.
    """
    known = {one.id: one for one in dossier.statements}
    ways: Counter[tuple[str, str]] = Counter()
    holders: dict[str, Holder] = {}
    for origin in dossier.origins.origins:
        for name in origin.statements:
            outlet = known[name].by.outlet
            if outlet is not None and outlet.key != origin.holder.key:
                holders[origin.holder.key], holders[outlet.key] = origin.holder, outlet
                ways[origin.holder.key, outlet.key] += 1
    if not ways:
        return None
    carried: dict[str, set[str]] = {}
    for one, other in ways:
        carried.setdefault(one, set()).add(other)
    ranked = sorted(
        carried,
        key=lambda key: (
            holders[key].kind in (HolderKind.UNNAMED, HolderKind.NOBODY),
            -len(carried[key]),
            key,
        ),
    )
    left = ranked[:_MOST]
    drawn = {way: n for way, n in ways.items() if way[0] in left}
    places = {key: at for at, key in enumerate(left)}
    weights: dict[str, list[int]] = {}
    for one, other in drawn:
        weights.setdefault(other, []).append(places[one])
    right = sorted(weights, key=lambda key: (sum(weights[key]) / len(weights[key]), key))[:_MOST]
    drawn = {way: n for way, n in drawn.items() if way[1] in right}
    rows = max(len(left), len(right))
    height = rows * _ROW + 12
    ys_left = _spread(left, height)
    ys_right = _spread(right, height)
    lines = []
    for (one, other), n in sorted(drawn.items()):
        y, to = ys_left[one], ys_right[other]
        middle = (_LEFT + _RIGHT) / 2
        path = f"M{_LEFT + 6} {y:.1f}C{middle} {y:.1f} {middle} {to:.1f} {_RIGHT - 6} {to:.1f}"
        words = f"{holders[one].name} → {holders[other].name}: {n}"
        lines.append(Line(path, min(6.0, 1.0 + 0.6 * n), words))
    return Links(
        tuple(_end(key, ys_left, holders, drawn, 0) for key in left),
        tuple(_end(key, ys_right, holders, drawn, 1) for key in right),
        tuple(lines),
        _LEFT,
        _RIGHT,
        _WIDTH,
        height,
        len(ranked) - len(left),
    )


def _end(
    key: str,
    ys: dict[str, float],
    holders: dict[str, Holder],
    drawn: dict[tuple[str, str], int],
    side: int,
) -> End:
    return End(holders[key], ys[key], sum(n for way, n in drawn.items() if way[side] == key))


def _spread(keys: list[str], height: float) -> dict[str, float]:
    room = height / max(1, len(keys))
    return {key: (at + 0.5) * room for at, key in enumerate(keys)}
