"""Is this call one that the Bot API documents? Unknown, missing and mistyped parameters, by name.

The whole specification (every method and type of Bot API 10.1) is read from ../shared beside the
project; where that is absent, a small table of the methods used here stands in, without types.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

API = Path(__file__).resolve().parents[3] / "shared" / "data" / "telegram_bot_api" / "api.json"

_SENDING = (
    "message_thread_id parse_mode entities link_preview_options disable_notification protect_content "
    "reply_parameters reply_markup business_connection_id direct_messages_topic_id allow_paid_broadcast "
    "message_effect_id suggested_post_parameters"
)
_EPHEMERAL = " receiver_user_id callback_query_id ephemeral_message_parameters"
EDIT_EPHEMERAL = frozenset(
    {"chat_id", "text", "parse_mode", "entities", "link_preview_options", "reply_markup"}
)
_EDITING = "chat_id message_id inline_message_id business_connection_id reply_markup"
USED = {
    "getMe": ("", ""),
    "getUpdates": ("", "offset limit timeout allowed_updates"),
    "setWebhook": (
        "url",
        "certificate ip_address max_connections allowed_updates drop_pending_updates secret_token",
    ),
    "deleteWebhook": ("", "drop_pending_updates"),
    "getWebhookInfo": ("", ""),
    "sendMessage": ("chat_id text", _SENDING + _EPHEMERAL),
    "editEphemeralMessageText": (
        "chat_id receiver_user_id ephemeral_message_id text",
        "parse_mode entities link_preview_options reply_markup",
    ),
    "editMessageText": ("", _EDITING + " text parse_mode entities link_preview_options"),
    "editMessageReplyMarkup": ("", _EDITING),
    "deleteMessage": ("chat_id message_id", ""),
    "answerCallbackQuery": ("callback_query_id", "text show_alert url cache_time"),
    "answerInlineQuery": ("inline_query_id results", "cache_time is_personal next_offset button"),
    "getFile": ("file_id", ""),
    "setMyCommands": ("commands", "scope language_code"),
    "getMyCommands": ("", "scope language_code"),
    "deleteMyCommands": ("", "scope language_code"),
    "getChat": ("chat_id", ""),
    "getChatMember": ("chat_id user_id", ""),
    "sendChatAction": ("chat_id action", "message_thread_id business_connection_id"),
}
"""Method: required parameters, optional parameters."""


@lru_cache(maxsize=1)
def _specification() -> dict[str, Any] | None:
    return _later(json.loads(API.read_text(encoding="utf-8"))) if API.is_file() else None


def _later(spec: dict[str, Any]) -> dict[str, Any]:
    """With what 10.2 and 10.3 added, as far as the desk uses it; it speaks both."""
    types, methods = spec["types"], spec["methods"]
    whom = [_field("receiver_user_id", "Integer"), _field("callback_query_id", "String")]
    types["EphemeralMessageParameters"] = {"name": "EphemeralMessageParameters", "fields": whom}
    parameters = _field("ephemeral_message_parameters", "EphemeralMessageParameters")
    methods["sendMessage"]["fields"] += [*whom, parameters]
    types["BotCommand"]["fields"].append(_field("is_ephemeral", "Boolean"))
    for one in types["ReplyParameters"]["fields"]:
        one["required"] = False
    types["ReplyParameters"]["fields"].append(_field("ephemeral_message_id", "Integer"))
    edit = [one for one in methods["editMessageText"]["fields"] if one["name"] in EDIT_EPHEMERAL]
    edit += [_field(name, "Integer") for name in ("receiver_user_id", "ephemeral_message_id")]
    methods["editEphemeralMessageText"] = {"name": "editEphemeralMessageText", "fields": edit}
    return spec


def _field(name: str, kind: str) -> dict[str, Any]:
    return {"name": name, "types": [kind], "required": False}


def faults(method: str, fields: Mapping[str, str]) -> list[str]:
    """What is wrong with this call by the documentation; empty when nothing is."""
    spec = _specification()
    if spec is None:
        required, optional = (names.split() for names in USED.get(method, ("", "")))
        known, types = set(required) | set(optional), {}
    elif method in spec["methods"]:
        listed = spec["methods"][method].get("fields", [])
        required = [field["name"] for field in listed if field["required"]]
        known, types = {field["name"] for field in listed}, {f["name"]: f["types"] for f in listed}
    else:
        return [f"{method}: no such method"]
    found = [f"{method}: unknown parameter {name}" for name in fields if name not in known]
    found += [f"{method}: missing parameter {name}" for name in required if name not in fields]
    for name in fields:
        if name in types and spec:
            found += [f"{method}: {fault}" for fault in _form_faults(spec, name, fields[name], types[name])]
    return found


def _form_faults(spec: Mapping[str, Any], name: str, raw: str, types: list[str]) -> list[str]:
    """A form carries text: numbers and flags are spelt, objects are JSON."""
    if "String" in types or "InputFile" in types:
        return []
    try:
        value = json.loads(raw)
    except ValueError:
        return [f"{name} is not {' or '.join(types)}"]
    return _best(spec, name, value, types)


def _best(spec: Mapping[str, Any], path: str, value: Any, types: list[str]) -> list[str]:
    """The faults under whichever of the allowed types fits best."""
    return min((list(_value_faults(spec, path, value, kind)) for kind in types), key=len)


def _value_faults(spec: Mapping[str, Any], path: str, value: Any, kind: str) -> Iterator[str]:
    simple: dict[str, Any] = {"Integer": int, "Boolean": bool, "String": str, "Float": (int, float)}
    if kind in simple:
        if not isinstance(value, simple[kind]) or (isinstance(value, bool) and kind != "Boolean"):
            yield f"{path} is not {kind}"
    elif kind.startswith("Array of "):
        if not isinstance(value, list):
            yield f"{path} is not {kind}"
            return
        for item in value:
            yield from _value_faults(spec, f"{path}[]", item, kind.removeprefix("Array of "))
    elif kind in spec["types"]:
        yield from _object_faults(spec, path, value, kind)


def _object_faults(spec: Mapping[str, Any], path: str, value: Any, kind: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path} is not {kind}"
        return
    described = spec["types"][kind]
    if described.get("subtypes"):
        yield from _best(spec, path, value, described["subtypes"])
        return
    listed = {field["name"]: field for field in described.get("fields", [])}
    yield from (f"{path}.{name} is unknown in {kind}" for name in value if name not in listed)
    yield from (
        f"{path}.{n} is missing" for n, field in listed.items() if field["required"] and n not in value
    )
    for name in value.keys() & listed.keys():
        yield from _best(spec, f"{path}.{name}", value[name], listed[name]["types"])
