"""The tables of a ledger, the same for SQLite and PostgreSQL.

Three sorts of tables. *Kept* ones are only ever added to, and each row of theirs has its hash in
the chain (`entry`); what has to be erased leaves its hash and a `tombstone`. *Drawn* ones are made
from the kept ones by code (`claim`, `event`, `summary` ...): `verify` makes them again and
compares. `incident`, `incident_change`, `membership` hold the ids that were issued and what became
of them; their rows are added to, and closed, never removed but with a text that is erased.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = ["metadata"]

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _number(name: str = "number") -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _to(table: str, name: str | None = None, *, optional: bool = False) -> Column[int]:
    return Column(
        name or table, Integer, ForeignKey(f"{table}.number"), nullable=optional, index=True
    )


# ------------------------------------------------------------------------------------------------
# Kept

entry = Table(
    "entry",
    metadata,
    # The chain: one row for each row of the other kept tables, in the order of writing.
    _number(),
    Column("kind", String, nullable=False),  # the table
    Column("ref", Integer, nullable=False),  # its row's number
    Column("hash", String, nullable=False),  # of the row's content
    Column("at", String, nullable=False),  # UTC, ISO 8601 with microseconds and Z
    Column("head", String, nullable=False),  # of this entry and the head before it
    UniqueConstraint("kind", "ref"),
)

blob = Table(
    "blob",
    metadata,
    # Bytes as they were found, packed.
    _number(),
    Column("sha256", String, nullable=False, unique=True),
    Column("n_bytes", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),  # zlib
)

document = Table(
    "document",
    metadata,
    # One text. Where it was found, and by whom it was published, is told by `report`, `location`.
    _number(),
    Column("id", String, nullable=False, unique=True),  # sha256:...
    Column("text", Text, nullable=False),
    Column("exact", LargeBinary),  # where `text` cannot hold it (NUL, lone surrogates), else NULL
    Column("folded", Text, nullable=False),  # what is searched
)

report = Table(
    "report",
    metadata,
    # A text as one outlet published it: text, publisher, title, author, day, language, segments.
    _number(),
    Column("id", String, nullable=False, unique=True),
    _to("document"),
    Column("publisher", String),
    Column("title", Text),
    Column("author", Text),
    Column("published", Date, index=True),
    Column("published_at", String),
    Column("published_origin", String),
    Column("published_evidence", Text),  # JSON: [start, end]
    Column("language", String),
    Column("segments", Text, nullable=False),  # JSON: [[kind, start, end], ...]
)

location = Table(
    "location",
    metadata,
    # Where a report was found. One report may be found at many places, and a place may show
    # another report later: both stay.
    _number(),
    Column("id", String, nullable=False, unique=True),
    _to("report"),
    _to("blob", optional=True),
    Column("uri", Text, nullable=False, index=True),
    Column("canonical", Text, index=True),
    Column("encoding", String),
    Column("warnings", Text, nullable=False),  # JSON
)

run = Table(
    "run",
    metadata,
    # By what readings were made.
    _number(),
    Column("id", String, nullable=False, unique=True),
    Column("version", String, nullable=False),
    Column("model", String, nullable=False),
    Column("knowledge", String, nullable=False),
    Column("settings", Text, nullable=False),  # JSON
)

reading = Table(
    "reading",
    metadata,
    # What a run made of a report. The last one of a report counts; none is ever changed.
    _number(),
    Column("id", String, nullable=False, unique=True),
    _to("report"),
    _to("run"),
    Column("packed", LargeBinary, nullable=False),  # JSON of the reading without the text, zlib
    UniqueConstraint("report", "run"),
)

fault = Table(
    "fault",
    metadata,
    # What was set aside, and why (the quarantine).
    _number(),
    Column("id", String, nullable=False, unique=True),
    Column("where", Text, nullable=False, index=True),
    Column("what", Text, nullable=False),
    Column("hint", Text, nullable=False),
    Column("step", String, nullable=False),  # document, reading
)

decision = Table(
    "decision",
    metadata,
    # What people decided. Nothing is taken back but by another decision.
    _number(),
    Column("id", String, nullable=False, unique=True),
    Column("who", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("action", String, nullable=False),
    Column("about", String, nullable=False),  # claim, event, link, incident, source
    Column("target", Text, nullable=False),  # JSON: what it is about, with its words
    Column("value", Text, nullable=False),  # JSON: what is set
    Column("report", Integer, ForeignKey("report.number"), index=True),
    Column("incident", String, index=True),
    Column("undoes", Integer, ForeignKey("decision.number")),
)

second_reading = Table(
    "second_reading",
    metadata,
    # What a machine that only gives a second opinion made of a report. It counts for nothing.
    _number(),
    Column("id", String, nullable=False, unique=True),
    _to("report"),
    _to("run"),
    Column("packed", LargeBinary, nullable=False),  # JSON: spans and what they are, zlib
    UniqueConstraint("report", "run"),
)

tombstone = Table(
    "tombstone",
    metadata,
    # What was erased for good, without a word of it. The entries of the rows stay in the chain.
    _number(),
    Column("id", String, nullable=False, unique=True),
    Column("document", String, nullable=False, index=True),  # id of the text, so that it stays out
    Column("who", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("rows", Text, nullable=False),  # JSON: [[table, number], ...] that are gone
)

KEPT = (blob, document, report, location, run, reading, fault, decision, second_reading, tombstone)
"""The tables whose rows are in the chain."""

# ------------------------------------------------------------------------------------------------
# Drawn from the readings

current = Table(
    "current",
    metadata,
    # The reading of each report that counts.
    Column("report", Integer, ForeignKey("report.number"), primary_key=True, autoincrement=False),
    Column("reading", Integer, ForeignKey("reading.number"), nullable=False, unique=True),
)

claim = Table(
    "claim",
    metadata,
    _to("reading"),
    Column("id", String, nullable=False),
    Column("parent", String),
    Column("holder", String, nullable=False, index=True),  # its key
    Column("holder_name", Text, nullable=False),
    Column("holder_kind", String, nullable=False),
    Column("source", Text),  # the words
    Column("cue", Text),
    Column("act", String, nullable=False, index=True),
    Column("quotation", String, nullable=False),
    Column("said_first", Date),
    Column("said_last", Date),
    Column("start", Integer),
    Column("end", Integer),
    Column("content", Text),
    Column("confidence", Float, nullable=False),
    UniqueConstraint("reading", "id"),
)

event = Table(
    "event",
    metadata,
    _to("reading"),
    Column("id", String, nullable=False),
    Column("claim", String, nullable=False),
    Column("account", String, nullable=False, index=True),  # REPORT/p1
    Column("kind", String, nullable=False, index=True),
    Column("polarity", String, nullable=False),
    Column("modality", String, nullable=False),
    Column("trigger", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("place", Text),
    Column("place_id", String, index=True),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("radius_km", Float),
    Column("country", String, index=True),
    Column("precision", String),
    Column("first", Date, index=True),
    Column("last", Date),
    Column("confidence", Float, nullable=False),
    UniqueConstraint("reading", "id"),
)

party = Table(
    "party",
    metadata,
    _to("reading"),
    Column("event", String, nullable=False),
    Column("role", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("key", String, nullable=False, index=True),
    Column("actor", String, index=True),
    Column("start", Integer, nullable=False),
)

tally = Table(
    "tally",
    metadata,
    # Counts of events.
    _to("reading"),
    Column("event", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("low", Integer),
    Column("high", Integer),
    Column("of", Text),
    Column("words", Text, nullable=False),
)

# ------------------------------------------------------------------------------------------------
# Copies

copy_key = Table(
    "copy_key",
    metadata,
    # Only reports that share a key are looked at as copies.
    Column("key", BigInteger, nullable=False, index=True),  # a hash
    _to("report"),
)

copy = Table(
    "copy",
    metadata,
    Column("earlier", Integer, ForeignKey("report.number"), nullable=False, index=True),
    Column("later", Integer, ForeignKey("report.number"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("share", Float, nullable=False),
    Column("reason", Text, nullable=False),
    UniqueConstraint("earlier", "later"),
)

# ------------------------------------------------------------------------------------------------
# Incidents

paired = Table(
    "paired",
    metadata,
    # The readings that were compared with all others; the rest waits for the next building.
    Column("reading", Integer, ForeignKey("reading.number"), primary_key=True, autoincrement=False),
)

account = Table(
    "account",
    metadata,
    # What one report tells of one happening, in the form in which happenings are compared.
    _number(),
    Column("id", String, nullable=False, index=True),  # of a report; each reading draws it anew
    _to("reading"),
    Column("features", Text, nullable=False),  # JSON
    Column("statements", LargeBinary, nullable=False),  # JSON, zlib
)

account_key = Table(
    "account_key",
    metadata,
    # Only accounts that share a key are compared.
    Column("key", BigInteger, nullable=False, index=True),  # a hash
    _to("account"),
)

tie = Table(
    "tie",
    metadata,
    # Pairs of accounts that may be of one happening.
    Column("one", Integer, ForeignKey("account.number"), nullable=False, index=True),
    Column("other", Integer, ForeignKey("account.number"), nullable=False, index=True),
    Column("weight", Float, nullable=False),
    UniqueConstraint("one", "other"),
)

incident = Table(
    "incident",
    metadata,
    # Every id that was ever issued.
    _number(),
    Column("id", String, nullable=False, unique=True),
    Column("founder", String, nullable=False),  # id of the account it was issued for
    Column("since", Integer, nullable=False),  # number of the last entry when it was issued
    Column("hash", String, nullable=False),  # of the row
)

membership = Table(
    "membership",
    metadata,
    Column("incident", Integer, ForeignKey("incident.number"), nullable=False, index=True),
    Column("account", Integer, ForeignKey("account.number"), nullable=False, index=True),
    Column("since", Integer, nullable=False),  # number of the last entry when it began
    Column("until", Integer),  # ... and when it ended; NULL while it lasts
    Column("hash", String, nullable=False),  # of the row, made anew when it ends
)

incident_change = Table(
    "incident_change",
    metadata,
    _number(),
    Column("incident", Integer, ForeignKey("incident.number"), nullable=False, index=True),
    Column("change", String, nullable=False),  # issued, grew, shrank, merged, split, dissolved
    Column("other", Integer, ForeignKey("incident.number")),
    Column("n_accounts", Integer, nullable=False),
    Column("since", Integer, nullable=False),
    Column("at", String, nullable=False),
    Column("hash", String, nullable=False),  # of the row
)

summary = Table(
    "summary",
    metadata,
    # What lists of incidents show and filter by.
    Column(
        "incident", Integer, ForeignKey("incident.number"), primary_key=True, autoincrement=False
    ),
    Column("title", Text, nullable=False),  # names its holders
    Column("kind", String, nullable=False, index=True),
    Column("kinds", Text, nullable=False),  # JSON
    Column("place", Text),
    Column("place_id", String, index=True),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("radius_km", Float),
    Column("country", String, index=True),
    Column("first", Date, index=True),
    Column("last", Date),
    Column("grade", String, nullable=False, index=True),
    Column("n_reports", Integer, nullable=False),
    Column("n_outlets", Integer, nullable=False),
    Column("n_own_texts", Integer, nullable=False),
    Column("n_origins", Integer, nullable=False),
    Column("n_claims", Integer, nullable=False),
    Column("n_affirm", Integer, nullable=False),  # holders
    Column("n_deny", Integer, nullable=False),
    Column("n_contradictions", Integer, nullable=False),
    Column("n_laundered", Integer, nullable=False),
    Column("killed_low", Integer),
    Column("killed_high", Integer),
    Column("injured_low", Integer),
    Column("injured_high", Integer),
    Column("holders", Text, nullable=False),  # JSON: [[key, name, position], ...]
    Column("actors", Text, nullable=False),  # JSON: [[key, name, role], ...]
)

contradiction = Table(
    "contradiction",
    metadata,
    Column("incident", Integer, ForeignKey("incident.number"), nullable=False, index=True),
    Column("kind", String, nullable=False, index=True),
    Column("one", String, nullable=False),  # ids of statements
    Column("other", String, nullable=False),
    Column("words", Text, nullable=False),
)

laundering = Table(
    "laundering",
    metadata,
    Column("incident", Integer, ForeignKey("incident.number"), nullable=False, index=True),
    Column("statement", String, nullable=False),
    Column("earlier", String, nullable=False),
    Column("outlet", String, nullable=False, index=True),  # key of the holder
    Column("holder", String, nullable=False),
    Column("likeness", Float, nullable=False),
    Column("words", Text, nullable=False),
)

# ------------------------------------------------------------------------------------------------
# Remembered: no part of what the ledger holds, and never in the chain

visit = Table(
    "visit",
    metadata,
    # When addresses were last fetched, and by what a server tells that they have not changed.
    Column("url", Text, primary_key=True),
    Column("checked_at", String, nullable=False),  # UTC, ISO 8601
    Column("etag", Text),
    Column("last_modified", Text),
    Column("n_failures", Integer, nullable=False),
    Column("not_before", String),  # UTC, ISO 8601
)

Index("ix_event_box", event.c.latitude, event.c.longitude)
Index("ix_summary_box", summary.c.latitude, summary.c.longitude)
Index("ix_party_event", party.c.reading, party.c.event)
Index("ix_tally_event", tally.c.reading, tally.c.event)
