"""Claims: who says what, by which words, one inside another."""

from allegata.claims.attributions import Attribution, find_attributions
from allegata.claims.finding import ClaimFinder

__all__ = ["Attribution", "ClaimFinder", "find_attributions"]
