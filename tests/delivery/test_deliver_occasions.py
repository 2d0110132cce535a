"""Under any interleaving of ticks, crashes, restarts, lost answers, refusals, late invitations and clock jumps:
every occasion is settled at most once, what arrived is told exactly once, and every part reaches its chat once, in order."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import delete, select, update

from bot.delivery.pacing import Pacing
from bot.delivery.posting import PostingPorts
from bot.delivery.scheduled import Deliver
from bot.digest.prepare import Prepared
from bot.domain.digests import Brief, Digest, Ledger
from bot.domain.errors import BadCredentials, Refused, RetryLater
from bot.domain.model import Address, Schedule, Subscription, Window
from bot.domain.ports import Desk
from bot.domain.times.schedule import slots_between
from bot.store.delivery.outbox import SqlOutbox
from bot.store.sql.database import StoreSettings, open_store
from bot.store.sql.delivery_schema import deliveries, digests, occasions, unfinished
from tests.builders import NOON, an_entry
from tests.fakes import FakeClock, MemoryPaces
from tests.fakes_chat import Lost, Owner, RecordingMessenger
from tests.sampling import examples
from tests.stores import migrated

HERE = Address("slack", "C1")
SCHEDULE = Schedule("Europe/Berlin", (time(2, 30), time(8), time(17, 30)))
CHANNEL = Subscription("file:morning", "morning", HERE, "", SCHEDULE)
HOURS = timedelta(hours=1)
POINTS = ("stage-writing", "stage-committed", "post-attempted", "post-answered")


class Crash(BaseException):
    """The process is gone: nothing may catch it."""


@dataclass
class Revisions:
    """A library of which only its newest revision is known."""

    newest: int = 0

    async def revision(self) -> int:
        return self.newest


class Telling:
    """A DigestMaker whose digest has a story for each revision, so that one sees what was told."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock

    async def prepare(self, subscription, occasion, window, since, **_: bool) -> Prepared:
        told = range(window.after + 1, window.upto + 1)
        briefs = tuple(Brief(n, f"Story {n}", (), (), (an_entry(id=n),)) for n in told)
        ledger = Ledger(articles=len(briefs))
        digest = Digest(occasion, subscription.name, window, since, self._clock.now(), briefs, ledger)
        return Prepared(digest, len(briefs))

    async def watch(self, _: object) -> None:
        """It makes a digest of everything."""

    async def matching(self, _: Subscription, window: Window) -> tuple[int, ...]:
        return tuple(range(window.after + 1, window.upto + 1))


