"""How the bot is set up at Telegram: its name, its menus, and the check of both."""

import pytest

from adapters.clock import VirtualClock
from adapters.telegram.chat import TelegramChat
from adapters.telegram.check import Fact, facts
from adapters.telegram.menu import publish
from bot.ports import (
    RetryLater,
)
from tests.telegram.given import NOW, chat_for
from tests.telegram.wired import program_of
from tests.telegram_server import Fault, Group, Person, TelegramServer


pytestmark = pytest.mark.wire


async def test_the_bot_knows_who_it_is(server: TelegramServer, chat: TelegramChat) -> None:
    assert (chat.me.id, chat.me.username) == (server.bot.id, "antipode_bot")
    with pytest.raises(RuntimeError):
        _ = chat_for(server).me


async def test_menus_are_set_for_each_kind_of_chat(
    server: TelegramServer, chat: TelegramChat, group: Group
) -> None:
    await publish(chat, program_of("antipode_bot"), str(group.id))

    scopes = [call.params["scope"]["type"] for call in server.calls_of("setMyCommands")]
    counts = [len(call.params["commands"]) for call in server.calls_of("setMyCommands")]
    assert (scopes, counts) == (["all_private_chats", "all_group_chats", "chat"], [16, 5, 19])


async def test_a_menu_that_cannot_be_set_says_so(server: TelegramServer, chat: TelegramChat) -> None:
    server.fail_next("setMyCommands", Fault.TOO_MANY)

    with pytest.raises(RetryLater):
        await publish(chat, program_of("antipode_bot"))


async def test_the_check_finds_everything_in_order(chat: TelegramChat, group: Group) -> None:
    found = await facts(chat, str(group.id))

    assert found == [
        Fact("telegram token", ok=True, found="@antipode_bot"),
        Fact("telegram groups", ok=True, found="can be added to groups"),
        Fact("telegram privacy", ok=True, found="privacy mode is on"),
        Fact("telegram directors' room", ok=True, found="private, the bot is an administrator"),
    ]
    assert len(await facts(chat)) == 3


async def test_the_check_finds_what_is_wrong_with_the_directors_room(
    server: TelegramServer, chat: TelegramChat, ana: Person, group: Group
) -> None:
    public = server.group("Public", ana, kind="supergroup")
    public.adds_bot(ana)
    public.chat.username = "public_group"
    group.removes_bot(banned=False)

    rooms = [str(ana.id), str(public.id), str(group.id), "-1", "directors"]
    found = [(await facts(chat, room))[-1] for room in rooms]

    assert [fact.ok for fact in found] == [False] * 5
    assert [fact.found for fact in found[:2]] == [
        "it is a private chat; a private group is needed.",
        "it is a public group; a private one is needed.",
    ]


async def test_the_check_finds_what_is_wrong_with_the_webhook(
    server: TelegramServer, chat: TelegramChat, ana: Person
) -> None:
    """What nobody hears otherwise: the bot is silent, and its log is empty."""
    ours, gone = "https://bot.example.org/telegram", "http://127.0.0.1:9/telegram"
    before = await facts(chat, webhook=ours)
    await chat.listen_at(ours, "a-secret-of-tests")
    found = [(await facts(chat, webhook=url))[-1] for url in (ours, gone)]
    await chat.listen_at(gone, "a-secret-of-tests")
    ana.say("hello")
    await server.until(lambda: server.webhook.last_error)
    found.append((await facts(chat, webhook=gone))[-1])
    await chat.listen_by_asking()

    assert before[-1] == Fact("telegram webhook", ok=True, found="not set yet; `antipode run` sets it")
    assert [(fact.name, fact.ok) for fact in found] == [
        ("telegram webhook", True), ("telegram webhook", False), ("telegram webhook", False),
    ]  # fmt: skip
    assert "another address" in found[1].found
    assert found[2].found.startswith("Telegram cannot deliver: ")
    assert found[2].found.endswith(" waiting)")


async def test_the_check_tells_a_wrong_token_from_a_silent_server(server: TelegramServer) -> None:
    clock = VirtualClock(NOW)
    wrong = TelegramChat("1:wrong", f"http://127.0.0.1:{server.port}", clock)
    silent = TelegramChat(server.token, "http://127.0.0.1:9", clock)

    names = [[(fact.name, fact.ok) for fact in await facts(each)] for each in (wrong, silent)]
    await wrong.close()
    await silent.close()

    assert names == [[("telegram token", False)], [("telegram", False)]]
