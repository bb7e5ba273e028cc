"""Webhook delivery: one update in flight per queue, retries with growing pauses (see telegram-bot-api).

Pauses are `backoff` times as long as Telegram's, so that tests need not wait.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from threading import RLock
from typing import Any

import httpx

from tests.strict.signal import Signal, pause
from tests.telegram_server.errors import Json, bad_request, broken
from tests.telegram_server.faults import Faults
from tests.telegram_server.updates import Update
from tests.telegram_server.world import World


SECRET = "X-Telegram-Bot-Api-Secret-Token"
ADDRESS = re.compile(r"https://[^\s/]+(?:/\S*)?|http://(?:127\.0\.0\.1|localhost)(?::\d+)?(?:/\S*)?")
LOOPBACK = re.compile(r"https?://(?:127\.0\.0\.1|localhost)\b")
LONGEST_PAUSE = 60.0
NOT_IN_ANSWERS = ("get", "setWebhook", "deleteWebhook", "close", "logOut")


class Webhook:
    """The bot's webhook, if it set one."""

    def __init__(self, world: World, signal: Signal, lock: RLock) -> None:
        self._world = world
        self._signal = signal
        self._lock = lock
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_flight: set[str] = set()
        self._next_pause: float | None = None
        self.url = ""
        self.secret = ""
        self.max_connections = 40
        self.last_error: tuple[int, str] | None = None
        self.backoff = 0.01
        self.answered: Callable[[str, Json], object] = lambda method, p: None

    def set(self, world: World, p: Json) -> Any:
        """Carries out setWebhook; as with a local Bot API server, plain http is allowed on loopback."""
        if p["url"] and not ADDRESS.fullmatch(p["url"]):
            raise broken("bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", p.get("secret_token", "")):
            raise bad_request("secret token contains unallowed characters")
        world.updates.remember(p.get("allowed_updates"))
        self._drop(p)
        self.url, self.secret = p["url"], p.get("secret_token", "")
        self.max_connections, self.last_error = p.get("max_connections", 40), None
        return True

    def delete(self, world: World, p: Json) -> Any:
        """Carries out deleteWebhook."""
        del world
        self._drop(p)
        self.url, self.secret, self.last_error = "", "", None
        return True

    def info(self, world: World, p: Json) -> Any:
        """Carries out getWebhookInfo."""
        del p
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(world.updates.waiting()),
        }
        if self.url:
            info["max_connections"] = self.max_connections
        if world.updates.asked_for:
            info["allowed_updates"] = world.updates.asked_for
        if self.last_error:
            info["last_error_date"], info["last_error_message"] = self.last_error
        return info

    def _drop(self, p: Json) -> None:
        if p.get("drop_pending_updates"):
            self._world.updates.queue.clear()

    async def deliver(self, faults: Callable[[], Faults]) -> None:
        """Posts what is waiting, for as long as the server runs."""
        async with httpx.AsyncClient(timeout=60, trust_env=False, verify=False) as client:
            try:
                while True:
                    with self._signal.listening() as changed:
                        for update in self._ready(faults()):
                            self._start(self._post(client, update, faults().copies))
                        await pause(changed, 3600 if self._next_pause is None else self._next_pause)
            finally:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ready(self, faults: Faults) -> list[Update]:
        """Claims the first update of each queue that may go now."""
        self._next_pause = None
        if not LOOPBACK.match(self.url):  # an address in the world is accepted but never called from a test
            return []
        now = asyncio.get_running_loop().time()
        ready: list[Update] = []
        with self._lock:
            waiting = faults.disorder(self._world.updates.waiting())
            busy = set(self._in_flight)
            for update in waiting:
                if len(self._in_flight) >= self.max_connections:
                    break
                if update.queue in busy:
                    continue
                busy.add(update.queue)
                if update.not_before > now:
                    left = update.not_before - now
                    self._next_pause = min(left, self._next_pause or left)
                    continue
                self._in_flight.add(update.queue)
                ready.append(update)
        return ready

    def _start(self, posting: Any) -> None:
        task = asyncio.get_running_loop().create_task(posting)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _post(self, client: httpx.AsyncClient, update: Update, copies: int) -> None:
        headers = {"Content-Type": "application/json"} | ({SECRET: self.secret} if self.secret else {})
        body = json.dumps(update.body).encode()
        url = self.url
        try:
            for _ in range(max(1, copies)):
                response = await client.post(url, content=body, headers=headers)
        except httpx.HTTPError as error:
            self._failed(
                update, "Connection refused" if isinstance(error, httpx.ConnectError) else str(error)
            )
        else:
            self._answered(update, response)
        finally:
            self._in_flight.discard(update.queue)
            self._signal.fire()

    def _answered(self, update: Update, response: httpx.Response) -> None:
        if not response.is_success:
            reason = f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"
            self._failed(update, reason, response.headers.get("Retry-After"))
            return
        with self._lock:
            self._world.updates.confirm(update)
        if "application/json" not in response.headers.get("Content-Type", ""):
            return
        try:
            answer = response.json()
        except ValueError:
            return
        if isinstance(answer, dict) and not str(answer.get("method", "get")).startswith(NOT_IN_ANSWERS):
            self.answered(answer.pop("method"), answer)

    def _failed(self, update: Update, reason: str, retry_after: str | None = None) -> None:
        """Plans the next try: at once, then after 2, 4, 8… seconds, or when the bot says."""
        seconds = 0.0 if update.attempts == 0 else min(2.0**update.attempts, LONGEST_PAUSE)
        if retry_after and retry_after.isdigit():
            seconds = min(float(retry_after), 3600.0)
        with self._lock:
            update.attempts += 1
            update.not_before = asyncio.get_running_loop().time() + seconds * self.backoff
            self.last_error = (self._world.clock.date(), reason)
