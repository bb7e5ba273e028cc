"""Shared chats on the wire: opened once for the same people, and never stopped by one who cannot be there."""

from typing import Any

import pytest

from bot.events import RoomLost, RoomOpened, Unreachable
from bot.messages import Message, OpenRoom
from bot.ports import NotSent, Rejected, RetryLater, Sent, Uncertain
from tests.slack.sending import Sending, sending
from tests.slack_server import Fault, Person


def told(sent: Sent) -> list[tuple[str, str]]:
    """Give the events of an answer in short."""
    found = []
    for event in sent.events:
        match event:
            case RoomOpened():
                found.append(("opened", event.chat))
            case RoomLost():
                found.append(("lost", event.why))
            case Unreachable():
                assert event.sender is not None
                found.append((event.why, event.sender.account))
    return found


async def opens(s: Sending, *people: Person, title: str = "Ana and Ben", number: int = 1) -> Sent:
    body = OpenRoom(f"spring.{number}", tuple(range(1, len(people) + 1)), title)
    return await s.sends(body, people=people, key=f"room/spring.{number}")


async def test_a_pair_gets_a_group_conversation_and_the_core_hears_of_it() -> None:
    async with sending() as s:
        ana, ben = s.server.user("Ana"), s.server.user("Ben")

        sent = await opens(s, ana, ben)

        (room,) = s.server.rooms()
        assert told(sent) == [("opened", s.place(room.id))]
        (event,) = sent.events
        assert isinstance(event, RoomOpened)
        assert (event.about, event.checked, event.private) == ("spring.1", True, False)
        assert room.names == ["Ana", "Ben", "Antipode"]


async def test_the_same_people_get_the_same_conversation_and_three_get_one_too() -> None:
    async with sending() as s:
        ana, ben, cho = (s.server.user(name) for name in ("Ana", "Ben", "Cho"))

        first, again, three = (
            await opens(s, ana, ben),
            await opens(s, ben, ana),
            await opens(s, ana, ben, cho),
        )

        assert told(first) == told(again) != told(three)
        assert [room.names for room in s.server.rooms()] == [
            ["Ana", "Ben", "Antipode"],
            ["Ana", "Ben", "Cho", "Antipode"],
        ]


async def test_one_message_to_a_room_is_read_by_both() -> None:
    async with sending() as s:
        ana, ben = s.server.user("Ana"), s.server.user("Ben")
        opened = await opens(s, ana, ben)

        await s.sends(Message("Hello [Ben](person:2)"), told(opened)[0][1], people=(ana, ben))

        assert s.server.rooms()[0].sees() == [f"Antipode: Hello <@{ben.id}>"]


@pytest.mark.parametrize(
    ("about", "why"),
    [
        ({"deleted": True}, "deactivated"),
        ({"is_bot": True}, "bot"),
        ({"stranger": True}, "stranger"),
        ({"visible": False}, "not-visible"),
    ],
)
async def test_the_one_who_cannot_be_there_is_found_out(about: dict[str, Any], why: str) -> None:
    async with sending() as s:
        ana, bad = s.server.user("Ana"), s.server.user("Bad", **about)

        sent = await opens(s, ana, bad)

        assert told(sent) == [(why, s.account(bad))]
        assert s.server.rooms() == []


async def test_of_three_the_other_two_get_their_chat() -> None:
    async with sending() as s:
        ana, bad, cho = s.server.user("Ana"), s.server.user("Bad", deleted=True), s.server.user("Cho")

        sent = await opens(s, ana, bad, cho)

        (room,) = s.server.rooms()
        assert told(sent) == [("opened", s.place(room.id)), ("deactivated", s.account(bad))]
        assert room.names == ["Ana", "Cho", "Antipode"]


async def test_people_of_two_workspaces_have_no_room_on_slack() -> None:
    async with sending() as s:
        eve = s.server.user("Eve", team=s.server.new_team("Museums"))

        sent = await opens(s, s.server.user("Ana"), eve)

        assert told(sent) == [("lost", "two-workspaces")]


async def test_a_room_of_nobody_is_a_defect() -> None:
    async with sending() as s:
        with pytest.raises(Rejected):
            await opens(s)


