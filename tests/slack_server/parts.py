"""What the server is made of, before it listens."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from tests.slack_server import installing
from tests.slack_server.deliveries import Courier, Transport
from tests.slack_server.errors import Json
from tests.slack_server.front import Front
from tests.slack_server.limits import Limits, Pacer
from tests.slack_server.manifest import Manifest
from tests.slack_server.oauth import Consent
from tests.slack_server.posting import Posting
from tests.slack_server.sockets import Sockets
from tests.slack_server.stage import Stage
from tests.slack_server.telling import Telling
from tests.slack_server.world import World
from tests.strict.clock import Clock
from tests.strict.serving import Serving
from tests.strict.signal import Signal


class Parts(Serving):
    """The pieces and how they hang together."""

    stage: Stage

    def __init__(self, manifest: Json | str | Path | None = None, *, limits: Limits | None = None) -> None:
        signal, lock = Signal(), threading.RLock()
        self.clock = Clock()
        self.clock.on_move = signal.fire
        self.app_id, self.app_token = "A0ANTIPODE1", "xapp-1-A0ANTIPODE1-tests-only"
        self.signing_secret = "8f742231b10e8888abcd99yyyzzz85a5"
        self.world = World(self.clock, Manifest.read(manifest), self.app_id)
        self.world.pacer = Pacer(limits or Limits())
        self.courier = Courier(signal, lock, lambda: self._front.faults, self._route)
        self.telling = Telling(self.world, self.courier)
        self.world.tell = self.telling.tell
        self.stage = Stage(signal, lock, world=self.world, courier=self.courier, address=self._address)
        self.consent = Consent(self.stage)
        self._front = Front(self.stage, self.app_token, self._new_socket, self.consent)
        self.world.complain = self._front.complain
        self.sockets = Sockets(self.app_id, signal.fire, self._front.complain)
        self.posting = Posting(self.signing_secret, self.clock.now, self._front.complain)
        self.port = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._jobs: set[asyncio.Task[Any]] = set()
        self.team = installing.new_team(self.world, "Librarians", installed=True)

    def _route(self) -> Transport:
        return self.posting if self.posting.urls else self.sockets

    def _address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _new_socket(self) -> str:
        return f"ws://127.0.0.1:{self.port}/link/?ticket={self.sockets.ticket()}&app_id={self.app_id}"

    def _in_loop(self, work: Coroutine[Any, Any, Any]) -> None:
        """Does something in the server's own loop, from any thread."""
        assert self._loop, "the server has not started"
        self._loop.call_soon_threadsafe(self._begin, work)

    def _begin(self, work: Coroutine[Any, Any, Any]) -> None:
        job = asyncio.ensure_future(work)
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
