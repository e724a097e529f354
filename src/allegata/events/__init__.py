"""Events: what is claimed to have happened, each with the claim that carries it."""

from allegata.events.finding import EventFinder
from allegata.events.grouping import Grouping, group_events
from allegata.events.links import find_links

__all__ = ["EventFinder", "Grouping", "find_links", "group_events"]
