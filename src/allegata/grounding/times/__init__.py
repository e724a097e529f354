"""Temporal expressions of English news prose, and the days they mean."""

from allegata.grounding.times.find import find_timexes
from allegata.grounding.times.timex import Anchor, Timex

__all__ = ["Anchor", "Timex", "find_timexes"]
