"""The proxy of the environment (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY), looked up once.

aiohttp can look it up by itself, but then reads ~/.netrc in a thread of its own before every call.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import structlog


#: A web socket begins as a request.
_SCHEMES = {"wss": "https", "ws": "http"}


def proxy_for(url: str) -> str | None:
    """Give the address of the proxy by which a server is reached; None for none, and for this machine.

    One of another kind (SOCKS) is not used, which the log says.
    """
    address = urlsplit(url)
    host = address.hostname or ""
    if _is_here(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    found = proxies.get(_SCHEMES.get(address.scheme, address.scheme)) or proxies.get("all") or ""
    kind, colon, _ = found.partition("://")
    if colon and kind not in {"http", "https"}:
        structlog.get_logger().warning("proxy_not_used", kind=kind, why="only http proxies are understood")
        return None
    if not found:
        return None
    return found if colon else f"http://{found}"


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
