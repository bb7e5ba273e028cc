"""The ways the server says no: one exception, and short functions that give it Telegram's own words."""

from __future__ import annotations

from typing import Any


Json = dict[str, Any]

GONE = "query is too old and response timeout expired or query ID is invalid"


class Refused(Exception):
    """A call that the server answers with `ok: false`.

    `violation` tells a broken rule of the Bot API (our bug) from a fact of the world (blocked, kicked).
    """

    def __init__(
        self, code: int, description: str, *, violation: bool = False, parameters: Json | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.violation = violation
        self.parameters = parameters or {}

    def body(self) -> Json:
        """Gives the JSON of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def broken(words: str) -> Refused:
    """Gives a 400 for a call that no correct bot makes."""
    return Refused(400, f"Bad Request: {words}", violation=True)


def bad_request(words: str) -> Refused:
    """Gives a 400 for a call that the state of the world does not allow."""
    return Refused(400, f"Bad Request: {words}")


def forbidden(words: str) -> Refused:
    """Gives a 403."""
    return Refused(403, f"Forbidden: {words}")


def conflict(words: str) -> Refused:
    """Gives a 409."""
    return Refused(409, f"Conflict: {words}")


def migrated(new_chat_id: int) -> Refused:
    """Gives the 400 that tells where a basic group has moved."""
    return Refused(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        parameters={"migrate_to_chat_id": new_chat_id},
    )


def too_many(seconds: int) -> Refused:
    """Gives a 429."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", parameters={"retry_after": seconds})
