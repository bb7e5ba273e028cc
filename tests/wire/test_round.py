"""A short whole round on the wire: eight people, three weeks of seconds, two kills, a move, a relay."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.telegram_server import TelegramServer
from tests.wire.rooms import Way
from tests.wire.scenario import Scenario, play
from tests.wire.shorter import shorter


pytestmark = pytest.mark.wire

SHORT = Scenario(
    people=8,
    weeks=3,
    pace=7.0,
    ways=(Way.PICKER, Way.RELAY, Way.LEAK, Way.PICKER),
    migrates_in=2,
    kill_in=2,
    blocks_in=2,
    rematch=False,
    surveys=False,
)


@pytest.mark.long(46)
def test_a_whole_round_goes_well_on_the_wire(tmp_path: Path) -> None:
    """Nothing is lost or comes twice but what was in flight, whatever happens on the way."""
    with TelegramServer().in_thread() as server:
        figures = play(server, tmp_path, replace(SHORT, content=str(shorter(tmp_path))))

    assert figures.wrong == (), figures.table
