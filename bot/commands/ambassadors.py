"""Ambassadors and directors: who they are, and making somebody the ambassador of a country."""

from dataclasses import replace

from babel.languages import get_official_languages

from bot.commands.command import Answer, Call
from bot.commands.finding import brief, one_person
from bot.commands.people import tell_of
from bot.commands.words import link
from bot.deliveries import mention
from bot.markup import Markup
from bot.model import Person
from bot.texts.names import country_name
from bot.texts.reading.answers import Understood
from bot.texts.reading.country import read_country


def ambassadors(call: Call) -> Answer:
    """List the ambassadors with their country's figures."""
    found = sorted((each for each in call.desk.people if each.ambassador_for), key=_by_country)
    if not found:
        return call.answer("ambassadors.none")
    lines = "\n".join(_line(call, each) for each in found)
    return Answer(call.say("ambassadors.list", n=len(found), people=Markup(lines)))


def add(call: Call) -> Answer:
    """Make a person the ambassador of a country, and tell them."""
    code = country_code(call.args[0], call.language)
    if not code:
        return call.refuse("ambassadors.no-country", what=call.args[0][:60])
    found = one_person(call, call.args[1])
    if isinstance(found, Answer):
        return found
    country = country_name(code, call.language)
    if found.ambassador_for == code:
        return call.refuse("ambassadors.already", name=mention(found), country=country)
    told = tell_of(call, found, "ambassador", **_kit(call, found, code))
    return Answer(
        call.say("ambassadors.added", name=mention(found), country=country),
        saves=(replace(found, ambassador_for=code),),
        deliveries=(told,),
        audit="ambassador add",
        about=f"{code} {found.id}",
    )


def remove(call: Call) -> Answer:
    """End somebody's ambassadorship, and thank them; their link stays a link to the bot."""
    found = one_person(call, call.args[0])
    if isinstance(found, Answer):
        return found
    code = found.ambassador_for
    if not code:
        return call.refuse("ambassadors.is-none", name=mention(found))
    told = tell_of(
        call,
        found,
        "ambassador-no-more",
        country=country_name(code, call.program.texts.spoken(found.language)),
    )
    return Answer(
        call.say("ambassadors.removed", name=mention(found), country=country_name(code, call.language)),
        saves=(replace(found, ambassador_for=""),),
        deliveries=(told,),
        audit="ambassador remove",
        about=f"{code} {found.id}",
    )


def directors(call: Call) -> Answer:
    """List who has commanded from the room."""
    found = {each.id: each for each in (*call.desk.people, call.desk.director) if each.director}
    lines = "\n".join(brief(each) for each in found.values())
    return Answer(call.say("directors.list", n=len(found), people=Markup(lines)))


def country_code(text: str, language: str) -> str:
    """Give the two letters of the country a text names ("BR", "the Philippines"); "" when it names none."""
    read = read_country(text, (language, "en"))
    return read.value if isinstance(read, Understood) and isinstance(read.value, str) else ""


def _kit(call: Call, person: Person, code: str) -> dict[str, str]:
    """Give what an ambassador needs: their link, and an invitation in the language of their country."""
    address = link(call, f"a{person.id}")
    country = country_name(code, call.program.texts.spoken(person.language))
    spoken = (*get_official_languages(code, de_facto=True), person.language, "en")
    texts = call.program.share.invitations
    text = next((texts[language] for language in spoken if language in texts), "{link}")
    invitation = text.replace("{country}", country).replace("{link}", address)
    return {"country": country, "link": address, "invitation": invitation}


def _line(call: Call, person: Person) -> str:
    code, counts = person.ambassador_for, call.desk.counts
    return call.say(
        "ambassadors.line",
        country=country_name(code, call.language),
        name=mention(person),
        id=person.id,
        applications=counts.get(f"country.{code}.applications", 0),
        through=counts.get(f"source.{person.id}", 0),
        cases=counts.get(f"country.{code}.cases", 0),
    )


def _by_country(person: Person) -> tuple[str, int]:
    return person.ambassador_for, person.id
