"""What the bot is told, in short."""

from __future__ import annotations

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update


YES_NO = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Yes", callback_data="y"), InlineKeyboardButton("No", callback_data="n")]]
)


async def news(bot: Bot) -> list[Update]:
    """Gives all waiting updates and confirms them."""
    updates = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return list(updates)


def kinds(updates: list[Update]) -> list[str]:
    """Gives in one word each what the updates tell."""
    return [
        (u.message and _kind(u.message)) or next(iter(u.to_dict().keys() - {"update_id"})) for u in updates
    ]


def _kind(message: object) -> str | None:
    names = ("chat_shared", "new_chat_members", "migrate_to_chat_id", "migrate_from_chat_id", "text")
    return next((name for name in names if getattr(message, name)), None)
