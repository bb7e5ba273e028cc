"""`antipode check` looks at who may read `.env`; the settings in it are for the bot alone."""

from pathlib import Path

import pytest

from tests.commandline.forked import typed


def line_about_settings(folder: Path) -> tuple[int, str]:
    told = typed("check", folder=folder)
    (line,) = [line for line in told.out.splitlines() if " settings: " in line]
    return told.code, line


@pytest.mark.parametrize(
    ("mode", "code", "line"),
    [
        (0o600, 0, "ok   settings: only you can read .env"),
        (0o644, 1, "NOT  settings: others on this machine can read .env: chmod 600 .env"),
        (0o640, 1, "NOT  settings: others on this machine can read .env: chmod 600 .env"),
    ],
)
def test_a_file_of_settings_that_others_can_read_fails(
    tmp_path: Path, mode: int, code: int, line: str
) -> None:
    file = tmp_path / ".env"
    file.write_text("ANTIPODE_PACE=7d\n")
    file.chmod(mode)

    assert line_about_settings(tmp_path) == (code, line)
