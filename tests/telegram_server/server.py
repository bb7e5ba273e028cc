"""The server itself: it listens, and keeps the people, the faults and the truth that tests assert on."""

from __future__ import annotations

import asyncio
from collections import Counter
from threading import RLock

from tests.strict.clock import Clock
from tests.strict.serving import Serving
from tests.strict.signal import Signal
from tests.telegram_server.accounts import Account
from tests.telegram_server.dispatch import Call, Violation
from tests.telegram_server.errors import Json
from tests.telegram_server.faults import Fault, Faults
from tests.telegram_server.front import Front
from tests.telegram_server.groups import Group
from tests.telegram_server.limits import Limits, Pacer
from tests.telegram_server.people import Person
from tests.telegram_server.picker import Client
from tests.telegram_server.polling import Polling
from tests.telegram_server.stage import Stage
from tests.telegram_server.updates import Updates
from tests.telegram_server.webhook import Webhook
from tests.telegram_server.wire import HttpServer
from tests.telegram_server.world import BOT_ID, FIRST_UPDATE, Kind, Post, World


class TelegramServer(Serving):
    """Telegram's Bot API servers with people behind them; the package's docstring shows its use."""

    stage: Stage

    def __init__(
        self,
        *,
        name: str = "Antipode",
        username: str = "antipode_bot",
        privacy: bool = True,
        limits: Limits | None = None,
    ) -> None:
        self.clock = Clock()
        self.bot = Account(BOT_ID, name, is_bot=True, username=username, known=True)
        signal, lock = Signal(), RLock()
        self.clock.on_move = signal.fire
        self.updates = Updates(self.clock, signal.fire, FIRST_UPDATE)
        self.world = World(self.clock, self.updates, self.bot, privacy, {BOT_ID: self.bot})
        self.world.pacer = Pacer(limits or Limits())
        self.stage = Stage(signal, lock, world=self.world)
        self.webhook = Webhook(self.world, signal, lock)
        self.polling = Polling(self.world, self.webhook, signal, lock)
        self.token = f"{BOT_ID}:tests-only-0123456789-abcdefghijklm"
        self._front = Front(self.stage, self.webhook, self.polling, self.token)
        self.webhook.answered = lambda method, raw: self._front.call(method, raw, {})
        self.port = 0
        self._http = HttpServer(self._front.handle)
        self._delivery: asyncio.Task[None] | None = None

    async def start(self, port: int = 0) -> None:
        """Listens on a port of loopback (0 for any free one)."""
        self.port = await self._http.start(port)
        self._delivery = asyncio.get_running_loop().create_task(self.webhook.deliver(lambda: self.faults))

    async def stop(self) -> None:
        """Closes the port, every connection and every waiting poll."""
        if self._delivery:
            self._delivery.cancel()
            await asyncio.gather(self._delivery, return_exceptions=True)
        await self._http.stop()
        if self._front.mistakes:
            raise AssertionError("the server itself made a mistake") from self._front.mistakes[0]

    @property
    def base_url(self) -> str:
        """Gives what python-telegram-bot wants as `base_url`."""
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        """Gives what python-telegram-bot wants as `base_file_url`."""
        return f"http://127.0.0.1:{self.port}/file/bot"

    def user(
        self,
        name: str,
        *,
        username: str = "",
        language: str = "en",
        last_name: str = "",
        client: Client | None = None,
    ) -> Person:
        """Makes a person who has never met the bot."""
        account = Account(0, name, False, last_name, username, language)
        return Person.join(self.stage, account, client or Client())

    def group(self, title: str, owner: Person, *members: Person, kind: Kind = "group") -> Group:
        """Makes a group without the bot; `group.adds_bot(owner)` brings it in."""
        return Group.new(self.stage, title, owner, list(members), kind)

    def chat(self, chat_id: int) -> Group:
        """Gives a group by its id, such as one that a person has made in the picker."""
        return Group(self.stage, self.world.chats[chat_id])

    def messages(self, chat: Person | Group | int) -> list[Post]:
        """Gives everything that stands in a chat now, oldest first."""
        with self.stage.lock:
            found = self.world.chats.get(chat if isinstance(chat, int) else chat.id)
            return [post for post in found.posts if not post.deleted] if found else []

    @property
    def calls(self) -> list[Call]:
        """Gives every call but getUpdates, oldest first; `polling.polls` counts those."""
        return self._front.calls

    def calls_of(self, method: str) -> list[Call]:
        """Gives the calls of one method, oldest first."""
        with self.stage.lock:
            return [call for call in self.calls if call.method == method]

    @property
    def violations(self) -> list[Violation]:
        """Gives the calls that no correct bot makes; a test of a bot ends with this empty."""
        return self._front.violations

    @property
    def accepted(self) -> Counter[tuple[int, str]]:
        """Gives how often each text (or caption) of the bot was accepted, by (chat id, text)."""
        return self.world.accepted

    def times_told(self, words: str, chat: Person | Group | None = None) -> int:
        """Gives how many accepted messages of the bot contain these words, in one chat or in all."""
        ids = None if chat is None else chat.all_ids
        with self.stage.lock:
            counts = self.world.accepted.items()
            return sum(n for (at, text), n in counts if words in text and (ids is None or at in ids))

    @property
    def too_many(self) -> Counter[int]:
        """Gives how often the flood limits refused a message, by chat id."""
        return self.world.pacer.refused

    @property
    def limits(self) -> Limits:
        """Gives the flood limits; set it to change them."""
        return self.world.pacer.limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self.world.pacer.limits = limits

    @property
    def faults(self) -> Faults:
        """Gives what goes wrong by chance; set it to change that."""
        return self._front.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self._front.faults = faults

    def fail_next(self, method: str, fault: Fault, times: int = 1) -> None:
        """Makes the next calls of a method go wrong."""
        self.faults.plan(method, fault, times)

    def inject_raw(self, update: Json) -> None:
        """Gives the bot any JSON at all as an update."""
        with self.stage.lock:
            self.updates.inject(update)

    def repeats(self, last: int = 1) -> None:
        """Delivers the newest updates once more under their old numbers."""
        with self.stage.lock:
            for update in self.updates.history[-last:]:
                self.updates.repeat(update)
