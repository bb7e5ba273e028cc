"""Each kind of question, by words and by taps; pages, picks and guesses."""

from dataclasses import replace

import pytest

from tests.conversations.stage import ANA
from tests.conversations.standing import answer, at, editing


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
