"""Finding and pressing buttons: inline ones on messages, and those of the reply keyboard."""

from __future__ import annotations

from dataclasses import dataclass

from tests.telegram_server.accounts import Account
from tests.telegram_server.errors import Json
from tests.telegram_server.posts import meet
from tests.telegram_server.world import Chat, Post, Query, World


@dataclass(frozen=True, slots=True)
class Tap:
    """A press and what came of it; `answered` and `notice` fill in when the bot answers."""

    button: Json
    post: Post
    query: Query | None = None

    @property
    def answered(self) -> bool:
        """Tells whether the bot answered, so that the button stopped spinning."""
        return self.query is not None and self.query.answer is not None

    @property
    def notice(self) -> str:
        """Gives the text that the bot's answer showed."""
        answer = (self.query.answer if self.query else None) or {}
        return str(answer.get("text", ""))


def find(chat: Chat, person: Account, label: str, on: Post | None) -> tuple[Post, Json]:
    """Gives the button with this label on the newest message that has one, or in the reply keyboard."""
    if on:
        assert not on.deleted, "that message was deleted"
    shown = chat.keyboards.get(person.id)
    candidates = [on] if on else [p for p in reversed(chat.posts) if not p.deleted]
    for post in candidates:
        rows = post.inline or ((post.keyboard or {}).get("keyboard", []) if post is shown else [])
        if button := _match([button for row in rows for button in row], label, post):
            return post, button
    seen = [str(post) for post in chat.posts[-5:] if not post.deleted]
    raise AssertionError(f"{person.first_name} sees no button {label!r}; the last messages: {seen}")


def press(world: World, person: Account, post: Post, button: Json) -> Query:
    """Presses a callback button: the bot gets a callback query."""
    meet(world, person)
    query = Query(
        str(4_300_000_000_000_000_000 + len(world.queries)),
        person,
        post,
        button["callback_data"],
        world.clock.now(),
    )
    world.queries[query.id] = query
    told: Json = {
        "id": query.id,
        "from": person.json(),
        "message": post.data,
        "chat_instance": str(abs(post.chat.id) * 7919),
        "data": query.data,
    }
    world.updates.tell("callback_query", told, str(person.id))
    return query


def _match(buttons: list[Json], label: str, post: Post) -> Json | None:
    exact = [button for button in buttons if button["text"] == label]
    loose = exact or [button for button in buttons if label.lower() in button["text"].lower()]
    assert len(loose) < 2, f"{label!r} could be any of {[b['text'] for b in loose]} on {str(post)!r}"
    return loose[0] if loose else None
