"""From an HTTP request to an answer: token, method, parameters, faults, and the record of every call."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from tests.telegram_server.dispatch import METHODS, Call, Method, Violation
from tests.telegram_server.errors import Json, Refused, too_many
from tests.telegram_server.faults import Fault, Faults
from tests.telegram_server.forms import read_parameters
from tests.telegram_server.polling import Polling
from tests.telegram_server.spec import Upload, bot_api
from tests.telegram_server.stage import Stage
from tests.telegram_server.webhook import Webhook
from tests.telegram_server.wire import Answer, Cut, Request


BAD_GATEWAY = Answer(502, b"<html><h1>502 Bad Gateway</h1></html>", "text/html")
GARBAGE = Answer(200, b'{"ok":true,"resu')


@dataclass
class Front:
    """What stands between the wire and the world."""

    stage: Stage
    webhook: Webhook
    polling: Polling
    token: str
    faults: Faults = field(default_factory=Faults)
    calls: list[Call] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    mistakes: list[Exception] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._methods: dict[str, Method] = METHODS | {
            "setWebhook": self.webhook.set,
            "deleteWebhook": self.webhook.delete,
            "getWebhookInfo": self.webhook.info,
        }

    async def handle(self, request: Request) -> Answer:
        """Gives the answer; a call takes effect in the first step, before anything is awaited."""
        try:
            return await self._answer(request)
        except Cut:
            raise
        except Exception as error:  # noqa: BLE001  # kept for `stop`, which raises it in the test
            self.mistakes.append(error)
            return _refusal(Refused(500, "Internal Server Error"))

    async def _answer(self, request: Request) -> Answer:
        path = unquote(request.path)
        if path.startswith("/file/bot"):
            return self._file(path)
        token, _, method = path.removeprefix("/bot").partition("/")
        if token != self.token:
            return _refusal(Refused(401, "Unauthorized"))
        fault = self.faults.choose(method)
        if fault in {Fault.RESET_BEFORE, Fault.HANG, Fault.SERVER_ERROR, Fault.BAD_GATEWAY, Fault.TOO_MANY}:
            return await self._fail_early(method, request, fault)
        try:
            raw, files = read_parameters(request.query, request.headers.get("content-type", ""), request.body)
        except Refused as refused:
            self._violate(method, {}, refused)
            return _refusal(refused)
        if method == "getUpdates":
            return await _fail_late(fault, await self._poll(raw))
        delivery = request.headers.get("x-delivery", "")
        return await _fail_late(fault, self.call(method, raw, files, fault, delivery))

    def call(
        self,
        method: str,
        raw: Json,
        files: dict[str, Upload],
        fault: Fault | None = None,
        delivery: str = "",
    ) -> Answer:
        """Carries out one call and keeps the record of it."""
        with self.stage.lock:
            call = Call(method, raw, self.stage.world.clock.now(), fault=fault, delivery=delivery)
            self.calls.append(call)
            try:
                call.params = self._read(method, raw, files)
                call.result = self._methods[method](self.stage.world, call.params)
                call.status = 200
                answer = _success(call.result)
            except Refused as refused:
                call.status, call.description = refused.code, refused.description
                self._violate(method, call.params, refused)
                answer = _refusal(refused)
            self.stage.recent.append(f"{call.status} {method} {str(call.params)[:160]} {call.description}")
            self.stage.signal.fire()
            return answer

    async def _poll(self, raw: Json) -> Answer:
        try:
            with self.stage.lock:
                p = self._read("getUpdates", raw, {})
            return _success(await self.polling.get_updates(p, self.faults))
        except Refused as refused:
            self._violate("getUpdates", raw, refused)
            return _refusal(refused)

    def _read(self, method: str, raw: Json, files: dict[str, Upload]) -> Json:
        if method != "getUpdates" and method not in self._methods:
            raise Refused(404, "Not Found", violation=True)
        return bot_api().read(method, raw, files)

    def _violate(self, method: str, params: Json, refused: Refused) -> None:
        if refused.violation:
            self.violations.append(Violation(method, params, refused.description))

    async def _fail_early(self, method: str, request: Request, fault: Fault) -> Answer:
        params: Json = {"body": request.body.decode(errors="replace")}
        self.calls.append(Call(method, params, self.stage.world.clock.now(), 0, "not carried out", fault))
        self.stage.signal.fire()
        if fault is Fault.RESET_BEFORE:
            raise Cut
        if fault is Fault.HANG:
            await asyncio.Event().wait()
        if fault is Fault.BAD_GATEWAY:
            return BAD_GATEWAY
        refusal = (
            too_many(self.faults.retry_after)
            if fault is Fault.TOO_MANY
            else Refused(500, "Internal Server Error")
        )
        return _refusal(refusal)

    def _file(self, path: str) -> Answer:
        token, _, rest = path.removeprefix("/file/bot").partition("/")
        found = self.stage.world.files.get(rest.removeprefix("files/"))
        if token != self.token or found is None:
            return _refusal(Refused(404, "Not Found"))
        return Answer(200, found[1], "application/octet-stream")


async def _fail_late(fault: Fault | None, answer: Answer) -> Answer:
    if fault is Fault.RESET_AFTER:
        raise Cut
    if fault is Fault.HANG_AFTER:
        await asyncio.Event().wait()
    return GARBAGE if fault is Fault.GARBAGE_AFTER else answer


def _success(result: Any) -> Answer:
    return Answer(200, json.dumps({"ok": True, "result": result}).encode())


def _refusal(refused: Refused) -> Answer:
    seconds = refused.parameters.get("retry_after")
    headers = {"Retry-After": str(seconds)} if seconds else {}
    return Answer(refused.code, json.dumps(refused.body()).encode(), headers=headers)
