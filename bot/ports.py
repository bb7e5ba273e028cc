"""What the shell asks of the world: a clock, chats, a store; and the facts a chat may answer with.

Vendor errors are translated at the adapter into these few, each named for the reaction it asks for.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.events import Event
from bot.messages import Address, Body, Delivery, Unsure
from bot.outcome import Outcome
from bot.snapshots import Book, Desk, Hall, Turn


Thought = TypeVar("Thought")


class ChatError(Exception):
    """Something was not sent."""


class RetryLater(ChatError):
    """The platform says how long this chat (or everything) must wait."""

    def __init__(self, after: timedelta, *, everything: bool = False) -> None:
        super().__init__(f"wait {after.total_seconds():g} s")
        self.after = after
        self.everything = everything


class CannotReach(ChatError):
    """This person or chat cannot be reached, and trying again changes nothing."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class MovedTo(ChatError):
    """The chat has a new id; send there."""

    def __init__(self, chat: str) -> None:
        super().__init__(chat)
        self.chat = chat


class Uncertain(ChatError):
    """It may or may not have arrived."""


class NotSent(ChatError):
    """It certainly did not arrive (no connection, a server error before anything happened): try again."""


class Rejected(ChatError):
    """The platform refuses the request itself: a defect of ours, never to be repeated."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class StoreAway(OSError):
    """The database cannot be reached, or was cut off in the middle: nothing of it is done, try again."""


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery that was claimed, with its address found."""

    number: int
    key: str
    to: Address
    #: The platform's chat id; "" when the body needs none.
    chat: str
    body: Body
    due_at: datetime
    give_up_at: datetime | None = None
    zones: tuple[str, ...] = ()
    unsure: Unsure = Unsure.REPEAT
    attempts: int = 0
    #: The language of the reader, for the few words an adapter adds itself.
    language: str = "en"
    #: Platform accounts by person id: the members of a room, the people mentioned.
    accounts: Mapping[int, str] = field(default_factory=dict)
    #: The zone of the reader, where a moment must be written out.
    zone: str = ""
    #: Tells whether who claimed it may still send it: asked right before the bytes of each call leave.
    ours: Callable[[], bool] = field(default=_always, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took it: its id of the message, and what it answered besides."""

    ref: str = ""
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Installation:
    """One workspace that installed the app, on a platform that has such."""

    platform: str
    team: str
    name: str
    #: The bot as a member there, and as a bot.
    bot_user: str
    bot: str
    scopes: str
    #: Sealed: who reads the database cannot use it. "" after the end.
    token: str
    installed_at: datetime
    #: When it was uninstalled, or its token revoked.
    ended_at: datetime | None = None


class Clock(Protocol):
    """The only source of the time."""

    def now(self) -> datetime:
        """Give the moment, aware and UTC."""

    def monotonic(self) -> float:
        """Give seconds that never jump, whatever happens to the wall clock."""

    async def sleep(self, span: timedelta) -> None:
        """Come back when `span` has passed on this clock."""


class Chat(Protocol):
    """One platform, as far as sending goes; receiving calls `Bot.handle`."""

    platform: str

    async def send(self, parcel: Parcel) -> Sent:
        """Send one parcel; raises one of the ChatErrors."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Which parts of a Desk a command looks at.

    Always there: now, director, room, round, pending. The parts, all of `desk.round` unless said otherwise:

    | part | gives |
    | --- | --- |
    | `people` | people found by each text of `find` (an id, @handle or handle, part of a name; whatever the case of letters), at most `limit` after `offset` |
    | `applications` | with `find`: of the found people, in every round, newest first; with `everyone`: all of the round |
    | `partnerships` | with `find`: those the found people are or were in, in every round, newest first; with `everyone`: all of the round; else the drafted and live ones, lowest score first, `limit` after `offset`. Their members are in `people` |
    | `check_ins`, `surveys` | with `find`: of the found people; else all of the round (only `survey` and `export` ask) |
    | `candidates` | every application that takes part in the matching (accepted, placed, unplaced, alone, late), with former partners |
    | `marks`, `blocks` | the round's marks; the blocks between its people |
    | `cases` | with `ids`: the case of that number, open or closed; with `find`: the found people's; else the open ones of any round, oldest first, `limit` after `offset`. Their people, their partnerships and these partnerships' members are there too |
    | `audit` | the newest entries, `limit` after `offset`, with the people of `who` |
    | `rounds` | every round, newest first |
    | `everyone` | everybody who was not erased, whatever `find` and `limit` say |
    | `directors`, `ambassadors` | people with `director`, with `ambassador_for` |
    | `health` | plain figures and moments by name |
    | `counts` | `people`, `ambassadors`, `directors`, `news` (wants_news); of the round `applications.<state>`, `partnerships.<state>`, `rooms.<kind>` (running ones; "none"), `cases.open`, `cases.closed`, `minutes` (of its cases), `week.<n>.asked`, `week.<n>.answered` (check-ins), `week.<n>.pairs` (partnerships asked), `week.<n>.contact` (partnerships in which one said met or date-set), `country.<XX>.applications` (not withdrawn), `country.<XX>.cases` (open), `source.<person>` (applications through their link). What is 0 may be missing |
    | `evaluation` | besides in the counts, of people who were asked in a check-in: `<group>.people`, `<group>.weeks` (a person and a week each), `<group>.contact` (those in which the pair was in contact), where a group is `country.<XX>`, `platform.<name>`, `first` or `again` (had a partner in an earlier round); `topic.<first week>.<n>.people`, `.pairs`, `.contact` (partnerships that began in that week, asked about week n); `survey.mid`, `survey.end` (people who answered); `satisfied.<weeks in contact>.<weeks asked>.<1 to 5>` (people, by the end survey); and of the round before, which is `last`, as `last.<name>` the applications, cases, minutes and weeks |
    | `waiting` | of the counts only those of the round's cases |
    """  # noqa: E501 - a table's row is a line

    #: Of: "counts", "evaluation", "waiting", "people", "applications", "partnerships", "check_ins",
    #: "surveys", "candidates", "marks", "blocks", "cases", "audit", "health", "rounds", "everyone",
    #: "directors", "ambassadors".
    parts: frozenset[str] = frozenset()
    #: Text to find people by (name, handle, id), for `people FIND` and names in other commands.
    find: tuple[str, ...] = ()
    #: Person ids, partnership ids or a case number the command names.
    ids: tuple[str, ...] = ()
    #: How many rows, and how many to pass over first.
    limit: int = 100
    offset: int = 0


class Unit(Protocol):
    """One transaction: what is loaded is locked, what is saved is saved together or not at all."""

    async def fresh(self, events: Sequence[Event]) -> list[Event]:
        """Put the events' ids into the inbox; give those that were not in it, in order."""

    async def turns(self, events: Sequence[Event], now: datetime) -> list[Turn | None]:
        """Give the snapshot of each event, the person made if new; None where it is nobody's room or chat.

        No two of the events may be about the same person or partnership.
        """

    async def desk(self, event: Event, needs: Needs, now: datetime) -> Desk | None:
        """Give what a director's command needs; None when it does not come from a directors' room."""

    async def books_due(self, now: datetime, limit: int) -> list[Book]:
        """Give partnerships whose `look_at` has come, oldest first, locked."""

    async def halls_due(self, now: datetime, limit: int) -> list[Hall]:
        """Give rounds whose `look_at` has come, oldest first, locked."""

    async def at_length(self, rule: Callable[[], Thought]) -> Thought:
        """Give what a rule gives that may think for minutes; what was loaded stays locked meanwhile."""

    async def unfinished(self, before: datetime, limit: int, now: datetime) -> list[Turn]:
        """Give people whose application waits since `before` and who were not reminded, locked."""

    async def save(self, outcome: Outcome, now: datetime) -> None:
        """Save the records, put the deliveries in the outbox (a key that is there is left as it is)."""

    async def dead_letter(
        self,
        platform: str,
        event: str,
        error: str,
        payload: str,
        *,
        of: Event | None = None,
        at: datetime | None = None,
    ) -> None:
        """Keep an event that could not be decided, for the operators; with `of` it can be tried again.

        `error` and `payload` are shown, so they hold nothing that people wrote.
        """


@dataclass(frozen=True, slots=True)
class Due:
    """When each kind of thing is due next; None where nothing waits."""

    round: datetime | None = None
    partnership: datetime | None = None
    #: The reminder of an unfinished application.
    application: datetime | None = None
    delivery: datetime | None = None

    @property
    def look(self) -> datetime | None:
        """The earliest look."""
        return earliest(self.round, self.partnership, self.application)


def earliest(*moments: datetime | None) -> datetime | None:
    """Give the earliest of those that are moments; None when none is."""
    return min((moment for moment in moments if moment is not None), default=None)


class Outbox(Protocol):
    """The way out: rows are claimed by the holder of the lane's lease, and end as sent or given up."""

    async def lease(self, lane: str, holder: str, now: datetime, span: timedelta) -> int | None:
        """Take or renew the lane's lease; give the fence number, None while another holds it."""

    async def claim(
        self, lane: str, fence: int, now: datetime, limit: int, *, without: Sequence[str] = ()
    ) -> list[Parcel]:
        """Mark due rows as being sent, one a chat, replies first; chats in `without` are passed over.

        Rows too late to make sense are given up with a reason; rows of an older fence that were being
        sent follow their own policy for `Unsure`.
        """

    async def sent(self, parcels: Sequence[tuple[Parcel, Sent]], now: datetime) -> None:
        """Mark them as sent."""

    async def later(self, parcel: Parcel, until: datetime, why: str) -> None:
        """Put it back until then."""

    async def given_up(self, parcel: Parcel, why: str, now: datetime) -> None:
        """Mark it as never to be sent, with the reason."""

    async def put(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """Put deliveries in by themselves: what a lost room was to hear."""

    async def moved(self, parcel: Parcel, chat: str) -> None:
        """Put the new chat id where the old one was, and the parcel back."""


class Store(Outbox, Protocol):
    """Everything that is kept."""

    def unit(self) -> AbstractAsyncContextManager[Unit]:
        """Begin a transaction; leaving it commits, an exception rolls back."""

    async def next_due(self, unfinished_after: timedelta) -> Due:
        """Give when something waits next, of each kind.

        An application counts as left when it was not touched for `unfinished_after`.
        """
