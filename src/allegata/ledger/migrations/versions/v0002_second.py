"""Second readings, and tombstones of what was erased for good."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "second_reading",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["report.number"], name=op.f("fk_second_reading_report")
        ),
        sa.ForeignKeyConstraint(["run"], ["run.number"], name=op.f("fk_second_reading_run")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_second_reading")),
        sa.UniqueConstraint("id", name=op.f("uq_second_reading_id")),
        sa.UniqueConstraint("report", "run", name=op.f("uq_second_reading_report_run")),
    )
    op.create_index(op.f("ix_second_reading_report"), "second_reading", ["report"])
    op.create_index(op.f("ix_second_reading_run"), "second_reading", ["run"])
    op.create_table(
        "tombstone",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_tombstone")),
        sa.UniqueConstraint("id", name=op.f("uq_tombstone_id")),
    )
    op.create_index(op.f("ix_tombstone_document"), "tombstone", ["document"])
