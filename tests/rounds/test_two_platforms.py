"""One round on two platforms: people are paired where they can share a room, the rest is the same."""

from dataclasses import replace

from bot.model import ApplicationState, RoundState
from tests.rounds.play import Play, a_person, a_round


def play_of(*accounts: tuple[str, str]) -> Play:
    """Let one person of another country apply for each (platform, account), and look at the closed round."""
    play = Play(a_round(RoundState.CLOSED))
    countries = ("PT", "JP", "BR", "KE", "NO", "PE")
    for number, (platform, account) in enumerate(accounts, start=1):
        person = a_person(number, countries[number - 1])
        play.people[number] = replace(person, platform=platform, account=account)
        play.apply(number, countries[number - 1], state=ApplicationState.ACCEPTED)
    play.look()
    return play


def drafted(play: Play) -> set[tuple[str, tuple[int, ...]]]:
    return {(each.platform, tuple(sorted(each.members))) for each in play.partnerships.values()}


def test_people_are_paired_within_their_platform() -> None:
    play = play_of(("telegram", "1"), ("slack", "T1/U1"), ("telegram", "2"), ("slack", "T1/U2"))

    assert drafted(play) == {("telegram", (1, 3)), ("slack", (2, 4))}


def test_people_of_two_workspaces_are_not_paired() -> None:
    play = play_of(("slack", "T1/U1"), ("slack", "T2/U1"), ("slack", "T1/U2"), ("slack", "T2/U2"))

    assert drafted(play) == {("slack", (1, 3)), ("slack", (2, 4))}


def test_who_is_alone_in_their_workspace_is_told_which_rule_it_was() -> None:
    play = play_of(("slack", "T1/U1"), ("slack", "T2/U1"), ("slack", "T1/U2"))

    assert drafted(play) == {("slack", (1, 3))}
    assert (play.applications[2].state, play.applications[2].why) == (ApplicationState.UNPLACED, "platform")
