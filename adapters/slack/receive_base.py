"""What the readers of payloads have in common: what they are given, what they give, how ids are made."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

from bot.events import Event, Sender


Json: TypeAlias = Mapping[str, Any]

PLATFORM = "slack"
#: Slack's own bot, a member of every workspace.
SLACKBOT = "USLACKBOT"


def _no_handle(account: str) -> str:
    return account.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Known:
    """What reading needs besides the payload."""

    #: The bot's own user id by workspace.
    bots: Mapping[str, str] = field(default_factory=dict)
    #: The directors' channel ("T1/C2"); "" before there is one.
    directors: str = ""
    #: The handle of an account, for mentions in a text.
    handle: Callable[[str], str] = _no_handle


@dataclass(frozen=True, slots=True)
class Told:
    """A fact besides events: about a person, a chat or the workspace."""

    what: str  # "user", "gone", "chat"
    team: str = ""
    #: The account or the chat it is about.
    about: str = ""
    payload: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one payload says."""

    events: tuple[Event, ...] = ()
    told: tuple[Told, ...] = ()


NOTHING = Reading()
Reader: TypeAlias = Callable[[Json, Known, datetime], Reading]


def event_id(body: Json) -> str:
    """Give the id by which a repeated payload is known: Slack's own, else made of all it says."""
    for name in ("event_id", "trigger_id"):
        if body.get(name):
            return str(body[name])
    said = json.dumps(body, sort_keys=True, default=str)
    return f"h/{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def common(
    name: str, team: str, user: str, at: datetime, *, chat: str, private: bool = True, handle: str = ""
) -> dict[str, Any]:
    """Give the fields that every event has; `chat` is the channel's id, "" for the person's own chat."""
    return {
        "id": name,
        "platform": PLATFORM,
        "at": at,
        "chat": f"{team}/{chat}" if chat else "",
        "private": private,
        "sender": Sender(f"{team}/{user}", handle=handle),
    }


def team_of(body: Json) -> str:
    """Give the workspace in which somebody tapped or sent in something."""
    team = (body.get("team") or {}).get("id") or body["user"].get("team_id")
    return str(team)


def handle_of(user: Json) -> str:
    """Give the handle of a user as interactions name it."""
    return str(user.get("username") or user.get("name") or "")


def time_of(ts: str, now: datetime) -> datetime:
    """Give a moment of Slack's clock, never later than ours: what is to be sent would wait for it."""
    return min(datetime.fromtimestamp(float(ts), UTC), now)
