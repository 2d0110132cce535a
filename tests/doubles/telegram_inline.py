"""What Telegram accepts as the answer to an inline query, with the words of its refusals. Pure.

Articles alone are modelled. Sentences come from tdlib/telegram-bot-api 10.0 (Client.cpp); CAPITALS are
errors of Telegram's own servers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from tests.doubles.telegram_chats import integer, truth
from tests.doubles.telegram_rules import bad, fits, keyboard, parse, settle

RESULTS, ID_BYTES, OFFSET_BYTES = 50, 64, 64
LONGEST_CACHE = 86_400


def inline_answer(fields: Mapping[str, str]) -> dict[str, Any]:
    """The answer as clients are told it; raises the refusal of the server."""
    try:
        results = json.loads(fields.get("results", ""))
    except ValueError:
        raise bad("Can't parse inline query results JSON object") from None
    if not isinstance(results, list):
        raise bad("Expected an Array of inline query results")
    button = _button(fields.get("button", ""))
    if len(results) > RESULTS:
        raise bad("Too many inline query results specified")
    offset = fields.get("next_offset", "")
    if len(offset.encode()) > OFFSET_BYTES:
        raise bad("NEXT_OFFSET_INVALID")
    shown = [_article(one) for one in results]
    if len({one["id"] for one in shown}) < len(shown):
        raise bad("RESULT_ID_DUPLICATE")
    return {
        "results": shown,
        "next_offset": offset,
        "button": button,
        "cache_time": integer(fields.get("cache_time", ""), 300, 0, LONGEST_CACHE),
        "is_personal": truth(fields.get("is_personal", "")),
    }


def _button(raw: str) -> dict[str, Any] | None:
    button = json.loads(raw) if raw else None
    if button is None:
        return None
    start = button.get("start_parameter", "")
    if not start:
        raise bad("Can't use empty start_parameter")
    if len(start) > 64:
        raise bad("Too long start_parameter specified")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", start):
        raise bad("Unallowed characters in start_parameter are used")
    return dict(button)


def _article(result: Any) -> dict[str, Any]:
    if not isinstance(result, dict):
        raise bad("Can't parse InlineQueryResult: expected an Object")
    for name in ("type", "id"):
        if not isinstance(result.get(name), str):
            raise bad(f"Can't parse InlineQueryResult: Can't find field \"{name}\"")
    if result["type"] != "article":
        raise NotImplementedError(result["type"])
    if not result["id"]:
        raise bad("RESULT_ID_EMPTY")
    if len(result["id"].encode()) > ID_BYTES:
        raise bad("RESULT_ID_INVALID")
    if not str(result.get("title", "")).strip():
        raise bad("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content")
    if not isinstance(content, dict):
        raise bad("Can't parse InlineQueryResult: Can't find field \"input_message_content\"")
    settle(parse(content.get("message_text", ""), content.get("parse_mode", ""), ""), editing=True)
    fits(keyboard(json.dumps(result["reply_markup"]) if "reply_markup" in result else ""))
    return dict(result)
