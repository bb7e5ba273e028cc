"""What `antipode check` wants to know about Slack: facts, each with what was found."""

from dataclasses import dataclass

from slack_sdk.errors import SlackApiError

from adapters.slack.directors import Directors
from adapters.slack.installs import SCOPES, Workspace, Workspaces
from adapters.slack.receive_people import ASKING, Profiles
from bot.ports import Clock


#: What is wrong with a channel, for the operator.
_CHANNEL = {
    "not-private": "it is no private channel; make one, and add the app with /invite.",
    "archived": "it is archived.",
    "shared": "it is shared with another workspace.",
    "bot-outside": "the app is not in it: add it with /invite.",
    "unknown": "Slack could not be asked about it.",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that was looked at."""

    name: str
    ok: bool
    #: What was found, for the operator.
    found: str


async def facts(
    workspaces: Workspaces,
    clock: Clock,
    *,
    token: str = "",
    app_token: str = "",
    channel: str = "",
    scopes: frozenset[str] = SCOPES,
) -> list[Fact]:
    """Look at the token and its scopes, the app's token and the directors' channel.

    Never raises: what cannot be found out is a fact that is not ok. Looks behind nothing that failed.
    """
    found: list[Fact] = []
    if token:
        workspace, fact = await _token(workspaces, token)
        found.append(fact)
        if workspace is None:
            return found
        found.append(_scopes("slack scopes", workspace.scopes, scopes))
        if channel:
            chat = channel if "/" in channel else f"{workspace.team}/{channel}"
            found.append(await _directors(workspaces, clock, chat))
    if app_token:
        found.append(await _socket(workspaces, app_token))
    return found


async def _token(workspaces: Workspaces, token: str) -> tuple[Workspace | None, Fact]:
    name = "slack token"
    try:
        workspace = await workspaces.add(token)
    except SlackApiError as error:
        why = str(error.response.get("error", ""))
        return None, Fact(name, ok=False, found=f"Slack does not take SLACK_BOT_TOKEN: {why}.")
    except ASKING as error:
        found = f"{workspaces.api_url} cannot be reached: {type(error).__name__}."
        return None, Fact("slack", ok=False, found=found)
    return workspace, Fact(name, ok=True, found=f"@{workspace.handle} in {workspace.name}")


def _scopes(name: str, scopes: frozenset[str], wanted: frozenset[str]) -> Fact:
    missing = sorted(wanted - scopes)
    if not missing:
        return Fact(name, ok=True, found="all that are needed")
    words = f"missing {', '.join(missing)}: add them to the app and install it again."
    return Fact(name, ok=False, found=words)


async def _socket(workspaces: Workspaces, app_token: str) -> Fact:
    name = "slack socket"
    try:
        await workspaces.client(app_token).apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        why = str(error.response.get("error", ""))
        return Fact(name, ok=False, found=f"Slack does not take SLACK_APP_TOKEN: {why}.")
    except ASKING as error:
        return Fact(name, ok=False, found=f"Slack could not be asked: {type(error).__name__}.")
    return Fact(name, ok=True, found="Socket Mode is on")


async def _directors(workspaces: Workspaces, clock: Clock, chat: str) -> Fact:
    name = "slack directors' room"
    room = await Directors(workspaces, Profiles(workspaces), clock).room(chat)
    if room.problem:
        return Fact(name, ok=False, found=f"SLACK_DIRECTORS_CHANNEL: {_CHANNEL[room.problem]}")
    people = len(room.members) - 1
    return Fact(name, ok=True, found=f"private, with {people} people in it")
