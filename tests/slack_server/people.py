"""People: what they write, tap, fill in and open, and what they see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from tests.slack_server import interactions, pressing
from tests.slack_server.channels import Channel
from tests.slack_server.chats import Chat, Post, controls_of
from tests.slack_server.deliveries import Delivery
from tests.slack_server.interactions import Doing
from tests.slack_server.modals import ModalUser
from tests.slack_server.posts import changed, left, removed, tell_of_user, write
from tests.slack_server.replies import answer_command
from tests.slack_server.viewing import view_json
from tests.slack_server.words import words_of
from tests.strict.stage import WITHIN, deed


MENTION = "@Antipode"


@dataclass(eq=False, repr=False)
class Person(ModalUser):
    """Somebody with an account and a client. Every deed is instant; only `hears` and `waits_for` wait."""

    @property
    def id(self) -> str:
        """Gives the user id."""
        return self.account.id

    @property
    def name(self) -> str:
        """Gives the name."""
        return self.account.name

    @property
    def chat(self) -> Chat:
        """Gives the direct messages with the bot."""
        return self.stage.world.dm(self.team, self.account)

    @property
    def dm(self) -> Channel:
        """Gives the direct messages with the bot, to look at like any channel."""
        return Channel(self.stage, self.chat)

    @property
    def rooms(self) -> list[Channel]:
        """Gives the group DMs this person is in, oldest first."""
        with self.stage.lock:
            chats = [
                c for c in self.stage.world.chats.values() if c.kind == "mpim" and self.account in c.members
            ]
            return [Channel(self.stage, chat) for chat in chats]

    def sees(self, in_: Channel | None = None) -> list[str]:
        """Gives a chat as this person reads it, such as "Antipode: Welcome! [Begin] [Later]"."""
        with self.stage.lock:
            return [str(post) for post in self._seen(in_.chat if in_ else self.chat)]

    def last(self, in_: Channel | None = None) -> Post:
        """Gives the bot's newest message."""
        with self.stage.lock:
            posts = [p for p in self._seen(in_.chat if in_ else self.chat) if p.author is self.team.bot]
            assert posts, f"the bot has not written: {self.sees(in_)}"
            return posts[-1]

    async def hears(self, words: str, in_: Channel | None = None, within: float = WITHIN) -> Post:
        """Waits (in a loop) for a message of the bot with these words, new or edited since the last deed."""
        return await self.stage.until(lambda: self._heard(words, in_), within, self._hoped(words, in_))

    def waits_for(self, words: str, in_: Channel | None = None, within: float = WITHIN) -> Post:
        """Does the same as `hears`, blocking the thread."""
        return self.stage.wait_for(lambda: self._heard(words, in_), within, self._hoped(words, in_))

    @deed
    def writes(self, text: str, in_: Channel | None = None, *, thread: Post | None = None) -> Post:
        """Writes a message to the bot, or into a channel; `@Antipode` mentions the bot."""
        chat = self._acts_in(in_)
        assert text.strip(), "a client sends no empty message"
        if chat.kind == "im":
            assert self.stage.world.manifest.may_be_written_to, (
                "the manifest lets nobody write in the messages tab"
            )
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        said = escaped.replace(MENTION, f"<@{self.team.bot.id}>")
        return write(self.stage.world, chat, self.account, said, thread_ts=thread.ts if thread else None)

    @deed
    def edits(self, post: Post, text: str) -> None:
        """Edits an own message."""
        assert post.author is self.account, "one can edit only one's own messages"
        before = post.json()
        post.text, post.edited = text, True
        changed(self.stage.world, post, before)

    @deed
    def deletes(self, post: Post) -> None:
        """Deletes an own message."""
        assert post.author is self.account, "one can delete only one's own messages"
        post.deleted = True
        removed(self.stage.world, post)

    @deed
    def sends_file(self, name: str, text: str = "", in_: Channel | None = None) -> Post:
        """Sends a file (a photo, a voice message) with or without words."""
        chat = self._acts_in(in_)
        file = {"id": self.stage.world.new_id("F"), "name": name, "title": name, "mode": "hosted"}
        return write(self.stage.world, chat, self.account, text, subtype="file_share", files=[file])

    @deed
    def runs(self, line: str, in_: Channel | None = None) -> Doing:
        """Runs a slash command such as "/antipode help", here or in a channel."""
        chat = self._acts_in(in_)
        name, _, text = line.partition(" ")
        assert name in self.stage.world.manifest.commands, f"the manifest has no command {name}"
        body = interactions.command(self.stage, chat, self.account, name, self._escaped(name, text.strip()))
        return interactions.ask(
            self.stage,
            self.team,
            Delivery("slash_commands", name, body),
            lambda reply: answer_command(self.stage.world, chat, self.account, reply),
        )

    @deed
    def taps(
        self, label: str, in_: Channel | None = None, *, on: Post | Literal["home", "modal", ""] = ""
    ) -> Doing:
        """Taps a button or option: in the open modal, else the newest in the chat, else in App Home."""
        chat = self._acts_in(in_)
        spot = self._find(label, chat, on)
        assert spot, f"{self.name} finds no {label!r}; {self._whole(chat)}"
        return pressing.press(self.stage, self.account, spot)

    @deed
    def uses(self, shortcut: str, *, on: Post | None = None) -> Doing:
        """Uses a shortcut, by its name or callback_id: a global one, or one on a message."""
        self._acts_in(None)
        known = self.stage.world.manifest.shortcuts
        found = next((s for s in known if shortcut in {s["name"], s["callback_id"]}), None)
        assert found, f"the manifest has no shortcut {shortcut!r}"
        assert (found["type"] == "message") == (on is not None), f"{shortcut!r} is a {found['type']} shortcut"
        body = interactions.shortcut(self.stage, self.team, self.account, found["callback_id"], on)
        return interactions.ask(self.stage, self.team, Delivery("interactive", "shortcut", body))

    @deed
    def opens_home(self, tab: Literal["home", "messages"] = "home") -> None:
        """Opens the app's home (or its messages tab)."""
        world = self.stage.world
        event = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": self.chat.id,
            "tab": tab,
            "event_ts": world.new_ts(),
        }
        home = world.homes.get(self.id)
        view = {"view": view_json(world, home)} if home and tab == "home" else {}
        world.tell(self.team, "app_home_opened", event | view)

    @property
    def home(self) -> str:
        """Gives the words of App Home as this person sees it now, empty if it was never published."""
        with self.stage.lock:
            view = self.stage.world.homes.get(self.id)
            return words_of(view.raw["blocks"]) if view else ""

    def changes(self, **profile: Any) -> None:
        """Changes the profile (tz=, locale=, name=, title=, restricted=, visible=): a user_change event."""
        self._becomes(profile)

    @deed
    def _becomes(self, profile: dict[str, Any]) -> None:
        for name, value in profile.items():
            assert hasattr(self.account, name), name
            setattr(self.account, name, value)
        tell_of_user(self.stage.world, self.team, self.account)

    def is_deactivated(self) -> None:
        """Lets an administrator deactivate the account."""
        self.changes(deleted=True)

    def is_reactivated(self) -> None:
        """Lets an administrator bring the account back."""
        self.changes(deleted=False)

    @deed
    def leaves(self, channel: Channel) -> None:
        """Leaves a channel; nobody can leave a DM or group DM."""
        assert channel.chat.kind in {"private", "public"}, "one cannot leave a DM"
        left(self.stage.world, channel.chat, self.account)

    @property
    def home_buttons(self) -> list[str]:
        """Gives the labels of the buttons and options in App Home."""
        with self.stage.lock:
            view = self.stage.world.homes.get(self.id)
            return [label for _, _, label, _ in controls_of(view.raw["blocks"])] if view else []
