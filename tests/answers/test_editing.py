"""A chat's subscriptions as cards: what their buttons show and change, for whom, and where they are heeded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.access import Role
from bot.chat.edits import Edit, edit, mark
from bot.conversation.finding.pages import question_behind
from bot.domain.digests import Made
from bot.domain.message import Message
from bot.domain.model import Subscription, Window
from tests.conversation import ADA, BRAM, CHANNEL, EVE, Talk, buttons, open_talk, pressed, said, shown


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with open_talk(tmp_path) as opened:
        yield opened


async def cards(talk: Talk, wish: str = "lamps, ferry as mine", role: Role = "editor") -> Message:
    """The list of the channel's subscriptions, as Bram alone sees it."""
    if wish:
        await talk.answer.responder.reply(said(f"/subscribe {wish}", CHANNEL, BRAM), "editor")
    by = BRAM if role == "editor" else ADA
    return await talk.answer.responder.reply(said("/subscriptions", CHANNEL, by), role, private=True)


async def press(talk: Talk, shown_by: Message, *labels: str, role: Role = "editor") -> Message:
    by = BRAM if role == "editor" else ADA
    for label in labels:
        given = pressed(*buttons(shown_by)[label], CHANNEL, by)
        shown_by = await talk.answer.responder.reply(given, role, private=True)
    return shown_by


async def kept(talk: Talk) -> Subscription:
    (one,) = await talk.subscriptions.all()
    return one


async def test_the_list_leads_to_a_card_and_back(talk):
    listed = await cards(talk)
    assert set(buttons(listed)) == {"orchards", "mine"}
    card = await press(talk, listed, "mine")
    assert "lamps OR ferry" in shown(card)
    assert "The next digests come" in shown(card)
    assert card.private
    for label in ("Time", "Days", "Zone", "Style", "Topics", "Mute", "Why so many?", "End it"):
        assert set(buttons(await press(talk, card, label, "‹ Back"))) == set(buttons(card))
    assert buttons(await press(talk, card, "‹ All")).keys() == buttons(listed).keys()


async def test_times_days_zone_and_style_are_changed(talk):
    card = await press(talk, await cards(talk), "mine")
    card = await press(talk, card, "Time", "09:00")
    assert (await kept(talk)).schedule.at == (time(9),)
    card = await press(talk, card, "Time", "08:00 and 17:30", "Save")
    card = await press(talk, card, "Days", "Mon to Fri", "Save")
    card = await press(talk, card, "Zone", "America/New_York")
    card = await press(talk, card, "Style", "Brief: a line for each story", "Save")
    assert "08:00 and 17:30, Mon to Fri (America/New_York)" in " ".join(shown(card).split())
    assert "Style: brief" in shown(card)
    one = await kept(talk)
    assert (one.schedule.at, one.schedule.days) == ((time(8), time(17, 30)), frozenset(range(5)))
    assert (one.schedule.zone, one.schedule.follows, one.style) == ("America/New_York", False, "brief")
    card = await press(talk, card, "Zone", "The desk's own (Europe/London)")
    await press(talk, card, "Style", "The desk's own", "Save")
    one = await kept(talk)
    assert (one.schedule.zone, one.schedule.follows, one.style) == ("Europe/London", True, "")


async def test_before_a_change_is_kept_it_is_told_what_it_would_have_changed(talk):
    card = await press(talk, await cards(talk, "ships as mine"), "mine")
    tried = await press(talk, card, "Topics", "fruit")
    assert (await kept(talk)).query == 'topic:"ships"'
    told = " ".join(shown(tried).split())
    assert "a digest of the last 24 hours would be another: + 1 story, 1 stays." in told
    assert "Would come in: • Frost takes two thirds of the apples" in told
    assert "Would go" not in told
    assert "Nothing is changed yet" in told
    tried = await press(talk, tried, "‹ Back", "‹ Back", "Days", "Mon")
    assert "would be of the last 7 days, not of the last 24 hours: 1 stays." in " ".join(shown(tried).split())
    assert set(buttons(tried)) == {"Save", "‹ Back"}
    tried = await press(talk, tried, "‹ Back", "Style", "Full: every story in full")
    assert "nothing would change in a digest of the last 24 hours" in " ".join(shown(tried).split())
    assert (await kept(talk)).style == ""
    talk.clock.pass_by(days=2)
    assert "too little history" in shown(await press(talk, card, "Style", "Brief: a line for each story"))
    one, now = await kept(talk), talk.clock.now()
    made = Made(Window(0, 9), now - timedelta(days=3), now - timedelta(days=1))
    talk.outgoing.made[one.id] = made
    tried = await press(talk, card, "Topics", "fruit")
    assert "the digest of yesterday 12:00 would have been another: + 1 story" in " ".join(
        shown(tried).split()
    )


