"""The words for a place: how exactly it is known, and what stands in for what is unknown."""

from unicodedata import combining, normalize

from allegata.types.phrase import Look, Words
from allegata.types.place import Place, PlacePrecision
from allegata.types.wording import shorten

__all__ = ["describe_place", "describe_precision"]

_PRECISIONS = {
    PlacePrecision.EXACT: "quarter or site",
    PlacePrecision.SETTLEMENT: "town",
    PlacePrecision.DISTRICT: "district",
    PlacePrecision.PROVINCE: "province",
    PlacePrecision.COUNTRY: "country",
}
_STANDING_IN = {PlacePrecision.SETTLEMENT: "city"}
_MOST_NAME = 60


def describe_place(place: Place, text: str) -> list[Words]:
    """Name a place by its words, and say what they stand for.

    Args:
        place: Of an event of the document.
        text: Of the document.

    Returns:
        `Aleppo (SY, town ±15 km)`.
    """
    words = shorten(place.evidence.words(text), _MOST_NAME)
    return [Words(words, Look.NAME), describe_precision(place, words)]


def describe_precision(place: Place, words: str) -> Words:
    """What stands in brackets behind the words that name a place.

    Args:
        place: What they stand for.
        words: They are not repeated where they are the name in the gazetteer.

    Returns:
        ` (SY, town ±15 km)`, ` (words not in the gazetteer)`, or who stands in for whom.
    """
    if place.latitude is None:
        return Words(" (words not in the gazetteer)", Look.FAINT)
    name = place.name if place.stands_in or not _holds(words, place.name) else ""
    if place.stands_in:
        label = _STANDING_IN.get(place.precision or PlacePrecision.SETTLEMENT, "larger place")
        facts = [f"{label} stands in: {name}", place.country, _name_radius(place)]
    else:
        facts = [name, place.country, _name_precision(place)]
    found = ", ".join(fact for fact in facts if fact)
    return Words(f" ({found})" if found else "", Look.FAINT)


def _holds(words: str, name: str) -> bool:
    """Whether a name stands in words, whatever their case and accents."""
    here, there = (
        "".join(c for c in normalize("NFKD", one.casefold()) if not combining(c))
        for one in (words, name)
    )
    return there in here


def _name_precision(place: Place) -> str:
    if place.precision is None or place.precision is PlacePrecision.COUNTRY:
        return _PRECISIONS[place.precision] if place.precision else _name_radius(place)
    return f"{_PRECISIONS[place.precision]} {_name_radius(place)}".rstrip()


def _name_radius(place: Place) -> str:
    if place.radius_km is None:
        return ""
    return f"±{place.radius_km:.0f} km" if place.radius_km >= 10 else f"±{place.radius_km:.2g} km"
