"""Answers to a search in the order of arrival, and back; and narrowed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation.finding.pages import question_behind
from bot.domain.message import Message
from tests.builders import NOON, a_quote, a_reading, an_article
from tests.conversation import ADA, BRAM, CHANNEL, Talk, buttons, open_talk, pressed, said, shown

STREETS = ["Quay", "Mill", "Rope", "Salt", "Tar", "Net", "Sail"]
"""Of the notices about lamps, in the order in which they came."""


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with open_talk(tmp_path) as opened:
        yield opened


async def ask(talk: Talk, text: str) -> Message:
    return await talk.answer.responder.reply(said(text, CHANNEL, ADA), "reader", private=True)


async def press(talk: Talk, answer: Message, label: str, by=ADA, message: str = "") -> Message:
    given = pressed(*buttons(answer)[label], CHANNEL, by, message)
    return await talk.answer.responder.reply(given, "reader", private=True)


def streets(answer: Message) -> list[str]:
    text = shown(answer)
    found = {name: text.find(f"New lamps for {name} Street") for name in STREETS}
    return sorted((name for name in STREETS if found[name] >= 0), key=found.__getitem__)


async def test_the_latest_stand_first_over_all_pages_and_the_best_again(talk):
    answer = await ask(talk, "/search lamps")
    newest = await press(talk, answer, "Newest first")
    later = await press(talk, newest, "Next ›")
    assert streets(newest) + streets(later) == STREETS[::-1]
    assert set(buttons(newest)) == {"Next ›", "Best first", "Narrow by…", "Share"}
    assert "6–7 of 7" in shown(later)
    best = await press(talk, later, "Best first")
    assert streets(best) == streets(answer)
    assert question_behind(newest)
    shared = await press(talk, newest, "Share")
    assert streets(shared) == streets(newest)
    assert not shared.private


async def test_another_persons_press_and_a_forged_one_change_nothing(talk):
    answer = await ask(talk, "/search lamps")
    assert (await press(talk, answer, "Newest first", BRAM)).aside
    assert (await press(talk, answer, "Newest first", message="m1")).aside
    quotes = await ask(talk, "/quotes Marlow")
    forged = buttons(answer)["Newest first"][1].partition(":")[0]
    for value in ("", "x", f"{forged}:7", f"{'A' * 16}:0"):
        given = pressed("sort", value, CHANNEL, ADA)
        assert (await talk.answer.responder.reply(given, "reader", private=True)).aside
    assert "Newest first" not in buttons(quotes)


@pytest.mark.parametrize("query", ["frost", "lmaps", "zeppelin"])
async def test_one_match_and_a_forgiven_typing_error_have_no_other_order(talk, query):
    assert "Newest first" not in buttons(await ask(talk, f"/search {query}"))


async def test_the_order_can_be_typed(talk):
    assert streets(await ask(talk, "/search lamps sort:new")) == STREETS[:1:-1]
    oldest = await ask(talk, "/search sort:old lamps")
    assert streets(oldest) == STREETS[:5]
    assert "“lamps”" in shown(await press(talk, oldest, "Best first"))
    misread = shown(await ask(talk, "/search lamps sort:size"))
    assert '"sort:size" is no order' in misread


@pytest.mark.parametrize("label", ["Newest first", ""])
async def test_pages_stay_as_they_are_while_articles_arrive(talk, label):
    answer = await ask(talk, "/search lamps")
    answer = await press(talk, answer, label) if label else answer
    later = streets(await press(talk, answer, "Next ›"))
    talk.clock.pass_by(seconds=1)
    await talk.keep(an_article("Lamps, lamps, lamps.", title="New lamps for Tar Street"), "later")
    after = await press(talk, answer, "Next ›")
    assert streets(after) == later
    assert "6–7 of 7" in shown(after)
    assert "of 8" in shown(await ask(talk, "/search lamps"))


async def test_an_answer_is_narrowed_by_what_is_in_it(talk):
    talk.clock.pass_by(seconds=1)
    for source in ("Port Gazette", 'The "Lamp" Post'):
        facts = {"title": "Lamps | OR", "source": source, "published": NOON - timedelta(days=30)}
        await talk.keep(an_article(f"Lamps of the {source}.", **facts), source)
    answer = await ask(talk, "/search lamps OR lanterns")
    menu = await press(talk, answer, "Narrow by…")
    assert streets(menu) == streets(answer)
    assert question_behind(menu) == question_behind(answer)
    assert {"Port Gazette · 1", 'The "Lamp" Post · 1', "2031-02 · 2"} < set(buttons(menu))
    narrowed = await press(talk, menu, 'The "Lamp" Post · 1')
    assert '(lamps OR lanterns) source:"The Lamp Post"' in shown(narrowed)
    assert "1 article" in shown(narrowed)
    assert "2 articles" in shown(await press(talk, menu, "2031-02 · 2"))
    newest = await press(talk, await ask(talk, "/search lamps sort:old"), "Narrow by…")
    assert "sort:old lamps after:2031-02-01 before:2031-03-01" in shown(
        await press(talk, newest, "2031-02 · 2")
    )


async def test_only_what_was_offered_narrows(talk):
    answer = await ask(talk, "/search lamps")
    token = buttons(answer)["Narrow by…"][1]
    assert (await press(talk, answer, "Narrow by…", BRAM)).aside
    for value in ("", token[:5], f"{token}:{'0' * 12}", f"{'A' * 16}", f"{token}:x"):
        given = pressed("narrow", value, CHANNEL, ADA)
        assert (await talk.answer.responder.reply(given, "reader", private=True)).aside
    assert "Narrow by…" not in buttons(await ask(talk, "/search frost"))


async def test_who_is_offered_said_what_was_asked_for(talk):
    talk.clock.pass_by(seconds=1)
    article = an_article("“Lamps are late,” said Ada Vane. “Tea is late,” said Bo Lund.", title="Late")
    quotes = (
        a_quote(article, "Lamps are late", "Ada Vane", "Ada Vane"),
        a_quote(article, "Tea is late", "Bo Lund", "Bo Lund"),
    )
    await talk.desk.library.keep(
        a_reading(article, *quotes), origin="q", data_key="q", added=talk.clock.now(), story=None
    )
    await talk.desk.index.follow(talk.desk.library)
    found = await talk.answer.responder.lookup.narrowing("lamps")
    assert [(one.name, one.count) for one in found.speakers] == [("Ada Vane", 1)]
    assert (await talk.answer.responder.lookup.find(f"lamps {found.speakers[0].filter}")).total == 1
