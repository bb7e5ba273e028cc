"""Makes `bot_api.json`, the part of the machine-readable Bot API that the server is strict by.

Run `python -m tests.telegram_server.extract FULL_SPEC.json` after a new Bot API. A field is written as one
string: its types, then the limits that its description states, as in `"callback_data": "String bytes=1-64"`;
a `*` after the name marks it as required.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any


TARGET = Path(__file__).with_name("bot_api.json")

METHODS = """
getMe getUpdates setWebhook deleteWebhook getWebhookInfo sendMessage sendPhoto sendDocument sendContact
copyMessage copyMessages forwardMessage editMessageText editMessageCaption editMessageReplyMarkup
deleteMessage deleteMessages answerCallbackQuery getChat getChatMember getChatMemberCount
getChatAdministrators
createChatInviteLink revokeChatInviteLink exportChatInviteLink approveChatJoinRequest declineChatJoinRequest
banChatMember unbanChatMember pinChatMessage unpinChatMessage leaveChat setChatTitle setChatDescription
setMyCommands getMyCommands deleteMyCommands setMyDescription setMyShortDescription setMyName
setMyDefaultAdministratorRights setChatMenuButton sendChatAction setMessageReaction getFile
"""

# What the server itself says. A type that is not here is one it never sends.
SPOKEN = """
Update Message User Chat ChatFullInfo ChatMember ChatMemberUpdated ChatInviteLink ChatJoinRequest ChatShared
CallbackQuery Contact Document File PhotoSize Sticker Voice MessageEntity MessageId MessageOrigin
MessageOriginUser MessageOriginHiddenUser MaybeInaccessibleMessage InaccessibleMessage WebhookInfo BotCommand
AcceptedGiftTypes ChatPermissions MessageReactionUpdated ReactionType ResponseParameters
"""

ABOUT = {
    "what": "Extract of the Telegram Bot API made by tests/telegram_server/extract.py; do not edit.",
    "source": "https://github.com/PaulSonOfLars/telegram-bot-api-spec",
    "licence": "MIT, see LICENSE-telegram-bot-api-spec.txt",
}

RANGE = re.compile(r"(?:(list of )?|[^\d])\b(\d+)-(\d+)\b(?! *-)(?: (characters|bytes))?")


def limits(field: dict[str, Any]) -> str:
    """Gives the limits that the field's description states, such as ` chars=0-200`."""
    words: str = field["description"]
    types: list[str] = field["types"]
    constant = re.search(r"(?:must be|always) \"?([a-z_]+)\"?$", words)
    if constant and types == ["String"] and field["name"] in {"type", "status", "source"}:
        return f" const={constant[1]}"
    found = RANGE.search(words)
    if not found or "ISO" in words or field["name"] in {"offset", "icon_custom_emoji_id"}:
        return ""
    many, low, high, unit = found.groups()
    if types[0].startswith("Array"):
        return f" items={low}-{high}" if many else ""
    if types == ["Integer"]:
        return f" value={low}-{high}"
    if unit is None:
        return ""
    if "after entities parsing" in words:
        return f" parsed={low}-{high}"
    return f" {'bytes' if unit == 'bytes' else 'chars'}={low}-{high}"


def fields(entry: dict[str, Any]) -> dict[str, str]:
    """Gives the fields of a method or type as the short strings described above."""
    return {
        f["name"] + ("*" if f["required"] else ""): "|".join(f["types"]) + limits(f)
        for f in entry.get("fields", [])
    }


def reachable(full: dict[str, Any], names: list[str]) -> set[str]:
    """Gives every type that a parameter of these methods can contain."""
    found: set[str] = set()
    waiting = [t for name in names for f in full["methods"][name].get("fields", []) for t in f["types"]]
    while waiting:
        name = waiting.pop().replace("Array of ", "")
        if name in found or name not in full["types"]:
            continue
        found.add(name)
        entry = full["types"][name]
        waiting += entry.get("subtypes", [])
        waiting += [t for f in entry.get("fields", []) for t in f["types"]]
    return found


def compact(full: dict[str, Any]) -> dict[str, Any]:
    """Gives the extract."""
    methods, spoken = METHODS.split(), SPOKEN.split()
    wanted = reachable(full, methods) | set(spoken)
    wanted |= {sub for name in spoken for sub in full["types"][name].get("subtypes", [])}
    return {
        "about": {**ABOUT, "version": full["version"], "released": full["release_date"]},
        "methods": {name: fields(full["methods"][name]) for name in sorted(methods)},
        "types": {
            name: full["types"][name].get("subtypes") or fields(full["types"][name])
            for name in sorted(wanted)
        },
    }


def main() -> None:
    """Reads the full specification named on the command line and writes the extract."""
    extract = compact(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    parts = [f'"about": {json.dumps(extract["about"])}']
    for part in ("methods", "types"):
        lines = [f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in extract[part].items()]
        parts.append(f'"{part}": {{\n' + ",\n".join(lines) + "\n}")
    TARGET.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
