"""The introduction tells what people ticked, and nothing else."""

import json
from collections.abc import Mapping

import pytest

from tests.partnerships.play import START, Play, a_partnership, a_person


ANSWERS = {
    "country": "PT",
    "languages": ["pt", "en"],
    "sector": "public",
    "stage": "leader",
    "interests": ["own:zines", "own:maps"],
    "goals": ["own:friends"],
    "hours": ["Mo09+2"],
    "about": "I like *rivers* and [maps].",
}
ALL = ["country", "languages", "sector", "stage", "interests", "goals", "hours", "about"]
REASONS: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("wish", {"of": "1", "about": "sector", "value": "public"}),
    ("interest", {"interest": "own:zines", "named_by": 3, "permille": 12}),
    ("hours", {"hours": 4, "slots": ["Mo09"]}),
    ("goal", {"goal": "own:friends"}),
    ("sector", {"sector": "public"}),
    ("stage", {"stage": "leader"}),
    ("new_country", {"countries": ["PT", "JP"]}),
    ("language", {"languages": ["en", "pt"]}),
    ("room", {"platforms": ["telegram"]}),
)


def introduced(share_ana: list[str], share_ken: list[str], *, zoe: list[str] | None = None) -> str:
    reasons = tuple((kind, json.dumps(values)) for kind, values in REASONS)
    people = {
        1: a_person(1, profile={**ANSWERS, "share": share_ana}),
        2: a_person(2, "Asia/Tokyo", profile={**ANSWERS, "country": "JP", "share": share_ken}),
    }
    members: tuple[int, ...] = (1, 2)
    if zoe is not None:
        people[3] = a_person(3, profile={**ANSWERS, "interests": [], "country": "PE", "share": zoe})
        members = (1, 2, 3)
    play = Play(partnership=a_partnership(members, reasons=reasons), people=people)
    play.look(START)
    return play.text("introduction/spring.1")


def test_what_both_ticked_is_told_with_the_reasons() -> None:
    text = introduced(ALL, ALL)

    assert "Portugal" in text
    assert "Japan" in text
    assert "• You share an interest: zines." in text
    assert "• You have 4 free hours a week in common." in text
    assert "• You hope for the same: friends." in text
    assert "• You come from the same field: Public library." in text
    assert text.count("• You") == 5


def test_the_stage_is_a_reason_where_there_is_no_better() -> None:
    text = introduced(["stage", "country"], ["stage", "country"])

    assert "• You are at the same stage: " in text
    assert "• Each of you gets to know a new country." in text


@pytest.mark.parametrize(
    ("field", "secret"),
    [
        ("country", ("Portugal", "new to you")),
        ("interests", ("zines",)),
        ("hours", ("in common",)),
        ("goals", ("friends",)),
        ("sector", ("Public",)),
        ("languages", ("Portuguese",)),
        ("about", ("rivers",)),
    ],
)
def test_a_field_that_one_did_not_tick_is_told_of_neither(field: str, secret: tuple[str, ...]) -> None:
    without = [each for each in ALL if each != field]
    text = introduced(without, without)

    assert not [word for word in secret if word in text]


def test_a_reason_needs_the_tick_of_both() -> None:
    text = introduced(ALL, [each for each in ALL if each != "interests"])

    assert "You share an interest" not in text


def test_who_ticked_nothing_is_introduced_by_name_and_clock() -> None:
    text = introduced([], [])

    assert "**Ana and Ken**" in text
    assert "• Ana: Mon 13:00" in text
    assert "• Ken: Mon 22:00" in text
    assert "Why you" not in text


def test_what_people_wrote_about_themselves_is_no_markup() -> None:
    assert "I like \\*rivers\\* and \\[maps\\]." in introduced(ALL, ALL)


def test_in_a_trio_only_what_all_three_share_is_a_reason() -> None:
    text = introduced(ALL, ALL, zoe=ALL)

    assert "You share an interest" not in text
    assert "in common" not in text
    assert "You hope for the same: friends." in text


def test_house_rules_and_the_one_who_writes_first_are_named() -> None:
    text = introduced(ALL, ALL)

    assert "• Be kind and patient" in text
    assert "✍️ [Ana](person:1), **please write first.**" in text


def test_it_fits_into_one_message_however_much_people_wrote() -> None:
    long = {**ANSWERS, "about": "x" * 5000, "share": ALL}
    people = {1: a_person(1, profile=long), 2: a_person(2, profile=long)}
    play = Play(people=people)
    play.look(START)

    assert len(play.text("introduction/spring.1")) < 3500
