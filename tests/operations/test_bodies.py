"""What strangers send is not kept in memory before it is known who they are."""

from starlette.requests import Request
from starlette.types import Message

from adapters.web import body_of


class Sending:
    """A request in parts, which counts how many were read."""

    def __init__(self, *parts: bytes) -> None:
        self.parts = list(parts)
        self.read = 0

    async def __call__(self) -> Message:
        part = self.parts[self.read]
        self.read += 1
        return {"type": "http.request", "body": part, "more_body": self.read < len(self.parts)}

    async def body(self, largest: int) -> bytes | None:
        return await body_of(Request({"type": "http", "method": "POST", "headers": []}, self), largest)


async def test_a_body_is_read_to_its_end() -> None:
    assert await Sending(b"one", b"", b"two").body(6) == b"onetwo"


async def test_of_a_body_that_is_too_long_no_more_is_read() -> None:
    sending = Sending(*[b"1234"] * 1000)

    assert await sending.body(10) is None
    assert sending.read == 3
