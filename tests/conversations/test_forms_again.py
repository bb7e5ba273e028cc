"""Forms that are left and taken up again, changed, and come too late."""

from dataclasses import replace

from bot.conversations import remind
from bot.messages import Message
from bot.model import Application
from tests.conversations.filling import BIA, Office, answers
from tests.conversations.homes import STATES
from tests.conversations.stage import program


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
    assert "Please check your answers" in stage.say("send")
    stage.say("send")
    sent = stage.of(Application)
    assert sent

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


def _ids() -> list[str]:
    return [one.id for one in program().questions("application", "en")]


def test_the_choice_can_be_made_in_words() -> None:
    """As by its buttons, whatever is asked."""
    stage = Office()
    stage.say("apply")
    assert "read how your answers are used" in stage.say("here")
    assert "Tap the button" in stage.say("form")
    stage.press("Open the form")
    stage.fill_in(0)
    assert "What should your partner call you?" in stage.say("/chat")


def test_words_in_the_chat_are_no_answer_to_what_only_the_form_asked() -> None:
    """Else a "hello" would be somebody's name."""
    stage = Office()
    stage.press("cmd:apply form")
    stage.fill_in(0)

    said = stage.say("hello there")

    assert said.startswith("Welcome back! We were here:")
    assert "name" not in answers(stage)
    assert "Which country" in stage.say("Bia")


def test_the_words_are_about_what_is_asked() -> None:
    """A survey, or the answers that are being changed."""
    surveyed = Office(STATES["survey"])
    surveyed.say("/survey")
    assert "Tap the button" in surveyed.say("form")
    assert [one.value for one in surveyed.buttons] == ["cmd:survey form"]

    changing = Office()
    changing.press("cmd:apply form")
    changing.fill_in(0, 1, 2, 3)
    changing.fill()
    changing.say("/profile")
    changing.say("form")
    assert [one.value for one in changing.buttons] == ["cmd:profile form"]


def test_who_left_a_form_is_reminded_with_both_ways_on() -> None:
    """Once, as everybody."""
    stage = Office()
    stage.press("cmd:apply form")
    stage.fill_in(0)

    (reminder,) = remind(stage.turn, program()).deliveries

    assert isinstance(reminder.body, Message)
    assert [one.value for row in reminder.body.rows for one in row] == ["cmd:continue", "cmd:apply form"]
