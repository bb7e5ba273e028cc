"""Applying: consent, sources, re-applying, late ones, changes, the one reminder."""

from dataclasses import replace
from datetime import timedelta

from bot.answers import told
from bot.conversations import remind
from bot.model import Application, ApplicationState, Dialogue, RoundState
from bot.snapshots import Turn
from tests.conversations.stage import ANA, NOW, OPEN, Stage, program
from tests.conversations.test_totals import PATH


def applied() -> Stage:
    """Give a stage on which Ana has applied."""
    stage = Stage()
    for words in PATH:
        stage.say(words)
    return stage


def last_application(stage: Stage) -> Application:
    """Give the application that was saved last."""
    found = stage.of(Application)[-1]
    assert isinstance(found, Application)
    return found


def test_consent_is_kept_with_version_and_date_as_soon_as_it_is_given() -> None:
    """Both notices, in the order they were asked."""
    stage = Stage()
    stage.say("/apply")
    stage.say("yes")
    stage.tap("I agree")

    person = stage.turn.person
    assert (person.consent, person.consented_at) == ("privacy 2026-11, conduct 2026-11", NOW)


def test_submitting_keeps_the_application_and_the_person() -> None:
    """Name, country, zone and the answers for the next time."""
    stage = applied()

    application, person = last_application(stage), stage.turn.person
    assert (application.state, application.country) == (ApplicationState.SUBMITTED, "BR")
    assert (person.name, person.country, person.zone) == ("Ana", "BR", "America/Sao_Paulo")
    assert person.profile == application.answers
    assert stage.turn.dialogue is None
    assert not [key for key in application.answers if key.startswith("~")]


def test_the_answers_have_the_shapes_that_matching_reads() -> None:
    """The table of `bot.answers`, in practice."""
    answers = told(last_application(applied()).answers)

    assert answers.languages == ("pt", "en")
    assert (answers.sector, answers.stage, answers.years) == ("public", "student", 5)
    assert answers.interests == ("archives", "own:zines")
    assert answers.goals == ("friendship",)
    assert [str(span) for span in answers.hours] == ["Mo18+4", "Tu18+4", "We18+4", "Th18+4", "Fr18+4"]
    assert answers.wishes == (("continent", "AF"),)
    assert "interests" in answers.share


def test_the_ambassador_whose_link_was_used_is_kept_with_the_application() -> None:
    """The payload of the first start counts, and survives the whole conversation."""
    stage = Stage()
    stage.say("/start a12")
    stage.say("/start a13")
    for words in PATH:
        stage.say(words)

    assert last_application(stage).source == 12


def test_a_payload_that_is_no_ambassador_changes_nothing() -> None:
    """A group's payload, nonsense, and one's own link."""
    stage = Stage(Turn(NOW, replace(ANA, seen_at=NOW), open_round=OPEN))
    for payload in ("g12", "a", "axx", "a7"):
        stage.say(f"/start {payload}")

    assert stage.saved == []


def test_the_next_round_begins_with_the_summary() -> None:
    """The old answers are filled in; one word sends them."""
    before = applied()
    autumn = replace(OPEN, id="autumn-2027", name="Autumn 2027")
    ended = replace(OPEN, state=RoundState.ENDED)
    stage = Stage(replace(before.turn, open_round=autumn, round=ended))

    assert "Is everything still right?" in stage.say("/apply")
    assert "Your application for Autumn 2027 is in." in stage.say("yes")
    assert last_application(stage).round == "autumn-2027"


def test_an_application_to_a_round_without_days_says_so_once() -> None:
    """The thanks do not name two days that nobody knows."""
    undated = replace(OPEN, id="autumn-2027", closes_at=None, starts_at=None)
    ended = replace(OPEN, state=RoundState.ENDED)
    stage = Stage(replace(applied().turn, open_round=undated, round=ended))
    stage.say("/apply")

    assert stage.say("yes").count("dates as soon as") == 1


def test_a_changed_notice_is_asked_about_again() -> None:
    """Only the consent is new, the rest is filled in."""
    before = applied()
    profile = {**before.turn.person.profile, "conduct": "2020-01"}
    person = replace(before.turn.person, profile=profile)
    stage = Stage(Turn(NOW, person, open_round=OPEN))

    assert "Everybody here is a volunteer" in stage.say("/apply")
    assert "Is everything still right?" in stage.say("yes")


def test_outside_a_round_the_interest_is_noted() -> None:
    """And can be taken back."""
    stage = Stage(Turn(NOW, ANA))

    assert "noted that you are interested" in stage.say("/apply")
    assert stage.turn.person.wants_news
    assert "I write to you when the next one opens" in stage.say("/status")
    stage.tap("cmd:no-news")
    assert not stage.turn.person.wants_news


def test_after_the_draft_one_waits_in_line() -> None:
    """A round that is running takes late ones while there are weeks enough."""
    stage = Stage(Turn(NOW, ANA, open_round=replace(OPEN, state=RoundState.RUNNING, started_at=NOW)))
    assert "already begun" not in stage.say("/start")
    for words in PATH[:-1]:
        stage.say(words)

    assert "in the line for the next free place" in stage.say("send")
    assert last_application(stage).state == ApplicationState.LATE


