"""What happens to a ledger when things go wrong."""
