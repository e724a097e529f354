"""Grounding: times, places and actors tied to days, coordinates and entries of the knowledge."""

from allegata.grounding.said import date_claims
from allegata.grounding.times import Anchor, Timex, find_timexes

__all__ = ["Anchor", "Timex", "date_claims", "find_timexes"]
