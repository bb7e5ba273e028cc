"""Leaving: the round, the partner, or everything; each is asked first, because it cannot be undone."""

from dataclasses import replace

from bot.conversations.beginning import begin
from bot.conversations.calls import Call
from bot.conversations.interrupted import UNDER
from bot.conversations.stand import Walk, closed
from bot.conversations.standing import OVER
from bot.messages import Message
from bot.model import ApplicationState, Block
from bot.outcome import NOTHING, Outcome
from bot.partnerships.parting import part


def ask_withdraw(call: Call) -> Outcome:
    """Ask whether they really want to leave the round."""
    its_round = call.turn.round
    if call.turn.application is None or its_round is None or its_round.state in OVER:
        return call.answer(call.say("commands.withdraw.nothing"), call.row("apply", "status"))
    now = call.turn.earlier
    still = now and now.state not in OVER
    note = call.say("commands.withdraw.which", round=its_round.name, now=now.name) if now and still else ""
    return begin(call, "withdraw", about=its_round.id, note=note)


def withdraw(walk: Walk, chosen: str) -> Outcome:
    """Leave the round; the partner is told kindly and gets somebody else."""
    application = walk.turn.application
    if walk.dialogue.answers.get("withdraw") != "yes" or application is None:
        return closed(walk, Message(walk.say("commands.withdraw.kept")), chosen=chosen)
    if application.round != walk.dialogue.about:
        return closed(walk, Message(walk.say("application.old-button")), chosen=chosen)
    gone = replace(application, state=ApplicationState.WITHDRAWN)
    # Who has applied for the next round keeps the partner of this one.
    parted = NOTHING if walk.turn.earlier else part(walk.turn, "withdraw", walk.program)
    outcome = parted + Outcome((gone,))
    return closed(walk, Message(walk.say("commands.withdraw.done")), chosen=chosen, outcome=outcome)


def ask_forget(call: Call) -> Outcome:
    """Ask whether everything is to be deleted."""
    return begin(call, "forget")


def forget(walk: Walk, chosen: str) -> Outcome:
    """Erase the person everywhere; the partner is told kindly."""
    if walk.dialogue.answers.get("forget") != "yes":
        return closed(walk, Message(walk.say("commands.forget.kept")), chosen=chosen)
    given = {name: value for name, value in walk.dialogue.answers.items() if name != UNDER}
    walk = walk.with_answers(given)
    outcome = part(walk.turn, "forget", walk.program) + Outcome(erasures=(walk.turn.person.id,))
    return closed(walk, Message(walk.say("commands.forget.done")), chosen=chosen, outcome=outcome)


def ask_block(call: Call) -> Outcome:
    """Ask whether the partnership is to end and never come again."""
    if call.turn.partnership is None or not call.turn.partners:
        return call.answer(call.say("commands.block.nobody"), call.row("report", "help"))
    return begin(call, "block", about=call.turn.partnership.id)


def block(walk: Walk, chosen: str) -> Outcome:
    """End the partnership for good: the two are never paired again."""
    turn, given = walk.turn, walk.dialogue.answers
    if given.get("block") != "yes":
        return closed(walk, Message(walk.say("commands.block.kept")), chosen=chosen)
    if turn.partnership is None or turn.partnership.id != walk.dialogue.about:
        return closed(walk, Message(walk.say("application.old-button")), chosen=chosen)
    named = str(given.get("block-who", ""))
    blocked = tuple(
        Block(turn.person.id, partner.id, turn.now)
        for partner in turn.partners
        if named in ("", str(partner.id))
    )
    outcome = Outcome(blocked) + part(turn, "block", walk.program)
    return closed(walk, Message(walk.say("commands.block.done")), chosen=chosen, outcome=outcome)
