"""`antipode …` in a process of its own, forked from one that has imported what takes a second to import."""

import multiprocessing
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.__main__ import main


#: A process that only imports, once for each worker of the tests, and forks whenever something is typed.
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    ["bot.__main__", "bot.entry.run", "bot.entry.check", "bot.entry.telegram", "bot.entry.slack"]
)
PATIENCE = 60.0
PREFIXES = ("ANTIPODE", "TELEGRAM", "SLACK")


@dataclass(frozen=True, slots=True)
class Told:
    """What a command that has ended told."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Give every line, those of errors last."""
        return (self.out + self.err).splitlines()


def typed(*words: str, folder: Path, **settings: str) -> Told:
    """Type `antipode` with these words in a folder, with these settings and no others; wait for its end."""
    with TemporaryDirectory() as beside:
        out, err = Path(beside, "out"), Path(beside, "err")
        process = _FORKS.Process(target=_type, args=(words, folder, settings, (out, err)))
        process.start()
        process.join(PATIENCE)
        code = process.exitcode
        process.kill()
        assert code is not None, "It did not end."
        return Told(code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))


def without_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """Give what an environment says of other things than the bot."""
    return {name: value for name, value in environment.items() if not name.startswith(PREFIXES)}


def _type(words: tuple[str, ...], folder: Path, settings: dict[str, str], files: tuple[Path, Path]) -> None:
    for number, file in enumerate(files, start=1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), number)
    known = without_settings(os.environ)
    os.environ.clear()
    os.environ.update(known | settings)
    os.chdir(folder)
    sys.argv = ["antipode", *words]
    main()
