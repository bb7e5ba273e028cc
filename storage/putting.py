"""Where in their chats the messages are that put questions, by what became of their deliveries."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import inf

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Dialogue
from storage import tables
from storage.quick import fetch
from storage.tables_delivery import Waiting


#: Nobody reads a question and writes the answer in so short a time after it was decided to ask.
AT_ONCE = timedelta(seconds=1)


async def put_at(
    connection: AsyncConnection, dialogues: Iterable[Dialogue], now: datetime
) -> dict[int, float]:
    """Give, by person, the place in the chat (`Base.order`) of the message that put the dialogue's question.

    Infinity where it has not left, or leaves just now. Nobody is named of whom it cannot be known: it has
    been leaving for longer, so that they may see it; an attempt failed, nobody knows how; it was given up;
    it has no number.
    """
    asked = {dialogue.asked: dialogue for dialogue in dialogues if dialogue.asked}
    if not asked:
        return {}
    rows = await fetch(connection, _PUT, {"keys": list(asked)})
    places = ((asked[key], _place(_since(asked[key], now), *row)) for key, *row in rows)
    return {dialogue.person: place for dialogue, place in places if place is not None}


def _since(dialogue: Dialogue, now: datetime) -> timedelta:
    return abs(now - dialogue.touched_at) if dialogue.touched_at else AT_ONCE


def _place(since: timedelta, state: Waiting, attempts: int, why: str, ref: str) -> float | None:
    if state is Waiting.SENT:
        return _number(ref)
    unknown = attempts > 1 or (attempts == 1 and why not in _NOT_ARRIVED)
    if unknown or state is Waiting.GIVEN_UP:
        return None
    return inf if state is Waiting.QUEUED or since < AT_ONCE else None


def _number(ref: str) -> float | None:
    try:
        return float(ref)
    except ValueError:
        return None


#: Why a first attempt failed that surely did not arrive.
_NOT_ARRIVED = ("NotSent", "platform asked to wait")
_outbox = tables.outbox.c
_PUT = select(_outbox.key, _outbox.state, _outbox.attempts, _outbox.why, _outbox.ref).where(
    _outbox.key.in_(bindparam("keys", expanding=True))
)
