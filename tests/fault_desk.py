"""A desk in a process of its own, to be killed: `python -m tests.fault_desk FOLDER DAYS`.

It keeps articles, stages what is due `DAYS` after noon and posts it to platforms that are files.
Where COPYDESK_FAILPOINT says so, it dies on the way.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

from bot.delivery.pacing import Pacing
from bot.delivery.posting import PostingPorts
from bot.delivery.scheduled import Deliver
from bot.digest.compose import ComposeSettings
from bot.digest.prepare import DigestMaker
from bot.domain.events import Payload, Posted, Unknown
from bot.domain.model import Address, Schedule, Subscription
from bot.domain.ports import Desk, Index
from bot.domain.reasons import in_words
from bot.platforms import LIMITS
from bot.runtime.processes import may_be_alive, this_process
from bot.search.index import IndexSettings, open_index
from bot.store.delivery.outbox import SqlOutbox
from bot.store.delivery.paces import SqlPaces
from bot.store.library import SqlLibrary
from bot.store.sql.database import StoreSettings, open_store
from tests.builders import NOON, a_reading, an_article
from tests.fakes import FakeClock, HereAndNow
from tests.fakes_chat import Owner, RecordingMessenger

ARTICLES = 3
CHANNELS = tuple(
    Subscription(f"file:{to}", f"{to.platform}-{to.chat}", to, "", Schedule("UTC", (time(8),)))
    for to in (Address(platform, f"{n}") for platform in ("slack", "telegram") for n in (1, 2))
)


@dataclass
class FileMessenger(RecordingMessenger):
    """What it took is in a file, as on a platform: it stays when the sender dies."""

    file: Path = field(default=Path())

    def _take(self, to: Address, payload: Payload, key: str, parent: str) -> Posted:  # noqa: ARG002 - as it is called
        line = json.dumps([self.platform, to.chat, payload.plain, key]) + "\n"
        # One write, which a kill does not cut in half.
        descriptor = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(descriptor, line.encode())
        os.close(descriptor)
        return Posted(key)

    async def find(self, to: Address, key: str, *, since: datetime) -> Posted | Unknown | None:
        if not self.history:
            return Unknown(in_words(f"bots cannot read {to} since {since}"))
        return Posted(key) if any(known == key for *_, known in taken(self.file)) else None


def taken(file: Path) -> list[list[str]]:
    """What the platforms took, in order: platform, chat, text, key."""
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


async def live(folder: Path, days: int, index: Index) -> None:
    """One life of the desk."""
    clock = FakeClock(NOON)
    async with await open_store(StoreSettings(f"sqlite:///{folder / 'copydesk.db'}")) as database:
        library = SqlLibrary(database)
        desk = Desk(library, index, HereAndNow(), clock)
        log = folder / "posted.jsonl"
        messengers = {
            "slack": FileMessenger("slack", history=True, file=log),
            "telegram": FileMessenger("telegram", history=False, file=log),
        }

        async def channels() -> tuple[Subscription, ...]:
            return CHANNELS

        outbox = SqlOutbox(database, holder=this_process(), alive=may_be_alive)
        wire = PostingPorts(outbox, messengers, channels, Owner(), Pacing(LIMITS, SqlPaces(database), clock))
        deliver = Deliver(desk, DigestMaker(desk, ComposeSettings(), {}), wire)
        await deliver.stage_due()
        for day in range(1, days + 1):
            for n in range(ARTICLES):
                text = f"Ship {day}-{n} left harbour {n}."
                reading = a_reading(an_article(text, title=f"Ship {day}-{n} sails"))
                await library.keep(reading, origin=text, data_key=text, added=clock.now(), story=None)
            clock.pass_by(days=1)
            await deliver.stage_due()
            await deliver.post_waiting(timedelta(minutes=5))


if __name__ == "__main__":
    where = Path(sys.argv[1])
    asyncio.run(live(where, int(sys.argv[2]), open_index(IndexSettings(where / "index"))))
