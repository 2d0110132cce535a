"""What a chat does not want to hear of stays out of its digests, is accounted for, and comes back when it is unmuted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.events import Sender
from bot.domain.model import Address
from bot.grammar.commands import query_and_days
from tests.conversation import ADA, CHANNEL, Talk, open_talk, said, shown


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with open_talk(tmp_path) as opened:
        yield opened


async def answered(talk: Talk, text: str, who="editor", at: Address = CHANNEL, sender: Sender = ADA) -> str:
    return shown(await talk.answer.responder.reply(said(text, at, sender), who))


async def test_what_is_muted_stays_out_of_the_digest_and_is_accounted_for(talk):
    await answered(talk, "/subscribe lamps OR ferry as all")
    before = await answered(talk, "/digest all")
    assert "muted" not in before
    told = await answered(talk, "/mute lamps for 7d")
    assert "Digests here leave out lamps until " in told
    after = await answered(talk, "/digest all")
    assert ", 7 muted" in after
    assert "Mill Street" in before
    assert "Mill Street" not in after
    assert "lamps" in await answered(talk, "/mute")
    talk.clock.pass_by(days=8)
    assert "Nothing is muted" in await answered(talk, "/mute")


async def test_the_day_until_which_something_is_muted_is_the_zones(talk):
    night = datetime(2031, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight in London
    talk.clock.pass_by(seconds=(night - talk.clock.now()).total_seconds())
    assert "until Wed 9 July" in await answered(talk, "/mute lamps for 7d")
    assert "until Wed 9 July" in await answered(talk, "/mute")


async def test_what_is_unmuted_is_told_again(talk):
    await answered(talk, "/subscribe lamps as all")
    await answered(talk, "/mute LAMPS")
    assert "muted" in await answered(talk, "/digest all")
    assert "Digests here tell of LAMPS again." in await answered(talk, "/unmute LAMPS")
    assert "muted" not in await answered(talk, "/digest all")
    assert "is not muted here" in await answered(talk, "/unmute LAMPS")
    await answered(talk, "/mute lamps")
    assert "Digests here tell of lamps again." in await answered(talk, "/unmute the lamps")


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("story 99", "story:99"),
        ("the story #99", "story:99"),
        ("story:99", "story:99"),
        ("the ferry story", "ferry"),
        ("the story about the ferry", "the ferry"),
        ("Geschichte über Fähren", "Fähren"),
        ("“2”", '"2"'),
        ("toy story", "toy story"),
    ],
)
async def test_what_people_call_a_story_is_one(talk, typed, taken):
    assert f"Digests here leave out {taken}. " in " ".join((await answered(talk, f"/mute {typed}")).split())
    assert "tell of" in await answered(talk, f"/unmute {typed}")


async def test_a_muted_story_is_told_by_its_headline_beside_its_number(talk):
    told = " ".join((await answered(talk, "/mute story 2")).split())
    assert "leave out story:2 (“Frost takes two thirds of the apples”). /unmute story:2 ends it." in told
    assert "story:2 (“Frost takes two thirds of the apples”) · until" in await answered(talk, "/mute")
    assert "tell of story:2 (“Frost takes" in await answered(talk, "/unmute story:2")
    several = " ".join((await answered(talk, "/mute story:1 OR story:2 OR story:99")).split())
    assert "(“Ferries to run every ten minutes” and “Frost takes two thirds of the apples”)" in several


@pytest.mark.parametrize(
    ("typed", "query", "note"),
    [
        ("oil and gas", "oil OR gas", "“and” is read as OR"),
        ("both the ferry and night trains", "the ferry OR night trains", "“and” is read as OR"),
        ("oil, gas und coal lang:de", "(oil OR gas OR coal) lang:de", "“und” is read as OR"),
        ("the mayor of Norrin and gas", "the mayor of Norrin gas", "“and” is read as AND"),
        ("oil AND gas", "oil gas", ""),
        ('"oil and gas"', '"oil and gas"', ""),
    ],
)
async def test_and_joins_things_of_which_each_is_meant_and_the_answer_says_so(talk, typed, query, note):
    for command in ("mute", "subscribe"):
        told = " ".join((await answered(talk, f"/{command} {typed}")).split())
        assert query in told
        assert note in told
        assert ("is read as" in told) == bool(note)


@pytest.mark.parametrize("typed", ["2", "#2", "2026"])
async def test_a_number_alone_is_asked_about(talk, typed):
    assert f"/mute story:{typed.strip('#')} is the story" in " ".join(
        (await answered(talk, f"/mute {typed}")).split()
    )
    assert "Nothing is muted" in await answered(talk, "/mute")


@pytest.mark.parametrize(
    "words", ["lamps until friday", "lamps for a few days", "lamps bis Montag", "lamps for 2 hours"]
)
async def test_a_length_that_is_not_clear_is_asked_about(talk, words):
    told = await answered(talk, f"/mute {words}", "editor")
    assert f"how long “{words.removeprefix('lamps ')}”" in " ".join(told.split())
    assert "Nothing is muted" in await answered(talk, "/mute", "editor")


async def test_a_reader_may_list_and_not_change(talk):
    for typed in (
        "/mute lamps",
        "/unmute lamps",
        "mute lamps",
        "unmute lamps",
    ):  # behind the desk's name, too
        assert "Only an editor" in await answered(talk, typed, "reader")
    assert "Nothing is muted" in await answered(talk, "/mute", "reader")


@pytest.mark.parametrize("text", ["/mute *", "/mute )(", "/unmute", "/mute for 7d", "/mute -lamps"])
async def test_nobody_mutes_everything(talk, text):
    await answered(talk, text)
    assert "Nothing is muted" in await answered(talk, "/mute")


async def test_another_chat_hears_it(talk):
    await answered(talk, "/mute lamps")
    other = Address("slack", "C0OTHER")
    assert "Nothing is muted" in await answered(talk, "/mute", at=other)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("football for 7d", ("football", 7)),
        ("football for 2 weeks", ("football", 14)),
        ("football for 2 weekſ", ("football", 14)),
        ("football for a fortnıght", ("football for a fortnıght", None)),
        ("Fußball für eİne Woche", ("Fußball für eİne Woche", None)),
        ("football for a week", ("football", 7)),
        ("football für zwei Wochen", ("football", 14)),
        ("football for a month", ("football", 30)),
        ("waiting for godot", ("waiting for godot", None)),
        ("for 7d", ("", 7)),
        ("oil for 0d", ("oil for 0d", None)),
    ],
)
def test_a_length_ends_a_mute(text, parts):
    assert query_and_days(text) == parts


@given(st.text(max_size=100))
def test_no_text_raises(text):
    query_and_days(text)