async def test_a_week_of_pause_and_going_on(talk):
    card = await press(talk, await cards(talk), "mine", "Pause for a week")
    assert "Paused until" in shown(card)
    assert (await kept(talk)).schedule.paused == talk.clock.now() + timedelta(days=7)
    card = await press(talk, card, "Go on now")
    assert "Paused" not in shown(card)
    assert (await kept(talk)).schedule.paused is None


async def test_topics_are_taken_in_and_out_and_the_last_one_stays(talk):
    card = await press(talk, await cards(talk, "ships as mine"), "mine")
    topics = await press(talk, card, "Topics", "fruit", "Save")
    assert (await kept(talk)).query == 'topic:"ships" OR topic:"fruit"'
    topics = await press(talk, topics, "✓ ships", "Save")
    assert (await kept(talk)).query == 'topic:"fruit"'
    topics = await press(talk, topics, "✓ fruit")
    assert "has to stay" in shown(topics)
    assert (await kept(talk)).query == 'topic:"fruit"'
    everything = await press(talk, await cards(talk, "* as all"), "all", "Topics", "ships", "Save")
    assert "✓ ships" in buttons(everything)


async def test_an_alternative_is_muted_for_a_week_and_told_again(talk):
    card = await press(talk, await cards(talk), "mine", "Mute", "lamps")
    assert "✓ lamps" in buttons(card)
    listed = shown(await talk.answer.responder.reply(said("/mute", CHANNEL, BRAM), "editor"))
    assert "lamps" in listed
    await press(talk, card, "✓ lamps")
    listed = shown(await talk.answer.responder.reply(said("/mute", CHANNEL, BRAM), "editor"))
    assert "Nothing is muted" in listed


async def test_a_digest_is_sent_now_and_a_subscription_ends(talk):
    card = await press(talk, await cards(talk), "mine")
    sent = await press(talk, card, "Send now")
    assert sent.aside
    assert [name for name, _ in talk.outgoing.posted] == ["mine"]
    ended = await press(talk, card, "End it", "Yes, end it")
    assert "“mine” has ended" in shown(ended)
    assert not ended.private
    assert await talk.subscriptions.all() == ()
    assert (await press(talk, card, "Time")).aside


async def test_why_so_many_counts_the_alternatives(talk):
    talk.clock.pass_by(days=10)
    why = await press(talk, await cards(talk), "mine", "Why so many?")
    told = " ".join(shown(why).split())
    assert "lamps: 7 articles" in told
    assert "ferry: 1 article" in told
    assert "lamps alone brings 88 %" in told
    assert "It would have brought 8 articles over" in told


async def test_a_new_subscription_is_rehearsed(talk):
    answer = await talk.answer.responder.reply(said("/subscribe lamps, ferry as a", CHANNEL, BRAM), "editor")
    assert "too little history yet" in shown(answer)
    talk.clock.pass_by(days=12)
    answer = await talk.answer.responder.reply(said("/subscribe lamps, ferry as b", CHANNEL, BRAM), "editor")
    told = " ".join(shown(answer).split())
    assert "It would have brought 8 articles over 12 days, on the busiest 8. lamps alone brings 88 %." in told
    answer = await talk.answer.responder.reply(said("/subscribe tapirs as c", CHANNEL, BRAM), "editor")
    assert "would have brought nothing" in shown(answer)


