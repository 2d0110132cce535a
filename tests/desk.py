"""A whole desk in a folder: a real store and index, a clock that a test moves, no processes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

from bot import config
from bot.app import App
from bot.domain.ports import Desk
from bot.inbox.receipts import Receipt
from bot.inbox.spool import Spool
from bot.platforms import connected
from bot.search.mending import MendingIndex
from bot.store.library import SqlLibrary
from bot.store.sql.database import open_store
from tests.fakes import FakeClock, HereAndNow
from tests.stores import migrated


class OpenDesk(App):
    """The app, with the ways that tests use it."""

    async def read(self, *paths: Path) -> list[Receipt]:
        """Ingest the files where they lie."""
        async with aclosing(self.ingest.files(paths)) as receipts:
            return [receipt async for receipt in receipts]

    async def empty_inbox(self) -> list[Receipt]:
        """Ingest what waits in the inbox."""
        async with aclosing(self.ingest.spool(Spool(self.config.inbox))) as receipts:
            return [receipt async for receipt in receipts]


@asynccontextmanager
async def open_desk(
    folder: Path,
    clock: FakeClock | None = None,
    options: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] | None = None,
) -> AsyncIterator[OpenDesk]:
    """A desk whose every file lies in ``folder``."""
    settings = config.build({"inbox": {"quiet": 0}, **(options or {})}, folder, environ or {})
    migrated(folder / "data" / "copydesk.db")
    async with await open_store(settings.store) as database, connected(settings.platforms) as platforms:
        library = SqlLibrary(database)
        index = MendingIndex(settings.search, library)
        desk = Desk(library, index, HereAndNow(), clock or FakeClock())
        yield OpenDesk(desk, desk.workers, database, platforms, settings)
        await index.aclose()


def an_article_file(folder: Path, name: str, title: str, *paragraphs: str) -> Path:
    """A plain text file: title, empty line, paragraphs."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join((title, *paragraphs)) + "\n", encoding="utf-8")
    return path


FERRY: Sequence[str] = (
    (
        "Ferries between Port Averne and the islands will run every ten minutes from Monday, the harbour "
        "authority said on Friday, after a winter in which passengers waited for up to two hours."
    ),
    (
        "Two ships that were bought second-hand in the spring have passed their sea trials. They carry 340 "
        "passengers each and will replace a boat that was built in 1968."
    ),
    (
        "“Nobody should have to plan a working day around one old engine,” said Celia Marrant, the mayor of "
        "Port Averne, who travels to work by boat."
    ),
    (
        "The fare stays at four crowns. A ticket that is valid for a month costs 96 crowns, six more than a "
        "year ago, and can be used on buses as well."
    ),
)
ORCHARD: Sequence[str] = (
    (
        "Growers in the lake district expect the smallest apple harvest for eleven years after a frost in the "
        "last week of April destroyed two thirds of the blossom."
    ),
    (
        "The growers' union said on Thursday that about 21,000 tonnes would be picked, against 58,000 in an "
        "ordinary year, and asked the government for 12 million crowns in aid."
    ),
    (
        "“We lit fires in the rows for three nights and on the fourth we ran out of wood,” said Lukas Brehm, "
        "who has grown apples near Vessmark since 1994."
    ),
    (
        "Prices in the shops are not expected to rise by much, because most of the apples that are sold in "
        "Halvenia come from abroad."
    ),
)
