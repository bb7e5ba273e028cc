"""Tests of the game: what people on the page do reaches the bot, and time passes."""

from datetime import timedelta

import pytest

from adapters.playground.boards import Post
from adapters.playground.course import NotPossible
from adapters.playground.game import DIRECTOR, DIRECTORS_CHAT, Game
from adapters.playground.view import span_words, state_of
from bot.rehearsal.replies import Act


ME = "p00000"


def latest(game: Game, chat: str = ME) -> Post:
    board = game.boards.get(chat)
    assert board is not None
    return board.posts[-1]


def my_room(game: Game) -> str:
    return next(board.id for board in game.boards.all() if board.kind == "room" and ME in board.members)


async def direct(game: Game, *commands: str) -> None:
    for command in commands:
        await game.say(DIRECTOR, DIRECTORS_CHAT, command)


async def begin(game: Game) -> None:
    """Play up to the start of a short round in which everybody has a partner."""
    await direct(game, "round new Spring weeks=4", "round open")
    await game.say(ME, ME, "/apply")
    await game.answer_for(ME)
    await game.course.move("week")
    await direct(game, "round close", "round start", "yes")


async def test_who_writes_gets_an_answer(game: Game) -> None:
    await game.say(ME, ME, "/start")

    board = game.boards.get(ME)
    assert board is not None
    assert [post.by for post in board.posts] == [ME, "bot"]


async def test_whatever_is_written_gets_an_answer(game: Game) -> None:
    for text in ("asdf", "x" * 5_000, "longword" * 100, "مرحبا بالعالم", "<b>&amp;</b>", "🙂", "** [a](b"):
        await game.say(ME, ME, text)

        assert latest(game).by == "bot"


async def test_nobody_writes_in_a_chat_of_others(game: Game) -> None:
    with pytest.raises(NotPossible, match="not your chat"):
        await game.say(ME, DIRECTORS_CHAT, "round open")
    with pytest.raises(NotPossible, match="not your chat"):
        await game.say(ME, "nowhere", "hello")


async def test_a_tap_on_an_answered_question_changes_nothing(game: Game) -> None:
    await direct(game, "round new Spring", "round open")
    await game.say(ME, ME, "/apply")
    asked = latest(game)
    await game.tap(ME, ME, "a:privacy:yes", asked.number)

    with pytest.raises(NotPossible, match="answered already"):
        await game.tap(ME, ME, "a:privacy:yes", asked.number)


async def test_a_tap_on_an_old_question_gets_one_kind_answer(game: Game) -> None:
    await direct(game, "round new Spring", "round open")
    await game.say(ME, ME, "/apply")
    asked = latest(game)
    await game.say(ME, ME, "I agree")
    board = game.boards.get(ME)
    assert board is not None
    before = len(board.posts)

    if asked.rows:
        await game.tap(ME, ME, "a:privacy:yes", asked.number)

    assert len(board.posts) - before <= 1


async def test_answer_for_me_goes_to_the_end_of_the_application(game: Game) -> None:
    await direct(game, "round new Spring", "round open")
    await game.say(ME, ME, "/apply")
    await game.answer_for(ME)

    assert "is in" in latest(game).html
    assert (await state_of(game))["round"] == {"state": "open", "line": "Spring: open · 1 application"}


async def test_answer_for_me_needs_a_question(game: Game) -> None:
    with pytest.raises(NotPossible, match="no answer"):
        await game.answer_for(ME)


async def test_others_apply_by_themselves(game: Game) -> None:
    await direct(game, "round new Spring", "round open")
    await game.course.move("week")

    assert (await state_of(game))["round"] == {"state": "open", "line": "Spring: open · 7 applications"}


async def test_others_apply_when_the_round_opens_after_they_came(game: Game) -> None:
    await game.course.move("week")
    await direct(game, "round new Spring", "round open")
    await game.course.move("week")

    assert (await state_of(game))["round"] == {"state": "open", "line": "Spring: open · 7 applications"}


async def test_a_whole_round_ends_with_a_certificate(game: Game) -> None:
    await begin(game)
    await game.course.move("day")
    room = my_room(game)
    await game.say(ME, room, "Hello! How are you?")
    for _ in range(5):
        await game.course.move("week")

    board = game.boards.get(room)
    assert board is not None
    assert sum(post.key.startswith("prompt/") for post in board.posts) == 4
    assert {post.by for post in board.posts} >= {"bot", ME, *(set(board.members) - {ME})}
    chat = game.boards.get(ME)
    assert chat is not None
    assert "certificate.svg" in [post.file_name for post in chat.posts]


async def test_what_partners_write_stays_in_their_room(game: Game) -> None:
    await begin(game)
    await game.course.move("day")
    room = my_room(game)
    await game.say(ME, room, "SECRET WORDS")
    await game.course.move("day")

    others = [board for board in game.boards.all() if board.id != room]
    assert not [post for board in others for post in board.posts if "SECRET" in post.html]


async def test_next_goes_on_until_something_is_new_for_who_plays(game: Game) -> None:
    await begin(game)
    before = game.course.now

    told = await game.course.move("next")

    assert told["chat"] in (ME, my_room(game), DIRECTORS_CHAT)
    assert game.course.now > before


async def test_next_tells_when_nothing_is_planned(game: Game) -> None:
    told = await game.course.move("next")

    assert told == {"note": "Nothing is planned: it is your turn, or the director's."}


async def test_next_passes_a_week_when_nothing_comes(game: Game) -> None:
    before = game.course.now
    game.company.plan("p00001", before, Act(timedelta(days=30), text="/start"))
    await game.course.move("week")

    told = await game.course.move("next")

    assert told == {"note": "A week passed, and nothing new came for you."}
    assert game.course.now == before + timedelta(days=14)


async def test_the_clock_makes_one_step_at_a_time(game: Game) -> None:
    before = game.course.now
    game.course.span = (before, before + timedelta(days=1))

    with pytest.raises(NotPossible, match="moving already"):
        await game.course.move("week")


async def test_the_clock_knows_its_words_alone(game: Game) -> None:
    with pytest.raises(NotPossible, match="does not know"):
        await game.course.move("century")


async def test_a_paused_clock_stands_still(game: Game) -> None:
    await game.course.move("run")
    await game.course.move("pause")

    assert (game.course.running, game.course.share) == (False, None)


async def test_handing_somebody_back_lets_them_answer(game: Game) -> None:
    await direct(game, "round new Spring", "round open")
    await game.say(ME, ME, "/apply")
    game.hand(ME, by_hand=False)
    await game.course.move("week")

    assert (await state_of(game))["round"] == {"state": "open", "line": "Spring: open · 8 applications"}


async def test_nobody_unknown_is_played(game: Game) -> None:
    with pytest.raises(NotPossible, match="nobody"):
        game.hand("p99999", by_hand=True)


async def test_the_same_seed_gives_the_same_people(game: Game) -> None:
    state = await state_of(game)
    people = state["people"]
    assert isinstance(people, list)

    assert [person["by_hand"] for person in people] == [True, *[False] * 7]
    assert state["round"] == {"state": "none", "line": "No round yet"}


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(days=3, hours=4), "in 3 d"),
        (timedelta(hours=4), "in 4 h"),
        (timedelta(minutes=5), "in 5 min"),
        (timedelta(0), "now"),
        (timedelta(minutes=-5), "now"),
    ],
)
def test_a_span_is_told_in_its_largest_part(span: timedelta, words: str) -> None:
    assert span_words(span) == words
