"""Tables of people: who they are, where a conversation stands, what they applied with."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from bot.model import ApplicationState
from storage.columns import COUNTED, Answered, Listed, word
from storage.tables_base import Row, table


class PersonRow(Row, table=True):
    """`bot.model.Person`; the database gives the id at first contact."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("platform", "account"),
        Index(None, "platform", "chat", sqlite_where=text("chat != ''"), postgresql_where=text("chat != ''")),
        Index(
            None,
            "ambassador_for",
            sqlite_where=text("ambassador_for != ''"),
            postgresql_where=text("ambassador_for != ''"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(sa_type=COUNTED, primary_key=True)
    platform: str
    account: str
    chat: str
    handle: str
    name: str
    language: str
    zone: str
    country: str
    reachable: bool
    away_until: date | None
    consent: str
    consented_at: datetime | None
    wants_news: bool
    ambassador_for: str
    director: bool
    ghosted: int
    profile: dict[str, Any] = Field(sa_type=Answered)
    seen_at: datetime | None
    removed_at: datetime | None
    erased_at: datetime | None
    #: Name and handle without the case of letters: neither database folds every alphabet by itself.
    sought: str


UNFINISHED = text("kind = 'application' AND NOT reminded")


class DialogueRow(Row, table=True):
    """`bot.model.Dialogue`."""

    __tablename__ = "dialogue"
    __table_args__ = (
        Index(
            None,
            "touched_at",
            sqlite_where=UNFINISHED,
            postgresql_where=UNFINISHED,
        ),
    )

    person: int = Field(sa_type=BigInteger, primary_key=True, foreign_key="person.id")
    kind: str
    at: str
    answers: dict[str, Any] = Field(sa_type=JSON)
    trail: tuple[str, ...] = Field(sa_type=Listed)
    editing: bool
    about: str
    touched_at: datetime | None
    reminded: bool
    heard: float = Field(default=0.0, sa_column_kwargs={"server_default": text("0")})
    asked: str = Field(default="", sa_column_kwargs={"server_default": text("''")})


class ApplicationRow(Row, table=True):
    """`bot.model.Application`."""

    __tablename__ = "application"
    __table_args__ = (
        Index(None, "person", "submitted_at"),
        Index(None, "round", "state", "submitted_at"),
        Index(None, "round", "state", "country", "submitted_at"),
    )

    round: str = Field(primary_key=True, foreign_key="round.id")
    person: int = Field(sa_type=BigInteger, primary_key=True, foreign_key="person.id")
    state: ApplicationState = Field(sa_type=word(ApplicationState))
    answers: dict[str, Any] = Field(sa_type=Answered)
    submitted_at: datetime
    country: str
    why: str
    source: int = Field(sa_type=BigInteger)
    priority: int


class BlockRow(Row, table=True):
    """`bot.model.Block`."""

    __tablename__ = "block"

    person: int = Field(sa_type=BigInteger, primary_key=True, foreign_key="person.id")
    other: int = Field(sa_type=BigInteger, primary_key=True, foreign_key="person.id")
    at: datetime


person = table(PersonRow)
dialogue = table(DialogueRow)
application = table(ApplicationRow)
block = table(BlockRow)
