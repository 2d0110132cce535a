"""Presses that nobody could make with an honest client, at both platforms' doubles: nothing is edited by them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from bot.chat.access import AccessSettings
from bot.domain.messaging import Messenger
from bot.domain.model import Address
from tests.chat.slack_far_end import HOME, buttons_of
from tests.chat.slack_far_end import desk as slack_desk
from tests.chat.telegram_far_end import GROUP
from tests.chat.telegram_far_end import desk as telegram_desk
from tests.contracts.messenger import a_message
from tests.conversation import Talk, open_talk
from tests.doubles.slack import SlackDouble
from tests.doubles.telegram import TelegramDouble

OTHER = -1000000000888


@asynccontextmanager
async def answering(folder: Any, messenger: Messenger, *allowed: str) -> AsyncIterator[Talk]:
    async with open_talk(folder) as talk:
        given = replace(talk.answer._given, access=AccessSettings(frozenset(allowed)))
        talk.answer.configure(talk.digests, given)
        loop = asyncio.create_task(talk.answer.run(messenger, asyncio.Event()))
        try:
            yield talk
        finally:
            await messenger.stop_listening()
            await asyncio.wait_for(loop, 60)


async def post(messenger: Messenger, to: Address, text: str) -> str:
    (payload,) = messenger.render(a_message(text))
    return (await messenger.post(to, payload, key=text)).id


async def test_on_telegram_a_forged_press_edits_nothing(tmp_path):
    async with TelegramDouble() as telegram, telegram_desk(telegram) as messenger:
        telegram.chat(GROUP)
        telegram.chat(OTHER)
        async with answering(tmp_path, messenger, f"telegram:{GROUP}", f"telegram:{OTHER}"):
            digest = int(await post(messenger, Address("telegram", str(GROUP)), "The digest"))
            elsewhere = int(await post(messenger, Address("telegram", str(OTHER)), "Another digest"))
            telegram.say("/search lamps", chat=GROUP)
            await telegram.until(lambda: len(telegram.messages(GROUP)) == 2, 10)
            answer = telegram.messages(GROUP)[1]
            turn = dict(answer.buttons)["Next ›"]
            forged = [
                (digest, turn, GROUP),
                (elsewhere, turn, OTHER),
                (digest, "page:1:5", GROUP),
                (digest, "digest:orchards", GROUP),
                (digest, "made-up:1", GROUP),
                (answer.id, turn.replace("page:", "share:"), GROUP),
            ]
            for message, data, chat in forged:
                telegram.press(message, data, chat=chat, forged=True)
            await telegram.until(lambda: len(telegram.called("answerCallbackQuery")) == len(forged), 10)
            assert telegram.called("editMessageText") == []
            assert [one.text for one in telegram.messages(OTHER)] == ["Another digest"]
            assert [one.text for one in telegram.messages(GROUP)] == ["The digest", answer.text]
            assert "no longer good" in str(telegram.called("answerCallbackQuery")[0])
            telegram.press(answer.id, turn, chat=GROUP)
            await telegram.until(lambda: "6–7 of 7" in telegram.messages(GROUP)[1].text, 10)


async def test_on_slack_a_forged_press_edits_nothing(tmp_path):
    async with (
        SlackDouble() as slack,
        slack_desk(slack) as messenger,
        answering(tmp_path, messenger, f"slack:{HOME.chat}"),
    ):
        digest = await post(messenger, HOME, "The digest")
        await slack.until(lambda: slack.links)
        asked = await slack.mention("search lamps")
        assert asked.acknowledged
        await slack.until(lambda: slack.desk.ephemerals)
        whispered = slack.desk.ephemerals[0]
        values = {one["action_id"].partition("#")[0]: one["value"] for one in buttons_of(whispered)}
        forged = [("page", values["page"]), ("share", values["page"]), ("digest", "orchards"), ("x", "1")]
        for action, value in forged:
            pressed = await slack.press(action, value=value, ts=digest, forged=True)
            await slack.until(lambda pressed=pressed: bool(pressed.responses))
            assert "no longer good" in str(pressed.responses[0])
        assert not [one for one in slack.calls if "chat.update" in str(one)]
        assert [one["text"] for one in slack.posted(HOME.chat)] == ["The digest"]
