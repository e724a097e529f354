"""Incidents as people coded them, laid beside those of a ledger."""

from allegata.coded.laying import Beside, Laid, lay_beside
from allegata.coded.rows import FORMS, CodedIncident, read_rows

__all__ = ["FORMS", "Beside", "CodedIncident", "Laid", "lay_beside", "read_rows"]
