"""Answers to a search in the order of arrival, and back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation.finding.lookup import question_behind
from bot.domain.message import Message
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
    assert set(buttons(newest)) == {"Next ›", "Best first", "Share"}
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
