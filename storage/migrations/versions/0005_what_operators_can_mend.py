"""What operators can mend: events to be tried again, when a backup was restored, short ways to what ended."""

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("dead_letter", sa.Column("at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("dead_letter", sa.Column("body", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("dead_letter", sa.Column("again", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "milestone",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_milestone")),
    )
    op.create_index(
        "ix_outbox_given_up",
        "outbox",
        ["sent_at"],
        unique=False,
        sqlite_where=sa.text("state = 'given-up'"),
        postgresql_where=sa.text("state = 'given-up'"),
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_inbox_received_at", table_name="inbox")
    op.drop_index("ix_outbox_given_up", table_name="outbox")
    op.drop_table("milestone")
    op.drop_column("dead_letter", "again")
    op.drop_column("dead_letter", "body")
    op.drop_column("dead_letter", "at")
