"""Signed requests lose nothing either: committed before the answer, repeated when that fails, never a 404."""

import httpx
import pytest

from adapters.slack.http import LARGEST, PATHS
from tests.slack.receiving import Reception, receiving
from tests.slack_server import SlackServer


pytestmark = pytest.mark.wire


async def post(here: Reception, path: str, content: bytes, headers: dict[str, str]) -> int:
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        answer = await client.post(here.url + path, content=content, headers=headers)
    return answer.status_code


async def test_what_people_do_is_decided_and_acknowledged() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        ana = server.user("Ana")
        ana.writes("one")
        done = ana.runs("/antipode two")
        ana.uses("Antipode")
        await server.until(lambda: len(here.desk.events) == 3)
        await here.desk.settled()

    assert done.acked
    assert not done.reply
    assert [ack.reason for ack in server.acks] == ["", "", ""]
    assert server.violations == []


async def test_a_request_that_could_not_be_decided_comes_again() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        here.desk.failures = 2
        server.courier.backoff = 0.001
        server.user("Ana").writes("one")
        await here.desk.has("one")
        await here.desk.settled()

    assert [ack.reason for ack in server.acks] == ["http_error", "http_error", ""]


async def test_an_event_nobody_waits_for_is_no_404() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        body = b'{"type":"event_callback","team_id":"%s","event_id":"Ev1","event":{"type":"reaction_added"}}'
        body %= server.team.id.encode()
        signed = server.posting.sign(body) | {"Content-Type": "application/json"}
        statuses = [await post(here, path, body, signed) for path in PATHS]

    assert statuses == [200, 200, 200]


async def test_slacks_question_for_the_address_is_answered() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        body = b'{"type":"url_verification","challenge":"heron","token":"x"}'
        signed = server.posting.sign(body) | {"Content-Type": "application/json"}
        async with httpx.AsyncClient(trust_env=False, verify=False) as client:
            answer = await client.post(here.url + PATHS[0], content=body, headers=signed)

    assert (answer.status_code, answer.json()) == (200, {"challenge": "heron"})


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"{", b"[]", b"payload=%7B", b"null", b"{}", b"payload=[]"]
)
async def test_a_body_that_is_no_payload_stops_nothing(body: bytes) -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        status = await post(here, PATHS[0], body, server.posting.sign(body))
        server.user("Ana").writes("behind")
        await here.desk.has("behind")

    assert status < 500


async def test_a_body_larger_than_any_of_slacks_is_not_read() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        body = b"1" * (LARGEST + 1)
        status = await post(here, PATHS[0], body, server.posting.sign(body))

    assert status == 413


async def test_a_payload_that_cannot_be_read_is_kept_as_a_letter_without_its_words() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        body = (
            b'{"type":"event_callback","team_id":"%s","event_id":"Ev7","event":{"type":"message",'
            b'"channel_type":"im","user":"U1","text":"Heron"}}' % server.team.id.encode()
        )
        signed = server.posting.sign(body) | {"Content-Type": "application/json"}
        status = await post(here, PATHS[0], body, signed)

    assert status == 200
    assert here.desk.letters == [("slack", "Ev7", "KeyError", "event_callback message")]
