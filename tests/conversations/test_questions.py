"""Each kind of question, by words and by taps; pages, picks and guesses."""

from dataclasses import replace

import pytest

from bot.conversations.asked import Asked
from bot.conversations.readers import reader_of
from bot.model import Dialogue
from bot.snapshots import Turn
from bot.texts import Question
from bot.texts.reading.answers import Unclear, Understood
from tests.conversations.stage import ANA, NOW, OPEN, Stage, program


def at(question: str, **answers: object) -> Stage:
    """Give a stage that stands at a question of the application."""
    ids = [one.id for one in program().questions("application", "en")]
    before: dict[str, object] = dict.fromkeys(ids[: ids.index(question)], "")
    dialogue = Dialogue(7, "application", question, {**before, **answers}, about=OPEN.id, touched_at=NOW)
    return Stage(Turn(NOW, ANA, dialogue=dialogue, open_round=OPEN))


def editing(question: str, **answers: object) -> Stage:
    """Give a stage that changes an answer from the summary; everything is answered."""
    table = program().questions("application", "en")
    filled: dict[str, object] = dict.fromkeys((one.id for one in table), "")
    dialogue = Dialogue(7, "application", "summary", {**filled, **answers}, about=OPEN.id, touched_at=NOW)
    stage = Stage(Turn(NOW, ANA, dialogue=dialogue, open_round=OPEN))
    stage.tap(f"a:summary:{question}")
    return stage


def answer(stage: Stage, question: str) -> object:
    """Give the answer as it is kept."""
    assert stage.turn.dialogue is not None
    return stage.turn.dialogue.answers.get(question)


def test_hours_are_ticked_when_they_are_changed() -> None:
    """The parts of the week that were chosen, and the hours that were written."""
    stage = editing("hours", hours=["Sa09+4", "Su09+4", "Mo07+1"])
    assert [label for label in stage.labels if "✓" in label] == ["✓ Weekend mornings", "✓ Mon 7–8"]

    stage.tap("✓ Mon 7–8")
    stage.tap("Done")
    assert answer(stage, "hours") == ["Sa09+4", "Su09+4"]


def test_wishes_are_ticked_when_they_are_changed() -> None:
    """Those of the buttons and others."""
    wishes = [{"about": "continent", "value": "AF"}, {"about": "country", "value": "BR"}]
    stage = editing("wishes", wishes=wishes)
    assert [label for label in stage.labels if "✓" in label] == ["✓ From Africa", "✓ from Brazil"]

    stage.tap("✓ from Brazil")
    stage.tap("Done")
    assert answer(stage, "wishes") == wishes[:1]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("same kind of library", [{"about": "sector", "value": "same"}]),
        ("somebody with similar experience", [{"about": "experience", "value": "similar"}]),
        ("from Brazil", [{"about": "country", "value": "BR"}]),
        ("anybody", []),
        (
            "somebody senior and interested in makerspaces",
            [{"about": "seniority", "value": "more"}, {"about": "interest", "value": "library-design"}],
        ),
    ],
)
def test_wishes_in_words_are_kept_as_matching_reads_them(words: str, kept: list[object]) -> None:
    """The readers' kinds become what `bot.matching.Wish` is about."""
    stage = at("wishes")
    stage.say(words)

    assert answer(stage, "wishes") == kept


@pytest.mark.parametrize("words", ["not from Europe", "who likes flying saucers", "xyzzy"])
def test_a_wish_that_is_unclear_is_asked_again(words: str) -> None:
    """Nothing is kept of it."""
    stage = at("wishes")

    assert "I did not understand" in stage.say(words)
    assert answer(stage, "wishes") is None


