"""A strict stand-in for Slack, with workspaces, people, limits and faults, for tests.

A real HTTP and WebSocket server on loopback. The app under test talks to it with the real slack-bolt and
slack-sdk; the test plays the people. Everything a person does takes effect at once (it is a plain call, from
any thread); only the app takes time, so a test waits for what it hopes to see: `await ana.hears("words")` in
an event loop, `ana.waits_for("words")` in a plain thread.

In the test's own event loop::

    async def test_ana_applies() -> None:
        async with SlackServer("slack-manifest.json") as server, my_app(server):
            ana = server.user("Ana", tz="America/Sao_Paulo", locale="pt-BR")
            ana.writes("hello")                     # in the app's messages tab (her DM with the bot)
            await ana.hears("Welcome")              # new or edited since Ana last did something
            tap = ana.taps("Apply")                 # newest such button: in the modal, else chat, else home
            await ana.sees_modal("Where do you live?")
            ana.fills("Country", "Brazil")          # field by label, placeholder, block_id or action_id
            ana.submits()
            await ana.hears("Thank you")
            assert tap.acked and tap.took < 0.3 and ana.modal is None
            assert ana.sees()[-1] == "Antipode: Thank you! [Status]"
            assert server.violations == []          # every wire test ends like this

Settings for the app: `server.base_url` (SLACK_API_URL), `bot_token`, `app_token` (Socket Mode), or
`signing_secret` with `server.delivers_to("http://127.0.0.1:8000")` (signed HTTP to /slack/events,
/slack/commands, /slack/interactivity; other paths with `Urls`). `library(server)` is slack_sdk's
AsyncWebClient. With the app in another process, which may be killed: `with SlackServer().in_thread() as
server:`.

People: `writes(text, in_=channel, thread=post)` (`@Antipode` mentions the bot), `runs("/antipode help",
in_=channel)`, `taps(label, in_, on=post | "home" | "modal")`, `fills(label, value, on=post)`, `submits()`,
`closes(everything=True)`, `searches(label, typed)` (external select), `uses(shortcut, on=post)`,
`opens_home()`, `opens_home("messages")`, `edits`, `deletes`, `sends_file`, `changes(tz=, locale=, name=,
…)`, `is_deactivated()`, `is_reactivated()`, `leaves(channel)`. What asks the app for something gives a
Doing: `acked`, `failed` (the app did not respond in 3 s), `took`, `reply`, `payload`. They see:
`sees(in_)`, `last(in_)`, `hears`/`waits_for(words, in_, within)`, `sees_modal`/`waits_for_modal(words)`,
`modal`, `modal_words`, `home`, `home_buttons`, `rooms` (their group DMs). `server.user(name, team=,
joins=True, tz=, locale=, email=, is_bot=, restricted=, ultra_restricted=, stranger=, deleted=,
visible=False)`; `joins=True` sends team_join.

Chats: `server.channel("directors", ana, ben, kind="private", bot=False)`, then `adds_bot(by)`,
`adds(*people, by=)`, `removes`, `removes_bot`, `archives`, `unarchives`, `renames`,
`is_shared_with(team_id)`, `is_no_longer_shared`, `becomes_public`, `gets_new_id`; `names`, `topic`,
`archived`, `sees()`, `last()`, `hears`, `waits_for`, `id`. `server.rooms()` gives all group DMs,
`server.chat(id)` any chat, `post.words`, `post.buttons`, `post.blocks`.

Workspaces: `server.team` has the app; `server.new_team("Archive", installed=False)`; OAuth: the app's
authorize URL is `server.authorize_url` (`client_id`, `client_secret`); opening it installs in
`server.consent.asked`, or `server.consent.allow(url, team)` gives where the browser goes next.
`server.installs(team)`, `uninstalls(team)`, `revokes_token(team, tell=True)`.

Time: `server.clock.freeze()` stops it, `server.clock.advance(31)` moves it (triggers, response_urls,
limits, codes). Waiting for the app is always in real time (5 s, or `within=`), acknowledgements too (3 s).
Events that fail are tried again at once, after 60 and after 300 s, times `server.courier.backoff` (0.05).

Trouble: `server.fail_next("chat.postMessage", Fault.RESET_AFTER)` (or "response_url"; the faults are in
faults.py), `server.faults = Faults(seed=1, chances={Fault.HANG: 0.01}, copies=3, shuffle=True)`,
`server.limits = Limits(speed=60)` or `Limits(on=False)`, `cut_sockets()`, `refresh_sockets()`,
`stall_sockets(pongs=True)`, `disables_socket_mode()`, `holds_deliveries(held=True)`, `repeats(3)`,
`inject({...event})`, `rate_limits_events()`, `verifies_url()`, `checks_ssl()`, `sign(body, at=, secret=)`
(headers for requests of the test's own).

Truth: `server.calls`, `calls_of(method)`, `messages(chat)`, `accepted[chat_id, words]`, `times_told(words,
chat)`, `violations`, `too_many[method]`, `acks` (each try: label, took, attempt, reason), `retries`,
`deliveries`, `undelivered`, `faults.happened`, `sockets.links`.

Violations are what no correct app does: unknown, missing or mistyped arguments, blocks or views beyond a
limit, blocks without `text`, unescaped `& < >`, `link_names`, broadcasts (`server.world.broadcasts_allowed
= True`), mentions of nobody, an update that leaves old blocks to chance (say `blocks=[]`), a method without
its scope, a sixth answer to a response_url, a delivery answered 401, 403, 404 or 405. Facts of the world
(deactivated, archived, not in channel, expired trigger, 429; `team.creation_restricted = True`) are only
errors.

`python -m tests.slack_server --port 8082` starts it for trials by hand.

Not modelled: attachments, canvases, lists, workflows, user tokens, org-wide installs, scheduled
messages, Slack Connect invitations, video, card and table details, TLS.
"""

from tests.slack_server.channels import Channel
from tests.slack_server.chats import Post
from tests.slack_server.clients import library
from tests.slack_server.faults import Fault, Faults
from tests.slack_server.interactions import Doing
from tests.slack_server.limits import Limits
from tests.slack_server.people import Person
from tests.slack_server.posting import Urls
from tests.slack_server.server import SlackServer
from tests.slack_server.teams import Team


__all__ = [
    "Channel",
    "Doing",
    "Fault",
    "Faults",
    "Limits",
    "Person",
    "Post",
    "SlackServer",
    "Team",
    "Urls",
    "library",
]
