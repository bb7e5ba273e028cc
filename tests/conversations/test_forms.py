"""Forms: the same questions, readers and answers as the conversation, several at once."""

from bot.forms import FieldKind
from bot.messages import OpenForm
from bot.model import Application, Person
from tests.conversations.filling import Office, answers
from tests.conversations.stage import NOW, Stage


def test_who_applies_chooses_between_form_and_conversation() -> None:
    """A button each; both can be typed."""
    stage = Office()

    said = stage.say("/apply")

    assert "How would you like to answer?" in said
    assert [one.value for one in stage.buttons] == ["cmd:apply form", "cmd:apply here"]


def test_where_there_are_no_forms_nobody_hears_of_them() -> None:
    """The conversation begins at once."""
    stage = Stage()

    assert "read how your answers are used" in stage.say("/apply")
    assert not any("form" in one.value for one in stage.buttons)
    assert "read how your answers are used" in Stage().say("/apply form")


def test_the_form_opens_at_its_first_page() -> None:
    """The consents have a page of their own; what is said when it is too late comes along."""
    stage = Office()
    stage.say("/apply")

    stage.press("Fill in a form")

    assert (stage.shown.trigger, stage.shown.view) == ("t2", "")
    assert [(one.id, one.kind) for one in stage.form.fields] == [
        ("", FieldKind.NOTE),
        ("privacy", FieldKind.AGREE),
        ("", FieldKind.NOTE),
        ("conduct", FieldKind.AGREE),
    ]
    assert stage.form.title == "Application 1/4"
    assert stage.shown.late
    assert stage.shown.late.text.startswith("The form did not open in time.")


def test_words_alone_cannot_open_a_form_so_a_button_does() -> None:
    """A message has no trigger."""
    stage = Office()

    said = stage.say("/apply form")

    assert "Tap the button" in said
    assert [one.value for one in stage.buttons] == ["cmd:apply form"]


def test_a_page_that_was_sent_in_is_kept_and_the_next_is_shown() -> None:
    """In the same view; the consents are kept with their versions and with the person."""
    stage = Office()
    stage.press("cmd:apply form")

    stage.fill(privacy=("yes",), conduct=("yes",))

    assert answers(stage) == {"privacy": "2026-11", "conduct": "2026-11"}
    assert stage.turn.person.consent == "privacy 2026-11, conduct 2026-11"
    assert (stage.form.page, stage.replies) == (1, [])


def test_what_is_known_of_the_person_stands_in_the_form_to_be_confirmed() -> None:
    """The name, the zone and the language of the profile; none of it is an answer before it is sent in."""
    stage = Office()
    stage.press("cmd:apply form")
    stage.fill(privacy=("yes",), conduct=("yes",))

    assert stage.fields["name"].initial == ("Ana",)
    assert stage.fields["zone"].initial == ("Sao Paulo",)
    assert "Sat 14:05" in stage.fields["zone"].help
    assert stage.fields["languages"].initial == ("pt",)
    assert "from your profile" in stage.notes
    assert "zone" not in answers(stage)


def test_a_whole_application_by_form() -> None:
    """The summary is the last page; only then it is sent in."""
    stage = Office()
    stage.press("cmd:apply form")
    stage.fill_in(0, 1, 2, 3)

    assert not stage.of(Application)
    assert stage.form.title == "Please check"
    assert "Country: Brazil" in stage.notes

    said = stage.fill()

    application = stage.of(Application)[0]
    assert isinstance(application, Application)
    assert said.startswith("Thank you, Bia! Your application")
    assert application.answers == {
        "privacy": "2026-11",
        "conduct": "2026-11",
        "name": "Bia",
        "country": "BR",
        "zone": "America/Sao_Paulo",
        "languages": ["pt", "es", "en"],
        "sector": "public",
        "stage": "early",
        "years": "",
        "interests": ["coding", "own:zines"],
        "goals": ["friendship"],
        "hours": ["Mo18+3", "Tu18+3", "We18+3", "Th18+3", "Fr18+3", "Sa09+2"],
        "wishes": [],
        "about": "I like maps.",
        "share": ["country", "about"],
    }
    assert stage.turn.dialogue is None


def test_form_and_conversation_go_on_where_the_other_stopped() -> None:
    """Two answers in the chat, a page by form, the rest in the chat."""
    stage = Office()
    stage.say("/apply here")
    stage.say("yes")
    stage.say("yes")
    stage.say("Bia")

    stage.press("cmd:apply form")
    assert (stage.form.page, stage.fields["name"].initial) == (1, ("Bia",))

    stage.fill_in(1)
    said = stage.say("/apply here")

    assert "How many years" in said


def test_a_page_that_came_in_unreadable_is_shown_once_more() -> None:
    """It passes the check before it is handled; if not (the questions were changed), nothing is lost."""
    stage = Office()
    stage.press("cmd:apply form")
    stage.fill_in(0)

    stage.fill(name=("Bia",), country=("Atlantis",))

    assert answers(stage)["name"] == "Bia"
    assert (stage.form.page, stage.replies) == (1, [])
    assert "was not understood" in stage.notes


def test_what_was_added_in_words_is_an_option_when_the_page_is_opened_again() -> None:
    """So that it is read only once."""
    stage = Office()
    stage.press("cmd:apply form")
    stage.fill_in(0, 1, 2, 3)

    stage.press("f:application:2", view="V1", ref="")

    interests, hours = stage.fields["interests"], stage.fields["hours"]
    assert (interests.options[-1], interests.initial) == (("zines", "own:zines"), ("coding", "own:zines"))
    assert (hours.options[-1], hours.initial) == (("Sat 9–11", "Sa09+2"), ("weekday-evenings", "Sa09+2"))
    assert stage.fields["interests+"].initial == ()


def test_a_page_that_is_sent_in_unchanged_changes_nothing() -> None:
    """What stands in the fields is read as what is kept."""
    stage = Office()
    stage.press("cmd:apply form")
    stage.fill_in(0, 1, 2, 3)
    before = answers(stage)

    for page in (1, 2, 3):
        stage.press(f"f:application:{page}", view="V1", ref="")
        stage.fill(page, **{name.replace("+", "__own"): one.initial for name, one in stage.fields.items()})

    assert answers(stage) == before
    assert stage.form.title == "Please check"


def test_another_country_asks_for_the_city_anew() -> None:
    """As in the conversation."""
    stage = Office()
    stage.press("cmd:apply form")
    stage.fill_in(0, 1, 2, 3)

    stage.fill(1, country=("Kenya",))

    assert stage.form.page == 1
    assert "zone" not in answers(stage)


def test_the_person_is_seen_when_they_fill_in() -> None:
    """As by a word or a tap."""
    stage = Office()
    stage.press("cmd:apply form")

    stage.fill_in(0)

    people = stage.of(Person)
    assert isinstance(people[-1], Person)
    assert people[-1].seen_at == NOW


def test_no_form_is_ever_shown_to_another_platform() -> None:
    """Whatever is typed or tapped."""
    stage = Stage()
    for words in ("/apply form", "yes", "yes", "/profile form", "/survey form"):
        stage.say(words)
    stage.tap("f:application:1")

    assert not any(isinstance(one.body, OpenForm) for one in stage.sent)
