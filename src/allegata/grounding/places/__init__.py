"""Places: toponyms of a document, what they mean, and where its events happened."""

from allegata.grounding.places.events import place_events
from allegata.grounding.places.find import find_places

__all__ = ["find_places", "place_events"]
