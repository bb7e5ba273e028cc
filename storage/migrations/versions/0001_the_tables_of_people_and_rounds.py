"""The tables of people and rounds."""

import sqlalchemy as sa
from alembic import op


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wants_news", sa.Boolean(), nullable=False),
        sa.Column("ambassador_for", sa.String(), nullable=False),
        sa.Column("director", sa.Boolean(), nullable=False),
        sa.Column("ghosted", sa.Integer(), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sought", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("platform", "account", name=op.f("uq_person_platform_account")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_person_ambassador_for"),
        "person",
        ["ambassador_for"],
        unique=False,
        sqlite_where=sa.text("ambassador_for != ''"),
        postgresql_where=sa.text("ambassador_for != ''"),
    )
    op.create_index(
        op.f("ix_person_platform_chat"),
        "person",
        ["platform", "chat"],
        unique=False,
        sqlite_where=sa.text("chat != ''"),
        postgresql_where=sa.text("chat != ''"),
    )

    op.create_table(
        "round",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cap_percent", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("numbered", sa.Integer(), nullable=False),
        sa.Column("quality", sa.String(), nullable=False),
        sa.Column("told_up_to", sa.BigInteger(), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
    )
    op.create_table(
        "application",
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("source", sa.BigInteger(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_application_person_person")),
        sa.ForeignKeyConstraint(["round"], ["round.id"], name=op.f("fk_application_round_round")),
        sa.PrimaryKeyConstraint("round", "person", name=op.f("pk_application")),
    )
    op.create_index(
        op.f("ix_application_person_submitted_at"), "application", ["person", "submitted_at"], unique=False
    )
    op.create_index(
        op.f("ix_application_round_state_country_submitted_at"),
        "application",
        ["round", "state", "country", "submitted_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_application_round_state_submitted_at"),
        "application",
        ["round", "state", "submitted_at"],
        unique=False,
    )

    op.create_table(
        "block",
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("other", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["other"], ["person.id"], name=op.f("fk_block_other_person")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_block_person_person")),
        sa.PrimaryKeyConstraint("person", "other", name=op.f("pk_block")),
    )
    op.create_table(
        "dialogue",
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("trail", sa.JSON(), nullable=False),
        sa.Column("editing", sa.Boolean(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_dialogue_person_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_dialogue")),
    )
    op.create_index(
        op.f("ix_dialogue_touched_at"),
        "dialogue",
        ["touched_at"],
        unique=False,
        sqlite_where=sa.text("kind = 'application' AND NOT reminded"),
        postgresql_where=sa.text("kind = 'application' AND NOT reminded"),
    )


def downgrade() -> None:
    op.drop_index(
        op.f("ix_dialogue_touched_at"),
        "dialogue",
        sqlite_where=sa.text("kind = 'application' AND NOT reminded"),
        postgresql_where=sa.text("kind = 'application' AND NOT reminded"),
    )

    op.drop_table("dialogue")
    op.drop_table("block")
    op.drop_index(op.f("ix_application_round_state_submitted_at"), "application")
    op.drop_index(op.f("ix_application_round_state_country_submitted_at"), "application")
    op.drop_index(op.f("ix_application_person_submitted_at"), "application")

    op.drop_table("application")
    op.drop_table("round")
    op.drop_index(
        op.f("ix_person_platform_chat"),
        "person",
        sqlite_where=sa.text("chat != ''"),
        postgresql_where=sa.text("chat != ''"),
    )
    op.drop_index(
        op.f("ix_person_ambassador_for"),
        "person",
        sqlite_where=sa.text("ambassador_for != ''"),
        postgresql_where=sa.text("ambassador_for != ''"),
    )

    op.drop_table("person")
