"""Everybody at once: the cast reads and reacts while the test waits for what it hopes to see."""

from collections.abc import Callable, Sequence

from tests.telegram_server import Group, TelegramServer
from tests.telegram_server.world import Post
from tests.wire.actor import Actor
from tests.wire.cast import Part
from tests.wire.rooms import Plan, Rooms, Way


class Crowd:
    """The people, driven by what they see; `play` is the only way time passes."""

    def __init__(
        self, server: TelegramServer, parts: Sequence[Part], *, ways: Sequence[Way], blocks_in_week: int
    ) -> None:
        self.server = server
        self.blocks_in_week = blocks_in_week
        self.paused: list[Actor] = []
        self.restarted = False
        self.blocked: list[Actor] = []
        self.blocked_at = 0.0
        self.surveys = True
        self.rooms = Rooms(server, ways, server.user("Stranger"))
        self.actors = [
            Actor(part, server.user(part.name, username=part.name.lower(), language=part.app), self)
            for part in parts
        ]
        self._stamp = -1

    def play(self, until: Callable[[], object], *, within: float, what: str) -> None:
        """Let everybody act until the condition holds; raises AssertionError when it never does."""

        def look() -> bool:
            self._act()
            return bool(until())

        self.server.wait_for(look, within, what)

    def resume(self) -> None:
        """Let those go on who stopped in the middle until the bot was there again."""
        self.restarted = True
        for actor in self.paused:
            actor.resume()

    def introduced(self, plan: Plan) -> bool:
        """Tell whether a pair has read its introduction, in its group or each in private."""
        members = [actor for actor in self.actors if actor.name in plan.names]
        private = all(_introduces(actor.person.chat.posts) for actor in members)
        return private or self.in_group(plan)

    def in_group(self, plan: Plan) -> bool:
        """Tell whether a pair talks in its group."""
        return _introduces(self.rooms.posts_of(plan))

    def partner_of(self, actor: Actor) -> Actor:
        """Give somebody's partner."""
        plan = self.rooms.plan_of(actor)
        assert plan is not None
        return next(other for other in self.actors if other.name in plan.names and other is not actor)

    def _act(self) -> None:
        stamp = self.server.world.stamps
        while self._stamp != stamp:
            self._stamp = stamp
            for actor in self.actors:
                actor.act()
            self.rooms.talk()
            stamp = self.server.world.stamps


class Director:
    """Somebody who commands in the directors' group."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.person = crowd.server.user("Dora", username="dora")
        self.group: Group = crowd.server.group("Directors", self.person)
        self.group.adds_bot(self.person)
        self.commands = 0

    def types(self, text: str, *hopes: str, within: float = 20.0) -> str:
        """Type a line and wait for an answer with these words; gives the answer."""
        chat, since = self.group.chat, len(self.group.chat.posts)
        self.person.say(text, to=self.group)
        self.commands += 1
        return self._hears(chat.posts, since, hopes, within, text)

    def taps(self, label: str, *hopes: str, within: float = 20.0) -> str:
        """Tap the newest button with this label and wait for an answer with these words."""
        chat, since = self.group.chat, len(self.group.chat.posts)
        self.person.tap(label, to=self.group)
        return self._hears(chat.posts, since, hopes, within, label)

    def sees(self, *words: str, within: float = 20.0) -> str:
        """Wait for a message with these words, whenever it came."""
        return self._hears(self.group.chat.posts, 0, words, within, words[0])

    def _hears(self, posts: list[Post], since: int, hopes: Sequence[str], within: float, what: str) -> str:
        def found() -> str:
            mine = [post.text for post in posts[since:] if post.author.is_bot]
            return next((text for text in mine if all(hope in text for hope in hopes)), "")

        self.crowd.play(found, within=within, what=f"{hopes} as an answer to {what!r}")
        return found()


def _introduces(posts: list[Post]) -> bool:
    return any("please meet each other" in post.text for post in posts)
