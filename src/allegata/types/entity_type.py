"""What sort of thing an entity or an actor is."""

from enum import Enum

__all__ = ["EntityType"]


class EntityType(Enum):
    """What sort of thing an entity is."""

    PERSON = "person"
    GOVERNMENT = "government"
    ARMED_GROUP = "armed_group"
    ORGANISATION = "organisation"
    MEDIA = "media"
    POPULATION = "population"
    PLACE = "place"
    FACILITY = "facility"
    WEAPON = "weapon"
    MATERIAL = "material"
