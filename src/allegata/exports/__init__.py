"""What a ledger holds in the formats of others, each with a report of what that could not say."""

from allegata.exports.exporting import Exported, export, make_files
from allegata.exports.formats import FORMATS, Format
from allegata.exports.frames import Frame, tabulate_claims, tabulate_incidents
from allegata.exports.ground import Ground, ground_of
from allegata.exports.options import Fatalities, Options

__all__ = [
    "FORMATS",
    "Exported",
    "Fatalities",
    "Format",
    "Frame",
    "Ground",
    "Options",
    "export",
    "ground_of",
    "make_files",
    "tabulate_claims",
    "tabulate_incidents",
]
