"""Actors: who an entity or an argument is among the states, forces, groups and bodies known."""

from allegata.grounding.actors.arguments import link_arguments
from allegata.grounding.actors.countries import country_of
from allegata.grounding.actors.linking import actor_of, link_actors

__all__ = ["actor_of", "country_of", "link_actors", "link_arguments"]
