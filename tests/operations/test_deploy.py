"""What is in deploy/: read as its programs read it, and held to the names that the program really uses."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.core import TyperGroup
from typer.main import get_command

from bot.__main__ import app
from bot.settings import Settings
from storage import StoreImplementation
from tests.core.running import said
from tests.operations.watched import WatchedBot


ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
#: What Prometheus brings itself.
PROMETHEUS = {"up", "process_resident_memory_bytes"}


def read(name: str) -> Any:
    return yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))


def rules() -> list[dict[str, Any]]:
    return [rule for group in read("alerts.yml")["groups"] for rule in group["rules"]]


def names_in(expression: str) -> set[str]:
    bare = re.sub(r'"[^"]*"|\{[^}]*\}|\bby \([^)]*\)|\[[^\]]*\]', " ", expression)
    words = set(re.findall(r"\b[a-z][a-z0-9_]*\b", bare))
    return words - {"max", "min", "sum", "by", "rate", "increase", "time", "histogram_quantile", "and"}


async def test_every_metric_of_the_alerts_is_there(store: StoreImplementation) -> None:
    watched = WatchedBot(store)
    await watched.hear(said("/help"))
    there = {re.sub(r"\{.*", "", line) for line in await watched.metrics()}
    # Counters with reasons are there once one was counted.
    there |= {"antipode_deliveries_retried_total", "antipode_given_up_last_day"} | PROMETHEUS

    used = {name for rule in rules() for name in names_in(rule["expr"])}

    assert used - there == set()
    assert len(used) > 12


def test_every_alert_says_how_urgent_it_is_and_what_it_means_in_a_sentence() -> None:
    for rule in rules():
        assert rule["labels"]["severity"] in {"page", "look"}, rule["alert"]
        assert rule["annotations"]["summary"].endswith("."), rule["alert"]


def test_the_documents_know_every_alert() -> None:
    known = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")

    assert [rule["alert"] for rule in rules() if rule["alert"] not in known] == []


def test_compose_has_two_replicas_a_database_and_a_proxy_with_pinned_images() -> None:
    services = read("compose.yml")["services"]

    replicas = [services["antipode-1"], services["antipode-2"]]
    assert replicas[0] == replicas[1]
    assert replicas[0]["read_only"] is True
    assert replicas[0]["cap_drop"] == ["ALL"]
    for service in (services["database"], services["proxy"]):
        assert re.search(r":\d+\.\d+", service["image"])


def test_compose_names_only_settings_that_there_are() -> None:
    environment = read("compose.yml")["services"]["antipode-1"]["environment"]
    written = (DEPLOY / "example.env").read_text(encoding="utf-8")
    names = set(environment) | set(re.findall(r"^([A-Z_]+)=", written, re.MULTILINE))

    assert names - {name.upper() for name in Settings.model_fields} == {"DOMAIN", "POSTGRES_PASSWORD"}


def test_the_proxy_lets_in_what_the_platforms_call_and_nothing_else() -> None:
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    hook = read("compose.yml")["services"]["antipode-1"]["environment"]["TELEGRAM_WEBHOOK_URL"]

    assert hook.endswith("/telegram")
    assert "path /telegram /slack/*\n" in caddy
    assert "respond 404" in caddy


def test_the_log_of_the_proxy_keeps_neither_the_secret_nor_the_code_of_an_installation() -> None:
    """Caddy writes a request's headers and address into the line about what failed."""
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")

    assert caddy.startswith("{\n")  # global options come first
    assert "request>headers delete\n" in caddy
    assert re.search(r"request>uri query \{\s+delete code\s+delete state\s+\}", caddy)


def test_the_image_is_pinned_and_runs_as_nobody_special() -> None:
    docker = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    copied = set(re.findall(r"^COPY (\w+) \1$", docker, re.MULTILINE))
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert copied == set(packages["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    images = re.findall(r"^FROM (\S+)", docker, re.MULTILINE)
    assert [bool(re.search(r":\d+\.\d+\.\d+-", image)) for image in images] == [True, True]
    assert "\nUSER 10001\n" in docker
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8")
    assert ignored.splitlines()[1] == "*"
    assert ".env" not in ignored


def test_every_command_of_the_page_for_operators_is_one_and_every_file_is_there() -> None:
    page = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"```\n(.*?)```", page, re.DOTALL))
    typed = {*re.findall(r"(?:^|bin/|antipode-1 )antipode ([a-z]+)", blocks, re.MULTILINE), "restored"}
    services = set(re.findall(r"antipode-\d|schema|database(?= \w)", blocks))
    files = set(re.findall(r"(?:deploy|docs)/[\w.-]+\.\w+", page)) | set(re.findall(r"\]\(([\w./]+)\)", page))

    known = get_command(app)
    assert isinstance(known, TyperGroup)
    assert {"check", "outbox", "deadletters", "restored"} <= typed <= set(known.commands)
    assert services <= set(read("compose.yml")["services"])
    assert [
        name for name in files if not (ROOT / name).exists() and not (ROOT / "docs" / name).exists()
    ] == []


@pytest.mark.parametrize("word", ["run", "migrate"])
def test_the_commands_of_compose_and_systemd_are_commands(word: str) -> None:
    used = (DEPLOY / "compose.yml").read_text() + (DEPLOY / "antipode.service").read_text()
    told = subprocess.run(
        [sys.executable, "-m", "bot", word, "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert word in used
    assert "Usage" in told.stdout
