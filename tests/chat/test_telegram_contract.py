"""Telegram keeps the promises of every messenger."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.chat.telegram_far_end import TelegramFarEnd, desk
from tests.contracts.messenger import MessengerContract, Opened
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_faults import NO_RATES


class TestTelegram(MessengerContract):
    @pytest.fixture
    async def opened(self) -> AsyncIterator[Opened]:
        async with TelegramDouble(rates=NO_RATES, privacy=False) as telegram:
            far = TelegramFarEnd(telegram)
            async with desk(telegram) as messenger:
                yield Opened(messenger, far)
            assert telegram.problems == []
