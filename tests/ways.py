"""The three ways of docs/design.md, walked: a file to the store, a slot to a post, a search to its reply.

``python -m tests.ways DIRECTORY`` walks them there and prints the modules that each entered. They are walked in a
process of its own because what an earlier test left in a cache is not called for again, and what one left to the
garbage collector ends meanwhile: by the order of a whole run one way had two modules fewer, or seven more.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any
from unittest import mock

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

BOT = Path(__file__).resolve().parents[1] / "bot"
WAYS = ("A file becomes searchable", "A slot becomes a post", "A `/search` becomes a reply")
CHANNEL = Address("slack", "C1")
OPTIONS = {
    "inbox": {"quiet": 0},
    "channels": [{"name": "morning", "to": str(CHANNEL), "at": ["08:00"]}],
    "access": {"allow": [str(CHANNEL)]},
}
SECRETS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


class Heard:
    """Slack, with one line heard."""

    def __init__(self, slack: Any, line: Any) -> None:
        self._slack, self._line = slack, line

    def __getattr__(self, name: str) -> Any:
        return getattr(self._slack, name)

    async def incoming(self) -> AsyncIterator[Any]:
        yield self._line


class Walked:
    """The modules of ``bot`` in which a function is called, in any thread that starts after this is made."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        threading.setprofile(self._note)  # a thread of a pool lives on: from its start, and not from a way's

    def _note(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_name != "<module>":
            self._files.add(frame.f_code.co_filename)

    @contextmanager
    def way(self) -> Iterator[set[str]]:
        """Those entered meanwhile, by their names without the package's: `store/library`."""
        seen: set[str] = set()
        self._files.clear()
        sys.setprofile(self._note)
        try:
            yield seen
        finally:
            sys.setprofile(None)
            paths = [Path(name) for name in self._files]
            seen |= {
                path.relative_to(BOT).with_suffix("").as_posix() for path in paths if path.is_relative_to(BOT)
            }


async def walk(there: Path) -> dict[str, set[str]]:
    """The modules that each way enters, in a desk whose workers are this process and whose Slack takes what is posted."""
    settings, clock, walked = config.build(OPTIONS, there, SECRETS), FakeClock(), Walked()
    migrated(there / "data" / "copydesk.db")
    with (
        mock.patch.object(SlackApi, "post", return_value={"ts": "1.1"}) as posted,
        mock.patch.object(SlackApi, "room", side_effect=lambda to: to.chat),
    ):
        async with await open_store(settings.store) as database, connected(settings.platforms) as platforms:
            library = SqlLibrary(database)
            index = MendingIndex(settings.search, library)
            desk = Desk(library, index, HereAndNow(), clock)
            app = OpenDesk(desk, desk.workers, database, platforms, settings)
            assert await app.deliver.stage_due() == 0
            await app.read(an_article_file(there, "first.txt", "Ferries from Port Averne", *FERRY[:3]))
            an_article_file(there / "inbox", "ferry.txt", "Ferries every ten minutes", *FERRY)
            with walked.way() as by_file:
                assert [one.outcome for one in await app.empty_inbox()] == ["new"]
            clock.pass_by(days=1)
            with walked.way() as by_slot:
                assert await app.deliver.stage_due() == 1
                assert await app.deliver.post_waiting(timedelta(minutes=1)) == {CHANNEL: 1}
            slack = Heard(platforms.messengers["slack"], said("/search ferries", CHANNEL, ADA))
            with walked.way() as by_search:
                await app.answer.run(slack, asyncio.Event())  # type: ignore[arg-type] # as good as a messenger
            assert posted.await_count == 2
            await index.aclose()
    return dict(zip(WAYS, (by_file, by_slot, by_search), strict=True))


if __name__ == "__main__":
    ways = asyncio.run(walk(Path(sys.argv[1])))
    json.dump({way: sorted(modules) for way, modules in ways.items()}, sys.stdout)
