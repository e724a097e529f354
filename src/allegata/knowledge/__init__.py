"""What is known before reading: tables of words, names and patterns, compiled from `knowledge/`."""

from allegata.knowledge.tables import Table, Value, load_table, load_words

__all__ = ["Table", "Value", "load_table", "load_words"]
