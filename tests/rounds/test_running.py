"""A running round's start: who of the draft begins, and who is told that they wait."""

from dataclasses import replace

from bot.model import ApplicationState, PartnershipState, RoundState
from tests.rounds.play import DAY, HOUR, START, Play, a_round, running


def test_starting_a_round_places_everybody_of_the_draft() -> None:
    play = running("PT", "JP", "BR", "KE")

    assert play.round.state is RoundState.RUNNING
    assert play.round.started_at == START
    assert [each.state for each in play.partnerships.values()] == [PartnershipState.OPENING] * 2
    assert [each.look_at for each in play.partnerships.values()] == [START] * 2
    assert set(play.states().values()) == {"placed"}
    assert len([row for row in play.memberships.values() if row.active]) == 4


def test_who_withdrew_since_the_draft_leaves_a_partner_who_gets_another() -> None:
    play = Play(a_round(RoundState.CLOSED))
    for number, country in enumerate(["PT", "JP", "BR", "KE"], start=1):
        play.apply(number, country, state=ApplicationState.ACCEPTED)
    play.look()
    for pair in play.partnerships.values():
        gone = pair.members[0]
        play.applications[gone] = replace(play.applications[gone], state=ApplicationState.WITHDRAWN)
    play.start()
    assert play.partnerships == {}
    play.look()

    assert sorted(play.states().values()) == ["placed", "placed", "withdrawn", "withdrawn"]
    assert len(play.pairs()) == 1


def test_a_trio_whose_third_withdrew_since_the_draft_begins_as_a_pair() -> None:
    play = Play(a_round(RoundState.CLOSED))
    for number, country in enumerate(["PT", "JP", "BR"], start=1):
        play.apply(number, country, state=ApplicationState.ACCEPTED)
    play.look()
    (trio,) = play.partnerships.values()
    gone = trio.starter
    play.applications[gone] = replace(play.applications[gone], state=ApplicationState.WITHDRAWN)
    play.start()

    (pair,) = play.live()
    assert set(pair.members) == {1, 2, 3} - {gone}
    assert pair.starter in pair.members


def test_the_unplaced_and_those_who_wait_are_told_why_once_when_the_round_begins() -> None:
    play = Play(a_round(RoundState.CLOSED))
    for number, country in enumerate(["PT", "JP"], start=1):
        play.apply(number, country, state=ApplicationState.ACCEPTED)
    play.apply(3, "FI", state=ApplicationState.ACCEPTED, languages=("fi",))
    play.look()
    play.start()
    play.apply(4, "US", state=ApplicationState.WAITING)
    play.run(START + 5 * DAY)

    assert "Nobody else in this round speaks one of your languages." in play.text("unplaced/spring/3")
    assert "when a place opens" in play.text("unplaced/spring/3")
    assert len([key for key in play.outbox if key.startswith("unplaced/")]) == 2


def test_a_running_round_is_looked_at_twice_a_day() -> None:
    play = running("PT", "JP")

    assert play.round.look_at == START + 12 * HOUR
