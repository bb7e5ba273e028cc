"""The page's web routes: one HTML file, its state and chats as JSON, and a stream that says what changed.

Only this machine may use it: the Host must be a local one and a change must come from the page itself,
so that no other site in the browser can play along.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib.resources import files

from babel.dates import format_datetime
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from adapters.playground.boards import Post
from adapters.playground.course import NotPossible
from adapters.playground.game import Game
from adapters.playground.view import state_of


#: The page shows so many messages of a chat.
LATEST = 200
LOCAL = {"127.0.0.1", "localhost", "[::1]"}
KINDS = {
    "index.html": "text/html",
    "page.css": "text/css",
    "page.js": "text/javascript",
    "draw.js": "text/javascript",
}
Deed = Callable[[dict[str, object]], Awaitable[dict[str, object] | None]]


def routes(game: Game) -> list[BaseRoute]:
    """Give the routes of the page."""

    async def say(asked: dict[str, object]) -> None:
        await game.say(str(asked["as"]), str(asked["chat"]), str(asked["text"]))

    async def tap(asked: dict[str, object]) -> None:
        await game.tap(str(asked["as"]), str(asked["chat"]), str(asked["value"]), int(str(asked["post"])))

    async def clock(asked: dict[str, object]) -> dict[str, object]:
        return await game.course.move(str(asked["do"]))

    async def answer(asked: dict[str, object]) -> None:
        await game.answer_for(str(asked["account"]))

    async def hand(asked: dict[str, object]) -> None:
        game.hand(str(asked["account"]), by_hand=bool(asked["by_hand"]))
        await game.boards.changed("")

    return [
        *(Route(f"/{name}".removesuffix("index.html"), _static(name)) for name in KINDS),
        Route("/state", _guarded(lambda _: _state(game))),
        Route("/chat", _guarded(lambda request: _chat(game, request))),
        Route("/file/{key}", _guarded(lambda request: _file(game, request))),
        Route("/stream", _guarded(lambda request: _stream(game, request))),
        *(Route(f"/{name}", _deed(do), methods=["POST"]) for name, do in
          (("say", say), ("tap", tap), ("clock", clock), ("hand", hand), ("answer", answer))),
    ]  # fmt: skip


Answer = Callable[[Request], Awaitable[Response]]


def _guarded(answer: Answer) -> Answer:
    async def guarded(request: Request) -> Response:
        if _host(request.headers.get("host", "")) not in LOCAL:
            return PlainTextResponse("The playground answers this machine only.\n", status_code=403)
        return await answer(request)

    return guarded


def _deed(do: Deed) -> Answer:
    async def done(request: Request) -> Response:
        origin = request.headers.get("origin", "")
        if origin and origin.split("://")[-1] != request.headers.get("host"):
            return PlainTextResponse("The playground answers its own page only.\n", status_code=403)
        try:
            told = await do(json.loads(await request.body()))
        except NotPossible as sentence:
            # An answer like any other: a browser would complain of a status that says otherwise.
            return JSONResponse({"sorry": str(sentence)})
        except (KeyError, ValueError, TypeError):
            return JSONResponse({"sorry": "The page asked in a way I do not understand."}, status_code=400)
        return JSONResponse({"ok": True, **(told or {})})

    return _guarded(done)


def _static(name: str) -> Answer:
    content = files("adapters.playground").joinpath(name).read_text(encoding="utf-8")
    policy = "default-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-cache"}

    async def answer(_: Request) -> Response:
        return Response(content, media_type=KINDS[name], headers=headers)

    return _guarded(answer)


async def _state(game: Game) -> Response:
    return JSONResponse(await state_of(game))


async def _chat(game: Game, request: Request) -> Response:
    board = game.boards.get(request.query_params.get("id", ""))
    if board is None:
        return JSONResponse({"sorry": "There is no such chat."}, status_code=404)
    return JSONResponse(
        {
            "title": board.title,
            "count": len(board.posts),
            "posts": [_shown(post) for post in board.posts[-LATEST:]],
        }
    )


async def _file(game: Game, request: Request) -> Response:
    found = game.boards.file(request.path_params["key"])
    if found is None:
        return PlainTextResponse("There is no such file.\n", status_code=404)
    name, mime, content = found
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type=mime, headers=headers)


async def _stream(game: Game, request: Request) -> Response:
    async def news() -> AsyncIterator[str]:
        version = 0
        yield "retry: 1000\n\n"
        while (found := await game.boards.news(version)) is not None:
            version, chats = found
            yield f"data: {json.dumps(chats)}\n\n"

    return StreamingResponse(news(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


def _shown(post: Post) -> dict[str, object]:
    return {
        "number": post.number,
        "by": post.by,
        "name": post.name,
        "html": post.html,
        "at": format_datetime(post.at, "EEE d MMM, HH:mm", locale="en"),
        "rows": post.rows,
        "chosen": post.chosen,
        "file": post.file,
        "file_name": post.file_name,
        "pinned": post.pinned,
    }


def _host(header: str) -> str:
    return header.rsplit(":", 1)[0] if header.count(":") == 1 or header.startswith("[") else header
