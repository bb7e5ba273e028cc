"""The game behind the page: who says and taps what in which chat. One deed at a time."""

import secrets
from dataclasses import dataclass, field

from adapters.playground.boards import Board, Boards, Post
from adapters.playground.chat import PLATFORM
from adapters.playground.course import Course, NotPossible
from adapters.playground.render import html
from adapters.playground.talk import Talk
from bot.events import Event, Said, Sender, Tapped
from bot.markup import escape
from bot.rehearsal.company import Company
from bot.rehearsal.replies import Act, Asked, react
from bot.rehearsal.stage import Stage


DIRECTOR = "director"
DIRECTORS_CHAT = "directors"
MOST = 20_000
#: So many answers in a row are given for somebody; an application has about fifteen questions.
MOST_ANSWERS = 40


@dataclass
class Game:
    """The people on the page, and what they do there."""

    stage: Stage
    boards: Boards
    talk: Talk
    course: Course
    #: Changes with every start, so that a page knows when the game is a new one.
    id: str = field(default_factory=lambda: secrets.token_hex(4))
    _number: int = 0

    @property
    def company(self) -> Company:
        """Everybody on the page but the director."""
        return self.stage.company

    async def say(self, account: str, chat: str, text: str) -> None:
        """Let somebody write `text` in a chat; raises NotPossible for a chat they are not in."""
        board = self._board(account, chat)
        async with self.course.lock:
            sender = self._sender(account)
            words = html(escape(text[:MOST]))
            post = await self.boards.put(chat, Post(0, account, sender.name, words, self.course.now))
            if board.kind == "room" and not text.startswith("/"):
                # The partners' own talk stays between them: the bot never gets it.
                self.talk.person_wrote(board, account, text, self.course.now)
                return
            await self.stage.act(self._said(board, sender, text[:MOST], post.number))

    async def tap(self, account: str, chat: str, value: str, number: int) -> None:
        """Let somebody tap a button of a message; raises NotPossible for a button that is not there."""
        board = self._board(account, chat)
        async with self.course.lock:
            post = self.boards.find(chat, number)
            if post is None or not any(value == button["value"] for row in post.rows for button in row):
                raise NotPossible("That was answered already, so the button is gone. Nothing changed.")
            await self.stage.act(self._tapped(board, self._sender(account), value, number))

    async def answer_for(self, account: str) -> None:
        """Answer the bot's question for somebody, and what it asks next, as a simulated person would.

        Raises NotPossible when the bot waits for no answer.
        """
        answered = 0
        for _ in range(MOST_ANSWERS):
            post = self._asked(account)
            act = self._reaction(account, post) if post and post.number > answered else None
            if act is None or post is None:
                break
            answered = post.number
            if act.value:
                await self.tap(account, account, act.value, post.number)
            else:
                await self.say(account, account, act.text)
        if not answered:
            raise NotPossible("The bot waits for no answer here. Try /apply or /status.")

    def hand(self, account: str, *, by_hand: bool) -> None:
        """Play somebody by hand, or let them live by themselves again; raises NotPossible for nobody."""
        if account not in self.company.actors:
            raise NotPossible("There is nobody of this name.")
        if by_hand:
            self.company.by_hand.add(account)
            return
        self.company.by_hand.discard(account)
        post = self._asked(account)
        act = self._reaction(account, post) if post else None
        if act is not None:
            self.company.plan(account, self.course.now, act)

    def _asked(self, account: str) -> Post | None:
        """Give the newest message with buttons in somebody's private chat."""
        board = self.boards.get(account)
        return next((post for post in reversed(board.posts) if post.rows), None) if board else None

    def _reaction(self, account: str, post: Post) -> Act | None:
        if post.message is None:
            return None
        # In the first week nobody has gone quiet yet.
        return react(
            self.company.actors[account], post.message, self.company.program, Asked(post.key, week=1)
        )

    def _said(self, board: Board, sender: Sender, text: str, number: int) -> Event:
        return Said(
            id=self._event_id(),
            platform=PLATFORM,
            at=self.course.now,
            chat=board.id,
            private=board.kind == "private",
            sender=sender,
            text=text,
            ref=str(number),
        )

    def _tapped(self, board: Board, sender: Sender, value: str, number: int) -> Event:
        return Tapped(
            id=self._event_id(),
            platform=PLATFORM,
            at=self.course.now,
            chat=board.id,
            private=board.kind == "private",
            sender=sender,
            value=value,
            ref=str(number),
        )

    def _event_id(self) -> str:
        self._number += 1
        return f"page/{self._number}"

    def _board(self, account: str, chat: str) -> Board:
        board = self.boards.get(chat)
        if board is None or account not in board.members:
            raise NotPossible("This is not your chat.")
        return board

    def _sender(self, account: str) -> Sender:
        if account == DIRECTOR:
            return Sender(DIRECTOR, "Director", language="en")
        self.company.spoke[account] = self.course.now
        return Sender(account, self.company.actors[account].name, language="en")
