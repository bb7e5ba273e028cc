"""Receiving by Socket Mode: no public address is needed, and nothing is lost when a connection changes.

The library's client closes the old connection before it opens a new one, and has a history of standing
still in silence (slack-sdk 3.47.0; python-slack-sdk#1110). Here the new one is open before the old one
goes, one that does not answer pings is given up, and one by which nothing comes is replaced.
"""

import asyncio
import json
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.errors import SlackApiError

from adapters.proxy import proxy_for
from adapters.slack.app import dispatched
from adapters.slack.installs import Workspaces
from adapters.slack.receive_people import ASKING
from bot.ports import Clock


log = structlog.get_logger()

#: Seconds between our pings; one that is not answered in half of it ends the connection.
HEARTBEAT = 10.0
#: A connection by which nothing came for so long may stand still unnoticed: it is replaced.
IDLE = timedelta(minutes=5)
#: Slack refreshes connections every few hours; we do not wait for it.
LONGEST = timedelta(hours=1)
#: What was received is decided and acknowledged before a connection is closed, if it takes no longer.
DRAIN = 3.0
#: Slack says hello at once.
HELLO = 10.0
SHORTEST_BACKOFF = timedelta(seconds=0.5)
LONGEST_BACKOFF = timedelta(seconds=30)
_BROKEN = (*ASKING, aiohttp.ClientError, OSError, ValueError, KeyError)


class Connection:
    """One web socket: reads until it is closed, acknowledges what was committed."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, app: AsyncApp) -> None:
        """Take the open socket and what decides."""
        self.used = False
        self._socket = socket
        self._app = app
        self._work: set[asyncio.Task[None]] = set()
        self.greeted = asyncio.Event()
        #: Set when another connection should take its place.
        self.leaving = asyncio.Event()
        self.why = ""
        self._reading = asyncio.create_task(self._read(), name="slack socket")

    @property
    def is_open(self) -> bool:
        """Whether payloads can come by it."""
        return not self._socket.closed and self.greeted.is_set()

    async def retire(self) -> None:
        """Finish what was received, then close."""
        if self._work:
            await asyncio.wait(self._work, timeout=DRAIN)
        with suppress(*_BROKEN):
            await self._socket.close()
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self) -> None:
        try:
            async for frame in self._socket:
                told = json.loads(frame.data) if frame.type is aiohttp.WSMsgType.TEXT else None
                if isinstance(told, dict):
                    self._take(told)
        except _BROKEN as error:
            self.why = type(error).__name__
        finally:
            self.leaving.set()

    def _take(self, told: dict[str, Any]) -> None:
        match told.get("type"):
            case "hello":
                self.greeted.set()
            case "disconnect":
                self.why = str(told.get("reason", ""))
                self.leaving.set()
            case _ if "envelope_id" in told:
                self.used = True
                task = asyncio.create_task(self._decide(told))
                self._work.add(task)
                task.add_done_callback(self._work.discard)

    async def _decide(self, envelope: dict[str, Any]) -> None:
        payload = envelope.get("payload")
        body = payload if isinstance(payload, dict) else {}
        answer = await dispatched(self._app, AsyncBoltRequest(mode="socket_mode", body=body))
        if answer.status != 200:  # not kept: without an acknowledgement Slack delivers it again
            return
        with suppress(*_BROKEN):
            await self._socket.send_str(json.dumps(_acknowledgement(envelope["envelope_id"], answer)))


class Socket:
    """Receives until cancelled, by two connections for a moment whenever one takes the other's place."""

    def __init__(
        self,
        app_token: str,
        workspaces: Workspaces,
        app: AsyncApp,
        clock: Clock,
        *,
        heartbeat: float = HEARTBEAT,
        idle: timedelta = IDLE,
    ) -> None:
        """Take the app's own token, where to ask for an address, what decides, and the clock."""
        self._heartbeat = heartbeat
        self._idle = idle
        self._client = workspaces.client(app_token)
        self._app = app
        self._clock = clock
        self._connections: list[Connection] = []
        #: When there was an open connection last, for a watchdog; None before the first.
        self.last_open: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is an open connection."""
        return any(each.is_open for each in self._connections)

    async def run(self) -> None:
        """Receive until cancelled; then finish what was received."""
        async with aiohttp.ClientSession() as session:
            watching = asyncio.create_task(self._watch(), name="slack socket watch")
            try:
                await self._keep_open(session)
            finally:
                watching.cancel()
                for each in self._connections:
                    await each.retire()

    async def _keep_open(self, session: aiohttp.ClientSession) -> None:
        while True:
            connection = await self._open(session)
            old, self._connections = self._connections, [connection]
            for each in old:
                await each.retire()
            await self._until_leaving(connection)
            log.info("slack_socket_leaving", why=connection.why or "age")

    async def _until_leaving(self, connection: Connection) -> None:
        """Come back when another connection should take its place: broken, asked to leave, idle or old."""
        for _ in range(max(1, int(LONGEST / self._idle))):
            connection.used = False
            with suppress(TimeoutError):
                async with asyncio.timeout(self._idle.total_seconds()):
                    await connection.leaving.wait()
            if connection.leaving.is_set() or not connection.used:
                return

    async def _open(self, session: aiohttp.ClientSession) -> Connection:
        backoff = SHORTEST_BACKOFF
        while True:
            try:
                return await self._opened(session)
            except SlackApiError as error:
                log.warning("slack_socket_refused", why=str(error.response.get("error", "")))
                after = error.response.headers.get("retry-after", "")
                backoff = max(backoff, timedelta(seconds=int(after) if str(after).isdigit() else 0))
            except _BROKEN as error:
                log.warning("slack_socket_not_open", why=type(error).__name__)
            except Exception:
                # Whatever it is, Slack may be there again in a moment; /readyz tells meanwhile.
                log.exception("slack_socket_not_open")
            await self._clock.sleep(backoff)
            backoff = min(backoff * 2, LONGEST_BACKOFF)

    async def _opened(self, session: aiohttp.ClientSession) -> Connection:
        token = str(self._client.token)
        told = await self._client.apps_connections_open(app_token=token)
        url = str(told["url"])
        socket = await session.ws_connect(
            url, heartbeat=self._heartbeat, max_msg_size=0, proxy=proxy_for(url)
        )
        connection = Connection(socket, self._app)
        try:
            async with asyncio.timeout(HELLO):
                await connection.greeted.wait()
        except BaseException:
            # Cancelled too: a connection that nobody reads any more must not take events.
            await connection.retire()
            raise
        return connection

    async def _watch(self) -> None:
        while True:
            if self.is_open:
                self.last_open = self._clock.now()
            await self._clock.sleep(timedelta(seconds=1))


def _acknowledgement(envelope: str, answer: BoltResponse) -> dict[str, Any]:
    return {"envelope_id": envelope} | ({"payload": json.loads(answer.body)} if answer.body else {})
