"""Records of a round: its dates and state, the partnerships in it, the check-ins and surveys."""

import zlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RoundState(StrEnum):
    """The life of a round, in order."""

    DRAFT = "draft"  # dates are set, nobody is asked yet
    OPEN = "open"  # takes applications
    CLOSED = "closed"  # no more applications; pairs are being drafted
    PROPOSED = "proposed"  # directors look at the draft of pairs
    RUNNING = "running"  # weeks 1 to 16
    ENDED = "ended"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Round:
    """One round of the program; `id` is a slug of its name and stands in every key."""

    id: str
    name: str
    state: RoundState
    weeks: int = 16
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    starts_at: datetime | None = None
    #: When the directors started it: week 1 begins.
    started_at: datetime | None = None
    ended_at: datetime | None = None
    #: Most accepted applicants from one country, in percent.
    cap_percent: int = 20
    seed: int = 1
    #: How many partnerships were numbered so far: the next gets this plus one.
    numbered: int = 0
    #: The matching's report, plain JSON, for the directors.
    quality: str = ""
    #: When the rules must look at this round next; None when there is nothing to wait for.
    look_at: datetime | None = None
    looked_at: datetime | None = None
    #: Everybody up to this person id has been told that the round is open.
    told_up_to: int = 0


class PartnershipState(StrEnum):
    """The life of a partnership, in order."""

    DRAFTED = "drafted"  # proposed to the directors
    OPENING = "opening"  # approved; its room is coming about
    RUNNING = "running"  # introduced
    ENDED = "ended"  # the round ended
    DISSOLVED = "dissolved"  # ended early: withdrawal, re-match, a case


class RoomKind(StrEnum):
    """How the partners meet; a partnership can move from one kind to another."""

    NONE = ""  # not yet
    GROUP = "group"  # one shared chat with the bot in it
    CONTACT = "contact"  # they have each other's contact; the bot writes to each in private
    RELAY = "relay"  # the bot carries messages between their private chats


class RoomStep(StrEnum):
    """The rung of the room ladder that the partners are led through."""

    NONE = ""
    DIRECT = "direct"  # the platform opens the room itself
    PICKER = "picker"  # one of them makes a group with the platform's chat picker
    LINK = "link"  # one of them adds the bot to a group by a link
    CONTACT = "contact"  # both are asked whether their contact may be shown
    RELAY = "relay"  # the bot carries the messages
    OPEN = "open"  # there is a room


@dataclass(frozen=True, slots=True)
class Partnership:
    """Two people (or three) who are introduced to each other for one round."""

    #: "<round>.<number>", for example "spring-2027.17".
    id: str
    round: str
    number: int
    platform: str
    members: tuple[int, ...]
    state: PartnershipState
    #: The one who is asked to write first.
    starter: int
    score: int = 0
    #: Why they were paired: (kind, values) of `bot.matching`, plain JSON.
    reasons: tuple[tuple[str, str], ...] = ()
    pinned: bool = False
    #: The round's week in which it began: 1, or later after a re-match (topics start anew).
    first_week: int = 1
    room: RoomKind = RoomKind.NONE
    #: The shared chat's id on the platform; "" where there is none.
    chat: str = ""
    step: RoomStep = RoomStep.NONE
    step_at: datetime | None = None
    #: When everybody was in the room and the introduction went out.
    introduced_at: datetime | None = None
    ended_at: datetime | None = None
    #: The members known to be in the shared chat `chat`, while it is coming about and after.
    present: tuple[int, ...] = ()
    #: The link by which the others may ask to join it; "" when there is none.
    link: str = ""
    #: Who agreed that their contact may be shown to the partners.
    agreed: tuple[int, ...] = ()
    #: When the rules must look at this partnership next, and when they last did.
    look_at: datetime | None = None
    looked_at: datetime | None = None

    def others(self, person: int) -> tuple[int, ...]:
        """Give the partners of `person`, in the order of the partnership."""
        return tuple(member for member in self.members if member != person)

    @property
    def echo(self) -> int:
        """A 31-bit number that a platform can echo: the round in the high 11 bits, the number below them.

        A number alone comes again in every round; with the round's checksum an old button cannot be
        taken for a new one.
        """
        return ((zlib.crc32(self.round.encode()) & 0x7FF) << 20) | (self.number & 0xFFFFF)

    def is_called(self, about: str) -> bool:
        """Tell whether `about`, as a platform echoed it, means this partnership: its id or its echo."""
        return about in (self.id, str(self.echo))


@dataclass(frozen=True, slots=True)
class Membership:
    """Person in partnership; unique while active, so nobody can be in two at once in a round."""

    partnership: str
    person: int
    round: str
    active: bool = True


class PairMark(StrEnum):
    """What directors decided about two people before the draft."""

    PINNED = "pinned"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Mark:
    """A directors' mark on two people in a round, `a` < `b`."""

    round: str
    a: int
    b: int
    mark: PairMark


class Contact(StrEnum):
    """What a check-in can say."""

    MET = "met"
    DATE_SET = "date-set"
    NOT_YET = "not-yet"
    NEED_HELP = "need-help"
    AWAY = "away"  # their partner is away
    ANOTHER = "another"  # would like another partner
    WRONG = "wrong"  # something is wrong


#: These answers say that the partners are in contact.
IN_CONTACT = frozenset({Contact.MET, Contact.DATE_SET})


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One private question to one partner about one week."""

    partnership: str
    person: int
    #: The round's week; the silence ladder keeps its own question as 1000 + the week it was asked in.
    week: int
    asked_at: datetime
    answer: Contact | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """One answer to one question of one survey ("mid", "end", "keep-in-touch")."""

    round: str
    person: int
    survey: str
    question: str
    value: str
    at: datetime
