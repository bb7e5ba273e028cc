"""Posts messages: one after another into their conversation, and none that is there already."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from adapters.slack.calls import SlackCalls
from adapters.slack.ids import Place, place
from adapters.slack.render import Post, content, posts
from adapters.slack.text import Reader
from bot.messages import Attachment, Message
from bot.ports import ChatError, Clock, NotSent, Parcel, RetryLater, Sent, Uncertain


#: Under this name every message carries its key of the outbox, for those who may read it again.
METADATA = "antipode"
#: So many messages of a conversation are looked through for one whose answer was lost.
RECENT = 30


class Posting:
    """Posts into the conversations of every workspace."""

    def __init__(self, calls: SlackCalls, clock: Clock, pause: timedelta) -> None:
        """Take the Web API, the clock, and the pause between two posts of one message."""
        self.calls = calls
        self.clock = clock
        self.pause = pause
        #: How many posts of a message of several are done, by delivery key: a repetition goes on there.
        self._done: dict[str, int] = {}
        #: The conversation with each account that was opened.
        self._private: dict[str, str] = {}

    async def post(self, parcel: Parcel, message: Message) -> Sent:
        """Post a message with its file; raises one of the ChatErrors."""
        at = place(parcel.chat)
        there = await self._there(at, parcel.key) if parcel.attempts else {}
        parts: list[Post | Attachment] = [*posts(message, Reader(at.team, parcel.accounts))]
        parts += [message.attachment] if message.attachment else []
        first = self._done.get(parcel.key, 0)
        ref = ""
        for number, part in enumerate(parts[first:], first):
            if number > first:
                self._done[parcel.key] = number
                await self.clock.sleep(self.pause)
            ref = there.get(number) or await self._part(at, part, parcel.key, number) or ref
        self._done.pop(parcel.key, None)
        return Sent(ref)

    async def conversation(self, at: Place) -> str:
        """Give the id of a conversation; that with a person has one of its own."""
        if not _is_account(at):
            return at.id
        if str(at) not in self._private:
            answer = await self.calls.call(at.team, "conversations_open", users=[at.id])
            self._private[str(at)] = str(answer["channel"]["id"])
        return self._private[str(at)]

    async def written(self, at: Place, ts: str) -> Mapping[str, Any] | None:
        """Give a message of a person's own conversation with the bot; None when it was taken back."""
        answer = await self._history(at, latest=ts, inclusive=True, limit=1)
        found = (each for each in answer.get("messages") or () if each.get("ts") == ts)
        return next(found, None)

    async def _part(self, at: Place, part: Post | Attachment, key: str, number: int) -> str:
        if isinstance(part, Attachment):
            return await self._file(at, part)
        payload: dict[str, object] = {"key": key} | ({"part": number} if number else {})
        answer = await self.calls.call(
            at.team,
            "chat_postMessage",
            channel=at.id,
            text=part.text,
            blocks=part.blocks,
            metadata={"event_type": METADATA, "event_payload": payload},
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(answer["ts"])

    async def _file(self, at: Place, file: Attachment) -> str:
        raw = content(file)
        told = await self.calls.call(
            at.team, "files_getUploadURLExternal", filename=file.name, length=len(raw)
        )
        await self.calls.upload(str(told["upload_url"]), raw)
        await self.calls.call(
            at.team,
            "files_completeUploadExternal",
            files=[{"id": told["file_id"], "title": file.name}],
            channel_id=await self.conversation(at),
        )
        return ""

    async def _there(self, at: Place, key: str) -> dict[int, str]:
        """Give which posts of a message arrived though their answer was lost, with their ids.

        The app may read only what is between it and one person; of a room nobody knows. Raises NotSent or
        RetryLater while Slack does not tell: better later than twice.
        """
        if not (_is_account(at) or at.id.startswith("D")):
            return {}
        try:
            answer = await self._history(at, limit=RECENT, include_all_metadata=True)
        except (RetryLater, NotSent):
            raise
        except Uncertain as error:
            raise NotSent("Slack does not tell what is there") from error
        except ChatError:
            return {}
        told = ((each.get("metadata") or {}, str(each["ts"])) for each in answer.get("messages") or ())
        own = (
            (each.get("event_payload") or {}, ts) for each, ts in told if each.get("event_type") == METADATA
        )
        return {int(payload.get("part", 0)): ts for payload, ts in own if payload.get("key") == key}

    async def _history(self, at: Place, **what: object) -> Mapping[str, Any]:
        return await self.calls.call(
            at.team, "conversations_history", channel=await self.conversation(at), **what
        )


def _payload(message: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = message.get("metadata") or {}
    return (metadata.get("event_payload") or {}) if metadata.get("event_type") == METADATA else {}


def _is_account(at: Place) -> bool:
    return at.id.startswith(("U", "W"))
