"""Grounding: times, places and actors tied to days, coordinates and entries of the knowledge."""

from allegata.grounding.actors import actor_of, country_of, link_actors, link_arguments
from allegata.grounding.event_times import date_events
from allegata.grounding.places import find_places, place_events
from allegata.grounding.results import share_counts
from allegata.grounding.said import date_claims
from allegata.grounding.times import Anchor, Timex, find_timexes

__all__ = [
    "Anchor",
    "Timex",
    "actor_of",
    "country_of",
    "date_claims",
    "date_events",
    "find_places",
    "find_timexes",
    "link_actors",
    "link_arguments",
    "place_events",
    "share_counts",
]
