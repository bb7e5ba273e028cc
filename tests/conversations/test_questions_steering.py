"""Around the questions: the summary, going back, photos, long texts, own words."""

import pytest

from bot.conversations.asked import Asked
from bot.conversations.readers import reader_of
from bot.texts import Question
from bot.texts.reading.answers import Unclear, Understood
from tests.conversations.stage import NOW, Stage
from tests.conversations.standing import answer, at, editing


def test_an_answer_that_is_too_long_is_asked_again() -> None:
    """A name of 5,000 characters, a text of 2,000."""
    assert "short name" in at("name").say("x" * 5000)
    assert "at most 600" in at("about").say("x" * 2000)


def test_back_from_a_changed_answer_is_the_summary_and_cancel_too() -> None:
    """Nothing is changed then."""
    for words in ("back", "cancel"):
        stage = editing("country", country="BR")
        assert "Please check your answers" in stage.say(words)
        assert answer(stage, "country") == "BR"


def test_the_summary_understands_words() -> None:
    """Later, cancel, no, the name of an answer, and nonsense."""
    stage = editing("country", country="BR")
    stage.say("back")

    assert "Which answer would you like to change?" in stage.say("no")
    assert "Please check your answers" in stage.tap("Go on")
    assert "tap Send or Change" in stage.say("qwertyuiop")
    assert "Now it says: Brazil" in stage.say("country")
    stage.say("back")
    assert "Everything is kept" in stage.say("later")
    assert "Welcome back" in stage.say("send")
    assert "keep your answers for later" in stage.say("cancel")
    assert "thrown away" in stage.say("throw away")


def test_a_cancelled_application_can_be_kept_for_later() -> None:
    """The button under the question."""
    stage = at("country")
    stage.say("cancel")

    assert "Everything is kept" in stage.tap("Later")
    assert "Welcome back" in stage.say("throw away")
    assert "thrown away" in stage.say("throw them away")


def test_a_photo_gets_a_sentence_and_the_question_again() -> None:
    """A caption is read like any words."""
    stage = at("country")

    assert "I can only read words and taps" in stage.say("", media="photo")
    assert "✓ Country: Brazil" in stage.say("Brazil", media="photo")
    assert "I can only read words" in Stage().say("", media="sticker")


def test_many_changes_are_shown_in_pages() -> None:
    """More than twelve answers: another page, and never more than eight rows."""
    stage = editing("country")
    stage.say("back")
    stage.say("change")
    first = stage.labels
    more = next(label for label in first if label.startswith("More"))
    stage.tap(more)

    assert len(first) == 14
    assert stage.labels[0] == "Shown to the partner"


def test_an_unknown_kind_of_question_is_read_as_a_text() -> None:
    """A director's slip in the content file stops nobody."""
    question = Question("q", "no-such-kind", "Q?", "Again?", "Q")
    asked = Asked(question, {}, "en", NOW.date())

    assert reader_of(question).words(asked, " words ") == Understood("words")
    assert reader_of(question).words(asked, "  ") == Unclear("")
    assert reader_of(question).takes(asked, "words") is False


def test_yes_and_no_without_options_are_read() -> None:
    """A director may write a question of this kind without buttons."""
    asked = Asked(Question("q", "yes-no", "Q?", "Again?", "Q"), {}, "en", NOW.date())
    read = reader_of(asked.question).words

    assert (read(asked, "yes"), read(asked, "no")) == (Understood("yes"), Understood("no"))
    assert isinstance(read(asked, "hmm"), Unclear)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("digital preservation", ["digital-preservation"]),
        ("preservation", ["rare-books"]),
        ("digital humanities", ["own:digital humanities"]),
        ("data science, archives", ["own:data science", "archives"]),
        ("school  archives", ["own:school archives"]),
        ("digitsation", ["digitisation"]),
        ("open acess", ["open-access"]),
        ("archives marketing", ["archives", "marketing"]),
        ("archives and zines", ["archives", "own:zines"]),
        ("I like archives", ["archives"]),
    ],
)
def test_an_interest_that_is_no_option_becomes_their_own(words: str, kept: list[str]) -> None:
    """An option that is only a part of its name is not meant; slips, synonyms and lists are read as ever."""
    stage = at("interests")
    stage.say(words)

    assert answer(stage, "interests") == kept