@pytest.mark.parametrize(
    ("question", "words", "kept"),
    [
        ("goals", "learn", ["learn-other-practice"]),
        ("goals", "learning, friends, write a book", ["learn-other-practice", "friendship"]),
        ("interests", "reading, AI and zines", ["reading-promotion", "artificial-intelligence", "own:zines"]),
    ],
)
def test_options_are_read_with_and_without_own_words(question: str, words: str, kept: list[str]) -> None:
    """What is exactly one of an option's words counts first."""
    stage = at(question)
    stage.say(words)
    found = answer(stage, question)

    assert isinstance(found, list)
    assert found[: len(kept)] == kept


def test_who_does_not_know_may_skip_what_is_optional() -> None:
    """What is needed is asked again, with a reason."""
    assert "What would you like to talk about?" in at("years").say("I don't know")
    assert "I need this answer" in at("interests").say("no idea")


def test_what_is_unclear_in_a_list_keeps_the_rest_and_offers_guesses() -> None:
    """The languages that were understood stay ticked."""
    stage = at("languages", country="BR")

    assert "I did not understand “Klingonish”" in stage.say("English, Klingonish")
    assert stage.labels[0] == "✓ English"


def test_a_guess_is_a_button_that_answers() -> None:
    """Two countries are called so: the person taps the right one."""
    stage = at("country")
    stage.say("Congo")
    guesses = [choice for choice in stage.buttons if choice.value in ("a:country:CD", "a:country:CG")]
    assert len(guesses) == 2
    stage.tap("a:country:CD")

    assert answer(stage, "country") == "CD"


def test_a_zone_the_platform_told_is_offered_first() -> None:
    """Slack knows it; a tap is enough."""
    stage = at("country")
    stage.turn = replace(stage.turn, person=replace(ANA, zone="America/Recife"))
    stage.say("Brazil")

    assert stage.labels[0].startswith("Recife")
    stage.tap("a:zone:Moon/Base")
    assert answer(stage, "zone") is None


def test_the_zone_goes_when_the_country_changes() -> None:
    """Back to the country, another one: the zone is asked again."""
    stage = at("languages", country="BR", zone="America/Sao_Paulo")
    stage.turn = replace(stage.turn, dialogue=replace(stage.turn.dialogue, trail=("country", "zone")))  # type: ignore[type-var]
    stage.say("back")
    stage.say("back")

    assert "Which city" in stage.say("Kenya")
    assert "In which languages" in stage.say("Nairobi")


def test_too_many_picks_are_cut() -> None:
    """And the person hears it."""
    stage = at("wishes")
    stage.tap("a:wishes:+sector=same")
    for value in ("continent=AF", "continent=AS", "continent=EU"):
        stage.tap(f"a:wishes:+{value}")
    stage.tap("a:wishes:+seniority=more")

    assert "I kept the first 4" in stage.tap("Done")


def test_ticking_twice_and_taking_away_twice_changes_nothing_more() -> None:
    """A tap names what it wants, so the same tap twice does the same."""
    stage = at("interests")
    stage.tap("a:interests:+archives")
    stage.tap("a:interests:+archives")
    assert answer(stage, "~interests") == ["archives"]

    stage.tap("a:interests:-archives")
    stage.tap("a:interests:-archives")
    assert answer(stage, "~interests") == []
    stage.tap("a:interests:+nonsense")
    assert answer(stage, "~interests") == []


def test_pages_turn_and_keep_what_is_ticked() -> None:
    """After a tick the page stays the one that was looked at."""
    stage = at("interests")
    stage.tap("a:interests:~page2")
    last = stage.labels
    stage.tap(last[0])

    assert stage.labels[1:] == last[1:]
    assert stage.labels[0] == f"✓ {last[0]}"


def test_all_fields_can_be_shown_with_one_tap() -> None:
    """Or in one word; nothing is an answer, too."""
    for words, count in (("[All of it]", 8), ("all", 8), ("nothing", 0), ("country and interests", 2)):
        stage = at("share")
        stage.say("hmm hmm")
        stage.tap(words[1:-1]) if words.startswith("[") else stage.say(words)
        ticked = answer(stage, "share")
        assert isinstance(ticked, list)
        assert len(ticked) == count


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