class Lives(RuleBasedStateMachine):
    """One channel, one database, one process after the other."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="copydesk-lives-"))
        self.loop = asyncio.Runner()
        store = migrated(self.folder / "copydesk.db")
        self.clock, self.library, self.slack = FakeClock(NOON), Revisions(), RecordingMessenger()
        self.lives, self.jumped = 0, False
        self.database = self.run(open_store(StoreSettings(f"sqlite:///{store}")))
        self.restart()
        self.tick()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run(work)

    @rule()
    def restart(self) -> None:
        async def channels() -> list[Subscription]:
            return [CHANNEL]

        self.lives += 1
        self.outbox = SqlOutbox(self.database, holder=f"here-{self.lives}", alive=lambda holder: holder == "")
        desk = Desk(self.library, None, None, self.clock)  # type: ignore[arg-type] -- staging needs no more
        wire = PostingPorts(
            self.outbox, {"slack": self.slack}, channels, Owner(), Pacing({}, MemoryPaces(), self.clock)
        )
        self.deliver = Deliver(desk, Telling(self.clock), wire)  # type: ignore[arg-type] -- it tells

    @rule(count=st.integers(1, 3))
    def arrive(self, count: int) -> None:
        self.library.newest += count

    @rule(hours=st.integers(1, 60))
    def pass_by(self, hours: int) -> None:
        self.clock.pass_by(hours=hours)

    @rule(hours=st.integers(-100, 100) | st.sampled_from([-(10**5), 10**5]))
    def jump(self, hours: int) -> None:
        self.jumped = self.jumped or hours < 0
        self.clock.pass_by(hours=hours)

    @rule()
    def tick(self) -> None:
        self.run(self.deliver.stage_due())

    @rule()
    def post(self) -> None:
        self.run(self.deliver.post_waiting(timedelta(minutes=1)))

    @rule(
        what=st.sampled_from(
            [
                *(Lost(), Lost(taken=False), RetryLater(HERE, "ratelimited", 20), KeyError("ts"), None),
                *(Refused(HERE, "is_archived", closed=True), BadCredentials(HERE, "token_revoked")),
            ]
        )
    )
    def order_trouble(self, what: Lost | Exception | None) -> None:
        self.slack.trouble["C1"].append(what)

    @rule(why=st.sampled_from(["not_in_channel", "is_archived"]))
    def shut(self, why: str) -> None:
        self.slack.shut["C1"] = why

    @rule(known=st.booleans())
    def let_in(self, known: bool) -> None:
        self.slack.shut.clear()
        if known:
            self.run(self.deliver.resume(HERE))

    @rule(point=st.sampled_from(POINTS), passes=st.integers(1, 3))
    def crash(self, point: str, passes: int) -> None:
        left = passes

        def reach(name: str) -> None:
            nonlocal left
            left -= name == point
            if name == point and not left:
                raise Crash

        with (
            mock.patch("bot.store.delivery.staging.reach", reach),
            mock.patch("bot.delivery.posting.reach", reach),
        ):
            try:
                self.tick()
                self.post()
            except* Crash:
                self.restart()
                self.run(self.forgive())

    async def forgive(self) -> None:
        """Two crashes by chance on one slot or part would set it aside."""
        async with self.database.writing() as connection:
            await connection.execute(delete(unfinished))
            await connection.execute(update(deliveries).values(deaths=0))

    def teardown(self) -> None:
        try:
            self.slack.shut.clear()
            # Where the clock was ahead, the slots until then are settled: nothing comes before they are over.
            for hour in range(24 * 100):
                self.clock.pass_by(hours=1)
                self.tick()
                if hour >= 48 and self.told_upto() == self.library.newest:
                    self.run(self.deliver.post_waiting(timedelta(hours=2)))
                    if self.told_upto() == self.library.newest and not self.run(self.outbox.closures()):
                        break
            self.run(self.check())
        finally:
            self.run(self.database.aclose())
            self.loop.close()
            shutil.rmtree(self.folder)

    def told_upto(self) -> int:
        return self.run(self.outbox.standing(CHANNEL.id, now=NOON)).upto

    async def check(self) -> None:
        async with self.database.reading() as connection:
            made = (await connection.execute(select(digests).order_by(digests.c.id))).all()
            settled = (await connection.execute(select(occasions.c.kind, occasions.c.key))).all()
            parts = (await connection.execute(select(deliveries).order_by(deliveries.c.id))).all()
        windows = [(one.after, one.upto) for one in made]
        assert [after for after, _ in windows] == [0, *(upto for _, upto in windows)][:-1]
        assert windows[-1][1] == self.library.newest
        assert len(set(settled)) == len(settled)
        told = "\n".join(part.plain for part in parts)
        assert [told.count(f"Story {n}\n") for n in range(1, self.library.newest + 1)] == [
            1
        ] * self.library.newest
        assert {part.state for part in parts} <= {"sent"}
        assert self.slack.texts("C1") == [part.plain for part in parts]
        if not self.jumped:
            keys = {key for kind, key in settled if kind == "slot"}
            slots = slots_between(SCHEDULE, NOON, self.clock.now())
            assert keys >= {slot.key for slot in slots[-40:]}


# No shrinking: it takes minutes, and the found lives are short enough to read.
MODEST = settings(
    max_examples=examples(6, 100),
    stateful_step_count=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@pytest.mark.sampled(1)
def test_every_occasion_is_settled_once_and_none_is_lost():
    run_state_machine_as_test(Lives, settings=MODEST)
