"""Words that reach the bot after something that was written later: they answer an older question."""

from tests.conversations.stage import Stage


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
