"""A strict stand-in for Telegram's Bot API servers, with people, groups, limits and faults, for tests.

A real HTTP server on loopback. The bot under test talks to it with the real client library or with raw
HTTP; the test plays the people. Everything a person does takes effect at once (it is a plain call, from any
thread); only the bot takes time, so a test waits for what it hopes to see: `await ana.hears("words")` in an
event loop, `ana.waits_for("words")` in a plain thread.

In the test's own event loop::

    async def test_ana_applies() -> None:
        async with TelegramServer() as server, library(server) as bot:  # or your adapter with server.base_url
            ana = server.user("Ana", language="pt-br", username="ana")
            ana.say("/start")                       # ... the bot polls getUpdates and answers
            await ana.hears("Welcome")              # new or edited since Ana last did something
            tap = ana.tap("Begin")                  # the newest button like that
            await server.until(lambda: tap.answered)
            assert ana.sees()[-1] == "Antipode: Where do you live? [Skip] [Cancel]"
            assert server.violations == []          # every wire test ends like this

With the bot in another process, which may be killed (`in_thread` runs the server on a loop of its own)::

    def test_nothing_is_lost() -> None:
        with TelegramServer().in_thread() as server, subprocess.Popen(bot_command(server)) as bot:
            ana = server.user("Ana")
            ana.say("/start")
            ana.waits_for("Welcome")
            bot.kill()

People: `say(text, to=group, reply_to=post)`, `tap(label, to=group, on=older_post)`, `opens(url, group=…)`,
`shares_new_group(title)`, `shares_group(group)` (request-chat picker),
`sends_photo/document/sticker/voice`, `shares_contact`, `forwards`, `edits`, `deletes`, `leaves(group)`,
`blocks_bot`, `unblocks_bot`, `deletes_account`, `sees(group)`, `last(group)`, `keyboard`. `server.user(…,
client=Client(adds_bot=False))` has a faulty app; `Client(first="chat_shared")` or `first=` at a deed turns
the order of updates.

Groups: `server.group("Title", owner, *members, kind="supergroup")`, then `adds_bot(by)`, `say`, `hears`,
`adds`, `removes`, `promotes(anonymous=True)`, `demotes`, `sets_bot_rights(…)`, `silences_bot`,
`removes_bot`, `migrates`, `deletes`, `renames`, `makes_link`, `status(who)`, `names`, `sees`.
`server.chat(id)` finds one.

Time: `server.clock.freeze()` stops it, `server.clock.advance(151)` moves it (limits, expiry, retention,
polls). Without them it is real. Waiting for the bot is always in real time (5 s, or `within=`).

Trouble: `server.fail_next("sendMessage", Fault.RESET_AFTER)`, `server.faults = Faults(seed=1,
chances={Fault.HANG: 0.01}, copies=3, shuffle=50)`, `server.inject_raw({…})`, `server.repeats(3)`,
`server.limits = Limits(speed=60)` or `Limits(on=False)`, `server.webhook.backoff`.

Truth: `server.calls`, `calls_of(method)`, `messages(chat)`, `accepted[chat_id, text]`, `times_told(words,
chat)`, `violations`, `too_many`, `faults.happened`, `polling.polls`, `updates.waiting()`.

`python -m tests.telegram_server --port 8081` starts it for trials by hand.

Not modelled: channels, topics, polls, inline mode, business, albums, payments, games, reactions of people,
Markdown (refused), `my_chat_member` on migration (nobody documents it), TLS for webhooks.
"""

from tests.telegram_server.clients import library
from tests.telegram_server.doors import LinkIsDead
from tests.telegram_server.faults import Fault, Faults
from tests.telegram_server.groups import Group
from tests.telegram_server.limits import Limits
from tests.telegram_server.people import Person
from tests.telegram_server.picker import Client
from tests.telegram_server.server import TelegramServer


__all__ = [
    "Client",
    "Fault",
    "Faults",
    "Group",
    "Limits",
    "LinkIsDead",
    "Person",
    "TelegramServer",
    "library",
]
