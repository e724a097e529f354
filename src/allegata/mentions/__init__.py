"""Mentions: who the words of a source refer to, within one document."""

from allegata.mentions.finding import find_entities

__all__ = ["find_entities"]
