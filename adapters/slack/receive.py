"""A payload of Slack becomes events, or a fact about the workspace: pure, and reading only what it needs.

Accounts and chats have their workspace in front ("T1/U2", "T1/D3"), for ids are unique only in one. Of what
a pair writes nothing comes here: the app asks for no event of their chat. An id of Slack's own is the id of
each event, so that what Slack repeats changes nothing.
"""

from collections.abc import Mapping
from datetime import datetime

from adapters.slack import forms, receive_facts, receive_taps, receive_words
from adapters.slack.receive_base import NOTHING, Json, Known, Reader, Reading, Told, event_id


__all__ = ["Json", "Known", "Reading", "Told", "event_id", "read"]


def read(body: Json, known: Known, now: datetime) -> Reading:
    """Give what a payload says; nothing for what does not concern us.

    Raises KeyError, TypeError or ValueError (and their like) for one that is not as Slack documents it.
    """
    if body.get("type") == "event_callback":
        reader = _EVENTS.get(str(body["event"]["type"]))
    elif "command" in body:
        reader = receive_words.command
    else:
        reader = _INTERACTIONS.get(str(body.get("type")))
    return reader(body, known, now) if reader else NOTHING


_EVENTS: Mapping[str, Reader] = {
    "message": receive_words.message,
    "app_mention": receive_words.mention,
    "app_home_opened": receive_taps.home,
    "user_change": receive_facts.user,
    "team_join": receive_facts.user,
    "member_joined_channel": receive_facts.joined,
    "member_left_channel": receive_facts.left,
    "channel_shared": receive_facts.channel,
    "channel_unshared": receive_facts.channel,
    "channel_archive": receive_facts.channel,
    "group_archive": receive_facts.channel,
    "channel_id_changed": receive_facts.renumbered,
    "app_uninstalled": receive_facts.uninstalled,
    "tokens_revoked": receive_facts.revoked,
}
_INTERACTIONS: Mapping[str, Reader] = {
    "block_actions": receive_taps.actions,
    "shortcut": receive_words.shortcut,
    "message_action": receive_words.shortcut,
    "view_submission": forms.submitted,
    "view_closed": forms.closed,
}
