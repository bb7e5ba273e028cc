"""The figures of a rehearsal, named as `antipode rehearse --json` writes them."""

from collections.abc import Mapping
from datetime import datetime

from bot.rehearsal.direction import Direction
from bot.rehearsal.tally import Tally
from bot.snapshots import Desk


#: What should have been sent and was not.
LOST = ("outbox.playground.queued", "outbox.playground.sending", "given_up.too late")
#: A director reads and types a command in about so many minutes.
MINUTES_A_COMMAND = 1


async def figures(
    health: Mapping[str, object], tally: Tally, direction: Direction, started: Desk, now: datetime
) -> dict[str, object]:
    """Give the figures of the round that was played.

    `health` has the outbox's figures by name (`outbox.<platform>.<state>`, `given_up.<why>`); `started` is
    the desk right after the start.
    """
    desk = await direction.figures(now)
    counts = desk.counts
    first = [partnership for partnership in started.partnerships if partnership.first_week == 1]
    kinds = tally.kinds
    minutes = counts.get("minutes", 0) + MINUTES_A_COMMAND * len(direction.commands)
    return {
        "pairs": sum(len(partnership.members) == 2 for partnership in first),
        "trios": sum(len(partnership.members) == 3 for partnership in first),
        "unplaced": started.counts.get("applications.unplaced", 0),
        "rooms_opened": kinds["room"],
        "introductions": kinds["introduction"],
        "prompts": kinds["prompt"],
        "check_ins": kinds["check-in"],
        "reminders": kinds["reminder"],
        "surveys": len({(answer.person, answer.survey) for answer in desk.surveys}),
        "cases": counts.get("cases.open", 0) + counts.get("cases.closed", 0),
        "rematches": sum(partnership.first_week > 1 for partnership in desk.partnerships),
        "deliveries": tally.deliveries,
        "duplicates": tally.duplicates,
        "lost": sum(int(str(health.get(name, 0))) for name in LOST),
        "sent_at_night": tally.at_night,
        "director_commands": len(direction.commands),
        "director_minutes": minutes,
        "contact_share": _share(counts),
    }


def _share(counts: Mapping[str, int]) -> float:
    """Give the share of pairs in contact, over all weeks in which pairs were asked."""
    asked = sum(
        value for name, value in counts.items() if name.startswith("week.") and name.endswith(".pairs")
    )
    contact = sum(
        value for name, value in counts.items() if name.startswith("week.") and name.endswith(".contact")
    )
    return round(contact / asked, 4) if asked else 0.0
