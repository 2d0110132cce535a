"""One day on both platforms: drop, scheduled digest, search, subscribe, and one catch-up after a stop."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.slack import blocks
from bot.chat.telegram import html
from bot.domain.digests import KeyQuote
from bot.domain.model import Entry, Subscription
from bot.views import layout
from bot.wording import phrases
from tests.builders import NOON
from tests.chat.kinds import ZONE, bridge, fares, full
from tests.day import Day, StoryClock, day
from tests.doubles.slack_reading import pieces
from tests.running import CHAT, PERSON, town
from tests.verbatim import Story, said_in, shown, words_of_html

MONDAY = datetime(2026, 11, 23, 7, 50, tzinfo=UTC)


async def test_a_day(tmp_path):
    async with day(tmp_path, MONDAY) as story:
        slack, telegram = story.place.slack, story.place.telegram
        async with story.desk() as app:
            story.drop("storm-inga.txt", "tanker-ruling.txt")
            await story.searchable(2)
            assert slack.posted("C1") == []
            await story.reach(MONDAY.replace(hour=8, minute=0))
            await slack.until(lambda: bool(slack.posted("C1")))
            await telegram.sent(CHAT)
            assert "Storm Inga" in "\n".join(slack.texts("C1"))

            asked = await slack.slash("/copydesk", "search sanctions", user="U1", channel="C1")
            await slack.until(lambda: bool(asked.responses))
            telegram.say("/subscribe sanctions as cargo at 12:00", chat=PERSON)
            await telegram.sent(PERSON)
            telegram.say("/quotes Ashby", chat=PERSON)
            await telegram.sent(PERSON, count=2)
            telegram.say("/help", chat=PERSON)
            await telegram.sent(PERSON, count=3)
            assert [one.name for one in await app.subscriptions()] == ["morning", "energy", "cargo"]
        before = len(slack.posted("C1")), len(telegram.messages(CHAT)), len(telegram.messages(PERSON))
        await story.reach(datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
        async with story.desk() as app:
            story.drop("gas-price-norrin.md")
            await story.searchable(3)
            await story.reach(datetime(2026, 11, 27, 12, 30, tzinfo=UTC))
            await slack.until(lambda: len(slack.posted("C1")) > before[0])
            await telegram.sent(CHAT, count=before[1] + 1)
            await telegram.sent(PERSON, count=before[2] + 1)
            await story.reach(datetime(2026, 11, 27, 12, 40, tzinfo=UTC))
            entries = await app.desk.library.after_revision(0, limit=10)
            subscriptions = await app.subscriptions()
        caught_up = slack.posted("C1")[before[0] :]
        assert [one["blocks"][0]["type"] for one in caught_up] == ["header"], "one catch-up, in one part"
        assert len(telegram.messages(CHAT)) == before[1] + 1
        told = told_in(story, entries, subscriptions)
        lines = shown(slack, telegram)
        assert told.strangers(lines) == []
        quoted = [line for line in lines if line.startswith("“") and told.of_an_article(line)]
        assert len(quoted) >= 3
        assert sum(map(told.of_an_article, lines)) >= 12
        assert slack.pings() == []


async def test_a_broadcast_channel_that_lets_the_desk_in_again_gets_one_catch_up(tmp_path):
    """In a channel nobody writes to the desk, so that it was let in is all that it learns."""
    channel = -1000000000005
    async with town(tmp_path) as place:
        place.telegram.chat(channel, "channel")
        place.configure(channels=[{"name": "wide", "to": f"telegram:{channel}", "at": ["08:00"]}])
        story = Day(place, StoryClock(MONDAY))
        async with story.desk() as app:
            place.telegram.kick(channel)
            await story.ears.until("gets no more digests")
            check = await place.start("check")
            _, told = await check.communicate()
            assert b"add it again" in told
            assert b"no digest is made for it until then" in told
            story.drop("storm-inga.txt")
            await story.searchable(1)
            await story.reach(MONDAY.replace(day=25, hour=8))
            place.telegram.join(channel, state="administrator")
            await place.telegram.sent(channel)
            assert await app.outbox.closures() == ()
            await story.reach(MONDAY.replace(day=25, hour=9))
        (caught_up,) = place.telegram.messages(channel)
        assert "Storm Inga" in caught_up.text


def told_in(story: Day, entries: Sequence[Entry], subscriptions: Sequence[Subscription]) -> Story:
    """What the story can have said: within five minutes of every moment that it reached."""
    moments = [moment + timedelta(minutes=minute) for moment in story.reached for minute in range(6)]
    ashby = (phrases.quotes_title("Ashby"), phrases.quotes_count(1, 1), phrases.quotes_count(2, 2))
    return Story(
        entries,
        "Europe/London",
        [one.name for one in subscriptions],
        ["sanctions"],
        subscriptions,
        moments,
        (*ashby, *said_in(layout.help_message())),
    )


# --- the judge itself ----------------------------------------------------------------------------


def judge() -> Story:
    entries = [bridge(1, "Port Gazette"), bridge(2, "Harbour Times"), fares()]
    return Story(entries, ZONE, ["morning"], ["ferries"], (), [NOON])


def lines_on(platform: str) -> list[str]:
    """What a reader sees of a digest there."""
    message = layout.digest_message(full(), ZONE)
    if platform == "telegram":
        texts = [words_of_html(json.loads(part.body)["text"]) for part in html.render(message)]
    else:
        bodies = [json.loads(part.body) for part in blocks.render(message)]
        texts = [piece.shown for body in bodies for piece in pieces(body["text"], body["blocks"])]
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_the_judge_knows_every_line_of_a_digest(platform):
    lines = lines_on(platform)
    assert len(lines) >= 12
    assert judge().strangers(lines) == []
    assert "Mardle’s swing bridge closes for <nine> weeks" in lines


@pytest.mark.parametrize(
    "line",
    [
        "Mardle’s swing bridge shuts for <nine> weeks",
        "Mardle’s swing bridge closes for &lt;nine&gt; weeks",
        "“We waited for the storm to pass, and then for another”",
        "In short: the bridge is closed.",
        "Ferries leave every ten minutes. Tram fares rise by *four* pence in June.",
        "— Orla Tennick, the mayor",
        "Port Gazette · tomorrow 08:00",
        "Tuesday 4 March 2031, 12:00 · since whenever",
        "3 files, 3 articles, 2 stories shown, 1 invented",
        "Read more",
    ],
)
def test_the_judge_refuses_what_nobody_wrote(line):
    assert judge().strangers([line]) == [line]


def test_a_quotation_of_other_words_is_seen():
    entry = fares()
    other = replace(entry.article, text=entry.article.text.replace("dearer", "costlier"))
    message = layout.quotes_message(
        "the mayor", [KeyQuote(replace(entry, article=other), entry.quotes[0])], NOON, ZONE
    )
    lines = [f"“{block.words}”" for block in message.blocks if hasattr(block, "words")]
    assert lines
    assert judge().strangers(lines) == lines
