"""A short whole round on Slack's wire, by the socket: eight people, weeks of seconds, a kill, two cuts."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.slack_server import Limits, SlackServer
from tests.wire.shorter import shorter
from tests.wire_slack.__main__ import MANIFEST
from tests.wire_slack.scenario import Scenario, play


pytestmark = pytest.mark.wire

SHORT = Scenario(
    people=8,
    weeks=2,
    pace=5.0,
    speed=20.0,
    kill_early=False,
    cut_in=1,
    kill_in=1,
    leaves_in=2,
    rematch=False,
    surveys=False,
)


@pytest.mark.long(16)
def test_a_whole_round_goes_well_on_slack(tmp_path: Path) -> None:
    """Nothing is lost or comes twice but what was in flight, whatever happens on the way."""
    with SlackServer(MANIFEST, limits=Limits(speed=SHORT.speed)).in_thread() as server:
        server.courier.backoff = 0.03
        figures = play(server, tmp_path, replace(SHORT, content=str(shorter(tmp_path))))

    assert figures.wrong == (), figures.table
