"""The page as a platform: messages become posts on its boards, and a room is opened at once."""

import base64

from adapters.playground.boards import Boards, Post
from adapters.playground.render import html, rows
from adapters.playground.talk import Talk
from bot.events import RoomOpened
from bot.messages import Attachment, Carry, Message, OpenRoom, Settle
from bot.ports import CannotReach, Clock, Parcel, Rejected, Sent
from bot.rehearsal.company import Company


PLATFORM = "playground"


class PlaygroundChat:
    """Sends to the page; the simulated people hear what reaches them."""

    platform = PLATFORM

    def __init__(self, boards: Boards, clock: Clock, company: Company, talk: Talk) -> None:
        """Take the boards to write on, the clock of the page, and the people who listen and talk."""
        self.boards = boards
        self.clock = clock
        self.company = company
        self.talk = talk

    async def send(self, parcel: Parcel) -> Sent:
        """Put the parcel on its board; raises CannotReach for somebody who blocked the bot."""
        if parcel.chat in self.company.blocked:
            raise CannotReach("blocked")
        match parcel.body:
            case Message() as message:
                return await self._message(parcel, message)
            case OpenRoom() as room:
                return await self._room(parcel, room)
            case Settle() as settle:
                await self._settle(parcel, settle)
            case Carry() as carry:
                await self._carry(parcel, carry)
        return Sent()

    async def _message(self, parcel: Parcel, message: Message) -> Sent:
        board = self.boards.get(parcel.chat)
        if board is None:
            raise Rejected(f"no chat {parcel.chat}")
        post = Post(
            0, "bot", "Antipode", html(message.text, zone=parcel.zone), self.clock.now(), rows(message.rows)
        )
        post.pinned, post.message, post.key = message.pin, message, parcel.key
        if message.attachment:
            post.file = self.boards.keep_file(*_file(message.attachment))
            post.file_name = message.attachment.name
        await self.boards.put(parcel.chat, post)
        self.company.hear(parcel, self.clock.now())
        if board.kind == "room":
            self.talk.bot_wrote(board, parcel.key, message.text, self.clock.now())
        return Sent(str(post.number))

    async def _room(self, parcel: Parcel, room: OpenRoom) -> Sent:
        chat = f"room/{room.partnership}"
        self.boards.open(chat, "room", room.title, [parcel.accounts[person] for person in room.people])
        self.company.hear(parcel, self.clock.now())
        await self.boards.changed(chat)
        opened = RoomOpened(
            id=f"opened/{parcel.key}",
            platform=PLATFORM,
            at=self.clock.now(),
            chat=chat,
            private=False,
            about=room.partnership,
            checked=True,
        )
        return Sent(chat, (opened,))

    async def _settle(self, parcel: Parcel, settle: Settle) -> None:
        post = self.boards.find(parcel.chat, int(settle.ref or 0))
        if post is not None:
            post.rows = ()
            post.chosen = html(settle.chosen)
            await self.boards.changed(parcel.chat)

    async def _carry(self, parcel: Parcel, carry: Carry) -> None:
        post = self.boards.find(carry.from_chat, int(carry.ref or 0))
        if post is not None:
            words = f"<strong>{html(carry.by)}</strong><br>{post.html}"
            await self.boards.put(parcel.chat, Post(0, "bot", "Antipode", words, self.clock.now()))


def _file(attachment: Attachment) -> tuple[str, str, bytes]:
    content = attachment.content.encode()
    return attachment.name, attachment.mime, base64.b64decode(content) if attachment.base64 else content
