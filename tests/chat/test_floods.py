"""A thousand commands a second from one person, as each platform's double sees them answered: one polite line."""

from __future__ import annotations

import asyncio

from bot.conversation.floods import WAITING
from tests.chat.slack_far_end import FAST
from tests.chat.slack_far_end import desk as slack_desk
from tests.chat.telegram_far_end import GROUP, READER
from tests.chat.telegram_far_end import desk as telegram_desk
from tests.doubles.slack import SlackDouble
from tests.doubles.telegram import TelegramDouble
from tests.platforms.test_forged_presses import answering

COMMANDS = 1_000
PLACES = 25
LINE = "more than I answer at once"


async def test_on_telegram_the_line_comes_to_who_floods_alone(tmp_path):
    groups = [GROUP - number for number in range(PLACES)]
    async with TelegramDouble() as telegram, telegram_desk(telegram) as messenger:
        for group in groups:
            telegram.chat(group)
        async with answering(tmp_path, messenger, *(f"telegram:{one}" for one in (READER, *groups))):
            telegram.say("/topics")  # they have met the desk, which may write to them
            await telegram.until(lambda: telegram.texts(READER))
            for number in range(COMMANDS):
                telegram.say("/topics", chat=groups[number % PLACES])
            await telegram.until(lambda: any(LINE in one for one in telegram.texts(READER)))
            assert sum(LINE in one.text for one in telegram.messages(READER)) == 1
            told = [one.text for group in groups for one in telegram.messages(group)]
            assert len(told) <= 3 * WAITING
            assert not any(LINE in one for one in told)


async def test_on_slack_the_line_is_seen_by_who_floods_alone(tmp_path):
    names = [f"C{number}FLOOD" for number in range(PLACES)]
    async with SlackDouble(pace=FAST) as slack, slack_desk(slack) as messenger:
        for name in names:
            slack.add_channel(name, name.lower())
        async with answering(tmp_path, messenger, *(f"slack:{name}" for name in names)):
            await slack.until(lambda: slack.links)
            typed = [slack.slash("/copydesk", "topics", channel=name) for name in names * 2]
            assert all(one.acknowledged for one in await asyncio.gather(*typed))
            await slack.until(lambda: any(LINE in str(one) for one in slack.ephemerals))
            assert sum(LINE in str(one) for one in slack.ephemerals) == 1
            assert not any(slack.posted(name) for name in names)
