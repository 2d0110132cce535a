"""A correction that is dropped into the inbox arrives in the messages of both platforms."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

from bot.app import App
from bot.delivery.replay import replay
from bot.domain.model import Address
from tests.day import Day, day, words_of
from tests.doubles.telegram import TelegramDouble
from tests.running import CHAT

MONDAY = datetime(2026, 11, 23, 7, 50, tzinfo=UTC)
PARAGRAPHS = (
    "The oil terminal at Port Averne will close for nine weeks from Monday, the harbour authority said.",
    "Tankers will be sent to Vessmark, where two berths were built last year.",
    "About 340 people work at the terminal, and all of them keep their jobs.",
)
RIGHT = PARAGRAPHS[0].replace("nine", "seven")


def drop(story: Day, name: str, *paragraphs: str) -> None:
    """An article with an address, by which a correction is known."""
    inbox = story.place.folder / "inbox"
    inbox.mkdir(exist_ok=True)
    record: dict[str, Any] = {
        "title": "Oil terminal closes",
        "text": "\n\n".join(paragraphs),
        "url": "https://gazette.example/terminal",
        "source": "Port Gazette",
        "published": "2026-11-23T07:00:00Z",
    }
    (inbox / name).write_text(json.dumps(record), encoding="utf-8")


def told(telegram: TelegramDouble) -> str:
    """What readers of the chat see there now."""
    return "\n".join(message.text for message in telegram.messages(CHAT))


async def corrected(story: Day) -> None:
    """Wait until the library has the correction."""
    assert story.app is not None
    heard = 0
    while await story.app.desk.library.revision() < 2:
        heard = await story.ears.until("searchable: ", after=heard)


async def replayed(app: App) -> list[str]:
    """What keeps the digests of both platforms from being made once more."""
    made = [
        await replay(number, app.lines, app.desk.library, app.platforms.messengers)
        for number, *_ in await app.lines.newest(20)
    ]
    assert len(made) == 2
    return [problem for one in made for problem in one.problems]


async def test_both_platforms_show_the_corrected_line_and_the_digest_can_be_replayed(tmp_path):
    async with day(tmp_path, MONDAY) as story:
        slack, telegram = story.place.slack, story.place.telegram
        async with story.desk() as app:
            drop(story, "terminal.json", *PARAGRAPHS)
            await story.searchable(1)
            await story.reach(MONDAY.replace(hour=8, minute=0))
            await slack.until(lambda: bool(slack.posted("C1")))
            await telegram.sent(CHAT)
            drop(story, "terminal-2.json", RIGHT, *PARAGRAPHS[1:])
            await corrected(story)
            await story.reach(MONDAY.replace(hour=8, minute=2))
            await slack.until(lambda: "seven weeks" in words_of(slack.posted("C1")[0]))
            await telegram.until(lambda: f"{RIGHT} (corrected)" in told(telegram))
            assert len(telegram.messages(CHAT)) == 1
            (post,) = slack.posted("C1")
            assert f"{RIGHT} (corrected)" in words_of(post)
            assert post["metadata"]["event_type"] == "copydesk_digest"
            async with asyncio.timeout(60):  # what a platform shows is kept a moment later
                while problems := await replayed(app):
                    assert len(problems) <= 2
            (listed,) = await app.archived.posted_to(Address("slack", "C1"), limit=1)
            kept = await app.archived.digest(listed.occasion)
            assert kept is not None
            assert kept.plan is not None
            at = await app.archived.corrected_at(kept.plan.entries.values())
            assert at is not None
            assert at >= MONDAY.replace(hour=8, minute=0)
