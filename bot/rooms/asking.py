"""What each rung of the room ladder says to the people on it, and its buttons."""

from collections.abc import Callable, Mapping, Sequence

from bot.markup import Markup, escape
from bot.messages import Address, Ask, Choice, Delivery, Message, OpenRoom, RoomDeed
from bot.model import Partnership, PartnershipState, Person, RoomStep
from bot.rooms.pair import Pair, names, room_key, tend, write
from bot.texts import Program


def ask(pair: Pair, program: Program) -> tuple[Delivery, ...]:
    """Say to everybody what to do on the rung the pair stands on."""
    return _ASKS[pair.partnership.step](pair, program)


def each(
    pair: Pair, about: str, message: Callable[[Person], Message], program: Program
) -> tuple[Delivery, ...]:
    """Write to every member in private."""
    return tuple(write(pair, member, about, message(member), program) for member in pair.members)


def tell_each(pair: Pair, about: str, words: str, program: Program) -> tuple[Delivery, ...]:
    """Say the same words to every member, with their partners' names; the picker is taken away."""

    def message(person: Person) -> Message:
        partner = names(pair.others(person), person.language, program)
        return Message(program.say(person.language, words, partner=partner), ask=Ask.CLOSE)

    return each(pair, about, message, program)


def button(pair: Pair, person: Person, what: str, program: Program) -> tuple[Choice, ...]:
    """Give one button of the ladder as a row: its value names the partnership."""
    label = program.say(person.language, f"rooms.button.{what}")
    return (Choice(label, f"r:{pair.partnership.id}:{what}"),)


def group_link(partnership: Partnership, program: Program) -> str:
    """Give the link that adds the bot to a group somebody made, with its rights; "" without a name."""
    name = program.bot_names.get("telegram", "")
    if not name:
        return ""
    return f"https://t.me/{name}?startgroup={partnership.echo}&admin=invite_users+pin_messages"


def contact_line(partner: Person, language: str, program: Program) -> Markup:
    """Give how to write to a partner: their name as a link, and their handle where they have one."""
    link = Markup(f"[{escape(partner.name or '…')}](person:{partner.id})")
    words = "rooms.contact.with-handle" if partner.handle else "rooms.contact.without-handle"
    return Markup(program.say(language, words, person=link, handle=partner.handle.lstrip("@")))


def _ask_direct(pair: Pair, program: Program) -> tuple[Delivery, ...]:
    partnership = pair.partnership
    title = program.say("en", "rooms.title", names=names(pair.members, "en", program))
    first = partnership.state is PartnershipState.OPENING
    key = f"room/{partnership.id}" if first else room_key(pair, "direct")
    to = Address(partnership.platform, "room", partnership.id)
    return (Delivery(key, to, OpenRoom(partnership.id, partnership.members, title), pair.now),)


def _ask_picker(pair: Pair, program: Program) -> tuple[Delivery, ...]:
    return _first_messages(pair, program) + each(
        pair, "other-ways", lambda person: _other_ways(pair, person, program), program
    )


def _first_messages(pair: Pair, program: Program) -> tuple[Delivery, ...]:
    def message(person: Person) -> Message:
        label = program.say(person.language, "rooms.picker.button")
        text = _with_link(pair, person, "rooms.picker.ask", program)
        return Message(text, ask=Ask.NEW_GROUP, ask_label=label, ask_about=pair.partnership.echo)

    return each(pair, "picker", message, program)


def _with_link(pair: Pair, person: Person, words: str, program: Program) -> str:
    partner = names(pair.others(person), person.language, program)
    text = program.say(
        person.language, words, partner=partner, button=program.say(person.language, "rooms.picker.button")
    )
    link = group_link(pair.partnership, program)
    if not link:
        return text
    return f"{text}\n\n{program.say(person.language, 'rooms.picker.or-link', link=Markup(link))}"


def _other_ways(pair: Pair, person: Person, program: Program) -> Message:
    rows = (button(pair, person, "relay", program), button(pair, person, "contact", program))
    return Message(program.say(person.language, "rooms.other-ways"), rows)


def link_message(pair: Pair, person: Person, program: Program) -> Message:
    """Give the second way to a group: a link that adds the bot to one the person made."""
    partner = names(pair.others(person), person.language, program)
    opens = Choice(
        program.say(person.language, "rooms.link.button"), url=group_link(pair.partnership, program)
    )
    rows = (
        (opens,),
        button(pair, person, "relay", program),
        button(pair, person, "contact", program),
    )
    return Message(program.say(person.language, "rooms.link.ask", partner=partner), rows)


def _ask_link(pair: Pair, program: Program) -> tuple[Delivery, ...]:
    return each(pair, "link", lambda person: link_message(pair, person, program), program)


def contact_question(pair: Pair, person: Person, program: Program) -> Message:
    """Ask one member whether their contact may be shown to the others."""
    partner = names(pair.others(person), person.language, program)
    rows = (
        button(pair, person, "contact-yes", program) + button(pair, person, "contact-no", program),
        button(pair, person, "again", program),
    )
    mine = contact_line(person, person.language, program)
    text = program.say(person.language, "rooms.contact.ask", partner=partner, mine=mine)
    return Message(text, rows)


def _ask_contact(pair: Pair, program: Program) -> tuple[Delivery, ...]:
    asked = [member for member in pair.members if member.id not in pair.partnership.agreed]
    return tuple(
        write(pair, member, "contact", contact_question(pair, member, program), program) for member in asked
    )


def nudged(
    pair: Pair, people: Sequence[Person], words: str, program: Program, whats: tuple[str, ...]
) -> tuple[Delivery, ...]:
    """Remind these people once of what waits for them."""
    deliveries = []
    for person in people:
        partner = names(pair.others(person), person.language, program)
        rows = tuple(button(pair, person, what, program) for what in whats)
        message = Message(program.say(person.language, words, partner=partner), rows)
        deliveries.append(write(pair, person, "nudge", message, program))
    return tuple(deliveries)


def invite_again(pair: Pair) -> tuple[Delivery, ...]:
    """Remind those who are not in the chat yet, with a new link: the old one may have died with a move.

    A request that was lost while we were away is let in blind: Telegram tells no list of those who wait.
    """
    admits = tuple(
        tend(pair, RoomDeed.ADMIT, f"blind/{member.id}", account=member.account) for member in pair.missing
    )
    return admits + invite(pair, "nudge")


def invitation(pair: Pair, person: Person, words: str, program: Program) -> Message:
    """Give the link into the chat that a partner made, as a button."""
    partner = names(pair.others(person), person.language, program)
    link = pair.partnership.link
    join = ((Choice(program.say(person.language, "rooms.invited.button"), url=link),),) if link else ()
    rows = (*join, button(pair, person, "relay", program))
    return Message(program.say(person.language, words, partner=partner), rows)


def invite(pair: Pair, about: str) -> tuple[Delivery, ...]:
    """Make a link for those who are not in the chat yet, once for the same occasion."""
    accounts = ",".join(member.account for member in pair.missing)
    return (tend(pair, RoomDeed.INVITE, about, account=accounts),) if accounts else ()


_ASKS: Mapping[RoomStep, Callable[[Pair, Program], tuple[Delivery, ...]]] = {
    RoomStep.DIRECT: _ask_direct,
    RoomStep.PICKER: _ask_picker,
    RoomStep.LINK: _ask_link,
    RoomStep.CONTACT: _ask_contact,
}
