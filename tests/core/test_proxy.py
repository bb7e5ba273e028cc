"""A program behind a proxy reaches the platform by it, and this machine without it."""

import pytest

from adapters.proxy import proxy_for


PROXY = "http://user:word@proxy.example:3128"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set a proxy for all but one server."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("HTTPS_PROXY", PROXY)
    monkeypatch.setenv("NO_PROXY", "bots.example")


@pytest.mark.parametrize(
    ("url", "by"),
    [
        ("https://api.telegram.org", PROXY),
        ("https://bots.example/api", None),
        ("http://bot-api.internal:8081", None),
        ("https://127.0.0.1:8443", None),
        ("https://[::1]:8443", None),
        ("https://localhost:8443", None),
    ],
)
def test_each_server_is_reached_by_its_own_way(url: str, by: str | None) -> None:
    assert proxy_for(url) == by


def test_one_proxy_may_be_for_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://all.example:1080")

    assert proxy_for("http://bot-api.internal:8081") == "http://all.example:1080"
