"""Moments that Telegram tells each reader in their own zone (Bot API 9.5 of March 2026), and texts without them.

A server that does not know them refuses the whole text; Telegram itself refuses moments that are years away. What
stands inside the tags tells the moment in words, so nothing is lost without them.
"""

from __future__ import annotations

import json
import re

from bot.chat.telegram.errors import says
from bot.domain.errors import Refused
from bot.domain.events import Payload

_TAG = re.compile('<tg-time unix="[0-9]+" format="[a-zA-Z]+">|</tg-time>')
"""As :mod:`bot.chat.telegram.rows` writes them; in a text of anybody else's there is no `<`."""

UNKNOWN, INVALID = 'unsupported start tag "tg-time"', "entity_date_invalid"


def is_about(refused: Refused) -> bool:
    """Whether it is for a moment that the text was refused, so that nothing was posted and it can go without."""
    return says(refused, UNKNOWN, INVALID)


def without(payload: Payload) -> Payload:
    """The part, its moments in words alone."""
    body = json.loads(payload.body)
    return Payload(
        json.dumps({**body, "text": _TAG.sub("", body["text"])}, ensure_ascii=False), payload.plain
    )
