"""What people send that nobody asked for, on the wire: one clear answer each, and nothing changes."""

from collections.abc import Callable, Iterator

import pytest

from tests.telegram_server import Person, TelegramServer
from tests.wire.process import BotProcess
from tests.wire.scene import Scene


pytestmark = pytest.mark.wire


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with TelegramServer().in_thread() as server:
        bot = BotProcess(server, tmp_path_factory.mktemp("bot"))
        try:
            yield Scene.open(server, bot)
            assert server.violations == []
            assert "Traceback" not in bot.said()
        finally:
            bot.stop()


@pytest.fixture(scope="session")
def applicant(scene: Scene) -> Person:
    return scene.applicant("Ana")


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        (lambda person: person.say("Qwxyzland"), "I do not know a country called “Qwxyzland”"),
        (lambda person: person.say("\u2060"), "country"),
        (lambda person: person.sends_sticker(), "I can only read words"),
        (lambda person: person.sends_photo(), "I can only read words"),
        (lambda person: person.sends_voice(), "I can only read words"),
        (lambda person: person.sends_document(), "I can only read words"),
        (lambda person: person.say("ab " * 1365), "I do not know a country called"),
        (lambda person: person.say("/status"), "Your other question still waits: Country"),
        (lambda person: person.say("/round open"), "works only in the directors' own room"),
        (lambda person: person.say("/aply"), "Did you mean /apply?"),
        (lambda person: person.say("/frobnicate"), "I do not know /frobnicate"),
        (lambda person: person.forwards("/forget"), "forwarded command"),
    ],
    ids=[
        "nonsense", "nothing to see", "sticker", "photo", "voice", "file", "very long", "command in between",
        "directors' command", "slip", "unknown command", "forwarded command",
    ],
)  # fmt: skip
def test_what_is_no_answer_gets_one_and_changes_nothing(
    scene: Scene, applicant: Person, deed: Callable[[Person], object], told: str
) -> None:
    answer = scene.answer(lambda: deed(applicant), applicant)

    assert told in answer.text
    assert scene.stands_at(applicant) == "country"


def test_five_thousand_characters_come_as_two_messages_and_get_two_answers(
    scene: Scene, applicant: Person
) -> None:
    answers = scene.answers(lambda: applicant.say("x" * 5000), applicant)

    assert len(answers) == 2
    assert scene.stands_at(applicant) == "country"


def test_two_answers_at_once_are_taken_in_their_order(scene: Scene) -> None:
    person = scene.applicant("Cho")

    def both() -> None:
        person.say("South Korea")
        person.say("Seoul")

    answers = scene.answers(both, person)

    assert len(answers) == 2
    assert scene.stands_at(person) == "languages"


def test_the_same_tap_twice_counts_once(scene: Scene) -> None:
    person = scene.server.user("Dee")
    asked = scene.answer(lambda: person.say("/apply"), person)

    def twice() -> None:
        person.tap("I agree", on=asked)
        person.tap("I agree", on=asked)

    answers = scene.answers(twice, person)

    assert len(answers) == 2
    assert "how we treat each other" in answers[0].text
    assert "earlier question, so I changed nothing" in answers[1].text
    assert scene.stands_at(person) == "conduct"


def test_a_tap_on_an_old_message_changes_nothing(scene: Scene) -> None:
    person = scene.server.user("Eli")
    old = scene.answer(lambda: person.say("/apply"), person)
    scene.answer(lambda: person.say("yes"), person)

    answer = scene.answer(lambda: person.tap("I agree", on=old), person)

    assert "earlier question, so I changed nothing" in answer.text
    assert scene.stands_at(person) == "conduct"


def test_words_that_nobody_asked_for_get_help(scene: Scene) -> None:
    person = scene.server.user("Fay")
    scene.answer(lambda: person.say("/start"), person)

    answer = scene.answer(lambda: person.say("blargh"), person)

    assert "I did not understand that" in answer.text


def test_an_old_edited_message_is_no_new_answer(scene: Scene) -> None:
    person = scene.applicant("Gil")
    post = person.say("Brasil")
    scene.settle()

    scene.answers(lambda: person.edits(post, "Peru"), person)

    assert scene.stands_at(person) == "zone"


def test_directors_may_slip_and_chat(scene: Scene) -> None:
    def line(text: str) -> Callable[[], object]:
        return lambda: scene.dora.say(text, to=scene.directors)

    before = scene.rows("SELECT id, state FROM round")

    assert "Did you mean" in scene.answer(line("/round opne"), scene.directors).text
    assert "Something is missing" in scene.answer(line("/broadcast"), scene.directors).text
    assert "is open for applications" in scene.answer(line("round start"), scene.directors).text
    assert "I do not know “xyzzy”" in scene.answer(line("/xyzzy"), scene.directors).text
    assert scene.answers(line("good morning, who has looked at the pairs today?"), scene.directors) == []
    assert scene.rows("SELECT id, state FROM round") == before


def test_directors_are_not_obeyed_by_forwarding_or_in_hiding(scene: Scene) -> None:
    forwarded = scene.answer(
        lambda: scene.dora.forwards("/round cancel", to=scene.directors), scene.directors
    )

    assert "I do not follow forwarded commands" in forwarded.text
    assert scene.rows("SELECT state FROM round") == [("open",)]


def test_strangers_cannot_command_from_a_group_of_their_own(scene: Scene) -> None:
    mallory = scene.server.user("Mallory")
    group = scene.server.group("Directors", mallory)
    group.adds_bot(mallory)
    scene.settle()

    first = scene.answers(lambda: mallory.say("/round cancel", to=group), group)
    claim = scene.answer(lambda: mallory.say(f"/claim {scene.bot.claim_code}", to=group), group)

    assert len(first) == 1
    assert "has its directors' room already" in claim.text
    assert scene.rows("SELECT state FROM round") == [("open",)]
    assert scene.answers(lambda: mallory.say("round cancel", to=group), group) == []


def test_the_directors_group_may_become_a_supergroup(scene: Scene) -> None:
    scene.directors.migrates()
    scene.settle()

    answer = scene.answer(lambda: scene.dora.say("round status", to=scene.directors), scene.directors)

    assert "Spring" in answer.text
