"""The methods that put a message into a chat."""

from __future__ import annotations

import copy
from typing import Any

from tests.telegram_server.access import visible, writable
from tests.telegram_server.accounts import Account
from tests.telegram_server.entities import check_caption_source, check_length, read_text
from tests.telegram_server.errors import Json, bad_request, broken
from tests.telegram_server.markup import check_markup
from tests.telegram_server.posts import show_keyboard, write
from tests.telegram_server.spec import Upload
from tests.telegram_server.world import CONTENT, Chat, Post, World


NOT_MODELLED = {
    "business_connection_id",
    "message_thread_id",
    "direct_messages_topic_id",
    "suggested_post_parameters",
    "message_effect_id",
}
NEVER_COPIED = {
    "message_id",
    "date",
    "edit_date",
    "chat",
    "from",
    "sender_chat",
    "reply_markup",
    "reply_to_message",
    "forward_origin",
}


def send_message(world: World, p: Json) -> Any:
    """Carries out sendMessage."""
    text, entities = read_text(p)
    check_length(text)
    content: Json = {"text": text}
    return _send(world, p, content | ({"entities": entities} if entities else {}))


def send_photo(world: World, p: Json) -> Any:
    """Carries out sendPhoto."""
    file_id = store_file(world, p["photo"], "photo")
    size = {"file_id": file_id, "file_unique_id": f"u{file_id}", "width": 800, "height": 600}
    return _send(world, p, {"photo": [size]} | _caption(p))


def send_document(world: World, p: Json) -> Any:
    """Carries out sendDocument."""
    file_id = store_file(world, p["document"], "document")
    name, content = world.files[file_id]
    document = {
        "file_id": file_id,
        "file_unique_id": f"u{file_id}",
        "file_name": name,
        "file_size": len(content),
    }
    return _send(world, p, {"document": document} | _caption(p))


def send_contact(world: World, p: Json) -> Any:
    """Carries out sendContact."""
    contact = {name: p[name] for name in ("phone_number", "first_name", "last_name", "vcard") if p.get(name)}
    owner = [a for a in world.accounts.values() if a.phone and a.phone == p["phone_number"]]
    return _send(world, p, {"contact": contact | ({"user_id": owner[0].id} if owner else {})})


def copy_message(world: World, p: Json) -> Any:
    """Carries out copyMessage."""
    post = _source(world, p, "copy")
    content = {k: v for k, v in copy.deepcopy(post.data).items() if k not in NEVER_COPIED}
    if "caption" in p and any(kind in content for kind in CONTENT):
        content = {k: v for k, v in content.items() if k not in {"caption", "caption_entities"}} | _caption(p)
    return {"message_id": _send(world, p, content)["message_id"]}


def copy_messages(world: World, p: Json) -> Any:
    """Carries out copyMessages, which skips what it does not find."""
    if p["message_ids"] != sorted(set(p["message_ids"])):
        raise broken("message identifiers must be in a strictly increasing order")
    writable(world, p["chat_id"])
    found = [i for i in p["message_ids"] if visible(world, p["from_chat_id"], moved=False).find(i)]
    return [copy_message(world, p | {"message_id": i}) for i in found]


def forward_message(world: World, p: Json) -> Any:
    """Carries out forwardMessage."""
    post = _source(world, p, "forward")
    content = {k: v for k, v in copy.deepcopy(post.data).items() if k not in NEVER_COPIED}
    content["forward_origin"] = post.data.get("forward_origin") or origin(post.author, post.data["date"])
    return _send(world, p, content)


def origin(author: Account, date: int) -> Json:
    """Gives where a forwarded message came from, as far as its author shows it."""
    if author.hides_forwards:
        return {"type": "hidden_user", "date": date, "sender_user_name": author.first_name}
    return {"type": "user", "date": date, "sender_user": author.json()}


def store_file(world: World, given: Upload | str, kind: str) -> str:
    """Keeps an upload, or finds the file that a file_id names; gives the file_id."""
    if isinstance(given, str):
        if given in world.files or given.startswith(("http://", "https://")):
            world.files.setdefault(given, (given.rpartition("/")[2], b"\0"))
            return given
        raise bad_request("wrong file identifier/HTTP URL specified")
    if not given.content:
        raise broken("file must be non-empty")
    file_id = f"{kind}-file-{len(world.files) + 1:06}"
    world.files[file_id] = (given.name, given.content)
    return file_id


def _caption(p: Json) -> Json:
    caption, entities = check_caption_source(p)
    content: Json = {"caption": caption} if caption else {}
    return content | ({"caption_entities": entities} if entities else {})


def _send(world: World, p: Json, content: Json) -> Json:
    for name in NOT_MODELLED & p.keys():
        raise broken(f"{name} is not modelled by this server")
    chat = writable(world, p["chat_id"])
    markup = p.get("reply_markup")
    check_markup(markup, private=chat.private)
    answered = _answered(chat, p.get("reply_parameters"))
    world.pacer.count(chat.id, now=world.clock.now())
    if markup and "inline_keyboard" in markup and markup["inline_keyboard"]:
        content["reply_markup"] = markup
    post = write(world, chat, world.bot, content, reply_to=answered)
    if markup and "inline_keyboard" not in markup:
        post.keyboard = markup
        show_keyboard(post)
    world.accepted[chat.id, post.text] += 1
    return post.data


def _answered(chat: Chat, reply: Json | None) -> Post | None:
    if not reply:
        return None
    post = chat.find(reply["message_id"])
    if post is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return post


def _source(world: World, p: Json, verb: str) -> Post:
    post = visible(world, p["from_chat_id"], moved=False).find(p["message_id"])
    if post is None or not post.seen:
        raise bad_request(f"message to {verb} not found")
    if post.is_service:
        raise bad_request(f"the message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return post
