"""What Telegram accepts: text, keyboards and command lists, with the words of its refusals. Pure.

Formatting is read by `tdjson`, the parser inside the Bot API server itself. The other sentences come
from tdlib/telegram-bot-api 10.0 (Client.cpp) and TDLib; CAPITALS are errors of Telegram's own servers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tdjson

TEXT_UNITS = 4096
"""UTF-16 units of a message, counted after parsing."""
ENTITIES = 100
"""Formatting beyond this many entities is dropped without a word."""
BUTTONS, BUTTONS_IN_ROW, DATA_BYTES = 100, 8, 64
COMMANDS, COMMAND_LENGTH, DESCRIPTION_LENGTH = 100, 32, 256

_NAMES = {
    "BlockQuote": "blockquote",
    "BotCommand": "bot_command",
    "CustomEmoji": "custom_emoji",
    "DateTime": "date_time",
    "EmailAddress": "email",
    "ExpandableBlockQuote": "expandable_blockquote",
    "MentionName": "text_mention",
    "PhoneNumber": "phone_number",
    "PreCode": "pre",
    "TextUrl": "text_link",
}
_UNSHOWN = {"BankCardNumber", "MediaTimestamp"}  # no such type in the Bot API
_MODES = {"html": ("HTML", None), "markdown": ("Markdown", 1), "markdownv2": ("Markdown", 2)}
_OPAQUE = {"code", "pre", "text_link", "text_mention"}  # nothing is detected inside these

Entity = dict[str, Any]


class Refusal(Exception):
    """An answer that is not 200: its code, its description and its `parameters`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def bad(sentence: str) -> Refusal:
    """A 400, worded as the server words it: capitals stay, a sentence loses its first capital."""
    keep = sentence[1:2] == "_" or sentence[1:2].isupper()
    return Refusal(400, "Bad Request: " + (sentence if keep else sentence[:1].lower() + sentence[1:]))


def forbidden(sentence: str) -> Refusal:
    """A 403: this chat is closed to the bot."""
    return Refusal(403, f"Forbidden: {sentence}")


def too_many(seconds: int) -> Refusal:
    """A 429: nothing was done, and nothing will be before so many seconds."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


@dataclass(frozen=True, slots=True)
class Text:
    """What a reader sees, and its entities as the Bot API writes them (UTF-16 offsets)."""

    text: str
    entities: tuple[Entity, ...] = ()


def _td(**query: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(tdjson.td_execute(json.dumps(query).encode()) or "{}")
    return answer


_td(**{"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def utf16(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def piece(text: str, entity: Entity) -> str:
    """The words that an entity covers."""
    start, end = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
    return text.encode("utf-16-le", "surrogatepass")[start:end].decode("utf-16-le", "replace")


def _entity(found: dict[str, Any]) -> Entity | None:
    kind = dict(found["type"])
    name = kind.pop("@type").removeprefix("textEntityType")
    if name in _UNSHOWN:
        return None
    entity = {"offset": found["offset"], "length": found["length"], "type": _NAMES.get(name, name.lower())}
    if name == "MentionName":
        kind = {"user": {"id": kind["user_id"], "is_bot": False, "first_name": "Reader"}}
    return entity | kind


def detect(text: str) -> list[Entity]:
    """The links, mentions, commands and tags that Telegram finds in plain text by itself."""
    found = _td(**{"@type": "getTextEntities", "text": text})["entities"]
    return [entity for entity in map(_entity, found) if entity]


def parse(text: str, parse_mode: str, entities: str) -> Text:
    """Read the formatting; raise the refusal that Telegram's parser words."""
    if not text:
        raise bad("Message text is empty")
    if len(text.encode("utf-8", "surrogatepass")) > 1 << 15:
        raise bad("Text is too long")
    mode = parse_mode.lower()
    if mode in ("", "none"):
        return Text(text, tuple(_given(entities)))
    if mode not in _MODES:
        raise bad("Unsupported parse_mode")
    name, version = _MODES[mode]
    how = {"@type": f"textParseMode{name}"} | ({"version": version} if version else {})
    parsed = _td(**{"@type": "parseTextEntities", "text": text, "parse_mode": how})
    if parsed["@type"] == "error":
        raise bad(parsed["message"])
    return Text(parsed["text"], tuple(e for e in map(_entity, parsed["entities"]) if e))


def _given(entities: str) -> list[Entity]:
    try:
        listed = json.loads(entities or "[]")
    except ValueError:
        return []  # the server ignores what is no array
    for entity in listed if isinstance(listed, list) else []:
        if not isinstance(entity, dict):
            raise bad("Can't parse MessageEntity: expected an Object")
        for field in ("offset", "length", "type"):
            if field not in entity:
                raise bad(f"Can't parse MessageEntity: Can't find field \"{field}\"")
    return listed if isinstance(listed, list) else []


