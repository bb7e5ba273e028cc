"""Chats keep their identity, and every way of not getting one has its error."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack_server import Person, SlackServer, library
from tests.slack_server_tests.apps import actions, button, section
from tests.slack_server_tests.test_web_api import error_of


pytestmark = pytest.mark.wire


async def test_the_same_people_get_the_same_room(
    server: SlackServer, bot: AsyncWebClient, ana: Person, ben: Person
) -> None:
    first = await bot.conversations_open(users=[ana.id, ben.id])
    again = await bot.conversations_open(users=[ben.id, ana.id, ben.id])

    assert again["channel"]["id"] == first["channel"]["id"]
    assert (first.get("already_open"), again["already_open"], again["no_op"]) == (None, True, True)
    assert (first["channel"]["is_mpim"], first["channel"]["id"][0]) == (True, "C")
    assert ana.rooms[0].names == ["Ana", "Ben", "Antipode"]


async def test_a_trio_is_another_room(
    server: SlackServer, bot: AsyncWebClient, ana: Person, ben: Person
) -> None:
    cem = server.user("Cem")
    await bot.conversations_open(users=[ana.id, ben.id])
    await bot.conversations_open(users=f"{ana.id},{ben.id},{cem.id}")

    assert [len(room.names) for room in ana.rooms] == [3, 4]
    assert [len(room.names) for room in cem.rooms] == [4]


async def test_looking_up_makes_no_room(bot: AsyncWebClient, ana: Person, ben: Person) -> None:
    looking = bot.conversations_open(users=[ana.id, ben.id], prevent_creation=True)

    assert await error_of(looking) == "channel_not_found"
    assert ana.rooms == []


@pytest.mark.parametrize(
    ("profile", "error"),
    [
        ({"deleted": True}, "user_disabled"),
        ({"is_bot": True}, "cannot_dm_bot"),
        ({"visible": False}, "user_not_visible"),
        ({"stranger": True}, "invalid_user_combination"),
    ],
)
async def test_one_bad_member_fails_the_whole_call(
    server: SlackServer, bot: AsyncWebClient, ana: Person, profile: dict[str, Any], error: str
) -> None:
    other = server.user("Other", **profile)

    assert await error_of(bot.conversations_open(users=[ana.id, other.id])) == error
    assert server.violations == []


async def test_a_room_has_no_more_than_eight_people(server: SlackServer, bot: AsyncWebClient) -> None:
    people = [server.user(f"Reader {number}").id for number in range(9)]

    assert await error_of(bot.conversations_open(users=people)) == "too_many_users"
    assert (await bot.conversations_open(users=people[:8]))["ok"]


async def test_posting_to_a_person_posts_to_their_dm(
    server: SlackServer, bot: AsyncWebClient, ana: Person
) -> None:
    opened = await bot.conversations_open(users=ana.id)
    posted = await bot.chat_postMessage(channel=ana.id, text="Hello")

    assert posted["channel"] == opened["channel"]["id"]
    assert server.accepted == {(posted["channel"], "Hello"): 1}


async def test_a_private_channel_for_a_pair(
    server: SlackServer, bot: AsyncWebClient, ana: Person, ben: Person
) -> None:
    channel = (await bot.conversations_create(name="pair-ana-ben", is_private=True))["channel"]["id"]
    await bot.conversations_invite(channel=channel, users=[ana.id, ben.id])
    await bot.conversations_setTopic(channel=channel, topic="Week 1")

    assert await error_of(bot.conversations_create(name="pair-ana-ben", is_private=True)) == "name_taken"
    assert server.chat(channel).names == ["Antipode", "Ana", "Ben"]
    assert server.chat(channel).topic == "Week 1"

    await bot.conversations_archive(channel=channel)
    assert await error_of(bot.chat_postMessage(channel=channel, text="hi")) == "is_archived"
    assert server.violations == []


async def test_guests_cannot_be_invited(server: SlackServer, bot: AsyncWebClient, ana: Person) -> None:
    guest, single = server.user("Gus", restricted=True), server.user("Sal", ultra_restricted=True)
    channel = server.channel("library", ana).id

    assert await error_of(bot.conversations_invite(channel=channel, users=guest.id)) == "user_is_restricted"
    assert await error_of(bot.conversations_invite(channel=channel, users=single.id)) == "ura_max_channels"


async def test_a_channel_without_the_bot_is_not_there(
    server: SlackServer, bot: AsyncWebClient, ana: Person
) -> None:
    secret = server.channel("secret", ana, bot=False)

    assert await error_of(bot.conversations_info(channel=secret.id)) == "channel_not_found"
    secret.adds_bot(by=ana)
    shown = (await bot.conversations_info(channel=secret.id))["channel"]
    assert (shown["is_private"], shown["is_ext_shared"], shown["is_mpim"]) == (True, False, False)
    members = await bot.conversations_members(channel=secret.id)
    assert members["members"] == [ana.id, server.team.bot.id]


async def test_a_shared_channel_says_so(server: SlackServer, bot: AsyncWebClient, ana: Person) -> None:
    channel = server.channel("directors", ana)

    channel.is_shared_with("T0ELSEWHERE")

    assert (await bot.conversations_info(channel=channel.id))["channel"]["is_ext_shared"]
    assert [delivery.label for delivery in server.deliveries] == ["channel_shared"]


async def test_messages_are_changed_and_deleted_by_their_author_only(
    server: SlackServer, bot: AsyncWebClient, ana: Person
) -> None:
    mine = ana.writes("hello")
    posted = await bot.chat_postMessage(channel=ana.id, text="Pick one")
    where, ts = posted["channel"], posted["ts"]

    await bot.chat_update(channel=where, ts=ts, text="Picked: A")

    assert ana.sees() == ["Ana: hello", "Antipode: Picked: A"]
    assert await error_of(bot.chat_update(channel=where, ts="1.0", text="x")) == "message_not_found"
    assert await error_of(bot.chat_update(channel=where, ts=ts, text="x" * 4001)) == "msg_too_long"
    assert await error_of(bot.chat_update(channel=where, ts=mine.ts, text="x")) == "cant_update_message"
    await bot.chat_delete(channel=where, ts=ts)
    assert ana.sees() == ["Ana: hello"]


async def test_an_update_says_what_becomes_of_the_blocks(
    server: SlackServer, bot: AsyncWebClient, ana: Person
) -> None:
    choice = [section("Pick one"), actions(button("A"))]
    posted = await bot.chat_postMessage(channel=ana.id, text="Pick one", blocks=choice)
    where, ts = posted["channel"], posted["ts"]

    await bot.chat_update(channel=where, ts=ts, text="Picked: A")
    assert (ana.sees(), len(server.violations)) == (["Antipode: Pick one [A]"], 1)

    await bot.chat_update(channel=where, ts=ts, text="Picked: A", blocks=[])
    assert (ana.sees(), len(server.violations)) == (["Antipode: Picked: A"], 1)


async def test_histories_show_metadata_on_demand(server: SlackServer, ana: Person) -> None:
    bot = library(server)
    metadata = {"event_type": "key", "event_payload": {"key": "prompt/1"}}
    where = (await bot.chat_postMessage(channel=ana.id, text="Hello", metadata=metadata))["channel"]

    plain = await bot.conversations_history(channel=where)
    full = await bot.conversations_history(channel=where, include_all_metadata=True)

    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == metadata
    ts = full["messages"][0]["ts"]
    assert (await bot.conversations_history(channel=where, latest=ts))["messages"] == []
    found = await bot.conversations_history(channel=where, latest=ts, inclusive=True, limit=1)
    assert [message["text"] for message in found["messages"]] == ["Hello"]


async def test_an_ephemeral_message_is_for_one(
    server: SlackServer, bot: AsyncWebClient, ana: Person, ben: Person
) -> None:
    channel = server.channel("directors", ana, ben)
    stranger = server.user("Eve")

    posted = await bot.chat_postEphemeral(channel=channel.id, user=ana.id, text="Only you")

    assert (ana.sees(channel), ben.sees(channel)) == (["Antipode: Only you"], [])
    update = bot.chat_update(channel=channel.id, ts=posted["message_ts"], text="x")
    assert await error_of(update) == "message_not_found"
    other = bot.chat_postEphemeral(channel=channel.id, user=stranger.id, text="x")
    assert await error_of(other) == "user_not_in_channel"
