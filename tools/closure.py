"""What an installation of a distribution brings along, as installed here."""

from collections.abc import Iterator
from importlib.metadata import Distribution, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

__all__ = ["installed_closure"]


def installed_closure(name: str) -> list[Distribution]:
    """All that `name` needs at run time on this platform, itself and its extras left out.

    Args:
        name: An installed distribution.

    Returns:
        Distributions in order of name, each once.

    Raises:
        PackageNotFoundError: One that is needed is not installed.
    """
    found: dict[str, Distribution] = {}
    todo: list[tuple[str, frozenset[str]]] = [(name, frozenset())]
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        item = todo.pop()
        if item in seen:
            continue
        seen.add(item)
        dist = distribution(item[0])
        found[canonicalize_name(dist.name)] = dist
        todo.extend(
            (canonicalize_name(need.name), frozenset(need.extras)) for need in _needs(dist, item[1])
        )
    found.pop(canonicalize_name(name), None)
    return [found[key] for key in sorted(found)]


def _needs(dist: Distribution, extras: frozenset[str]) -> Iterator[Requirement]:
    for text in dist.requires or []:
        need = Requirement(text)
        marker = need.marker
        if marker is None or any(marker.evaluate({"extra": e}) for e in (*extras, "")):
            yield need
