"""The stand-in for Telegram lets a person make a group for the bot: picker and link."""

from __future__ import annotations

import pytest
from telegram import (
    Bot,
    ChatAdministratorRights,
    KeyboardButton,
    KeyboardButtonRequestChat,
    ReplyKeyboardMarkup,
)
from telegram.error import BadRequest

from tests.telegram_server import Client, Group, Person, TelegramServer
from tests.telegram_server_tests.updates import kinds, news


pytestmark = pytest.mark.wire

RIGHTS = ChatAdministratorRights(
    is_anonymous=False,
    can_manage_chat=True,
    can_delete_messages=False,
    can_manage_video_chats=False,
    can_restrict_members=False,
    can_promote_members=False,
    can_change_info=False,
    can_invite_users=True,
    can_post_stories=False,
    can_edit_stories=False,
    can_delete_stories=False,
    can_pin_messages=True,
)
PICKER = ReplyKeyboardMarkup(
    [
        [
            KeyboardButton(
                "Create our chat",
                request_chat=KeyboardButtonRequestChat(
                    7,
                    chat_is_channel=False,
                    chat_is_created=True,
                    user_administrator_rights=RIGHTS,
                    bot_administrator_rights=RIGHTS,
                    bot_is_member=True,
                    request_title=True,
                ),
            )
        ]
    ],
    one_time_keyboard=True,
)


@pytest.mark.parametrize(
    ("first", "heard"),
    [
        ("my_chat_member", ["my_chat_member", "my_chat_member", "new_chat_members", "chat_shared"]),
        ("chat_shared", ["chat_shared", "my_chat_member", "my_chat_member", "new_chat_members"]),
    ],
)
async def test_the_picker_makes_a_group_with_the_bot_in_it(
    server: TelegramServer, bot: Bot, ana: Person, first: str, heard: list[str]
) -> None:
    await bot.send_message(ana.id, "Your room?", reply_markup=PICKER)
    await news(bot)
    group = ana.shares_new_group("Ana and Ben", first=first)  # type: ignore[arg-type]
    updates = await news(bot)
    shared = next(u.message.chat_shared for u in updates if u.message and u.message.chat_shared)
    member = await bot.get_chat_member(shared.chat_id, bot.id)

    assert kinds(updates) == heard
    assert (shared.request_id, shared.chat_id, shared.title) == (7, group.id, "Ana and Ben")
    assert (member.status, getattr(member, "can_invite_users", False)) == ("administrator", True)
    assert ana.keyboard == []
    assert server.violations == []


async def test_some_clients_share_a_group_without_the_bot(server: TelegramServer, bot: Bot) -> None:
    eva = server.user("Eva", client=Client(adds_bot=False))
    eva.say("/start")
    await bot.send_message(eva.id, "Your room?", reply_markup=PICKER)
    group = eva.shares_new_group("Nobody")

    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.get_chat_member(group.id, bot.id)


async def test_some_pickers_have_no_row_to_create_a_group(server: TelegramServer, bot: Bot) -> None:
    mac = server.user("Mac", client=Client(creates_groups=False))
    mac.say("/start")
    await bot.send_message(mac.id, "Your room?", reply_markup=PICKER)
    with pytest.raises(AssertionError, match="no row to create a group"):
        mac.shares_new_group("Nobody")
    mac.shares_group(server.group("Older", mac))

    assert kinds(await news(bot))[-1] == "chat_shared"


async def test_a_request_button_is_refused_in_a_group(server: TelegramServer, bot: Bot, room: Group) -> None:
    with pytest.raises(BadRequest, match=r"(?i)chats can be requested in private chats only"):
        await bot.send_message(room.id, "x", reply_markup=PICKER)

    assert len(server.violations) == 1


@pytest.mark.parametrize(
    ("first", "heard"),
    [
        ("my_chat_member", ["my_chat_member", "my_chat_member", "new_chat_members", "text"]),
        ("start", ["text", "my_chat_member", "my_chat_member", "new_chat_members"]),
    ],
)
async def test_a_startgroup_link_adds_the_bot_and_says_start_there(
    server: TelegramServer, bot: Bot, ana: Person, first: str, heard: list[str]
) -> None:
    group = server.group("Ana and Ben", ana)
    await news(bot)
    url = "https://t.me/antipode_bot?startgroup=p7&admin=invite_users+pin_messages"
    ana.opens(url, group=group, first=first)  # type: ignore[arg-type]
    updates = await news(bot)

    assert kinds(updates) == heard
    assert [u.message.text for u in updates if u.message and u.message.text] == ["/start@antipode_bot p7"]
    assert group.status() == "administrator"
