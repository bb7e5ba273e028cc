"""A round from its draft to the proposed pairs."""

import json
from dataclasses import replace
from datetime import timedelta

from bot import rounds
from bot.messages import Message
from bot.model import ApplicationState, Mark, PairMark, PartnershipState, RoundState
from tests.rounds.play import DAY, HOUR, START, Play, a_person, a_round, program


def test_a_round_opens_on_its_day() -> None:
    play = Play(a_round(RoundState.DRAFT, opens_at=START + DAY)).run(START + 2 * DAY)

    assert play.round.state is RoundState.OPEN
    assert "is open" in play.text("opened/spring/opened")


def test_a_draft_without_a_day_waits_for_the_directors() -> None:
    play = Play(a_round(RoundState.DRAFT)).run(START + 90 * DAY)

    assert (play.round.state, play.round.look_at) == (RoundState.DRAFT, None)


def test_everybody_who_wants_news_is_told_once_in_batches() -> None:
    play = Play(a_round(closes_at=START + DAY))
    play.people = {number: a_person(number, wants_news=True) for number in range(1, 1203)}
    play.run(START + HOUR)

    assert len([key for key in play.outbox if key.startswith("open/")]) == 1202
    assert play.round.told_up_to == 1202


def test_who_took_part_before_is_asked_with_their_old_answers() -> None:
    play = Play(a_round())
    play.people = {
        1: a_person(1, wants_news=True, profile={"name": "Ana"}),
        2: a_person(2, wants_news=True),
        3: a_person(3, wants_news=True, reachable=False),
    }
    play.look()

    assert "I still have your answers" in play.text("open/spring/1")
    assert "You asked me to tell you" in play.text("open/spring/2")
    assert "open/spring/3" not in play.outbox


def test_each_applicant_hears_whether_they_take_part_or_wait() -> None:
    play = Play(a_round())
    for number in range(1, 6):
        play.apply(number, "US")
    play.look()

    assert list(play.states().values()) == ["accepted"] * 3 + ["waiting"] * 2
    told = {key.split("/")[0]: key for key in play.outbox if key.split("/")[2] == "5"}
    assert "**You are number 2 in your country's queue.**" in play.text(told["waiting"])


def test_who_waits_is_told_once_and_told_again_when_they_move_up() -> None:
    play = Play(a_round())
    for number in range(1, 5):
        play.apply(number, "US")
    play.look()
    play.look(START + HOUR)
    assert len(play.outbox) == 4

    for number in range(5, 25):
        play.apply(number, f"{number}")
    play.look(START + 2 * HOUR)

    assert play.applications[4].state is ApplicationState.ACCEPTED
    assert any("a place has opened" in play.text(key) for key in play.outbox if key.startswith("moved-up/"))


def test_an_open_round_is_looked_at_every_hour_and_on_its_last_moment() -> None:
    play = Play(a_round(closes_at=START + timedelta(minutes=90)))
    play.look()
    assert play.round.look_at == START + timedelta(minutes=60)

    play.look(START + timedelta(minutes=60))
    assert play.round.look_at == START + timedelta(minutes=90)


def test_closing_drafts_the_pairs_and_shows_the_directors_their_quality() -> None:
    play = Play(a_round(closes_at=START + DAY))
    for number, country in enumerate(["PT", "JP", "BR", "KE"], start=1):
        play.apply(number, country)
    play.run(START + 2 * DAY)

    assert play.round.state is RoundState.PROPOSED
    assert [each.state for each in play.partnerships.values()] == [PartnershipState.DRAFTED] * 2
    assert json.loads(play.round.quality)["placed"] == 4
    draft = next(key for key in play.outbox if key.startswith("draft/"))
    assert "4 of 4 people have a place" in play.text(draft)
    body = play.outbox[draft].body
    assert isinstance(body, Message)
    assert [choice.value for row in body.rows for choice in row] == ["d:pairs", "d:round start"]


def test_the_last_applications_are_decided_before_the_draft() -> None:
    play = Play(a_round(RoundState.CLOSED)).apply(1, "PT").apply(2, "JP")
    play.run(START + HOUR)

    assert list(play.states().values()) == ["accepted", "accepted"]
    assert len(play.partnerships) == 1


def test_who_moves_up_on_the_last_day_is_in_the_draft() -> None:
    play = Play(a_round(RoundState.CLOSED))
    play.apply(1, "PT", state=ApplicationState.ACCEPTED).apply(2, "US", state=ApplicationState.WAITING)
    play.run(START + HOUR)

    assert list(play.states().values()) == ["accepted", "accepted"]
    assert [set(each.members) for each in play.partnerships.values()] == [{1, 2}]


