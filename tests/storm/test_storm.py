"""A short storm on each database: nothing is lost, nothing comes twice that nothing explains."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storm.episode import Plan, play
from tests.storm.life import Story
from tests.storm.postgres import Cluster, cluster
from tests.wire.rooms import Way


pytestmark = pytest.mark.wire

SHORT = Story(people=4, weeks=2, pace=4.0, ways=(Way.PICKER, Way.RELAY))
#: How many times as fast the platform's limits are.
SPEED = 12.0


@pytest.fixture(scope="module")
def postgres() -> Iterator[Cluster]:
    with cluster() as running:
        yield running


@pytest.mark.long(41)
def test_nothing_is_lost_when_one_process_is_killed_again_and_again(tmp_path: Path) -> None:
    found = play(Plan(seed=7, kills=6, story=SHORT, hangs=False, speed=SPEED), tmp_path)

    assert found.wrong == [], found.figures
    assert found.figures["kills"] >= 3


@pytest.mark.long(60)
def test_nothing_is_lost_when_two_replicas_are_killed_and_their_database_is_cut(
    tmp_path: Path, postgres: Cluster
) -> None:
    found = play(Plan(seed=7, kills=3, story=SHORT, hangs=False, speed=SPEED, cluster=postgres), tmp_path)

    assert found.wrong == [], found.figures
    assert found.figures["kills"] >= 1
