"""The end of a round: it is over by itself, and the directors get its figures."""

from dataclasses import replace

from bot.model import ApplicationState, Round, RoundState
from bot.outcome import Outcome
from bot.rounds import telling
from bot.rounds.drafting import quality
from bot.rounds.telling import Look


#: Who never had a place in the round: they come first in the next one.
WAITED = frozenset({ApplicationState.LATE, ApplicationState.WAITING, ApplicationState.UNPLACED})


def end(look: Look) -> Outcome:
    """End the round at the end of its timetable; its partnerships end at their own looks.

    A last look follows, which thanks the ambassadors.
    """
    ended = replace(
        look.round, state=RoundState.ENDED, ended_at=look.now, look_at=look.now, looked_at=look.now
    )
    waited = [*look.hall.alone, *(each for each in look.hall.candidates if each.application.state in WAITED)]
    people = {each.person.id: each.person for each in waited if each.person.reachable}
    told = tuple(telling.over(look, person) for person in people.values())
    return Outcome((ended,), told + telling.directors(look, "ended", "ended", **figures(look)))


def figures(look: Look) -> dict[str, str | int]:
    """Give the report's figures: placed, re-matches, cases, and the share of pairs in contact by week."""
    counts = look.hall.counts
    shares = [contact_share(look, week) for week in range(1, look.round.weeks + 1)]
    asked = [share for share in shares if share is not None]
    return {
        "placed": counts.get("applications.placed", 0),
        "alone": counts.get("applications.alone", 0),
        "withdrawn": counts.get("applications.withdrawn", 0),
        "partnerships": sum(
            counts.get(f"partnerships.{state}", 0) for state in ("running", "ended", "dissolved")
        ),
        "dissolved": counts.get("partnerships.dissolved", 0),
        "rematches": rematches(look.round),
        "cases": counts.get("cases.open", 0) + counts.get("cases.closed", 0),
        "minutes": counts.get("minutes", 0),
        "share": sum(asked) // len(asked) if asked else 0,
        "weeks": " ".join("–" if share is None else str(share) for share in shares),
    }


def rematches(round: Round) -> int:  # noqa: A002 - the record's own name
    """Give how many partnerships were made after the draft."""
    drafted = quality(round)
    return max(round.numbered - drafted.get("pairs", 0) - drafted.get("trios", 0), 0)


def contact_share(look: Look, week: int) -> int | None:
    """Give the percent of the pairs asked in a week of which one said met or date set; None if none was."""
    pairs = look.hall.counts.get(f"week.{week}.pairs", 0)
    contact = look.hall.counts.get(f"week.{week}.contact", 0)
    return round(100 * contact / pairs) if pairs else None
