"""What tests do to the app: faults, cut and silent sockets, repeated deliveries, uninstalls, revocations."""

from __future__ import annotations

import asyncio

from tests.slack_server import installing
from tests.slack_server.deliveries import Delivery
from tests.slack_server.errors import Json
from tests.slack_server.faults import Fault, Faults
from tests.slack_server.interactions import Doing, ask
from tests.slack_server.limits import Limits
from tests.slack_server.parts import Parts
from tests.slack_server.posting import Urls
from tests.slack_server.teams import Install, Team
from tests.slack_server.telling import event_body


class Trouble(Parts):
    """Deeds of the network and of Slack itself."""

    @property
    def faults(self) -> Faults:
        """Gives what goes wrong by chance; set it to change that."""
        return self._front.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self._front.faults = faults

    def fail_next(self, method: str, fault: Fault, times: int = 1) -> None:
        """Makes the next calls of a method (or "response_url") go wrong."""
        self.faults.plan(method, fault, times)

    @property
    def limits(self) -> Limits:
        """Gives the rate limits; set it to change them."""
        return self.world.pacer.limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self.world.pacer.limits = limits

    def delivers_to(self, base: str | Urls | None) -> None:
        """Delivers by signed HTTP to `<base>/slack/events` and so on; None: by socket again."""
        self.posting.urls = Urls.at(base) if isinstance(base, str) else base

    def sign(self, body: bytes, *, at: float | None = None, secret: str | None = None) -> dict[str, str]:
        """Gives the two headers that sign a request of the test's own (an old or forged one, on demand)."""
        return self.posting.sign(body, at=at, secret=secret)

    def verifies_url(self) -> Doing:
        """Sends the challenge; `reply` must come to hold it."""
        body = {"type": "url_verification", "token": "verification-token", "challenge": "3eZbrw1aBm2rZ"}
        return self._ask(Delivery("events_api", "url_verification", body))

    def checks_ssl(self) -> Doing:
        """Sends what Slack sends now and then to a command's URL."""
        return self._ask(Delivery("slash_commands", "ssl_check", {"ssl_check": "1", "token": "verification"}))

    def _ask(self, delivery: Delivery) -> Doing:
        return ask(self.stage, self.team, delivery)

    def cut_sockets(self) -> None:
        """Resets every Socket Mode connection."""
        self._in_loop(self._cut())

    async def _cut(self) -> None:
        self.sockets.cut()

    def refresh_sockets(self, *, warning: float = 0.2) -> None:
        """Warns every connection, and after a while asks for a refresh and closes it."""
        self._in_loop(self._refresh(warning))

    async def _refresh(self, warning: float) -> None:
        old = list(self.sockets.links)
        await self.sockets.tell_to_leave("warning", old)
        await asyncio.sleep(warning)
        await self.sockets.tell_to_leave("refresh_requested", old)
        await self.sockets.close(old)

    def disables_socket_mode(self) -> None:
        """Turns Socket Mode off in the app's settings: link_disabled."""
        self.world.manifest.settings["socket_mode_enabled"] = False
        self._in_loop(self._disable())

    async def _disable(self) -> None:
        await self.sockets.tell_to_leave("link_disabled", list(self.sockets.links))
        await self.sockets.close(list(self.sockets.links))

    def stall_sockets(self, *, pongs: bool = False) -> None:
        """Makes the open connections fall silent; with pongs, only envelopes get lost."""
        for link in self.sockets.links:
            link.silent, link.deaf = not pongs, True

    def holds_deliveries(self, *, held: bool = True) -> None:
        """Keeps everything for the app back (or lets it go)."""
        self.courier.held = held
        self.stage.signal.fire()

    def repeats(self, last: int = 1) -> None:
        """Delivers the newest events once more, with their old event ids."""
        with self.stage.lock:
            events = [d for d in self.courier.history if d.kind == "events_api"][-last:]
        for event in events:
            event.attempt, event.reason = max(1, event.attempt), "http_timeout"
            self.courier.again(event)

    def inject(self, event: Json, team: Team | None = None) -> Delivery:
        """Gives the app any event at all, subscribed or not."""
        with self.stage.lock:
            body = event_body(self.world, team or self.team, event)
            return self.courier.send(Delivery("events_api", str(event.get("type")), body))

    def rate_limits_events(self, team: Team | None = None) -> None:
        """Tells the app that it is not told everything (app_rate_limited)."""
        with self.stage.lock:
            self.telling.warn(team or self.team)

    def installs(self, team: Team) -> Install:
        """Installs the app in a workspace, without OAuth, with a new token."""
        with self.stage.lock:
            return installing.install(self.world, team)

    def uninstalls(self, team: Team | None = None) -> None:
        """Removes the app from a workspace: two events, and its token is account_inactive."""
        with self.stage.lock:
            installing.uninstall(self.world, team or self.team)

    def revokes_token(self, team: Team | None = None, *, tell: bool = True) -> None:
        """Revokes the bot token of a workspace, with the event or silently."""
        with self.stage.lock:
            installing.revoke(self.world, team or self.team, tell=tell)
