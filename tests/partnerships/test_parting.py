"""Partnerships that end before their round."""

from dataclasses import replace

from bot.model import Membership, PartnershipState
from bot.outcome import NOTHING
from bot.partnerships import dissolve, leave, part
from tests.partnerships.play import DAY, START, Play, a_partnership, a_person, program


def test_who_leaves_a_pair_ends_it_and_the_partner_is_told_kindly() -> None:
    play = Play().run(START + DAY)
    outcome = play.keep(part(play.turn(1), "withdraw", program()))

    assert play.partnership.state is PartnershipState.DISSOLVED
    assert play.partnership.look_at is None
    assert "nobody's fault" in play.text("parted/spring.1/2")
    assert "parted/spring.1/1" not in play.outbox
    assert [record for record in outcome.saves if isinstance(record, Membership)] == [
        Membership("spring.1", 1, "spring", active=False),
        Membership("spring.1", 2, "spring", active=False),
    ]


def test_a_pair_whose_room_is_coming_about_can_be_left_too() -> None:
    play = Play(partnership=a_partnership(state=PartnershipState.OPENING))
    play.keep(part(play.turn(2), "withdraw", program()))

    assert play.partnership.state is PartnershipState.DISSOLVED


def test_without_a_partnership_nothing_happens() -> None:
    turn = replace(Play().turn(1), partnership=None)

    assert part(turn, "withdraw", program()) == NOTHING
    assert part(replace(Play().turn(1), person=a_person(9)), "withdraw", program()) == NOTHING


def test_what_is_over_cannot_be_left_again() -> None:
    ended = a_partnership(state=PartnershipState.ENDED)
    people = (a_person(1), a_person(2))

    assert dissolve(ended, people, START, program()) == NOTHING
    assert leave(ended, people, 1, START, program()) == NOTHING
    assert leave(a_partnership(), people, 7, START, program()) == NOTHING


def test_somebody_unreachable_is_not_written_to() -> None:
    people = (a_person(1), a_person(2, reachable=False))

    assert leave(a_partnership(), people, 1, START, program()).deliveries == ()


def test_the_room_of_two_who_stay_knows_who_is_in_it() -> None:
    trio = a_partnership((1, 2, 3), starter=2, present=(1, 2, 3))
    people = tuple(a_person(number) for number in (1, 2, 3))
    smaller = leave(trio, people, 1, START, program()).saves[0]

    assert smaller == replace(trio, members=(2, 3), present=(2, 3), look_at=START)


def test_nothing_is_asked_of_a_pair_that_was_parted() -> None:
    play = Play().run(START + DAY)
    play.keep(part(play.turn(1), "withdraw", program()))
    keys = set(play.outbox)
    play.look(START + 30 * DAY)

    assert set(play.outbox) == keys
