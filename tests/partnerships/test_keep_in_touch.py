"""Contacts are exchanged at the end only if everybody says yes."""

from dataclasses import replace

import pytest

from bot.messages import Message
from tests.partnerships.play import DAY, START, Play, a_partnership, a_person


@pytest.fixture
def asked() -> Play:
    people = {1: a_person(1, handle="ana"), 2: a_person(2, "Asia/Tokyo")}
    return Play(people=people).run(START + 100 * DAY)


def labels(play: Play, key: str) -> list[str]:
    body = play.outbox[key].body
    assert isinstance(body, Message)
    return [choice.label for row in body.rows for choice in row]


def test_the_handle_is_offered_only_where_there_is_one(asked: Play) -> None:
    assert labels(asked, "keep/spring.1/1") == [
        "Yes, show @ana",
        "Yes, with another contact",
        "No, thank you",
    ]
    assert labels(asked, "keep/spring.1/2") == ["Yes, with another contact", "No, thank you"]


def test_contacts_are_exchanged_when_both_say_yes(asked: Play) -> None:
    asked.tap(1, "k:spring.1:handle")
    asked.tap(2, "k:spring.1:other")
    said = asked.says(2, "ken@example.org", to="k")
    asked.run(asked.now + DAY)

    assert said == "Thank you. If everybody says yes, I show them: ken@example.org"
    assert asked.text("contacts/spring.1/1").endswith("• Ken: ken@example.org")
    assert asked.text("contacts/spring.1/2").endswith("• Ana: @ana")


def test_one_yes_alone_shows_nothing(asked: Play) -> None:
    asked.tap(1, "k:spring.1:handle")
    asked.run(START + 112 * DAY)

    assert asked.sent("contacts/") == []


def test_a_no_shows_nothing_and_nobody_is_told(asked: Play) -> None:
    asked.tap(1, "k:spring.1:handle")
    assert asked.tap(2, "k:spring.1:no").startswith("That is fine, and nobody is told")
    asked.run(START + 112 * DAY)

    assert asked.sent("contacts/") == []


def test_a_yes_may_become_a_no(asked: Play) -> None:
    asked.tap(1, "k:spring.1:handle")
    asked.tap(1, "k:spring.1:no")
    asked.tap(2, "k:spring.1:other")
    asked.says(2, "ken@example.org", to="k")
    asked.run(START + 112 * DAY)

    assert asked.sent("contacts/") == []


def test_a_trio_needs_three_yes() -> None:
    people = {number: a_person(number, handle=f"h{number}") for number in (1, 2, 3)}
    play = Play(partnership=a_partnership((1, 2, 3)), people=people).run(START + 100 * DAY)
    play.tap(1, "k:spring.1:handle")
    play.tap(2, "k:spring.1:handle")
    play.run(START + 101 * DAY)
    assert play.sent("contacts/") == []

    play.tap(3, "k:spring.1:handle")
    play.run(START + 102 * DAY)

    assert len(play.sent("contacts/")) == 3


@pytest.mark.parametrize("text", ["", "x" * 121])
def test_an_unreadable_contact_is_asked_again(asked: Play, text: str) -> None:
    asked.tap(2, "k:spring.1:other")

    assert asked.says(2, text, to="k").startswith("Please write one contact in a line")


def test_no_instead_of_a_contact_is_a_no(asked: Play) -> None:
    asked.tap(2, "k:spring.1:other")

    assert asked.says(2, "No", to="k").startswith("That is fine")


def test_a_handle_button_of_somebody_who_has_none_any_more_asks_for_a_contact(asked: Play) -> None:
    asked.people[1] = replace(asked.people[1], handle="")

    assert asked.tap(1, "k:spring.1:handle").startswith("Which contact may I show?")


@pytest.mark.parametrize("value", ["k:spring.7:handle", "k:spring.1:bananas", "k:"])
def test_a_button_that_is_no_more_is_answered_kindly(asked: Play, value: str) -> None:
    assert asked.tap(1, value) == "That question is closed now. Nothing has changed. Thank you!"


def test_words_nobody_asked_for_are_no_contact(asked: Play) -> None:
    assert (
        asked.says(1, "ana@example.org", to="k")
        == "That question is closed now. Nothing has changed. Thank you!"
    )
