"""From an HTTP request to an answer: token, method, arguments, scopes, limits, faults, and the record."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

from tests.slack_server.arguments import read_arguments, token_of
from tests.slack_server.conversations import need
from tests.slack_server.dispatch import METHODS, Call, Violation
from tests.slack_server.errors import Json, Refused
from tests.slack_server.failing import EARLY, afterwards, instead, refusal
from tests.slack_server.faults import Faults
from tests.slack_server.methods import Spec
from tests.slack_server.oauth import Consent
from tests.slack_server.replies import use_hook
from tests.slack_server.stage import Stage
from tests.slack_server.teams import Install


NOT_DONE = "not carried out"


@dataclass
class Front:
    """What stands between the wire and the world."""

    stage: Stage
    app_token: str
    new_socket: Callable[[], str]
    consent: Consent
    faults: Faults = field(default_factory=Faults)
    calls: list[Call] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    mistakes: list[BaseException] = field(default_factory=list)

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Serves /api/<method>."""
        return await self._guarded(self._call, request)

    async def hook(self, request: web.Request) -> web.StreamResponse:
        """Serves a response_url."""
        return await self._guarded(self._hook, request)

    async def _guarded(
        self, serve: Callable[[web.Request], Awaitable[web.StreamResponse]], request: web.Request
    ) -> web.StreamResponse:
        try:
            return await serve(request)
        except (asyncio.CancelledError, ConnectionError):
            raise
        except Exception as error:  # noqa: BLE001  # kept for `stop`, which raises it in the test
            self.mistakes.append(error)
            return refusal(Refused("internal_error", status=500))

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fault = self.faults.choose(method)
        if fault in EARLY:
            self._keep(Call(method, dict(request.query), self._now(), "", NOT_DONE, fault))
            return await instead(request, fault, self.faults.retry_after)
        call = Call(method, {}, self._now(), fault=fault, by=request.headers.get("X-Delivery", ""))
        try:
            raw = await read_arguments(request)
            token = token_of(request, raw)
            answer = self._carry_out(call, token, raw, request)
        except Refused as refused:
            call.error = refused.error
            self._violate(call, refused)
            answer = refusal(refused)
        self._keep(call)
        return await afterwards(request, fault, answer)

    def _now(self) -> float:
        return self.stage.world.clock.now()

    def _keep(self, call: Call) -> None:
        self.calls.append(call)
        self.stage.recent.append(f"{call.error or 'ok'} {call.method} {str(call.params)[:200]}")
        self.stage.signal.fire()

    def _carry_out(self, call: Call, token: str, raw: Json, request: web.Request) -> web.Response:
        headers: dict[str, str] = {}
        call.params = {name: value for name, value in raw.items() if name != "token"}
        with self.stage.lock:
            spec = Spec.of(call.method)
            if call.method == "oauth.v2.access":
                call.params = spec.read(raw)
                result = self.consent.access(call.params, request)
            elif call.method == "apps.connections.open":
                result = self._connect(token)
            else:
                install = self._install(token)
                call.team = install.team.id
                result, headers = self._api(call, spec, install, raw), _headers(install)
            call.result, call.done = result, True
        return web.json_response({"ok": True} | result, headers=headers)

    def _api(self, call: Call, spec: Spec, install: Install, raw: Json) -> Json:
        if spec.scopes:
            _need(install, spec)
        team, channel = install.team, str(raw.get("channel") or "")
        if channel in team.accounts:  # a person's id and their DM are one channel
            channel = self.stage.world.dm(team, team.accounts[channel]).id
        self.stage.world.pacer.count(call.method, spec.tier, team.id, channel, now=self._now())
        call.params = spec.read(raw)
        return METHODS[call.method](self.stage.world, install, call.params)

    def _connect(self, token: str) -> Json:
        if token != self.app_token:
            known = token in self.stage.world.installs
            error = "not_allowed_token_type" if known else _no_auth(token)
            raise Refused(error, violation=f"{error}: apps.connections.open wants the app token")
        if not self.stage.world.manifest.socket_mode:
            raise Refused("socket_mode_not_enabled", violation="the manifest has Socket Mode off")
        self.stage.world.pacer.count("apps.connections.open", 3, "", "", now=self._now())
        return {"url": self.new_socket()}

    def _install(self, token: str) -> Install:
        install = self.stage.world.installs.get(token)
        if install is None:
            if token == self.app_token:
                raise Refused("not_allowed_token_type", violation="the app token opens sockets only")
            raise Refused(_no_auth(token), violation="a token that was never given out")
        if install.dead:
            raise Refused(install.dead)
        if install.expires is not None and self._now() >= install.expires:
            raise Refused("token_expired")
        return install

    def _violate(self, call: Call, refused: Refused) -> None:
        if refused.violation:
            self.violations.append(Violation(call.method, call.params, refused.violation))

    def complain(self, method: str, params: Json, words: str) -> None:
        """Keeps that the app did something no correct app does."""
        self.violations.append(Violation(method, params, words))

    async def _hook(self, request: web.Request) -> web.StreamResponse:
        number = request.match_info["number"]
        fault = self.faults.choose("response_url")
        if fault in EARLY:
            self._keep(Call("response_url", {}, self._now(), "", NOT_DONE, fault))
            return await instead(request, fault, self.faults.retry_after)
        call = Call("response_url", await request.json(), self._now(), fault=fault)
        answer = web.Response(text="ok")
        with self.stage.lock:
            try:
                use_hook(self.stage.world, number, call.params)
                call.done = True
            except Refused as refused:
                call.error = refused.error
                self._violate(call, refused)
                answer = refusal(refused)
        self._keep(call)
        return await afterwards(request, fault, answer)


def _no_auth(token: str) -> str:
    return "invalid_auth" if token else "not_authed"


def _need(install: Install, spec: Spec) -> None:
    need(install, *sorted(spec.scopes))


def _headers(install: Install) -> dict[str, str]:
    return {"x-oauth-scopes": ",".join(sorted(install.scopes))}
