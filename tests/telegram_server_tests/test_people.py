"""The stand-in for Telegram lets people and a bot talk as they would there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram import (
    Bot,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest, Forbidden, RetryAfter

from tests.telegram_server import Limits, Person, TelegramServer
from tests.telegram_server_tests.updates import YES_NO


pytestmark = pytest.mark.wire


async def test_a_message_arrives_with_its_formatting_and_buttons(
    server: TelegramServer, bot: Bot, ana: Person
) -> None:
    sent = await bot.send_message(
        ana.id, "Hello <b>😀 Ana</b> &amp; all", parse_mode="HTML", reply_markup=YES_NO
    )

    assert ana.sees() == ["Ana: /start", "Antipode: Hello 😀 Ana & all [Yes] [No]"]
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 6, 6)]
    assert server.accepted[ana.id, "Hello 😀 Ana & all"] == 1
    assert server.violations == []


async def test_a_person_is_out_of_reach_until_they_start_and_when_they_block(
    server: TelegramServer, bot: Bot, ana: Person
) -> None:
    ben = server.user("Ben")
    with pytest.raises(BadRequest, match=r"(?i)Chat not found"):
        await bot.send_message(ben.id, "x")
    server.group("Club", ana, ben).adds_bot(ana)
    ben.say("/hello", to=server.chat(-4_300_000_001))
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(ben.id, "x")
    ana.blocks_bot()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ana.id, "x")
    ana.unblocks_bot()
    await bot.send_message(ana.id, "welcome back")
    ana.deletes_account()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(ana.id, "x")

    changes = [u.my_chat_member for u in await bot.get_updates() if u.my_chat_member]
    private = [(c.old_chat_member.status, c.new_chat_member.status) for c in changes if c.chat.id == ana.id]
    assert private == [("member", "kicked"), ("kicked", "member")]
    assert server.violations == []


async def test_a_tap_reaches_the_bot_and_its_answer_reaches_the_person(
    server: TelegramServer, bot: Bot, ana: Person
) -> None:
    await bot.send_message(ana.id, "Sure?", reply_markup=YES_NO)
    tap = ana.tap("Yes")
    query = (await bot.get_updates())[-1].callback_query
    assert query
    await query.answer("Thanks!")
    await query.edit_message_text("Sure.")

    assert (query.data, query.from_user.id, tap.answered, tap.notice) == ("y", ana.id, True, "Thanks!")
    assert ana.sees()[-1] == "Antipode: Sure."
    with pytest.raises(AssertionError, match="sees no button 'Yes'"):
        ana.tap("Yes")


async def test_a_late_or_second_answer_to_a_tap_is_refused(
    server: TelegramServer, bot: Bot, ana: Person
) -> None:
    await bot.send_message(ana.id, "Sure?", reply_markup=YES_NO)
    early, late = ana.tap("Yes").query, ana.tap("No").query
    assert early
    assert late
    await bot.answer_callback_query(early.id)
    server.clock.advance(151)

    for query in (early, late):
        with pytest.raises(
            BadRequest, match=r"(?i)Query is too old and response timeout expired or query id is"
        ):
            await bot.answer_callback_query(query.id)


async def test_reply_keyboards_behave_as_in_a_client(server: TelegramServer, bot: Bot, ana: Person) -> None:
    keyboard = ReplyKeyboardMarkup([["Begin", KeyboardButton("My number", request_contact=True)]])
    await bot.send_message(ana.id, "Choose", reply_markup=keyboard)
    ana.tap("Begin")
    ana.tap("my number")
    assert ana.sees()[-2:] == ["Ana: Begin", "Ana: (contact)"]
    await bot.send_message(ana.id, "Once", reply_markup=ReplyKeyboardMarkup([["A"]], one_time_keyboard=True))
    ana.tap("A")
    assert ana.keyboard == []
    await bot.send_message(ana.id, "Choose", reply_markup=keyboard)
    await bot.send_message(ana.id, "Gone", reply_markup=ReplyKeyboardRemove())
    assert ana.keyboard == []

    with pytest.raises(BadRequest, match=r"(?i)Message can't be edited"):
        await bot.edit_message_text("x", ana.id, ana.last().id)


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, ana: Person) -> None:
    sent = await bot.send_message(ana.id, "Sure?", reply_markup=YES_NO)

    with pytest.raises(BadRequest, match=r"(?i)Message is not modified"):
        await sent.edit_text("Sure?", reply_markup=YES_NO)


async def test_files_come_and_go(server: TelegramServer, bot: Bot, ana: Person) -> None:
    await bot.send_document(ana.id, b"a,b\n1,2\n", filename="pairs.csv", caption="Pairs")
    ana.sends_photo("My cat")
    photo = (await bot.get_updates())[-1].message
    assert photo
    assert bytes(await (await photo.photo[-1].get_file()).download_as_bytearray()) == b"\xff\xd8\xff"
    copied = await bot.copy_message(ana.id, ana.id, photo.message_id)

    assert ana.sees()[1:] == ["Antipode: (document) Pairs", "Ana: (photo) My cat", "Antipode: (photo) My cat"]
    assert copied.message_id == ana.last().id


async def test_too_much_at_once_is_refused_with_how_long_to_wait(
    server: TelegramServer, bot: Bot, ana: Person
) -> None:
    for n in range(5):
        await bot.send_message(ana.id, f"{n}")
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(ana.id, "5")
    server.clock.advance(1)
    await bot.send_message(ana.id, "5")

    assert refused.value.retry_after == timedelta(seconds=1)
    assert server.too_many == {ana.id: 1}
    assert server.violations == []


async def test_a_group_takes_twenty_messages_a_minute(server: TelegramServer, bot: Bot, ana: Person) -> None:
    group = server.group("Club", ana)
    group.adds_bot(ana)
    for n in range(20):
        await bot.send_message(group.id, f"{n}")
        server.clock.advance(1)
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(group.id, "20")
    server.limits = Limits(on=False)
    await bot.send_message(group.id, "20")

    assert refused.value.retry_after == timedelta(seconds=40)
    assert server.times_told("20", group) == 1


async def test_people_write_more_than_short_texts(bot: Bot, ana: Person) -> None:
    ana.say("x" * 5000)
    first = ana.say("hello @ana see https://example.org")
    ana.edits(first, "hello again")
    ana.forwards("/round start", by=ana)
    ana.sends_sticker()
    ana.sends_voice()
    ana.sends_document()
    updates = (await bot.get_updates())[1:]
    messages = [u.effective_message for u in updates if u.effective_message]

    assert [len(m.text or "") for m in messages] == [4096, 904, 34, 11, 12, 0, 0, 0]
    assert [e.type for e in messages[2].entities] == ["mention", "url"]
    assert (bool(updates[3].edited_message), bool(messages[4].forward_origin)) == (True, True)
    assert all((messages[5].sticker, messages[6].voice, messages[7].document))


async def test_message_ids_are_unique_only_in_their_chat(
    server: TelegramServer, bot: Bot, ana: Person
) -> None:
    first, second = (server.group(title, ana, kind="supergroup") for title in ("One", "Two"))
    for group in (first, second):
        group.adds_bot(ana)
    ids = [(await bot.send_message(group.id, "x")).message_id for group in (first, second)]

    assert ids[0] == ids[1]
    assert min(first.id, second.id) < -(2**32)


async def test_windows_can_run_faster_than_time(server: TelegramServer, bot: Bot, ana: Person) -> None:
    server.limits = Limits(speed=60)
    for n in range(5):
        await bot.send_message(ana.id, f"{n}")
    server.clock.advance(2 / 60)
    await bot.send_message(ana.id, "5")

    assert not server.too_many
