"""Text to sentences, by rules: where one ends is read from the characters around a stop."""

from allegata.sentences.boundaries import find_sentences

__all__ = ["find_sentences"]
