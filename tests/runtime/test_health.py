"""What the desk tells of its own work: to whoever asks over HTTP, and to the service manager."""

from __future__ import annotations

import asyncio
import os
import re
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.domain.model import Document
from bot.ingest.opening import IngestSettings, Opening, Source
from bot.ingest.reading import ReadingSettings
from bot.runtime import health
from bot.runtime.health import Health, Seen, StagedSlot, Waiting
from bot.runtime.watchdog import ALIVE, READY, STOPPING, interval, notify, reloading
from bot.sources import rounds
from tests.builders import NOON
from tests.day import CHANNELS, Day, StoryClock
from tests.desk import open_desk
from tests.running import PERSON, town

ROOT = Path(__file__).resolve().parents[2]
MONDAY = datetime(2026, 11, 23, 7, 50, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Moments:
    """A clock of both kinds, moved by hand."""

    def __init__(self) -> None:
        self.passed = 0.0

    def elapsed(self) -> float:
        return self.passed

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.passed)

    async def sleep_until(self, moment: datetime) -> None:
        raise AssertionError(moment)


@pytest.fixture
def moments() -> Moments:
    return Moments()


@pytest.fixture
def known(moments) -> Health:
    known = Health(moments, moments.elapsed)
    known.expect(health.TICKS, MINUTE)
    known.expect(health.INTAKE, 5 * MINUTE)
    return known


def test_a_loop_is_overdue_until_it_turns(known, moments):
    moments.passed = 60.0
    assert known.overdue() == ()
    moments.passed = 61.0
    (told,) = known.overdue()
    assert told == "ticks has not gone round for 61 s; the most is 60 s"
    assert known.report(Seen())["reasons"] == [told]
    known.turned(health.TICKS)
    assert known.overdue() == ()
    moments.passed = 301.0
    assert [told.split()[0] for told in known.overdue()] == ["ticks", "intake"]


def test_a_loop_that_may_end_is_not_waited_for(known, moments):
    known.forget(health.TICKS)
    known.turned(health.TICKS)
    moments.passed = 299.0
    assert known.overdue() == ()


def test_the_report_is_as_the_document_has_it(known, moments):
    moments.passed = 30.0
    known.turned(health.TICKS)
    report = known.report(
        Seen(
            {"slack": False, "console": True},
            Waiting(3, NOON),
            StagedSlot("2026-11-22T08:00", NOON),
            closing=True,
            reserve=("telegram",),
            unreachable=("email is not set up",),
        )
    )
    assert report == {
        "status": "ailing",
        "reasons": ["the desk is closing", "nobody is heard on: slack", "email is not set up"],
        "now": "2031-03-04T12:00:30+00:00",
        "since": "2031-03-04T12:00:00+00:00",
        "last_tick": "2031-03-04T12:00:30+00:00",
        "last_slot": {"slot": "2026-11-22T08:00", "staged": "2031-03-04T12:00:00+00:00"},
        "inbox": {"waiting": 3, "oldest": "2031-03-04T12:00:00+00:00", "seconds": 30.0},
        "loops": {
            "ticks": {"turned": "2031-03-04T12:00:30+00:00", "seconds": 0.0, "within": 60.0},
            "intake": {"turned": "2031-03-04T12:00:00+00:00", "seconds": 30.0, "within": 300.0},
        },
        "platforms": {"slack": False, "console": True},
        "reserve": ["telegram"],
    }
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \| .* \| .* \|$", text, re.MULTILINE) == list(report)
    empty = known.report(Seen())
    assert (empty["status"], empty["last_slot"], empty["inbox"]["oldest"]) == ("well", None, None)


# --- a whole desk ----------------------------------------------------------------------------------


@pytest.fixture
async def story(tmp_path) -> AsyncIterator[Day]:
    async with town(tmp_path) as place:
        place.configure(web={"port": 0, "health": True}, channels=CHANNELS)
        yield Day(place, StoryClock(MONDAY))


