"""What strangers send to Slack's addresses is refused in silence: no error is told, nothing is decided."""

import httpx
import pytest

from adapters.slack.http import PATHS, SIGNATURE, STAMP
from tests.slack.receiving import Reception, receiving
from tests.slack_server import SlackServer


pytestmark = pytest.mark.wire

DEEP = b'{"a":' * 3000
BODIES = (b"", b"{}", b"[]", b"null", b'{"event":1,"team":1}', b"payload=[]", b"payload={", b"\xff", DEEP)
HEADERS: tuple[dict[str, bytes], ...] = (
    {},
    {STAMP: b"1700000000", SIGNATURE: b"v0=x"},
    {STAMP: b"1700000000", SIGNATURE: "v0=é".encode("latin-1")},
    {STAMP: b"9" * 5000, SIGNATURE: b"v0=x"},
    {STAMP: "٣".encode(), SIGNATURE: b"v0=x"},
)


@pytest.mark.parametrize("kind", [b"application/json", b"application/x-www-form-urlencoded"])
async def test_whatever_strangers_send_is_refused(kind: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        statuses = {
            (body[:9], at): await post(here, body, {b"content-type": kind} | _raw(headers))
            for body in BODIES
            for at, headers in enumerate(HEADERS)
        }

    assert {at: status for at, status in statuses.items() if status not in (400, 401)} == {}
    assert (here.desk.events, here.desk.letters, here.desk.refused) == ([], [], [])
    assert "slack_not_handled" not in "".join(capsys.readouterr())


async def test_what_slack_signed_and_nobody_can_read_is_no_error() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        signed = {name.encode(): value.encode() for name, value in server.posting.sign(DEEP).items()}
        status = await post(here, DEEP, signed | {b"content-type": b"application/json"})

    assert status == 400


async def post(here: Reception, body: bytes, headers: dict[bytes, bytes]) -> int:
    async with httpx.AsyncClient(trust_env=False, verify=False, base_url=here.url) as client:
        return (await client.post(PATHS[0], content=body, headers=headers)).status_code


def _raw(headers: dict[str, bytes]) -> dict[bytes, bytes]:
    return {name.encode(): value for name, value in headers.items()}
