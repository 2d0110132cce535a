"""Five mornings of one channel: stories that go on, one that is told again, a correction. `python -m tests.week` prints them."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.day import EXAMPLES, Day, day, words_of

MONDAY = datetime(2026, 11, 30, 7, 30, tzinfo=UTC)
FILES = sorted((EXAMPLES / "week").iterdir())
CORRECTED = "3-wed-ferry-steering.txt"
"""Not an article more, but a new version of Tuesday's."""


async def a_whole_week() -> str:
    """What the readers of a Slack channel see of the articles in `examples/week`, each in the morning that its name tells."""
    with tempfile.TemporaryDirectory() as folder:
        async with day(Path(folder), MONDAY - timedelta(minutes=5)) as story, story.desk():
            articles = 0
            for number in range(1, 6):
                names = [path.name for path in FILES if path.name.startswith(f"{number}-")]
                articles += len([name for name in names if name != CORRECTED])
                await _morning(story, MONDAY + timedelta(days=number - 1), names, articles)
        return "\n".join(story.told) + "\n"


async def _morning(story: Day, half_past_seven: datetime, names: list[str], articles: int) -> None:
    slack = story.place.slack
    await story.reach(half_past_seven)
    before = words_of(slack.posted("C1")[-1]) if CORRECTED in names else ""
    story.drop(*names, of="week")
    await story.searchable(articles)
    if CORRECTED in names:
        await story.reach(
            half_past_seven + timedelta(minutes=2)
        )  # the desk looks for corrections once a minute
        await slack.until(lambda: slack.called("chat.update"))
        now = words_of(slack.posted("C1")[-1])
        story.show("Slack: of yesterday's digest is changed", changed(before, now))
    told = len(slack.posted("C1"))
    await story.reach(half_past_seven + timedelta(minutes=30))
    await slack.until(lambda: len(slack.posted("C1")) > told)
    story.show("Slack, channel C1", [words_of(one) for one in slack.posted("C1")[told:]])


def changed(before: str, now: str) -> list[str]:
    """The lines that were not there before."""
    return [line for line in now.splitlines() if line not in before.splitlines()]


if __name__ == "__main__":
    sys.stdout.write(asyncio.run(a_whole_week()))
