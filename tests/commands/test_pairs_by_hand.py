"""The directors' hand in the draft: pins, bans and swaps."""

from dataclasses import replace

import pytest

from bot.model import Block, Mark, PairMark, Partnership, Person, Round, RoundState
from bot.snapshots import Candidate
from tests.commands.desks import (
    ANA,
    ANSWERS,
    BEN,
    CLEO,
    CLOSED,
    DAN,
    FAY,
    NOW,
    OPEN,
    PEOPLE,
    PROPOSED,
    RUNNING,
    application,
    audited,
    candidate,
    do,
    pair,
    reply_in,
    saved,
    words,
)
from tests.commands.drafts import drafted


def test_a_pin_is_kept_and_the_draft_made_anew() -> None:
    outcome = do("pairs pin Ana Silva and Cleo", drafted())

    assert saved(outcome, Mark) == [Mark("spring", 11, 13, PairMark.PINNED)]
    assert saved(outcome, Round) == [replace(PROPOSED, state=RoundState.CLOSED, look_at=NOW)]
    assert audited(outcome) == [("pairs pin", "11 13")]


def test_a_ban_is_kept_with_the_lower_id_first() -> None:
    outcome = do("pairs forbid 13 11", drafted(CLOSED))

    assert saved(outcome, Mark) == [Mark("spring", 11, 13, PairMark.FORBIDDEN)]
    assert audited(outcome) == [("pairs forbid", "11 13")]


def test_a_mark_before_the_draft_waits_for_it() -> None:
    outcome = do("pairs forbid 11 13", drafted(OPEN))

    assert saved(outcome, Round) == []
    assert "when the pairs are drafted" in words(outcome)


def test_a_pin_may_take_the_place_of_a_ban() -> None:
    banned = (Mark("spring", 11, 13, PairMark.FORBIDDEN),)

    assert saved(do("pairs pin 11 13", drafted(marks=banned)), Mark) == [
        Mark("spring", 11, 13, PairMark.PINNED)
    ]


@pytest.mark.parametrize(
    ("line", "parts", "reason"),
    [
        ("pairs pin 11 15", {}, "they live in the same country"),
        ("pairs pin 11 13", {"blocks": (Block(13, 11, NOW),)}, "one of them has blocked the other"),
        (
            "pairs pin 11 13",
            {"candidates": (candidate(ANA, met=(13,)), candidate(CLEO))},
            "they were partners before",
        ),
        (
            "pairs pin 11 13",
            {
                "candidates": (
                    candidate(ANA),
                    Candidate(application(CLEO, answers={**ANSWERS, "languages": ["sw"]}), CLEO),
                )
            },
            "they share no language",
        ),
        ("pairs pin 11 1", {}, "takes no part in the matching"),
        ("pairs pin 11 11", {}, "twice"),
        ("pairs pin 11 99", {}, "nobody called “99”"),
        ("pairs pin 99 11", {}, "nobody called “99”"),
        ("pairs pin 11 13", {"marks": (Mark("spring", 11, 14, PairMark.PINNED),)}, "pinned already"),
        ("pairs pin 11 13", {"round": RUNNING}, "Spring is running"),
        ("pairs forbid 11 13", {"round": None}, "There is no round yet"),
        ("pairs free 11 13", {}, "have no mark"),
        ("pairs free 11 99", {}, "nobody called"),
        ("pairs swap 11 15", {}, "has no partner"),
        ("pairs swap 15 11", {}, "has no partner"),
        ("pairs swap 11 12", {}, "partners already"),
        ("pairs swap 11 99", {}, "nobody called"),
        ("pairs swap 11 13", {"round": RUNNING}, "while the draft waits"),
        ("pairs swap 11 13", {"blocks": (Block(13, 12, NOW),)}, "has blocked the other"),
        ("pairs swap 11 13", {"blocks": (Block(11, 14, NOW),)}, "has blocked the other"),
        ("pairs swap 11 13", {"candidates": (candidate(ANA),)}, "takes no part in the matching"),
    ],
)
def test_what_the_rules_forbid_is_refused_with_the_rule(
    line: str, parts: dict[str, object], reason: str
) -> None:
    outcome = do(line, replace(drafted(), **parts))  # type: ignore[arg-type]

    assert reason in words(outcome)
    assert (outcome.saves, outcome.drops) == ((), ())


def test_a_mark_can_be_taken_away() -> None:
    mark = Mark("spring", 11, 13, PairMark.PINNED)
    outcome = do("pairs free 13 11", drafted(marks=(mark, Mark("spring", 12, 14, PairMark.PINNED))))

    assert outcome.drops == (mark,)
    assert saved(outcome, Round)[0].state is RoundState.CLOSED
    assert audited(outcome) == [("pairs free", "11 13")]


def test_a_swap_exchanges_the_partners_and_says_what_it_costs() -> None:
    held = Mark("spring", 13, 14, PairMark.PINNED)
    outcome = do("pairs swap 11 13", drafted(marks=(held,)))
    first, second = saved(outcome, Partnership)

    assert (first.members, second.members) == ((13, 12), (11, 14))
    assert (first.starter, second.starter) == (13, 11)
    assert (first.pinned, second.pinned) == (True, True)
    assert saved(outcome, Mark) == [
        Mark("spring", 12, 13, PairMark.PINNED),
        Mark("spring", 11, 14, PairMark.PINNED),
    ]
    assert outcome.drops == (held,)
    assert words(outcome).endswith(f" together ({first.score + second.score:,} now).")
    assert audited(outcome) == [("pairs swap", "11 13")]


def test_a_swap_keeps_the_starter_who_stays() -> None:
    on = drafted(partnerships=(pair(1, BEN, ANA), pair(2, DAN, CLEO)))

    assert [each.starter for each in saved(do("pairs swap 11 13", on), Partnership)] == [12, 14]


def people_with(*languages: tuple[Person, list[str]]) -> tuple[Candidate, ...]:
    """Give candidates who speak these languages."""
    return tuple(
        Candidate(application(person, answers={**ANSWERS, "languages": spoken}), person)
        for person, spoken in languages
    )


def test_a_trio_after_a_swap_needs_one_language_for_all() -> None:
    gus = replace(FAY, id=16, name="Gus", country="FR")
    on = drafted(
        people=(*PEOPLE, gus),
        partnerships=(pair(1, ANA, BEN), pair(2, CLEO, DAN, gus)),
        candidates=people_with(
            (ANA, ["en", "fr"]), (BEN, ["en"]), (CLEO, ["en", "fr"]), (DAN, ["en", "sw"]), (gus, ["fr", "sw"])
        ),
    )
    outcome = do("pairs swap 11 13", on)

    assert "they share no language" in words(outcome)


def test_a_swap_into_a_trio_pins_only_the_pair() -> None:
    gus = replace(FAY, id=16, name="Gus", country="FR")
    on = drafted(
        people=(*PEOPLE, gus),
        partnerships=(pair(1, ANA, BEN), pair(2, CLEO, DAN, gus)),
        candidates=tuple(candidate(each) for each in (ANA, BEN, CLEO, DAN, gus)),
    )
    outcome = do("pairs swap 11 16", on)

    assert [each.members for each in saved(outcome, Partnership)] == [(16, 12), (13, 14, 11)]
    assert saved(outcome, Mark) == [Mark("spring", 12, 16, PairMark.PINNED)]
    assert "↔" in reply_in(outcome).text
