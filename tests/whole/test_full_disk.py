"""The whole desk on a full disk: nothing is lost, one sentence says so, and it goes on once there is room."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event

from bot.app import App
from tests.day import EXAMPLES, day
from tests.running import CHAT

MONDAY = datetime(2026, 11, 23, 7, 50, tzinfo=UTC)
NO_ROOM, ROOM = 1, 2**30
"""Pages that the database may have; SQLite takes fewer than it has for as many as it has."""


class Disk:
    """Says of each connection, when it is used, how far the database may grow."""

    def __init__(self, app: App) -> None:
        self.pages = ROOM
        event.listen(app.outbox._database._reading.sync_engine, "checkout", self._limit)

    def _limit(self, connection: Any, *_: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA max_page_count = {self.pages}")
        cursor.close()


async def test_a_full_disk_loses_nothing_and_is_one_sentence(tmp_path, caplog):
    names = sorted(path.name for path in (EXAMPLES / "inbox").iterdir() if path.suffix in {".txt", ".md"})
    inbox = tmp_path / "inbox"
    async with day(tmp_path, MONDAY) as story:
        slack, telegram = story.place.slack, story.place.telegram
        async with story.desk() as app:
            disk = Disk(app)
            story.drop(*names[:-2])
            first = await story.ears.until("the inbox is empty")
            with closing(sqlite3.connect(tmp_path / "data" / "copydesk.db")) as store:
                store.execute("VACUUM")  # migrations leave free pages, which are room on a full disk
            disk.pages = NO_ROOM
            story.drop(*names[-2:])
            await story.ears.until("the inbox could not be emptied")
            answered = list(inbox.rglob("*.receipt.json"))
            left = [path for path in inbox.iterdir() if path.is_file()]
            assert len(left) + len(answered) == len(names)
            assert left
            await story.reach(MONDAY.replace(hour=8, minute=0))
            await story.ears.until('the digest "morning" waits')
            assert slack.posted("C1") == []
            sentences = set(map(str, app.owner._kept))
            assert all("is full; nothing was lost: free some space" in told for told in sentences)
            assert len(sentences) <= 1 + len(app.config.channels)

            disk.pages = ROOM
            await story.ears.until("the inbox is empty", after=first)
            await story.reach(MONDAY.replace(hour=8, minute=1))
            await slack.until(lambda: bool(slack.posted("C1")))
            await story.reach(MONDAY.replace(day=24, hour=8, minute=0))
            await telegram.sent(CHAT)
            assert set(map(str, app.owner._kept)) == sentences
            entries = await app.desk.library.after_revision(0, limit=99)
        titles = [entry.article.title for entry in entries]
    assert len(titles) == len(set(titles))
    settled = [path for shelf in ("done", "failed") for path in (inbox / shelf).rglob("*") if path.is_file()]
    answered = [path for path in settled if path.name.endswith(".receipt.json")]
    assert (len(answered), len(settled)) == (len(names), 2 * len(names))
    assert not [record for record in caplog.records if record.exc_info]