def test_who_was_removed_cannot_apply() -> None:
    """Not even by finishing what was begun before."""
    stage = Stage()
    for words in PATH[:-1]:
        stage.say(words)
    stage.turn = replace(stage.turn, person=replace(stage.turn.person, removed_at=NOW))
    stage.say("send")
    assert stage.of(Application) == []

    assert "cannot take part any more" in stage.say("/apply")


def test_nobody_begins_in_the_last_weeks_of_a_round() -> None:
    """They are told when the next one opens."""
    long_ago = NOW - timedelta(days=7 * 13)
    stage = Stage(Turn(NOW, ANA, open_round=replace(OPEN, state=RoundState.RUNNING, started_at=long_ago)))

    assert "noted that you are interested" in stage.say("/apply")


def test_a_round_that_closes_in_the_middle_keeps_the_answers() -> None:
    """They are filled in next time, and the person hears of it."""
    stage = Stage()
    for words in PATH[:-1]:
        stage.say(words)
    stage.turn = replace(stage.turn, open_round=None)

    assert "The round closed in the meantime" in stage.say("send")
    assert stage.of(Application) == []
    assert (stage.turn.person.wants_news, stage.turn.person.profile["country"]) == (True, "BR")


def test_an_accepted_person_who_moves_is_looked_at_anew() -> None:
    """The balance of countries has to see the change; other changes keep the place."""
    stage = applied()
    accepted = replace(last_application(stage), state=ApplicationState.ACCEPTED)
    stage.turn = replace(stage.turn, application=accepted)
    stage.say("/profile")
    stage.say("change name")
    stage.say("Anna")
    stage.say("send")
    assert last_application(stage).state == ApplicationState.ACCEPTED

    stage.say("/profile")
    stage.say("change country")
    stage.say("Uruguay")
    stage.say("Montevideo")
    stage.say("send")
    assert last_application(stage).state == ApplicationState.SUBMITTED
    assert stage.turn.person.zone == "America/Montevideo"


def test_the_profile_can_be_changed_between_rounds() -> None:
    """Nothing is sent anywhere then."""
    person = replace(ANA, profile=applied().turn.person.profile)
    stage = Stage(Turn(NOW, person))
    stage.say("/profile")
    stage.tap("a:summary:about")
    stage.say("I moved to a museum.")

    assert "your changes are saved" in stage.say("send")
    assert stage.of(Application) == []
    assert stage.turn.person.profile["about"] == "I moved to a museum."


def test_without_answers_there_is_no_profile() -> None:
    """The person is asked whether to apply."""
    assert "You have not answered any questions yet" in Stage().say("/profile")


def test_a_report_in_the_middle_of_an_application_loses_nothing() -> None:
    """The application lies under it and goes on, even by /apply in the middle of the report."""
    stage = Stage()
    for words in PATH[:6]:
        stage.say(words)
    stage.say("/report")
    assert stage.turn.dialogue is not None
    assert stage.turn.dialogue.kind == "report"

    stage.say("/withdraw")
    assert "In which languages" in stage.say("/apply")
    assert isinstance(stage.turn.dialogue, Dialogue)
    assert stage.turn.dialogue.answers["country"] == "BR"


def test_the_unfinished_are_reminded_once() -> None:
    """And not at all when the round has closed."""
    stage = Stage()
    stage.say("/apply")
    stage.later(days=2)

    reminded = remind(stage.turn, program())
    assert [one.key for one in reminded.deliveries] == ["unfinished/spring-2027/7"]
    stage.apply(reminded)
    assert remind(stage.turn, program()).deliveries == ()

    closed = Stage(replace(stage.turn, open_round=None))
    closed.turn = replace(closed.turn, dialogue=replace(stage.turn.dialogue, reminded=False))  # type: ignore[type-var]
    assert remind(closed.turn, program()).deliveries == ()


def test_a_question_that_came_into_the_table_later_is_asked_before_sending() -> None:
    """A director may add questions while somebody stands at the summary."""
    stage = Stage()
    for words in PATH[:-1]:
        stage.say(words)
    dialogue = stage.turn.dialogue
    assert dialogue is not None
    answers = {name: value for name, value in dialogue.answers.items() if name != "stage"}
    stage.turn = replace(stage.turn, dialogue=replace(dialogue, answers=answers))

    assert "Where are you in your career?" in stage.say("send")


def test_a_question_that_was_dropped_is_passed_over() -> None:
    """Who stood at it goes on at the first that has no answer."""
    stage = Stage()
    stage.say("/apply")
    dialogue = stage.turn.dialogue
    assert dialogue is not None
    stage.turn = replace(stage.turn, dialogue=replace(dialogue, at="gone"))

    assert "Everybody here is a volunteer" in stage.say("yes")


def test_a_walk_of_an_unknown_kind_asks_nothing() -> None:
    """A row of an older version does no harm."""
    stage = Stage(Turn(NOW, ANA, dialogue=Dialogue(7, "gone", "x"), open_round=OPEN))

    assert "I did not understand that" in stage.say("blah blah")
    assert "does not apply any more" in stage.tap("a:x:y")
    assert "Nothing waits" in stage.tap("cmd:continue")
