"""A thousand events of one person in a burst, at each platform's double: one polite line, and others are answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.conversation.floods import CROWD
from tests.conversation import Talk
from tests.doubles.telegram import TelegramDouble
from tests.test_telegram_ephemeral import GROUP, OTHER, READER, talking

EVENTS = 1000
LINE = "more than I answer at once"


@asynccontextmanager
async def crowded(folder: Path) -> AsyncIterator[tuple[Talk, TelegramDouble]]:
    async with talking(folder, None) as (talk, telegram):
        yield talk, telegram


@pytest.mark.parametrize("kind", ["message", "inline"])
async def test_telegram(tmp_path, kind):
    async with crowded(tmp_path) as (talk, telegram):
        for number in range(EVENTS):
            if kind == "message":
                telegram.say(f"/search lamps {number}", chat=READER if number % 2 else GROUP, user=READER)
            else:
                telegram.type_inline(f"lamps {number}", user=READER)
        asked = telegram.say("/search ferry", chat=GROUP, user=OTHER)
        await telegram.until(
            lambda: any(
                one.id > asked.id and "ferry" in one.text.lower() for one in telegram.messages(GROUP)
            ),
            60,
        )
        if kind == "message":
            await telegram.until(lambda: any(LINE in one.text for one in telegram.messages()), 60)
        while talk.answer._floods._waiting:
            await asyncio.sleep(0.01)
        lines = [one for one in telegram.messages() if LINE in one.text]
        assert len(lines) == (kind == "message")
        ours = [one for one in telegram.messages() if one.sender == telegram.world.bot]
        assert len(ours) < CROWD, "what is passed over is not answered"
