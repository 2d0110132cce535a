"""``/settings``: one card for a chat's administrators, who are asked after at each press; a line for everybody else."""

from __future__ import annotations

from datetime import time
from pathlib import Path

from bot.chat.access import AccessSettings
from bot.domain.message import Message
from bot.domain.model import Address
from tests.chat import telegram_far_end
from tests.chat.telegram_far_end import GROUP
from tests.conversation import ADA, BRAM, CHANNEL, Talk, buttons, open_talk, pressed, said, shown
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_faults import NO_RATES
from tests.test_reaching import talking

HEAD, MEMBER = 7, 8


async def test_administrators_of_a_group_change_its_settings_and_others_do_not(tmp_path: Path):
    access = AccessSettings(frozenset({f"telegram:{GROUP}"}))
    async with (
        TelegramDouble(rates=NO_RATES) as telegram,
        telegram_far_end.desk(telegram) as messenger,
        talking(tmp_path, messenger, access) as talk,
    ):
        group = telegram.chat(GROUP)
        group.members |= {HEAD: "administrator", MEMBER: "member"}
        telegram.say("/settings", user=MEMBER, chat=GROUP)
        await telegram.until(lambda: telegram.messages(GROUP), 20)
        assert telegram.messages(GROUP)[0].text.startswith(
            "What is set for this chat is for its administrators"
        )
        assert telegram.messages(GROUP)[0].buttons == []
        telegram.say("/settings", user=HEAD, chat=GROUP)
        await telegram.until(lambda: len(telegram.messages(GROUP)) == 2, 20)
        card = telegram.messages(GROUP)[1]
        assert list(dict(card.buttons)) == ["Language"]

        async def answered(label: str, user: int) -> str:
            query = telegram.press(card.id, dict(card.buttons)[label], user, chat=GROUP)
            return str((await telegram.answered(query)).get("text") or "")

        assert "is for its administrators" in await answered("Language", MEMBER)
        assert "Language" in dict(card.buttons)
        assert not await answered("Language", HEAD)
        await telegram.until(lambda: "Deutsch" in dict(card.buttons), 20)
        group.members[HEAD] = "member"
        assert "is for its administrators" in await answered("Deutsch", HEAD)
        group.members[HEAD] = "creator"
        assert not await answered("Deutsch", HEAD)
        await telegram.until(lambda: card.text.startswith("Einstellungen dieses Chats"), 20)
        languages = talk.answer._ports.languages
        assert (await languages.at(Address("telegram", str(GROUP)))).chosen == "de"


async def press(talk: Talk, card: Message, *labels: str) -> Message:
    for label in labels:
        given = pressed(*buttons(card)[label], CHANNEL, BRAM)
        card = await talk.answer.responder.reply(given, "editor", private=True)
    return card


async def test_zone_and_quiet_hours_are_those_of_every_subscription_of_the_chat(tmp_path: Path):
    async with open_talk(tmp_path) as talk:
        for wish in ("lamps", "ferry at 09:00 in Asia/Tokyo"):
            talk.clock.pass_by(seconds=1)
            await talk.answer.responder.reply(said(f"/subscribe {wish}", CHANNEL, BRAM), "editor")
        card = await talk.answer.responder.reply(said("/settings", CHANNEL, BRAM), "editor", private=True)
        assert card.private
        assert "3 subscriptions, of which the configuration has 1" in " ".join(shown(card).split())
        assert "Europe/London and Asia/Tokyo" in shown(card)
        card = await press(talk, card, "Zone", "America/New_York")
        assert "Changed: “lamps” and “ferry”" in shown(card)
        card = await press(talk, card, "Quiet hours", "‹ Back", "Quiet hours", "22:00-07:00")
        assert "Quiet hours: 22:00-07:00" in shown(card)
        kept = [one.schedule for one in await talk.subscriptions.all()]
        assert {one.zone for one in kept} == {"America/New_York"}
        assert {one.quiet for one in kept} == {(time(22), time(7))}
        await press(talk, card, "Zone", "The desk's own (Europe/London)")
        await press(talk, card, "Quiet hours", "None")
        kept = [one.schedule for one in await talk.subscriptions.all()]
        assert {(one.zone, one.follows, one.quiet) for one in kept} == {("Europe/London", True, None)}
        action, value = buttons(card)["Zone"]
        token = value.partition(":")[0]
        for forged in (
            "",
            "x",
            f"{token}:in..ffffffff",
            f"{token}:silent..9",
            f"{token}:speak..xx",
            f"{token}:pause",
        ):
            given = pressed(action, forged, CHANNEL, BRAM)
            assert (await talk.answer.responder.reply(given, "editor", private=True)).aside
        given = pressed(action, value, CHANNEL, ADA)
        assert (await talk.answer.responder.reply(given, "editor", private=True)).aside  # another's card
        assert [one.schedule for one in await talk.subscriptions.all()] == kept
        refused = await talk.answer.responder.reply(said("/settings", CHANNEL, ADA), "reader", private=True)
        assert refused.private
        assert buttons(refused) == {}
