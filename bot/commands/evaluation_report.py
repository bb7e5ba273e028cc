"""The report of a round: short for the directors, in detail, and for everybody; no group under five.

What may be shown is `bot.commands.evaluation`'s to say; here it gets its words and its picture.
"""

from collections.abc import Iterable
from typing import TypeAlias

from bot.commands import evaluation
from bot.commands.command import Answer, Call
from bot.commands.evaluation import FEWEST, Share
from bot.commands.evaluation_picture import often_words, picture
from bot.commands.rounds import dates_line
from bot.commands.status import participants, per_hundred, percent, week_of
from bot.deliveries import choices
from bot.markup import Markup, escape
from bot.model import Round
from bot.texts.names import country_name


MOST_COUNTRIES = 12
SURVEYS = ("mid", "end")

Lines: TypeAlias = list[str]


def report(call: Call) -> Answer:
    """Show the directors how the round goes: contact, answers, contentment, the round before; a picture."""
    here = _begun(call)
    if isinstance(here, Answer):
        return here
    head = _head(call, here)
    parts = [[head, *_in_contact(call, here), _answered(call)], content_lines(call), _compared(call, here)]
    buttons = choices(
        (call.label("report-more"), "d:report more"), (call.label("report-public"), "d:report public")
    )
    return Answer(_joined(parts), buttons, picture(call, here))


def more(call: Call) -> Answer:
    """Show the same week by week, and by country, platform, topic and experience."""
    here = _begun(call)
    if isinstance(here, Answer):
        return here
    weeks = [_week_line(call, week) for week in _weeks(call, here)]
    head = call.say("report.more", name=here.name)
    return Answer(_joined([[head, *weeks], _country_lines(call), *group_lines(call, here)]))


def public(call: Call) -> Answer:
    """Give a report that anybody may read: no names, no group under five, no minutes of work."""
    here = _begun(call)
    if isinstance(here, Answer):
        return here
    counts = call.desk.counts
    people, countries = participants(counts), evaluation.countries(counts)
    head = call.say("report.public", name=here.name, people=people, countries=countries)
    parts = [
        [head, *_in_contact(call, here)],
        content_lines(call),
        *group_lines(call, here),
        _compared(call, here, public=True),
        [call.say("report.foot", fewest=FEWEST)],
    ]
    return Answer(_joined(parts), attachment=picture(call, here))


def content_lines(call: Call) -> Lines:
    """Give how content people are, all and by how often they were in contact, with the limits."""
    whole = evaluation.content(call.desk.counts)
    if whole is None:
        return []
    bands = evaluation.content_by_contact(call.desk.counts)
    lines = [
        call.say("report.content-line", often=often_words(call, each), **_limited(each)) for each in bands
    ]
    return [call.say("report.content", **_limited(whole)), *lines]


def _limited(share: Share) -> dict[str, str | int]:
    low, high = share.limits
    return {"share": f"{share.percent:.0f} %", "low": f"{low:.0f}", "high": f"{high:.0f}", "n": share.people}


def group_lines(call: Call, here: Round) -> list[Lines]:
    """Give weekly contact by country, platform, topic, and first time or not: a part each."""
    counts, language = call.desk.counts, call.language
    topics = evaluation.contact_by_topic(counts, call.program.topics, here.weeks)
    groups = {
        "by-topic": [(each.name, each) for each in topics],
        "by-country": [
            (country_name(each.name, language), each)
            for each in evaluation.contact_by(counts, "country", MOST_COUNTRIES)
        ],
        "by-platform": [
            (_platform(call, each.name), each) for each in evaluation.contact_by(counts, "platform")
        ],
        "by-experience": [
            (call.say(f"report.experience.{each.name}"), each)
            for each in evaluation.contact_by_experience(counts)
        ],
    }
    return [
        [call.say(f"report.{name}", groups=_listed(call, found))] for name, found in groups.items() if found
    ]


def _listed(call: Call, groups: Iterable[tuple[str, Share]]) -> Markup:
    return Markup(
        " · ".join(
            call.say("report.group", name=label, share=f"{each.percent:.0f} %", n=each.people)
            for label, each in groups
        )
    )


