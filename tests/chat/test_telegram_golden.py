"""Every kind of message as Telegram gets it. COPYDESK_GOLDEN=1 writes the files anew."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest

from bot.chat.telegram_html import render
from bot.digest import agenda
from bot.message import Message
from bot.model import Address, Findings, Hit, Schedule, Subscription
from tests.builders import NOON
from tests.chat.test_slack_golden import KINDS as ANY
from tests.chat.test_slack_golden import ZONE, fares
from tests.chat.test_telegram_html import read

GOLDEN = Path(__file__).parent / "golden"
WEEKDAYS = Schedule(ZONE, (time(17, 30), time(8)), frozenset(range(5)))
HERE = (
    Subscription("file:1", "morning", Address("telegram", "-1001234", "45"), "topic:energy", WEEKDAYS),
    Subscription("chat:2", "sea", Address("telegram", "42"), "ferry", Schedule("Asia/Tokyo", (time(9),))),
)


def subscribed() -> Message:
    recent = Findings(9, (Hit(fares(), 1.0, None),))
    return agenda.subscribed_message(HERE[1], "ferry", recent, NOON, notes=("a bracket is never closed",))


KINDS: dict[str, Callable[[], Message]] = ANY | {
    "subscriptions": lambda: agenda.subscriptions_message(HERE, ZONE),
    "schedule": lambda: agenda.schedule_message(
        [agenda.Row(HERE[0], "sent today"), agenda.Row(HERE[1])], NOON, ZONE
    ),
    "subscribed": subscribed,
}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_message_looks_like_this(kind):
    shown = []
    for payload in render(KINDS[kind]()):
        read(payload)
        body = json.loads(payload.body)
        markup = body.get("reply_markup")
        shown.append(body["text"] + (f"\n---\n{json.dumps(markup, ensure_ascii=False)}" if markup else ""))
    written = "\n=== the next part\n".join(shown) + "\n"
    path = GOLDEN / f"telegram_{kind}.html"
    if os.environ.get("COPYDESK_GOLDEN"):
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8")
