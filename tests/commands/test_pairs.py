"""The draft of pairs: looking, asking why, marking, swapping."""

import json
from dataclasses import replace

import pytest

from bot.commands import decide
from bot.model import Block, Mark, PairMark, Partnership, PartnershipState, Person, Round, RoundState
from bot.snapshots import Candidate, Desk
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
    counted,
    desk,
    do,
    pair,
    program,
    reply_in,
    said,
    saved,
    values,
    words,
)


QUALITY = {
    "pairs": 2,
    "trios": 0,
    "placed": 4,
    "placed_max": 5,
    "unplaced": 1,
    "worst": 1234,
    "p5": 1300,
    "median": 5000,
    "gap_percent": 0.25,
    "wishes": 4,
    "wishes_met": 3,
}
REASONS = (
    ("interest", json.dumps({"interest": "cataloguing", "named_by": 3, "permille": 600})),
    ("wish", json.dumps({"of": "11", "about": "continent", "value": "OC"})),
    ("open", json.dumps({"who": ["11", "12"]})),
)
DRAFT = (
    pair(1, ANA, BEN, reasons=REASONS, score=7312),
    pair(2, CLEO, DAN, score=1234, pinned=True),
)


def drafted(here: Round = PROPOSED, *candidates: Candidate, **parts: object) -> Desk:
    """Give a desk with the draft of Ana and Ben, Cleo and Dan."""
    everybody = candidates or tuple(candidate(each) for each in (ANA, BEN, CLEO, DAN, FAY))
    on = desk(round=here, partnerships=DRAFT, candidates=everybody, counts=counted(partnerships__drafted=2))
    return replace(on, **parts)  # type: ignore[arg-type]


def test_the_draft_is_shown_with_its_quality_first_and_the_worst_pair_next() -> None:
    outcome = do("pairs", drafted(replace(PROPOSED, quality=json.dumps(QUALITY))))

    assert words(outcome).splitlines() == [
        "Spring: pairs 2, trios 0; 4 people placed of 5 that can be; 1 not placed.",
        "Points: worst 1,234, 5th percentile 1,300, median 5,000 of 10,000; 0.25 % below the best there can "
        "be. Wishes met: 75 %.",
        "2 pairs, the worst first · page 1",
        "2 Cleo (13) KE ↔ Dan (14) IN · 1,234 · pinned",
        "1 Ana Silva (11) BR ↔ Ben (12) NZ · 7,312",
    ]
    assert values(outcome) == ["d:round start"]


@pytest.mark.parametrize("quality", ["", "[]", '{"pairs": 2}'])
def test_a_draft_without_figures_is_shown_all_the_same(quality: str) -> None:
    outcome = do("pairs", drafted(replace(PROPOSED, quality=quality)))

    assert words(outcome).splitlines()[0] == "Spring: there are no quality figures."


def test_figures_that_are_no_figures_are_a_dash() -> None:
    odd = json.dumps({**QUALITY, "worst": None, "wishes": None})

    assert "worst –" in words(do("pairs", drafted(replace(PROPOSED, quality=odd))))


def test_many_pairs_have_pages() -> None:
    many = tuple(pair(number, ANA, BEN, state=PartnershipState.RUNNING) for number in range(1, 11))
    on = desk(round=RUNNING, partnerships=many, counts=counted(partnerships__running=25))

    assert values(do("pairs", on)) == ["d:pairs page=2"]
    assert values(do("pairs page=2", on)) == ["d:pairs page=1", "d:pairs page=3"]
    assert values(do("pairs page=3", on)) == ["d:pairs page=2"]
    assert words(do("pairs page=2", on)).splitlines()[0] == "25 pairs, the worst first · page 2"


def test_a_round_without_pairs_says_where_it_stands() -> None:
    assert words(do("pairs", desk(round=OPEN))) == "Spring has no pairs: it is open for applications."


def test_why_gives_the_reasons_in_words_with_names() -> None:
    outcome = do("pairs why ana", drafted())

    assert words(outcome).splitlines() == [
        "Ana Silva (11) BR ↔ Ben (12) NZ (spring.1), 7,312 points",
        "• They share an interest: Cataloguing and metadata. 3 people named it (60 %).",
        "• Ana Silva wished for “From Oceania”: met.",
        "• Open to anybody: Ana Silva, Ben.",
    ]


