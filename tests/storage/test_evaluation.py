"""What the report counts: contact by country, platform, topic and experience, beside the last round."""

from bot.model import (
    Case,
    CheckIn,
    Contact,
    RoundState,
    SurveyAnswer,
)
from storage import StoreImplementation
from tests.storage.desks import ROOM, desk_of
from tests.storage.given import NOW, ana, save, spring


async def test_the_evaluation_counts_each_persons_weeks_in_contact(running: StoreImplementation) -> None:
    """By country, platform and experience; the ladder's questions do not count."""
    asked = [
        CheckIn("spring.1", 1, 1, NOW, Contact.MET, NOW),
        CheckIn("spring.1", 2, 1, NOW),
        CheckIn("spring.1", 1, 2, NOW, Contact.NOT_YET, NOW),
        CheckIn("spring.1", 2, 2, NOW, Contact.NEED_HELP, NOW),
        CheckIn("spring.1", 2, 1002, NOW, Contact.MET, NOW),
        CheckIn("old.1", 1, 1, NOW, Contact.MET, NOW),
    ]
    said_so = [
        SurveyAnswer("spring", 1, "end", "satisfaction", "5", NOW),
        SurveyAnswer("spring", 1, "mid", "satisfaction", "1", NOW),
        SurveyAnswer("spring", 2, "end", "contact", "weekly", NOW),
        SurveyAnswer("spring", 3, "keep-in-touch", "again", "yes", NOW),
    ]
    await save(running, *asked, *said_so, Case("c", "quiet", NOW, round="old", minutes=9))

    desk = await desk_of(running, "evaluation")

    assert desk.last == spring(id="old", name="Old", state=RoundState.ENDED)
    assert dict(desk.counts) == {
        "country.BR.people": 2,
        "country.BR.weeks": 4,
        "country.BR.contact": 2,
        "platform.telegram.people": 2,
        "platform.telegram.weeks": 4,
        "platform.telegram.contact": 2,
        "again.people": 1,
        "again.weeks": 2,
        "again.contact": 1,
        "first.people": 1,
        "first.weeks": 2,
        "first.contact": 1,
        "topic.1.1.people": 2,
        "topic.1.1.pairs": 1,
        "topic.1.1.contact": 1,
        "topic.1.2.people": 2,
        "topic.1.2.pairs": 1,
        "topic.1.2.contact": 0,
        "survey.mid": 1,
        "survey.end": 2,
        "satisfied.1.2.5": 1,
        "last.applications.accepted": 1,
        "last.country.BR.applications": 1,
        "last.cases.open": 1,
        "last.minutes": 9,
        "last.week.1.asked": 1,
        "last.week.1.answered": 1,
        "last.week.1.pairs": 1,
        "last.week.1.contact": 1,
    }


async def test_a_first_round_is_compared_with_none(store: StoreImplementation) -> None:
    """Nor is a round that never began one to compare with; and without a round there is no figure."""
    await save(store, ROOM, ana(9, director=True))
    without = await desk_of(store, "evaluation")
    await save(store, spring(id="old", state=RoundState.CANCELLED), spring())
    desk = await desk_of(store, "evaluation")

    assert (without.last, without.counts) == (None, {})
    assert (desk.last, desk.counts) == (None, {})
