"""Many reports, one happening: copies, origins, incidents, positions, contradictions, grades.

Everything here is a function of what reports state; nothing is stored. The ledger keeps what comes
of it.
"""
