"""Many documents: the laptop's own steps on all cores of one machine, or on many machines."""

from allegata.scale.engine import Engine
from allegata.scale.finding import find_copies, find_incidents
from allegata.scale.merging import merge_readings
from allegata.scale.reading import ReadOrder, read_all

__all__ = ["Engine", "ReadOrder", "find_copies", "find_incidents", "merge_readings", "read_all"]
