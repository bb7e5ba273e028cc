"""What ambassadors hear by themselves: their own country's figures and open cases, and thanks."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import rounds
from bot.markup import plain
from bot.messages import Message
from bot.model import Case, RoundState
from bot.rounds import advance
from bot.rounds.ambassadors import HELPABLE, due
from bot.snapshots import Embassy, Hall
from bot.texts import load_program
from bot.timetable import is_night
from tests.rounds.play import DAY, HOUR, START, Play, a_person, a_round, program, running


WEEK = 7 * DAY
ANA = a_person(50, "BR", name="Ana", ambassador_for="BR", zone="America/Sao_Paulo")
BEN = a_person(51, "BR", name="Ben")
QUIET = Case(
    "quiet/spring.1/3",
    "quiet",
    START - 9 * DAY,
    round="spring",
    partnership="spring.1",
    person=51,
    country="BR",
)
EMBASSY = Embassy(ANA, applied=12, placed=9, through=1, cases=((QUIET, BEN),))


def with_ambassadors(play: Play, *embassies: Embassy) -> Play:
    play.embassies = embassies or (EMBASSY,)
    return play


def written(play: Play) -> list[str]:
    return [key for key in play.outbox if key.startswith("ambassador/")]


def test_an_ambassador_gets_a_report_every_four_weeks_and_thanks_at_the_end() -> None:
    play = with_ambassadors(running("PT", "JP")).run(START + 17 * WEEK)

    assert written(play) == [
        "ambassador/spring/month-1/50",
        "ambassador/spring/month-2/50",
        "ambassador/spring/month-3/50",
        "ambassador/spring/end/50",
    ]
    assert play.round.look_at is None


def test_while_people_apply_a_report_comes_every_two_weeks() -> None:
    play = with_ambassadors(Play(a_round(opens_at=START, closes_at=START + 5 * WEEK))).run(START + 34 * DAY)

    assert written(play) == ["ambassador/spring/open-1/50", "ambassador/spring/open-2/50"]


def test_after_a_long_stop_only_the_newest_report_comes() -> None:
    play = with_ambassadors(running("PT", "JP"))
    play.look(START + 9 * WEEK)

    assert written(play) == ["ambassador/spring/month-2/50"]


def test_no_report_comes_with_the_other_looks() -> None:
    play = with_ambassadors(running("PT", "JP")).run(START + 4 * WEEK - HOUR)

    assert written(play) == []


@pytest.mark.parametrize(
    "state", [RoundState.DRAFT, RoundState.CLOSED, RoundState.PROPOSED, RoundState.CANCELLED]
)
def test_before_and_between_nothing_is_due(state: RoundState) -> None:
    known = a_round(state, opens_at=START, started_at=START)

    assert due(known, START + 9 * WEEK, WEEK) == ""


def test_a_round_that_never_began_has_nothing_to_report() -> None:
    assert due(a_round(RoundState.OPEN), START + 9 * WEEK, WEEK) == ""


def test_the_report_of_a_running_round_says_what_its_country_needs() -> None:
    play = with_ambassadors(running("PT", "JP")).run(START + 5 * WEEK)

    assert plain(play.text("ambassador/spring/month-1/50")).splitlines() == [
        "Brazil in Spring 2027: how it stands.",
        "",
        "12 people from Brazil have applied.",
        "9 of them have a partner.",
        "1 person came through your link.",
        "",
        "1 person could use a kind word from you. The directors know, too.",
        "• Ben and the partner have not been in touch for two weeks (37 days)",
        "",
        "Thank you, Ana: it is people like you who bring others together.",
    ]
    assert "[Ben](person:51)" in play.text("ambassador/spring/month-1/50")


def test_while_people_apply_the_report_has_the_link_to_pass_on() -> None:
    named = load_program(bot_names={"telegram": "antipode_bot"})
    look = advance(
        Hall(a_round(opens_at=START), embassies=(replace(EMBASSY, cases=()),)), START + 2 * WEEK, named
    )
    told = next(each for each in look.deliveries if each.key.startswith("ambassador/"))

    assert isinstance(told.body, Message)
    assert "Your link to pass on: https://t.me/antipode_bot?start=a50" in told.body.text
    assert "Nobody from Brazil waits for help now." in told.body.text


def test_the_thanks_come_when_directors_end_a_round_early() -> None:
    play = with_ambassadors(running("PT", "JP"))
    play.keep(rounds.finish(play.round, play.partnerships.values(), START + 30 * DAY))
    play.run(START + 31 * DAY)

    assert plain(play.text("ambassador/spring/end/50")).splitlines() == [
        "Spring 2027 has ended. Thank you, Ana!",
        "",
        "12 people from Brazil have applied.",
        "1 person came through your link.",
        "",
        "You opened the door for the people of Brazil. We hope to have you with us again.",
    ]


def test_nobody_is_thanked_for_a_round_that_was_cancelled() -> None:
    play = with_ambassadors(Play(a_round(RoundState.CANCELLED))).run(START + DAY)

    assert (written(play), play.round.look_at) == ([], None)


@pytest.mark.parametrize("kind", ["report", "wrong", "refused", "something-new"])
def test_what_is_the_directors_alone_is_never_told(kind: str) -> None:
    embassy = replace(EMBASSY, cases=((replace(QUIET, kind=kind), BEN),))
    play = with_ambassadors(running("PT", "JP"), embassy).run(START + 5 * WEEK)

    assert "Nobody from Brazil waits for help now." in play.text("ambassador/spring/month-1/50")


def test_every_kind_they_may_hear_of_has_its_words() -> None:
    assert [kind for kind in HELPABLE if not program().texts.has(f"rounds.ambassador.kind.{kind}")] == []


@given(
    st.lists(
        st.tuples(st.sampled_from(["BR", "NZ", "", "KE"]), st.sampled_from([*sorted(HELPABLE), "report"])),
        max_size=8,
    )
)
def test_nobody_of_another_country_is_ever_named(found: list[tuple[str, str]]) -> None:
    cases = tuple(
        (
            replace(QUIET, key=str(number), country=country, kind=kind),
            a_person(60 + number, country, name=f"{country}-{kind}"),
        )
        for number, (country, kind) in enumerate(found)
    )
    hall = Hall(
        a_round(RoundState.RUNNING, started_at=START, looked_at=START),
        embassies=(replace(EMBASSY, cases=cases),),
    )
    told = [
        each
        for each in advance(hall, START + 4 * WEEK, program()).deliveries
        if each.key.startswith("ambassador/")
    ]

    assert len(told) == 1
    assert isinstance(told[0].body, Message)
    named = [line for line in plain(told[0].body.text).splitlines() if line.startswith("•")]
    assert all(line.startswith("• BR-") and "report" not in line for line in named)


@pytest.mark.parametrize("zone", ["America/Sao_Paulo", ""])
def test_it_waits_for_the_ambassadors_morning_and_without_a_zone_for_that_of_the_country(zone: str) -> None:
    play = with_ambassadors(running("PT", "JP"), replace(EMBASSY, person=replace(ANA, zone=zone)))
    play.run(START + 5 * WEEK)
    told = play.outbox["ambassador/spring/month-1/50"]

    assert told.zones == ("America/Sao_Paulo",)
    assert is_night(START.replace(hour=5), told.zones[0])
    assert told.give_up_at == told.due_at + timedelta(days=7)
