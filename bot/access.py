"""Who may do what: the only place that says so. Every command and every tap passes it.

Directors command in their own room only: being in the room is what makes a person a director, because
the room is private and the platform says who is in it. A hidden administrator is nobody: the audit log
would not know who it was. Buttons carry no authority: every tap is checked against who tapped and where.
"""

from bot.events import Event
from bot.model import Partnership, Person
from bot.snapshots import Turn


def may_direct(event: Event, *, in_directors_room: bool) -> bool:
    """Tell whether this event may command the program: known by name, and from the directors' room."""
    return in_directors_room and event.sender is not None and not event.sender.anonymous


def is_member(person: Person, partnership: Partnership | None) -> bool:
    """Tell whether a tap about this partnership is the person's to make."""
    return partnership is not None and person.id in partnership.members


def owns(turn: Turn, partnership: str) -> bool:
    """Tell whether a button about `partnership` still applies to the person: it is their live one."""
    live = turn.partnership
    return live is not None and live.id == partnership and is_member(turn.person, live)
