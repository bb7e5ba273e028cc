"""From payloads to decisions that are kept: what the socket and the web server have in common.

A payload that cannot be read becomes a dead letter without its texts; nothing stops behind it. Only when
`take` returns is everything durable, and only then may Slack be told so.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import structlog
from slack_sdk.errors import SlackClientError

from adapters.slack.directors import Directors
from adapters.slack.installs import SOON, Workspaces
from adapters.slack.receive import Json, Known, Told, event_id, read
from adapters.slack.receive_people import ASKING, Kind, Profile, Profiles, profile_of
from adapters.together import Together
from bot.events import Event, Filled, Joined, Left, Reachable, Said, Tapped, Unreachable
from bot.ports import Clock


log = structlog.get_logger()

Handle: TypeAlias = Callable[[Sequence[Event]], Awaitable[None]]
#: Keeps a dead letter: platform, event id, error, the payload without what people wrote.
Bury: TypeAlias = Callable[[str, str, str, str], Awaitable[None]]
#: Answers an event that no rule may see, by the name of the sentence.
Refuse: TypeAlias = Callable[[Event, str], Awaitable[None]]
#: Ends what concerns a workspace that does not want the app any more.
Ended: TypeAlias = Callable[[str], Awaitable[None]]

#: Private chats remembered at the most.
DOORS = 200_000


#: Words and buttons that a guest may use as well: somebody may have become one after they applied.
RIGHTS = frozenset({"forget", "mydata", "privacy"})
#: While no directors' channel is known, another process may have heard the claim: looked up so often.
CLAIMED = timedelta(seconds=1)


async def _nothing(team: str = "") -> None:
    """Do nothing about a workspace that is gone, or about the directors' channel."""


class Intake:
    """Takes payloads in, for every workspace."""

    def __init__(
        self,
        workspaces: Workspaces,
        profiles: Profiles,
        directors: Directors,
        clock: Clock,
        *,
        handle: Handle,
        refuse: Refuse,
        bury: Bury,
        ended: Ended = _nothing,
        meet: Callable[[], Awaitable[None]] = _nothing,
    ) -> None:
        """Take what is known about workspaces and people, what decides, and what keeps dead letters.

        `meet` looks which channel is the directors'.
        """
        self.workspaces = workspaces
        self.profiles = profiles
        self.directors = directors
        self.clock = clock
        self.handle = Together(handle)
        self.refuse = refuse
        self.bury = bury
        self.ended = ended
        self.meet = meet
        self._met_at: datetime | None = None
        self._doors: dict[str, str] = {}

    async def take(self, body: Json) -> None:
        """Decide about a payload; raises what `handle` or `bury` raises: then nothing is done."""
        if body.get("type") == "app_rate_limited":
            log.warning("slack_holds_events_back", team=str(body.get("team_id", "")))
        await self._meet()
        known = Known(self.workspaces.bots, self.directors.chat, self.profiles.handle)
        try:
            reading = read(body, known, self.clock.now())
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one payload, those behind it go on
            log.warning("slack_not_read", why=type(error).__name__)
            await self.bury("slack", event_id(body), type(error).__name__, shape(body))
            return
        was_away = self._was_away(reading.told)
        events = [
            ready
            for event in reading.events
            if not (isinstance(event, Reachable) and not was_away) and (ready := await self._ready(event))
        ]
        if events:
            await self.handle(events)
        for told in reading.told:
            await self._note(told)

    async def _meet(self) -> None:
        now = self.clock.now()
        if self.directors.chat or (self._met_at and now - self._met_at < CLAIMED):
            return
        self._met_at = now
        await self.meet()

    def _was_away(self, told: Sequence[Told]) -> bool:
        """Tell whether somebody who changed was, as far as we know, not to be written to before."""
        people = (self.profiles.known(each.about) for each in told if each.what == "user")
        return any(before is None or before.kind is not Kind.MEMBER for before in people)

    async def _note(self, told: Told) -> None:
        match told.what:
            case "user":
                self.profiles.keep(profile_of(told.payload, told.team))
            case "chat":
                self.directors.changed(told.about)
            case "gone":
                log.warning("slack_workspace_gone", team=told.team)
                self.workspaces.drop(told.team)
                await self.ended(told.team)

    async def _ready(self, event: Event) -> Event | None:
        """Give the event with what is known about its sender; None where it is answered already."""
        if event.sender is None or isinstance(event, Unreachable | Reachable):
            return event
        profile = await self.profiles.get(event.sender.account)
        event = replace(event, sender=profile.fill(event.sender))
        if event.private:
            event = replace(event, chat=await self._door(event))
        if profile.kind is not Kind.MEMBER and not (profile.kind is Kind.GUEST and _of_rights(event)):
            await self._refuse(event, profile)
            return None
        if isinstance(event, Joined | Left) or event.private:
            return event
        return await self._at_desk(event)

    async def _refuse(self, event: Event, profile: Profile) -> None:
        log.info("slack_sender_refused", kind=profile.kind, account=profile.account)
        if isinstance(event, Said | Tapped | Filled) and profile.kind in (Kind.GUEST, Kind.STRANGER):
            chat = event.chat if event.private else await self._door(replace(event, chat=""))
            await self.refuse(replace(event, chat=chat, private=True), f"slack.{profile.kind}")

    async def _at_desk(self, event: Event) -> Event | None:
        """Let through what comes from the directors' channel, or claims one, if that is as it must be."""
        assert event.sender is not None
        # Of what is said in other channels only a claim comes so far; taps come from pairs' rooms, too.
        if event.chat != self.directors.chat and not isinstance(event, Said):
            return event
        problem = await self.directors.problem(event.sender.account, event.chat)
        if not problem:
            return event
        log.warning("slack_directors_refused", chat=event.chat, account=event.sender.account, why=problem)
        private = replace(event, chat=await self._door(replace(event, chat="")), private=True)
        await self.refuse(private, f"slack.directors.{problem}")
        return None

    async def _door(self, event: Event) -> str:
        """Give the sender's own chat with the bot; where Slack does not tell, the account itself will do."""
        assert event.sender is not None
        account = event.sender.account
        if event.chat:
            return self._remember(account, event.chat)
        if known := self._doors.get(account):
            return known
        team, _, user = account.partition("/")
        workspace = self.workspaces.get(team)
        try:
            assert workspace is not None
            async with asyncio.timeout(SOON):
                told = await workspace.client.conversations_open(users=user)
            return self._remember(account, f"{team}/{told['channel']['id']}")
        except (*ASKING, SlackClientError, AssertionError, KeyError) as error:
            log.warning("slack_chat_not_told", account=account, why=type(error).__name__)
            return account

    def _remember(self, account: str, chat: str) -> str:
        if len(self._doors) < DOORS:
            self._doors[account] = chat
        return chat


def _of_rights(event: Event) -> bool:
    """Tell whether somebody asks for what is kept about them, or to be forgotten."""
    match event:
        case Said():
            return event.private and event.text.strip().lstrip("/").lower() in RIGHTS
        case Tapped():
            kind, _, word = event.value.partition(":")
            return event.private and kind in ("cmd", "a") and word.partition(":")[0] in RIGHTS
    return False


def shape(body: Any) -> str:
    """Give the kinds of a payload, without anything that people wrote."""
    if not isinstance(body, dict):
        return type(body).__name__
    event = body.get("event")
    kinds = [body.get("type"), event.get("type") if isinstance(event, dict) else None, body.get("command")]
    return " ".join(str(kind) for kind in kinds if kind)
