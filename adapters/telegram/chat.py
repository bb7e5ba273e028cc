"""Sending by the Bot API: every body of a delivery, each error told as what really happened."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from telegram import Bot, Message
from telegram.error import BadRequest, TelegramError

from adapters import leaving
from adapters.proxy import proxy_for
from adapters.telegram.errors import says, translate
from adapters.telegram.limits import is_group
from adapters.telegram.receive import ALLOWED_UPDATES, Me
from adapters.telegram.render import Reader, calls, settled, signed
from adapters.telegram.requesting import Requests
from adapters.telegram.tending import tend
from bot import messages
from bot.events import Moved
from bot.messages import Carry, OpenForm, OpenRoom, Settle, ShowHome, Tend
from bot.ports import Clock, MovedTo, Parcel, Rejected, Sent


#: Seconds. An answer that takes longer leaves us unsure whether the message arrived, so we are patient.
READ_TIMEOUT = 20.0
#: An old message that has lost its buttons, or is gone, needs no settling.
_SETTLED = (
    "message is not modified",
    "message can't be edited",
    "message to edit not found",
    "message_id_invalid",
    "message identifier is not specified",
)
#: A message that its author took back before it was carried.
_TAKEN_BACK = ("message to copy not found", "message_id_invalid")


class TelegramChat:
    """One bot token. `start` before sending; `close` at the end."""

    platform = "telegram"

    def __init__(
        self,
        token: str,
        api_url: str,
        clock: Clock,
        *,
        read_timeout: float = READ_TIMEOUT,
    ) -> None:
        """Take the token, the server's address (Telegram's own, a local one, a test's) and the clock."""
        self.api_url = api_url.rstrip("/")
        self.requests = Requests(read_timeout, proxy_for(self.api_url))
        self.token = token
        self.clock = clock
        self.bot = Bot(
            token,
            base_url=f"{self.api_url}/bot",
            base_file_url=f"{self.api_url}/file/bot",
            request=self.requests,
            get_updates_request=self.requests,
        )
        #: The language that is spoken with somebody of this one: moments are written in it.
        self.spoken: Callable[[str], str] = str
        self._me: Me | None = None
        #: How many calls of a message of several are done, by delivery key: a repetition goes on there.
        self._done: dict[str, int] = {}

    @property
    def me(self) -> Me:
        """The bot's own account; raises RuntimeError before `start`."""
        if self._me is None:
            raise RuntimeError("TelegramChat.start() has not been awaited.")
        return self._me

    async def start(self) -> Me:
        """Ask Telegram who the bot is; raises one of the ChatErrors when it cannot tell."""
        try:
            await self.bot.initialize()
        except TelegramError as error:
            raise translate(error) from error
        self._me = Me(self.bot.id, self.bot.username)
        return self._me

    def hear_directors(self, chat: str) -> None:
        """Take every line of this group, not only commands with a slash."""
        self._me = replace(self.me, directors=chat)

    async def close(self) -> None:
        """Close the connections."""
        # Not `bot.shutdown`: that closes nothing while the bot could not be asked who it is.
        await self.requests.shutdown()

    async def send(self, parcel: Parcel) -> Sent:
        """Send one parcel; raises one of the ChatErrors."""
        try:
            with leaving.only_while(parcel.ours):
                return await self._send(parcel)
        except TelegramError as error:
            raise translate(error) from error

    async def answer(self, callback: str) -> None:
        """Tell the client that a tap has arrived; late or lost makes no difference to anybody."""
        with suppress(TelegramError):
            await self.bot.answer_callback_query(callback)

    async def where_is(self, group: str) -> str:
        """Give a group's id of today: Telegram gives a new one when it makes a supergroup of it."""
        try:
            await self.bot.get_chat_member(int(group), self.bot.id)
        except TelegramError as error:
            fact = translate(error)
            return fact.chat if isinstance(fact, MovedTo) else group
        return group

    async def listen_at(self, url: str, secret: str) -> None:
        """Ask for updates at this address, what waits included; raises one of the ChatErrors."""
        try:
            await self.bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)
        except TelegramError as error:
            raise translate(error) from error

    async def listen_by_asking(self) -> None:
        """Take a webhook away, so that updates can be asked for; raises one of the ChatErrors."""
        try:
            await self.bot.delete_webhook(drop_pending_updates=False)
        except TelegramError as error:
            raise translate(error) from error

    async def _send(self, parcel: Parcel) -> Sent:
        match parcel.body:
            case messages.Message():
                return await self._message(parcel, parcel.body)
            case Settle():
                return await self._settle(parcel, parcel.body)
            case Carry():
                return await self._carry(parcel, parcel.body)
            case Tend():
                return await self._tend(parcel, parcel.body)
            case OpenRoom():
                raise Rejected("Telegram lets no bot open a group.")
            case OpenForm() | ShowHome():
                raise Rejected("Telegram has no forms and no page of one's own.")

    async def _message(self, parcel: Parcel, message: messages.Message) -> Sent:
        reader = Reader(
            parcel.accounts, parcel.zone, self.spoken(parcel.language), private=not is_group(parcel.chat)
        )
        parts = calls(message, reader)
        first = self._done.get(parcel.key, 0)
        ref = ""
        for number, call in enumerate(parts[first:], first):
            sent: Message = await getattr(self.bot, call.method)(chat_id=int(parcel.chat), **call.arguments)
            ref = str(sent.message_id)
            if number + 1 < len(parts):
                self._done[parcel.key] = number + 1
            if message.pin and number == 0:
                await self._pin(sent)
        self._done.pop(parcel.key, None)
        return Sent(ref)

    async def _pin(self, sent: Message) -> None:
        # Without the right to pin, the message is there all the same.
        with suppress(TelegramError):
            await self.bot.pin_chat_message(sent.chat_id, sent.message_id, disable_notification=True)

    async def _settle(self, parcel: Parcel, body: Settle) -> Sent:
        try:
            await self.bot.edit_message_reply_markup(
                int(parcel.chat), int(body.ref), reply_markup=settled(body.chosen)
            )
        except BadRequest as error:
            if not says(error, *_SETTLED):
                raise
        return Sent(body.ref)

    async def _carry(self, parcel: Parcel, body: Carry) -> Sent:
        try:
            copy = await self.bot.copy_message(
                int(parcel.chat), int(body.from_chat), int(body.ref), reply_markup=signed(body.by)
            )
        except BadRequest as error:
            if not says(error, *_TAKEN_BACK):
                raise
            return Sent()
        return Sent(str(copy.message_id))

    async def _tend(self, parcel: Parcel, body: Tend) -> Sent:
        try:
            return await tend(self.bot, self.me, parcel.key, body, self.clock.now())
        except TelegramError as error:
            moved = translate(error)
            if not isinstance(moved, MovedTo):
                raise
        # The deed names its chat itself, so it is done in the new one, and the room learns of it.
        told = Moved(
            id=f"tend/{parcel.key}/moved",
            platform=self.platform,
            at=self.clock.now(),
            chat=body.chat,
            private=False,
            to=moved.chat,
        )
        there = Tend(body.deed, moved.chat, body.partnership, body.account, body.url)
        done = await tend(self.bot, self.me, parcel.key, there, self.clock.now())
        return Sent(done.ref, (told, *done.events))
