"""What comes in: every payload of a platform becomes one of these, and every answer of the outbox too.

`id` is the platform's own id of the event, unique within the platform: the inbox knows by it that a
platform repeats itself. Texts in an event live only as long as its decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Sender:
    """Who did it, as the platform tells."""

    account: str
    name: str = ""
    handle: str = ""
    #: The platform's language setting, "" when it does not tell.
    language: str = ""
    #: The platform's zone (IANA), "" when it does not tell.
    zone: str = ""
    #: An administrator who hides behind the group: nobody can know who it is.
    anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What every event has."""

    id: str
    platform: str
    at: datetime
    #: The chat it happened in; "" when it has none.
    chat: str = ""
    #: True in the person's own chat with the bot.
    private: bool = True
    sender: Sender | None = None
    #: What opens a form in answer to this, for a few seconds; "" where the platform gave none.
    trigger: str = ""
    #: Its place among all that somebody wrote and tapped in this chat, by the platform's own numbers: what
    #: came later has a greater one. 0 where the platform does not tell.
    order: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Base):
    """Somebody wrote. In a shared chat only commands and replies to the bot get this far."""

    text: str
    #: "photo", "sticker", "voice"…: what it is besides text; "" for plain text.
    media: str = ""
    #: The platform's id of the message.
    ref: str = ""
    forwarded: bool = False
    edited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped(Base):
    """Somebody tapped a button; `value` is what the button carried and has no authority of its own."""

    value: str
    #: The message that has the button.
    ref: str = ""
    #: What that message says apart from its buttons, in the platform's own form, to settle it
    #: (`Settle.shown`).
    shown: str = ""
    #: The open form that has the button; "" when none has.
    view: str = ""
    #: True when the button was on the person's own page.
    at_home: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled(Base):
    """Somebody sent in a page of a form."""

    #: Which form: `bot.forms.Form.id`.
    form: str
    page: int = 0
    #: What was filled in, by field: a text, or the values of the options that were chosen; () for nothing.
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: The platform's id of the form, in which the next page can be shown.
    view: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissed(Base):
    """Somebody closed a form without sending its page in."""

    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOpened(Base):
    """Somebody looks at their own page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomOpened(Base):
    """There is a shared chat for a partnership, and the bot is in it."""

    #: The partnership's id or its `echo` as the platform gave it back; "" when the bot was only given rights.
    about: str
    #: True when the bot was found to have the rights it needs.
    checked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLost(Base):
    """The bot is not (or no longer) in the chat, or lost the rights it needs there."""

    why: str  # "removed", "rights", "deleted", "not-there"
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Base):
    """The sender came into the shared chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Base):
    """The sender left the shared chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedToJoin(Base):
    """The sender used an invitation link and waits to be let in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited(Base):
    """The link that was asked for."""

    url: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Base):
    """The chat has a new id."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable(Base):
    """The platform says that messages cannot reach the sender (blocked, deactivated…)."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reachable(Base):
    """The sender can be written to again."""


Event: TypeAlias = (
    Said
    | Tapped
    | Filled
    | Dismissed
    | HomeOpened
    | RoomOpened
    | RoomLost
    | Joined
    | Left
    | AskedToJoin
    | Invited
    | Moved
    | Unreachable
    | Reachable
)

Exchange: TypeAlias = Said | Tapped | Filled | Dismissed | HomeOpened
"""What a person does in private with the bot."""
