"""The commands outside the application: away, language, leaving, rights, routing."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.conversations.helping import LISTED
from bot.conversations.rights import asked_for
from bot.conversations.words import TYPED
from bot.events import Joined, Said, Tapped, Unreachable
from bot.messages import Message
from bot.model import (
    Application,
    ApplicationState,
    Block,
    Case,
    CheckIn,
    Contact,
    DirectorsRoom,
    Person,
    RoomKind,
    RoundState,
    SurveyAnswer,
)
from bot.model import PartnershipState as State
from bot.snapshots import Turn
from tests.conversations.stage import ANA, BEN, NOW, OPEN, PAIR, RUNNING, Stage, paired, program
from tests.conversations.test_totals import PATH


def told_to_ben(stage: Stage) -> list[str]:
    """Give what Ben was told."""
    return [one.body.text for one in stage.sent if one.to.id == "8" and isinstance(one.body, Message)]


def test_away_tells_the_partner_and_back_ends_it() -> None:
    """The day is in the person's own calendar."""
    stage = paired()
    stage.say("/away until 1 February")

    assert stage.turn.person.away_until == date(2027, 2, 1)
    assert "Ana is away until 1 February 2027" in told_to_ben(stage)[0]
    assert "You are away until 1 February 2027." in stage.say("/status")
    stage.say("/back")
    assert told_to_ben(stage)[1] == "Ana is back again."
    assert "You are here already" in stage.say("/back")


def test_away_without_a_day_asks_for_it() -> None:
    """Nonsense and the past are asked again."""
    stage = paired()

    assert "Until when are you away?" in stage.say("/pause")
    assert "could not read a day" in stage.say("when the cows come home")
    assert "not in the future" in stage.say("2020-01-01")
    assert "not in the future" in stage.say("/away 2020-01-01")
    assert "could not read a day" in stage.say("/away zzz")
    assert "You are away until 15 January 2027" in stage.say("15 January")


def test_who_left_two_partners_without_a_word_is_matched_again_when_back() -> None:
    """Saying so is enough."""
    stage = Stage(Turn(NOW, replace(ANA, ghosted=2), open_round=OPEN))
    stage.say("/back")

    assert stage.turn.person.ghosted == 1


def test_language_takes_a_name_or_asks() -> None:
    """A language the bot has no words in is said so."""
    stage = Stage()

    assert "I do not speak “Klingon” yet" in stage.say("/language Klingon")
    assert "From now on I speak English" in stage.say("english")
    assert "From now on I speak English" in stage.say("/language en")
    assert "Which language shall I speak" in stage.say("/language")
    assert "From now on I speak English" in stage.tap("English")
    assert stage.turn.person.language == "en"


def test_withdrawing_parts_the_pair_and_keeps_the_rest() -> None:
    """The partner is told kindly; the person may apply again."""
    stage = paired()
    stage.say("/withdraw")
    stage.tap("Yes, leave the round")

    states = [one.state for one in stage.of(Application) if isinstance(one, Application)]
    assert states == [ApplicationState.WITHDRAWN]
    assert stage.turn.partnership is None
    assert len(told_to_ben(stage)) == 1
    assert "nothing to leave" in stage.say("/withdraw")


def test_blocking_ends_the_partnership_for_good() -> None:
    """Only after a yes; Ben does not hear why."""
    stage = paired()
    stage.say("/block")
    stage.say("no")
    assert stage.of(Block) == []
    stage.say("/block")
    assert "never paired again" in stage.say("yes")

    assert stage.of(Block) == [Block(7, 8, NOW)]
    assert stage.turn.partnership is None
    assert "You have no partner" in stage.say("/block")


def test_in_a_trio_one_says_who_is_blocked() -> None:
    """The two names are buttons."""
    stage = paired()
    cem = replace(BEN, id=9, account="99", name="Cem")
    trio = replace(PAIR, members=(7, 8, 9))
    stage.turn = replace(stage.turn, partnership=trio, partners=(BEN, cem))
    stage.say("/block")
    assert stage.labels[:2] == ["Ben", "Cem"]
    stage.say("cem")
    stage.say("yes")

    assert stage.of(Block) == [Block(7, 9, NOW)]


def test_a_confirmation_of_another_partnership_changes_nothing() -> None:
    """Who was re-matched in the meantime does not lose the new partner."""
    stage = paired()
    stage.say("/block")
    stage.turn = replace(stage.turn, partnership=replace(PAIR, id="spring-2027.30", number=30))

    assert "earlier question" in stage.say("yes")
    assert stage.of(Block) == []
    stage.say("/withdraw")
    application = stage.turn.application
    assert application is not None
    stage.turn = replace(stage.turn, application=replace(application, round="autumn-2027"))
    assert "earlier question" in stage.say("yes")
    assert stage.of(Application) == []


