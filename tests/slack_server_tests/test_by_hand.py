"""The command line for trials by hand."""

from __future__ import annotations

import pytest

from tests.slack_server.__main__ import run


pytestmark = pytest.mark.wire


def test_lines_are_deeds(capsys: pytest.CaptureFixture[str]) -> None:
    run(["ana hello", "ana #directors hello all", "ana > Begin", "ana ?"], 0, ["Ana", "Ben"])

    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("SLACK_API_URL=http://127.0.0.1:")
    assert printed[3].startswith("! Ana finds no 'Begin'")
    assert printed[4:] == ["--- Ana", "Ana: hello"]
