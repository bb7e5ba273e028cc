"""Tables of a round: its dates and state, the partnerships in it, the check-ins and surveys."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from bot.model import Contact, PairMark, PartnershipState, RoomKind, RoomStep, RoundState
from storage.columns import Listed, word
from storage.tables_base import Row, table


class RoundRow(Row, table=True):
    """`bot.model.Round`."""

    __tablename__ = "round"

    id: str = Field(primary_key=True)
    name: str
    state: RoundState = Field(sa_type=word(RoundState))
    weeks: int
    opens_at: datetime | None
    closes_at: datetime | None
    starts_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    cap_percent: int
    seed: int = Field(sa_type=BigInteger)
    numbered: int
    quality: str
    told_up_to: int = Field(sa_type=BigInteger)
    look_at: datetime | None
    looked_at: datetime | None
    #: In which order rounds were made: the newest has the highest.
    made: int


class PartnershipRow(Row, table=True):
    """`bot.model.Partnership`."""

    __tablename__ = "partnership"
    __table_args__ = (
        UniqueConstraint("round", "number"),
        Index(
            None,
            "look_at",
            sqlite_where=text("look_at IS NOT NULL"),
            postgresql_where=text("look_at IS NOT NULL"),
        ),
        Index(None, "round", "state", "number"),
        Index(None, "platform", "chat", sqlite_where=text("chat != ''"), postgresql_where=text("chat != ''")),
    )

    id: str = Field(primary_key=True)
    round: str = Field(foreign_key="round.id")
    number: int
    platform: str
    members: tuple[int, ...] = Field(sa_type=Listed)
    state: PartnershipState = Field(sa_type=word(PartnershipState))
    starter: int = Field(sa_type=BigInteger)
    score: int
    reasons: tuple[tuple[str, str], ...] = Field(sa_type=Listed)
    pinned: bool
    first_week: int
    room: RoomKind = Field(sa_type=word(RoomKind))
    chat: str
    step: RoomStep = Field(sa_type=word(RoomStep))
    step_at: datetime | None
    present: tuple[int, ...] = Field(sa_type=Listed)
    link: str
    agreed: tuple[int, ...] = Field(sa_type=Listed)
    introduced_at: datetime | None
    ended_at: datetime | None
    look_at: datetime | None
    looked_at: datetime | None


class MembershipRow(Row, table=True):
    """`bot.model.Membership`; the partial unique index keeps everybody out of two at once."""

    __tablename__ = "membership"
    __table_args__ = (
        Index(
            "uq_membership_active",
            "round",
            "person",
            unique=True,
            sqlite_where=text("active"),
            postgresql_where=text("active"),
        ),
        Index(None, "person"),
    )

    partnership: str = Field(primary_key=True, foreign_key="partnership.id")
    person: int = Field(sa_type=BigInteger, primary_key=True, foreign_key="person.id")
    round: str = Field(foreign_key="round.id")
    active: bool


class MarkRow(Row, table=True):
    """`bot.model.Mark`."""

    __tablename__ = "mark"

    round: str = Field(primary_key=True, foreign_key="round.id")
    a: int = Field(sa_type=BigInteger, primary_key=True, foreign_key="person.id")
    b: int = Field(sa_type=BigInteger, primary_key=True, foreign_key="person.id")
    mark: PairMark = Field(sa_type=word(PairMark))


class CheckInRow(Row, table=True):
    """`bot.model.CheckIn`."""

    __tablename__ = "check_in"
    __table_args__ = (
        Index(
            None,
            "person",
            "asked_at",
            sqlite_where=text("answer IS NULL"),
            postgresql_where=text("answer IS NULL"),
        ),
    )

    partnership: str = Field(primary_key=True, foreign_key="partnership.id")
    person: int = Field(sa_type=BigInteger, primary_key=True, foreign_key="person.id")
    week: int = Field(primary_key=True)
    asked_at: datetime
    answer: Contact | None = Field(sa_type=word(Contact))
    answered_at: datetime | None


class SurveyAnswerRow(Row, table=True):
    """`bot.model.SurveyAnswer`; person first, since a turn looks for one person's answers."""

    __tablename__ = "survey_answer"
    __table_args__ = (Index(None, "round", "survey", "question"),)

    person: int = Field(sa_type=BigInteger, primary_key=True, foreign_key="person.id")
    round: str = Field(primary_key=True, foreign_key="round.id")
    survey: str = Field(primary_key=True)
    question: str = Field(primary_key=True)
    value: str
    at: datetime


round_ = table(RoundRow)
partnership = table(PartnershipRow)
membership = table(MembershipRow)
mark = table(MarkRow)
check_in = table(CheckInRow)
survey_answer = table(SurveyAnswerRow)
