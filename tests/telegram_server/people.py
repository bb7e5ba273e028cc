"""People with a Telegram client: what they see, tap, open, share and block."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.strict.stage import WITHIN, deed
from tests.telegram_server import buttons, doors, picker
from tests.telegram_server.accounts import RIGHTS, Account
from tests.telegram_server.buttons import Tap
from tests.telegram_server.errors import Json
from tests.telegram_server.groups import Group
from tests.telegram_server.members import leave
from tests.telegram_server.picker import Client, First
from tests.telegram_server.posts import hide_one_time, meet
from tests.telegram_server.stage import Stage
from tests.telegram_server.world import FIRST_USER, Post
from tests.telegram_server.writing import Writer


@dataclass(eq=False)
class Person(Writer):
    """Somebody with an account and a client. Every deed is instant; only `hears` and `waits_for` wait."""

    client: Client = field(default_factory=Client)

    @classmethod
    def join(cls, stage: Stage, account: Account, client: Client) -> Person:
        """Brings a new account to the platform, with an id and a phone number."""
        with stage.lock:
            number = len(stage.world.accounts) - 1  # one of them is the bot
            account.id, account.phone = FIRST_USER + number, f"+1555{number:07}"
            stage.world.accounts[account.id] = account
            return cls(stage, account, client)

    @property
    def all_ids(self) -> set[int]:
        """Gives the id of the private chat."""
        return {self.account.id}

    def sees(self, where: Group | None = None) -> list[str]:
        """Gives a chat as this person reads it, such as "Antipode: Welcome! [Begin] [Later]"."""
        with self.stage.lock:
            chat = where.chat if where else self.chat
            return [str(post) for post in chat.posts if not post.deleted]

    def last(self, where: Group | None = None) -> Post:
        """Gives the bot's newest message."""
        with self.stage.lock:
            chat = where.chat if where else self.chat
            posts = [p for p in chat.posts if p.author is self.stage.world.bot and not p.deleted]
            assert posts, f"the bot has not written: {self.sees(where)}"
            return posts[-1]

    @property
    def keyboard(self) -> list[str]:
        """Gives the labels of the reply keyboard under the text field now."""
        with self.stage.lock:
            shown = self.chat.keyboards.get(self.id)
            return shown.buttons if shown else []

    async def hears(self, words: str, within: float = WITHIN) -> Post:
        """Waits (in a loop) for a message of the bot with these words, new or edited since the last deed."""
        return await self.stage.until(lambda: self._heard(words), within, self._hoped(words))

    def waits_for(self, words: str, within: float = WITHIN) -> Post:
        """Does the same as `hears`, blocking the thread."""
        return self.stage.wait_for(lambda: self._heard(words), within, self._hoped(words))

    @deed
    def tap(self, label: str, *, to: Group | None = None, on: Post | None = None) -> Tap:
        """Taps the newest button with this label (or the one on an older message) and does what it does."""
        chat = self.acts_in(to)
        post, button = buttons.find(chat, self.account, label, on)
        if "callback_data" in button:
            return Tap(button, post, buttons.press(self.stage.world, self.account, post, button))
        if "url" in button:
            self.opens(button["url"])
        elif "request_chat" in button:
            raise AssertionError(f"{label!r} opens the picker: use shares_new_group or shares_group")
        elif button.get("request_contact"):
            self.shares_contact()
            hide_one_time(chat, self.account)
        elif post.keyboard:
            self.say(button["text"], to=to)
            hide_one_time(chat, self.account)
        return Tap(button, post)

    @deed
    def opens(self, url: str, *, group: Group | None = None, first: First | None = None) -> None:
        """Opens a t.me link: joins or asks to join, starts the bot here, or (`?startgroup=`) in a group.

        Raises LinkIsDead for an invite link that no longer lets anybody in.
        """
        found = doors.find_link(self.stage.world, url)
        if found:
            doors.knock(self.stage.world, self.account, *found)
            return
        path, parameters = doors.parts(url)
        if path.lower() != self.stage.world.bot.username.lower():
            if path.startswith("+"):
                raise doors.LinkIsDead(url)
            return  # somebody's profile
        if "startgroup" in parameters:
            assert group, "opens(url, group=…): choose the group for this link"
            payload = doors.payload_of(parameters, "startgroup")
            self._starts_in(group, payload, doors.rights_of(parameters), first)
        elif "start" in parameters:
            self.say(f"/start {doors.payload_of(parameters, 'start')}".strip())

    @deed
    def shares_new_group(
        self,
        title: str,
        *,
        label: str | None = None,
        members: tuple[Person, ...] = (),
        first: First | None = None,
    ) -> Group:
        """Taps the request-chat button and chooses "Create a new group for this"."""
        chat = self.acts_in(None)
        _, request = picker.request_button(chat, self.account, label)
        assert self.client.creates_groups, f"the picker of {self.name}'s client has no row to create a group"
        group = Group.new(self.stage, title, self, list(members), self.client.new_group_kind)
        picker.share(self.stage.world, self.account, group.chat, request, self.client, first=first)
        return group

    @deed
    def shares_group(self, group: Group, *, label: str | None = None, first: First | None = None) -> None:
        """Taps the request-chat button and chooses a group that exists."""
        chat = self.acts_in(None)
        _, request = picker.request_button(chat, self.account, label)
        self._check_offered(group, request)
        picker.share(self.stage.world, self.account, group.chat, request, self.client, first=first)

    @deed
    def leaves(self, group: Group) -> None:
        """Leaves a group."""
        leave(self.stage.world, group.chat, self.account, by=self.account)

    @deed
    def blocks_bot(self) -> None:
        """Blocks the bot ("stop bot")."""
        self._block(True)

    @deed
    def unblocks_bot(self) -> None:
        """Unblocks the bot; the client's "restart" button says /start as well."""
        self._block(False)

    @deed
    def deletes_account(self) -> None:
        """Deletes the account; the bot gets no update of that."""
        self.account.deactivated = True

    def _block(self, blocked: bool) -> None:
        if self.account.blocked == blocked:
            return
        self.account.blocked = blocked
        world = self.stage.world
        meet(world, self.account)
        member: Json = {"status": "member", "user": world.bot.json()}
        kicked: Json = {"status": "kicked", "user": world.bot.json(), "until_date": 0}
        change = {
            "chat": self.chat.json(),
            "from": self.account.json(),
            "date": world.clock.date(),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        world.updates.tell("my_chat_member", change, str(self.id))

    def _starts_in(self, group: Group, payload: str, rights: set[str], first: First | None) -> None:
        if rights and self.client.upgrades_for_rights and group.chat.kind == "group":
            group.migrates(by=self)
        chosen = first or self.client.first
        picker.start_in_group(
            self.stage.world, self.account, group.chat, payload=payload, rights=rights, first=chosen
        )

    def _check_offered(self, group: Group, request: Json) -> None:
        member = group.chat.member(self.account)
        assert member.inside, f"{self.name} is not in {group.title!r}"
        wanted = [r for r, on in (request.get("user_administrator_rights") or {}).items() if on]
        lacking = [r for r in wanted if r in RIGHTS and not member.can(r)]
        owns = member.status == "creator" or not request.get("chat_is_created")
        assert owns, f"the picker offers {self.name} only groups they own"
        assert not lacking, f"the picker does not offer {group.title!r} to {self.name}: {lacking}"

    def _heard(self, words: str) -> Post | None:
        bot = self.stage.world.bot
        new = [p for p in self.chat.posts if p.stamp > self.chat.acted and p.author is bot and not p.deleted]
        return next((post for post in new if words in post.text), None)

    def _hoped(self, words: str) -> str:
        return f"{words!r} to {self.name}, who sees {self.sees()[-4:]}"