def wish(about: str, value: str) -> dict[str, object]:
    return {"of": "11", "about": about, "value": value}


@pytest.mark.parametrize(
    ("kind", "kept", "told"),
    [
        ("wish", wish("seniority", "more:7"), "Ana Silva wished for “More experienced”: met."),
        ("missed", wish("sector", "!public"), "Ana Silva wished for “not Public library”: not met."),
        ("wish", wish("experience", "similar:5"), "Ana Silva wished for “similar experience”: met."),
        ("wish", wish("language", "pt"), "Ana Silva wished for “speaks Portuguese”: met."),
        ("wish", wish("region", "western-africa"), "Ana Silva wished for “from Western Africa”: met."),
        (
            "interest",
            {"interest": "artificial-intelligence", "named_by": 2, "permille": 0},
            "They share an interest: Artificial intelligence. 2 people named it (< 0.1 %).",
        ),
        ("goal", {"goal": "friendship"}, "They hope for the same: Make a friend abroad."),
        ("sector", {"sector": "public"}, "They come from the same field: Public library."),
        ("stage", {"stage": "early"}, "They are at the same stage: The first years."),
        ("hours", {"hours": 1, "slots": ["Mo09"]}, "They have 1 free hour a week in common."),
        (
            "new_country",
            {"countries": ["BR", "NZ"]},
            "Each of them gets to know a new country: Brazil, New Zealand.",
        ),
        ("language", {"languages": ["en", "de"]}, "They can talk in English, German."),
        (
            "room",
            {"platforms": ["telegram", "slack+telegram"]},
            "They can meet on Telegram, Slack + Telegram.",
        ),
        ("relaxed", {"rule": "hours"}, "They have no free hour in common."),
        (
            "relaxed",
            {"rule": "experience", "of": "12"},
            "What Ben wished about experience gave way.",
        ),
        ("priority", {"who": ["12"]}, "Let down before, so placed first: Ben."),
    ],
)
def test_why_says_every_kind_of_reason_without_ids(kind: str, kept: dict[str, object], told: str) -> None:
    on = drafted(partnerships=(pair(1, ANA, BEN, reasons=((kind, json.dumps(kept)),)),))

    assert words(do("pairs why ana", on)).splitlines()[1:] == [f"• {told}"]


def test_why_says_ids_where_a_question_is_no_longer_asked() -> None:
    without = replace(program(), tables={**program().tables, "application": {"en": ()}})
    reasons = (
        ("sector", json.dumps({"sector": "public"})),
        ("wish", json.dumps(wish("seniority", "more:7"))),
    )
    on = drafted(partnerships=(pair(1, ANA, BEN, reasons=reasons),))

    assert words(decide(said("pairs why ana"), on, without)).splitlines()[1:] == [
        "• They come from the same field: public.",
        "• Ana Silva wished for “seniority more”: met.",
    ]


def test_why_of_somebody_who_is_gone_shows_their_id() -> None:
    reasons = (("wish", json.dumps({"of": "999", "about": "continent", "value": "OC"})),)
    on = drafted(
        partnerships=(pair(1, ANA, BEN, reasons=reasons), pair(2, CLEO, DAN, reasons=(("sector", ""),)))
    )

    assert "999 wished for" in words(do("pairs why ana", on))


def test_why_says_when_there_is_no_partner() -> None:
    assert words(do("pairs why Fay", drafted())) == "Fay has no partner in this round."
    assert "nobody called" in words(do("pairs why zoe", drafted()))


def test_why_of_two_says_what_they_would_be() -> None:
    assert words(do("pairs why 11 and 13", drafted())).startswith("Ana Silva and Cleo would have ")
    assert words(do("pairs why 11 15", drafted())) == (
        "Ana Silva and Fay cannot be paired: they live in the same country."
    )
    assert "takes no part" in words(do("pairs why 11 1", drafted()))
    assert "nobody called" in words(do("pairs why 11 999", drafted()))


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
