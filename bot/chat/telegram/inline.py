"""What was found for an inline query, as answerInlineQuery takes it. Pure.

Limits: 50 results, ids of 64 bytes, a button's label of which a phone shows a line;
https://core.telegram.org/bots/api#answerinlinequery.
"""

from __future__ import annotations

import json
from typing import Any

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from bot.chat.telegram.html import render
from bot.chat.telegram.rows import clean
from bot.domain.messaging import InlineResult, InlineResults

MOST = 50
ASKED_DIRECTLY = "inline"
"""What the desk's own conversation is begun with from a notice; it answers /start whatever follows."""


def fields(found: InlineResults) -> dict[str, Any]:
    """The arguments of PTB's ``answer_inline_query`` but for the query.

    A result whose message shows nothing is left out. Telegram keeps answers apart by reader.
    """
    articles = [article for result in found.results if (article := _article(result))]
    notice = InlineQueryResultsButton(found.notice, start_parameter=ASKED_DIRECTLY) if found.notice else None
    return {
        "results": articles[:MOST],
        "next_offset": found.next_offset,
        "cache_time": found.fresh,
        "is_personal": True,
        "button": notice,
    }


def _article(result: InlineResult) -> InlineQueryResultArticle | None:
    parts, title = render(result.message), _one_line(result.title)
    if not parts or not title:
        return None
    body = json.loads(parts[0].body)
    content = InputTextMessageContent(
        body["text"],
        parse_mode=body["parse_mode"],
        link_preview_options=LinkPreviewOptions(**body["link_preview_options"]),
    )
    return InlineQueryResultArticle(result.id, title, content, description=clean(result.description))


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
