"""A person's own page: what it says in every state, and when it is shown anew."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversations.home_questions import next_check_in
from bot.conversations.words import TYPED
from bot.markup import plain
from bot.messages import ShowHome
from bot.model import Application, Partnership, Person
from bot.snapshots import Turn
from tests.conversations.filling import Office
from tests.conversations.homes import LIO, STATES, looking
from tests.conversations.stage import NOW, program


def values(stage: Office) -> list[str]:
    """Give what every button of the page carries."""
    return [choice.value for part in stage.home for row in part.rows for choice in row]


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("newcomer", "**Spring 2027** takes applications now"),
        ("newcomer-between-rounds", "No round takes applications now"),
        ("drafting", "Your application is not sent yet"),
        ("applied", "Your application for **Spring 2027** is in"),
        ("waiting", "Your place in the queue is **4**"),
        ("paired", "**Spring 2027**, week 2 of 16. Your partner: [Ben](person:8)"),
        ("opening", "I am just opening a place for you to talk"),
        ("away", "You are away until 18 January 2027"),
        ("alone", "I am looking for another partner for you"),
        ("unplaced", "I could not find a partner for you"),
        ("ended", "**Spring 2027** is over. Thank you for taking part."),
        ("ended-and-open", "**Spring 2027** takes applications now"),
        ("removed", "No round takes applications now"),
    ],
)
def test_the_page_says_first_where_one_stands(state: str, says: str) -> None:
    """In the words of the status."""
    assert says in looking(state).home[0].text


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        ("newcomer", ["cmd:apply form", "cmd:apply here"]),
        ("newcomer-between-rounds", ["cmd:apply"]),
        ("drafting", ["cmd:apply form", "cmd:apply here"]),
        ("applied", []),
        ("paired", ["cmd:away"]),
        ("away", ["cmd:back"]),
        ("ended", ["cmd:apply"]),
        ("ended-and-open", ["cmd:apply form", "cmd:apply here"]),
        ("removed", ["cmd:apply"]),
    ],
)
def test_what_is_usual_now_is_at_the_top(state: str, buttons: list[str]) -> None:
    """The buttons of the first part."""
    assert [choice.value for row in looking(state).home[0].rows for choice in row] == buttons


def test_a_partnership_has_partner_clocks_topic_and_check_in() -> None:
    """In this order; each clock once."""
    page = looking("paired").page

    assert [part.splitlines()[0] for part in page[1:-1]] == [
        "Your partner: Ben",
        "The time now",
        "This week's topic",
        "Check-in",
    ]
    assert page[2].splitlines()[1:] == ["You: Sat 14:05", "Ben: Sat 22:35"]
    assert sum("22:35" in part for part in page) == 1
    assert "Week 2" in page[3]


def test_the_next_check_in_is_told_in_the_readers_own_time() -> None:
    """A moment that Slack shows in the zone of whoever reads it, with the words beside it."""
    stage = looking("paired")
    (part,) = (part for part in stage.home if "you have been in touch" in part.text)

    assert part.text.endswith("on [Tue 12 Jan 10:00](time:1799758800) whether you have been in touch.")
    assert part.rows == ()


def test_an_open_check_in_is_asked_on_the_page() -> None:
    """With its four answers; when it is answered the page says when the next comes."""
    stage = looking("asked")
    assert "have you been in touch?" in stage.page[4]

    stage.press("c:spring-2027.17:2:met", at_home=True, ref="")

    assert "you have been in touch" in stage.page[4]
    assert not any(value.startswith("c:") for value in values(stage))


def test_the_question_of_a_silence_is_asked_on_the_page() -> None:
    """With its own answers."""
    stage = looking("silent")

    assert "Have you heard from Ben?" in stage.page[4]
    assert [one.value for row in stage.home[4].rows for one in row][:2] == [
        "l:spring-2027.17:1002:yes",
        "l:spring-2027.17:1002:not-yet",
    ]


def test_keeping_in_touch_is_asked_at_the_end_until_it_is_answered() -> None:
    """From the last week but one; contacts are exchanged only if both say yes."""
    stage = looking("last")
    assert "k:spring-2027.17:no" in values(stage)
    assert not any(value.startswith("k:") for value in values(looking("survey")))

    stage.press("k:spring-2027.17:no", at_home=True, ref="")

    assert not any(value.startswith("k:") for value in values(stage))


def test_a_survey_that_is_due_is_offered_once() -> None:
    """As a form or question by question."""
    assert {"cmd:survey form", "cmd:survey"} <= set(values(looking("survey")))
    assert "cmd:survey" not in values(looking("survey-answered"))
    assert "cmd:survey" not in values(looking("paired"))


@pytest.mark.parametrize("state", STATES)
def test_every_button_can_be_typed(state: str) -> None:
    """Check-ins by their words, everything else by its command."""
    for value in values(looking(state)):
        kind, _, rest = value.partition(":")
        assert kind in "clk" or rest.split()[0] in TYPED


@pytest.mark.parametrize("state", STATES)
def test_a_page_is_no_longer_than_a_view(state: str) -> None:
    """Far from a hundred blocks; every button with a label and its value only once."""
    stage = looking(state)
    rows = [row for part in stage.home for row in part.rows]

    assert sum(1 + len(part.rows) for part in stage.home) < 30
    assert all(choice.label and len(choice.value.encode()) <= 60 for row in rows for choice in row)
    assert len(values(stage)) == len(set(values(stage)))


def test_to_look_changes_nothing() -> None:
    """Not even when somebody was last seen."""
    stage = looking("newcomer")

    assert (stage.saved, len(stage.sent)) == ([], 1)
    assert stage.sent[0].to.id == "7"
    assert stage.sent[0].body == ShowHome("T1/U7", stage.home)


def test_the_page_is_shown_anew_after_what_is_done_there() -> None:
    """As it is then."""
    stage = looking("paired")

    stage.press("cmd:away 20 January", at_home=True, ref="")

    assert "You are away until 20 January 2027" in stage.page[0]
    assert [row[0].value for row in stage.home[0].rows] == ["cmd:back"]


def test_an_application_that_was_sent_in_is_on_the_page_at_once() -> None:
    """Whether it was sent by form or left."""
    stage = Office()
    stage.press("cmd:apply form", at_home=True, ref="")
    assert "not sent yet" in stage.page[0]
    stage.fill_in(0, 1, 2, 3)
    stage.fill()

    assert stage.of(Application)
    assert "is in. Applications close" in stage.page[0]


def test_a_form_that_was_closed_is_on_the_page() -> None:
    """With the way to go on."""
    stage = Office()
    stage.press("cmd:apply form")
    stage.fill_in(0)

    stage.dismiss()

    assert "not sent yet" in stage.page[0]
    assert [choice.label for choice in stage.home[0].rows[0]] == ["Go on in the form", "Answer in the chat"]


def test_leaving_the_round_takes_everything_off_the_page() -> None:
    """The partner, the topic, the clocks."""
    stage = looking("paired")

    stage.press("cmd:withdraw", at_home=True, ref="")
    stage.press("a:withdraw:yes", at_home=True, ref="")

    assert len(stage.home) == 2
    assert "Ben" not in "".join(stage.page)


def test_no_check_in_is_announced_where_none_comes() -> None:
    """After the last one, before the introduction, to nobody."""
    paired = STATES["paired"]
    assert paired.round is not None
    last = replace(paired, now=NOW + timedelta(days=110))
    newly = replace(paired, partnership=replace(_pair(paired), introduced_at=NOW + timedelta(days=2)))
    away = STATES["away"]

    assert next_check_in(paired, program()) == datetime(2027, 1, 12, 13, tzinfo=UTC)
    assert next_check_in(last, program()) is None
    assert next_check_in(STATES["newcomer"], program()) is None
    assert next_check_in(replace(paired, round=None), program()) is None
    assert next_check_in(newly, program()) == datetime(2027, 1, 19, 13, tzinfo=UTC)
    assert next_check_in(away, program()) == datetime(2027, 1, 19, 13, tzinfo=UTC)


@given(st.sampled_from(sorted(STATES)), st.lists(st.sampled_from(TYPED), max_size=3))
def test_whatever_was_done_there_is_a_page(state: str, words: list[str]) -> None:
    """And it reads well: no empty part, no place that nothing was put into."""
    stage = Office(STATES[state])
    for word in words:
        stage.press(f"cmd:{word}", at_home=True, ref="")
    stage.look()

    assert all(plain(part.text).strip() and "{" not in part.text for part in stage.home)


def test_a_stranger_who_only_looks_is_greeted_by_name() -> None:
    """And is told what this is."""
    stage = looking("newcomer")

    assert stage.page[0].startswith("Hello Lio! I bring together two people")
    assert isinstance(LIO, Person)


def _pair(turn: Turn) -> Partnership:
    assert turn.partnership is not None
    return turn.partnership