def _begun(call: Call) -> Round | Answer:
    """Give the round when there is something to report; otherwise say why not."""
    here = call.desk.round
    if here is None:
        return call.refuse("round.none")
    if here.started_at is None:
        return call.refuse("report.before", name=here.name, dates=Markup(str(dates_line(call, here))))
    if participants(call.desk.counts) < FEWEST:
        return call.refuse("report.few", name=here.name, fewest=FEWEST)
    return here


def _head(call: Call, here: Round) -> str:
    counts = call.desk.counts
    people, minutes = participants(counts), counts.get("minutes", 0)
    figures = {"people": people, "countries": evaluation.countries(counts), "minutes": minutes}
    return call.say("report.head", name=here.name, **figures, each=per_hundred(minutes, people))


def _weeks(call: Call, here: Round) -> range:
    return range(1, week_of(call, here) + 1)


def _in_contact(call: Call, here: Round) -> Lines:
    share = evaluation.contact_share(call.desk.counts, _weeks(call, here))
    return [] if share is None else [call.say("report.contact", share=f"{share:.0f} %")]


def _answered(call: Call) -> str:
    """Give the response rates: of the check-ins of all weeks, and of the two surveys."""
    counts = call.desk.counts
    weeks = range(1, (call.desk.round.weeks if call.desk.round else 0) + 1)
    asked, answered = (
        sum(counts.get(f"week.{week}.{what}", 0) for week in weeks) for what in ("asked", "answered")
    )
    people = participants(counts)
    given = {name: percent(min(counts.get(f"survey.{name}", 0), people), people) for name in SURVEYS}
    return call.say("report.answered", check_ins=percent(answered, asked), **given)


def _compared(call: Call, here: Round, *, public: bool = False) -> Lines:
    """Set this round beside the one before, both up to the same week."""
    last, counts = call.desk.last, call.desk.counts
    earlier = evaluation.before(counts)
    if last is None or participants(earlier) < FEWEST:
        return []
    weeks = _weeks(call, here)
    shares = [evaluation.contact_share(each, weeks) for each in (earlier, counts)]
    found = [(participants(each), evaluation.countries(each)) for each in (earlier, counts)]
    lines = [call.say("report.compared", name=here.name, last=last.name, weeks=len(weeks))]
    for what, (old, new) in (
        ("people", [each[0] for each in found]),
        ("countries", [each[1] for each in found]),
    ):
        lines.append(call.say(f"report.then-{what}", old=old, new=new))
    if None not in shares:
        old_share, new_share = (f"{share:.0f} %" for share in shares)
        lines.append(call.say("report.then-contact", old=old_share, new=new_share))
    if not public:
        worked = [per_hundred(each.get("minutes", 0), participants(each)) for each in (earlier, counts)]
        lines.append(call.say("report.then-minutes", old=worked[0], new=worked[1]))
    return lines


def _week_line(call: Call, week: int) -> str:
    counts = call.desk.counts
    asked, pairs = counts.get(f"week.{week}.asked", 0), counts.get(f"week.{week}.pairs", 0)
    if asked < FEWEST:
        return call.say("report.week-few", week=week)
    return call.say(
        "report.week",
        week=week,
        contact=percent(counts.get(f"week.{week}.contact", 0), pairs),
        pairs=pairs,
        answered=percent(counts.get(f"week.{week}.answered", 0), asked),
    )


def _country_lines(call: Call) -> Lines:
    found = evaluation.applied_by_country(call.desk.counts, MOST_COUNTRIES)
    if not found:
        return []
    listed = " · ".join(f"{country_name(each.name, call.language)} {each.people}" for each in found)
    return [call.say("report.countries", countries=Markup(escape(listed)))]


def _platform(call: Call, name: str) -> str:
    key = f"report.platform.{name}"
    return call.say(key) if call.program.texts.has(f"directors.{key}") else name


def _joined(parts: Iterable[Lines]) -> str:
    return "\n\n".join("\n".join(part) for part in parts if part)
