"""The tables of partnerships."""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mark",
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("a", sa.BigInteger(), nullable=False),
        sa.Column("b", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["a"], ["person.id"], name=op.f("fk_mark_a_person")),
        sa.ForeignKeyConstraint(["b"], ["person.id"], name=op.f("fk_mark_b_person")),
        sa.ForeignKeyConstraint(["round"], ["round.id"], name=op.f("fk_mark_round_round")),
        sa.PrimaryKeyConstraint("round", "a", "b", name=op.f("pk_mark")),
    )
    op.create_table(
        "partnership",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("starter", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("first_week", sa.Integer(), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("step_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("present", sa.JSON(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("agreed", sa.JSON(), nullable=False),
        sa.Column("introduced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["round"], ["round.id"], name=op.f("fk_partnership_round_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership")),
        sa.UniqueConstraint("round", "number", name=op.f("uq_partnership_round_number")),
    )
    op.create_index(
        op.f("ix_partnership_look_at"),
        "partnership",
        ["look_at"],
        unique=False,
        sqlite_where=sa.text("look_at IS NOT NULL"),
        postgresql_where=sa.text("look_at IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_partnership_platform_chat"),
        "partnership",
        ["platform", "chat"],
        unique=False,
        sqlite_where=sa.text("chat != ''"),
        postgresql_where=sa.text("chat != ''"),
    )
    op.create_index(
        op.f("ix_partnership_round_state_number"), "partnership", ["round", "state", "number"], unique=False
    )

    op.create_table(
        "survey_answer",
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("survey", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_survey_answer_person_person")),
        sa.ForeignKeyConstraint(["round"], ["round.id"], name=op.f("fk_survey_answer_round_round")),
        sa.PrimaryKeyConstraint("person", "round", "survey", "question", name=op.f("pk_survey_answer")),
    )
    op.create_index(
        op.f("ix_survey_answer_round_survey_question"),
        "survey_answer",
        ["round", "survey", "question"],
        unique=False,
    )

    op.create_table(
        "check_in",
        sa.Column("partnership", sa.String(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnership.id"], name=op.f("fk_check_in_partnership_partnership")
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_check_in_person_person")),
        sa.PrimaryKeyConstraint("partnership", "person", "week", name=op.f("pk_check_in")),
    )
    op.create_index(
        op.f("ix_check_in_person_asked_at"),
        "check_in",
        ["person", "asked_at"],
        unique=False,
        sqlite_where=sa.text("answer IS NULL"),
        postgresql_where=sa.text("answer IS NULL"),
    )

    op.create_table(
        "membership",
        sa.Column("partnership", sa.String(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnership.id"], name=op.f("fk_membership_partnership_partnership")
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_membership_person_person")),
        sa.ForeignKeyConstraint(["round"], ["round.id"], name=op.f("fk_membership_round_round")),
        sa.PrimaryKeyConstraint("partnership", "person", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_person"), "membership", ["person"], unique=False)
    op.create_index(
        "uq_membership_active",
        "membership",
        ["round", "person"],
        unique=True,
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_membership_active",
        "membership",
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )
    op.drop_index(op.f("ix_membership_person"), "membership")

    op.drop_table("membership")
    op.drop_index(
        op.f("ix_check_in_person_asked_at"),
        "check_in",
        sqlite_where=sa.text("answer IS NULL"),
        postgresql_where=sa.text("answer IS NULL"),
    )

    op.drop_table("check_in")
    op.drop_index(op.f("ix_survey_answer_round_survey_question"), "survey_answer")

    op.drop_table("survey_answer")
    op.drop_index(op.f("ix_partnership_round_state_number"), "partnership")
    op.drop_index(
        op.f("ix_partnership_platform_chat"),
        "partnership",
        sqlite_where=sa.text("chat != ''"),
        postgresql_where=sa.text("chat != ''"),
    )
    op.drop_index(
        op.f("ix_partnership_look_at"),
        "partnership",
        sqlite_where=sa.text("look_at IS NOT NULL"),
        postgresql_where=sa.text("look_at IS NOT NULL"),
    )

    op.drop_table("partnership")
    op.drop_table("mark")
