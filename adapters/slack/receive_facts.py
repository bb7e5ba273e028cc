"""What happens to people, chats and workspaces."""

from datetime import datetime

from adapters.slack.receive_base import (
    NOTHING,
    PLATFORM,
    SLACKBOT,
    Json,
    Known,
    Reading,
    Told,
    common,
    event_id,
)
from bot.events import Joined, Left, Moved, Reachable, Unreachable


def user(body: Json, known: Known, now: datetime) -> Reading:
    """Read how somebody is now: who was deactivated, or may see but some channels, cannot be written to."""
    one, team = body["event"]["user"], str(body["team_id"])
    told = Told("user", team, f"{team}/{one['id']}", one)
    if one.get("is_bot") or one["id"] == SLACKBOT:
        return Reading()
    common_ = common(event_id(body), team, one["id"], now, chat="")
    if one.get("deleted"):
        return Reading((Unreachable(why="deactivated", **common_),), (told,))
    if one.get("is_restricted") or one.get("is_ultra_restricted"):
        return Reading((Unreachable(why="guest", **common_),), (told,))
    return Reading((Reachable(**common_),), (told,))


def joined(body: Json, known: Known, now: datetime) -> Reading:
    """Read that somebody came into a chat."""
    return _member(body, known, now, Joined)


def left(body: Json, known: Known, now: datetime) -> Reading:
    """Read that somebody left a chat."""
    return _member(body, known, now, Left)


def _member(body: Json, known: Known, now: datetime, kind: type[Joined | Left]) -> Reading:
    """Read who came or went; of the directors' channel only that it changed."""
    event, team = body["event"], str(body["team_id"])
    chat = f"{team}/{event['channel']}"
    told = (Told("chat", team, chat),)
    if chat == known.directors or event["user"] in (known.bots.get(team), SLACKBOT):
        return Reading(told=told)
    common_ = common(event_id(body), team, event["user"], now, chat=event["channel"], private=False)
    return Reading((kind(**common_),), told)


def channel(body: Json, known: Known, now: datetime) -> Reading:
    """Read that a channel is not what it was: shared, archived."""
    team, told = str(body["team_id"]), body["event"].get("channel")
    name = told if isinstance(told, str) else told["id"]
    return Reading(told=(Told("chat", team, f"{team}/{name}"),))


def renumbered(body: Json, known: Known, now: datetime) -> Reading:
    """Read a channel's new id."""
    event, team = body["event"], str(body["team_id"])
    old, new = f"{team}/{event['old_channel_id']}", f"{team}/{event['new_channel_id']}"
    moved = Moved(id=event_id(body), platform=PLATFORM, at=now, chat=old, private=False, to=new)
    return Reading((moved,), (Told("chat", team, old), Told("chat", team, new)))


def uninstalled(body: Json, known: Known, now: datetime) -> Reading:
    """Read that a workspace does not want the app any more."""
    return Reading(told=(Told("gone", str(body["team_id"])),))


def revoked(body: Json, known: Known, now: datetime) -> Reading:
    """Read which tokens are no more: only the bot's own end the installation."""
    bots = (body["event"].get("tokens") or {}).get("bot") or ()
    return Reading(told=(Told("gone", str(body["team_id"])),)) if bots else NOTHING
