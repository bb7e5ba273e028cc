"""Keep in touch: asked of each in private near the end; contacts are exchanged only if everybody says yes."""

from datetime import datetime

from bot.deliveries import choices, tell
from bot.markup import Markup
from bot.messages import Delivery, Message
from bot.model import Person
from bot.outcome import NOTHING, Outcome
from bot.partnerships.calendar import Due, is_there, own_moment, patience, timetable_of
from bot.rooms.pair import names
from bot.snapshots import Book
from bot.texts import Program
from bot.timetable import WEEK


#: The survey's name in SurveyAnswer. Its questions: the partnership's id ("yes" or "no"), and "contact".
KEEP_IN_TOUCH = "keep-in-touch"


def ask(book: Book, due: Due, now: datetime, program: Program) -> Outcome:
    """Ask each partner in private whether the others may have their contact after the round."""
    if len(book.members) < 2:
        return NOTHING
    timetable = timetable_of(book.round, program)
    span = patience(program, due.occasion.patience)
    moments = [(person, own_moment(timetable, due.occasion, due.week, person)) for person in book.members]
    return Outcome(
        deliveries=tuple(
            tell(
                person,
                _key("keep", book, person),
                question(book, person, program),
                at,
                program,
                patience=span,
            )
            for person, at in moments
            if is_there(person, at)
        )
    )


def question(book: Book, person: Person, program: Program) -> Message:
    """Give the question, with the contact that would be shown where the platform knows one."""
    partner = names(tuple(each for each in book.members if each.id != person.id), person.language, program)
    return keep_question(person, partner, book.partnership.id, program)


def keep_question(person: Person, partner: Markup, partnership: str, program: Program) -> Message:
    """Give the question with its buttons: the handle only where there is one."""
    handle = person.handle.lstrip("@")
    taps = ["handle"] if handle else []
    buttons = [
        (program.say(person.language, f"partnerships.keep.{tap}", handle=handle), f"k:{partnership}:{tap}")
        for tap in (*taps, "other", "no")
    ]
    text = program.say(person.language, "partnerships.keep.ask", partner=partner)
    return Message(text, choices(*buttons, width=1))


def exchange(book: Book, now: datetime, program: Program) -> Outcome:
    """Give each the contacts of the others when all of them said yes; the key makes it once."""
    contacts = {person.id: contact_of(book, person.id) for person in book.members}
    if not book.surveys or len(contacts) < 2 or not all(contacts.values()):
        return NOTHING
    return Outcome(
        deliveries=tuple(_exchanged(book, person, contacts, now, program) for person in book.members)
    )


def contact_of(book: Book, person: int) -> str:
    """Give the contact somebody agreed to show; "" when they said no, or nothing yet."""
    said = {
        row.question: row.value
        for row in book.surveys
        if row.person == person and row.survey == KEEP_IN_TOUCH
    }
    return said.get("contact", "") if said.get(book.partnership.id) == "yes" else ""


def _exchanged(
    book: Book, person: Person, contacts: dict[int, str], now: datetime, program: Program
) -> Delivery:
    lines = [
        program.say(
            person.language, "partnerships.keep.line", name=other.name or "…", contact=contacts[other.id]
        )
        for other in book.members
        if other.id != person.id
    ]
    text = program.say(person.language, "partnerships.keep.exchanged", contacts=Markup("\n".join(lines)))
    return tell(person, _key("contacts", book, person), Message(text), now, program, patience=2 * WEEK)


def _key(what: str, book: Book, person: Person) -> str:
    return f"{what}/{book.partnership.id}/{person.id}"
