"""The first tables of a ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table, and what is searched."""
    op.create_table(
        "blob",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("n_bytes", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_blob")),
        sa.UniqueConstraint("sha256", name=op.f("uq_blob_sha256")),
    )
    op.create_table(
        "document",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("exact", sa.LargeBinary(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_document")),
        sa.UniqueConstraint("id", name=op.f("uq_document_id")),
    )
    op.create_table(
        "entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ref", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_entry")),
        sa.UniqueConstraint("kind", "ref", name=op.f("uq_entry_kind_ref")),
    )
    op.create_table(
        "fault",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("where", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_fault")),
        sa.UniqueConstraint("id", name=op.f("uq_fault_id")),
    )
    op.create_index(op.f("ix_fault_where"), "fault", ["where"], unique=False)
    op.create_table(
        "incident",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("founder", sa.String(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_incident")),
        sa.UniqueConstraint("id", name=op.f("uq_incident_id")),
    )
    op.create_table(
        "run",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("knowledge", sa.String(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_run")),
        sa.UniqueConstraint("id", name=op.f("uq_run_id")),
    )
    op.create_table(
        "visit",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.String(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("n_failures", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_visit")),
    )
    op.create_table(
        "contradiction",
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("one", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident"], ["incident.number"], name=op.f("fk_contradiction_incident")
        ),
    )
    op.create_index(op.f("ix_contradiction_incident"), "contradiction", ["incident"], unique=False)
    op.create_index(op.f("ix_contradiction_kind"), "contradiction", ["kind"], unique=False)
    op.create_table(
        "incident_change",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=True),
        sa.Column("n_accounts", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident"], ["incident.number"], name=op.f("fk_incident_change_incident")
        ),
        sa.ForeignKeyConstraint(
            ["other"], ["incident.number"], name=op.f("fk_incident_change_other")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_incident_change")),
    )
    op.create_index(
        op.f("ix_incident_change_incident"), "incident_change", ["incident"], unique=False
    )
    op.create_table(
        "laundering",
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("earlier", sa.String(), nullable=False),
        sa.Column("outlet", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident"], ["incident.number"], name=op.f("fk_laundering_incident")
        ),
    )
    op.create_index(op.f("ix_laundering_incident"), "laundering", ["incident"], unique=False)
    op.create_index(op.f("ix_laundering_outlet"), "laundering", ["outlet"], unique=False)
    op.create_table(
        "report",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("published_at", sa.String(), nullable=True),
        sa.Column("published_origin", sa.String(), nullable=True),
        sa.Column("published_evidence", sa.Text(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("segments", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.number"], name=op.f("fk_report_document")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_report")),
        sa.UniqueConstraint("id", name=op.f("uq_report_id")),
    )
    op.create_index(op.f("ix_report_document"), "report", ["document"], unique=False)
    op.create_index(op.f("ix_report_published"), "report", ["published"], unique=False)
    op.create_table(
        "summary",
        sa.Column("incident", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("place_id", sa.String(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("radius_km", sa.Float(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("n_reports", sa.Integer(), nullable=False),
        sa.Column("n_outlets", sa.Integer(), nullable=False),
        sa.Column("n_own_texts", sa.Integer(), nullable=False),
        sa.Column("n_origins", sa.Integer(), nullable=False),
        sa.Column("n_claims", sa.Integer(), nullable=False),
        sa.Column("n_affirm", sa.Integer(), nullable=False),
        sa.Column("n_deny", sa.Integer(), nullable=False),
        sa.Column("n_contradictions", sa.Integer(), nullable=False),
        sa.Column("n_laundered", sa.Integer(), nullable=False),
        sa.Column("killed_low", sa.Integer(), nullable=True),
        sa.Column("killed_high", sa.Integer(), nullable=True),
        sa.Column("injured_low", sa.Integer(), nullable=True),
        sa.Column("injured_high", sa.Integer(), nullable=True),
        sa.Column("holders", sa.Text(), nullable=False),
        sa.Column("actors", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident"], ["incident.number"], name=op.f("fk_summary_incident")
        ),
        sa.PrimaryKeyConstraint("incident", name=op.f("pk_summary")),
    )
    op.create_index("ix_summary_box", "summary", ["latitude", "longitude"], unique=False)
    op.create_index(op.f("ix_summary_country"), "summary", ["country"], unique=False)
    op.create_index(op.f("ix_summary_first"), "summary", ["first"], unique=False)
    op.create_index(op.f("ix_summary_grade"), "summary", ["grade"], unique=False)
    op.create_index(op.f("ix_summary_kind"), "summary", ["kind"], unique=False)
    op.create_index(op.f("ix_summary_place_id"), "summary", ["place_id"], unique=False)
    op.create_table(
        "copy",
        sa.Column("earlier", sa.Integer(), nullable=False),
        sa.Column("later", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["earlier"], ["report.number"], name=op.f("fk_copy_earlier")),
        sa.ForeignKeyConstraint(["later"], ["report.number"], name=op.f("fk_copy_later")),
        sa.UniqueConstraint("earlier", "later", name=op.f("uq_copy_earlier_later")),
    )
    op.create_index(op.f("ix_copy_earlier"), "copy", ["earlier"], unique=False)
    op.create_index(op.f("ix_copy_later"), "copy", ["later"], unique=False)
    op.create_table(
        "copy_key",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.number"], name=op.f("fk_copy_key_report")),
    )
    op.create_index(op.f("ix_copy_key_key"), "copy_key", ["key"], unique=False)
    op.create_index(op.f("ix_copy_key_report"), "copy_key", ["report"], unique=False)
    op.create_table(
        "decision",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=True),
        sa.Column("incident", sa.String(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["report.number"], name=op.f("fk_decision_report")),
        sa.ForeignKeyConstraint(["undoes"], ["decision.number"], name=op.f("fk_decision_undoes")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_decision")),
        sa.UniqueConstraint("id", name=op.f("uq_decision_id")),
    )
    op.create_index(op.f("ix_decision_incident"), "decision", ["incident"], unique=False)
    op.create_index(op.f("ix_decision_report"), "decision", ["report"], unique=False)
    op.create_table(
        "location",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("blob", sa.Integer(), nullable=True),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=True),
        sa.Column("encoding", sa.String(), nullable=True),
        sa.Column("warnings", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["blob"], ["blob.number"], name=op.f("fk_location_blob")),
        sa.ForeignKeyConstraint(["report"], ["report.number"], name=op.f("fk_location_report")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_location")),
        sa.UniqueConstraint("id", name=op.f("uq_location_id")),
    )
    op.create_index(op.f("ix_location_blob"), "location", ["blob"], unique=False)
    op.create_index(op.f("ix_location_canonical"), "location", ["canonical"], unique=False)
    op.create_index(op.f("ix_location_report"), "location", ["report"], unique=False)
    op.create_index(op.f("ix_location_uri"), "location", ["uri"], unique=False)
    op.create_table(
        "reading",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.number"], name=op.f("fk_reading_report")),
        sa.ForeignKeyConstraint(["run"], ["run.number"], name=op.f("fk_reading_run")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_reading")),
        sa.UniqueConstraint("id", name=op.f("uq_reading_id")),
        sa.UniqueConstraint("report", "run", name=op.f("uq_reading_report_run")),
    )
    op.create_index(op.f("ix_reading_report"), "reading", ["report"], unique=False)
    op.create_index(op.f("ix_reading_run"), "reading", ["run"], unique=False)
    op.create_table(
        "account",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("features", sa.Text(), nullable=False),
        sa.Column("statements", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["reading.number"], name=op.f("fk_account_reading")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_account")),
    )
    op.create_index(op.f("ix_account_id"), "account", ["id"], unique=False)
    op.create_index(op.f("ix_account_reading"), "account", ["reading"], unique=False)
    op.create_table(
        "claim",
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("holder_name", sa.Text(), nullable=False),
        sa.Column("holder_kind", sa.String(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("quotation", sa.String(), nullable=False),
        sa.Column("said_first", sa.Date(), nullable=True),
        sa.Column("said_last", sa.Date(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["reading.number"], name=op.f("fk_claim_reading")),
        sa.UniqueConstraint("reading", "id", name=op.f("uq_claim_reading_id")),
    )
    op.create_index(op.f("ix_claim_act"), "claim", ["act"], unique=False)
    op.create_index(op.f("ix_claim_holder"), "claim", ["holder"], unique=False)
    op.create_index(op.f("ix_claim_reading"), "claim", ["reading"], unique=False)
    op.create_table(
        "current",
        sa.Column("report", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["reading.number"], name=op.f("fk_current_reading")),
        sa.ForeignKeyConstraint(["report"], ["report.number"], name=op.f("fk_current_report")),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_current")),
        sa.UniqueConstraint("reading", name=op.f("uq_current_reading")),
    )
    op.create_table(
        "event",
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("polarity", sa.String(), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("place_id", sa.String(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("radius_km", sa.Float(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("precision", sa.String(), nullable=True),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["reading.number"], name=op.f("fk_event_reading")),
        sa.UniqueConstraint("reading", "id", name=op.f("uq_event_reading_id")),
    )
    op.create_index(op.f("ix_event_account"), "event", ["account"], unique=False)
    op.create_index("ix_event_box", "event", ["latitude", "longitude"], unique=False)
    op.create_index(op.f("ix_event_country"), "event", ["country"], unique=False)
    op.create_index(op.f("ix_event_first"), "event", ["first"], unique=False)
    op.create_index(op.f("ix_event_kind"), "event", ["kind"], unique=False)
    op.create_index(op.f("ix_event_place_id"), "event", ["place_id"], unique=False)
    op.create_index(op.f("ix_event_reading"), "event", ["reading"], unique=False)
    op.create_table(
        "paired",
        sa.Column("reading", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["reading.number"], name=op.f("fk_paired_reading")),
        sa.PrimaryKeyConstraint("reading", name=op.f("pk_paired")),
    )
    op.create_table(
        "party",
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["reading.number"], name=op.f("fk_party_reading")),
    )
    op.create_index(op.f("ix_party_actor"), "party", ["actor"], unique=False)
    op.create_index("ix_party_event", "party", ["reading", "event"], unique=False)
    op.create_index(op.f("ix_party_key"), "party", ["key"], unique=False)
    op.create_index(op.f("ix_party_reading"), "party", ["reading"], unique=False)
    op.create_table(
        "tally",
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("low", sa.Integer(), nullable=True),
        sa.Column("high", sa.Integer(), nullable=True),
        sa.Column("of", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["reading.number"], name=op.f("fk_tally_reading")),
    )
    op.create_index("ix_tally_event", "tally", ["reading", "event"], unique=False)
    op.create_index(op.f("ix_tally_reading"), "tally", ["reading"], unique=False)
    op.create_table(
        "account_key",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["account.number"], name=op.f("fk_account_key_account")
        ),
    )
    op.create_index(op.f("ix_account_key_account"), "account_key", ["account"], unique=False)
    op.create_index(op.f("ix_account_key_key"), "account_key", ["key"], unique=False)
    op.create_table(
        "membership",
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["account.number"], name=op.f("fk_membership_account")
        ),
        sa.ForeignKeyConstraint(
            ["incident"], ["incident.number"], name=op.f("fk_membership_incident")
        ),
    )
    op.create_index(op.f("ix_membership_account"), "membership", ["account"], unique=False)
    op.create_index(op.f("ix_membership_incident"), "membership", ["incident"], unique=False)
    op.create_table(
        "tie",
        sa.Column("one", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["account.number"], name=op.f("fk_tie_one")),
        sa.ForeignKeyConstraint(["other"], ["account.number"], name=op.f("fk_tie_other")),
        sa.UniqueConstraint("one", "other", name=op.f("uq_tie_one_other")),
    )
    op.create_index(op.f("ix_tie_one"), "tie", ["one"], unique=False)
    op.create_index(op.f("ix_tie_other"), "tie", ["other"], unique=False)
    _index_words()


def _index_words() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX ix_document_words ON document USING gin (to_tsvector('simple', folded))"
        )
        return
    # With other quotes around the name, programs that look for search tables do not find this one.
    op.execute(
        'CREATE VIRTUAL TABLE document_fts USING fts5(folded, content="document",'
        ' content_rowid="number", tokenize="unicode61 remove_diacritics 2")'
    )
    op.execute(
        "CREATE TRIGGER document_words AFTER INSERT ON document BEGIN"
        " INSERT INTO document_fts(rowid, folded) VALUES (new.number, new.folded); END"
    )
