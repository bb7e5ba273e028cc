"""Everything that is held about a person, as a file they can keep."""

import json
from collections.abc import Iterable
from dataclasses import asdict, is_dataclass
from datetime import date, datetime

from bot.conversations.calls import Call
from bot.events import Event, Said, Tapped
from bot.messages import Attachment
from bot.model import Record
from bot.outcome import Outcome
from bot.snapshots import Turn


def asked_for(event: Event) -> bool:
    """Tell whether this event asks for everything held, so that the snapshot must have it."""
    if isinstance(event, Tapped):
        return event.value == "cmd:mydata"
    return isinstance(event, Said) and "mydata" in event.text[:20].lower().replace(" ", "")


def mydata(call: Call) -> Outcome:
    """Give the file, and say what is in it."""
    text = call.say("commands.mydata.file")
    file = Attachment("my-data.json", "application/json", as_json(call.turn))
    return call.answer(text, call.row("privacy", "forget"), file=file)


def as_json(turn: Turn) -> str:
    """Give all records about the turn's person as JSON, by kind; of partners their id alone."""
    held: dict[str, list[object]] = {}
    for record in dict.fromkeys(map(_frozen, _records(turn))):
        name, fields = record
        held.setdefault(name, []).append(json.loads(fields))
    return json.dumps(held, ensure_ascii=False, indent=2)


def _records(turn: Turn) -> Iterable[Record]:
    if turn.held:
        return turn.held
    single = (turn.person, turn.dialogue, turn.application, turn.partnership, turn.check_in)
    own = tuple(row for row in turn.check_ins if row.person == turn.person.id)
    return (*(record for record in single if record), *own, *turn.surveys)


def _frozen(record: Record) -> tuple[str, str]:
    assert is_dataclass(record)
    return type(record).__name__, json.dumps(
        asdict(record), default=_plain, ensure_ascii=False, sort_keys=True
    )


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
