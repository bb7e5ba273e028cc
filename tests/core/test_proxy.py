"""A program behind a proxy reaches the platform by it, and this machine without it."""

import pytest
from structlog.testing import capture_logs

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
        ("wss://wss-primary.slack.com/link", PROXY),
        ("https://bots.example/api", None),
        ("http://bot-api.internal:8081", None),
        ("https://127.0.0.1:8443", None),
        ("https://[::1]:8443", None),
        ("https://localhost:8443", None),
    ],
)
def test_each_server_is_reached_by_its_own_way(url: str, by: str | None) -> None:
    assert proxy_for(url) == by


def test_a_proxy_may_be_named_without_its_scheme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "proxy.example:3128")

    assert proxy_for("https://api.telegram.org") == "http://proxy.example:3128"


def test_a_proxy_of_another_kind_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be spoken to in the wrong language, and nobody would know why nothing is reached."""
    monkeypatch.setenv("HTTPS_PROXY", "socks5://user:word@proxy.example:1080")

    with capture_logs() as logs:
        assert proxy_for("https://api.telegram.org") is None
    assert [(line["event"], line["kind"]) for line in logs] == [("proxy_not_used", "socks5")]
    assert "word" not in str(logs)


def test_one_proxy_may_be_for_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://all.example:1080")

    assert proxy_for("http://bot-api.internal:8081") == "http://all.example:1080"
