"""Groups as people use them: who is in, what is said, what happens to the bot, the move to a supergroup."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tests.strict.stage import WITHIN, deed
from tests.telegram_server import picker
from tests.telegram_server.accounts import RIGHTS, Account, Link, Member
from tests.telegram_server.members import enter, leave, rights_in, set_member
from tests.telegram_server.posts import write
from tests.telegram_server.stage import Stage
from tests.telegram_server.world import Chat, Kind, Post


if TYPE_CHECKING:
    from tests.telegram_server.people import Person

USUAL_RIGHTS = ("can_manage_chat", "can_invite_users", "can_pin_messages")


@dataclass(eq=False)
class Group:
    """A group chat; after `migrates` it stands for the new supergroup."""

    stage: Stage
    chat: Chat
    old_ids: set[int] = field(default_factory=set)

    @classmethod
    def new(cls, stage: Stage, title: str, owner: Person, members: list[Person], kind: Kind) -> Group:
        """Makes a group that people are in, without the bot."""
        with stage.lock:
            chat = stage.world.new_group(title, kind)
            chat.members[owner.id] = Member(owner.account, "creator")
            for person in members:
                chat.members[person.id] = Member(person.account, "member")
            write(stage.world, chat, owner.account, {f"{kind}_chat_created": True})
            return cls(stage, chat)

    @property
    def id(self) -> int:
        """Gives the chat id now."""
        return self.chat.id

    @property
    def all_ids(self) -> set[int]:
        """Gives the chat id and those it had before."""
        return {self.chat.id} | self.old_ids

    @property
    def title(self) -> str:
        """Gives the title."""
        return self.chat.title

    @property
    def owner(self) -> Account:
        """Gives who made the group."""
        return next(m.account for m in self.chat.members.values() if m.status == "creator")

    @property
    def names(self) -> set[str]:
        """Gives the first names of the people who are in it now."""
        return {account.first_name for account in self.chat.people()}

    def status(self, who: Person | None = None) -> str:
        """Gives what somebody (or the bot) is here."""
        account = who.account if who else self.stage.world.bot
        return self.chat.member(account).status

    def sees(self) -> list[str]:
        """Gives the group as its members read it."""
        with self.stage.lock:
            return [str(post) for post in self.chat.posts if not post.deleted]

    def say(
        self, person: Person, text: str, *, reply_to: Post | None = None, anonymous: bool = False
    ) -> Post:
        """Lets somebody write here."""
        return person.say(text, to=self, reply_to=reply_to, anonymous=anonymous)

    async def hears(self, words: str, within: float = WITHIN) -> Post:
        """Waits (in a loop) for a message of the bot with these words, since a person last acted here."""
        return await self.stage.until(lambda: self._heard(words), within, f"{words!r} in {self.title!r}")

    def waits_for(self, words: str, within: float = WITHIN) -> Post:
        """Does the same as `hears`, blocking the thread."""
        return self.stage.wait_for(lambda: self._heard(words), within, f"{words!r} in {self.title!r}")

    @deed
    def adds(self, person: Person, *, by: Person | None = None) -> None:
        """Lets a member bring somebody in."""
        enter(self.stage.world, self.chat, person.account, by=by.account if by else self.owner)

    @deed
    def removes(self, person: Person, *, by: Person | None = None) -> None:
        """Lets an administrator remove somebody."""
        by_account = by.account if by else self.owner
        leave(self.stage.world, self.chat, person.account, by=by_account, kicked=True)

    @deed
    def promotes(
        self,
        person: Person,
        rights: tuple[str, ...] = RIGHTS,
        *,
        anonymous: bool = False,
        by: Person | None = None,
    ) -> None:
        """Makes somebody an administrator, who may be anonymous (in a supergroup)."""
        assert not anonymous or self.chat.kind == "supergroup", (
            "only supergroups know anonymous administrators"
        )
        by_account = by.account if by else self.owner
        if person.account is self.owner:
            self.chat.members[person.id] = replace(self.chat.member(person.account), anonymous=anonymous)
            return
        set_member(
            self.stage.world,
            self.chat,
            person.account,
            "administrator",
            by=by_account,
            rights=rights,
            anonymous=anonymous,
        )

    @deed
    def demotes(self, person: Person, *, by: Person | None = None) -> None:
        """Makes an administrator a plain member."""
        by_account = by.account if by else self.owner
        set_member(self.stage.world, self.chat, person.account, "member", by=by_account)

    @deed
    def adds_bot(self, by: Person, rights: tuple[str, ...] = USUAL_RIGHTS) -> None:
        """Lets a member add the bot, with rights or (`rights=()`) as a plain member."""
        picker.add_bot(self.stage.world, self.chat, by.account, set(rights))

    @deed
    def sets_bot_rights(self, *rights: str, by: Person | None = None) -> None:
        """Changes what the bot may do; without any right it becomes a plain member."""
        by_account = by.account if by else self.owner
        status = "administrator" if rights else "member"
        if rights and self.chat.kind == "group":
            assert set(rights) <= rights_in(self.chat, ()), "a basic group gives all rights or none"
        set_member(
            self.stage.world,
            self.chat,
            self.stage.world.bot,
            status,  # type: ignore[arg-type]
            by=by_account,
            rights=rights,
        )

    @deed
    def silences_bot(self, by: Person | None = None) -> None:
        """Restricts the bot so that it may not write."""
        by_account = by.account if by else self.owner
        bot = self.stage.world.bot
        set_member(self.stage.world, self.chat, bot, "restricted", by=by_account, may_write=False)

    @deed
    def removes_bot(self, *, by: Person | None = None, banned: bool = True) -> None:
        """Removes the bot; `banned=False` leaves it `left` instead of `kicked`."""
        by_account = by.account if by else self.owner
        leave(self.stage.world, self.chat, self.stage.world.bot, by=by_account, kicked=banned)

    @deed
    def migrates(self, by: Person | None = None) -> None:
        """Makes the basic group a supergroup: a new id, notices on both sides, invite links gone."""
        assert self.chat.kind == "group", "it is a supergroup already"
        world, old = self.stage.world, self.chat
        author = by.account if by else self.owner
        new = world.new_group(old.title, "supergroup")
        new.members = {key: replace(member, link=None) for key, member in old.members.items()}
        write(world, old, author, {"migrate_to_chat_id": new.id})
        old.migrated_to = new.id
        old.links.clear()
        old.keyboards.clear()
        self.old_ids.add(old.id)
        self.chat = new
        write(world, new, author, {"migrate_from_chat_id": old.id})

    @deed
    def deletes(self) -> None:
        """Lets the owner delete the group for everybody."""
        set_member(self.stage.world, self.chat, self.stage.world.bot, "left", by=self.owner)
        self.chat.deleted = True

    @deed
    def renames(self, title: str, *, by: Person) -> None:
        """Changes the title."""
        self.chat.title = title
        write(self.stage.world, self.chat, by.account, {"new_chat_title": title})

    @deed
    def makes_link(self, by: Person, *, asks: bool = False, member_limit: int | None = None) -> str:
        """Lets a person make an invite link of their own and gives its URL."""
        url = f"https://t.me/+{secrets.token_urlsafe(12)}"
        self.chat.links.append(Link(url, by.account, asks=asks, member_limit=member_limit))
        return url

    def _heard(self, words: str) -> Post | None:
        bot = self.stage.world.bot
        new = [p for p in self.chat.posts if p.stamp > self.chat.acted and p.author is bot and not p.deleted]
        return next((post for post in new if words in post.text), None)
