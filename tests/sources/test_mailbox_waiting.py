"""A letter that comes while the desk waits is asked for at once; what goes wrong while waiting is no matter."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from unittest.mock import Mock

import pytest

from bot.domain.sourcing import Source
from bot.sources.mailbox import waiting
from bot.sources.mailbox.imap import Imap
from bot.sources.mailbox.letters import Mailboxes
from bot.sources.mailbox.waiting import MailboxWaits
from tests.doubles import dovecot as real
from tests.doubles import imap as double
from tests.doubles.dovecot import dovecot, letter
from tests.doubles.imap import ImapServer, imap_server
from tests.doubles.smtp import CERTIFICATE
from tests.fakes import FakeClock
from tests.sources.feeds import MemorySources


def trusted() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=CERTIFICATE)


class Waits:
    """Waits at some mailboxes, and which of them are in a hurry."""

    def __init__(self, *sources: Source) -> None:
        async def nowhere(*_: object) -> str:
            raise AssertionError

        self.sources = list(sources)
        self.hurried: asyncio.Queue[str] = asyncio.Queue()
        mailboxes = Mailboxes(MemorySources(), nowhere, FakeClock(), 10_000, 10, trusted)
        self.waits = MailboxWaits(mailboxes, lambda: self.sources, self.hurried.put_nowait)

    async def next(self) -> str:
        return await asyncio.wait_for(self.hurried.get(), 20)


@asynccontextmanager
async def running(desk: Waits) -> AsyncIterator[asyncio.Task[None]]:
    stop = asyncio.Event()
    task = asyncio.create_task(desk.waits.run(stop))
    try:
        yield task
    finally:
        stop.set()
        await asyncio.wait_for(task, 20)


def source(server: ImapServer, name: str = "news") -> Source:
    mailbox = server.mailbox()
    return Source(name, mailbox.url, first=None, mailbox=mailbox)


async def test_each_letter_that_comes_hurries_its_source():
    async with imap_server() as server:
        desk = Waits(source(server), Source("feed", "https://a.example/feed"))
        async with running(desk):
            for uid in (1, 2):
                await asyncio.wait_for(server.idles.wait(), 20)
                server.put(uid, letter("One"))
                assert await desk.next() == source(server).url
        assert server.times("SELECT") == 0


async def test_a_letter_that_comes_between_two_waits_is_not_missed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(waiting, "WITHIN", 0.05)
    async with imap_server() as server:
        desk = Waits(source(server))
        async with running(desk):
            await asyncio.wait_for(server.idles.wait(), 20)
            server.letters[5] = letter("One")  # nobody is told
            assert await desk.next() == source(server).url


async def test_a_server_that_tells_of_letters_where_none_came_is_asked_again_after_a_pause():
    async with imap_server() as server:
        server.odd["IDLE"] = double.raw(b"+ idling\r\n* 3 EXISTS\r\n")
        desk = Waits(source(server))
        async with running(desk):
            for _ in range(2):
                await desk.next()
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(desk.hurried.get(), 0.2)
        assert server.times("IDLE") == 2


@pytest.mark.parametrize("turns", range(4))
async def test_an_end_that_comes_with_a_letter_is_not_overheard(monkeypatch: pytest.MonkeyPatch, turns: int):
    """Else the desk would wait on, for the rest of its wait."""
    come: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    async def told(*_: object) -> bool:
        return await come

    monkeypatch.setattr(Imap, "_within", told)
    imap = Imap(ImapServer().mailbox(), 5.0)
    imap._client = Mock()
    waits = asyncio.create_task(imap.idle(60.0))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    come.set_result(True)
    for _ in range(turns):
        await asyncio.sleep(0)
    ended = waits.cancel()
    await asyncio.wait({waits})
    assert waits.cancelled() == ended


async def test_a_server_that_tells_of_nothing_is_left_to_the_rounds():
    async with imap_server(can="IMAP4rev1 AUTH=PLAIN") as server:
        desk = Waits(source(server))
        await asyncio.wait_for(desk.waits._wait_at(source(server)), 20)
        assert server.times("IDLE") == 0


@pytest.mark.parametrize(
    "odd", [double.hung_up, double.endless, double.says(b"BAD no"), double.raw(b"* BYE\r\n")]
)
async def test_a_server_that_fails_is_tried_again_later(odd: double.Odd, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(waiting, "PAUSE", 0.01)
    async with imap_server() as server:
        server.odd["IDLE"] = odd
        desk = Waits(source(server))
        async with running(desk):
            while server.times("IDLE") < 2:
                await asyncio.sleep(0)
            server.odd.clear()
            await asyncio.wait_for(server.idles.wait(), 20)
            server.put(1, letter("One"))
            await desk.next()


async def test_what_nobody_foresaw_is_logged_and_tried_again_later(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(waiting, "PAUSE", 0.01)
    idle, failures = Imap.idle, [ZeroDivisionError("odd")]

    async def odd(self: Imap, seconds: float) -> bool:
        if failures:
            raise failures.pop()
        return await idle(self, seconds)

    monkeypatch.setattr(Imap, "idle", odd)
    async with imap_server() as server:
        desk = Waits(source(server))
        async with running(desk):
            await asyncio.wait_for(server.idles.wait(), 20)
            server.put(1, letter("One"))
            await desk.next()
    assert "news: waiting for letters failed" in caplog.text


async def test_a_mailbox_that_is_no_longer_configured_is_left(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(waiting, "LOOK", 0.01)
    async with imap_server() as server, imap_server() as other:
        desk = Waits(source(server))
        async with running(desk):
            await asyncio.wait_for(server.idles.wait(), 20)
            desk.sources = [source(other, "other")]
            await asyncio.wait_for(other.idles.wait(), 20)
            names = {task.get_name() for task in asyncio.all_tasks()}
            assert "waiting at other" in names
            assert "waiting at news" not in names


@pytest.mark.skipif(bool(real.WHY_NOT), reason=real.WHY_NOT)
async def test_dovecot_tells_of_a_letter_over_an_encrypted_connection_too():
    with dovecot() as server:
        server.put("Told", letter("One"))
        mailbox = server.mailbox("Told", port=server.tls, tls=True)
        desk = Waits(Source("news", mailbox.url, mailbox=mailbox))
        async with running(desk):
            for number in range(20):  # when it waits is not to be seen from here
                server.put("Told", letter(f"Number {number}"))
                with suppress(TimeoutError):
                    assert await asyncio.wait_for(desk.hurried.get(), 1) == mailbox.url
                    return
    raise AssertionError("nothing was told")
