"""What a person puts into a chat: texts, pictures, files, contacts, forwards, edits and deletions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.strict.stage import deed
from tests.telegram_server.accounts import Account
from tests.telegram_server.entities import found_entities
from tests.telegram_server.errors import Json
from tests.telegram_server.posts import meet, tell, write
from tests.telegram_server.sending import origin, store_file
from tests.telegram_server.spec import Upload
from tests.telegram_server.stage import Stage
from tests.telegram_server.world import Chat, Post


if TYPE_CHECKING:
    from tests.telegram_server.groups import Group

LONGEST_TEXT = 4096


@dataclass(eq=False)
class Writer:
    """Somebody with an account, who can write."""

    stage: Stage
    account: Account

    @property
    def id(self) -> int:
        """Gives the user id, which is the id of the private chat too."""
        return self.account.id

    @property
    def name(self) -> str:
        """Gives the first name."""
        return self.account.first_name

    @property
    def chat(self) -> Chat:
        """Gives the private chat with the bot."""
        return self.stage.world.private_chat(self.account)

    @deed
    def say(
        self, text: str, *, to: Group | None = None, reply_to: Post | None = None, anonymous: bool = False
    ) -> Post:
        """Writes a text to the bot, or into a group; a client splits what is longer than 4096."""
        text = text.strip()
        assert text, "a client sends no empty message"
        for start in range(0, len(text), LONGEST_TEXT):
            part = text[start : start + LONGEST_TEXT]
            entities = found_entities(part)
            content: Json = {"text": part} | ({"entities": entities} if entities else {})
            post = self.put(content, to, reply_to=reply_to, anonymous=anonymous)
        return post

    @deed
    def sends_photo(self, caption: str = "", *, to: Group | None = None) -> Post:
        """Sends a picture."""
        file_id = store_file(self.stage.world, Upload("photo.jpg", b"\xff\xd8\xff"), "photo")
        size = {"file_id": file_id, "file_unique_id": f"u{file_id}", "width": 640, "height": 480}
        return self.put({"photo": [size]} | ({"caption": caption} if caption else {}), to)

    @deed
    def sends_document(
        self, name: str = "notes.pdf", content: bytes = b"%PDF", *, to: Group | None = None
    ) -> Post:
        """Sends a file."""
        file_id = store_file(self.stage.world, Upload(name, content), "document")
        return self.put(
            {"document": {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_name": name}}, to
        )

    @deed
    def sends_sticker(self, emoji: str = "👍", *, to: Group | None = None) -> Post:
        """Sends a sticker."""
        file_id = store_file(self.stage.world, Upload("sticker.webp", b"RIFF"), "sticker")
        look = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        sticker = {"file_id": file_id, "file_unique_id": f"u{file_id}", "emoji": emoji} | look
        return self.put({"sticker": sticker}, to)

    @deed
    def sends_voice(self, *, to: Group | None = None) -> Post:
        """Sends a voice note."""
        file_id = store_file(self.stage.world, Upload("voice.ogg", b"OggS"), "voice")
        return self.put({"voice": {"file_id": file_id, "file_unique_id": f"u{file_id}", "duration": 3}}, to)

    @deed
    def shares_contact(self, of: Writer | None = None) -> Post:
        """Sends a contact: the own one, as with a "share my phone number" button, or another's."""
        account = (of or self).account
        contact = {
            "phone_number": account.phone,
            "first_name": account.first_name,
            "user_id": account.id,
        }
        return self.put({"contact": contact}, None)

    @deed
    def forwards(self, what: str | Post, *, by: Writer | None = None, to: Group | None = None) -> Post:
        """Forwards a message, or words that somebody (by default this person) wrote elsewhere."""
        author = what.author if isinstance(what, Post) else (by or self).account
        text = what.text if isinstance(what, Post) else what
        source = origin(author, self.stage.world.clock.date())
        entities = found_entities(text)
        content: Json = {"text": text, "forward_origin": source}
        return self.put(content | ({"entities": entities} if entities else {}), to)

    @deed
    def edits(self, post: Post, text: str) -> None:
        """Changes an own message; the bot hears of it if it saw the message."""
        assert post.author is self.account, "people edit only their own messages"
        entities = found_entities(text)
        post.data = {k: v for k, v in post.data.items() if k not in {"text", "entities"}}
        post.data |= {"text": text, "edit_date": self.stage.world.clock.date()}
        post.data |= {"entities": entities} if entities else {}
        if post.seen:
            tell(self.stage.world, "edited_message", post)

    @deed
    def deletes(self, post: Post) -> None:
        """Deletes a message; no bot ever hears of that."""
        post.deleted = True

    def put(
        self, content: Json, to: Group | None, *, reply_to: Post | None = None, anonymous: bool = False
    ) -> Post:
        """Puts any content into a chat as this person."""
        chat = self.acts_in(to)
        if to is None:
            self.account.started = True
            meet(self.stage.world, self.account)
        else:
            anonymous = anonymous or chat.member(self.account).anonymous
        return write(self.stage.world, chat, self.account, content, reply_to=reply_to, anonymous=anonymous)

    def acts_in(self, where: Group | None) -> Chat:
        """Gives the chat, if this person can act there now, and remembers the moment for `hears`."""
        chat = where.chat if where else self.chat
        assert not self.account.deactivated, f"{self.name}'s account is gone"
        if where is None:
            assert not self.account.blocked, f"{self.name} blocked the bot; unblock it first"
        else:
            assert chat.member(self.account).inside, f"{self.name} is not in {chat.title!r}"
        chat.acted = self.stage.world.stamp()
        return chat
