"""Reads what Slack gave up to bring: it tries for six minutes, and then nobody hears of it any more.

After a longer outage (the program's, its database's, the connection's) what people wrote to the bot alone is
read in their chats, and decided as if it had come: a message has the same name either way, so none is
decided twice. What they tapped or sent in is not: Slack told them at once that the app did not respond.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias, cast

import structlog
from slack_sdk.errors import SlackApiError

from adapters.slack.ids import Place, place
from adapters.slack.installs import Workspaces
from adapters.slack.receive_people import ASKING, TOO_MANY
from bot.ports import Clock, StoreAway


log = structlog.get_logger()

#: Slack tries at once, after a minute and after five more; we rather look in vain.
GIVES_UP = timedelta(minutes=4)
#: What is older nobody waits for any more; other platforms keep it for as long.
LONGEST = timedelta(days=1)
#: How often is looked whether all is well.
OFTEN = timedelta(seconds=30)
#: Between two chats: Slack allows fifty a minute, and what is sent again asks, too.
PAUSE = timedelta(seconds=2)
#: Messages read of one chat.
PAGE = 200
#: A chat that Slack does not tell about is asked for so often.
TRIES = 3

#: Decides about a payload.
Take: TypeAlias = Callable[[Mapping[str, Any]], Awaitable[None]]
#: Tells whether everything is there that hearing needs; raises StoreAway.
Hears: TypeAlias = Callable[[], Awaitable[bool]]
#: Gives the chats that people have with the bot ("T1/D2"), those that wrote last first; raises StoreAway.
Chats: TypeAlias = Callable[[], Awaitable[Sequence[str]]]
#: Notes until when everything was heard, for the next start; raises StoreAway.
Heard: TypeAlias = Callable[[datetime], Awaitable[None]]


class Missed:
    """Looks every half minute whether something may have been missed, and reads it."""

    def __init__(
        self,
        workspaces: Workspaces,
        take: Take,
        clock: Clock,
        *,
        hears: Hears,
        chats: Chats,
        heard: Heard,
        heard_at: datetime | None,
    ) -> None:
        """Take whom to ask, what decides, and when some process of this program last heard everything."""
        self.workspaces = workspaces
        self.take = take
        self.clock = clock
        self.hears = hears
        self.chats = chats
        self.heard = heard
        self.heard_at = heard_at

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look()
            except StoreAway as error:
                # /readyz tells of it; what was missed is read when the database is there again.
                log.warning("slack_missed_not_read", why=str(error))
            await self.clock.sleep(OFTEN)

    async def look(self) -> None:
        """Read what was missed when hearing is possible again after a longer while; raises StoreAway."""
        if not await self.hears():
            return
        now = self.clock.now()
        if self.heard_at and now - self.heard_at >= GIVES_UP:
            await self._read_all(max(self.heard_at, now - LONGEST))
        self.heard_at = now
        await self.heard(now)

    async def _read_all(self, since: datetime) -> None:
        chats = [at for at in map(place, await self.chats()) if at.id.startswith("D")]
        log.warning("slack_reads_what_was_missed", since=since.isoformat(), chats=len(chats))
        for _ in range(TRIES):
            chats = [chat for chat in chats if not await self._read(chat, since)]

    async def _read(self, chat: Place, since: datetime) -> bool:
        """Decide about what was written there; tells whether Slack told it."""
        await self.clock.sleep(PAUSE)
        try:
            messages = await self._history(chat, since)
        except (*ASKING, KeyError, TypeError) as error:
            log.warning("slack_chat_not_read", chat=str(chat), why=type(error).__name__)
            return False
        for message in reversed(messages):
            event = {**message, "type": "message", "channel": chat.id, "channel_type": "im"}
            name = f"missed/{chat}/{message['ts']}"
            body = {"type": "event_callback", "team_id": chat.team, "event_id": name, "event": event}
            await self.take(body)
        return True

    async def _history(self, chat: Place, since: datetime) -> list[Mapping[str, Any]]:
        """Give what was written there since then, the newest first; nothing where the app is not any more."""
        workspace = self.workspaces.get(chat.team)
        if workspace is None:
            return []
        oldest = f"{since.timestamp():.6f}"
        while True:
            try:
                told = await workspace.client.conversations_history(
                    channel=chat.id, oldest=oldest, limit=PAGE
                )
            except SlackApiError as error:
                wait = str(error.response.headers.get("Retry-After", ""))
                if error.response.status_code != TOO_MANY or not wait.isdecimal():
                    raise
                await self.clock.sleep(timedelta(seconds=float(wait)))
            else:
                return cast("list[Mapping[str, Any]]", told["messages"])
