"""Mentions: takes a person's name out of what others wrote down about them."""

import re
from typing import Any

from sqlalchemy import String, bindparam, cast, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.tables import MORE
from bot.conversations.telling import LINES
from bot.model import Person
from storage import tables


#: Shorter words of a name ("de", "al") say nothing about anybody.
SHORTEST = 3


async def erase_mentions(connection: AsyncConnection, person: Person) -> None:
    """Take name, handle and account out of the audit log, of cases, pending commands and dead letters.

    A director may have typed any word of the name, in any case of letters: each is taken out.
    """
    found = known_as(person)
    if found is None:
        return
    audit, case, pending = tables.audit_entry, tables.case, tables.pending
    await _clean(connection, found, audit, audit.c.key, ("what", "about"))
    await _clean(connection, found, case, case.c.number, ("tried", "outcome"))
    await _clean(connection, found, pending, pending.c.person, ("command",))
    await _clean_reports(connection, found)
    letter = tables.dead_letter.c
    words = cast(letter.body, String)
    about = or_(*(column.contains(person.account) for column in (letter.payload, letter.error, words)))
    await connection.execute(delete(tables.dead_letter).where(about))


async def _clean_reports(connection: AsyncConnection, found: re.Pattern[str]) -> None:
    """Take them out of reports that are not ended: their lines become a case's with the next one."""
    dialogue = tables.dialogue
    rows = await connection.execute(
        select(dialogue.c.person, dialogue.c.answers).where(dialogue.c.kind == MORE)
    )
    changed = [
        {"of": person, "cleaned": {**answers, LINES: list(_without(found, tuple(answers[LINES])))}}
        for person, answers in rows
        if LINES in answers
    ]
    if changed:
        statement = update(dialogue).where(dialogue.c.person == bindparam("of"))
        await connection.execute(statement.values(answers=bindparam("cleaned")), changed)


def known_as(person: Person) -> re.Pattern[str] | None:
    """Give what finds a person's names as whole words; None when nothing is known of them."""
    words = {person.name, person.handle, person.account}
    words |= {word for word in person.name.split() if len(word) >= SHORTEST}
    names = sorted((re.escape(word) for word in words if word), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", re.IGNORECASE) if names else None


async def _clean(
    connection: AsyncConnection,
    found: re.Pattern[str],
    table: Any,
    key: Any,
    names: tuple[str, ...],
) -> None:
    rows = await connection.execute(select(key, *(table.c[name] for name in names)))
    changed = []
    for of, *texts in rows:
        cleaned = [_without(found, text) for text in texts]
        if cleaned != texts:
            changed.append({"of": of} | dict(zip(names, cleaned, strict=True)))
    if changed:
        statement = update(table).where(key == bindparam("of"))
        await connection.execute(statement.values({name: bindparam(name) for name in names}), changed)


def _without(found: re.Pattern[str], text: Any) -> Any:
    if isinstance(text, tuple):
        return tuple(found.sub("…", part) for part in text)
    return found.sub("…", text)
