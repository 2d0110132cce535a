"""The three ways of docs/design.md, walked: a file to the store, a slot to a post, a search to its reply."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.chat.slack.api import SlackApi
from bot.domain.model import Address
from bot.domain.ports import Desk
from bot.platforms import connected
from bot.search.mending import MendingIndex
from bot.store.library import SqlLibrary
from bot.store.sql.database import open_store
from tests.conversation import ADA, said
from tests.desk import FERRY, OpenDesk, an_article_file
from tests.fakes import FakeClock, HereAndNow
from tests.stores import migrated
from tests.ways import entered

CHANNEL = Address("slack", "C1")
OPTIONS = {
    "inbox": {"quiet": 0},
    "channels": [{"name": "morning", "to": str(CHANNEL), "at": ["08:00"]}],
    "access": {"allow": [str(CHANNEL)]},
}
SECRETS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
PLAN = Path(__file__).resolve().parents[1] / "docs" / "design.md"
MOST = {"A file becomes searchable": 101, "A slot becomes a post": 86, "A `/search` becomes a reply": 81}
"""Modules that each way may enter: who adds one looks whether another has become superfluous.

What an earlier test left in a cache is not called for again (`text/languages` on the first way), so one run enters
modules that another does not: of whole runs in random order one had three more than the test has alone. Each way has room.
"""


class Heard:
    """Slack, with one line heard."""

    def __init__(self, slack: Any, line: Any) -> None:
        self._slack, self._line = slack, line

    def __getattr__(self, name: str) -> Any:
        return getattr(self._slack, name)

    async def incoming(self) -> AsyncIterator[Any]:
        yield self._line


@pytest.fixture
async def walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """The modules that each way enters, in a desk whose workers are this process."""
    posted: list[str] = []

    async def post(_: SlackApi, method: str, *__: object) -> dict[str, str]:
        posted.append(method)
        return {"ts": "1.1"}

    async def room(_: SlackApi, to: Address) -> str:
        return to.chat

    monkeypatch.setattr(HereAndNow, "_read", {})  # another test may have read the same text
    monkeypatch.setattr(SlackApi, "post", post)
    monkeypatch.setattr(SlackApi, "room", room)
    settings, clock = config.build(OPTIONS, tmp_path, SECRETS), FakeClock()
    migrated(tmp_path / "data" / "copydesk.db")
    async with await open_store(settings.store) as database, connected(settings.platforms) as platforms:
        library = SqlLibrary(database)
        index = MendingIndex(settings.search, library)
        desk = Desk(library, index, HereAndNow(), clock)
        app = OpenDesk(desk, desk.workers, database, platforms, settings)
        assert await app.deliver.stage_due() == 0
        await app.read(an_article_file(tmp_path, "first.txt", "Ferries from Port Averne", *FERRY[:3]))
        an_article_file(tmp_path / "inbox", "ferry.txt", "Ferries every ten minutes", *FERRY)
        with entered() as by_file:
            assert [one.outcome for one in await app.empty_inbox()] == ["new"]
        clock.pass_by(days=1)
        with entered() as by_slot:
            assert await app.deliver.stage_due() == 1
            assert await app.deliver.post_waiting(timedelta(minutes=1)) == {CHANNEL: 1}
        slack = Heard(platforms.messengers["slack"], said("/search ferries", CHANNEL, ADA))
        with entered() as by_search:
            await app.answer.run(slack, asyncio.Event())  # type: ignore[arg-type] # as good as a messenger
        assert len(posted) == 2
        await index.aclose()
    return dict(zip(MOST, (by_file, by_slot, by_search), strict=True))


def told(way: str) -> list[str]:
    """The modules that the plan names on a way, without those that only a running daemon enters."""
    text = PLAN.read_text(encoding="utf-8").partition(f"**{way}.**")[2].partition("\n\n")[0]
    return [name for name in re.findall(r"`([a-z_]+(?:/[a-z_]+)+)`", text) if not name.startswith("cli/")]


async def test_the_ways_are_as_the_plan_tells_them(walked: dict[str, set[str]]):
    for way, modules in walked.items():
        assert len(told(way)) >= 8
        assert [name for name in told(way) if name not in modules] == []
        assert len(modules) <= MOST[way]
