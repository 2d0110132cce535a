"""One day on both platforms: drop, scheduled digest, search, subscribe, and one catch-up after a stop."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

from tests.day import day
from tests.running import CHAT, PERSON

MONDAY = datetime(2026, 11, 23, 7, 50, tzinfo=UTC)


async def test_a_day(tmp_path):
    async with day(tmp_path, MONDAY) as story:
        slack, telegram = story.place.slack, story.place.telegram
        async with story.desk() as app:
            story.drop("storm-inga.txt", "tanker-ruling.txt")
            await story.searchable(2)
            assert slack.posted("C1") == []
            await story.reach(MONDAY.replace(hour=8, minute=0))
            await slack.until(lambda: bool(slack.posted("C1")), seconds=30)
            await telegram.sent(CHAT, within=30)
            assert "Storm Inga" in "\n".join(slack.texts("C1"))

            asked = await slack.slash("/copydesk", "search sanctions", user="U1", channel="C1")
            await slack.until(lambda: bool(asked.responses), seconds=30)
            telegram.say("/subscribe sanctions as cargo at 12:00", chat=PERSON)
            await telegram.sent(PERSON, within=30)
            assert [one.name for one in await app.subscriptions()] == ["morning", "energy", "cargo"]
        before = len(slack.posted("C1")), len(telegram.messages(CHAT)), len(telegram.messages(PERSON))
        await story.reach(datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
        async with story.desk() as app:
            story.drop("gas-price-norrin.md")
            await story.searchable(3)
            await story.reach(datetime(2026, 11, 27, 12, 30, tzinfo=UTC))
            await slack.until(lambda: len(slack.posted("C1")) > before[0], seconds=30)
            await telegram.sent(CHAT, count=before[1] + 1, within=30)
            await telegram.sent(PERSON, count=before[2] + 1, within=30)
            await story.reach(datetime(2026, 11, 27, 12, 40, tzinfo=UTC))
            entries = await app.desk.library.after_revision(0, limit=10)
        caught_up = slack.posted("C1")[before[0] :]
        assert [one["blocks"][0]["type"] for one in caught_up] == ["header"], "one catch-up, in one part"
        assert len(telegram.messages(CHAT)) == before[1] + 1
        texts = [entry.article.text for entry in entries]
        lines = "\n".join(telegram.texts()).splitlines()
        quoted = [line for line, after in pairwise(lines) if line.startswith("“") and after.startswith("— ")]
        assert quoted
        for line in quoted:
            assert any(line.strip("“”") in text for text in texts), line
        assert slack.pings() == []
