"""A newcomer plays a participant and a director through a whole round, on the page, in a real Chromium."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.browser_setup import chromium


#: The README's picture, taken anew with TAKE_SCREENSHOT=1.
PICTURE = Path(__file__).parents[2] / "docs" / "playground.png"
TAKE = os.environ.get("TAKE_SCREENSHOT") == "1"
#: A picture shows what a newcomer sees; for a test fewer people and weeks are enough, and quicker.
PEOPLE, WEEKS = ("40", 16) if TAKE else ("12", 8)
DESK = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 30_000


@dataclass
class Newcomer:
    """Somebody before the page; collects what a browser complains of."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def watch(self, home: str) -> None:
        """Note errors, and whatever is asked of another machine."""
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda asked: self._asked(asked.url, home))

    def _asked(self, url: str, home: str) -> None:
        if not url.startswith((home, "data:")):
            self.complaints.append(url)

    def direct(self, command: str, answer: str) -> None:
        """Send a command of the quick buttons, or type it, and see the bot's answer to it."""
        said = self.page.locator("#desk > li.me")
        before = said.count()
        button = self.page.locator("#desk-quick").get_by_role("button", name=command, exact=True)
        if button.count():
            button.click()
        else:
            self.page.fill("#desk-text", command)
            self.page.press("#desk-text", "Enter")
        mine = said.nth(before)
        expect(mine).to_have_text(re.compile(f"{command}$"))
        after = mine.locator("xpath=following-sibling::li")
        expect(after.filter(has_text=answer)).not_to_have_count(0)

    def step(self, how: str) -> None:
        """Press a button of the clock, and wait until the clock stands still again."""
        shown = self.page.inner_text("#now")
        self.page.click(f"[data-clock={how}]")
        expect(self.page.locator("#now")).not_to_have_text(shown)
        expect(self.page.locator("body")).to_have_attribute("aria-busy", "false")

    def tap(self, label: str) -> None:
        """Tap the newest button of this label."""
        self.page.locator("#posts").get_by_role("button", name=label, exact=True).last.click()

    def sees(self, words: str) -> None:
        """See these words in the chat."""
        expect(self.page.locator("#posts")).to_contain_text(words)


