"""Words that reach the bot after something that was written later: they answer an older question."""

from dataclasses import replace
from math import inf

import pytest

from bot.model import Case
from tests.conversations.stage import Stage, paired


def applying() -> Stage:
    """Give a stage on which Ana was asked the first question, for her consent."""
    stage = Stage()
    stage.say("/apply", order=1)
    return stage


def test_words_written_before_the_last_answer_do_not_answer_the_next_question() -> None:
    stage = applying()
    stage.say("yes", order=20)
    asked = stage.turn.dialogue

    told = stage.say("yes", order=10)

    assert "late" in told
    assert stage.turn.dialogue is not None
    assert asked is not None
    assert (stage.turn.dialogue.at, stage.turn.dialogue.answers) == (asked.at, asked.answers)


def test_words_written_before_the_last_tap_do_not_answer_the_next_question() -> None:
    stage = applying()
    stage.tap(stage.labels[0], order=20)
    asked = stage.turn.dialogue

    stage.say("yes", order=10)

    assert stage.turn.dialogue is not None
    assert asked is not None
    assert stage.turn.dialogue.at == asked.at


def test_words_in_their_order_are_answers() -> None:
    stage = applying()
    stage.say("yes", order=10)
    before = stage.turn.dialogue

    stage.say("yes", order=20)

    assert before is not None
    assert stage.turn.dialogue is not None
    assert stage.turn.dialogue.at != before.at


def test_where_the_platform_tells_no_order_words_are_taken_as_they_come() -> None:
    stage = applying()
    stage.say("yes", order=10)
    stage.say("yes", order=20)

    stage.say("Ana")

    assert stage.turn.dialogue is not None
    assert "Ana" in stage.turn.dialogue.answers.values()


def asked_for_the_name(*, put: float) -> Stage:
    """Give a stage on which Ana agreed, and the question for her name is at `put` in her chat."""
    stage = applying()
    stage.say("I agree", order=9)
    stage.say("I agree", order=10)
    stage.turn = replace(stage.turn, put=put)
    return stage


def test_words_written_before_the_question_reached_the_chat_do_not_answer_it() -> None:
    stage = asked_for_the_name(put=12)

    told = stage.say("I agree", order=11)

    assert "before you could see" in told
    assert stage.turn.dialogue is not None
    assert stage.turn.dialogue.at == "name"
    assert "I agree" not in stage.turn.dialogue.answers.values()


def test_words_written_while_the_question_waits_to_be_sent_do_not_answer_it() -> None:
    stage = asked_for_the_name(put=inf)

    stage.say("I agree", order=11)

    assert stage.turn.dialogue is not None
    assert stage.turn.dialogue.at == "name"


def test_words_written_after_the_question_are_its_answer() -> None:
    stage = asked_for_the_name(put=12)

    stage.say("Ana", order=13)

    assert stage.turn.dialogue is not None
    assert stage.turn.dialogue.answers["name"] == "Ana"


def test_nobody_consents_to_what_they_could_not_see() -> None:
    stage = applying()
    stage.turn = replace(stage.turn, put=inf)
    asked = stage.turn.dialogue

    told = stage.say("I agree", order=2)

    assert "before you could see" in told
    assert asked is not None
    assert stage.turn.dialogue is not None
    assert (stage.turn.dialogue.at, stage.turn.dialogue.answers) == (asked.at, asked.answers)


def test_a_country_and_a_city_in_two_lines_at_once_are_both_understood() -> None:
    stage = asked_for_the_name(put=12)
    stage.say("Ana", order=13)
    stage.say("South Korea", order=14)
    stage.turn = replace(stage.turn, put=inf)

    stage.say("Seoul", order=15)

    assert stage.turn.dialogue is not None
    assert stage.turn.dialogue.answers["zone"] == "Asia/Seoul"


@pytest.mark.parametrize("word", ["forget", "forget me", "delete everything", "withdraw", "block"])
def test_nothing_is_ended_by_a_word_that_was_written_twice(word: str) -> None:
    """The word that asks for it is also the yes to "Do you really want that?"."""
    stage = paired()
    stage.say(word, order=10)
    stage.turn = replace(stage.turn, put=inf)

    told = stage.say(word, order=11)

    assert "before you could see" in told
    assert stage.erased == []
    assert stage.turn.partnership is not None
    assert stage.turn.application is not None


@pytest.mark.parametrize("word", ["discard", "later", "throw it away"])
def test_a_word_that_leaves_nothing_here_is_no_answer_either(word: str) -> None:
    """In the middle of a report none of these leaves it, and it must not become the report."""
    stage = paired()
    stage.say("/report", order=10)
    stage.say("conduct", order=12)
    stage.turn = replace(stage.turn, put=inf)

    told = stage.say(word, order=13)

    assert "before you could see" in told
    assert stage.of(Case) == []


def test_a_question_that_waited_under_another_was_put_when_it_was_put_first() -> None:
    stage = asked_for_the_name(put=12)
    assert stage.turn.dialogue is not None
    first = stage.turn.dialogue.asked
    stage.say("/language", order=13)

    stage.say("English", order=15)

    assert stage.turn.dialogue is not None
    assert (stage.turn.dialogue.at, stage.turn.dialogue.asked) == ("name", first)


def test_nothing_is_skipped_before_it_could_be_seen() -> None:
    stage = asked_for_the_name(put=inf)

    told = stage.say("skip", order=11)

    assert "before you could see" in told


def test_somebody_may_leave_before_they_see_the_question() -> None:
    stage = asked_for_the_name(put=inf)

    told = stage.say("later", order=11)

    assert "before you could see" not in told
    assert stage.turn.dialogue is not None
    assert stage.turn.dialogue.answers["~later"]


def test_a_question_counts_from_when_it_was_put_first_however_often_it_is_put_again() -> None:
    stage = asked_for_the_name(put=12)
    assert stage.turn.dialogue is not None
    first = stage.turn.dialogue.asked

    stage.say("I agree", order=11)

    assert first
    assert stage.turn.dialogue.asked == first


def test_a_dialogue_knows_by_which_message_its_question_is_put() -> None:
    stage = applying()

    stage.say("I agree", order=10)

    assert stage.turn.dialogue is not None
    assert [stage.turn.dialogue.asked] == [one.key for one in stage.replies]
