"""Probes and numbers of a whole desk: what is told, when it is 503, and that it names nobody."""

from __future__ import annotations

import asyncio
import errno
import json
import math
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.cli import probes
from bot.cli.probes import Probes, unusable
from bot.domain.errors import IndexRebuilding, StoreError
from bot.domain.messaging import Answered
from bot.domain.model import Outcome
from bot.domain.ports import Measures, Unmeasured
from bot.domain.sourcing import SourceState
from bot.runtime import health
from bot.runtime.health import Health, Queue, Seen
from bot.runtime.metrics import Counted, Metrics
from bot.web.settings import WebSettings
from tests.builders import NOON
from tests.day import CHANNELS, Day, StoryClock
from tests.fakes import FakeClock
from tests.running import PERSON, Log, town

MONDAY = datetime(2026, 11, 23, 7, 50, tzinfo=UTC)
FEEDS: list[dict[str, Any]] = [
    {"name": f"feed-{n}", "url": f"http://127.0.0.1:1/{n}.xml", "every": 10_080} for n in ("well", "worse")
]
SECRET_WORDS = ("morning", "energy", "C1", "-1001", "storm-inga", "feed-", "127.0.0.1", "copydesk.db")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            socket.gaierror(socket.EAI_NONAME, "Name unknown"),
            "web.host: here is no address of this machine (Name",
        ),
        (
            OSError(errno.EADDRNOTAVAIL, "while binding"),
            "web.host: here is no address of this machine (Cannot",
        ),
        (
            OSError(errno.EADDRINUSE, "while binding"),
            "web.port: here:8080 cannot be used (Address already in use)",
        ),
        (OSError(errno.EACCES, "while binding"), "web.port: here:8080 cannot be used (Permission denied)"),
    ],
)
def test_an_address_that_cannot_be_served_at_names_the_option_to_mend(error, words):
    told = unusable(WebSettings(host="here"), error)
    assert told.startswith(words)
    assert "; name another" in told


@pytest.fixture
async def story(tmp_path) -> AsyncIterator[Day]:
    async with town(tmp_path) as place:
        place.configure(web={"port": 0, "metrics": True}, channels=CHANNELS, sources=FEEDS)
        yield Day(place, StoryClock(MONDAY))


async def at(story: Day) -> str:
    """Where the pages are."""
    await story.ears.until("receiving requests on port ")
    line = next(line for line in story.ears.lines if line.startswith("receiving requests on port "))
    begun, _, pages = line.partition(": ")
    assert pages == "/health, /healthz, /readyz, /metrics"
    return f"http://127.0.0.1:{begun.rpartition(' ')[2]}"


@dataclass
class Elsewhere:
    """Workers that a desk hands work to."""

    queue: Queue
    measures: Measures = field(default_factory=Unmeasured)

    async def look(self) -> Queue:
        return self.queue


