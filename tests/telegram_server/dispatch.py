"""The table of methods, and one call from its raw parameters to its result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.telegram_server import editing, governing, profile, sending
from tests.telegram_server.errors import Json
from tests.telegram_server.faults import Fault
from tests.telegram_server.world import World


Method = Callable[[World, Json], Any]

METHODS: dict[str, Method] = {
    "getMe": profile.get_me,
    "getChat": profile.get_chat,
    "getFile": profile.get_file,
    "setMyCommands": profile.set_commands,
    "getMyCommands": profile.get_commands,
    "deleteMyCommands": profile.delete_commands,
    "setMyName": partial(profile.set_words, "name"),
    "setMyDescription": partial(profile.set_words, "description"),
    "setMyShortDescription": partial(profile.set_words, "short_description"),
    "setMyDefaultAdministratorRights": profile.set_default_rights,
    "setChatMenuButton": profile.set_menu,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendContact": sending.send_contact,
    "copyMessage": sending.copy_message,
    "copyMessages": sending.copy_messages,
    "forwardMessage": sending.forward_message,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageReplyMarkup": editing.edit_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "answerCallbackQuery": editing.answer_query,
    "pinChatMessage": editing.pin,
    "unpinChatMessage": editing.unpin,
    "sendChatAction": editing.send_action,
    "setMessageReaction": editing.set_reaction,
    "createChatInviteLink": governing.create_link,
    "exportChatInviteLink": governing.export_link,
    "revokeChatInviteLink": governing.revoke_link,
    "approveChatJoinRequest": governing.approve,
    "declineChatJoinRequest": governing.decline,
    "banChatMember": governing.ban,
    "unbanChatMember": governing.unban,
    "leaveChat": governing.leave_chat,
    "setChatTitle": governing.set_title,
    "setChatDescription": governing.set_description,
    "getChatMember": governing.get_member,
    "getChatAdministrators": governing.get_administrators,
    "getChatMemberCount": governing.count_members,
}


@dataclass(eq=False)
class Call:
    """One call of the bot, as the server saw it, and what came of it."""

    method: str
    params: Json
    at: float
    status: int = 0
    description: str = ""
    fault: Fault | None = None
    #: What the header `X-Delivery` says: a storm's bot names there what it sends.
    delivery: str = ""
    result: Any = field(default=None, repr=False)

    @property
    def ok(self) -> bool:
        """Tells whether it took effect (its answer may still have been lost by a fault)."""
        return self.status == 200


@dataclass(frozen=True, slots=True)
class Violation:
    """A call that no correct bot makes."""

    method: str
    params: Json
    words: str
