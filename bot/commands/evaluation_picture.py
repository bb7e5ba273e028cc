"""The picture of a report: a few charts on one sheet, each with no group under five."""

from bot.commands import evaluation
from bot.commands.chart import Row, bars, rows, sheet
from bot.commands.command import Call
from bot.commands.evaluation import FEWEST, Share
from bot.commands.status import week_of
from bot.messages import Attachment
from bot.model import Round
from bot.texts.names import country_name


MOST_ROWS = 8


def picture(call: Call, here: Round) -> Attachment:
    """Draw contact by week, contentment with its limits, contact by topic and by country."""
    charts = [_by_week(call, here), _content(call), _by_topic(call, here), _by_country(call)]
    drawn = sheet([chart for chart in charts if chart])
    return Attachment(f"{here.id}-report.svg", "image/svg+xml", drawn)


def often_words(call: Call, share: Share) -> str:
    """Give how often the people of this group were in contact: one band, or from one to another."""
    words = [call.say(f"report.often.{name}") for name in share.name.split()]
    return words[0] if len(words) == 1 else call.say("report.often.between", most=words[0], least=words[1])


def _by_week(call: Call, here: Round) -> str:
    counts = call.desk.counts
    values: list[tuple[str, float | None]] = []
    for week in range(1, week_of(call, here) + 1):
        pairs = counts.get(f"week.{week}.pairs", 0)
        known = pairs > 0 and counts.get(f"week.{week}.asked", 0) >= FEWEST
        values.append((str(week), 100 * counts.get(f"week.{week}.contact", 0) / pairs if known else None))
    return bars(call.say("report.picture", name=here.name), values)


def _content(call: Call) -> str:
    found = evaluation.content_by_contact(call.desk.counts)
    return _rows(
        call,
        "picture-content",
        [_row(often_words(call, each), each, each.limits) for each in found],
    )


def _by_topic(call: Call, here: Round) -> str:
    found = evaluation.contact_by_topic(call.desk.counts, call.program.topics, here.weeks)
    return _rows(call, "picture-topic", [_row(each.name, each) for each in found])


def _by_country(call: Call) -> str:
    found = evaluation.contact_by(call.desk.counts, "country", MOST_ROWS)
    return _rows(
        call, "picture-country", [_row(country_name(each.name, call.language), each) for each in found]
    )


def _rows(call: Call, words: str, found: list[Row]) -> str:
    return rows(call.say(f"report.{words}"), found) if found else ""


def _row(label: str, share: Share, limits: tuple[float, float] | None = None) -> Row:
    return Row(label, share.percent, f"n = {share.people}", limits)
