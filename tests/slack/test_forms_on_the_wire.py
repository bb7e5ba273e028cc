"""Forms and App Home with everything real but Slack itself: opened, refused at a field, filled in, sent."""

import pytest

from tests.fresh import all_sent
from tests.slack.running import slack, whole_bot
from tests.slack_server import Fault, Person


async def consents(person: Person) -> None:
    """Let somebody open the form and agree to both consents."""
    await person.sees_modal("Application 1/4")
    person.fills("Privacy notice: Do you agree?", ["I agree"])
    person.fills("Code of conduct: Do you agree?", ["I agree"])
    person.submits()
    await person.sees_modal("Application 2/4")


def fill_person(person: Person, *, country: str = "Brasil") -> None:
    """Let somebody fill in the second page."""
    person.fills("What should your partner call you?", "Bia")
    person.fills("Which country do you live in?", country)
    person.fills("Which city do you live in or near?", "America/Sao_Paulo")
    person.fills("In which languages can you hold a conversation?", ["Português", "English"])
    person.fills("Where do you work or study?", "Public library")
    person.fills("Where are you in your career?", "The first years")


def fill_work(person: Person) -> None:
    """Let somebody fill in the third page."""
    person.fills("What would you like to talk about?", ["Marketing", "Leadership"])
    person.fills("Something else, in your own words", "zines")
    person.fills("What do you hope to get out of it?", ["Make a friend abroad"])
    person.fills("When are you usually free for a talk?", ["Weekday evenings"])


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
async def test_somebody_applies_by_form(*, http: bool) -> None:
    """From the offer to the thanks; a field that cannot be read is shown, and nothing is lost."""
    async with slack() as server, whole_bot(server, http=http):
        bia = server.user("Bia", tz="America/Sao_Paulo", locale="pt-BR")
        bia.writes("apply")
        await bia.hears("How would you like to answer?")
        bia.taps("Fill in a form")
        await consents(bia)

        fill_person(bia, country="Atlantis")
        bia.submits()
        await bia.sees_modal("! I do not know a country called “Atlantis”.")
        bia.fills("Which country do you live in?", "Brasil")
        bia.submits()

        await bia.sees_modal("Application 3/4")
        fill_work(bia)
        bia.submits()
        await bia.sees_modal("Application 4/4")
        bia.fills("What may your partner see?", ["Country"])
        bia.submits()
        await bia.sees_modal("Please check")
        assert "Interests: Marketing, Leadership, zines" in bia.modal_words.replace("*", "")
        bia.submits()

        await bia.hears("Thank you, Bia! Your application for")
        await server.until(lambda: bia.modal is None)
        await server.until(lambda: "is in. Applications close" in bia.home)
        assert server.violations == []


async def test_a_form_that_opens_too_late_comes_by_a_button() -> None:
    """Slack's three seconds are over: no silence."""
    async with slack() as server, whole_bot(server):
        bia = server.user("Bia")
        server.fail_next("views.open", Fault.UNAVAILABLE)
        bia.runs("/antipode apply form")
        await server.until(lambda: bool(server.calls_of("views.open")))
        server.clock.advance(4)
        await bia.hears("The form did not open in time.")

        bia.taps("Open the form")

        await bia.sees_modal("Application 1/4")
        assert server.violations == []


async def test_a_form_whose_opening_was_not_confirmed_is_open() -> None:
    """The second try finds its trigger used: nothing is said about it."""
    async with slack() as server, whole_bot(server):
        bia = server.user("Bia")
        server.fail_next("views.open", Fault.FATAL_AFTER)
        bia.runs("/antipode apply form")

        await bia.sees_modal("Application 1/4")
        await server.until(lambda: len(server.calls_of("views.open")) == 2)
        await consents(bia)

        assert server.times_told("did not open in time") == 0


async def test_form_and_chat_go_on_where_the_other_stopped() -> None:
    """A page by form, then closed; an answer in the chat; the rest by form again, from a shortcut."""
    async with slack() as server, whole_bot(server) as bot:
        bia = server.user("Bia", tz="America/Sao_Paulo")
        bia.runs("/antipode apply form")
        await consents(bia)
        bia.closes()
        await bia.hears("I have kept every page")

        bia.taps("Answer in the chat")
        await bia.hears("What should your partner call you?")
        await all_sent(bot.store)
        bia.writes("Bia Souza")
        await bia.hears("Which country do you live in?")

        bia.uses("Apply for a partner")
        await bia.hears("How would you like to go on?")
        bia.taps("Go on in the form")
        modal = await bia.sees_modal("Application 2/4")
        assert modal.values["name"]["field"]["value"] == "Bia Souza"
        assert server.violations == []


async def test_app_home_is_a_persons_own_page() -> None:
    """Shown when it is opened, and anew after what is done there; its buttons open forms."""
    async with slack() as server, whole_bot(server):
        bia = server.user("Bia")
        bia.opens_home()
        await server.until(lambda: "I bring together two people" in bia.home)

        bia.taps("Fill in a form", on="home")
        await consents(bia)
        await server.until(lambda: "not sent yet" in bia.home)
        bia.closes()
        await bia.hears("I have kept every page")

        bia.taps("Privacy notice", on="home")
        await bia.sees_modal("What we keep, and why.")
        bia.taps("Delete everything", on="modal")
        await bia.sees_modal("I have written to you")
        await bia.hears("It cannot be undone.")
        bia.closes()
        bia.taps("Yes, delete everything")
        await bia.hears("Everything I held about you is deleted.")
        await server.until(lambda: bia.home.startswith("I hold nothing about you."))
        assert server.violations == []