async def test_what_the_file_has_can_be_looked_at_and_sent(talk):
    card = await press(talk, await cards(talk, ""), "orchards")
    assert set(buttons(card)) == {"Send now", "Why so many?", "‹ All"}
    action, value = buttons(card)["Send now"]
    for verb in ("at", "pause", "stop", "mute", "as"):
        forged = pressed(action, value.replace(":now", f":{verb}"), CHANNEL, BRAM)
        answer = await talk.answer.responder.reply(forged, "editor", private=True)
        assert answer.aside
        assert "comes from config.toml" in shown(answer)


async def test_a_reader_looks_and_changes_nothing(talk):
    listed = await cards(talk, role="editor")
    mine = await cards(talk, "", role="reader")
    card = await press(talk, mine, "mine", role="reader")
    assert set(buttons(card)) == {"Why so many?", "‹ All"}
    action, value = buttons(card)["Why so many?"]
    for verb in ("now", "pause", "stop", "when", "mute", "tryas"):
        given = pressed(action, value.replace(":why", f":{verb}"), CHANNEL, ADA)
        answer = await talk.answer.responder.reply(given, "reader", private=True)
        assert "Only an editor" in shown(answer)
    assert talk.outgoing.posted == []
    before = await kept(talk)
    given = pressed(*buttons(await press(talk, listed, "mine"))["Pause for a week"], CHANNEL, EVE)
    assert (await talk.answer.responder.reply(given, "editor", private=True)).aside  # another's card
    assert await kept(talk) == before


async def test_forged_and_foreign_presses_change_nothing(talk):
    card = await press(talk, await cards(talk), "mine")
    before = await kept(talk)
    action, value = buttons(card)["Pause for a week"]
    token, _, rest = value.partition(":")
    of = rest.partition(".")[2]
    searched = await talk.answer.responder.reply(said("/search lamps", CHANNEL, BRAM), "editor", private=True)
    other = buttons(searched)["Next ›"][1].partition(":")[0]
    forged = [
        *("", "x", token, f"{'A' * 16}:pause.{of}", f"{other}:pause.{of}", f"{token}:pause.00000000"),
        *(
            f"{token}:{verb}.{of}.{argument}"
            for verb in ("at", "on", "in", "as", "tryon", "tryas", "trytopic")
            for argument in ("9", "ffffffff")
        ),
        *(
            f"{token}:{verb}.{of}"
            for verb in ("at", "tryon", "in", "tryas", "trytopic", "topic", "mute", "unmute", "explode")
        ),
    ]
    for one in forged:
        answer = await talk.answer.responder.reply(
            pressed(action, one, CHANNEL, BRAM), "editor", private=True
        )
        assert answer.aside, one
    answer = await talk.answer.responder.reply(
        pressed(action, value, CHANNEL, BRAM, "m9"), "editor", private=True
    )
    assert answer.aside
    assert await kept(talk) == before


async def test_its_buttons_fit_64_bytes_and_share_the_token(talk):
    listed = await cards(talk)
    card = await press(talk, listed, "mine")
    for label in ("Time", "Days", "Zone", "Style", "Topics", "Mute"):
        choices = await press(talk, card, label)
        for action, value in buttons(choices).values():
            assert len(f"{action}:{value}") <= 64
            assert question_behind(choices) == value.partition(":")[0] == question_behind(listed)


@given(
    st.from_regex(r"[A-Za-z0-9_-]{16}", fullmatch=True),
    st.from_regex("[a-z]{1,8}", fullmatch=True),
    st.text(),
    st.one_of(st.just(""), st.from_regex("[a-z0-9]{1,12}", fullmatch=True)),
)
def test_a_value_says_what_was_put_into_it(token, verb, name, argument):
    for of in ("", mark(name)):
        given = Edit(token, verb, of, argument)
        assert edit(str(given)) == given


@given(st.text())
def test_any_value_can_be_read(value):
    found = edit(value)
    assert found is None or edit(str(found)) == found
