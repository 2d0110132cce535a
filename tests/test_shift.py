"""A shift on its own: what ends a part of it, and what comes back."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime

from telegram import Bot
from telegram.error import Conflict

from bot import shift
from bot.chat import telegram_intake
from tests.day import Day, StoryClock
from tests.doubles.telegram import TOKEN
from tests.running import PERSON, town

MONDAY = datetime(2026, 11, 23, 7, 50, tzinfo=UTC)


async def asks_again_and_again(rival: Bot) -> None:
    """Another program, which wants each update as much as the desk does."""
    while True:
        with contextlib.suppress(Conflict):
            await rival.get_updates(timeout=10)


async def test_a_rival_is_outlasted_and_the_owner_told_once_of_each(tmp_path, monkeypatch):
    monkeypatch.setattr(telegram_intake, "RIVALRY", 0.0)
    monkeypatch.setattr(shift, "AGAIN", 0.3)
    async with town(tmp_path) as place:
        place.configure(owner={"to": f"telegram:{PERSON}"})
        story, telegram = Day(place, StoryClock(MONDAY)), place.telegram
        async with story.desk(), Bot(TOKEN, base_url=telegram.base_url) as rival:
            assert story.shift is not None
            assert story.shift._ailing() == ""
            asking = asyncio.create_task(asks_again_and_again(rival))
            (lost,) = await telegram.sent(PERSON)
            assert "nobody is heard on telegram: telegram: another program asks" in lost.text
            tries = len(telegram.called("deleteWebhook"))
            await telegram.until(lambda: len(telegram.called("deleteWebhook")) >= tries + 3)
            assert story.shift._ailing() == "nobody is heard on: telegram"
            assert len(telegram.messages(PERSON)) == 1
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            _, back = await telegram.sent(PERSON, 2)
            assert back.text == "telegram is heard again"
            assert story.shift._ailing() == ""
            telegram.say("/help", chat=PERSON)
            assert "What I can do" in (await telegram.sent(PERSON, 3))[2].text


async def test_a_dead_token_is_not_tried_again(tmp_path, monkeypatch):
    monkeypatch.setattr(shift, "AGAIN", 0.0)
    async with town(tmp_path) as place:
        place.configure(owner={"to": "slack:@U1"})
        story, telegram = Day(place, StoryClock(MONDAY)), place.telegram
        async with story.desk():
            assert story.shift is not None
            telegram.revoke()
            telegram.block(PERSON)  # wakes the question that is open
            await story.ears.until("nobody is heard on telegram")
            calls = len(telegram.calls)
            asked = await place.slack.slash("/copydesk", "help", user="U1", channel="C1")
            await place.slack.until(lambda: bool(asked.responses))
            assert len(telegram.calls) == calls
