"""Sending by the Web API: every body of a delivery, each error told as what really happened."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from adapters.slack.blocks import settled_blocks
from adapters.slack.calls import API, TIMEOUT, SlackCalls, Tokens
from adapters.slack.ids import Place, place
from adapters.slack.limits import CHAT_EVERY
from adapters.slack.render import Post, carried, content, posts
from adapters.slack.rooms import Opened, Wanted, channel, group, open_room
from adapters.slack.showing import show_form, show_home
from adapters.slack.text import Reader
from bot.events import Event, RoomLost, RoomOpened, Sender, Unreachable
from bot.messages import Attachment, Carry, Message, OpenForm, OpenRoom, RoomDeed, Settle, ShowHome, Tend
from bot.ports import CannotReach, Clock, Parcel, Rejected, Sent


PLATFORM = "slack"
#: Under this name every message carries its key of the outbox, for those who may read it again.
METADATA = "antipode"


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
        self._pause = CHAT_EVERY / factor
        #: How many posts of a message of several are done, by delivery key: a repetition goes on there.
        self._done: dict[str, int] = {}
        #: The conversation with each account that was opened.
        self._private: dict[str, str] = {}

    async def close(self) -> None:
        """Close the connections."""
        await self.calls.close()

    async def send(self, parcel: Parcel) -> Sent:
        """Send one parcel; raises one of the ChatErrors."""
        match parcel.body:
            case Message():
                return await self._message(parcel, parcel.body)
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
        return await self._message(parcel, body.late)

    async def _message(self, parcel: Parcel, message: Message) -> Sent:
        at = place(parcel.chat)
        parts: Sequence[Post | Attachment] = posts(message, Reader(at.team, parcel.accounts))
        parts = [*parts, *([message.attachment] if message.attachment else [])]
        first = self._done.get(parcel.key, 0)
        ref = ""
        for number, part in enumerate(parts[first:], first):
            if number > first:
                self._done[parcel.key] = number
                await self.clock.sleep(self._pause)
            ref = await self._part(at, part, parcel.key) or ref
        self._done.pop(parcel.key, None)
        return Sent(ref)

    async def _part(self, at: Place, part: Post | Attachment, key: str) -> str:
        if isinstance(part, Attachment):
            return await self._file(at, part)
        metadata = {"event_type": METADATA, "event_payload": {"key": key}}
        answer = await self.calls.call(
            at.team,
            "chat_postMessage",
            channel=at.id,
            text=part.text,
            blocks=part.blocks,
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(answer["ts"])

    async def _file(self, at: Place, file: Attachment) -> str:
        raw = content(file)
        url = await self.calls.call(
            at.team, "files_getUploadURLExternal", filename=file.name, length=len(raw)
        )
        await self.calls.upload(str(url["upload_url"]), raw)
        await self.calls.call(
            at.team,
            "files_completeUploadExternal",
            files=[{"id": url["file_id"], "title": file.name}],
            channel_id=await self._conversation(at),
        )
        return ""

    async def _carry(self, parcel: Parcel, body: Carry) -> Sent:
        """Post what somebody wrote to the bot again for their partner; it is kept nowhere.

        One that its author took back, or that had no words, is carried to nobody.
        """
        source = place(body.from_chat)
        answer = await self.calls.call(
            source.team,
            "conversations_history",
            channel=await self._conversation(source),
            latest=body.ref,
            inclusive=True,
            limit=1,
        )
        written = [each for each in answer.get("messages") or () if each.get("ts") == body.ref]
        return await self._message(parcel, carried(written[0], body.by)) if written else Sent()

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
        if len(teams) != 1:
            raise Rejected("the people of a room are of one workspace")
        team = teams.pop()
        wanted = Wanted(team, tuple(each.id for each in accounts), room.partnership, room.title)
        try:
            opened = await open_room(self.calls, wanted, self._opener)
        except CannotReach as error:
            return Sent(events=(self._lost(parcel, room, error.why),))
        return Sent(opened.channel, tuple(self._told(parcel, room, team, opened)))

    def _told(self, parcel: Parcel, room: OpenRoom, team: str, opened: Opened) -> list[Event]:
        about = self._about(parcel)
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
        about = self._about(parcel) | {"id": f"lost/{parcel.key}"}
        return RoomLost(**about, private=False, why=why, about=room.partnership)

    def _about(self, parcel: Parcel) -> dict[str, Any]:
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
        where = await self._conversation(at)
        try:
            await self.calls.call(
                at.team, "chat_update", channel=where, ts=body.ref, text=text, blocks=blocks
            )
        except Rejected as error:
            if not error.why.startswith(_SETTLED):
                raise
        return Sent(body.ref)

    async def _conversation(self, at: Place) -> str:
        """Give the id of a conversation; that with a person has one of its own."""
        if not at.id.startswith(("U", "W")):
            return at.id
        if str(at) not in self._private:
            answer = await self.calls.call(at.team, "conversations_open", users=[at.id])
            self._private[str(at)] = str(answer["channel"]["id"])
        return self._private[str(at)]


_SETTLED = ("message_not_found", "cant_update_message", "edit_window_closed", "message_limit")
