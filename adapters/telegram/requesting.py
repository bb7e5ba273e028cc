"""Calls of the Bot API over aiohttp, which asks before it writes.

python-telegram-bot's own way, httpx, has no hook near enough to the first byte: docs/decisions/0015.
"""

from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from adapters.leaving import asking
from bot.ports import NotSent


#: Calls under way at once.
CONNECTIONS = 32
#: Seconds until a connection is there, the wait for a free one included.
CONNECT = 15.0


class Requests(BaseRequest):
    """The connections to one server; opened at the first call, since they belong to the running loop."""

    def __init__(self, read_timeout: float, proxy: str | None = None) -> None:
        """Take how many seconds an answer may take, and the proxy by which the server is reached."""
        self._read_timeout = read_timeout
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._over = False

    @property
    def read_timeout(self) -> float:
        """How many seconds an answer may take, where a call says nothing else."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the connections, unless they are open."""
        self._over = False
        self._opened()

    async def shutdown(self) -> None:
        """Close the connections: what is called after this is not sent."""
        self._over = True
        if self._session is not None:
            await self._session.close()

    async def do_request(  # noqa: PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Call a method for the library's bot; raises as `ask` does."""
        del write_timeout, connect_timeout, pool_timeout  # nothing of ours asks for them
        read = self._read_timeout if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        return await self.ask(method, url, read, data=_body(request_data))

    async def ask(self, method: str, url: str, read: float | None, **body: Any) -> tuple[int, bytes]:
        """Give the status and the body of an answer that may take `read` seconds.

        Raises TimedOut or NetworkError, with what happened as the cause. Their words are the kind of error
        alone: those of aiohttp may name the address, which holds the token.
        """
        # The wait for an answer counts from the last byte written: only the total ends a writing that hangs.
        total = None if read is None else CONNECT + self._read_timeout + read
        patience = aiohttp.ClientTimeout(total=total, connect=CONNECT, sock_read=read)
        asked = self._opened().request(method, url, timeout=patience, allow_redirects=False, **body)
        try:
            async with asked as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from error

    def _opened(self) -> aiohttp.ClientSession:
        if self._over:
            raise NetworkError("closed") from NotSent("closed")
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
                trace_configs=[asking()],
            )
        return self._session


def _body(asked: RequestData | None) -> aiohttp.FormData | None:
    if asked is None:
        return None
    form = aiohttp.FormData(asked.json_parameters)
    for name, (filename, content, kind) in asked.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
