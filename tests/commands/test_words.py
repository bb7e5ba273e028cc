"""Topics, the share kit, broadcasts, rehearsal and help."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands import COMMANDS, decide
from bot.markup import plain
from bot.messages import Message
from bot.model import ApplicationState, Pending
from bot.snapshots import Desk
from bot.texts import Program
from bot.texts.share import ShareKit
from tests.commands.desks import (
    ANA,
    BEN,
    CLEO,
    DAN,
    DRAFT,
    ENDED,
    EVA,
    FAY,
    NOW,
    OPEN,
    RUNNING,
    application,
    audited,
    desk,
    do,
    program,
    reply_in,
    said,
    saved,
    values,
    words,
)


def test_topics_are_listed_with_their_weeks() -> None:
    lines = words(do("topics", desk(round=RUNNING))).splitlines()

    assert lines[0] == "8 topics, two weeks each"
    assert lines[1] == "1. Getting to know you · weeks 1–2"
    assert lines[-1] == "8. Reflection and review · weeks 15–16"


def test_a_short_round_leaves_topics_out() -> None:
    lines = words(do("topics", desk(round=replace(RUNNING, weeks=6)))).splitlines()

    assert [line.rpartition(" ")[2] for line in lines[1:]] == ["1–2", "3–4", "–", "–", "–", "–", "–", "5–6"]


def test_a_topic_is_shown_as_people_read_it() -> None:
    shown = words(do("topics show 1", desk()))

    assert shown.startswith("1. Getting to know you\n\nSaying hello\n")
    assert shown.count("• ") == 6
    assert sum(line.startswith("To do together: ") for line in shown.splitlines()) == 2
    assert sum(line.startswith("💡 ") for line in shown.splitlines()) == 2


def test_a_topic_is_edited_in_its_file() -> None:
    assert "en/topics/02-a-day-in-our-work.toml" in words(do("topics edit 2", desk()))
    assert "en/topics/" in words(do("topics import", desk()))


@pytest.mark.parametrize("line", ["topics show 9", "topics show 0", "topics edit 99"])
def test_a_topic_that_does_not_exist_is_answered(line: str) -> None:
    assert words(do(line, desk())).endswith("; there are 8.")


def test_the_share_kit_fills_in_the_day_and_the_link() -> None:
    outcome = do("share", desk(round=replace(OPEN, closes_at=NOW + timedelta(days=30))))

    assert "Apply by 3 February 2027: https://t.me/antipode_bot" in words(outcome)
    assert "{" not in words(outcome)
    assert values(outcome) == ["d:share page=2"]


def test_the_last_page_of_the_share_kit_has_the_invitations() -> None:
    posts = len(program().share.posts)
    outcome = do("share page=99", desk(round=OPEN))

    assert "Invitations" in words(outcome)
    assert "https://t.me/antipode_bot" in words(outcome)
    assert values(do(f"share page={posts + 1}", desk(round=OPEN))) == [f"d:share page={posts}"]


def test_an_email_has_its_subject() -> None:
    pages = [
        words(do(f"share page={page}", desk(round=OPEN))) for page in range(1, len(program().share.posts) + 1)
    ]

    assert any("A partner in another country: apply to Antipode by the closing day" in page for page in pages)


def test_there_is_nothing_to_share_without_an_open_round_or_texts() -> None:
    bare = replace(program(), share=ShareKit(), bot_names={})

    assert words(do("share", desk(round=ENDED))).startswith("No round takes applications")
    assert (
        words(decide(said("share"), desk(round=DRAFT), bare)) == "The content folder has no texts to share."
    )


def test_a_program_without_an_address_says_so() -> None:
    nameless: Program = replace(program(), bot_names={})

    assert "(the bot's address)" in words(decide(said("share"), desk(round=OPEN), nameless))


def test_a_rehearsal_is_started_from_a_shell() -> None:
    assert "antipode rehearse --people 200 --weeks 16" in words(do("rehearse", desk()))


EVERYBODY = desk(
    round=RUNNING,
    people=(
        EVA,
        ANA,
        replace(BEN, platform="slack"),
        CLEO,
        replace(DAN, reachable=False),
        replace(FAY, ambassador_for="BR"),
    ),
    applications=(
        application(ANA, ApplicationState.PLACED),
        application(BEN, ApplicationState.LATE),
        application(CLEO, ApplicationState.UNPLACED),
        application(DAN, ApplicationState.PLACED),
        application(FAY, ApplicationState.WITHDRAWN),
        application(EVA, ApplicationState.PLACED, round="autumn"),
    ),
)


def readers(to: str, on: Desk = EVERYBODY) -> list[str]:
    """Give who gets a broadcast to these people."""
    waiting = Pending(EVA.id, f"broadcast {to} Hello!", NOW)
    outcome = do("yes", replace(on, pending=waiting))
    return [each.to.id for each in outcome.deliveries if each.to.kind == "person"]


@pytest.mark.parametrize(
    ("to", "ids"),
    [
        ("all", ["11", "12", "13"]),
        ("Everybody", ["11", "12", "13"]),
        ("waiting", ["12"]),
        ("unplaced", ["13"]),
        ("placed", ["11"]),
        ("BR", ["11"]),
        ("brazil", ["11"]),
        ("country NZ", ["12"]),
        ('"New Zealand"', ["12"]),
        ("slack", ["12"]),
        ("telegram", ["11", "13"]),
        ("ambassadors", ["15"]),
    ],
)
def test_a_broadcast_goes_to_those_who_are_meant_and_can_be_reached(to: str, ids: list[str]) -> None:
    assert readers(to) == ids


def test_a_broadcast_is_shown_first_with_the_number_of_readers() -> None:
    outcome = do("broadcast waiting **Hello**\n\nall of you", EVERYBODY)

    assert words(outcome).startswith(
        "To 1 person (those who wait), in private, not in their night:\n\n**Hello**\n\nall of you"
    )
    assert saved(outcome, Pending) == [Pending(EVA.id, "broadcast waiting **Hello**\n\nall of you", NOW)]


def test_a_broadcast_waits_for_the_morning_and_is_told_once() -> None:
    outcome = do("yes", replace(EVERYBODY, pending=Pending(EVA.id, "broadcast BR Olá a todos", NOW)))
    delivery = next(each for each in outcome.deliveries if each.to.kind == "person")

    assert (delivery.key, delivery.zones) == ("broadcast/telegram/e1/11", ("America/Sao_Paulo",))
    assert isinstance(delivery.body, Message)
    assert plain(delivery.body.text) == "From the directors\n\nOlá a todos"
    assert audited(outcome) == [("broadcast", "br: 1")]
    assert words(outcome) == "On its way to 1 person (Brazil)."


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("broadcast nobodyknows Hello", "I do not know whom you mean by “nobodyknows”"),
        ("broadcast alone Hello", "There is nobody to write to: those who lost their partner."),
        ("broadcast France Hello", "There is nobody to write to: France."),
        (f"broadcast all {'x' * 3001}", "The text has 3001 letters; at most 3000 fit."),
    ],
)
def test_a_broadcast_that_cannot_be_is_refused(line: str, reason: str) -> None:
    outcome = do(line, EVERYBODY)

    assert reason in words(outcome)
    assert outcome.saves == ()


def test_the_help_lists_every_command_and_fits_one_message() -> None:
    outcome = do("help", desk())
    lines = words(outcome)

    assert [name for name, command in COMMANDS.items() if f"{command.usage} – " not in lines] == []
    assert len(reply_in(outcome).text) <= 3500


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_help_with_an_example(command: str) -> None:
    assert words(do(f"help {command}", desk())).splitlines()[-1] == f"Example: {COMMANDS[command].example}"


def test_help_for_something_unknown_is_the_list() -> None:
    assert words(do("help zzzz", desk())) == words(do("help", desk()))


@pytest.mark.parametrize(
    ("line", "answer", "buttons"),
    [
        ("quue", "I do not know “quue”. Did you mean queue?", ["d:queue", "d:help"]),
        ("/apply now", "/apply is for our private chat", []),
        ("/zzzz", "I do not know “zzzz”. help shows what I can do.", ["d:help"]),
        ("round new", "Something is missing or unclear. It goes like this: round new NAME", ["d:help"]),
        ("pairs size=3", "pairs has no option size=.", ["d:pairs", "d:help"]),
        ("pairs pin a b c", "I need two people here", ["d:help"]),
        ("round opn", "I do not know “round opn”. Did you mean round open?", ["d:round open", "d:help"]),
    ],
)
def test_a_slip_is_answered_with_the_nearest_command_and_an_example(
    line: str, answer: str, buttons: list[str]
) -> None:
    outcome = do(line, desk(round=DRAFT))

    assert words(outcome).startswith(answer)
    assert values(outcome) == buttons
    assert outcome.saves == ()


def test_a_very_long_answer_is_cut_at_a_line() -> None:
    crowd = tuple(replace(ANA, id=number, handle="", name="Ana " + "x" * 300) for number in range(1, 16))
    text = reply_in(do("people ana", desk(people=crowd))).text

    assert len(text) <= 3520
    assert text.endswith("\n… and more.")
