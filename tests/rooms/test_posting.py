"""One way to write to a pair whatever its room is, and a relay that forwards by id alone."""

from dataclasses import replace

from bot import rooms
from bot.messages import Address, Carry, Message, Unsure
from bot.model import Person, RoomKind
from bot.outcome import NOTHING
from tests.rooms.scene import DAY, GROUP, NOW, Scene, program


def say(language: str) -> Message:
    return Message(f"Hello in {language}")


def test_a_room_gets_one_message_and_may_pin_it() -> None:
    scene = Scene().knows(room=RoomKind.GROUP, chat=GROUP)

    posts = rooms.post(scene.book, "prompt/x/1", say, NOW, scene.program, pin=True, unsure=Unsure.HOLD)

    assert [(post.key, str(post.to), post.zones, post.unsure) for post in posts] == [
        ("prompt/x/1", "room/spring-2027.17", ("Europe/Lisbon", "Asia/Manila"), Unsure.HOLD)
    ]
    assert posts[0].body == Message("Hello in en", pin=True)
    assert posts[0].give_up_at == NOW + 2 * DAY


def test_without_a_room_each_gets_it_in_private_and_in_their_language() -> None:
    scene = Scene().knows(room=RoomKind.RELAY, chat=GROUP)
    scene.members = (scene.ana, replace(scene.ben, language="pt-br"))

    posts = rooms.post(scene.book, "prompt/x/1", say, NOW, scene.program, pin=True, patience=DAY)

    assert [(post.key, post.to, post.body) for post in posts] == [
        ("prompt/x/1/1", Address("telegram", "person", "1"), Message("Hello in en")),
        ("prompt/x/1/2", Address("telegram", "person", "2"), Message("Hello in pt-br")),
    ]
    assert {post.give_up_at for post in posts} == {NOW + DAY}


def test_a_room_without_its_chat_is_none() -> None:
    scene = Scene().knows(room=RoomKind.GROUP)

    assert len(rooms.post(scene.book, "k", say, NOW, scene.program)) == 2


def test_at_a_fast_pace_no_night_holds_a_post() -> None:
    scene = Scene(program=program(pace_days=1 / 1000)).knows(room=RoomKind.GROUP, chat=GROUP)

    assert rooms.post(scene.book, "k", say, NOW, scene.program)[0].zones == ()


def test_the_room_speaks_the_language_all_of_them_chose() -> None:
    def language(*chosen: str) -> str:
        people = [
            Person(id=number, platform="telegram", account="1", language=each)
            for number, each in enumerate(chosen)
        ]
        return rooms.room_language(people, program())

    assert language("pt", "pt") == "pt"
    assert language("pt-br", "es") == "en"
    assert language("en-gb", "en-us") == "en"
    assert language("xx-a", "xx-b") == "en"


def _unsure(scene: Scene, partner: str) -> Message:
    """Give what is said to who wrote, when their message may not have arrived."""
    return Message(scene.program.say("en", "rooms.carry.failed", partner=partner))


def test_the_relay_carries_the_message_by_its_id() -> None:
    scene = Scene(people=("Ana", "Ben", "Cho"))

    carried = rooms.carry(scene.words(scene.ana, "hi"), scene.turn(scene.ana), scene.program).deliveries

    assert [(str(each.to), each.body, each.zones) for each in carried] == [
        ("person/2", Carry("5001", "8", "✉ Ana", _unsure(scene, "Ben")), ()),
        ("person/3", Carry("5001", "8", "✉ Ana", _unsure(scene, "Cho")), ()),
    ]
    assert len({each.key for each in carried}) == 2


def test_an_edited_message_is_carried_again_and_says_so() -> None:
    scene = Scene()
    event = scene.words(scene.ana, "hi", edited=True)

    carried = rooms.carry(event, scene.turn(scene.ana), scene.program).deliveries

    assert [each.body for each in carried] == [Carry("5001", "8", "✎ Ana, changed", _unsure(scene, "Ben"))]


def test_nothing_is_carried_without_a_partner_or_an_id() -> None:
    scene = Scene()
    event = scene.words(scene.ana, "hi")

    assert rooms.carry(replace(event, ref=""), scene.turn(scene.ana), scene.program) == NOTHING
    alone = replace(scene.turn(scene.ana), partnership=None)
    assert rooms.carry(event, alone, scene.program) == NOTHING


def test_who_cannot_be_reached_still_has_a_night_in_the_room() -> None:
    scene = Scene().knows(room=RoomKind.GROUP, chat=GROUP)
    scene.members = (scene.ana, replace(scene.ben, reachable=False))

    assert rooms.post(scene.book, "k", say, NOW, scene.program)[0].zones == ("Europe/Lisbon", "Asia/Manila")


def test_who_cannot_be_reached_gets_nothing_in_private() -> None:
    scene = Scene().knows(room=RoomKind.RELAY, chat=GROUP)
    scene.members = (scene.ana, replace(scene.ben, reachable=False))

    assert [post.key for post in rooms.post(scene.book, "k", say, NOW, scene.program)] == ["k/1"]
