"""A page that somebody adds: fetched, dropped, and answered for with its receipt, through the real intake."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.domain.sourcing import Added, FetchFailed
from bot.inbox.awaited import RECENT, AwaitedReceipts
from bot.inbox.dropping import DropBox
from bot.inbox.receipts import Receipt
from bot.inbox.spool import Spool
from bot.sources.adding import PageAdder
from bot.sources.fetching import Fetching
from bot.sources.host_turns import HostTurns
from bot.sources.settings import FetchSettings
from tests.builders import NOON
from tests.desk import open_desk
from tests.fakes import HereAndNow
from tests.sources.far_end import answer, far_end
from tests.sources.feeds import page

LOOPBACK = FetchSettings(max_mb=1, private=(ip_network("127.0.0.0/8"),))


async def added(folder: Path, body: bytes, *, times: int = 1) -> list[Added]:
    """What is told of a page, added so many times, while a desk empties its inbox."""
    wake, stop, found = asyncio.Event(), asyncio.Event(), []
    async with far_end() as server, open_desk(folder) as desk:
        server.answers["/repairs"] = answer(200, body, Content_Type="text/html")
        fetching = Fetching(LOOPBACK, HereAndNow(), turns=HostTurns(apart=0))

        async def dropped(name: str, data: bytes) -> str:
            file = await desk.drop(name, data)
            wake.set()
            return file

        adder = PageAdder(fetching, dropped, desk.ingest.receipts)
        loop = asyncio.create_task(desk.ingest.run(Spool(desk.config.inbox), wake, stop))
        await asyncio.sleep(0)  # it begins
        found += [await adder(server.url("/repairs")) for _ in range(times)]
        stop.set()
        wake.set()
        await loop
        await fetching.aclose()
    return found


async def test_the_answer_is_what_the_receipt_says(tmp_path):
    first, again = await added(tmp_path, page("the bridge"), times=2)
    assert (first.outcome, first.title) == ("new", "Repairs to the bridge decided")
    assert first.file.startswith("added/repairs-")
    assert again.outcome == "known"


async def test_a_page_without_an_article_is_told_with_its_reason(tmp_path):
    [told] = await added(tmp_path, b"<html><body></body></html>")
    assert told.outcome == "unreadable"
    assert told.reason is not None


@pytest.mark.parametrize("url", ["nonsense", "http://127.0.0.1/", "http://user:pw@example.org/"])
async def test_what_may_not_be_fetched_is_refused(tmp_path, url):
    fetching = Fetching(FetchSettings(), HereAndNow())
    adder = PageAdder(fetching, DropBox(tmp_path), AwaitedReceipts())
    with pytest.raises(FetchFailed):
        await adder(url)
    await fetching.aclose()
    assert list(tmp_path.iterdir()) == []


async def test_a_receipt_that_came_before_it_is_asked_for_is_there_and_many_are_not_kept():
    receipts = AwaitedReceipts()
    receipts.live = True
    for number in range(RECENT + 10):
        receipts.note(Receipt(f"{number}.txt", "new", NOON))
    assert (await receipts.of(f"{RECENT}.txt", 0.0)) == Receipt(f"{RECENT}.txt", "new", NOON)
    assert await receipts.of("0.txt", 0.0) is None


async def test_nobody_waits_where_no_file_is_read():
    with suppress(TimeoutError):
        async with asyncio.timeout(5):
            assert await AwaitedReceipts().of("a.txt", 3600) is None