@pytest.mark.parametrize("words", ["forget", "yes", "[Yes, delete everything]"])
def test_forgetting_erases_the_person_and_tells_the_partner(words: str) -> None:
    """By the button or the word; nothing of the person is saved again."""
    stage = paired()
    stage.say("/forget")
    reply = stage.tap(words[1:-1]) if words.startswith("[") else stage.say(words)

    assert "deleted" in reply
    assert stage.erased == [7]
    assert len(told_to_ben(stage)) == 1
    stage.say("/forget")
    assert "everything is kept" in stage.say("no")


def test_who_was_erased_begins_anew() -> None:
    """With the platform's name and language, and nothing of before."""
    gone = Person(7, "telegram", "77", language="de", erased_at=NOW - timedelta(days=9))
    stage = Stage(Turn(NOW, gone, open_round=OPEN))

    assert "Hello Ana!" in stage.say("/start")
    assert (stage.turn.person.erased_at, stage.turn.person.language) == (None, "en")


def test_mydata_is_a_file_with_everything_held() -> None:
    """As JSON, by kind of record."""
    stage = paired()
    stage.say("/mydata")
    assert stage.message.attachment is not None
    assert sorted(json.loads(stage.message.attachment.content)) == ["Application", "Partnership", "Person"]

    case = Case("report/telegram/1", "report", NOW, person=7, tried=("conduct", "He shouts."))
    stage.turn = replace(stage.turn, held=(case, stage.turn.person))
    stage.say("/mydata")

    file = stage.message.attachment
    assert file is not None
    held = json.loads(file.content)
    assert sorted(held) == ["Case", "Person"]
    assert held["Case"][0]["tried"] == ["conduct", "He shouts."]


def test_the_snapshot_knows_when_everything_is_asked_for() -> None:
    """By the command, the plain word or the button."""
    words = ("/mydata", "my data", "hello")
    said = [asked_for(Said(id="1", platform="telegram", at=NOW, text=text)) for text in words]
    values = ("cmd:mydata", "cmd:help")
    taps = [asked_for(Tapped(id="1", platform="telegram", at=NOW, value=value)) for value in values]

    assert (said, taps) == ([True, True, False], [True, False])


def test_a_report_goes_to_the_directors_and_never_to_the_partner() -> None:
    """With the person's own words."""
    stage = paired()
    stage.turn = replace(stage.turn, directors_room=DirectorsRoom("telegram", "-1", NOW))
    stage.say("/report")
    stage.tap("Somebody's conduct")
    stage.say("He shouts at me.")

    case = stage.of(Case)[0]
    assert isinstance(case, Case)
    assert (case.kind, case.person, case.tried) == ("report", 7, ("Somebody's conduct", "He shouts at me."))
    assert told_to_ben(stage) == []
    assert [one.to.kind for one in stage.sent if one.key.startswith("case/")] == ["directors"]


def test_a_report_can_be_stopped() -> None:
    """Nothing is sent then."""
    stage = paired()
    stage.say("/report")
    stage.say("cancel")

    assert stage.of(Case) == []
    assert stage.turn.dialogue is None


def test_a_check_in_is_answered_in_words() -> None:
    """While nothing else is asked, or what was asked was left for days."""
    stage = paired()
    row = CheckIn("spring-2027.17", 7, 9, NOW - timedelta(hours=3))
    stage.turn = replace(stage.turn, check_in=row, check_ins=(row,))
    stage.say("we met")
    stage.say("survey")
    stage.later(days=2)
    row = replace(row, asked_at=stage.turn.now)
    stage.turn = replace(stage.turn, check_in=row, check_ins=(row,))
    stage.say("not yet")

    answers = [one.answer for one in stage.of(CheckIn) if isinstance(one, CheckIn)]
    assert answers == [Contact.MET, Contact.NOT_YET]


def test_the_relay_carries_words_but_no_commands_and_no_answers() -> None:
    """Words while nothing is asked go to the partner, edits too, reports never."""
    stage = paired(RoomKind.RELAY)
    stage.say("Hello Ben!")
    stage.say("Hello dear Ben!", edited=True)
    assert [one.key.split("/")[0] for one in stage.sent] == ["carry", "carry"]

    stage.say("/report")
    stage.say("conduct")
    stage.say("He shouts at me.")
    stage.say("He shouts at me all day.", edited=True)
    stage.say("/help")
    assert [one.key.split("/")[0] for one in stage.sent].count("carry") == 2

    stage.say("survey")
    stage.later(hours=2)
    stage.say("How are you?")
    assert [one.key.split("/")[0] for one in stage.sent].count("carry") == 3