@pytest.fixture(scope="module")
def playground() -> Iterator[str]:
    """Give the address of a playground that runs."""
    command = [sys.executable, "-m", "bot", "play", "--port", "0", "--people", PEOPLE, "--seed", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", running.stdout.readline())
        assert found, "The playground did not start."
        yield found[0] + "/"
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a Chromium; without one the test fails with how to get it."""
    path = chromium()
    assert path, "This test needs Chromium: `python -m tests.browser_setup`, or apt-get install chromium."
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture
def newcomer(browser: Browser, playground: str) -> Iterator[Newcomer]:
    """Give somebody who opens the page for the first time."""
    context = browser.new_context(viewport=DESK, color_scheme="light")
    context.set_default_timeout(PATIENCE)
    somebody = Newcomer(context.new_page())
    somebody.watch(playground)
    somebody.page.goto(playground)
    yield somebody
    context.close()


@pytest.mark.browser
@pytest.mark.long(24)
def test_a_newcomer_plays_a_whole_round(newcomer: Newcomer, tmp_path: Path) -> None:
    apply(newcomer)
    start(newcomer)
    meet(newcomer)
    answer_by_keyboard(newcomer)
    agree_to_meet(newcomer, PICTURE if TAKE else tmp_path / "playground.png")
    on_a_phone(newcomer)
    until_the_end(newcomer)

    assert newcomer.complaints == []


def apply(newcomer: Newcomer) -> None:
    """Open the round as director, and apply as participant: by taps, by words, and by letting it be done."""
    page = newcomer.page
    expect(page.locator("#round")).to_have_text("No round yet")
    newcomer.direct(f"round new Spring weeks={WEEKS}", "Spring is in draft")
    newcomer.direct("round open", "takes applications")
    page.locator("#quick").get_by_role("button", name="/apply").click()
    newcomer.tap("I agree")
    newcomer.sees("this is how we treat each other")
    newcomer.tap("I agree")
    newcomer.sees("What should your partner call you?")
    page.fill("#text", "Robin")
    page.press("#text", "Enter")
    newcomer.sees("Nice to meet you, Robin")
    page.get_by_role("button", name="Answer for me").click()
    newcomer.sees("Thank you, Robin! Your application for Spring is in.")


def start(newcomer: Newcomer) -> None:
    """Let the others apply, look at the pairs, and start."""
    newcomer.step("week")
    expect(newcomer.page.locator("#round")).to_have_text(f"Spring: open · {PEOPLE} applications")
    newcomer.direct("round close", "takes no more applications")
    expect(newcomer.page.locator("#desk")).to_contain_text("the pairs are drafted")
    newcomer.direct("pairs", "the worst first")
    newcomer.direct("round start", "shall I do it?")
    newcomer.page.locator("#desk").get_by_role("button", name="Yes, do it").click()
    expect(newcomer.page.locator("#desk")).to_contain_text("Spring has begun")


def meet(newcomer: Newcomer) -> None:
    """Find the room, write in it, and see the partner answer."""
    page = newcomer.page
    room = page.locator("#mine button", has_text="your room")
    while not room.count():
        newcomer.step("next")
    room.click()
    newcomer.sees("please meet each other")
    write(page, "Hello! How are you?")
    before = page.locator("#posts > li.other").count()
    newcomer.step("week")
    assert page.locator("#posts > li.other").count() > before


def answer_by_keyboard(newcomer: Newcomer) -> None:
    """Go to the own chat, and answer its check-in, without a mouse."""
    page = newcomer.page
    page.locator("#mine button").first.focus()
    page.keyboard.press("Enter")
    newcomer.sees("have you been in touch?")
    page.locator("#posts").get_by_role("button", name="We met or talked").last.focus()
    page.keyboard.press("Enter")
    newcomer.sees("✓ We met or talked")


def agree_to_meet(newcomer: Newcomer, picture: Path) -> None:
    """Ask the partner for a date, look at the round as director, and take the picture."""
    page = newcomer.page
    page.locator("#mine button", has_text="your room").click()
    newcomer.sees("please meet each other")
    write(page, "When shall we meet?")
    before = page.locator("#posts > li.other").count()
    while page.locator("#posts > li.other").count() == before:
        newcomer.step("day")
    newcomer.direct("round status", f"week 2 of {WEEKS}")
    page.locator("h1").click()
    page.screenshot(path=picture)


def on_a_phone(newcomer: Newcomer) -> None:
    """Make the window narrow: one part at a time, nothing beside the screen, the newest message in sight."""
    page = newcomer.page
    page.set_viewport_size(PHONE)
    page.locator(".tabs").get_by_role("button", name="Chat").click()
    expect(page.locator("#posts > li").last).to_be_in_viewport()
    expect(page.locator("#desk")).to_be_hidden()
    page.locator(".tabs").get_by_role("button", name="Directors").click()
    expect(page.locator("#desk > li").last).to_be_in_viewport()
    width = page.locator("html").evaluate("html => html.scrollWidth")
    assert width <= PHONE["width"]
    page.set_viewport_size(DESK)


def write(page: Page, words: str) -> None:
    """Write in the chat that is shown, and see it there."""
    page.fill("#text", words)
    page.press("#text", "Enter")
    expect(page.locator("#posts > li.me").last).to_contain_text(words)


def until_the_end(newcomer: Newcomer) -> None:
    """Let the weeks pass, answering what the bot asks, to the certificate."""
    page = newcomer.page
    page.locator("#mine button").first.click()
    for _ in range(WEEKS - 1):
        newcomer.step("week")
        page.get_by_role("button", name="Answer for me").click()
    expect(page.locator("#round")).to_contain_text("Spring: ended")
    expect(page.locator("#posts").get_by_role("link", name="certificate")).to_be_visible()
