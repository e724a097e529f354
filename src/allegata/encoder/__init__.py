"""The reading model: sentences in, words with their syntax, names and attributions out."""

from allegata.encoder.analysis import Analysis, Mark, Name, Sentence, Tree
from allegata.encoder.parts import Part, Trigger
from allegata.encoder.quotations import find_quotations
from allegata.encoder.reader import Encoder, TooManyPiecesError

__all__ = [
    "Analysis",
    "Encoder",
    "Mark",
    "Name",
    "Part",
    "Sentence",
    "TooManyPiecesError",
    "Tree",
    "Trigger",
    "find_quotations",
]
