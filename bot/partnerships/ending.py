"""The end of a partnership's round: a digest, a certificate and thanks to each; then nothing more is due."""

from dataclasses import replace
from datetime import date, datetime
from xml.sax.saxutils import escape as xml

from bot.deliveries import tell
from bot.markup import Markup
from bot.messages import Attachment, Delivery, Message
from bot.model import IN_CONTACT, Membership, PartnershipState, Person
from bot.outcome import Outcome
from bot.partnerships import keeping
from bot.partnerships.calendar import END_PATIENCE, patience, timetable_of
from bot.rooms.pair import names
from bot.snapshots import Book
from bot.texts import Program
from bot.texts.names import full_date
from bot.texts.topics import prompt as prompt_of
from bot.timetable import zone_of


def end(book: Book, now: datetime, program: Program) -> Outcome:
    """End the partnership with its round, kindly: the fixed end is a graceful exit."""
    partnership = book.partnership
    ended = replace(partnership, state=PartnershipState.ENDED, ended_at=now, looked_at=now, look_at=None)
    memberships = tuple(
        Membership(partnership.id, person, partnership.round, active=False) for person in partnership.members
    )
    people = [person for person in book.members if person.reachable and person.erased_at is None]
    deliveries = tuple(delivery for person in people for delivery in _farewell(book, person, now, program))
    return keeping.exchange(book, now, program) + Outcome((ended, *memberships), deliveries)


def weeks_in_contact(book: Book) -> int:
    """Give in how many weeks somebody of the partnership said that they were in contact."""
    return len({row.week for row in book.check_ins if row.answer in IN_CONTACT and row.week < 1000})


def _farewell(book: Book, person: Person, now: datetime, program: Program) -> tuple[Delivery, ...]:
    if book.partnership.introduced_at is None:
        words = Message(program.say(person.language, "partnerships.end.no-room", round=book.round.name))
        return (_sent("digest", book, person, words, now=now, program=program),)
    digest = Message(digest_text(book, person, now, program))
    said = program.say(person.language, "partnerships.certificate.message", name=person.name or "…")
    certificate = Message(said, attachment=certificate_of(book, person, now, program))
    return (
        _sent("digest", book, person, digest, now=now, program=program),
        _sent("certificate", book, person, certificate, now=now, program=program),
    )


def _sent(
    what: str, book: Book, person: Person, message: Message, *, now: datetime, program: Program
) -> Delivery:
    key = f"{what}/{book.partnership.id}/{person.id}"
    due = min(now, timetable_of(book.round, program).end)
    return tell(person, key, message, due, program, patience=now - due + patience(program, END_PATIENCE))


def digest_text(book: Book, person: Person, now: datetime, program: Program) -> str:
    """Give a person's round in a few lines: with whom, in how many weeks, which topics."""
    partner = names(tuple(each for each in book.members if each.id != person.id), person.language, program)
    first, last = book.partnership.first_week, last_week(book, now, program)
    topics = dict.fromkeys(
        prompt_of(program.topics, week, first, book.round.weeks)[0].title for week in range(first, last + 1)
    )
    contact = weeks_in_contact(book)
    words = "digest" if contact else "digest-quiet"
    return program.say(
        person.language,
        f"partnerships.end.{words}",
        partner=partner,
        round=book.round.name,
        contact=contact,
        weeks=last - first + 1,
        topics=Markup("\n".join(f"• {title}" for title in topics)),
    )


def last_week(book: Book, now: datetime, program: Program) -> int:
    """Give the last week that had begun: fewer than all when directors end a round early."""
    return max(
        min(timetable_of(book.round, program).week(now), book.round.weeks), book.partnership.first_week
    )


def certificate_of(book: Book, person: Person, now: datetime, program: Program) -> Attachment:
    """Give the certificate as a picture (SVG) in the person's language."""
    day: date = now.astimezone(zone_of(person.zone)).date()
    said = {
        "name": person.name or "…",
        "round": book.round.name,
        "date": full_date(day, program.texts.spoken(person.language)),
        "weeks": str(last_week(book, now, program) - book.partnership.first_week + 1),
    }
    safe = {name: Markup(xml(value, {'"': "&quot;"})) for name, value in said.items()}
    picture = program.say(person.language, "partnerships.certificate.svg", **safe)
    return Attachment(program.say(person.language, "partnerships.certificate.file"), "image/svg+xml", picture)
