"""A strict stand-in for Slack, with workspaces, people, limits and faults, for tests.

A real HTTP and WebSocket server on loopback. The app under test talks to it with the real slack-bolt and
slack-sdk; the test plays the people. Everything a person does takes effect at once (it is a plain call, from
any thread); only the app takes time, so a test waits for what it hopes to see: `await ana.hears("words")` in
an event loop, `ana.waits_for("words")` in a plain thread.

In the test's own event loop::

    async def test_ana_applies() -> None:
        async with SlackServer() as server:  # or SlackServer("slack-manifest.json"); start your app with
            # SLACK_API_URL=server.base_url, server.bot_token, server.app_token (Socket Mode); or, for signed
            # HTTP, server.signing_secret and server.delivers_to("http://127.0.0.1:8000") (/slack/events, …)
            ana = server.user("Ana", tz="America/Sao_Paulo", locale="pt-BR")
            ana.writes("hello")                     # in the app's messages tab (its DM)
            await ana.hears("Welcome")              # new or edited since Ana last did something
            tap = ana.taps("Apply")                 # newest button or option like that: modal, chat, home
            await ana.sees_modal("Where do you live?")
            ana.fills("Country", "Brazil")          # field by label, block_id, action_id or placeholder
            ana.submits()
            assert ana.sees()[-1] == "Antipode: Thank you! [Status]"
            assert server.violations == []          # every wire test ends like this

`with SlackServer().in_thread() as server:` runs it on a loop of its own, for an app in another process.
"""

from tests.slack_server.channels import Channel
from tests.slack_server.clients import library
from tests.slack_server.faults import Fault, Faults
from tests.slack_server.limits import Limits
from tests.slack_server.people import Person
from tests.slack_server.posting import Urls
from tests.slack_server.server import SlackServer
from tests.slack_server.teams import Team


__all__ = ["Channel", "Fault", "Faults", "Limits", "Person", "SlackServer", "Team", "Urls", "library"]
