"""Distances on the globe."""

from math import asin, cos, radians, sin, sqrt

__all__ = ["distance_km"]

_DIAMETER_KM = 12742.0


def distance_km(latitude: float, longitude: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance between two points given in degrees."""
    up = sin(radians(other_lat - latitude) / 2) ** 2
    along = sin(radians(other_lon - longitude) / 2) ** 2
    inner = up + cos(radians(latitude)) * cos(radians(other_lat)) * along
    return _DIAMETER_KM * asin(sqrt(min(1.0, inner)))
