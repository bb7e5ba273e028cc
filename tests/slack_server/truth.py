"""What tests assert on: calls, messages, acknowledgements, violations."""

from __future__ import annotations

from collections import Counter

from tests.slack_server.channels import Channel
from tests.slack_server.chats import Post
from tests.slack_server.deliveries import Ack, Delivery
from tests.slack_server.dispatch import Call, Violation
from tests.slack_server.parts import Parts
from tests.slack_server.people import Person


class Truth(Parts):
    """The record of everything that happened."""

    @property
    def calls(self) -> list[Call]:
        """Gives every call of the Web API and of response_urls, oldest first."""
        return self._front.calls

    def calls_of(self, method: str) -> list[Call]:
        """Gives the calls of one method, oldest first."""
        with self.stage.lock:
            return [call for call in self.calls if call.method == method]

    def messages(self, chat: Person | Channel | str) -> list[Post]:
        """Gives everything that stands in a chat now, oldest first, ephemeral messages too."""
        with self.stage.lock:
            found = self.world.chats[chat] if isinstance(chat, str) else chat.chat
            return [post for post in found.posts if not post.deleted]

    @property
    def violations(self) -> list[Violation]:
        """Gives what no correct app does; a test of an app ends with this empty."""
        return self._front.violations

    @property
    def accepted(self) -> Counter[tuple[str, str]]:
        """Gives how often each message of the bot was accepted, by (chat id, words people read)."""
        return self.world.accepted

    def times_told(self, words: str, chat: Person | Channel | None = None) -> int:
        """Gives how many accepted messages of the bot contain these words, in one chat or in all."""
        at = None if chat is None else chat.chat.id
        with self.stage.lock:
            counts = self.accepted.items()
            return sum(n for (where, said), n in counts if words in said and at in {None, where})

    @property
    def too_many(self) -> Counter[str]:
        """Gives how often the limits refused a call, by method."""
        return self.world.pacer.refused

    @property
    def acks(self) -> list[Ack]:
        """Gives every try at a delivery: label, kind, took (seconds), attempt, reason (empty: in time)."""
        return self.courier.acks

    @property
    def retries(self) -> int:
        """Gives how often a delivery was tried again."""
        with self.stage.lock:
            return sum(1 for ack in self.acks if ack.attempt)

    @property
    def deliveries(self) -> list[Delivery]:
        """Gives everything that was for the app: label, body, acked, given_up, attempt."""
        return self.courier.history

    @property
    def undelivered(self) -> list[Delivery]:
        """Gives what is still on its way or was given up."""
        with self.stage.lock:
            return [delivery for delivery in self.deliveries if not delivery.acked]
