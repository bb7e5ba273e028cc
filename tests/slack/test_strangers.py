"""What strangers send to Slack's addresses is refused in silence: no error is told, nothing is decided."""

import httpx
import pytest

from adapters.slack.http import PATHS, SIGNATURE, STAMP
from tests.slack.receiving import receiving
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
        async with httpx.AsyncClient(trust_env=False, verify=False, base_url=here.url) as client:
            statuses = {
                (body[:9], at): (
                    await client.post(
                        PATHS[0], content=body, headers={b"content-type": kind, **_raw(headers)}
                    )
                ).status_code
                for body in BODIES
                for at, headers in enumerate(HEADERS)
            }

    assert {at: status for at, status in statuses.items() if status not in (400, 401)} == {}
    assert (here.desk.events, here.desk.letters, here.desk.refused) == ([], [], [])
    assert "slack_not_handled" not in "".join(capsys.readouterr())


async def test_what_slack_signed_and_nobody_can_read_is_no_error() -> None:
    async with SlackServer() as server, receiving(server, http=True) as here:
        async with httpx.AsyncClient(trust_env=False, verify=False, base_url=here.url) as client:
            headers = {"Content-Type": "application/json"} | server.posting.sign(DEEP)
            answer = await client.post(PATHS[0], content=DEEP, headers=headers)

    assert answer.status_code == 400


def _raw(headers: dict[str, bytes]) -> dict[bytes, bytes]:
    return {name.encode(): value for name, value in headers.items()}
