"""``/settings``: one card for a chat's administrators, who are asked after at each press; a line for everybody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path

from bot.chat.access import AccessSettings
from bot.domain.events import Pressed, Said, Sender
from bot.domain.message import Message
from bot.domain.model import Address
from tests.chat import slack_far_end, telegram_far_end
from tests.chat.telegram_far_end import GROUP
from tests.conversation import ADA, BRAM, CHANNEL, Talk, buttons, open_talk, pressed, said, shown
from tests.doubles.slack import SlackDouble
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_faults import NO_RATES
from tests.platforms.test_reaching import talking

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
        await telegram.until(
            lambda: telegram.messages(GROUP), 20
        )  # whom it has never met it can tell nowhere else
        assert "I may not write to you yet" in telegram.messages(GROUP)[0].text
        assert telegram.messages(GROUP)[0].buttons == []
        telegram.say("/settings", user=HEAD, chat=GROUP)
        await telegram.until(lambda: len(telegram.messages(GROUP)) == 2, 20)
        card = telegram.messages(GROUP)[1]
        assert list(dict(card.buttons)) == ["Language", "Who subscribes"]

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


GUEST = Sender("slack", "U0GUEST", "Gus", "T9", foreign=True)


async def tries(talk: Talk, who: Sender) -> set[str]:
    """What of all that changes a chat this reader of it is let do; it is put back."""
    let: set[str] = set()

    async def read(heard: Said | Pressed) -> Message:
        return await talk.answer.responder.reply(heard, "reader", private=True)

    async def kept() -> dict[str, str]:
        return {one.name: one.query for one in await talk.subscriptions.all()}

    await talk.answer.responder.reply(said("/subscribe lamps as own at 08:00", CHANNEL, BRAM), "editor")
    for name, words in (("subscribe", "/subscribe ferry as theirs"), ("link", "/start topic-ships")):
        before = await kept()
        answer = await read(said(words, CHANNEL, who))
        if await kept() != before:
            let.add(name)
            assert not answer.private
            assert not (await read(pressed(*buttons(answer)["Undo"], CHANNEL, who))).aside
            assert await kept() == before
    if not (await read(said("/mute lamps", CHANNEL, who))).private:
        let.add("mute")
        await read(said("/unmute lamps", CHANNEL, who))
    if not (await read(said("/digest now own", CHANNEL, who))).private:
        let.add("digest now")
    listed = await talk.answer.responder.reply(said("/subscriptions", CHANNEL, who), "reader", forms=True)
    form = (
        await talk.answer.responder.reply(
            pressed(*buttons(listed)["Subscribe …"], CHANNEL, who), "reader", private=True, forms=True
        )
    ).form
    if form:
        handed_in = Pressed(
            "k" * 9 + who.id + form.answer.value[:8],
            CHANNEL,
            who,
            form.answer.action,
            form.answer.value,
            fields=(("what", "apples"), ("when", "at 09:00"), ("name", "formed")),
        )
        await read(handed_in)
        let.add("form")
        await talk.answer.responder.reply(said("/unsubscribe formed", CHANNEL, BRAM), "editor")
    if "End it" in buttons(card := await read(pressed(*buttons(listed)["own"], CHANNEL, who))):
        let.add("card")
        await read(pressed(*buttons(card)["Pause for a week"], CHANNEL, who))
    if not (await read(said("/unsubscribe own", CHANNEL, who))).private:
        let.add("unsubscribe")
    await talk.answer.responder.reply(said("/unsubscribe own", CHANNEL, BRAM), "editor")
    return let


ALL_OF_IT = {"subscribe", "link", "mute", "digest now", "form", "card", "unsubscribe"}


async def test_who_subscribes_is_chosen_for_the_chat_and_held_by_every_way(tmp_path: Path):
    async def administers(at: Address, person: Sender) -> bool:
        return (at.chat, person) == (CHANNEL.chat, ADA)

    async with open_talk(tmp_path) as talk:
        talk.answer._ports = replace(talk.answer._ports, administers=administers)
        talk.answer.configure(talk.digests, talk.answer._given)
        other = Sender("slack", "U0OLA", "Ola", "T1")
        assert await tries(talk, ADA) == set()
        card = await talk.answer.responder.reply(said("/settings", CHANNEL, ADA), "reader", private=True)
        assert "Editors of this desk subscribe and post here" in shown(card)

        async def chosen(label: str) -> str:
            answer = card
            for one in ("Who subscribes", label):
                given = pressed(*buttons(answer)[one], CHANNEL, ADA)
                answer = await talk.answer.responder.reply(given, "reader", private=True)
            return shown(answer)

        assert "Administrators of this chat and editors" in await chosen("Administrators, too")
        assert [await tries(talk, one) for one in (ADA, other, GUEST)] == [ALL_OF_IT, set(), set()]
        assert "Everybody here subscribes" in await chosen("Everybody")
        assert [await tries(talk, one) for one in (ADA, other, GUEST)] == [ALL_OF_IT, ALL_OF_IT, set()]
        elsewhere = replace(CHANNEL, chat="C2")
        refused = await talk.answer.responder.reply(said("/subscribe lamps", elsewhere, other), "reader")
        assert "Only an editor" in shown(refused)
        for words in ("/settings", "/language de", "/add https://example.org/new"):  # an editor's, still
            assert (await talk.answer.responder.reply(said(words, CHANNEL, other), "reader")).private
        assert "Editors of this desk" in await chosen("Editors of this desk")
        assert await tries(talk, ADA) == set()


async def test_on_slack_who_may_not_change_a_channel_is_told_alone(tmp_path: Path):
    async with (
        SlackDouble(pace=slack_far_end.FAST) as slack,
        slack_far_end.desk(slack) as messenger,
        talking(tmp_path, messenger, AccessSettings(frozenset({"slack:T1"}))) as talk,
    ):
        await slack.until(lambda: slack.links)
        misses = (
            "settings",
            "serch lamps",
            "subscribe lamps",
            "unsubscribe lamps",
            "mute lamps",
            "language de",
        )
        for count, words in enumerate(misses, start=1):
            await slack.mention(words, channel="C1", user="U1")
            await slack.until(lambda count=count: len(slack.desk.shown) >= count)
        assert {one.user for one in slack.desk.shown} == {"U1"}
        assert slack.posted("C1") == []
        assert await talk.subscriptions.all() == ()


async def test_slack_tells_who_administers_the_workspace():
    async with (
        SlackDouble() as slack,
        slack_far_end.desk(slack) as messenger,
    ):
        slack.desk.users["U2"].admin = True
        at = Address("slack", "C1")
        assert [await messenger.is_administrator(at, one) for one in ("U1", "U2")] == [False, True]
