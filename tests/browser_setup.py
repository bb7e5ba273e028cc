"""Finds a Chromium for the browser tests, or installs Debian's when it may. Run by `make test`."""

import os
import shutil
import subprocess
import sys


NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-dejavu-core", "fonts-noto-color-emoji")  # the page shows emoji


def chromium() -> str:
    """Give the path of an installed Chromium, or "" when there is none (TEST_BROWSER goes first)."""
    named = os.environ.get("TEST_BROWSER", "")
    return named or next((path for name in NAMES if (path := shutil.which(name))), "")


def install() -> None:
    """Install Debian's Chromium; raises CalledProcessError when the package cannot be had."""
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES]):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", *command], check=True, stdout=subprocess.DEVNULL, env=environment)


if __name__ == "__main__":
    if not chromium() and shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Chromium for the browser tests (once) …")  # noqa: T201 - a command's answer
        install()
    if not chromium():
        print("The browser tests need Chromium: install it (Debian: apt-get install chromium).")  # noqa: T201
        sys.exit(1)
