"""A new subscription: what was understood is told, and buttons of the answer undo and change it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.chat.access import AccessSettings, Role
from bot.conversation.finding.pages import question_behind
from bot.domain.message import Message
from tests.builders import an_article
from tests.chat.slack_far_end import HOME, buttons_of
from tests.chat.slack_far_end import desk as slack_desk
from tests.chat.telegram_far_end import GROUP
from tests.chat.telegram_far_end import desk as telegram_desk
from tests.conversation import ADA, BRAM, CHANNEL, CONSOLE, Talk, buttons, open_talk, pressed, said, shown
from tests.doubles.slack import SlackDouble
from tests.doubles.telegram import TelegramDouble
from tests.platforms.test_forged_presses import answering


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with open_talk(tmp_path) as opened:
        yield opened


async def subscribed(talk: Talk, wish: str, message: str = "m1") -> Message:
    """The answer to an editor of the channel, posted as this message of it."""
    answer = await talk.answer.responder.reply(said(f"/subscribe {wish}", CHANNEL, BRAM), "editor")
    if token := question_behind(answer):
        await talk.conversation_log.answered(token, message)
    return answer


async def press(
    talk: Talk, answer: Message, label: str, role: Role = "editor", message: str = "m1"
) -> Message:
    by = ADA if role == "reader" else BRAM
    given = pressed(*buttons(answer)[label], CHANNEL, by, message)
    return await talk.answer.responder.reply(given, role)


async def test_of_two_times_that_may_be_meant_each_has_a_button(talk):
    asked = await subscribed(talk, "lamps every weekday at 7")
    assert '"7" can mean 07:00 or 19:00' in shown(asked)
    assert list(buttons(asked)) == ["07:00", "19:00"]
    assert "Only an editor" in shown(await press(talk, asked, "07:00", "reader"))
    assert "Subscribed: lamps" in shown(await press(talk, asked, "19:00"))
    (kept,) = await talk.subscriptions.all()
    assert (kept.query, kept.schedule.at, len(kept.schedule.days)) == ("lamps", (time(19),), 5)
    for other in ("lamps at 25", "lamps at 8 and 9", "lamps at 8 or 9"):
        assert not buttons(await subscribed(talk, other))


@pytest.mark.parametrize(
    ("wish", "then", "words"),
    [
        ("lamps sat 7:00", "sat 7:00", '"lamps sat"'),
        ("black friday 7:00", "friday 7:00", '"black friday"'),
        ("Lampen Sa 7 Uhr", "Sa 7 Uhr", '"Lampen Sa"'),
    ],
)
async def test_of_a_day_that_may_be_words_either_has_a_button(talk, wish, then, words):
    asked = await subscribed(talk, wish)
    assert "I am not sure" in shown(asked)
    assert list(buttons(asked)) == [then, f"“{words[1:-1]}” {then.partition(' ')[2]}"]
    for label in buttons(asked):
        assert "Subscribed: " in shown(await press(talk, asked, label))
    on_a_day, daily = sorted(await talk.subscriptions.all(), key=lambda one: len(one.schedule.days))
    assert (on_a_day.query, on_a_day.schedule.at, len(on_a_day.schedule.days)) == (
        wish.split()[0],
        (time(7),),
        1,
    )
    assert (daily.query, daily.schedule.at, len(daily.schedule.days)) == (words, (time(7),), 7)


async def test_a_day_alone_and_one_behind_an_article_have_no_button_for_the_day(talk):
    for other in ("the sun 19h", "saturday lamps 7:00", "lamps saturday 7", "lamps daily 8"):
        assert not {one for one in buttons(await subscribed(talk, other)) if other.endswith(one)}, other


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("lamps in #press", "type it there, without “in #press”"),
        ("lamps for #press at 10:15", "type it there, without “for #press”"),
        ("lamps at 10:15 to @anna", "type it there, without “to @anna”"),
        ("lamps by email", "type it there, without “by email”"),
    ],
)
async def test_a_wish_for_another_place_is_told_where_to_make_it_and_a_time_does_not_make_it_here(
    talk, wish, told
):
    answer = await subscribed(talk, wish)
    assert told in " ".join(shown(answer).split())
    assert answer.asks is None
    assert await talk.subscriptions.all() == ()


async def test_a_digest_where_there_is_none_asks_nothing(talk):
    answer = await talk.answer.responder.reply(
        said("/digest now", replace(CHANNEL, chat="C2"), BRAM), "editor"
    )
    assert "no subscription yet" in " ".join(shown(answer).split())
    assert answer.asks is None


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("lamps every weekday at 09:15", "lamps · 09:15, Mon to Fri · in this chat"),
        ("täglich um 8 lamps, ferry", "lamps OR ferry · 08:00, daily · in this chat"),
        ("Ships jeden Montag um 9 Uhr", 'topic:"ships" · 09:00, Mon · in this chat'),
        ('"ships" at 8:00 Europe/Berlin', '"ships" · 08:00, daily (Europe/Berlin) · in this chat'),
        ("lamps —ferry at 8 p.m.", "lamps -ferry · 20:00, daily · in this chat"),
        ("topic Ships at 9:00", 'topic:"ships" · 09:00, daily · in this chat'),
        ("topic lamps at 9:00", "topic lamps · 09:00, daily · in this chat"),
        ("all topics at 9:00", 'topic:"fruit" OR topic:"ships" · 09:00, daily · in this chat'),
        ("topic ships & topic fruit at 9:00", 'topic:"ships" OR topic:"fruit" · 09:00, daily · in this chat'),
        ("ships, lamps", 'topic:"ships" OR lamps · 08:00, daily · in this chat'),
    ],
)
async def test_what_was_understood_is_told_and_kept(talk, wish, told):
    answer = await subscribed(talk, wish)
    assert told in shown(answer)
    assert "The next digests come" in shown(answer)
    (kept,) = await talk.subscriptions.all()
    listed = shown(await talk.answer.responder.reply(said("/subscriptions", CHANNEL, BRAM), "editor"))
    assert told.partition(" · ")[0] in " ".join(listed.split()) or kept.query in listed


async def test_in_a_topic_of_a_forum_the_digests_come_there(talk):
    topic = replace(CHANNEL, thread="7")
    answer = await talk.answer.responder.reply(said("/subscribe lamps at 9:00", topic, BRAM), "editor")
    assert "lamps · 09:00, daily · in this topic or thread" in shown(answer)


@pytest.mark.parametrize(
    "wish", ["lamps every fortnight", "lamps at 8", "lamps at 08:00 my time", "black friday"]
)
async def test_what_may_be_a_time_makes_no_subscription(talk, wish):
    answer = await subscribed(talk, wish)
    assert answer.private
    assert await talk.subscriptions.all() == ()


async def test_what_came_in_the_last_week_counts_whenever_it_was_published(talk):
    old = an_article(
        "A kittiwake was counted.", title="Kittiwakes", published=talk.clock.now() - timedelta(days=90)
    )
    await talk.keep(old, "old")
    assert "1 article of the last 7 days matches" in " ".join(
        shown(await subscribed(talk, "kittiwake")).split()
    )
    talk.clock.pass_by(days=8)
    told = " ".join(shown(await subscribed(talk, "kittiwake as later")).split())
    assert "No article of the last 7 days matches yet." in told


async def test_a_new_subscription_can_be_undone_and_changed(talk):
    answer = await subscribed(talk, "lamps")
    changed = await press(talk, answer, "Mon to Fri")
    assert "08:00, Mon to Fri" in shown(changed)
    assert "Until now it was 08:00, daily." in shown(changed)
    assert "in a digest of the last 24 hours" in " ".join(shown(changed).split())
    await talk.conversation_log.answered(question_behind(changed) or "", "m1")
    changed = await press(talk, changed, "At 18:00")
    (kept,) = await talk.subscriptions.all()
    assert (kept.schedule.at, kept.schedule.days) == ((time(18),), frozenset(range(5)))
    assert set(buttons(changed)) == {"Undo", "Every day", "At 08:00", "End it"}
    assert "Until now it was 08:00, Mon to Fri." in shown(changed)
    assert "digest of the last" not in shown(changed), "the hour alone changes nothing in a digest"
    await talk.conversation_log.answered(question_behind(changed) or "", "m1")
    back = await press(talk, changed, "Undo")
    assert "08:00, Mon to Fri" in shown(back)
    assert "Until now" not in shown(back)
    (kept,) = await talk.subscriptions.all()
    assert (kept.schedule.at, kept.schedule.days) == ((time(8),), frozenset(range(5)))
    await talk.conversation_log.answered(question_behind(back) or "", "m1")
    changed = await press(talk, back, "Every day")
    await talk.conversation_log.answered(question_behind(changed) or "", "m1")
    ended = await press(talk, changed, "End it")
    assert "“lamps” has ended" in shown(ended)
    assert await talk.subscriptions.all() == ()
    assert "no longer good" in shown(await press(talk, changed, "Undo"))
    assert talk.outgoing.woken == 7


async def test_a_wish_can_take_the_place_of_the_subscription_with_its_name(talk):
    await subscribed(talk, "ferry as mine at 09:15 quiet 22:00-07:00")
    (before,) = await talk.subscriptions.all()
    asked = await subscribed(talk, "lamps as Mine", "m2")
    told = " ".join(shown(asked).split())
    assert asked.private
    assert "This chat has a subscription “mine” already" in told
    assert "+ 1 story, − 1 story." in told
    assert await talk.subscriptions.all() == (before,)
    refused = await press(talk, asked, "Change it to this", "reader", "m2")
    assert "Only an editor" in shown(refused)
    done = await press(talk, asked, "Change it to this", message="m2")
    assert "Subscribed: mine" in shown(done)
    assert await talk.subscriptions.all() == (replace(before, query="lamps"),)
    assert buttons(await subscribed(talk, "lamps as mine", "m3")) == {}
    timed = await subscribed(talk, "lamps as mine on mondays at 10:00", "m4")
    await talk.subscriptions.remove(before.id)
    assert "no longer good" in shown(await press(talk, timed, "Change it to this", message="m4"))
    assert await talk.subscriptions.all() == ()


async def test_a_press_by_a_reader_or_on_another_message_changes_nothing(talk):
    answer = await subscribed(talk, "lamps")
    refused = await press(talk, answer, "Undo", "reader")
    assert "Only an editor" in shown(refused)
    assert refused.aside
    assert (await press(talk, answer, "Undo", message="m2")).aside
    action, value = buttons(answer)["Undo"]
    for forged in (value.replace("undo", "yearly"), "x", "", value.partition(":")[0], "A" * 16 + ":undo"):
        assert (
            await talk.answer.responder.reply(pressed(action, forged, CHANNEL, BRAM, "m1"), "editor")
        ).aside
    searched = await talk.answer.responder.reply(said("/search lamps", CONSOLE), "editor")
    page = buttons(searched)["Next ›"][1].partition(":")[0]
    await talk.conversation_log.answered(page, "m1")
    assert (
        await talk.answer.responder.reply(pressed(action, f"{page}:undo", CONSOLE, BRAM, "m1"), "editor")
    ).aside
    assert len(await talk.subscriptions.all()) == 1


async def test_on_telegram_the_answer_itself_is_changed(tmp_path):
    async with TelegramDouble() as telegram, telegram_desk(telegram) as messenger:
        telegram.chat(GROUP)
        async with answering(tmp_path, messenger, f"telegram:{GROUP}") as talk:
            settings = talk.answer._given
            editors = AccessSettings(settings.access.allow, frozenset({f"telegram:{GROUP}"}))
            talk.answer.configure(talk.digests, replace(settings, access=editors))
            telegram.say("/subscribe lamps every weekday at 08:00", chat=GROUP)
            await telegram.until(lambda: len(telegram.messages(GROUP)) == 1, 10)
            answer = telegram.messages(GROUP)[0]
            telegram.press(answer.id, dict(answer.buttons)["Every day"], chat=GROUP)
            await telegram.until(lambda: "08:00, daily" in telegram.messages(GROUP)[0].text, 10)
            telegram.press(answer.id, dict(telegram.messages(GROUP)[0].buttons)["End it"], chat=GROUP)
            await telegram.until(lambda: "has ended" in telegram.messages(GROUP)[0].text, 10)
            assert await talk.subscriptions.all() == ()


async def test_on_slack_the_answer_itself_is_changed(tmp_path):
    async with (
        SlackDouble() as slack,
        slack_desk(slack) as messenger,
        answering(tmp_path, messenger, f"slack:{HOME.chat}") as talk,
    ):
        settings = talk.answer._given
        editors = AccessSettings(settings.access.allow, frozenset({f"slack:{HOME.chat}"}))
        talk.answer.configure(talk.digests, replace(settings, access=editors))
        await slack.until(lambda: slack.links)
        await slack.mention("subscribe lamps at noon")
        await slack.until(lambda: slack.posted(HOME.chat))
        values = {one["text"]["text"]: one for one in buttons_of(slack.posted(HOME.chat)[0])}
        undo = values["Undo"]
        await slack.press(undo["action_id"], value=undo["value"], ts=slack.posted(HOME.chat)[0]["ts"])
        await slack.until(lambda: "has ended" in str(slack.posted(HOME.chat)[0]))
        assert await talk.subscriptions.all() == ()
        assert re.search("Subscribed", str(slack.posted(HOME.chat)[0])) is None
