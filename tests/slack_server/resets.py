"""Breaks a connection the hard way."""

from __future__ import annotations

import socket
import struct

from aiohttp import web


def reset(request: web.BaseRequest) -> None:
    """Sends a TCP reset rather than a polite end."""
    transport = request.transport
    if transport is None:
        return
    raw: socket.socket | None = transport.get_extra_info("socket")
    if raw is not None:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
