"""Sending by the Web API: every body of a delivery, each error told as what really happened."""

from contextlib import suppress
from typing import Any

from adapters import leaving
from adapters.slack.blocks import settled_blocks
from adapters.slack.calls import API, TIMEOUT, SlackCalls, Tokens
from adapters.slack.ids import Place, place
from adapters.slack.limits import CHAT_EVERY
from adapters.slack.posting import Posting
from adapters.slack.render import carried
from adapters.slack.rooms import Opened, Wanted, channel, group, open_room
from adapters.slack.showing import show_form, show_home
from adapters.slack.text import Reader
from bot.events import Event, RoomLost, RoomOpened, Sender, Unreachable
from bot.messages import Carry, Message, OpenForm, OpenRoom, RoomDeed, Settle, ShowHome, Tend
from bot.ports import CannotReach, Clock, Parcel, Rejected, Sent


PLATFORM = "slack"
#: An old message that may not be changed any more, or is gone, needs no settling.
_SETTLED = ("message_not_found", "cant_update_message", "edit_window_closed", "is_inactive")


class SlackChat:
    """Every workspace the app is in. `close` at the end."""

    platform = PLATFORM

    def __init__(
        self,
        tokens: Tokens,
        clock: Clock,
        api_url: str = API,
        *,
        channels: bool = False,
        factor: float = 1.0,
        timeout: float = TIMEOUT,
    ) -> None:
        """Take the workspaces' tokens, the clock and the server's address (Slack's own, or a test's).

        With `channels` each pair gets a private channel in place of a group conversation. `factor` makes
        the pauses shorter, for tests only.
        """
        self.calls = SlackCalls(tokens, api_url, timeout=timeout)
        self.clock = clock
        self._opener = channel if channels else group
        self.posting = Posting(self.calls, clock, CHAT_EVERY / factor)

    async def close(self) -> None:
        """Close the connections."""
        await self.calls.close()

    async def send(self, parcel: Parcel) -> Sent:
        """Send one parcel; raises one of the ChatErrors."""
        with leaving.only_while(parcel.ours):
            return await self._send(parcel)

    async def _send(self, parcel: Parcel) -> Sent:
        match parcel.body:
            case Message():
                return await self.posting.post(parcel, parcel.body)
            case OpenRoom():
                return await self._room(parcel, parcel.body)
            case Settle():
                return await self._settle(parcel, parcel.body)
            case OpenForm():
                return await self._form(parcel, parcel.body)
            case ShowHome():
                await show_home(self.calls, parcel, parcel.body)
                return Sent()
            case Carry():
                return await self._carry(parcel, parcel.body)
            case Tend():
                return await self._tend(parcel.body)

    async def _form(self, parcel: Parcel, body: OpenForm) -> Sent:
        """Show a form; where it is too late, say what is to be said then."""
        if await show_form(self.calls, parcel, body) or body.late is None:
            return Sent()
        return await self.posting.post(parcel, body.late)

    async def _carry(self, parcel: Parcel, body: Carry) -> Sent:
        """Post what somebody wrote to the bot again for their partner; it is kept nowhere.

        One that its author took back, or that had no words, is carried to nobody.
        """
        written = await self.posting.written(place(body.from_chat), body.ref)
        return await self.posting.post(parcel, carried(written, body.by)) if written else Sent()

    async def _tend(self, body: Tend) -> Sent:
        """Leave a chat; Slack asks nobody to be let in, and there is no link to make."""
        if body.deed is not RoomDeed.LEAVE:
            raise Rejected(f"Slack knows no {body.deed.value}.")
        at = place(body.chat)
        with suppress(CannotReach, Rejected):  # nobody leaves a group conversation, or one they are not in
            await self.calls.call(at.team, "conversations_leave", channel=at.id)
        return Sent()

    async def _room(self, parcel: Parcel, room: OpenRoom) -> Sent:
        accounts = [place(parcel.accounts[person]) for person in room.people if person in parcel.accounts]
        teams = {account.team for account in accounts}
        if not teams:
            raise Rejected("a room of nobody")
        if len(teams) > 1:
            return Sent(events=(self._lost(parcel, room, "two-workspaces"),))
        team = teams.pop()
        wanted = Wanted(team, tuple(each.id for each in accounts), room.partnership, room.title)
        try:
            opened = await open_room(self.calls, wanted, self._opener)
        except CannotReach as error:
            return Sent(events=(self._lost(parcel, room, error.why),))
        return Sent(opened.channel, tuple(self._told(parcel, room, team, opened)))

    def _told(self, parcel: Parcel, room: OpenRoom, team: str, opened: Opened) -> list[Event]:
        about = self._about()
        events: list[Event] = []
        if opened.channel:
            chat = str(Place(team, opened.channel))
            events.append(
                RoomOpened(
                    **about | {"id": f"opened/{parcel.key}", "chat": chat},
                    private=False,
                    about=room.partnership,
                    checked=True,
                )
            )
        for user, why in opened.without:
            told = about | {"id": f"lost/{parcel.key}/{user}"}
            events.append(Unreachable(**told, sender=Sender(str(Place(team, user))), why=why))
        return events

    def _lost(self, parcel: Parcel, room: OpenRoom, why: str) -> Event:
        about = self._about() | {"id": f"lost/{parcel.key}"}
        return RoomLost(**about, private=False, why=why, about=room.partnership)

    def _about(self) -> dict[str, Any]:
        return {"platform": PLATFORM, "at": self.clock.now()}

    async def _settle(self, parcel: Parcel, body: Settle) -> Sent:
        """Show an earlier message without its buttons; one that is gone, or not known, needs no settling."""
        if not body.shown or not body.ref:
            return Sent(body.ref)
        at = place(parcel.chat)
        try:
            text, blocks = settled_blocks(body.shown, body.chosen, Reader(at.team, parcel.accounts))
        except (ValueError, KeyError, TypeError) as error:
            raise Rejected(f"what a message says is not as it was given: {error!r}") from error
        where = await self.posting.conversation(at)
        try:
            await self.calls.call(
                at.team, "chat_update", channel=where, ts=body.ref, text=text, blocks=blocks
            )
        except Rejected as error:
            if not error.why.startswith(_SETTLED):
                raise
        return Sent(body.ref)