def settle(parsed: Text, *, editing: bool = False) -> Text:
    """The text as it is shown: trimmed, within the limit, with what Telegram links by itself."""
    text, entities = _trimmed(parsed.text, list(parsed.entities))
    if not text:
        raise bad("Text must be non-empty")
    if utf16(text) > TEXT_UNITS:
        raise bad("MESSAGE_TOO_LONG" if editing else "Message is too long")
    closed = [e for e in entities if e["type"] in _OPAQUE]
    free = [e for e in detect(text) if not any(_overlap(e, other) for other in closed)]
    known = {(e["offset"], e["length"], e["type"]) for e in entities}
    merged = entities + [e for e in free if (e["offset"], e["length"], e["type"]) not in known]
    merged.sort(key=lambda e: (e["offset"], -e["length"]))
    return Text(text, tuple(merged[:ENTITIES]))


def _overlap(one: Entity, other: Entity) -> bool:
    first, second = sorted((one, other), key=lambda entity: entity["offset"])
    return bool(first["offset"] + first["length"] > second["offset"])


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """White space goes from the end, and from the front as far as the first entity."""
    text = text.rstrip()
    first = min((e["offset"] for e in entities), default=len(text))
    front = min(len(text) - len(text.lstrip()), first)
    text, size = text[front:], utf16(text[front:])
    moved = [e | {"offset": e["offset"] - front, "length": e["length"]} for e in entities]
    kept = [e | {"length": min(e["length"], size - e["offset"])} for e in moved if e["offset"] < size]
    return text, kept


def link_holds(url: str) -> bool:
    """Whether Telegram keeps this address as a link (localhost and odd schemes lose it)."""
    escaped = url.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    how = {"@type": "textParseModeHTML"}
    parsed = _td(**{"@type": "parseTextEntities", "text": f'<a href="{escaped}">x</a>', "parse_mode": how})
    return bool(parsed.get("entities"))


def keyboard(raw: str) -> dict[str, Any] | None:
    """The reply markup of a call: checked, or None when there is none to show."""
    if not raw:
        return None
    try:
        markup = json.loads(raw)
    except ValueError:
        raise bad("Can't parse reply keyboard markup JSON object") from None
    if not isinstance(markup, dict):
        raise bad("Object expected as reply markup")
    if "inline_keyboard" not in markup:
        return markup or None
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or any(not isinstance(row, list) for row in rows):
        raise bad('Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    shown = [[_button(button) for button in row] for row in rows if row]
    return {"inline_keyboard": shown} if shown else None


def _button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad("Can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad("Can't parse inline keyboard button: Can't find field \"text\"")
    kinds = set(button) - {"text", "style", "icon_custom_emoji_id"}
    if not any(button[kind] or kind not in ("url", "callback_data") for kind in kinds):
        raise bad("Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    return button


def fits(markup: Mapping[str, Any] | None) -> None:
    """Raise what Telegram's servers refuse in a keyboard that the Bot API server let through.

    More than 8 buttons in a row is not in the documentation's errors; clients cannot show them.
    """
    rows: Sequence[Sequence[Mapping[str, Any]]] = (markup or {}).get("inline_keyboard", ())
    if sum(map(len, rows)) > BUTTONS or any(len(row) > BUTTONS_IN_ROW for row in rows):
        raise bad("reply markup is too long")
    for button in (button for row in rows for button in row):
        if not button["text"].strip():
            raise bad("BUTTON_TEXT_INVALID")
        if len(str(button.get("callback_data", "")).encode()) > DATA_BYTES:
            raise bad("BUTTON_DATA_INVALID")
        if button.get("url") and not link_holds(button["url"]):
            raise bad(f"Inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def commands(raw: str) -> list[dict[str, Any]]:
    """The list of setMyCommands, cleaned as TDLib cleans it."""
    try:
        listed = json.loads(raw or "[]")
    except ValueError:
        raise bad("Can't parse commands JSON object") from None
    if not isinstance(listed, list):
        raise bad("Expected an Array of BotCommand")
    cleaned = [_command(item) for item in listed]
    if len(cleaned) > COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    if any(not _spelt(item["command"]) for item in cleaned):
        raise bad("BOT_COMMAND_INVALID")
    return cleaned


def _spelt(command: str) -> bool:
    return all(c == "_" or (c.isascii() and (c.islower() or c.isdigit())) for c in command)


def _command(item: Any) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise bad("Can't parse BotCommand: expected an Object")
    for field in ("command", "description"):
        if not isinstance(item.get(field), str):
            raise bad(f"Can't parse BotCommand: Can't find field \"{field}\"")
    command, description = item["command"].strip().removeprefix("/"), item["description"].strip()
    if not command:
        raise bad("Command must be non-empty")
    if len(command) > COMMAND_LENGTH:
        raise bad(f"Command length must not exceed {COMMAND_LENGTH}")
    if not description:
        raise bad("Command description must be non-empty")
    if len(description) > DESCRIPTION_LENGTH:
        raise bad(f"Command description length must not exceed {DESCRIPTION_LENGTH}")
    flag = {"is_ephemeral": True} if item.get("is_ephemeral") is True else {}
    return {"command": command, "description": description} | flag
