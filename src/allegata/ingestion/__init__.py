"""From sources into the ledger: documents read by several processes, kept by one."""

from allegata.ingestion.options import Building, Options, Outcome, Progress
from allegata.ingestion.pipeline import ingest

__all__ = ["Building", "Options", "Outcome", "Progress", "ingest"]
