"""Delivers updates to a bot's webhooks as Telegram does, to whichever replica: three times, out of order.

An update counts as acknowledged when one delivery of it was answered with 200.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.storm.replica import Replica
from tests.telegram_server import TelegramServer
from tests.telegram_server.updates import Update


SECRET = "a-secret-of-the-storm-0123456789"
SETTINGS = {
    "TELEGRAM_MODE": "webhook",
    "TELEGRAM_WEBHOOK_URL": "https://bot.example.org/telegram",
    "TELEGRAM_WEBHOOK_SECRET": SECRET,
}
AT_ONCE = 12


class Postman(threading.Thread):
    """Posts what waits: of each chat's queue the first, everything else in disorder."""

    def __init__(
        self, server: TelegramServer, replicas: Sequence[Replica], *, seed: int, copies: int
    ) -> None:
        super().__init__(daemon=True)
        self.server = server
        self.replicas = replicas
        self.copies = copies
        self.random = random.Random(seed)
        self.refused = 0
        self._over = threading.Event()
        self._busy: set[str] = set()

    def run(self) -> None:
        """Deliver until `end`."""
        with ThreadPoolExecutor(AT_ONCE) as pool, ThreadPoolExecutor(AT_ONCE * self.copies) as hands:
            while not self._over.wait(0.02):
                for update in self._ready():
                    pool.submit(self._deliver, update, hands)

    def end(self) -> None:
        """Deliver no more."""
        self._over.set()
        if self.ident:
            self.join(60)

    def _ready(self) -> list[Update]:
        ready: list[Update] = []
        with self.server.stage.lock:
            waiting = list(self.server.updates.waiting())[:50]
            for update in waiting:
                if update.queue not in self._busy and len(self._busy) < AT_ONCE:
                    self._busy.add(update.queue)
                    ready.append(update)
        self.random.shuffle(ready)
        return ready

    def _deliver(self, update: Update, hands: ThreadPoolExecutor) -> None:
        try:
            body = json.dumps(update.body).encode()
            statuses = list(hands.map(self._post, [body] * self.copies))
            self.refused += sum(status != 200 for status in statuses)
            if 200 in statuses:
                with self.server.stage.lock:
                    self.server.updates.confirm(update)
                self.server.stage.signal.fire()
        finally:
            self._busy.discard(update.queue)

    def _post(self, body: bytes) -> int:
        ports = [port for port in (replica.port for replica in self.replicas if replica.alive) if port]
        if not ports:
            return 0
        connection = http.client.HTTPConnection("127.0.0.1", self.random.choice(ports), timeout=20)
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
        try:
            connection.request("POST", "/telegram", body, headers)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()