def test_unreachable_with_a_partner_is_a_case() -> None:
    """Without one it is only kept."""
    stage = paired()
    stage.happen(Unreachable(id="9", platform="telegram", at=NOW, chat="77", why="blocked"))

    assert [one.key for one in stage.of(Case) if isinstance(one, Case)] == ["unreachable/7/spring-2027"]


def test_other_events_are_nobodys_business_here() -> None:
    """A join has its place in rooms."""
    stage = Stage()
    stage.happen(Joined(id="9", platform="telegram", at=NOW, chat="77"))

    assert (stage.saved, stage.sent) == ([], [])


@pytest.mark.parametrize(
    ("turn", "words"),
    [
        (Turn(NOW, ANA, open_round=OPEN), "You have not applied yet."),
        (Turn(NOW, ANA), "No round takes applications now. Write /apply"),
        (Turn(NOW, ANA, open_round=replace(OPEN, state=RoundState.CLOSED)), "has begun already"),
    ],
)
def test_status_without_an_application_says_what_to_do(turn: Turn, words: str) -> None:
    """Open, closed, and with a line for the late."""
    assert words in Stage(turn).say("/status")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ApplicationState.SUBMITTED, "Your application for Spring 2027 is in."),
        (ApplicationState.ACCEPTED, "You are accepted for Spring 2027."),
        (ApplicationState.WAITING, "Your place in the queue is 4."),
        (ApplicationState.LATE, "You are in the line"),
        (ApplicationState.PLACED, "You take part in Spring 2027."),
        (ApplicationState.ALONE, "looking for another partner"),
        (ApplicationState.UNPLACED, "could not find a partner"),
    ],
)
def test_status_says_where_an_application_is(state: ApplicationState, words: str) -> None:
    """Each state in words."""
    application = Application("spring-2027", 7, state, {}, NOW)
    stage = Stage(Turn(NOW, ANA, application=application, round=OPEN, open_round=OPEN, queue_place=3))

    assert words in stage.say("/status")


def test_status_tells_of_a_round_that_is_over_and_of_an_opening_room() -> None:
    """And that an application is not sent yet."""
    application = Application("spring-2027", 7, ApplicationState.PLACED, {}, NOW)
    over = Turn(NOW, ANA, application=application, round=replace(OPEN, state=RoundState.ENDED))
    opening = replace(paired().turn, partnership=replace(PAIR, state=State.OPENING))
    undated = replace(OPEN, closes_at=None, starts_at=None)

    assert "Spring 2027 is over." in Stage(over).say("/status")
    assert "I am just opening a place" in Stage(opening).say("/status")
    assert "a day that will be told soon" in Stage(
        Turn(NOW, ANA, application=replace(application, state=ApplicationState.ACCEPTED), round=undated)
    ).say("/status")
    draft = Stage()
    draft.say("/apply")
    assert "Your application is not sent yet." in draft.say("/status")


def test_help_names_the_ambassador_of_the_country() -> None:
    """The first person to help its participants."""
    stage = Stage(Turn(NOW, ANA, open_round=OPEN, ambassador=BEN))

    assert "Ben is the ambassador of your country" in stage.say("help")


def test_the_survey_is_offered_in_its_weeks_only() -> None:
    """None at first, the middle one from the middle, the last one in the last two weeks and after."""
    early = paired()
    early.turn = replace(early.turn, round=replace(RUNNING, started_at=NOW - timedelta(days=3)))
    last = paired()
    last.turn = replace(last.turn, round=replace(RUNNING, started_at=NOW - timedelta(days=7 * 15)))

    assert "There is no survey" in early.say("/survey")
    assert "There is no survey" in Stage().say("/survey")
    assert "The round is nearly over. 8 short questions" in last.say("/survey")
    assert "I stop here" in last.say("cancel")


def test_the_end_survey_keeps_every_answer_at_once() -> None:
    """The words too; what is skipped leaves no row; a button of the other survey does not count."""
    stage = paired()
    stage.turn = replace(stage.turn, round=replace(RUNNING, state=RoundState.ENDED))
    stage.tap("cmd:survey")
    assert "earlier question" in stage.tap("a:mid.contact:weekly")
    for words in ("Every week", "5"):
        stage.tap(words)
    for words in ("skip", "4", "a friend", "yes", "no"):
        stage.say(words)
    stage.say("More time, please.")

    rows = [(one.question, one.value) for one in stage.of(SurveyAnswer) if isinstance(one, SurveyAnswer)]
    assert rows == [
        ("contact", "weekly"),
        ("satisfaction", "5"),
        ("topics", "4"),
        ("learned", "friend"),
        ("recommend", "yes"),
        ("again", "no"),
        ("words", "More time, please."),
    ]
    assert stage.turn.dialogue is None


