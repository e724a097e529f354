"""Pages on which an analyst looks at a ledger, checks claims against their words, and decides.

They are served to one person on the same machine. Nothing is fetched from elsewhere, no page shows
an event without whoever tells of it, and nothing that comes from a report is ever markup.
"""
