"""A round's end: by itself, early, or cancelled; its figures and its last words."""

from dataclasses import replace

from bot import rounds
from bot.model import ApplicationState, RoundState
from tests.rounds.play import DAY, START, Play, a_person, a_round, program, running


END = START + 16 * 7 * DAY


def test_the_round_ends_by_itself_and_the_directors_get_its_figures() -> None:
    play = running("PT", "JP", "BR", "KE")
    play.counts = {
        "applications.placed": 4,
        "partnerships.ended": 2,
        "cases.closed": 1,
        "minutes": 12,
        "week.1.pairs": 2,
        "week.1.contact": 1,
        "week.2.pairs": 2,
        "week.2.contact": 2,
    }
    play.run(END + DAY)

    assert (play.round.state, play.round.ended_at, play.round.look_at) == (RoundState.ENDED, END, None)
    report = play.text("ended/spring/ended")
    assert "Placed: 4, in 2 partnerships (ended early: 0, re-matched: 0)." in report
    assert "75 % on average. By week: 50 100 – –" in report


def test_who_had_no_partner_at_the_end_hears_what_comes_next() -> None:
    play = running("PT", "JP").run(START + DAY)
    play.dissolve("spring.1")
    play.apply(3, "JP", state=ApplicationState.UNPLACED, languages=("fi",))
    play.people[2] = replace(play.people[2], reachable=False)
    play.run(END)

    assert [key for key in play.outbox if key.startswith("over/")] == ["over/spring/1", "over/spring/3"]


def test_directors_can_end_a_round_early() -> None:
    play = running("PT", "JP", "BR", "KE")
    play.keep(rounds.finish(play.round, play.partnerships.values(), START + 30 * DAY))

    assert (play.round.state, play.round.look_at) == (RoundState.ENDED, START + 30 * DAY)
    assert {each.look_at for each in play.partnerships.values()} == {START + 30 * DAY}


def test_a_cancelled_round_drops_its_draft_and_tells_everybody() -> None:
    play = Play(a_round(RoundState.CLOSED))
    for number, country in enumerate(["PT", "JP", "BR"], start=1):
        play.apply(number, country, state=ApplicationState.ACCEPTED)
    play.people[3] = a_person(3, reachable=False)
    play.look()
    play.keep(rounds.cancel(play.round, play.partnerships.values(), play.people.values(), START, program()))

    assert (play.round.state, play.partnerships) == (RoundState.CANCELLED, {})
    assert [key for key in play.outbox if key.startswith("cancelled/")] == [
        "cancelled/spring/1",
        "cancelled/spring/2",
    ]
