"""Sending at Telegram's limits and after an outage, on a virtual clock: benchmarks/sending.py in short."""

from benchmarks.sending import ALLOWED, HOUR, queue, rooms, send_all
from benchmarks.virtual import run


def test_a_prompt_to_many_rooms_goes_at_95_percent_of_what_is_allowed_and_is_never_refused() -> None:
    found = run(send_all(*rooms(1100)))

    assert (len(found.arrived), found.twice, found.refused) == (1100, 0, 0)
    assert found.rate > 0.95 * ALLOWED


def test_after_an_outage_everything_comes_once_in_order_and_within_the_limits() -> None:
    away = HOUR.total_seconds() / 6
    found = run(send_all(*queue(240, 40), away=away))

    assert (len(found.arrived), found.twice, found.disorder, found.refused) == (240, 0, 0, 0)
    assert found.tries < 240 + away / 30 + 30


def test_what_was_due_in_the_outage_is_there_soon_after_it() -> None:
    """Half a minute until the next try, then at the pace there is."""
    away = HOUR.total_seconds()
    deliveries, people = queue(200, 40)
    found = run(send_all(deliveries[:100], people, away=away))

    assert found.arrived[-1][0] - away < 60 + 100 / ALLOWED
