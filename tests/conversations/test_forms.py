"""Forms: the same questions, readers and answers as the conversation, several at once."""

from dataclasses import replace
from datetime import date

import pytest

from bot.conversations.forms import pages_of
from bot.conversations.forms_reading import errors
from bot.forms import FieldKind
from bot.messages import OpenForm
from bot.model import Application, Person
from tests.conversations.filling import BIA, Office
from tests.conversations.stage import NOW, Stage, program


TODAY = date(2027, 1, 9)


def wrong(**values: tuple[str, ...]) -> dict[str, str]:
    """Give what is said at the fields of such a page."""
    given = {name.replace("__own", "+"): value for name, value in values.items()}
    return dict(errors("application", given, program(), language="en", today=TODAY))


def answers(stage: Office) -> dict[str, object]:
    """Give the answers as they are kept in the walk."""
    assert stage.turn.dialogue is not None
    return {name: one for name, one in stage.turn.dialogue.answers.items() if not name.startswith("~")}


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


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"country": ("Atlantis",)}, {"country": "I do not know a country called “Atlantis”."}),
        ({"zone": ("Nowhereville",)}, {"zone": "I could not find “Nowhereville”."}),
        ({"name": ("",)}, {"name": "I need this answer."}),
        ({"privacy": ()}, {"privacy": "Please answer with yes or no"}),
        ({"years": ("many",)}, {"years": "I could not read a number in “many”."}),
        ({"sector": ("circus",)}, {"sector": "I did not understand “circus”."}),
        ({"goals": (), "goals__own": ("",)}, {"goals": "Please choose at least one"}),
        ({"hours": (), "hours__own": ("blue fish",)}, {"hours+": "I did not understand “blue fish”."}),
        ({"goals": ("friendship", "~page2", "x=y")}, {}),
        (
            {"languages": ("en", "es", "fr", "pt", "ar", "ru", "zh", "hi", "de")},
            {"languages": "Please choose at most 8."},
        ),
        ({"years": ()}, {}),
        ({"share": ()}, {}),
        ({"wishes": ("country=KE",), "wishes__own": ("from Africa",)}, {}),
        ({"nothing-of-ours": ("x",)}, {}),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(
    values: dict[str, tuple[str, ...]], said: dict[str, str]
) -> None:
    """By the reader of the conversation and in its words, without markup."""
    found = wrong(**values)

    assert found.keys() == said.keys()
    assert all(found[name].startswith(words) and "*" not in found[name] for name, words in said.items())


def test_a_city_is_read_with_the_country_of_the_same_page_or_of_before() -> None:
    """There is a Santiago in many countries."""
    city = {"zone": ("Santiago",)}

    there = wrong(country=("Chile",), **city)
    before = errors("application", city, program(), language="en", today=TODAY, country="CL")

    assert (there, before) == ({}, {})


def test_another_form_has_no_errors() -> None:
    """What is none of ours is answered by the rule."""
    assert errors("lottery", {"name": ()}, program(), language="en", today=TODAY) == {}


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


def test_closing_a_form_keeps_what_was_sent_in() -> None:
    """And says how to go on, by form or in the chat."""
    stage = Office()
    stage.press("cmd:apply form")
    stage.fill_in(0)

    said = stage.dismiss()

    assert "kept every page" in said
    assert [one.value for one in stage.buttons] == ["cmd:apply form", "cmd:continue"]
    assert len(answers(stage)) == 2


def test_who_comes_back_chooses_anew_how_to_go_on() -> None:
    """The draft waits, whatever came between."""
    stage = Office()
    stage.press("cmd:apply form")
    stage.fill_in(0, 1)
    stage.say("/report")

    assert "How would you like to go on?" in stage.say("/apply")
    stage.press("Go on in the form")
    assert stage.form.page == 2


def test_a_form_whose_questions_are_closed_says_so() -> None:
    """In the window itself; a button in an old message gets a message."""
    stage = Office()

    stage.fill_in(1)
    assert "closed by now" in stage.notes
    assert stage.form.submit == ""
    assert "closed by now" in stage.fill(4)
    assert stage.following is None

    assert "closed by now" in stage.press("f:application:1")
    assert stage.dismiss() == ""
    assert not stage.of(Application)


def test_a_page_that_is_sent_in_after_the_application_was_sent_changes_nothing() -> None:
    """The conversation was quicker."""
    stage = Office()
    stage.press("cmd:apply form")
    stage.fill_in(0, 1, 2, 3)
    stage.say("send")
    sent = stage.of(Application)

    stage.fill_in(1)

    assert stage.of(Application) == sent
    assert "closed by now" in stage.notes


def test_a_summary_with_an_open_question_opens_its_page() -> None:
    """Nothing is sent that is not complete."""
    stage = Office()
    stage.press("cmd:apply form")
    stage.fill_in(0, 1, 2)

    stage.fill(4)

    assert stage.form.page == 3
    assert not stage.of(Application)


def test_a_first_application_follows_the_last_one_by_its_summary() -> None:
    """Who applied before has only to check."""
    profile = {"name": "Bia", **dict.fromkeys(_ids(), ""), "privacy": "2026-11", "conduct": "2026-11"}
    stage = Office()
    stage.turn = replace(stage.turn, person=replace(BIA, profile=profile))

    stage.press("cmd:apply form")

    assert (stage.form.title, stage.form.page) == ("Please check", 4)
    assert "Welcome back!" in stage.notes


def test_a_consent_to_another_version_is_asked_alone() -> None:
    """The page has only what is open of the consents."""
    profile = {"name": "Bia", **dict.fromkeys(_ids(), ""), "privacy": "1999-01", "conduct": "2026-11"}
    stage = Office()
    stage.turn = replace(stage.turn, person=replace(BIA, profile=profile))

    stage.press("cmd:apply form")

    assert list(stage.fields) == ["privacy"]


def test_answers_can_be_changed_in_a_form() -> None:
    """The same words as in the chat, with a button more."""
    stage = Office()
    stage.press("cmd:apply form")
    stage.fill_in(0, 1, 2, 3)
    stage.fill()

    stage.say("/profile")
    assert stage.labels[-1] == "Change in a form"
    stage.press("Change in a form")
    stage.press(stage.form.buttons[0][1], view="V1", ref="")
    assert stage.form.title == "My answers 2/4"
    stage.fill(name=("Bibi",))
    said = stage.fill(4)

    assert said == "Thank you, your changes are saved."
    assert stage.turn.person.name == "Bibi"


def test_buttons_of_the_summary_open_its_pages() -> None:
    """Named after what is on them; the consents have none."""
    stage = Office()
    stage.press("cmd:apply form")
    stage.fill_in(0, 1, 2, 3)

    assert [value for _, value in stage.form.buttons] == [f"f:application:{at}" for at in (1, 2, 3)]
    assert stage.form.buttons[2][0] == "Wishes about the partner, About me, Shown to the partner"


def test_every_question_has_its_place_on_a_page() -> None:
    """In order; no page without a question; consents apart."""
    for name in ("application", "survey-mid", "survey-end"):
        table = program().questions(name, "en")
        pages = pages_of(table)

        assert tuple(one for page in pages for one in page) == table
        assert all(len({one.kind == "consent" for one in page}) == 1 for page in pages)


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


def _ids() -> list[str]:
    return [one.id for one in program().questions("application", "en")]
