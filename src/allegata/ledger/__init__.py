"""The ledger: what was read, by whom it is said, and what people decided, kept for good."""

from allegata.ledger.chain import Head
from allegata.ledger.opening import DEFAULT_NAME, Ledger

__all__ = ["DEFAULT_NAME", "Head", "Ledger"]
