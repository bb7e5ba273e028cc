"""The queue of updates: what is waiting for the bot, for how long, and what it asked to be told.

Rules: https://core.telegram.org/bots/api#getupdates and telegram-bot-api's Client.cpp.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.strict.clock import Clock
from tests.telegram_server.errors import Json, broken
from tests.telegram_server.spec import bot_api, check_spoken


DAY = 24 * 3600.0
QUERY_LIFE = 150.0
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(eq=False)
class Update:
    """One update on its way to the bot."""

    body: Json
    queue: str
    expires: float
    attempts: int = 0
    not_before: float = 0.0

    @property
    def id(self) -> int:
        """Gives the update_id (0 if it was injected without)."""
        return int(self.body.get("update_id", 0))


@dataclass
class Updates:
    """The queue."""

    clock: Clock
    on_new: Callable[[], None]
    next_id: int
    asked_for: list[str] = field(default_factory=list)
    queue: list[Update] = field(default_factory=list)
    history: list[Update] = field(default_factory=list)
    next_expiry: float = 0.0

    def wants(self, kind: str) -> bool:
        """Tells whether the bot listens to updates of this kind."""
        return kind in self.asked_for if self.asked_for else kind not in ON_REQUEST

    def remember(self, allowed: list[str] | None) -> None:
        """Keeps what the bot asked for; None leaves the earlier wish, an empty list is the default."""
        for kind in allowed or []:
            if kind not in bot_api().types["Update"] or kind == "update_id":
                raise broken(f"no updates are of the type {kind!r}")
        if allowed is not None:
            self.asked_for = allowed

    def tell(self, kind: str, body: Json, queue: str) -> None:
        """Queues an update, if the bot listens to its kind."""
        if not self.wants(kind):
            return
        update = {"update_id": self.next_id, kind: copy.deepcopy(body)}
        check_spoken(update, "Update")
        life = QUERY_LIFE if kind == "callback_query" else DAY
        self.next_id += 1
        self._append(Update(update, f"{kind_queue(kind)}/{queue}", self.clock.now() + life))

    def inject(self, body: Json) -> None:
        """Queues any JSON at all, given an update_id if it has none."""
        if "update_id" not in body:
            body = {"update_id": self.next_id, **body}
        self.next_id = max(self.next_id, int(body["update_id"]) + 1)
        self._append(Update(body, "raw", self.clock.now() + DAY))

    def repeat(self, update: Update) -> None:
        """Queues an update again under its old number, as when a confirmation was lost."""
        self._append(Update(update.body, update.queue, update.expires))

    def waiting(self) -> list[Update]:
        """Gives what is waiting, without what has expired."""
        now = self.clock.now()
        if now >= self.next_expiry:
            self.queue = [update for update in self.queue if update.expires > now]
            self.next_expiry = min((update.expires for update in self.queue), default=now)
        return self.queue

    def confirm(self, update: Update) -> None:
        """Forgets one delivered update."""
        if update in self.queue:
            self.queue.remove(update)

    def confirm_before(self, offset: int) -> None:
        """Forgets what a getUpdates offset confirms; a negative one keeps only the newest."""
        self.queue = [u for u in self.queue if u.id >= offset] if offset >= 0 else self.queue[offset:]

    def _append(self, update: Update) -> None:
        self.queue.append(update)
        self.next_expiry = min(self.next_expiry, update.expires)
        self.history.append(update)
        self.on_new()


def kind_queue(kind: str) -> str:
    """Gives the family of webhook queues that updates of this kind share."""
    if kind in {"message", "edited_message"}:
        return "messages"
    return "members" if kind in {"chat_member", "chat_join_request"} else kind
