"""Reads a call's arguments wherever a client puts them: query string, form, JSON body or multipart form."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

from aiohttp import web

from tests.slack_server.errors import Json, broken


JSON_TEXT = ("blocks", "attachments", "view", "metadata", "files")


async def read_arguments(request: web.Request) -> Json:
    """Gives all arguments; values of a form are strings, of a JSON body what they are."""
    raw: Json = dict(request.query)
    kind = request.content_type
    if request.method not in {"GET", "POST"}:
        raise broken("http_method_not_allowed", f"a call is a GET or a POST, not {request.method}")
    if request.method == "POST" and request.can_read_body:
        raw |= await _body(request, kind)
    for name in JSON_TEXT:
        if isinstance(raw.get(name), str):
            raw[name] = _loads(name, str(raw[name]))
    return raw


async def _body(request: web.Request, kind: str) -> Json:
    if kind == "application/json":
        if request.charset not in {None, "utf-8", "UTF-8"}:
            raise broken("invalid_charset", f"charset {request.charset}")
        try:
            body = json.loads(await request.read())
        except ValueError:
            raise broken("invalid_json", "the body is not JSON") from None
        if not isinstance(body, dict):
            raise broken("json_not_object", "the body is not an object")
        return body
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl((await request.read()).decode(), keep_blank_values=True))
    if kind == "multipart/form-data":
        return dict(await request.post())
    raise broken("invalid_post_type", f"Content-Type {kind}")


def _loads(name: str, text: str) -> object:
    if text == "":
        return None
    try:
        return json.loads(text)
    except ValueError:
        error = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}
        raise broken(error.get(name, "invalid_arguments"), f"{name} is no JSON") from None


def token_of(request: web.Request, raw: Json) -> str:
    """Gives the token: of the Authorization header, or else of the arguments."""
    header = request.headers.get("Authorization", "")
    bearer = header.removeprefix("Bearer ").strip() if header.startswith("Bearer ") else ""
    return bearer or str(raw.get("token") or "")
