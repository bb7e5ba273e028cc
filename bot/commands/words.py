"""The program's own words: topics, the share kit, and where a rehearsal is started."""

from bot.commands.command import Answer, Call
from bot.commands.finding import page_row
from bot.commands.rounds import rounds_of
from bot.deliveries import choices
from bot.markup import Markup, escape
from bot.model import Round, RoundState
from bot.texts import Step, Topic
from bot.texts.names import full_date


def topics(call: Call) -> Answer:
    """List the topics with the weeks in which they are talked about."""
    listed = call.program.topics
    weeks = call.desk.round.weeks if call.desk.round else 2 * len(listed)
    lines = [
        call.say("topics.line", number=number, title=topic.title, weeks=_weeks(number, len(listed), weeks))
        for number, topic in enumerate(listed, 1)
    ]
    buttons = [(str(number), f"d:topics show {number}") for number in range(1, len(listed) + 1)]
    text = call.say("topics.list", n=len(listed), topics=Markup("\n".join(lines)))
    return Answer(text, choices(*buttons, width=8))


def show(call: Call) -> Answer:
    """Show both steps of one topic as people read them."""
    topic = _topic(call)
    if isinstance(topic, Answer):
        return topic
    steps = "\n\n".join(_step(call, step) for step in topic.steps)
    return Answer(call.say("topics.show", number=call.args[0], title=topic.title, steps=Markup(steps)))


def edit(call: Call) -> Answer:
    """Say which file holds a topic: words live in content files, so that a change can be looked at first."""
    topic = _topic(call)
    if isinstance(topic, Answer):
        return topic
    file = f"en/topics/{int(call.args[0]):02}-{topic.id}.toml"
    return call.answer("topics.edit", number=int(call.args[0]), title=topic.title, file=file)


def bring_in(call: Call) -> Answer:
    """Say how topics of one's own are brought in."""
    return call.answer("topics.import")


def share(call: Call) -> Answer:
    """Give texts to post, one a page, or the invitations in many languages."""
    kit = call.program.share
    here = _open_round(call)
    if here is None:
        return call.answer("share.closed")
    if not kit.posts:
        return call.answer("share.none")
    place = min(call.page, len(kit.posts) + 1)
    if place > len(kit.posts):
        return Answer(_invitations(call), page_row(call, "share", more=False))
    post = kit.posts[place - 1]
    filled = _filled(call, "\n\n".join(part for part in (post.subject, post.text) if part), here)
    text = call.say("share.post", title=post.title, page=place, pages=len(kit.posts) + 1, text=filled)
    return Answer(text, page_row(call, "share", more=True))


def rehearse(call: Call) -> Answer:
    """Say how a round is rehearsed: it takes a machine's whole minute, so it is started from a shell."""
    return call.answer("rehearsal.how")


def link(call: Call, payload: str = "") -> str:
    """Give the address under which people meet the bot; `payload` tells the bot through whom they came."""
    name = call.program.bot_names.get("telegram", "")
    start = f"?start={payload}" if payload else ""
    return f"https://t.me/{name}{start}" if name else call.say("share.no-link")


def _open_round(call: Call) -> Round | None:
    """Give the round to share: one that takes applications, or is going to."""
    takes = (RoundState.OPEN, RoundState.DRAFT)
    return next((each for state in takes for each in rounds_of(call) if each.state is state), None)


def _filled(call: Call, text: str, here: Round) -> str:
    language = call.language
    day = full_date(here.closes_at.date(), language) if here.closes_at else call.say("share.no-date")
    places = {"{program}": call.say("share.program"), "{closes}": day, "{link}": link(call)}
    for place, value in places.items():
        text = text.replace(place, value)
    return text


def _invitations(call: Call) -> str:
    lines = [
        f"**{code}**\n{escape(text.replace('{link}', link(call)))}"
        for code, text in call.program.share.invitations.items()
    ]
    return call.say("share.invitations", invitations=Markup("\n\n".join(lines)))


def _topic(call: Call) -> Topic | Answer:
    number, listed = int(call.args[0]), call.program.topics
    if 1 <= number <= len(listed):
        return listed[number - 1]
    return call.refuse("topics.no-such", number=number, n=len(listed))


def _step(call: Call, step: Step) -> str:
    """Give a step with the words that a week's prompt has."""
    lines = [f"**{step.heading}**", step.text, *(f"• {question}" for question in step.questions)]
    say, language = call.program.say, call.language
    if step.activity:
        lines.append(say(language, "partnerships.prompt.activity", activity=Markup(step.activity)))
    if step.hint:
        lines.append(say(language, "partnerships.prompt.hint", hint=Markup(step.hint)))
    return "\n".join(lines)


def _weeks(number: int, topics_in_all: int, weeks: int) -> str:
    """Give the weeks of a topic in a round: the last topic is for the last two weeks."""
    if number == topics_in_all:
        return f"{max(weeks - 1, 1)}–{weeks}"
    first = 2 * number - 1
    return f"{first}–{first + 1}" if first <= weeks - 2 else "–"
