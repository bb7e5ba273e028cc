"""The methods that change, delete, pin or answer what is already there."""

from __future__ import annotations

from typing import Any

from tests.telegram_server.access import governed, visible, writable
from tests.telegram_server.entities import check_caption_source, check_length, read_text, refuse_same
from tests.telegram_server.errors import GONE, Json, bad_request, broken
from tests.telegram_server.markup import check_markup
from tests.telegram_server.posts import without_reply, write
from tests.telegram_server.updates import QUERY_LIFE
from tests.telegram_server.world import Chat, Post, World


TWO_DAYS = 48 * 3600

ACTIONS = """
typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker
find_location record_video_note upload_video_note
"""

REACTIONS = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥
🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨
🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""


def edit_text(world: World, p: Json) -> Any:
    """Carries out editMessageText."""
    text, entities = read_text(p)
    post = _own(world, p)
    if "text" not in post.data:
        raise bad_request("there is no text in the message to edit")
    check_length(text, edit=True)
    return _edit(world, post, p, {"text": text, "entities": entities})


def edit_caption(world: World, p: Json) -> Any:
    """Carries out editMessageCaption."""
    caption, entities = check_caption_source(p)
    post = _own(world, p)
    if "photo" not in post.data and "document" not in post.data:
        raise bad_request("there is no caption in the message to edit")
    return _edit(world, post, p, {"caption": caption, "caption_entities": entities})


def edit_markup(world: World, p: Json) -> Any:
    """Carries out editMessageReplyMarkup; without a markup it takes the buttons away."""
    return _edit(world, _own(world, p), p, {})


def delete_message(world: World, p: Json) -> Any:
    """Carries out deleteMessage."""
    post = visible(world, p["chat_id"]).find(p["message_id"])
    if post is None:
        raise bad_request("message to delete not found")
    if not _may_delete(world, post):
        raise bad_request("message can't be deleted")
    post.deleted = True
    return True


def delete_messages(world: World, p: Json) -> Any:
    """Carries out deleteMessages, which skips what it does not find and deletes all of the rest or none."""
    chat = visible(world, p["chat_id"])
    posts = [post for post in map(chat.find, p["message_ids"]) if post]
    if not all(_may_delete(world, post) for post in posts):
        raise bad_request("message can't be deleted")
    for post in posts:
        post.deleted = True
    return True


def answer_query(world: World, p: Json) -> Any:
    """Carries out answerCallbackQuery; once, and only within the life of the query."""
    query = world.queries.get(p["callback_query_id"])
    if query is None or query.answer is not None or world.clock.now() - query.at > QUERY_LIFE:
        raise bad_request(GONE)
    if "url" in p and f"t.me/{world.bot.username}?start=" not in p["url"]:
        raise broken("URL_INVALID")
    query.answer = p
    return True


def pin(world: World, p: Json) -> Any:
    """Carries out pinChatMessage, with the notice that everybody sees."""
    chat, post = _to_pin(world, p, "pin")
    if post in chat.pinned:
        chat.pinned.remove(post)
    chat.pinned.append(post)
    write(world, chat, world.bot, {"pinned_message": without_reply(post.data)})
    return True


def unpin(world: World, p: Json) -> Any:
    """Carries out unpinChatMessage."""
    chat, post = _to_pin(world, p, "unpin")
    chat.pinned.remove(post)
    return True


def send_action(world: World, p: Json) -> Any:
    """Carries out sendChatAction."""
    if p["action"] not in ACTIONS.split():
        raise broken("wrong parameter action in request")
    writable(world, p["chat_id"])
    return True


def set_reaction(world: World, p: Json) -> Any:
    """Carries out setMessageReaction."""
    reactions = p.get("reaction", [])
    if len(reactions) > 1 or any(r.get("emoji", "👍") not in REACTIONS.split() for r in reactions):
        raise broken("REACTION_INVALID")
    if visible(world, p["chat_id"]).find(p["message_id"]) is None:
        raise bad_request("message to react not found")
    return True


def _own(world: World, p: Json) -> Post:
    if "inline_message_id" in p:
        raise broken("inline messages are not modelled")
    for name in ("chat_id", "message_id"):
        if name not in p:
            raise broken(
                "message identifier is not specified" if name == "message_id" else "chat_id is empty"
            )
    chat = writable(world, p["chat_id"])
    check_markup(p.get("reply_markup"), private=chat.private)
    post = chat.find(p["message_id"])
    if post is None:
        raise bad_request("message to edit not found")
    if post.author is not world.bot or post.keyboard or "forward_origin" in post.data:
        raise bad_request("message can't be edited")
    return post


def _edit(world: World, post: Post, p: Json, content: Json) -> Json:
    new = {k: v for k, v in (post.data | content).items() if v or k not in content}
    new.pop("reply_markup", None)
    if p.get("reply_markup", {}).get("inline_keyboard"):
        new["reply_markup"] = p["reply_markup"]
    refuse_same(post.data, new)
    post.data = new | {"edit_date": world.clock.date()}
    post.stamp = world.stamp()
    return post.data


def _may_delete(world: World, post: Post) -> bool:
    if world.clock.now() - post.data["date"] >= TWO_DAYS:
        return False
    own = post.author is world.bot
    return own or post.chat.private or world.bot_in(post.chat).can("can_delete_messages")


def _to_pin(world: World, p: Json, verb: str) -> tuple[Chat, Post]:
    chat = writable(world, p["chat_id"])
    wanted = p.get("message_id")
    among = chat.pinned if verb == "unpin" else chat.posts
    found = [post for post in among if not post.deleted and post.id in {wanted, wanted or post.id}]
    if not found or (wanted and found[-1].id != wanted):
        raise bad_request(f"message to {verb} not found")
    if not chat.private:
        governed(world, chat.id, "can_pin_messages")
    return chat, found[-1]
