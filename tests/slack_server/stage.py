"""Where people act on Slack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.slack_server.deliveries import Courier
from tests.slack_server.world import World
from tests.strict.stage import Ground


@dataclass(repr=False, kw_only=True)
class Stage(Ground):
    """The world and what is on its way to the app, safe to use from any thread."""

    world: World
    courier: Courier
    #: Where the server listens.
    address: Callable[[], str]
