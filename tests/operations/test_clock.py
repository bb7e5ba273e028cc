"""The machine's own clock: a lease is over after a sleep of the machine, too."""

import time

from adapters.clock import SystemClock


def test_the_steady_clock_goes_on_while_the_machine_sleeps() -> None:
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    steady = SystemClock().monotonic()

    assert before <= steady <= time.clock_gettime(time.CLOCK_BOOTTIME)
