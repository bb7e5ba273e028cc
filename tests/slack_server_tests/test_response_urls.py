"""A response_url is good for five answers within half an hour."""

from __future__ import annotations

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.slack_server import Fault, Person, SlackServer


pytestmark = pytest.mark.wire


@pytest.fixture
def answers(server: SlackServer, ana: Person) -> AsyncWebhookClient:
    server.holds_deliveries()
    server.clock.freeze()
    return AsyncWebhookClient(ana.runs("/antipode help").payload["response_url"], retry_handlers=[])


async def test_five_answers(server: SlackServer, ana: Person, answers: AsyncWebhookClient) -> None:
    statuses = [(await answers.send(text=f"Answer {number}")).status_code for number in range(6)]

    assert statuses == [200] * 5 + [404]
    assert len(ana.sees()) == 5
    assert len(server.violations) == 1


async def test_half_an_hour(server: SlackServer, answers: AsyncWebhookClient) -> None:
    server.clock.advance(1801)

    answer = await answers.send(text="Late")

    assert (answer.status_code, "expired_url" in answer.body) == (404, True)
    assert server.violations == []


async def test_messages_are_checked_there_too(server: SlackServer, answers: AsyncWebhookClient) -> None:
    await answers.send(text="<!channel>")
    await answers.send_dict({"text": "x", "channel": "C1"})

    assert len(server.violations) == 2


async def test_faults_strike_there_too(server: SlackServer, ana: Person, answers: AsyncWebhookClient) -> None:
    server.fail_next("response_url", Fault.SERVER_ERROR)

    assert (await answers.send(text="Hello")).status_code == 500
    assert ana.sees() == []
