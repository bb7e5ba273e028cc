"""People, ambassadors and directors."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.markup import plain
from bot.messages import Message
from bot.model import (
    Application,
    ApplicationState,
    CheckIn,
    Contact,
    Partnership,
    PartnershipState,
    Pending,
    Person,
    RoomKind,
)
from tests.commands.desks import (
    ANA,
    BEN,
    CLEO,
    ENDED,
    EVA,
    FAY,
    NOW,
    PEOPLE,
    RUNNING,
    application,
    audited,
    case,
    desk,
    do,
    pair,
    saved,
    values,
    words,
)


LIVE = pair(1, ANA, BEN, state=PartnershipState.RUNNING, room=RoomKind.RELAY)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("11", "11"),
        ("#11", "11"),
        ("@ana_s", "11"),
        ("@ANA_S", "11"),
        ("Ana Silva", "11"),
        ("silva", "11"),
        ("ana_s", "11"),
        ("ben", "12"),
    ],
)
def test_people_are_found_by_id_handle_or_name(typed: str, found: str) -> None:
    assert (
        words(do(f"person {typed}", desk(round=RUNNING))).splitlines()[0].endswith(f"id {found} · telegram")
    )


def test_a_name_that_two_people_have_is_answered_with_both() -> None:
    twin = replace(FAY, id=16, name="Ana Lima")
    outcome = do("person ana", desk(round=RUNNING, people=(*PEOPLE, twin)))

    assert words(outcome).splitlines() == [
        "2 people fit “ana”. Use the id:",
        "11 Ana Silva @ana_s · BR · telegram",
        "16 Ana Lima · BR · telegram",
    ]


@pytest.mark.parametrize("typed", ["Zoe", "@zoe", "999"])
def test_nobody_found_is_said(typed: str) -> None:
    assert words(do(f"person {typed}", desk())).startswith(f"I find nobody called “{typed}”.")
    assert words(do(f"people {typed}", desk())).startswith(f"I find nobody called “{typed}”.")


def test_erased_people_are_not_found() -> None:
    assert "nobody" in words(do("person 11", desk(people=(replace(ANA, erased_at=NOW),))))


def test_people_are_listed_in_pages() -> None:
    crowd = tuple(replace(ANA, id=number, name=f"Ana {number}", handle="") for number in range(100, 115))
    outcome = do("people ana", desk(people=crowd))

    assert words(outcome).splitlines()[0] == "15 people"
    assert values(outcome) == ["d:people ana page=2"]
    assert words(do("people ana page=2", desk(people=()))) == "0 people"


def test_a_persons_file_has_all_that_directors_may_know() -> None:
    full = replace(
        ANA,
        ambassador_for="BR",
        away_until=date(2027, 2, 1),
        ghosted=1,
        reachable=False,
        director=True,
        seen_at=NOW,
    )
    asked = NOW - timedelta(days=3)
    on = desk(
        round=RUNNING,
        people=(full, BEN),
        applications=(application(ANA, ApplicationState.PLACED, why="x"),),
        partnerships=(LIVE,),
        check_ins=(
            CheckIn("spring.1", ANA.id, 2, NOW),
            CheckIn("spring.1", ANA.id, 1, asked, Contact.MET, asked),
            CheckIn("spring.1", BEN.id, 1, asked, Contact.NOT_YET, asked),
        ),
        cases=(case(7), case(8, person=BEN.id)),
    )
    outcome = do("person 11", on)

    assert words(outcome).splitlines() == [
        "Ana Silva · id 11 · telegram",
        "Handle: @ana_s",
        "Country: Brazil",
        "Time zone: America/Sao_Paulo",
        "Language: en",
        "Ambassador for Brazil",
        "Away until 2027-02-01",
        "Times they left a partner without a word: 1",
        "Cannot be reached: blocked the bot or left the platform.",
        "Director",
        "Last seen 4 January 2027",
        "Application of 15 December 2026: placed (x)",
        "Partnership spring.1 (running, through the bot): Ana Silva (11) BR ↔ Ben (12) NZ",
        "Check-ins, oldest first: met, no answer",
        "1 case; open: #7",
    ]
    assert values(outcome) == ["d:person 11 remove"]


def test_somebody_of_whom_little_is_known_has_a_short_file() -> None:
    bare = Person(20, "telegram", "920", name="Gus")
    outcome = do("person 20", desk(round=RUNNING, people=(bare,)))

    assert words(outcome).splitlines() == [
        "Gus · id 20 · telegram",
        "Language: en",
        "No application to this round.",
    ]


def test_removing_somebody_is_asked_for_first() -> None:
    outcome = do("person 11 remove", desk(round=RUNNING, partnerships=(LIVE,)))

    assert saved(outcome, Pending) == [Pending(EVA.id, "person 11 remove", NOW)]
    assert "1 partner gets another partner, and is not told why" in words(outcome)


def test_removing_somebody_without_a_partner_concerns_nobody_else() -> None:
    outcome = do("person 15 remove", desk(round=RUNNING, partnerships=(pair(2, FAY, CLEO),)))

    assert "partner" not in words(outcome)


def test_a_yes_removes_the_person_and_frees_the_partner() -> None:
    before = application(ANA, ApplicationState.PLACED, round="autumn")
    now = application(ANA, ApplicationState.PLACED)
    on = desk(
        round=RUNNING,
        rounds=(RUNNING, replace(ENDED, id="autumn")),
        partnerships=(LIVE,),
        applications=(now, before),
        pending=Pending(EVA.id, "person 11 remove", NOW),
    )
    outcome = do("yes", on)

    assert saved(outcome, Person) == [replace(ANA, removed_at=NOW)]
    assert saved(outcome, Partnership)[0].state is PartnershipState.DISSOLVED
    assert saved(outcome, Application) == [replace(now, state=ApplicationState.WITHDRAWN)]
    assert sorted(each.to.id for each in outcome.deliveries if each.to.kind == "person") == ["11", "12"]
    assert audited(outcome) == [("person remove", "11")]


def test_somebody_removed_is_not_removed_again_but_can_be_let_in() -> None:
    gone = replace(ANA, removed_at=NOW)
    on = desk(round=RUNNING, people=(gone,))

    assert "is removed already" in words(do("person 11 remove", on))
    assert "Removed on 4 January 2027" in words(do("person 11", on))

    outcome = do("person 11 restore", on)

    assert saved(outcome, Person) == [ANA]
    assert audited(outcome) == [("person restore", "11")]


@pytest.mark.parametrize("command", ["person zoe remove", "person zoe restore", "person 11 restore"])
def test_what_cannot_be_done_to_a_person_is_refused(command: str) -> None:
    assert do(command, desk(round=RUNNING)).saves == ()


def test_ambassadors_are_listed_with_their_countries_figures() -> None:
    on = desk(
        people=(replace(CLEO, ambassador_for="KE"), replace(ANA, ambassador_for="BR")),
        counts={"country.BR.applications": 9, "source.11": 4, "country.BR.cases": 1},
    )

    assert words(do("ambassadors", on)).splitlines() == [
        "2 ambassadors",
        "Brazil Ana Silva (11): applications 9, through their link 4, open cases 1",
        "Kenya Cleo (13): applications 0, through their link 0, open cases 0",
    ]
    assert words(do("ambassadors", desk())).startswith("There are no ambassadors yet.")


def test_an_ambassador_is_made_and_told() -> None:
    outcome = do("ambassador add Brasil @ana_s", desk())

    assert saved(outcome, Person) == [replace(ANA, ambassador_for="BR")]
    assert [each.to.id for each in outcome.deliveries if each.to.kind == "person"] == ["11"]
    assert audited(outcome) == [("ambassador add", "BR 11")]


def test_an_ambassadorship_is_ended_with_thanks() -> None:
    outcome = do("ambassador remove @ana_s", desk(people=(replace(ANA, ambassador_for="BR"),)))

    assert saved(outcome, Person) == [ANA]
    assert audited(outcome) == [("ambassador remove", "BR 11")]
    assert words(outcome) == "Ana Silva is no longer the ambassador for Brazil, and was thanked."
    (told,) = (one for one in outcome.deliveries if one.key.startswith("ambassador-no-more/"))
    assert isinstance(told.body, Message)
    assert "no longer the ambassador for Brazil. Thank you" in told.body.text


def test_who_is_no_ambassador_cannot_stop_being_one() -> None:
    outcome = do("ambassador remove @ana_s", desk())

    assert saved(outcome, Person) == []
    assert words(outcome) == "Ana Silva is no ambassador, so there is nothing to end."


def test_an_ambassador_gets_a_link_and_an_invitation_in_a_language_of_the_country() -> None:
    outcome = do("ambassador add Brasil @ana_s", desk())
    told = next(each.body for each in outcome.deliveries if each.to.kind == "person")

    assert isinstance(told, Message)
    assert "https://t.me/antipode_bot?start=a11" in plain(told.text)
    assert "Trabalha ou estuda" in plain(told.text)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("ambassador add Narnia @ana_s", "I do not know a country called “Narnia”"),
        ("ambassador add BR @zoe", "I find nobody called “@zoe”"),
        ("ambassador add BR @ana_s", "is the ambassador for Brazil already"),
    ],
)
def test_an_ambassador_that_cannot_be_is_refused(line: str, reason: str) -> None:
    outcome = do(line, desk(people=(replace(ANA, ambassador_for="BR"),)))

    assert reason in words(outcome)
    assert outcome.saves == ()


def test_directors_are_listed_with_the_one_who_asks() -> None:
    outcome = do("directors", desk(people=(replace(ANA, director=True), BEN)))

    assert words(outcome).splitlines()[:3] == [
        "2 directors",
        "11 Ana Silva @ana_s · BR · telegram",
        "1 Eva @eva · DE · telegram",
    ]


def test_a_removed_ambassador_is_one_no_more() -> None:
    """Else the bot would go on naming them to the people of their country."""
    on = desk(
        round=RUNNING,
        people=(EVA, replace(ANA, ambassador_for="BR")),
        pending=Pending(EVA.id, "person 11 remove", NOW),
    )
    (gone,) = [each for each in saved(do("yes", on), Person) if each.id == ANA.id]

    assert (gone.removed_at, gone.ambassador_for) == (NOW, "")
