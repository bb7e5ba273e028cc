"""Signed HTTP: the same deliveries as requests to the app's URLs."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.slack_server.deliveries import FULFILLED_WITHIN, Delivery, Outcome
from tests.slack_server.errors import Json


@dataclass(frozen=True, slots=True)
class Urls:
    """Where the app listens."""

    events: str
    commands: str
    interactivity: str

    @classmethod
    def at(cls, base: str) -> Urls:
        """Gives the usual three paths under one address."""
        base = base.rstrip("/") + "/slack"
        return cls(f"{base}/events", f"{base}/commands", f"{base}/interactivity")

    def of(self, kind: str) -> str:
        """Gives the URL for a kind of delivery."""
        ours = {"events_api": self.events, "slash_commands": self.commands}
        return ours.get(kind, self.interactivity)


@dataclass
class Posting:
    """Posts deliveries, signed with the app's secret."""

    secret: str
    now: Callable[[], float]
    complain: Callable[[str, Json, str], None]
    urls: Urls | None = None
    _session: aiohttp.ClientSession | None = field(default=None)

    def sign(self, body: bytes, *, at: float | None = None, secret: str | None = None) -> dict[str, str]:
        """Gives the headers that prove a request is Slack's (or, on demand, an old or forged one)."""
        stamp = str(int(self.now() if at is None else at))
        base = b":".join((b"v0", stamp.encode(), body))
        digest = hmac.new((secret or self.secret).encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}

    def encode(self, delivery: Delivery) -> tuple[bytes, dict[str, str]]:
        """Gives body and headers of a delivery."""
        if delivery.kind == "events_api":
            body, kind = json.dumps(delivery.body).encode(), "application/json"
        else:
            fields = delivery.body
            if delivery.kind == "interactive":
                fields = {"payload": json.dumps(delivery.body)}
            body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        headers = self.sign(body) | {"Content-Type": kind, "User-Agent": "Slackbot 1.0"}
        if delivery.attempt:
            headers |= {"x-slack-retry-num": str(delivery.attempt), "x-slack-retry-reason": delivery.reason}
        return body, headers

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Posts once and waits three seconds for a 2xx."""
        assert self.urls
        body, headers = self.encode(delivery)
        try:
            async with asyncio.timeout(FULFILLED_WITHIN):
                status, answer, reply = await self.post(self.urls.of(delivery.kind), body, headers)
        except TimeoutError:
            return Outcome("http_timeout")
        except (aiohttp.ClientError, OSError):
            return Outcome("connection_failed")
        if 200 <= status < 300:
            return Outcome(reply=reply)
        if status in {401, 403, 404, 405}:
            self.complain(delivery.label, delivery.body, f"the app answered {status} to a delivery")
        return Outcome("http_error", no_retry=answer.get("x-slack-no-retry") == "1")

    async def post(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str], Any]:
        """Posts anything and gives status, headers in lower case, and the body (parsed, if it is JSON)."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(trust_env=False)
        async with self._session.post(url, data=body, headers=headers, allow_redirects=False) as response:
            text = await response.text()
            reply: Any = text
            if response.content_type == "application/json" and text:
                reply = json.loads(text)
            return response.status, {k.lower(): v for k, v in response.headers.items()}, reply

    async def close(self) -> None:
        """Ends the connections to the app."""
        if self._session:
            await self._session.close()
