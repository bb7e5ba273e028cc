"""What goes out: messages as data, and the few deeds a platform does besides sending one.

An adapter renders them; nothing here knows a platform. `to_json`/`from_json` are how the outbox keeps
them. A room message is addressed to the room, and finds the room's chat only when it is sent, so a room
may move while messages wait.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from bot.forms import Form, form_from_json, form_to_json


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. A tap sends `value` back (at most 60 bytes of UTF-8); with `url` it opens a page."""

    label: str
    value: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file made by the bot (a calendar file, someone's data, a picture as base64 text)."""

    name: str
    mime: str
    content: str
    base64: bool = False


class Ask(StrEnum):
    """What a message asks the platform's own picker for; platforms without one ignore it."""

    NOTHING = ""
    NEW_GROUP = "new-group"  # make a group for this partnership
    CLOSE = "close"  # take the picker away again


@dataclass(frozen=True, slots=True)
class Message:
    """One message in the bot's markup with its rows of buttons."""

    text: str
    rows: tuple[tuple[Choice, ...], ...] = ()
    attachment: Attachment | None = None
    ask: Ask = Ask.NOTHING
    #: The label on the picker's button, when `ask` shows one.
    ask_label: str = ""
    #: What the picker or link is for: the partnership's `echo`, given back by the platform.
    ask_about: int = 0
    pin: bool = False
    silent: bool = False


@dataclass(frozen=True, slots=True)
class OpenRoom:
    """Open the partnership's shared chat, where the platform lets a bot do that; answers `RoomOpened`."""

    partnership: str
    people: tuple[int, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Settle:
    """Take the buttons away from an earlier message and show what was chosen."""

    #: The platform's id of the message.
    ref: str
    #: What was chosen, in the bot's markup, added under the message; "" adds nothing.
    chosen: str = ""
    #: `Tapped.shown`: what the message says apart from its buttons, where a platform must send it again.
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Carry:
    """Carry a partner's message into another chat without keeping it: by its id alone."""

    from_chat: str
    ref: str
    #: Who wrote it, shown before it; in the bot's markup.
    by: str = ""
    #: Said to who wrote it when nobody can be sure that it arrived; None when there is nothing to say then.
    failed: Message | None = None


class RoomDeed(StrEnum):
    """What the bot does to a shared chat besides writing in it."""

    CHECK = "check"  # is the bot in it, with the right to invite? answers RoomOpened or RoomLost
    INVITE = "invite"  # make a link that lets people ask to join; answers Invited
    ADMIT = "admit"  # let this person in
    REFUSE = "refuse"  # do not let this person in
    REVOKE = "revoke"  # end the link
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Tend:
    """A deed in the chat `chat` (a room that is not yet known as one, or is)."""

    deed: RoomDeed
    chat: str
    partnership: str = ""
    #: The account it is about (admit, refuse). For check: the members' accounts with commas, first the
    #: one who made the chat. For invite: the accounts that are to get the link.
    account: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Show a page of a form to the person; only platforms that have forms get one (`bot.forms.able`)."""

    form: Form
    #: What opens a new form (`Tapped.trigger`); "" when it takes the place of the page in `view`.
    trigger: str = ""
    #: The open form whose page this takes the place of.
    view: str = ""
    #: Said instead when the trigger has run out; None when there is nothing to say then.
    late: Message | None = None


@dataclass(frozen=True, slots=True)
class ShowHome:
    """Show the person's own page, where the platform has one: its parts from top to bottom."""

    account: str
    parts: tuple[Message, ...]


Body: TypeAlias = Message | OpenRoom | Settle | Carry | Tend | OpenForm | ShowHome


@dataclass(frozen=True, slots=True)
class Address:
    """Where a delivery goes: to a person's private chat, a partnership's room, the directors, or a chat."""

    platform: str
    kind: str  # "person", "room", "directors" or "chat"
    id: str = ""

    def __str__(self) -> str:
        """Give the form the outbox keeps, which is also the unit whose order is kept."""
        return f"{self.kind}/{self.id}"


class Unsure(StrEnum):
    """What to do when nobody can know whether a message arrived."""

    REPEAT = "repeat"  # send again: twice is better than never
    HOLD = "hold"  # never again: twice would be worse


@dataclass(frozen=True, slots=True)
class Delivery:
    """One outgoing thing; `key` is unique in the outbox, so deciding twice sends once."""

    key: str
    to: Address
    body: Body
    due_at: datetime
    give_up_at: datetime | None = None
    #: It waits while it is night (22:00 to 08:00) in any of these zones; empty for a reply.
    zones: tuple[str, ...] = ()
    unsure: Unsure = Unsure.REPEAT

    @property
    def urgent(self) -> bool:
        """A reply to somebody who waits goes before what was planned."""
        return not self.zones


def to_json(body: Body) -> dict[str, object]:
    """Give the body as plain JSON, without what is empty."""
    match body:
        case Message():
            kept = {name: getattr(body, name) for name in _MESSAGE_FIELDS}
            kept["rows"] = [[_choice(choice) for choice in row] for row in body.rows]
            kept["attachment"] = _file(body.attachment)
            return {"is": "message"} | _drop(kept)
        case OpenForm():
            late = to_json(body.late) if body.late else None
            kept = {"trigger": body.trigger, "view": body.view, "late": late}
            return {"is": "form", "form": form_to_json(body.form)} | _drop(kept)
        case ShowHome():
            return {"is": "home", "account": body.account, "parts": [to_json(each) for each in body.parts]}
        case OpenRoom():
            return {
                "is": "open",
                "partnership": body.partnership,
                "people": list(body.people),
                "title": body.title,
            }
        case Settle():
            return {"is": "settle", "ref": body.ref, "chosen": body.chosen} | _drop({"shown": body.shown})
        case Carry():
            failed = to_json(body.failed) if body.failed else None
            kept = {"is": "carry", "from_chat": body.from_chat, "ref": body.ref}
            return kept | _drop({"by": body.by, "failed": failed})
        case Tend():
            return {"is": "tend"} | _drop({name: getattr(body, name) for name in _TEND_FIELDS})


def from_json(kept: Mapping[str, object]) -> Body:
    """Give the body that `to_json` was given; raises KeyError for a kind it does not know."""
    return _READERS[str(kept["is"])](dict(kept))


def _drop(fields: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value}


def _choice(choice: Choice) -> list[str]:
    return [choice.label, choice.value, choice.url] if choice.url else [choice.label, choice.value]


def _file(file: Attachment | None) -> list[object] | None:
    return [file.name, file.mime, file.content, file.base64] if file else None


def _message(kept: dict[str, object]) -> Message:
    rows = kept.get("rows", [])
    file = kept.get("attachment")
    assert isinstance(rows, list)
    return Message(
        text=str(kept.get("text", "")),
        rows=tuple(tuple(Choice(*choice) for choice in row) for row in rows),
        attachment=Attachment(*file) if isinstance(file, list) else None,
        ask=Ask(str(kept.get("ask", ""))),
        ask_label=str(kept.get("ask_label", "")),
        ask_about=int(str(kept.get("ask_about", 0))),
        pin=bool(kept.get("pin", False)),
        silent=bool(kept.get("silent", False)),
    )


def _open(kept: dict[str, object]) -> OpenRoom:
    people = kept["people"]
    assert isinstance(people, list)
    return OpenRoom(str(kept["partnership"]), tuple(people), str(kept["title"]))


def _settle(kept: dict[str, object]) -> Settle:
    return Settle(str(kept["ref"]), str(kept["chosen"]), str(kept.get("shown", "")))


def _carry(kept: dict[str, object]) -> Carry:
    failed = kept.get("failed")
    told = _message(failed) if isinstance(failed, dict) else None
    return Carry(str(kept["from_chat"]), str(kept["ref"]), str(kept.get("by", "")), told)


def _tend(kept: dict[str, object]) -> Tend:
    known = {name: str(kept.get(name, "")) for name in ("chat", "partnership", "account", "url")}
    return Tend(RoomDeed(str(kept["deed"])), **known)


def _form(kept: dict[str, object]) -> OpenForm:
    form, late = kept["form"], kept.get("late")
    assert isinstance(form, dict)
    return OpenForm(
        form_from_json(form),
        trigger=str(kept.get("trigger", "")),
        view=str(kept.get("view", "")),
        late=_message(late) if isinstance(late, dict) else None,
    )


def _home(kept: dict[str, object]) -> ShowHome:
    parts = kept["parts"]
    assert isinstance(parts, list)
    return ShowHome(str(kept["account"]), tuple(_message(each) for each in parts))


_MESSAGE_FIELDS = ("text", "ask", "ask_label", "ask_about", "pin", "silent")
_TEND_FIELDS = ("deed", "chat", "partnership", "account", "url")
_READERS: dict[str, Callable[[dict[str, object]], Body]] = {
    "message": _message,
    "open": _open,
    "settle": _settle,
    "carry": _carry,
    "tend": _tend,
    "form": _form,
    "home": _home,
}