def test_who_cannot_be_paired_is_unplaced_with_the_rule() -> None:
    play = Play(a_round(RoundState.CLOSED))
    for number, country in enumerate(["PT", "JP"], start=1):
        play.apply(number, country, state=ApplicationState.ACCEPTED)
    play.apply(3, "FI", state=ApplicationState.ACCEPTED, languages=("fi",))
    play.look()

    assert (play.applications[3].state, play.applications[3].why) == ("unplaced", "language")


def test_who_left_two_partners_silently_waits_until_they_say_they_are_back() -> None:
    play = Play(a_round(RoundState.CLOSED))
    for number, country in enumerate(["PT", "JP", "BR"], start=1):
        play.apply(number, country, state=ApplicationState.ACCEPTED)
    play.people[3] = replace(play.people[3], ghosted=2)
    play.people[2] = replace(play.people[2], reachable=False)
    play.look()

    assert {person: each.why for person, each in play.applications.items()} == {
        1: "alone",
        2: "unreachable",
        3: "back",
    }


def test_a_new_draft_takes_the_place_of_the_old_one() -> None:
    play = Play(a_round(RoundState.CLOSED))
    for number, country in enumerate(["PT", "JP", "BR", "KE"], start=1):
        play.apply(number, country, state=ApplicationState.ACCEPTED)
    play.look()
    assert set(play.partnerships) == {"spring.1", "spring.2"}

    play.marks = (Mark("spring", 1, 2, PairMark.PINNED), Mark("spring", 3, 4, PairMark.FORBIDDEN))
    play.keep(rounds.draft(play.hall(), program()))

    assert set(play.partnerships) == {"spring.1"}
    assert play.partnerships["spring.1"].members[:2] == (1, 2)
    assert play.partnerships["spring.1"].pinned


def test_a_pin_that_became_illegal_is_left_out() -> None:
    play = Play(a_round(RoundState.CLOSED))
    for number, country in enumerate(["PT", "PT", "BR", "KE"], start=1):
        play.apply(number, country, state=ApplicationState.ACCEPTED)
    play.marks = (Mark("spring", 1, 2, PairMark.PINNED),)
    play.look()

    assert len(play.partnerships) == 2
    assert frozenset((1, 2)) not in {frozenset(each.members) for each in play.partnerships.values()}


def test_the_same_applications_give_the_same_draft() -> None:
    def drafted() -> Play:
        play = Play(a_round(RoundState.CLOSED))
        for number in range(1, 12):
            play.apply(number, f"{number % 5}", state=ApplicationState.ACCEPTED, years=number)
        play.look()
        return play

    assert drafted().partnerships == drafted().partnerships
    assert drafted().round.quality == drafted().round.quality


def test_the_one_with_more_years_writes_first() -> None:
    play = Play(a_round(RoundState.CLOSED))
    play.apply(1, "PT", state=ApplicationState.ACCEPTED, years=2)
    play.apply(2, "JP", state=ApplicationState.ACCEPTED, years=20)
    play.look()

    assert play.partnerships["spring.1"].starter == 2


def test_who_is_away_does_not_write_first() -> None:
    play = Play(a_round(RoundState.CLOSED))
    play.apply(1, "PT", state=ApplicationState.ACCEPTED, years=2)
    play.apply(2, "JP", state=ApplicationState.ACCEPTED, years=20)
    play.people[2] = replace(play.people[2], away_until=(START + 9 * DAY).date())
    play.look()

    assert play.partnerships["spring.1"].starter == 1


def test_nobody_at_all_gives_an_empty_draft() -> None:
    play = Play(a_round(RoundState.CLOSED))
    play.look()

    assert (play.round.state, play.partnerships) == (RoundState.PROPOSED, {})


def test_directors_are_reminded_once_a_day_when_the_first_day_has_come() -> None:
    play = Play(a_round(RoundState.CLOSED, starts_at=START + 5 * DAY))
    play.apply(1, "PT", state=ApplicationState.ACCEPTED).apply(2, "JP", state=ApplicationState.ACCEPTED)
    play.run(START + 8 * DAY)

    assert [key for key in play.outbox if key.startswith("approve/")] == [
        f"approve/spring/{day}" for day in range(4)
    ]


def test_without_a_directors_room_the_round_goes_on() -> None:
    play = Play(a_round(RoundState.DRAFT, opens_at=START), room=None)
    play.look()

    assert (play.round.state, play.outbox) == (RoundState.OPEN, {})


def test_a_round_that_is_over_is_not_looked_at_again() -> None:
    for state in (RoundState.ENDED, RoundState.CANCELLED):
        play = Play(a_round(state))
        play.look()
        assert play.round.look_at is None
