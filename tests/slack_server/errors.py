"""The ways the server says no: one exception, and short functions that give it Slack's own words."""

from __future__ import annotations

from typing import Any


Json = dict[str, Any]


class Refused(Exception):
    """A call that the server answers with `ok: false`.

    `violation` says which rule of Slack's a bot broke (our bug); it is empty for a fact of the world
    (somebody was deactivated, a channel was archived).
    """

    def __init__(self, error: str, *, violation: str = "", status: int = 200, **fields: Any) -> None:
        super().__init__(error)
        self.error = error
        self.violation = violation
        self.status = status
        self.fields = fields

    def body(self) -> Json:
        """Gives the JSON of the answer."""
        return {"ok": False, "error": self.error} | self.fields


def broken(error: str, *words: str) -> Refused:
    """Gives the refusal of a call that no correct bot makes; the words go where Slack puts its reasons."""
    messages = [f"[ERROR] {word}" for word in words]
    return Refused(error, violation=f"{error}: {'; '.join(words)}", response_metadata={"messages": messages})


def too_many(seconds: int) -> Refused:
    """Gives a 429; the seconds go into the Retry-After header too."""
    return Refused("ratelimited", status=429, retry_after=seconds)
