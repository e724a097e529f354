"""A place of the gazetteer that words of a document stand for."""

from dataclasses import dataclass
from enum import Enum

from allegata.types.span import Span

__all__ = ["Place", "PlacePrecision"]


class PlacePrecision(Enum):
    """How exactly a place is known."""

    EXACT = "exact"
    """A facility, a street or a quarter."""
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said to be.

    Attributes:
        name: Its name in the gazetteer; the words themselves where no gazetteer has it.
        id: Its id there, led by the gazetteer's name (`geonames:170063`), or None.
        latitude, longitude: Degrees in WGS 84, or None where no gazetteer has it.
        country: ISO 3166 code of two letters, or None.
        precision: How exactly it is known, or None where it is not known at all.
        radius_km: A circle of this radius around the point holds the place, or None.
        evidence: The words that it was read from.
        stands_in: Whether a larger place stands in for one that no gazetteer has: `name` is the
            city where the words name its quarter.
    """

    name: str
    id: str | None
    latitude: float | None
    longitude: float | None
    country: str | None
    precision: PlacePrecision | None
    radius_km: float | None
    evidence: Span
    stands_in: bool = False
