"""Reads the body of a call: a query string, a form, multipart with files, or JSON."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import HTTP
from urllib.parse import parse_qsl

from tests.telegram_server.errors import Json, broken
from tests.telegram_server.spec import Upload


def read_parameters(query: str, content_type: str, body: bytes) -> tuple[Json, dict[str, Upload]]:
    """Gives the raw parameters by name, and the files by name."""
    values: Json = dict(parse_qsl(query, keep_blank_values=True))
    files: dict[str, Upload] = {}
    kind = content_type.partition(";")[0].strip().lower()
    if not body:
        return values, files
    if kind == "application/x-www-form-urlencoded":
        values |= parse_qsl(body.decode(), keep_blank_values=True)
    elif kind == "multipart/form-data":
        fields, files = _multipart(content_type, body)
        values |= fields
    elif kind == "application/json":
        values |= _json(body)
    else:
        raise broken(f"unsupported content type {content_type!r}")
    return values, files


def _json(body: bytes) -> Json:
    try:
        read = json.loads(body)
    except ValueError:
        raise broken("can't parse JSON object") from None
    if not isinstance(read, dict):
        raise broken("can't parse JSON object")
    return read


def _multipart(content_type: str, body: bytes) -> tuple[Json, dict[str, Upload]]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    values: Json = {}
    files: dict[str, Upload] = {}
    for part in message_from_bytes(head + body, policy=HTTP).iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        filename = part.get_filename()
        if filename is None:
            values[name] = content.decode()
        else:
            files[name] = Upload(filename, content)
    return values, files
