"""A channel, group DM or DM as a test looks at it and acts on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tests.slack_server.accounts import Account
from tests.slack_server.chats import Chat, Kind, Post
from tests.slack_server.posts import joined, left, tell_of_chat
from tests.slack_server.stage import Stage
from tests.strict.stage import WITHIN, deed


class Member(Protocol):
    """Somebody who can be in a channel."""

    @property
    def account(self) -> Account: ...


@dataclass(eq=False, repr=False)
class Channel:
    """One chat; two of these are equal when they show the same one."""

    stage: Stage
    chat: Chat

    def __repr__(self) -> str:
        return f"<{self.chat.kind} {self.chat.name} {self.chat.id}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Channel) and other.chat is self.chat

    def __hash__(self) -> int:
        return hash(self.chat.id)

    @property
    def id(self) -> str:
        """Gives the id, whose first letter tells nothing about the kind."""
        return self.chat.id

    @property
    def kind(self) -> Kind:
        """Gives im, mpim, private or public."""
        return self.chat.kind

    @property
    def topic(self) -> str:
        """Gives the topic."""
        return self.chat.topic

    @property
    def archived(self) -> bool:
        """Tells whether it is archived."""
        return self.chat.archived

    @property
    def names(self) -> list[str]:
        """Gives the names of all members."""
        with self.stage.lock:
            return [member.name for member in self.chat.members]

    def sees(self) -> list[str]:
        """Gives what everybody here reads (ephemeral messages are not among it)."""
        with self.stage.lock:
            return [str(p) for p in self.chat.posts if not p.deleted and p.only_for is None]

    def last(self) -> Post:
        """Gives the bot's newest message that everybody sees."""
        with self.stage.lock:
            bot = self.chat.team.bot
            posts = [p for p in self.chat.posts if p.author is bot and not p.deleted and p.only_for is None]
            assert posts, f"the bot has not written: {self.sees()}"
            return posts[-1]

    async def hears(self, words: str, within: float = WITHIN) -> Post:
        """Waits (in a loop) for a message of the bot with these words, new since the last deed here."""
        return await self.stage.until(lambda: self._heard(words), within, self._hoped(words))

    def waits_for(self, words: str, within: float = WITHIN) -> Post:
        """Does the same as `hears`, blocking the thread."""
        return self.stage.wait_for(lambda: self._heard(words), within, self._hoped(words))

    @deed
    def adds_bot(self, by: Member) -> None:
        """Invites the app, as `/invite @Antipode` does."""
        joined(self.stage.world, self.chat, self.chat.team.bot, by.account)

    @deed
    def adds(self, *people: Member, by: Member) -> None:
        """Invites people."""
        for person in people:
            joined(self.stage.world, self.chat, person.account, by.account)

    @deed
    def removes_bot(self) -> None:
        """Removes the app."""
        left(self.stage.world, self.chat, self.chat.team.bot)

    @deed
    def removes(self, *people: Member) -> None:
        """Removes people."""
        for person in people:
            left(self.stage.world, self.chat, person.account)

    @deed
    def archives(self, by: Member) -> None:
        """Archives the channel."""
        self.chat.archived = True
        tell_of_chat(self.stage.world, self.chat, "archive", user=by.account.id)

    @deed
    def unarchives(self, by: Member) -> None:
        """Brings the channel back."""
        self.chat.archived = False
        tell_of_chat(self.stage.world, self.chat, "unarchive", user=by.account.id)

    @deed
    def renames(self, name: str) -> None:
        """Gives the channel another name."""
        self.chat.name = name
        about = {"id": self.id, "name": name, "created": self.chat.created}
        tell_of_chat(self.stage.world, self.chat, "rename", channel=about)

    @deed
    def is_shared_with(self, team_id: str) -> None:
        """Shares the channel with another organization (Slack Connect)."""
        self.chat.shared_with.append(team_id)
        self._tell_of_sharing("channel_shared", team_id)

    @deed
    def is_no_longer_shared(self) -> None:
        """Ends the sharing."""
        for team_id in self.chat.shared_with:
            self._tell_of_sharing("channel_unshared", team_id)
        self.chat.shared_with.clear()

    @deed
    def becomes_public(self) -> None:
        """Makes a private channel public (no event tells of that)."""
        self.chat.kind = "public"

    @deed
    def gets_new_id(self) -> str:
        """Gives the channel another id, as sharing can do, and the app a channel_id_changed."""
        world, old = self.stage.world, self.chat.id
        self.chat.id = world.new_id("C")
        world.add(self.chat)
        del world.chats[old]
        event = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": self.chat.id}
        world.tell(self.chat.team, "channel_id_changed", event | {"event_ts": world.new_ts()})
        return self.chat.id

    def _tell_of_sharing(self, name: str, team_id: str) -> None:
        world = self.stage.world
        event = {"type": name, "channel": self.id, "event_ts": world.new_ts()}
        who = (
            {"connected_team_id": team_id}
            if name == "channel_shared"
            else {"previously_connected_team_id": team_id}
        )
        world.tell(self.chat.team, name, event | who)

    def _heard(self, words: str) -> Post | None:
        since = max(self.chat.acted.values(), default=0)
        bot = self.chat.team.bot
        new = [p for p in self.chat.posts if p.stamp > since and p.author is bot and not p.deleted]
        return next((p for p in new if words in p.words and p.only_for is None), None)

    def _hoped(self, words: str) -> str:
        return f"{words!r} in {self.chat.name or self.id}, where one sees {self.sees()[-4:]}"
