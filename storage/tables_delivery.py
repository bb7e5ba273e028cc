"""Tables of the way in and the way out: inbox, outbox, leases, dead letters, milestones of operation."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint, false, text
from sqlmodel import Field

from bot.messages import Unsure
from storage.columns import COUNTED, Listed, word
from storage.tables_base import Row, table


class Waiting(StrEnum):
    """Where a row of the outbox is."""

    QUEUED = "queued"
    SENDING = "sending"  # claimed under `fence`; whether it arrived is not known yet
    SENT = "sent"
    GIVEN_UP = "given-up"  # `why` says what was against it


QUEUED = text("state = 'queued'")
"""Written out, never a parameter: SQLite uses a partial index only where it can read the condition."""

ACTIVE = text("state IN ('queued', 'sending')")

GIVEN_UP = text("state = 'given-up'")


class InboxRow(Row, table=True):
    """An event that was received: the platform may repeat itself."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_received_at", "received_at"), {"sqlite_with_rowid": False})

    platform: str = Field(primary_key=True)
    event: str = Field(primary_key=True)
    received_at: datetime


class OutboxRow(Row, table=True):
    """`bot.messages.Delivery` and what became of it."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key"),
        Index(
            "ix_outbox_due",
            "lane",
            "urgent",
            "due_at",
            "number",
            sqlite_where=QUEUED,
            postgresql_where=QUEUED,
        ),
        Index("ix_outbox_active", "lane", "target", sqlite_where=ACTIVE, postgresql_where=ACTIVE),
        Index("ix_outbox_next", "due_at", sqlite_where=QUEUED, postgresql_where=QUEUED),
        Index("ix_outbox_given_up", "sent_at", sqlite_where=GIVEN_UP, postgresql_where=GIVEN_UP),
        {"sqlite_autoincrement": True},
    )

    number: int = Field(sa_type=COUNTED, primary_key=True)
    key: str
    lane: str
    #: str(Address): the unit in which order is kept.
    target: str
    platform: str
    #: None once it was sent or given up: what was said to people is not kept.
    body: dict[str, Any] | None = Field(sa_type=JSON(none_as_null=True))
    #: When it may go next; `planned_at` is when it was to go first, which keeps its place in line.
    due_at: datetime
    planned_at: datetime
    give_up_at: datetime | None
    zones: tuple[str, ...] = Field(sa_type=Listed)
    urgent: bool
    unsure: Unsure = Field(sa_type=word(Unsure))
    state: Waiting = Field(sa_type=word(Waiting))
    #: The lease under which it was last claimed; 0 before.
    fence: int = Field(sa_type=BigInteger)
    attempts: int
    why: str
    ref: str
    sent_at: datetime | None
    #: The last word to somebody who asked to be forgotten: its target goes with its body.
    farewell: bool


class LeaseRow(Row, table=True):
    """Who may send on a lane, until when; the fence grows with every new holder."""

    __tablename__ = "lease"

    lane: str = Field(primary_key=True)
    holder: str
    fence: int = Field(sa_type=BigInteger)
    until: datetime


class DeadLetterRow(Row, table=True):
    """An event that could not be decided: shown without what people wrote, kept whole to be tried again."""

    __tablename__ = "dead_letter"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy reads it

    number: int = Field(sa_type=COUNTED, primary_key=True)
    platform: str
    event: str
    error: str
    payload: str
    at: datetime | None = None
    #: The event as JSON; None where it could not even be read.
    body: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    #: True when an operator asked for it to be tried again.
    again: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class MilestoneRow(Row, table=True):
    """A moment of operation: `restored` is when the database that a backup replaced was last at work.

    `claiming` is when the code for the directors' room was first asked for.
    """

    __tablename__ = "milestone"

    name: str = Field(primary_key=True)
    at: datetime


inbox = table(InboxRow)
outbox = table(OutboxRow)
lease = table(LeaseRow)
dead_letter = table(DeadLetterRow)
milestone = table(MilestoneRow)
