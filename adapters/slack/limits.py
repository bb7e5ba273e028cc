"""What Slack allows, as figures (docs.slack.dev: rate limits, Block Kit reference, chat.postMessage)."""

from collections.abc import Mapping
from datetime import timedelta

from adapters.slack.ids import team_of
from bot.messages import Body, Carry, Message, OpenForm, OpenRoom, Settle, ShowHome
from bot.pace import Budget, Pace, each_chat


#: Signs of a section's text, of a header, of a button's label and value, of an option's label and value.
SECTION = 3000
HEADER = 150
LABEL = 75
BUTTON_VALUE = 2000
OPTION_VALUE = 150
PLACEHOLDER = 150
#: Elements of one actions block, options of one select, blocks of one message.
ELEMENTS = 25
OPTIONS = 100
BLOCKS = 50
#: All blocks of a message together: about 13,200 signs are refused (slackapi/bolt-js#2509), so fewer.
MESSAGE = 12_000
#: `text` beside the blocks; chat.update takes no more than 4,000.
FALLBACK = 3000
#: People in one group conversation besides the bot.
ROOM = 8
#: A channel's name.
CHANNEL_NAME = 80
TOPIC = 250

#: Between two messages into one conversation.
CHAT_EVERY = timedelta(seconds=1)

#: Calls of a method a minute that a workspace has at least, by Slack's tier; posts are "several hundred".
TIERS: Mapping[int, int] = {2: 20, 3: 50, 4: 100}
POSTS = 300
#: So much of what is allowed is used when much is to be sent.
EVEN = 0.97
_MINUTE = timedelta(minutes=1)


def _method(name: str, a_minute: int, *, burst: int) -> Budget:
    """Give the budget of a method in each workspace.

    Slack counts in windows of a minute. Ours are a little longer, so that what was late on its way there
    comes not too close to what follows: nearly two seconds may pass on the way.
    """
    return Budget(
        name,
        team_of,
        every=_MINUTE / (a_minute * EVEN),
        burst=burst,
        count=a_minute,
        span=_MINUTE / EVEN,
        parks=True,
        slows=True,
    )


def pace(*, channels: bool = False) -> Pace:
    """Give what Slack allows; with `channels` a room takes three calls, of which two are scarcer.

    The budgets of a 429 are those of the method in the workspace: every other one goes on.
    """
    posts = (
        Budget("chat", each_chat, every=CHAT_EVERY, burst=2),
        _method("chat.postMessage", POSTS, burst=4),
    )
    room = _method("rooms", TIERS[2], burst=1) if channels else _method("rooms", TIERS[3], burst=2)
    budgets: dict[type[Body], tuple[Budget, ...]] = {
        Message: posts,
        Carry: posts,
        OpenRoom: (room,),
        Settle: (_method("chat.update", TIERS[3], burst=5),),
        OpenForm: (_method("views.open", TIERS[4], burst=20),),
        ShowHome: (_method("views.publish", TIERS[4], burst=20),),
    }
    return Pace(budgets, whole=team_of)
