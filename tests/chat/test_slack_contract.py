"""The Slack messenger keeps every messenger's promises, against the Slack double."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.chat.slack_far_end import FAST, SlackFarEnd, desk
from tests.contracts.messenger import MessengerContract, Opened
from tests.doubles.slack import SlackDouble


class TestSlack(MessengerContract):
    @pytest.fixture
    async def opened(self) -> AsyncIterator[Opened]:
        async with SlackDouble(pace=FAST) as slack, desk(slack) as messenger:
            yield Opened(messenger, SlackFarEnd(slack))