async def test_health_is_told_in_socket_and_polling_mode(story):
    async with story.desk() as app:
        port = int((await port_of(story)).rpartition(" ")[2])
        story.drop("storm-inga.txt")
        await story.searchable(1)
        await story.reach(MONDAY.replace(hour=8, minute=0))
        await story.place.slack.until(lambda: bool(story.place.slack.posted("C1")))
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/health") as told:
                report = await told.json()
            assert (told.status, told.content_type) == (200, "application/json")
            assert (report["status"], report["inbox"]["waiting"]) == ("well", 0)
            assert report["last_slot"]["slot"] == "2026-11-23T08:00"
            assert report["platforms"] == {"console": True, "slack": True, "telegram": True}
            app.health._loops[health.INTAKE].within = timedelta(seconds=-1)
            async with session.get(f"http://127.0.0.1:{port}/health") as told:
                report = await told.json()
            assert (told.status, report["status"]) == (503, "ailing")
            assert report["reasons"][0].startswith("intake has not gone round for ")
    async with story.desk() as app:
        assert story.shift is not None
        assert story.shift.report()["last_slot"]["slot"] == "2026-11-23T08:00", "also after a restart"


async def port_of(story: Day) -> str:
    await story.ears.until("receiving requests on port ")
    line = next(line for line in story.ears.lines if line.startswith("receiving requests on port "))
    assert line.endswith(": /health, /healthz, /readyz")
    return line.removesuffix(": /health, /healthz, /readyz")


async def test_every_loop_that_idles_turns_with_its_tick(story, monkeypatch):
    monkeypatch.setattr(rounds, "LOOK", 0.05)
    async with story.desk() as app:
        desk = story.shift
        assert desk is not None
        expected = dict(app.health._loops)
        assert {*expected} == {
            *("ticks", "intake", "digests", "posting", "leases", "housekeeping", "sources"),
            *(f"listening on {name}" for name in ("console", "slack", "telegram")),
        }
        before = {name: loop.turned for name, loop in expected.items()}
        await asyncio.gather(desk._minute(), desk._rescan(), desk._renew(), desk._keep_house())
        async with asyncio.timeout(60):
            while late := [name for name, loop in expected.items() if loop.turned == before[name]]:
                await asyncio.sleep(0.01)
        assert late == []


async def test_a_loop_that_hangs_does_not_turn_with_the_tick(story, monkeypatch):
    """Neither one that waits for something else than its own, nor one that has ended."""
    async with story.desk() as app:
        desk, held = story.shift, asyncio.Event()
        assert desk is not None

        async def hangs(*_: object) -> None:
            await held.wait()

        monkeypatch.setattr(app.answer, "_take", hangs)
        story.place.telegram.say("/help", chat=PERSON)
        await story.place.telegram.until(lambda: app.answer._taking["telegram"])
        before = app.health._loops["listening on telegram"].turned
        await desk._minute()
        assert app.health._loops["listening on telegram"].turned == before
        held.set()


async def test_a_platform_whose_token_is_dead_is_unheard_and_not_overdue(story):
    story.place.configure(owner={"to": "slack:@U1"})
    async with story.desk() as app:
        story.place.telegram.revoke()
        story.place.telegram.block(PERSON)  # wakes the question that is open
        await story.ears.until("nobody is heard on telegram")
        assert story.shift is not None
        assert story.shift.report()["reasons"] == ["nobody is heard on: telegram"]
        assert "listening on telegram" not in app.health._loops


async def test_each_article_of_a_large_file_is_a_turn(tmp_path):
    turns: list[str] = []
    items = "".join(f"<item><title>{n}</title><description>Text {n}.</description></item>" for n in range(5))
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>a</title>{items}</channel></rss>'
    async with open_desk(tmp_path) as app:
        opening = Opening(app.desk, IngestSettings(ReadingSettings()), turns.append)
        opened = await opening.read(
            Source("feed.xml", lambda: Document("feed.xml", feed.encode(), NOON), len(feed))
        )
    assert len(opened.parts) == 5
    assert len(turns) >= 6


