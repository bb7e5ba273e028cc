"""Rules for buttons that the fields' types cannot tell: how many, one action each, where they are allowed."""

from __future__ import annotations

import re

from tests.telegram_server.errors import Json, broken


MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
MOST_KEYBOARD_BUTTONS = 300
INT32 = 2**31

INLINE_ACTIONS = """url callback_data web_app login_url switch_inline_query switch_inline_query_current_chat
switch_inline_query_chosen_chat copy_text callback_game pay"""

# TDLib's words for a request button outside a private chat.
PRIVATE_ONLY = {
    "request_contact": "Phone number can be requested in private chats only",
    "request_location": "Location can be requested in private chats only",
    "request_poll": "Poll can be requested in private chats only",
    "request_users": "Users can be requested in private chats only",
    "request_chat": "Chats can be requested in private chats only",
    "request_managed_bot": "Managed bots can be requested in private chats only",
    "web_app": "Web App buttons can be used in private chats only",
}


def check_markup(markup: Json | None, *, private: bool) -> None:
    """Refuses buttons that Telegram would refuse, or that no client could show."""
    if markup is None:
        return
    if "inline_keyboard" in markup:
        _check_inline(markup["inline_keyboard"])
    if "keyboard" in markup:
        _check_keyboard(markup["keyboard"], private=private)
    if markup.get("remove_keyboard") is False or markup.get("force_reply") is False:
        raise broken("object expected as reply markup")


def buttons(rows: list[list[Json]]) -> list[Json]:
    """Gives all buttons of a keyboard, row by row."""
    return [button for row in rows for button in row]


def _check_inline(rows: list[list[Json]]) -> None:
    if len(buttons(rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise broken("reply markup is too long")
    if any(not row for row in rows):
        raise broken("reply markup has an empty row")
    for button in buttons(rows):
        if not button["text"].strip():
            raise broken("can't parse InlineKeyboardButton: Button text must be non-empty")
        actions = [name for name in INLINE_ACTIONS.split() if name in button]
        if not actions:
            raise broken(
                "can't parse InlineKeyboardButton: Text buttons are not allowed in the inline keyboard"
            )
        if len(actions) > 1:
            raise broken(f"can't parse InlineKeyboardButton: exactly one action is allowed, not {actions}")
        _check_url(button.get("url"))


def _check_url(url: str | None) -> None:
    if url is None or re.fullmatch(
        r"(?:https?://[^\s/]+\.[^\s/.]+|tg://\S+?|https?://localhost\S*?)(?:[/?#:]\S*)?", url
    ):
        return
    raise broken(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_keyboard(rows: list[list[Json]], *, private: bool) -> None:
    if not buttons(rows):
        raise broken("reply keyboard has no buttons")
    if len(buttons(rows)) > MOST_KEYBOARD_BUTTONS or any(len(row) > 12 for row in rows):
        raise broken("reply markup is too long")
    for button in buttons(rows):
        if not button["text"].strip():
            raise broken("Keyboard button text must be non-empty")
        requests = [name for name in PRIVATE_ONLY if button.get(name)]
        if len(requests) > 1:
            raise broken(f"can't parse KeyboardButton: at most one request is allowed, not {requests}")
        if requests and not private:
            raise broken(PRIVATE_ONLY[requests[0]])
        _check_request_chat(button.get("request_chat"))


def _check_request_chat(request: Json | None) -> None:
    if request is None:
        return
    if not -INT32 <= request["request_id"] < INT32:
        raise broken("can't parse KeyboardButtonRequestChat: request_id must be a signed 32-bit integer")
    wanted, own = request.get("user_administrator_rights"), request.get("bot_administrator_rights")
    if own is None:
        return
    # "The rights must be a superset of bot_administrator_rights."
    missing = [right for right, on in own.items() if on and not (wanted or {}).get(right)]
    if missing and wanted is not None:
        raise broken(f"USER_RIGHTS_MISSING: the person's rights lack {missing}")
