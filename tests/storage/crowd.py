"""A running round with any number of people on SQLite, nothing due; and what is done all the time."""

from datetime import timedelta
from uuid import uuid4

from storage import StoreImplementation
from tests.storage.given import DAY, NOW, claimed, said


#: A running round with everybody in it: all look ahead to tomorrow, and a message waits for it.
_FILL = (
    "INSERT INTO round SELECT 'spring', 'Spring', 'running', 16, NULL, NULL, NULL, {now}, NULL, 20, 1, 0, '',"
    " 0, NULL, NULL, 1",
    "INSERT INTO person (id, platform, account, chat, handle, name, language, zone, country, reachable,"
    " consent, wants_news, ambassador_for, director, ghosted, profile, sought)"
    " SELECT n, 'telegram', n, n, '', 'Ana', 'en', '', 'BR', 1, '', 0, '', 0, 0, '{{}}', 'ana' FROM numbers",
    "INSERT INTO application SELECT 'spring', n, 'placed', '{{}}', {now}, 'BR', '', 0, 0 FROM numbers",
    "INSERT INTO dialogue SELECT n, 'application', 'name', '{{}}', '[]', 0, '', {now}, 1, 0, '' FROM numbers",
    "INSERT INTO partnership (id, round, number, platform, members, state, starter, score, reasons, pinned,"
    " first_week, room, chat, step, present, link, agreed, look_at)"
    " SELECT 'spring.' || n, 'spring', n, 'telegram', '[' || (2 * n - 1) || ',' || (2 * n) || ']', 'running',"
    " 2 * n, 0, '[]', 0, 1, 'group', -n, 'open', '[]', '', '[]', {tomorrow} FROM numbers WHERE n <= {half}",
    "INSERT INTO membership SELECT 'spring.' || ((n + 1) / 2), n, 'spring', 1 FROM numbers",
    "INSERT INTO check_in SELECT 'spring.' || ((n + 1) / 2), n, 1, {now}, NULL, NULL FROM numbers",
    "INSERT INTO outbox (key, lane, target, platform, body, due_at, planned_at, zones, urgent, unsure, state,"
    " fence, attempts, why, ref, farewell)"
    " SELECT n, 'telegram', 'person/' || n, 'telegram', '{{\"is\": \"message\", \"text\": \"x\"}}',"
    " {tomorrow}, {tomorrow}, '[]', n % 2, 'repeat', "
    " CASE n % 3 WHEN 0 THEN 'sent' ELSE 'queued' END, 0, 0, '', '', 0 FROM numbers",
)
_NUMBERS = (
    "CREATE TEMP TABLE numbers AS WITH RECURSIVE each(n) AS"
    " (SELECT 1 UNION ALL SELECT n + 1 FROM each WHERE n < {people}) SELECT n FROM each"
)


async def crowd(store: StoreImplementation, people: int) -> None:
    """Put so many people into an empty store."""
    moments = {"now": "'2027-03-01 12:00:00.000000'", "tomorrow": "'2027-03-02 12:00:00.000000'"}
    async with store.database.writing() as connection:
        for statement in (_NUMBERS, *_FILL):
            await connection.exec_driver_sql(statement.format(people=people, half=people // 2, **moments))
        await connection.exec_driver_sql("DROP TABLE numbers")


async def look(store: StoreImplementation) -> int:
    """Look at everything that could be due, and send what is; gives how many: none."""
    async with store.unit() as unit:
        halls = await unit.halls_due(NOW, 200)
        books = await unit.books_due(NOW, 200)
        turns = await unit.unfinished(NOW - 2 * DAY, 200, NOW)
    await store.next_due(timedelta(days=2))
    return len(halls) + len(books) + len(turns) + len(await claimed(store))


async def hear(store: StoreImplementation) -> int:
    """Take in one message of somebody in the middle of the round, load their turn; gives how many: one."""
    message = said("47", id=uuid4().hex)
    async with store.unit() as unit:
        return len(await unit.turns(await unit.fresh([message]), NOW))
