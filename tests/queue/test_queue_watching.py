"""What is told of the queue: what waits and since when, who is alive, and what came back how."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot import config
from bot.cli.check import _workers
from bot.domain.errors import OverBudget
from bot.domain.ports import TaskOutcome, Unmeasured
from bot.domain.reasons import Reason
from bot.queue.watching import look
from bot.store.sql.database import StoreSettings, open_store
from tests.queue.hosts import Here, a_desk, a_host, at_work


@dataclass
class Counting(Unmeasured):
    """Keeps what was measured."""

    tasks: list[tuple[str, TaskOutcome, bool]] = field(default_factory=list)

    def task(self, kind: str, outcome: TaskOutcome, seconds: float, *, again: bool) -> None:
        assert 0 <= seconds < 60
        self.tasks.append((kind, outcome, again))


def doubled(number: int) -> int:
    if number == 0:
        raise OverBudget(Reason("work.died", times=3))
    if number == 1:
        raise OverBudget(Reason("work.nested"))
    if number == 2:
        raise ValueError("a fault")
    return 2 * number


async def test_what_waits_is_told_with_who_could_work_on_it(postgres_url, capsys):
    counting = Counting()
    settings = config.build(
        {"workers": {"engine": "queue"}}, config.Path("/desk"), {"DATABASE_URL": postgres_url}
    )
    async with (
        await open_store(StoreSettings(postgres_url)) as database,
        a_desk(postgres_url, {"doubling": doubled}) as desk,
    ):
        assert await look(database) == await desk.look()
        assert (await desk.look()).deserted is False
        assert await _workers(settings)
        desk.measures = counting
        asked = [asyncio.create_task(desk.run(doubled, number)) for number in range(4)]
        async with asyncio.timeout(30):
            while (await desk.look()).waiting < 4:
                await asyncio.sleep(0.01)
        told = await desk.look()
        assert (told.tasks, told.workers, told.sign, told.deserted) == (
            {("doubling", "waiting"): 4},
            0,
            None,
            True,
        )
        assert 0 < told.oldest < 30
        assert not await _workers(settings)
        async with a_host(postgres_url, {"doubling": doubled}, Here()) as host, at_work(host):
            answers = await asyncio.gather(*asked, return_exceptions=True)
            told = await desk.look()
            assert await _workers(settings)
    assert [type(one) for one in answers] == [OverBudget, OverBudget, ValueError, int]
    assert (told.tasks, told.oldest, told.workers) == ({}, 0.0, 1)
    assert told.sign is not None
    assert told.sign < 20
    assert sorted(counting.tasks) == [
        ("doubling", outcome, False) for outcome in ("done", "failed", "refused", "set_aside")
    ]
    printed, complained = capsys.readouterr()
    assert "none is alive, so that files will wait" in complained
    assert "none is alive, and 4 files wait for one, the oldest for " in complained
    assert "workers: 1 worker, the last heard of " in printed


async def test_a_store_that_nobody_has_handed_anything_on_in_has_no_workers(postgres_url):
    async with await open_store(StoreSettings(postgres_url)) as database:
        told = await look(database)
    assert (told.tasks, told.workers, told.sign) == ({}, 0, None)


async def test_a_desk_that_reads_by_itself_is_not_asked_for_workers(capsys):
    assert await _workers(config.build({}, config.Path("/desk"), {}))
    assert capsys.readouterr() == ("", "")
