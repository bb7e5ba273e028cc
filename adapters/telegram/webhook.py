"""Receiving by webhook: 200 only after the commit; a wrong secret changes nothing and is told nothing."""

import hmac
import json

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from adapters.telegram.chat import TelegramChat
from adapters.telegram.intake import Bury, Handle, Intake
from adapters.together import Together
from adapters.web import body_of
from bot.ports import StoreAway


log = structlog.get_logger()

SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name
#: Telegram's updates are far smaller; more is not from Telegram.
LARGEST = 1_000_000


def webhook_route(path: str, secret: str, chat: TelegramChat, handle: Handle, bury: Bury) -> Route:
    """Give the route at which Telegram delivers updates, as `TelegramChat.listen_at` asked it to."""
    take = Together(Intake(chat, handle, bury).take)

    async def receive(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET, "").encode(), secret.encode()):
            return Response(status_code=403)
        body = await body_of(request, LARGEST)
        try:
            update = json.loads(body) if body is not None else None
        except (ValueError, RecursionError):
            update = None
        try:
            await take([update])
        except StoreAway as error:
            # Telegram keeps the update and delivers it again.
            log.warning("telegram_not_handled", why=str(error))
            return Response(status_code=503)
        except Exception:
            # A defect that not even a dead letter could be made of: not kept, so Telegram must keep it.
            log.exception("telegram_not_handled")
            return Response(status_code=503)
        return Response(status_code=200)

    return Route(path, receive, methods=["POST"])
