"""An optional second reader: a language model that the user runs, asked for an opinion."""

from allegata.second.asking import Endpoint
from allegata.second.reading import Outcome, read_again

__all__ = ["Endpoint", "Outcome", "read_again"]
