"""Payloads as Slack sends them, names changed; each function gives a fresh one to alter."""

from typing import Any


Json = dict[str, Any]
TEAM, BOT, ANA = "T012AB3CD", "U00BOT", "U012ANA"
DIRECT, CHANNEL = "D012ANA", "C0DIREC"


def event(kind: str, **inside: Any) -> Json:
    """Give an event as it comes from the Events API and by the socket."""
    return {
        "token": "none",
        "team_id": TEAM,
        "api_app_id": "A012",
        "event": {"type": kind, "event_ts": "1792000000.000200", **inside},
        "type": "event_callback",
        "event_id": "Ev012",
        "event_time": 1792000000,
        "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True}],
    }


def message(text: str, **inside: Any) -> Json:
    """Give a message to the bot alone."""
    return event(
        "message",
        **{
            "user": ANA,
            "ts": "1792000000.000200",
            "client_msg_id": "1d5b",
            "text": text,
            "team": TEAM,
            "channel": DIRECT,
            "channel_type": "im",
        }
        | inside,
    )


def command(text: str, channel: str = "C0GENERAL") -> Json:
    """Give `/antipode text`."""
    return {
        "token": "none",
        "team_id": TEAM,
        "team_domain": "libraries",
        "channel_id": channel,
        "channel_name": "privategroup",
        "user_id": ANA,
        "user_name": "ana",
        "command": "/antipode",
        "text": text,
        "api_app_id": "A012",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/T012/1/x",
        "trigger_id": "13345224609.738474920.8088",
    }


def tap(value: str, channel: str = DIRECT, **more: Any) -> Json:
    """Give a tap on a button in a message."""
    button = {"type": "button", "block_id": "b1", "action_id": "a1", "action_ts": "1792000009.1"}
    return {
        "type": "block_actions",
        "user": {"id": ANA, "username": "ana", "name": "ana", "team_id": TEAM},
        "api_app_id": "A012",
        "token": "none",
        "container": {
            "type": "message",
            "message_ts": "1792000000.000300",
            "channel_id": channel,
            "is_ephemeral": False,
        },
        "trigger_id": "12466734323.1395872398",
        "team": {"id": TEAM, "domain": "libraries"},
        "enterprise": None,
        "channel": {"id": channel, "name": "directmessage" if channel == DIRECT else "privategroup"},
        "message": {"type": "message", "user": BOT, "ts": "1792000000.000300", "text": "Yes?", "blocks": []},
        "state": {"values": {}},
        "response_url": "https://hooks.slack.com/actions/T012/1/x",
        "actions": [button | {"text": {"type": "plain_text", "text": "Yes"}, "value": value}],
    } | more