async def asked(url: str) -> tuple[int, str, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as told:
        return told.status, told.headers["Content-Type"], await told.text()


def numbers(text: str) -> dict[tuple[str, ...], float]:
    """Each number by its name and the values of its labels."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def at_once(monkeypatch) -> None:
    monkeypatch.setattr(probes, "KEPT", 0.0)


@pytest.mark.usefixtures("at_once")
async def test_a_desk_tells_its_numbers_and_names_nobody(story):
    async with story.desk() as app:
        url = await at(story)
        story.drop("storm-inga.txt", "tanker-ruling.txt")
        await story.searchable(2)
        await story.reach(MONDAY.replace(hour=8, minute=0))
        await story.place.slack.until(lambda: bool(story.place.slack.posted("C1")))
        story.place.telegram.say("/search storm", chat=PERSON)
        await story.place.telegram.sent(PERSON)
        for one in FEEDS:
            await story.ears.until(f"the source {one['name']} ")
        await app.source_store.keep(SourceState(FEEDS[0]["url"], NOON, NOON, succeeded=NOON))
        async with asyncio.timeout(60):
            while True:
                status, kind, text = await asked(f"{url}/metrics")
                found = numbers(text)
                if found.get(("copydesk_parts", "slack", "sent")) and (
                    found.get(("copydesk_answer_seconds_count", "telegram"))
                ):
                    break
        assert (status, kind) == (200, "text/plain; version=0.0.4; charset=utf-8")
        assert found["copydesk_articles_total", "new"] == 2
        assert found["copydesk_articles_total", "unreadable"] == 0
        assert found["copydesk_sources", "ok"] == found["copydesk_sources", "broken"] == 1
        assert found["copydesk_store_up",] == 1
        assert found["copydesk_platform_heard", "telegram"] == 1
        assert found["copydesk_loop_within_seconds", "ticks"] == 180
        assert found["copydesk_loop_age_seconds", "posting"] < 60
        assert found["copydesk_answer_seconds_count", "telegram"] == 1
        assert 0 < found["copydesk_answer_seconds_sum", "telegram"] < 60
        assert [word for word in SECRET_WORDS if word in text] == []
        assert not [name for name in found if name[0].startswith(("process_", "python_"))]
        assert not [name for name in found if name[0].endswith("_created")]


@pytest.mark.usefixtures("at_once")
async def test_a_desk_is_ready_while_what_it_stands_on_answers(story, monkeypatch):
    async with story.desk() as app:
        url = await at(story)
        assert (await asked(f"{url}/healthz"))[::2] == (200, "alive\n")
        status, _, text = await asked(f"{url}/readyz")
        ready = {"ready": True, "reasons": [], "store": True, "index": True}
        assert (status, json.loads(text)) == (
            200,
            {**ready, "platforms": {"console": True, "slack": True, "telegram": True}},
        )

        async def broken(*_: object, **__: object) -> Any:
            raise StoreError("the database /srv/secret/copydesk.db is locked")

        async def building(*_: object, **__: object) -> Any:
            raise IndexRebuilding("/srv/secret/index")

        with monkeypatch.context() as patched:
            waits = {("reading", "waiting"): 2, ("reading", "working"): 1}
            for queue, well in (
                (Queue({}, workers=0), True),
                (Queue(waits, 60.0, workers=1, sign=1.0), True),
                (Queue(waits, 60.0), False),
            ):
                patched.setattr(app, "queued", Elsewhere(queue))
                status, _, text = await asked(f"{url}/readyz")
                assert (status, json.loads(text)["workers"]) == (200 if well else 503, queue.workers)
                assert json.loads(text)["reasons"] == (
                    [] if well else ["no worker is alive, and tasks wait: 2"]
                )
            found = numbers((await asked(f"{url}/metrics"))[2])
            assert (found["copydesk_tasks", "reading", "waiting"], found["copydesk_workers",]) == (2, 0)
            assert found["copydesk_oldest_task_seconds",] == 60

        with monkeypatch.context() as patched:
            patched.setattr(app.desk.library, "revision", broken)
            patched.setattr(app.desk.index, "search", building)
            patched.setattr(app.backlog, "oldest", broken)
            patched.setattr(app.platforms.messengers["telegram"], "healthy", lambda: False)
            status, _, text = await asked(f"{url}/readyz")
            assert (status, json.loads(text)["reasons"]) == (
                503,
                [
                    "the store does not answer: StoreError",
                    "the index does not answer: IndexRebuilding",
                    "nobody is heard on: telegram",
                ],
            )
            assert "secret" not in text
            found = numbers((await asked(f"{url}/metrics"))[2])
            assert found["copydesk_store_up",] == 0
            assert found["copydesk_platform_heard", "telegram"] == 0
            assert not [name for name in found if name[0] in {"copydesk_parts", "copydesk_sources"}]
            assert (await asked(f"{url}/healthz"))[0] == 200
        app.health._loops[health.POSTING].within = timedelta(seconds=-1)
        status, _, text = await asked(f"{url}/healthz")
        assert (status, text.split(" for ")[0]) == (503, "posting has not gone round")
        assert (await asked(f"{url}/readyz"))[0] == 200


@pytest.mark.usefixtures("at_once")
async def test_a_store_that_hangs_is_not_waited_for(story, monkeypatch):
    async with story.desk() as app:
        url = await at(story)
        monkeypatch.setattr(probes, "WITHIN", 0.01)

        async def hangs(*_: object) -> None:
            await asyncio.Event().wait()

        monkeypatch.setattr(app.desk.library, "revision", hangs)
        _, _, text = await asked(f"{url}/readyz")
        assert "the store does not answer: TimeoutError" in json.loads(text)["reasons"]


async def test_a_desk_that_closes_is_alive_and_not_ready(story):
    async with story.desk() as app:
        stop = asyncio.Event()
        stop.set()
        assert story.shift is not None
        pages = Probes(app, story.shift.report, stop).pages()
        assert (await pages["/healthz"]()).status == 200
        told = await pages["/readyz"]()
        assert (told.status, json.loads(told.body)["reasons"]) == (503, ["the desk is closing"])


async def test_who_asks_in_a_loop_is_told_what_the_first_was():
    made = 0

    async def page() -> Answered:
        nonlocal made
        made += 1
        await asyncio.sleep(0)
        return Answered(200, body=str(made))

    kept = probes._Kept(page)
    assert {one.body for one in await asyncio.gather(*(kept() for _ in range(100)))} == {"1"}
    kept._until = 0.0
    assert (await kept()).body == "2"


def test_every_outcome_has_a_number_from_the_start_and_what_went_is_not_told_any_more():
    metrics, report = Metrics(), Health(FakeClock(NOON)).report(Seen())
    found = numbers(metrics.written(report, Counted({("slack", "waiting"): 3}, 60.0, {"ok": 1})))
    assert [found["copydesk_articles_total", outcome] for outcome in get_args(Outcome)] == [0.0] * 5
    assert (found["copydesk_parts", "slack", "waiting"], found["copydesk_oldest_part_seconds",]) == (3, 60)
    metrics.unanswered("slack")
    metrics.known_tasks(["reading"])
    metrics.task("reading", "set_aside", 2.0, again=True)
    found = numbers(metrics.written(report, Counted()))
    assert ("copydesk_parts", "slack", "waiting") not in found
    assert found["copydesk_unanswered_total", "slack"] == 1
    assert (
        found["copydesk_tasks_done_total", "reading", "set_aside"]
        == found["copydesk_tasks_again_total", "reading"]
        == 1
    )
    assert found["copydesk_tasks_done_total", "reading", "failed"] == 0
    assert math.isnan(found["copydesk_workers",]), "this desk hands nothing on"


async def test_a_desk_writes_its_log_as_json(tmp_path):
    async with town(tmp_path) as place:
        place.configure(log={"format": "json"})
        log = Log(await place.start())
        opened = json.loads(await log.until("the desk is open"))
        assert {**opened, "time": ""} == {
            "time": "",
            "level": "INFO",
            "logger": "bot.cli.daemon",
            "message": "the desk is open: console, slack, telegram",
        }
        assert await log.close() == 0
        assert all("level" in json.loads(line) for line in "".join(log.lines).splitlines())
