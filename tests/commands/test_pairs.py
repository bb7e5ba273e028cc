"""The draft of pairs: looking, asking why, marking, swapping."""

import json
from dataclasses import replace

import pytest

from bot.commands import decide
from bot.model import PartnershipState
from tests.commands.desks import (
    ANA,
    BEN,
    CLEO,
    DAN,
    OPEN,
    PROPOSED,
    RUNNING,
    counted,
    desk,
    do,
    pair,
    program,
    said,
    values,
    words,
)
from tests.commands.drafts import QUALITY, drafted


def test_the_draft_is_shown_with_its_quality_first_and_the_worst_pair_next() -> None:
    outcome = do("pairs", drafted(replace(PROPOSED, quality=json.dumps(QUALITY))))

    assert words(outcome).splitlines() == [
        "Spring: pairs 2, trios 0; 4 people placed of 5 that can be; 1 not placed.",
        "Points: worst 1,234, 5th percentile 1,300, median 5,000 of 10,000; 0.25 % below the best there can "
        "be. Wishes met: 75 %.",
        "2 pairs, the worst first · page 1. The number in brackets is the person: pairs why 17",
        "2. Cleo (13) KE ↔ Dan (14) IN · 1,234 · pinned",
        "1. Ana Silva (11) BR ↔ Ben (12) NZ · 7,312",
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
    assert words(do("pairs page=2", on)).splitlines()[0] == (
        "25 pairs, the worst first · page 2. The number in brackets is the person: pairs why 17"
    )


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