async def test_a_conversation_whose_answer_was_lost_is_the_same_the_next_time() -> None:
    async with sending() as s:
        ana, ben = s.server.user("Ana"), s.server.user("Ben")
        s.server.faults.plan("conversations.open", Fault.RESET_AFTER)

        with pytest.raises(Uncertain):
            await opens(s, ana, ben)
        sent = await opens(s, ana, ben)

        assert told(sent) == [("opened", s.place(s.server.rooms()[0].id))]


@pytest.mark.parametrize("method", ["conversations.open", "users.info"])
async def test_a_refusal_of_any_call_on_the_way_is_waited_for(method: str) -> None:
    async with sending() as s:
        ana, bad = s.server.user("Ana"), s.server.user("Bad", deleted=True)
        s.server.faults.plan(method, Fault.TOO_MANY)

        with pytest.raises(RetryLater):
            await opens(s, ana, bad)


async def test_a_private_channel_has_the_pair_the_bot_a_name_and_a_topic() -> None:
    async with sending(channels=True) as s:
        ana, ben = s.server.user("Ána"), s.server.user("Ben")

        sent = await opens(s, ana, ben, title="Ána & Ben")

        channel = s.server.chat(told(sent)[0][1].partition("/")[2])
        assert (channel.kind, channel.chat.name, channel.topic) == (
            "private",
            "spring-1-ana-ben",
            "Ána & Ben",
        )
        assert sorted(channel.names) == ["Antipode", "Ben", "Ána"]


async def test_a_channel_whose_answer_was_lost_is_found_by_its_name() -> None:
    async with sending(channels=True) as s:
        ana, ben = s.server.user("Ana"), s.server.user("Ben")
        s.server.faults.plan("conversations.create", Fault.RESET_AFTER)
        s.server.faults.plan("conversations.invite", Fault.RESET_AFTER)

        for _ in range(2):
            with pytest.raises((Uncertain, NotSent)):
                await opens(s, ana, ben)
        first, again = await opens(s, ana, ben), await opens(s, ana, ben)

        assert told(first) == told(again)
        assert len(s.server.calls_of("conversations.create")) == 4
        assert len([chat for chat in s.server.world.chats.values() if chat.kind == "private"]) == 1


async def test_a_name_that_somebody_else_has_is_counted_on() -> None:
    async with sending(channels=True) as s:
        ana, ben = s.server.user("Ana"), s.server.user("Ben")
        s.server.channel("spring-1-ana-and-ben", ana, bot=False)

        sent = await opens(s, ana, ben)

        channel = s.server.chat(told(sent)[0][1].partition("/")[2])
        assert channel.chat.name == "spring-1-ana-and-ben-2"


async def test_a_channel_without_one_who_cannot_come_serves_the_others() -> None:
    async with sending(channels=True) as s:
        ana, bad, cho = s.server.user("Ana"), s.server.user("Bad", deleted=True), s.server.user("Cho")

        sent = await opens(s, ana, bad, cho)

        assert [what for what, _ in told(sent)] == ["opened", "deactivated"]
        channel = s.server.chat(told(sent)[0][1].partition("/")[2])
        assert sorted(channel.names) == ["Ana", "Antipode", "Cho"]


async def test_where_nobody_may_make_channels_the_pair_gets_a_group_conversation() -> None:
    async with sending(channels=True) as s:
        ana, ben = s.server.user("Ana"), s.server.user("Ben")
        s.server.team.creation_restricted = True

        sent = await opens(s, ana, ben)

        assert told(sent) == [("opened", s.place(s.server.rooms()[0].id))]


async def test_people_whom_slack_puts_into_no_conversation_together_have_none() -> None:
    async with sending() as s:
        ana, ben = s.server.user("Ana", visible=False), s.server.user("Ben")
        s.server.faults.plan("users.info", Fault.GARBAGE_AFTER)
        with pytest.raises(Uncertain):
            await opens(s, ana, ben)

        sent = await opens(s, ana, ben)

        assert [what for what, _ in told(sent)] == ["not-visible"]
