"""Whatever comes from a form, nothing fails, and everything has one answer: a page, a message, or the end."""

from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.events import Dismissed, Filled
from bot.model import Application
from tests.conversations.filling import PAGES, Office
from tests.conversations.homes import STATES
from tests.conversations.stage import program


Deed: TypeAlias = tuple[str, int, dict[str, tuple[str, ...]]]

IDS = [one.id for name in ("application", "survey-mid") for one in program().questions(name, "en")]
words = st.text(max_size=30) | st.sampled_from(
    ["yes", "Brasil", "Europe/Lisbon", "public", "own:zines", "Mo18+3"]
)
values = st.dictionaries(
    st.sampled_from([*IDS, *(f"{one}+" for one in IDS), "", "~country"]),
    st.lists(words, max_size=3).map(tuple),
    max_size=6,
)
deeds: st.SearchStrategy[Deed] = st.one_of(
    st.tuples(st.just("fill"), st.integers(0, 9), values),
    st.tuples(st.just("fill as it should be"), st.integers(0, 3), st.just({})),
    st.tuples(st.just("dismiss"), st.just(0), st.just({})),
    st.tuples(st.just("say"), st.sampled_from([0, 1, 2]), st.just({})),
    st.tuples(st.just("press"), st.integers(-1, 9), st.just({})),
)
SAID = ("/apply form", "send", "/report")


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(sorted(STATES)),
    st.sampled_from(["application", "survey-mid", "lottery"]),
    st.lists(deeds, max_size=6),
)
def test_every_page_that_is_sent_in_has_one_answer(state: str, form: str, done: list[Deed]) -> None:
    """And nothing that was not read is kept as an answer."""
    stage = Office(STATES[state])
    stage.press("cmd:apply form")
    for number, (deed, at, given_values) in enumerate(done):
        common = {"id": f"x{number}", "platform": "slack", "at": stage.turn.now, "chat": "T1/D7"}
        match deed:
            case "fill":
                stage.happen(Filled(**common, form=form, page=at, values=given_values, view="V1"))  # type: ignore[arg-type]
                assert len(stage.replies) + (stage.following is not None) == 1
            case "fill as it should be":
                stage.happen(Filled(**common, form="application", page=at, values=PAGES[at], view="V1"))  # type: ignore[arg-type]
                assert len(stage.replies) + (stage.following is not None) == 1
            case "dismiss":
                stage.happen(Dismissed(**common, form=form))  # type: ignore[arg-type]
                assert len(stage.replies) <= 1
            case "say":
                stage.say(SAID[at])
                assert len(stage.replies) == 1
            case "press":
                stage.press(f"f:{form}:{at}", view="V1", ref="")
                assert len(stage.replies) == 1
    for application in stage.of(Application):
        assert isinstance(application, Application)
        assert set(application.answers) <= set(IDS)
