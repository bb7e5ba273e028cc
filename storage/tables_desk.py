"""Tables of the directors' desk: cases, the audit log, the directors' rooms, what waits for a "yes"."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from bot.model import CaseState
from storage.columns import COUNTED, Listed, word
from storage.tables_base import Row, table


class CaseRow(Row, table=True):
    """`bot.model.Case`; the database gives the number that directors type."""

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("key"),
        Index(
            None,
            "opened_at",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(None, "person"),
        {"sqlite_autoincrement": True},
    )

    number: int = Field(sa_type=COUNTED, primary_key=True)
    key: str
    kind: str
    opened_at: datetime
    round: str
    partnership: str
    person: int = Field(sa_type=BigInteger)
    country: str
    tried: tuple[str, ...] = Field(sa_type=Listed)
    state: CaseState = Field(sa_type=word(CaseState))
    taken_by: int = Field(sa_type=BigInteger)
    taken_at: datetime | None
    closed_at: datetime | None
    closed_by: int = Field(sa_type=BigInteger)
    outcome: str
    minutes: int


class AuditEntryRow(Row, table=True):
    """`bot.model.AuditEntry`."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "at"),)

    key: str = Field(primary_key=True)
    at: datetime
    who: int = Field(sa_type=BigInteger)
    what: str
    about: str


class DirectorsRoomRow(Row, table=True):
    """`bot.model.DirectorsRoom`."""

    __tablename__ = "directors_room"

    platform: str = Field(primary_key=True)
    chat: str
    claimed_at: datetime


class PendingRow(Row, table=True):
    """`bot.model.Pending`."""

    __tablename__ = "pending"

    person: int = Field(sa_type=BigInteger, primary_key=True, foreign_key="person.id")
    command: str
    asked_at: datetime


case = table(CaseRow)
audit_entry = table(AuditEntryRow)
directors_room = table(DirectorsRoomRow)
pending = table(PendingRow)
