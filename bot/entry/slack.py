"""The side of Slack in `antipode run`."""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from datetime import datetime, timedelta
from functools import partial

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow

from adapters.slack.answering import FormAnswers
from adapters.slack.app import bolt_app
from adapters.slack.chat import SlackChat
from adapters.slack.directors import Directors
from adapters.slack.errors import translate
from adapters.slack.http import http_routes
from adapters.slack.installs import Workspace, Workspaces, scopes_for
from adapters.slack.installs_oauth import Installs, oauth_flow, oauth_routes
from adapters.slack.installs_vault import SealBroken, Vault
from adapters.slack.intake import Intake
from adapters.slack.limits import pace
from adapters.slack.missed import Missed
from adapters.slack.receive_people import ASKING, Profile, Profiles
from adapters.slack.socket import Socket
from bot.entry.claiming import keep_met
from bot.entry.machine import Receiver, Receiving
from bot.entry.side import Around, NotStarted, Side
from bot.events import Event, Sender, Unreachable
from bot.pacer import Pacer
from bot.ports import CannotReach, ChatError, Clock, Rejected, RetryLater, StoreAway
from bot.settings import Settings
from storage.chats import chats_of
from storage.installations import Installations
from storage.mending import RESTORED
from storage.milestones import last_of, moved_on


log = structlog.get_logger()

#: A connection is open within seconds, even when Slack takes the old one away.
SILENCE = timedelta(seconds=45)
#: How often is looked for workspaces that came or went.
RELOAD = timedelta(minutes=1)
#: How often the lists of people are read anew, for events that never came.
ANEW = timedelta(days=1)
#: So many of those who left the workspace are decided about at once.
BATCH = 100
#: The milestone until which everything was heard.
HEARD = "slack heard"
CLAIMING = "No directors' channel yet. In a private channel with the app, send: /antipode claim {code}"


def unusable(error: ChatError) -> str:
    """Give the sentence for a start that Slack did not let happen, without names of a library."""
    match error:
        case RetryLater(everything=True):
            return "Slack does not know SLACK_BOT_TOKEN. Run `antipode check`."
        case RetryLater():
            return f"Slack asks to wait {error.after.total_seconds():g} s. Then start again."
        case CannotReach() | Rejected():
            return f"Slack refused the start: {error.why}. Run `antipode check`."
    return "Slack cannot be reached. Run `antipode check`."


async def slack_workspaces(settings: Settings, stack: AsyncExitStack) -> Workspaces:
    """Give the workspaces, the one of the settings' token known; raises NotStarted."""
    workspaces = Workspaces(settings.slack_api_url)
    stack.push_async_callback(workspaces.close)
    if settings.slack_bot_token:
        try:
            await workspaces.add(settings.slack_bot_token)
        except ASKING as error:
            raise NotStarted(unusable(translate(error))) from error
    return workspaces


async def slack_side(workspaces: Workspaces, around: Around) -> Side:
    """Give everything of Slack that runs; raises NotStarted."""
    settings, clock = around.settings, around.clock
    profiles = Profiles(workspaces)
    directors = Directors(workspaces, profiles, clock)
    installs = await _installs(workspaces, around) if settings.slack_client_id else None
    directors.chat = await around.room("slack", _channel(settings, workspaces))
    intake = _intake(workspaces, profiles, directors, around, installs)
    flow = _flow(settings, installs) if installs else None
    forms = FormAnswers(around.program, clock, around.bot.next_form)
    more = {"look": installs.load} if installs else {}
    app = bolt_app(workspaces, intake, settings.slack_signing_secret, flow, forms, **more)
    received = _received(app, workspaces, around)
    runs: list[Receiver] = [*received.runs, partial(_keep_acquainted, workspaces, profiles, around)]
    runs.append(partial(keep_met, intake.meet, lambda: directors.chat, clock))
    if installs:
        runs.append(partial(_keep_installed, installs, clock))
    runs.append((await _missed(workspaces, intake, received, around)).run)
    routes = [*received.routes, *(oauth_routes(flow) if flow else ())]
    chat, pacer = _sending(workspaces, around)
    claiming = "" if directors.chat else CLAIMING
    missing = partial(_missing, received, workspaces, settings)
    return Side(chat, Receiving(routes, runs, missing), pacer, claiming)


async def _missed(workspaces: Workspaces, intake: Intake, received: Receiving, around: Around) -> Missed:
    """Give what looks for messages that Slack gave up to bring; raises StoreAway."""
    database = around.store.database
    heard_at = await last_of(database, HEARD)
    # What the database that a backup replaces has heard was answered then.
    restored = await last_of(database, RESTORED)

    async def hears() -> bool:
        return not received.missing()

    return Missed(
        workspaces,
        intake.take,
        around.clock,
        hears=hears,
        chats=partial(chats_of, database, "slack"),
        heard=partial(moved_on, database, HEARD),
        heard_at=max(heard_at, restored) if heard_at and restored else heard_at,
    )