# --- the service manager ---------------------------------------------------------------------------


class Manager:
    """Listens where the desk tells systemd what it does."""

    def __init__(self, name: str) -> None:
        self.address = name
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(f"\0{name[1:]}" if name.startswith("@") else name)
        self._socket.setblocking(False)
        self.told: list[str] = []

    def hear(self) -> list[str]:
        while True:
            try:
                self.told.append(self._socket.recv(4096).decode())
            except BlockingIOError:
                return self.told

    async def until(self, holds: Callable[[list[str]], bool]) -> None:
        async with asyncio.timeout(60):
            while not holds(self.hear()):
                await asyncio.sleep(0.01)

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(params=["file", "abstract"])
def manager(request, tmp_path) -> Iterator[Manager]:
    manager = Manager(str(tmp_path / "notify") if request.param == "file" else f"@copydesk-{os.getpid()}")
    yield manager
    manager.close()


def test_the_service_manager_is_told_where_it_wants_to_be(manager, caplog):
    for state in (READY, ALIVE, STOPPING):
        notify(state, {"NOTIFY_SOCKET": manager.address})
    assert manager.hear() == ["READY=1", "WATCHDOG=1", "STOPPING=1"]
    assert re.fullmatch(r"RELOADING=1\nMONOTONIC_USEC=\d+", reloading())
    assert caplog.messages == []


def test_nobody_there_is_no_trouble(tmp_path, caplog):
    for address in ("", "relative", "vsock:1:2"):
        notify(READY, {"NOTIFY_SOCKET": address})
    notify(READY, {})
    assert caplog.messages == []
    notify(READY, {"NOTIFY_SOCKET": str(tmp_path / "gone")})
    assert caplog.messages == [
        "the service manager cannot be told READY: [Errno 2] No such file or directory"
    ]


@pytest.mark.parametrize(
    ("environ", "seconds"),
    [
        ({"WATCHDOG_USEC": "60000000"}, 30.0),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": str(os.getpid())}, 30.0),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({"WATCHDOG_USEC": "²"}, None),
        ({}, None),
    ],
)
def test_the_watchdog_is_fed_twice_in_its_time(environ, seconds):
    assert interval(environ) == seconds


@pytest.mark.parametrize("manager", ["file"], indirect=True)
async def test_a_desk_feeds_the_watchdog_while_its_loops_turn(story, monkeypatch, manager):
    environ = {
        **story.place.environ,
        "NOTIFY_SOCKET": manager.address,
        "WATCHDOG_USEC": "20000",
    }
    monkeypatch.setattr(type(story.place), "environ", environ)
    async with story.desk() as app:
        assert story.shift is not None
        await manager.until(lambda told: told.count(ALIVE) >= 3)
        assert manager.told[0] == READY
        story.place.telegram.revoke()
        story.place.telegram.block(PERSON)
        await story.ears.until("nobody is heard on telegram")
        fed = manager.hear().count(ALIVE)
        await manager.until(lambda told: told.count(ALIVE) > fed)
        story.shift.reload()
        await manager.until(lambda told: READY in told[1:])
        assert manager.told[manager.told.index(READY, 1) - 1].startswith("RELOADING=1\n")
        app.health._loops[health.POSTING].within = timedelta(seconds=-1)
        await story.ears.until("the service manager is told nothing any more: posting has not gone round")
        fed = manager.hear().count(ALIVE)
        looks = 0
        overdue = app.health.overdue

        def looked() -> tuple[str, ...]:
            nonlocal looks
            looks += 1
            return overdue()

        monkeypatch.setattr(app.health, "overdue", looked)
        async with asyncio.timeout(60):
            while looks < 3:
                await asyncio.sleep(0.01)
        assert manager.hear().count(ALIVE) == fed
    assert manager.hear()[-1] == STOPPING
