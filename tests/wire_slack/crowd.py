"""Everybody at once: the cast reads and reacts while the test waits for what it hopes to see."""

from collections.abc import Callable, Sequence

from tests.slack_server import Channel, SlackServer
from tests.slack_server.chats import Post
from tests.slack_server.interactions import Doing
from tests.wire.cast import Part
from tests.wire_slack.actor import Actor, said


#: The platform's zone of somebody in such a city; most have none that the bot would find.
ZONES = {
    "São Paulo": "America/Sao_Paulo",
    "Manila": "Asia/Manila",
    "Lagos": "Africa/Lagos",
    "Tokyo": "Asia/Tokyo",
}


class Crowd:
    """The people, driven by what they see; `play` is the only way time passes."""

    def __init__(self, server: SlackServer, parts: Sequence[Part], *, leaves_in_week: int) -> None:
        self.server = server
        self.leaves_in_week = leaves_in_week
        self.surveys = True
        self.gone: list[Actor] = []
        self.gone_at = 0.0
        self.taps: list[Doing] = []
        self.submissions: list[tuple[Actor, Doing]] = []
        self.actors = [
            Actor(part, server.user(part.name, tz=ZONES.get(part.city, "Etc/UTC")), self, by_form=at % 2 == 0)
            for at, part in enumerate(parts)
        ]
        self._stamp = -1

    def play(self, until: Callable[[], object], *, within: float, what: str) -> None:
        """Let everybody act until the condition holds; raises AssertionError when it never does."""

        def look() -> bool:
            self._act()
            return bool(until())

        self.server.wait_for(look, within, what)

    def again(self) -> None:
        """Do once more what failed because the bot was away, as people do whom Slack told so."""
        # What is still on its way may fail later; each is looked at once, for it may fail just now.
        failed = [(who, one) for who, one in self.submissions if one.failed]
        self.submissions = [each for each in self.submissions if each not in failed]
        for who, _ in failed:
            who.resubmit()
            self._stamp = -1  # to be looked at although nothing new has come
        lost = [one for one in self.taps if one.failed]
        self.taps = [one for one in self.taps if one not in lost]
        for one in lost:
            self._tap_again(one)

    def deactivate(self, actor: Actor) -> None:
        """Let an administrator deactivate somebody."""
        actor.gone = True
        self.gone_at = self.server.clock.now()
        self.gone.append(actor)
        actor.person.is_deactivated()

    def partner_of(self, actor: Actor) -> Actor:
        """Give somebody's partner: the other in their group conversation."""
        members = {one.id for room in actor.person.rooms for one in room.chat.members}
        return next(one for one in self.actors if one.person.id in members and one is not actor)

    def introduced(self) -> int:
        """Count the group conversations in which the introduction stands."""
        return sum(
            any("please meet each other" in post.words for post in room.chat.posts)
            for room in self.server.rooms()
        )

    def prompts(self, week: int) -> int:
        """Count the group conversations that have the prompt of a week."""
        return sum(
            any(f"🗓 Week {week} ·" in said(post) for post in room.chat.posts) for room in self.server.rooms()
        )

    def _tap_again(self, doing: Doing) -> None:
        user, message = doing.payload["user"]["id"], doing.payload.get("message") or {}
        actor = next(one for one in self.actors if one.person.id == user)
        post = actor.person.chat.find(str(message.get("ts", "")))
        label = doing.payload["actions"][0].get("text", {}).get("text")
        if post is not None and label in post.buttons and not actor.gone:
            self.taps.append(actor.person.taps(label, on=post))

    def _act(self) -> None:
        stamp = self.server.world.stamps
        while self._stamp != stamp:
            self._stamp = stamp
            for actor in self.actors:
                actor.act()
            stamp = self.server.world.stamps


class Director:
    """Somebody who commands in the directors' private channel."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.person = crowd.server.user("Dora")
        self.channel: Channel = crowd.server.channel("directors", self.person)
        self.commands = 0

    def types(self, text: str, *hopes: str, within: float = 30.0) -> str:
        """Run a command and wait for an answer with these words; gives the answer."""
        since = len(self.channel.chat.posts)
        self.person.runs(f"/antipode {text}", self.channel)
        self.commands += 1
        return self._hears(since, hopes, within, text)

    def taps(self, label: str, *hopes: str, within: float = 30.0) -> str:
        """Tap the newest button with this label and wait for an answer with these words."""
        since = len(self.channel.chat.posts)
        self.person.taps(label, self.channel)
        return self._hears(since, hopes, within, label)

    def sees(self, words: str, within: float = 30.0) -> str:
        """Wait for a message with these words, whenever it came."""
        return self._hears(0, (words,), within, words)

    def _hears(self, since: int, hopes: Sequence[str], within: float, what: str) -> str:
        def found() -> str:
            posts: list[Post] = self.channel.chat.posts[since:]
            mine = [said(post) for post in posts if post.author and post.author.is_bot]
            return next((text for text in mine if all(hope in text for hope in hopes)), "")

        self.crowd.play(found, within=within, what=f"{hopes} as an answer to {what!r}")
        return found()
