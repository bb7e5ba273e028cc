"""Only Slack is heard: unsigned, wrongly signed and old requests are refused, a replay changes nothing."""

import json

import httpx
import pytest

from adapters.slack.http import PATHS
from tests.slack.receiving import Reception, receiving
from tests.slack_server import SlackServer


pytestmark = pytest.mark.wire


def said(server: SlackServer) -> bytes:
    event = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "ts": "1.2", "text": "x"}
    body = {"type": "event_callback", "team_id": server.team.id, "event_id": "Ev1", "event": event}
    return json.dumps(body).encode()


async def post(here: Reception, body: bytes, headers: dict[str, str]) -> int:
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        headers = {"Content-Type": "application/json"} | headers
        answer = await client.post(here.url + PATHS[0], content=body, headers=headers)
    return answer.status_code


async def test_only_a_request_that_slack_signed_just_now_is_heard() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        body, now = said(server), server.clock.now()
        sign = server.posting.sign
        refused = {
            "unsigned": {},
            "no signature": {"X-Slack-Request-Timestamp": str(int(now))},
            "another secret": sign(body, secret="0" * 32),
            "another body": sign(body + b" "),
            "older than five minutes": sign(body, at=now - 301),
            "of the future": sign(body, at=now + 301),
            "no time": sign(body) | {"X-Slack-Request-Timestamp": "soon"},
        }
        statuses = {name: await post(here, body, headers) for name, headers in refused.items()}
        before = list(here.desk.events)
        accepted = await post(here, body, sign(body, at=now - 290))

    assert statuses == dict.fromkeys(refused, 401)
    assert before == []
    assert (accepted, len(here.desk.events)) == (200, 1)


async def test_a_replayed_request_has_the_id_of_the_first() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        body = said(server)
        headers = server.posting.sign(body)
        statuses = [await post(here, body, headers) for _ in range(3)]

    assert statuses == [200, 200, 200]
    assert len(here.desk.events) == 1  # the inbox is by id


async def test_a_request_of_a_workspace_without_the_app_changes_nothing() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        body = said(server).replace(server.team.id.encode(), b"T0STRANGE")
        status = await post(here, body, server.posting.sign(body))

    assert status == 200
    assert here.desk.events == []
