"""getUpdates: offsets, limits, long polls and the conflicts between consumers (see telegram-bot-api)."""

from __future__ import annotations

import time
from threading import RLock
from typing import Any

from tests.strict.signal import Signal, pause
from tests.telegram_server.errors import Json, conflict
from tests.telegram_server.faults import Faults
from tests.telegram_server.webhook import Webhook
from tests.telegram_server.world import World


LONGEST = 50


class Polling:
    """The one consumer that may poll at a time."""

    def __init__(self, world: World, webhook: Webhook, signal: Signal, lock: RLock) -> None:
        self._world = world
        self._webhook = webhook
        self._signal = signal
        self._lock = lock
        self._latest = object()
        self.polls = 0

    async def get_updates(self, p: Json, faults: Faults) -> Any:
        """Gives the updates after the offset, waiting up to the timeout for the first."""
        clock = self._world.clock
        me = self._begin(p)
        seconds = min(p.get("timeout", 0), LONGEST)
        until, virtual_until = time.monotonic() + seconds, clock.now() + seconds
        while True:
            with self._signal.listening() as changed:
                with self._lock:
                    self._refuse_conflict(me)
                    found = self._world.updates.waiting()[: p.get("limit", 100)]
                    if found or clock.now() >= virtual_until:
                        return [update.body for update in faults.disorder(found)]
                if not await pause(changed, until - time.monotonic()):
                    return []

    def _begin(self, p: Json) -> object:
        with self._lock:
            if self._webhook.url:
                raise conflict(
                    "can't use getUpdates method while webhook is active; "
                    "use deleteWebhook to delete the webhook first"
                )
            self.polls += 1
            self._latest = me = object()
            self._world.updates.remember(p.get("allowed_updates"))
            if p.get("offset", 0) != 0:
                self._world.updates.confirm_before(p["offset"])
            self._signal.fire()
            return me

    def _refuse_conflict(self, me: object) -> None:
        if self._webhook.url:
            raise conflict("terminated by setWebhook request")
        if self._latest is not me:
            raise conflict(
                "terminated by other getUpdates request; make sure that only one bot instance is running"
            )
