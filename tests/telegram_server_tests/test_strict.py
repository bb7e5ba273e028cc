"""The stand-in for Telegram refuses what the Bot API does not know, in Telegram's words."""

from __future__ import annotations

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
)
from telegram.error import BadRequest, InvalidToken

from tests.telegram_server import Person, TelegramServer


pytestmark = pytest.mark.wire


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<p>hi</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("é <b>x</i>", 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'),
        ("1 < 2 > 0", 'Unsupported start tag "" at byte offset 2'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
    ],
)
async def test_broken_html_is_refused_in_telegrams_words(
    server: TelegramServer, bot: Bot, ana: Person, source: str, complaint: str
) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(ana.id, source, parse_mode="HTML")

    assert refused.value.message.lower() == f"can't parse entities: {complaint}".lower()
    assert [v.method for v in server.violations] == ["sendMessage"]


async def test_lengths_count_after_parsing(server: TelegramServer, bot: Bot, ana: Person) -> None:
    await bot.send_message(ana.id, f"<b>{'é' * 4096}</b>", parse_mode="HTML")

    with pytest.raises(BadRequest, match=r"(?i)Message is too long"):
        await bot.send_message(ana.id, "é" * 4097)
    with pytest.raises(BadRequest, match=r"(?i)Message text is empty"):
        await bot.send_message(ana.id, "<b> </b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match=r"(?i)Message caption is too long"):
        await bot.send_photo(ana.id, b"picture", caption="x" * 1025)
    assert len(server.violations) == 3


@pytest.mark.parametrize("mode", ["Markdown", "MarkdownV2", "html5"])
async def test_only_html_is_spoken_here(server: TelegramServer, bot: Bot, ana: Person, mode: str) -> None:
    with pytest.raises(BadRequest, match=r"(?i)Unsupported parse_mode"):
        await bot.send_message(ana.id, "x", parse_mode=mode)

    assert server.violations


async def test_an_entity_beyond_the_text_is_refused(bot: Bot, ana: Person) -> None:
    with pytest.raises(BadRequest, match="ends after the end of the text"):
        await bot.send_message(ana.id, "short", entities=[MessageEntity("bold", 0, 6)])


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ([[InlineKeyboardButton("x", callback_data="é" * 33)]], "Button_data_invalid"),
        ([[InlineKeyboardButton("x", callback_data="x")] * 9], "Reply markup is too long"),
        ([[InlineKeyboardButton("x", callback_data="x")]] * 101, "Reply markup is too long"),
        ([[InlineKeyboardButton("x")]], "Text buttons are not allowed in the inline keyboard"),
        ([[InlineKeyboardButton("x", url="nowhere")]], "Wrong HTTP URL"),
    ],
)
async def test_buttons_that_no_client_could_show_are_refused(
    server: TelegramServer, bot: Bot, ana: Person, markup: list[list[InlineKeyboardButton]], words: str
) -> None:
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        await bot.send_message(ana.id, "x", reply_markup=InlineKeyboardMarkup(markup))

    assert len(server.violations) == 1


@pytest.mark.parametrize(
    ("method", "body", "words"),
    [
        ("sendMessage", {"chat_id": 1}, "message text is empty"),
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1, "text": "x", "colour": "red"}, 'unknown parameter "colour"'),
        ("sendMessage", {"chat_id": 1, "text": 5}, 'Field "text" must be of type String'),
        ("getUpdates", {"limit": 101}, "limit must be 1-100"),
        ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a"}]}, 'Can\'t find field "description"'),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    ],
)
async def test_a_call_against_the_specification_is_refused_and_noted(
    server: TelegramServer, method: str, body: dict[str, object], words: str
) -> None:
    async with httpx.AsyncClient(base_url=f"{server.base_url}{server.token}/") as client:
        answer = await client.post(method, json=body)

    assert (answer.status_code, answer.json()["ok"]) == (400, False)
    assert words in answer.json()["description"]
    assert [v.method for v in server.violations] == [method]


async def test_unknown_methods_and_tokens_are_refused(server: TelegramServer) -> None:
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"{server.base_url}{server.token}/createGroup")).status_code == 404
        assert (await client.get(f"{server.base_url}1:x/getMe")).status_code == 401
    with pytest.raises(InvalidToken):
        async with Bot("1:x", base_url=server.base_url):
            pass

    assert [v.method for v in server.violations] == ["createGroup"]


async def test_commands_and_descriptions_are_kept_by_scope_and_language(
    server: TelegramServer, bot: Bot
) -> None:
    await bot.set_my_commands([BotCommand("apply", "Join a round")])
    await bot.set_my_commands([BotCommand("apply", "Participar")], language_code="pt")
    await bot.set_my_short_description("Partners across the world")

    assert [c.description for c in await bot.get_my_commands(language_code="pt")] == ["Participar"]
    assert await bot.get_my_commands(language_code="es") == ()
    with pytest.raises(BadRequest, match="short_description must be 0-120 chars"):
        await bot.set_my_short_description("x" * 121)
    assert len(server.violations) == 1
