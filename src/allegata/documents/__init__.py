"""Reading documents from bytes: text, HTML, feeds, WARC, JSONL, CSV, Parquet, PDF."""

from allegata.documents.intake import Intake
from allegata.documents.opening import n_bytes
from allegata.documents.sources import read_documents, read_text

__all__ = ["Intake", "n_bytes", "read_documents", "read_text"]