def _received(app: AsyncApp, workspaces: Workspaces, around: Around) -> Receiving:
    """Give the way in: the socket where there is an app token, else signed requests."""
    token, clock = around.settings.slack_app_token, around.clock
    if not token:
        return Receiving(http_routes(app))
    socket = Socket(token, workspaces, app, clock)
    return Receiving(runs=(socket.run,), missing=partial(_unheard, socket, clock, clock.now()))


def _sending(workspaces: Workspaces, around: Around) -> tuple[SlackChat, Pacer]:
    settings = around.settings
    channels, factor = settings.slack_rooms == "channel", settings.slack_pace_factor
    address = settings.slack_api_url
    chat = SlackChat(workspaces.token, around.clock, address, channels=channels, factor=factor)
    around.stack.push_async_callback(chat.close)
    return chat, Pacer(pace(channels=channels).faster(factor))


def _intake(
    workspaces: Workspaces,
    profiles: Profiles,
    directors: Directors,
    around: Around,
    installs: Installs | None,
) -> Intake:
    async def meet() -> None:
        directors.chat = await around.room("slack")

    async def ended(team: str) -> None:
        if installs:
            await installs.end(team)

    return Intake(
        workspaces,
        profiles,
        directors,
        around.clock,
        handle=around.heard(meet),
        refuse=around.refuse,
        bury=around.bury,
        ended=ended,
        meet=meet,
    )


async def _installs(workspaces: Workspaces, around: Around) -> Installs:
    """Give the installations, those that are kept filled in; raises NotStarted when their key is gone."""
    keeper = Installations(around.store.database, "slack")
    installs = Installs(keeper, Vault(around.settings.encryption_keys), workspaces, around.clock)
    try:
        await installs.seal_anew()
    except SealBroken as error:
        raise NotStarted(str(error)) from error
    await installs.load()
    return installs


def _flow(settings: Settings, installs: Installs) -> AsyncOAuthFlow:
    scopes = scopes_for(settings.slack_rooms)
    return oauth_flow(settings.slack_client_id, settings.slack_client_secret, installs, scopes)


async def _keep_installed(installs: Installs, clock: Clock) -> None:
    """Notice what another process installed or ended."""
    while True:
        await clock.sleep(RELOAD)
        with suppress(StoreAway):  # /readyz tells of it; a minute later it is tried again
            await installs.load()


async def _keep_acquainted(workspaces: Workspaces, profiles: Profiles, around: Around) -> None:
    """Read who is in each workspace, at once and then every day."""
    read: dict[str, datetime] = {}
    while True:
        now = around.clock.now()
        for workspace in workspaces.all():
            if workspace.team not in read or now - read[workspace.team] >= ANEW:
                with suppress(StoreAway):
                    await _acquaint(workspace, profiles, around)
                    read[workspace.team] = now
        await around.clock.sleep(RELOAD)


def _channel(settings: Settings, workspaces: Workspaces) -> str:
    """Give the directors' channel of the settings with its workspace in front."""
    wanted = settings.slack_directors_channel
    if not wanted or "/" in wanted:
        return wanted
    teams = [workspace.team for workspace in workspaces.all()]
    return f"{teams[0]}/{wanted}" if teams else ""


async def _acquaint(workspace: Workspace, profiles: Profiles, around: Around) -> None:
    """Read who is in the workspace; who left while nobody listened cannot be written to any more."""
    gone = await profiles.read_all(workspace)
    left: Sequence[Event] = [_left(profile, around.clock.now()) for profile in gone]
    for at in range(0, len(left), BATCH):
        await around.bot.handle(left[at : at + BATCH])


def _left(profile: Profile, now: datetime) -> Event:
    name = f"gone/{profile.account}/{profile.updated}"
    sender = Sender(profile.account)
    return Unreachable(id=name, platform="slack", at=now, sender=sender, why="deactivated")


def _missing(received: Receiving, workspaces: Workspaces, settings: Settings) -> Mapping[str, str]:
    if settings.slack_bot_token and not workspaces.all():
        return {"slack": "the app was removed from its workspace: install it again and start with its token"}
    return received.missing()


def _unheard(socket: Socket, clock: Clock, began: datetime) -> Mapping[str, str]:
    if clock.now() - (socket.last_open or began) < SILENCE:
        return {}
    return {"slack": "no connection to Slack for more than 45 seconds"}
