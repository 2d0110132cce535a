"""A desk on either database, between recording messengers, with an article that is to be forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot import config
from bot.domain.ports import Desk
from bot.platforms import Connected
from bot.search.mending import MendingIndex
from bot.store.library import SqlLibrary
from bot.store.sql.database import open_store
from tests.desk import FERRY, ORCHARD, OpenDesk, an_article_file
from tests.fakes import FakeClock, HereAndNow
from tests.fakes_chat import RecordingMessenger

SECRET = "Quillonby"
"""A word that stands in the article that is forgotten, and nowhere else."""

VESSEL: tuple[str, ...] = (
    f"The tug {SECRET} sank off the northern pier on Sunday night, and its crew of four was rescued by a pilot boat.",
    f"“{SECRET} was the soundest hull in the harbour,” said Odo Marsk, who had been its engineer since 2009.",
    f"Divers will look at the wreck on Wednesday; the owners of {SECRET} said that they would pay for its removal.",
)
URL = "https://harbour.example/tug-sinks"
HARBOUR = {"name": "harbour", "to": "slack:C1", "at": ["13:00"]}
NEWS = {"name": "news", "to": "telegram:-1001", "at": ["13:00"]}


@dataclass
class Far:
    """What the two platforms have of the desk's messages."""

    slack: RecordingMessenger
    telegram: RecordingMessenger

    def has(self, word: str) -> bool:
        return any(word in text for one in (self.slack, self.telegram) for _, text, _ in one.posts)


@asynccontextmanager
async def a_desk(
    folder: Path, url: str, clock: FakeClock, far: Far, patience: float = 15.0, **tables: Any
) -> AsyncIterator[OpenDesk]:
    options = {"inbox": {"quiet": 0}, "store": {"url": url}, "channels": [HARBOUR, NEWS], **tables}
    settings = config.build(
        options,
        folder,
        {
            "SLACK_BOT_TOKEN": "xoxb-1-2-aaaaaaaaaaaaaaaaaaaaaaaa",
            "SLACK_APP_TOKEN": "xapp-1-2-aaaaaaaaaaaaaaaaaaaaaaaa",
            "TELEGRAM_BOT_TOKEN": f"123456:{'A' * 35}",
        },
    )
    platforms = Connected({"slack": far.slack, "telegram": far.telegram}, {}, {}, {})
    async with await open_store(replace(settings.store, patience=patience)) as database:
        library = SqlLibrary(database)
        index = MendingIndex(settings.search, library, waits=True)
        desk = Desk(library, index, HereAndNow(), clock)
        try:
            yield OpenDesk(desk, desk.workers, database, platforms, settings)
        finally:
            await index.aclose()


def far_ends() -> Far:
    return Far(RecordingMessenger(edits=True), RecordingMessenger("telegram", history=False, edits=True))


def ferry_file(inbox: Path, name: str, *paragraphs: str) -> None:
    """The article about the ferries, or a correction of it."""
    head = "---\ntitle: Ferries to run every ten minutes\nsource: Island Post\nurl: https://island.example/ferries\n---"
    (inbox / name).write_text("\n\n".join((head, *paragraphs)) + "\n", encoding="utf-8")


def drop(folder: Path) -> None:
    inbox = folder / "inbox"
    page = f"---\ntitle: Tug {SECRET} sinks off the pier\nurl: {URL}\nsource: Port Gazette\n---\n\n"
    inbox.mkdir(parents=True, exist_ok=True)
    (inbox / f"{SECRET}.md").write_text(page + "\n\n".join(VESSEL) + "\n", encoding="utf-8")
    ferry_file(inbox, "ferry.md", *FERRY)
    an_article_file(inbox, "frost.txt", "Frost takes the apples", *ORCHARD)


async def told(desk: OpenDesk, clock: FakeClock, folder: Path, *, post: bool = True) -> None:
    """Three articles come, and are staged for both channels; ``post``: and posted."""
    await desk.deliver.stage_due()
    drop(folder)
    await desk.empty_inbox()
    clock.pass_by(hours=1)
    assert await desk.deliver.stage_due() == 2
    if post:
        await desk.deliver.post_waiting(timedelta(minutes=1))


def traces(folder: Path, word: str = SECRET) -> list[str]:
    """The files below the folder, by name or content, that have the word."""
    wanted = (word.encode(), word.lower().encode())
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (word in path.name or any(one in path.read_bytes() for one in wanted))
    ]
