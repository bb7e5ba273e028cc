"""Bolt's part in receiving: signatures, the bot's own events, addresses' checks; and then our commit.

Bolt acknowledges events before a listener begins, so that what fails afterwards is lost (slack-bolt 1.30.0,
measured 2026-11-21). A global middleware runs before that: it decides and commits, and answers by itself.
So nothing waits for Bolt's look for an acknowledgement every 10 ms, and no payload finds no listener.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow

from adapters.slack.answering import FormAnswers
from adapters.slack.installs import QUIET, Workspaces
from adapters.slack.intake import Intake
from bot.ports import StoreAway


log = structlog.get_logger()


#: Notices what another process installed.
Look: TypeAlias = Callable[[], Awaitable[None]]


async def _nothing() -> None:
    """Notice nothing: the one workspace is known."""


class _Authorize(AsyncAuthorize):
    """Tells Bolt as whom it acts in a workspace; asks nobody, for the tokens are known.

    A payload of a workspace that is not known would be acknowledged and lost; so it is looked for first.
    """

    def __init__(self, workspaces: Workspaces, look: Look) -> None:
        self.workspaces = workspaces
        self.look = look

    async def __call__(self, *, team_id: str | None, **_more: object) -> Any:
        if self.workspaces.get(team_id or "") is None:
            await self.look()
        return self.workspaces.authorized(team_id or "")


def bolt_app(
    workspaces: Workspaces,
    intake: Intake,
    signing_secret: str = "",
    flow: AsyncOAuthFlow | None = None,
    forms: FormAnswers | None = None,
    *,
    look: Look = _nothing,
) -> AsyncApp:
    """Give Bolt's app: a payload that it lets through is committed before it is acknowledged.

    `look` is called for a workspace that is not known: another process may have installed it.
    With `forms` the acknowledgement of a form is its answer; one that cannot be read is not committed.
    """
    app = AsyncApp(
        name="antipode",
        logger=QUIET,
        signing_secret=signing_secret,
        client=workspaces.client(),
        authorize=_Authorize(workspaces, look),
        oauth_flow=flow,
        attaching_conversation_kwargs_enabled=False,
    )

    async def commit(req: AsyncBoltRequest) -> BoltResponse:
        try:
            if wrong := forms and forms.errors(req.body):
                return BoltResponse(status=200, body=dict(wrong))
            await intake.take(req.body)
            answer = await forms.after(req.body) if forms else None
        except StoreAway as error:
            # Without an acknowledgement Slack delivers the event again.
            log.warning("slack_not_kept", why=str(error))
            return BoltResponse(status=503, body="")
        except Exception:
            # A defect that not even a dead letter could be made of: not kept, so it must not be acknowledged.
            log.exception("slack_not_handled")
            return BoltResponse(status=503, body="")
        return BoltResponse(status=200, body=dict(answer) if answer else "")

    app.use(commit)
    return app


async def dispatched(app: AsyncApp, request: AsyncBoltRequest) -> BoltResponse:
    """Give the answer to a payload; what Bolt stumbles over is not acknowledged."""
    try:
        return await app.async_dispatch(request)
    except StoreAway as error:
        log.warning("slack_not_kept", why=str(error))
        return BoltResponse(status=503, body="")
    except Exception:
        # A defect of Bolt's or ours before anything was decided: Slack keeps the payload.
        log.exception("slack_not_handled")
        return BoltResponse(status=500, body="")
