"""How messages come about and who sees them: storing, telling the bot, keyboards as a client keeps them.

Privacy mode: https://core.telegram.org/bots/features#privacy-mode.
"""

from __future__ import annotations

from tests.telegram_server.accounts import ANONYMOUS_ADMIN, Account
from tests.telegram_server.entities import piece
from tests.telegram_server.errors import Json
from tests.telegram_server.spec import check_spoken
from tests.telegram_server.world import Chat, Post, World


def write(
    world: World,
    chat: Chat,
    author: Account,
    content: Json,
    *,
    reply_to: Post | None = None,
    anonymous: bool = False,
    silent: bool = False,
) -> Post:
    """Puts a message into a chat and tells the bot if the bot may see it."""
    data: Json = {
        "message_id": world.new_message_id(chat),
        "date": world.clock.date(),
        "chat": chat.json(),
        "from": ANONYMOUS_ADMIN if anonymous else author.json(),
    }
    if anonymous:
        data["sender_chat"] = chat.json()
    if reply_to:
        data["reply_to_message"] = without_reply(reply_to.data)
    post = Post(chat, author, data | content, stamp=world.stamp())
    check_spoken(post.data, "Message")
    chat.posts.append(post)
    told = not silent and sees(world, post)
    post.seen = told or author is world.bot
    if told:
        tell(world, "message", post)
    if not post.is_service:
        chat.last_bot_post = author is world.bot
    return post


def tell(world: World, kind: str, post: Post) -> None:
    """Sends a message update to the bot."""
    if post.data["from"]["id"] == post.author.id:  # an anonymous administrator stays unknown
        meet(world, post.author)
    world.updates.tell(kind, post.data, str(post.chat.id))


def meet(world: World, account: Account) -> None:
    """Lets the bot know that an account exists, so that 403 takes the place of `chat not found`."""
    account.known = True
    world.private_chat(account)


def without_reply(data: Json) -> Json:
    """Gives a message without the one it replies to, as the Bot API nests only one."""
    return {name: value for name, value in data.items() if name != "reply_to_message"}


def sees(world: World, post: Post) -> bool:
    """Tells whether the bot is told of this message."""
    bot = world.bot_in(post.chat)
    if not post.chat.private and not bot.inside:
        return False
    if post.is_service:
        return True
    if post.chat.private or post.author is world.bot:
        return post.author is not world.bot
    if bot.status == "administrator" or not world.privacy:
        return True
    replied = post.data.get("reply_to_message", {}).get("from", {}).get("id")
    return replied == world.bot.id or _is_command(world, post)


def _is_command(world: World, post: Post) -> bool:
    commands = [piece(post.text, e) for e in post.entities if e["type"] == "bot_command"]
    for command in commands:
        _, at, target = command.partition("@")
        if target.lower() == world.bot.username.lower() or (not at and post.chat.last_bot_post):
            return True
    return False


def show_keyboard(post: Post) -> None:
    """Changes what the people in the chat see under their text field, as their clients would."""
    keyboard = post.keyboard
    if keyboard is None:
        return
    for person in _addressed(post, keyboard):
        if "keyboard" in keyboard:
            post.chat.keyboards[person.id] = post
        elif "remove_keyboard" in keyboard:
            post.chat.keyboards.pop(person.id, None)


def hide_one_time(chat: Chat, person: Account) -> None:
    """Hides a one-time keyboard after its use."""
    shown = chat.keyboards.get(person.id)
    if shown and shown.keyboard and shown.keyboard.get("one_time_keyboard"):
        del chat.keyboards[person.id]


def _addressed(post: Post, keyboard: Json) -> list[Account]:
    if not keyboard.get("selective"):
        return post.chat.people()
    replied = post.data.get("reply_to_message", {}).get("from", {}).get("id")
    named = {piece(post.text, e).lstrip("@").lower() for e in post.entities if e["type"] == "mention"}
    mentioned = {e["user"]["id"] for e in post.entities if e["type"] == "text_mention"}
    return [
        person
        for person in post.chat.people()
        if person.id == replied or person.id in mentioned or person.username.lower() in named
    ]
