"""What people write: to the bot alone, by `/antipode …`, or with its name in a channel."""

from collections.abc import Callable
from datetime import datetime

from adapters.slack.receive_base import (
    NOTHING,
    SLACKBOT,
    Json,
    Known,
    Reading,
    common,
    event_id,
    handle_of,
    team_of,
    time_of,
)
from adapters.slack.receive_text import plain, without_mention
from bot.events import Said


#: In these conversations the bot is alone with somebody.
PRIVATE = frozenset({"im", "app_home"})
#: Subtypes of messages that somebody wrote; any other is Slack's own or a bot's.
WRITTEN = frozenset({"", "file_share", "me_message", "thread_broadcast"})


def message(body: Json, known: Known, now: datetime) -> Reading:
    """Read a message to the bot alone; messages of any other conversation are nobody's but its members'."""
    event = body["event"]
    if event.get("channel_type") not in PRIVATE:
        return NOTHING
    if event.get("subtype") == "message_changed":
        return _edited(body, known, now)
    if (event.get("subtype") or "") not in WRITTEN or _is_bot(event, known):
        return NOTHING
    team, channel, ts = str(body["team_id"]), str(event["channel"]), str(event["ts"])
    said = Said(
        text=_words(event, team, known),
        media=_media(event),
        ref=ts,
        order=float(ts),
        **common(f"m/{team}/{channel}/{ts}", team, event["user"], time_of(ts, now), chat=channel),
    )
    return Reading((said,))


def _edited(body: Json, known: Known, now: datetime) -> Reading:
    """Read a change that its author made; Slack changes messages too, when it shows what is behind a link."""
    event = body["event"]
    changed = event["message"]
    if "edited" not in changed or _is_bot(changed, known):
        return NOTHING
    team = str(body["team_id"])
    edited = Said(
        text=_words(changed, team, known),
        media=_media(changed),
        ref=str(changed["ts"]),
        edited=True,
        **common(event_id(body), team, changed["user"], now, chat=event["channel"]),
    )
    return Reading((edited,))


def mention(body: Json, known: Known, now: datetime) -> Reading:
    """Read words to the bot: a command in the directors' channel, anywhere else a private matter.

    A mention in the bot's own chat comes as a message too, hence the same id.
    """
    event = body["event"]
    if _is_bot(event, known):
        return NOTHING
    team, channel, ts = str(body["team_id"]), str(event["channel"]), str(event["ts"])
    at_desk = f"{team}/{channel}" == known.directors
    told = common(
        f"m/{team}/{channel}/{ts}",
        team,
        event["user"],
        time_of(ts, now),
        chat=channel if at_desk else "",
        private=not at_desk,
    )
    return Reading((Said(text=as_command(_words(event, team, known)), ref=ts, order=float(ts), **told),))


def command(body: Json, known: Known, now: datetime) -> Reading:
    """Read `/antipode …`: as typed to the bot alone, but in the directors' channel, or to claim one."""
    team, channel = str(body["team_id"]), str(body["channel_id"])
    words = plain(str(body.get("text") or ""), _handles(team, known))
    here = f"{team}/{channel}" == known.directors or _claims(words)
    told = common(
        f"t/{event_id(body)}",
        team,
        str(body["user_id"]),
        now,
        chat=channel if here else "",
        private=not here,
        handle=str(body.get("user_name") or ""),
    )
    return Reading((Said(text=as_command(words), trigger=str(body.get("trigger_id") or ""), **told),))


def shortcut(body: Json, known: Known, now: datetime) -> Reading:
    """Read a shortcut: its callback id ends in the word it stands for ("antipode:apply"), else it begins."""
    user, team = body["user"], team_of(body)
    word = str(body.get("callback_id") or "").partition(":")[2] or "start"
    told = common(f"t/{event_id(body)}", team, user["id"], now, handle=handle_of(user), chat="")
    return Reading((Said(text=as_command(word), trigger=str(body.get("trigger_id") or ""), **told),))


def as_command(words: str) -> str:
    """Give words that were addressed to the bot as the command they are; none at all asks for help."""
    return "/" + (words.lstrip("/ ") or "help")


def _claims(words: str) -> bool:
    return words.lower().lstrip("/").split(" ", 1)[0] == "claim"


def _words(said: Json, team: str, known: Known) -> str:
    text = without_mention(str(said.get("text") or ""), known.bots.get(team, ""))
    return plain(text, _handles(team, known))


def _handles(team: str, known: Known) -> Callable[[str], str]:
    return lambda user: known.handle(f"{team}/{user}")


def _is_bot(said: Json, known: Known) -> bool:
    user = said.get("user")
    return not user or bool(said.get("bot_id")) or user == SLACKBOT or user in known.bots.values()


def _media(said: Json) -> str:
    files = said.get("files") or ()
    if not files:
        return ""
    kind = str(files[0].get("mimetype", "")).partition("/")[0]
    return {"image": "photo", "audio": "audio", "video": "video"}.get(kind, "document")
