"""Alembic asks for this file; allegata runs its migrations itself (`ledger/migrating.py`)."""