def test_who_asks_for_help_in_the_survey_gets_a_case() -> None:
    """The directors write to them."""
    stage = paired()
    stage.say("survey")
    for _ in range(5):
        stage.say("skip")
    stage.tap("Yes, please")

    assert [one.kind for one in stage.of(Case) if isinstance(one, Case)] == ["help"]


def test_every_text_of_the_conversations_can_be_said() -> None:
    """No key is missing in the content for the commands that are listed and typed."""
    keys = {f"commands.help.{word}" for word in LISTED} | {f"commands.words.{word}" for word in TYPED}
    assert [key for key in sorted(keys) if not program().texts.has(key)] == []


def test_a_confirmation_of_last_week_does_not_count() -> None:
    """Neither the word nor the button; what lay under it waits again."""
    stage = Stage()
    for words in PATH[:6]:
        stage.say(words)
    stage.say("/forget")
    stage.later(days=2)
    reply = stage.tap("Yes, delete everything")

    assert "earlier question" in reply
    assert "In which languages" in reply
    assert stage.erased == []


def test_a_survey_goes_on_where_it_was() -> None:
    """Asking for it again is no second survey."""
    stage = paired()
    stage.say("/survey")
    stage.tap("Every week")

    assert "How happy are you" in stage.say("/survey")


def test_who_was_left_alone_comes_first_next_time() -> None:
    """The next application has priority."""
    before = Application("autumn-2026", 7, ApplicationState.UNPLACED, {}, NOW, country="BR")
    ended = replace(OPEN, id="autumn-2026", state=RoundState.ENDED)
    stage = Stage(Turn(NOW, ANA, open_round=OPEN, application=before, round=ended))
    assert "nothing to leave" in stage.say("/withdraw")
    for words in PATH:
        stage.say(words)

    applications = [one.priority for one in stage.of(Application) if isinstance(one, Application)]
    assert applications == [1]


def test_buttons_and_words_of_other_places_are_explained() -> None:
    """An unknown button, a director's word, a director's button."""
    stage = Stage()

    assert "does not apply any more" in stage.tap("zzz")
    assert "only in the directors' own room" in stage.say("queue")
    assert "only in the directors' own room" in stage.tap("d:queue")


def test_a_profile_left_open_is_no_application() -> None:
    """Applying asks for the application, not for the profile that was looked at."""
    profile = {"name": "Ana", "country": "BR"}
    stage = Stage(Turn(NOW, replace(ANA, profile=profile), open_round=OPEN))
    stage.say("/profile")

    assert "please read how your answers are used" in stage.say("/apply")
    assert stage.turn.dialogue is not None
    assert stage.turn.dialogue.about == "spring-2027"


def test_the_privacy_notice_can_be_read_at_any_time() -> None:
    """With the retention filled in, also in the middle of a question."""
    stage = Stage()
    stage.say("/apply")
    stage.say("yes")
    stage.say("yes")
    reply = stage.say("/privacy")

    assert "365 days after your last round" in reply
    assert "still waits: Name" in reply
    assert stage.labels[-1] == "Go on"


def test_the_same_absence_is_told_once() -> None:
    """Saying it again changes nothing; a partner who cannot be reached is not told."""
    stage = paired()
    stage.say("/away 1 February")
    stage.say("/away 1 February")
    assert len(told_to_ben(stage)) == 1

    stage.turn = replace(stage.turn, partners=(replace(BEN, reachable=False),))
    stage.say("/back")
    assert len(told_to_ben(stage)) == 1


def test_an_absence_that_is_over_is_not_shown() -> None:
    """The day named is the first on which they are back."""
    stage = paired()
    stage.say("/away 10 January")
    assert "You are away until 10 January 2027" in stage.say("/status")

    stage.later(days=1)
    assert "away" not in stage.say("/status")


def test_a_partner_who_is_away_is_shown_so() -> None:
    """On their card."""
    stage = paired()
    stage.turn = replace(stage.turn, partners=(replace(BEN, away_until=date(2027, 2, 1), zone=""),))
    reply = stage.say("/partner")

    assert "Away at the moment." in reply
    assert "there now" not in reply


def test_a_survey_that_waits_under_a_report_is_not_asked_twice() -> None:
    """What was asked before goes on after the report was stopped."""
    stage = paired()
    stage.say("/survey")
    stage.say("/report")

    assert "still waits: Contact" in stage.say("cancel")
    assert "How often" in stage.tap("Go on")
