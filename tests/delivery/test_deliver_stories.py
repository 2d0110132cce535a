"""Stories on their way to places, under any interleaving of arrivals, copies, corrections, merges, mutes, alerts, quiet
hours, refusals, restarts and kills: each article of a window is shown, listed or has its reason; each thing is told a place once;
and a story comes again only with something new."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Coroutine, Mapping
from datetime import time, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from bot.delivery.pacing import Pacing
from bot.delivery.posting import PostingPorts
from bot.delivery.scheduled import Deliver
from bot.digest.compose import ComposeSettings
from bot.digest.prepare import DigestMaker, Prepared
from bot.domain.conversations import Mute
from bot.domain.model import Address, Schedule, Subscription, Window
from bot.domain.ports import Desk
from bot.domain.times.schedule import quiet_until
from bot.runtime import failpoints
from bot.search.index import IndexSettings, open_index
from bot.store.delivery.memory import SqlMemory
from bot.store.delivery.outbox import SqlOutbox
from bot.store.library import SqlLibrary
from bot.store.sql.database import StoreSettings, open_store
from bot.store.sql.delivery_schema import deliveries, digests, occasions, told
from bot.store.subscriptions import SqlMutes
from tests.builders import NOON, a_reading, an_article
from tests.fakes import FakeClock, HereAndNow, MemoryPaces
from tests.fakes_chat import Owner, RecordingMessenger
from tests.sampling import examples
from tests.stores import migrated

DESK, HALL = Address("slack", "C1"), Address("slack", "C2")
NIGHT = (time(22), time(9))
TWICE_A_DAY = Schedule("Europe/Berlin", (time(8), time(17, 30)))
CHANNELS = (
    Subscription("file:alerts", "alerts", DESK, "bridge OR tram", Schedule("UTC", quiet=NIGHT, alerts=2)),
    Subscription("file:daily", "daily", DESK, "", TWICE_A_DAY),
    Subscription(
        "file:hall", "hall", HALL, "", Schedule("Asia/Beirut", (time(0), time(8)), quiet=NIGHT), "threaded"
    ),
)
THEMES = ("bridge", "tram", "market", "tower")
PLACES = st.sampled_from([DESK, HALL])
WAY_OUT = tuple(point for point in failpoints.POINTS if point.startswith(("stage-", "post-")))
NUMBER = re.compile(r"\b\d+(?= weeks)")


class Killed(BaseException):
    """The process is gone: nothing of it answers this."""


def kill(*_: int) -> NoReturn:
    raise Killed


class Accounting(DigestMaker):
    """Looks that every file of a digest's window is told, listed or explained, and that nothing muted is told."""

    async def prepare(self, subscription: Subscription, *rest: Any, **options: Any) -> Prepared:
        prepared = await super().prepare(subscription, *rest, **options)
        digest = prepared.digest
        assert quiet_until(subscription.schedule, self._desk.clock.now()) is None
        there = {entry.id for brief in (*digest.briefs, *digest.also) for entry in brief.entries}
        explained = {one.item for one in digest.ledger.reasons}
        for arrival in await self._desk.library.arrivals(digest.window):
            assert arrival.entry in there or arrival.name in explained
        shown = " ".join(line.text for brief in digest.briefs for line in brief.lines)
        for mute in await self._mutes(subscription.to, self._desk.clock.now()):
            assert mute.query not in shown
        return prepared


class Stepping(SqlOutbox):
    """Remembers what alerts stepped over."""

    stepped: list[tuple[str, Window]]

    async def step_over(self, passed: Mapping[str, Window], now: Any) -> None:
        self.stepped += passed.items()
        await super().step_over(passed, now)


class News(RuleBasedStateMachine):
    """Two places, three subscriptions, one library, one process after the other."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="copydesk-news-"))
        self.loop = asyncio.Runner()
        store = migrated(self.folder / "copydesk.db")
        self.clock, self.slack = FakeClock(NOON), RecordingMessenger()
        self.database = self.run(open_store(StoreSettings(f"sqlite:///{store}")))
        index = open_index(IndexSettings(self.folder / "index"))
        self.desk = Desk(SqlLibrary(self.database), index, HereAndNow(), self.clock)
        self.mutes = SqlMutes(self.database)
        recall = SqlMemory(self.database).recall
        self.maker = Accounting(self.desk, ComposeSettings(stories=2), {}, recall, self.mutes.at)
        self.stories: dict[str, int] = {}
        self.theme: dict[int, str] = {}
        self.entries: dict[int, int] = {}
        self.merged: dict[str, str] = {}
        self.texts: set[str] = set()
        self.stepped: list[tuple[str, Window]] = []
        self.died: set[str] = set()
        self.lives = self.numbers = self.files = 0
        self.restart()
        self.tick()
        self.arrive(["bridge", "tower"], 60)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run(work)

    @rule()
    def restart(self) -> None:
        async def channels() -> tuple[Subscription, ...]:
            return CHANNELS

        self.lives += 1
        self.outbox = Stepping(self.database, holder=f"here-{self.lives}", alive=lambda holder: holder == "")
        self.outbox.stepped = self.stepped
        self.owner = Owner()
        paces = Pacing({}, MemoryPaces(), self.clock)
        wire = PostingPorts(self.outbox, {"slack": self.slack}, channels, self.owner, paces)
        self.deliver = Deliver(self.desk, self.maker, wire)

    def keep(self, theme: str, number: int, text: str, **how: Any) -> None:
        if text in self.texts:
            return
        self.texts.add(text)
        self.files += 1
        article = an_article(text, title=f"The {theme} at Mardle", source=how.pop("source", "Port Gazette"))
        story = self.stories.get(self.merged.get(theme, theme))
        name, how = f"{self.files}.txt", {"story": story} | how
        kept = self.run(
            self.desk.library.keep(
                a_reading(article), origin=name, data_key=name, added=self.clock.now(), **how
            )
        )
        self.stories.setdefault(theme, kept.entry)
        self.theme[number] = theme
        self.entries[number] = kept.entry

    @rule(themes=st.lists(st.sampled_from(THEMES), min_size=1, max_size=4), minutes=st.integers(0, 60 * 14))
    def arrive(self, themes: list[str], minutes: int) -> None:
        for theme in themes:
            self.one_arrives(theme)
        for passed in (2, minutes):
            self.pass_by(passed)
            self.post()

    def one_arrives(self, theme: str) -> None:
        self.numbers += 1
        number = 101 + 37 * self.numbers
        self.keep(theme, number, f"The {theme} at Mardle stays closed for {number} weeks, the council said.")

    @precondition(lambda self: self.entries)
    @rule(pick=st.randoms(use_true_random=False))
    def copy(self, pick: Any) -> None:
        number = pick.choice(sorted(self.entries))
        theme = self.theme[number]
        text = f"For {number} weeks the {theme} at Mardle stays closed, the council said."
        self.keep(theme, number, text, source="Harbour Times")

    @precondition(lambda self: self.entries)
    @rule(pick=st.randoms(use_true_random=False))
    def correct(self, pick: Any) -> None:
        before = pick.choice(sorted(self.entries))
        theme = self.theme[before]
        self.numbers += 1
        number = 101 + 37 * self.numbers
        text = f"The {theme} at Mardle stays closed for {number} weeks, the council said on Friday."
        self.keep(theme, number, text, revises=self.entries.pop(before))

    @rule()
    def merge(self) -> None:
        if self.merged or not {"tram", "bridge"} <= set(self.stories):
            return
        self.merged["tram"] = "bridge"
        self.numbers += 1
        number = 101 + 37 * self.numbers
        text = f"The bridge and the tram at Mardle stay closed for {number} weeks, the council said."
        self.keep("bridge", number, text, absorbs=[self.stories["tram"]])

    @rule(place=PLACES, theme=st.sampled_from(THEMES), days=st.none() | st.integers(1, 3))
    def mute(self, place: Address, theme: str, days: int | None) -> None:
        until = None if days is None else self.clock.now() + timedelta(days=days)
        self.run(self.mutes.add(place, Mute(theme, until), self.clock.now()))

    @rule(place=PLACES, theme=st.sampled_from(THEMES))
    def unmute(self, place: Address, theme: str) -> None:
        self.run(self.mutes.remove(place, theme))

    @rule(minutes=st.integers(1, 5) | st.integers(6, 60 * 20))
    def pass_by(self, minutes: int) -> None:
        self.clock.pass_by(minutes=minutes)
        self.tick()

    @rule()
    def tick(self) -> None:
        self.run(self.deliver.stage_due())
        assert not self.owner.told, self.owner.told  # an assertion of the accounting is told to the owner

    @rule()
    def post(self) -> None:
        self.run(self.deliver.post_waiting(timedelta(minutes=1)))
        self.owner.told.clear()  # of refusals

    @rule(point=st.sampled_from(WAY_OUT), passes=st.integers(1, 3), theme=st.sampled_from(THEMES))
    def die(self, point: str, passes: int, theme: str) -> None:
        """The process ends at a point of the way out, if it comes so far, and the next one takes up what it left."""
        self.one_arrives(theme)
        self.clock.pass_by(hours=5)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(failpoints, "_ordered", failpoints._order(f"{point}:{passes}"))
            patch.setattr(failpoints.os, "kill", kill)
            try:
                self.tick()
                self.post()
            except* Killed:
                self.died.add(point)
        self.restart()
        self.tick()
        self.post()

    @rule(place=PLACES)
    def shut(self, place: Address) -> None:
        self.slack.shut[place.chat] = "is_archived"

    @rule(place=PLACES)
    def let_in(self, place: Address) -> None:
        if self.slack.shut.pop(place.chat, None):
            self.run(self.deliver.resume(place))

    def teardown(self) -> None:
        try:
            self.arrive(list(THEMES), 60 * 9)
            if self.numbers % 2:
                self.merge()
            for place in (DESK, HALL):
                self.let_in(place)
            for _ in range(24 * 3):
                self.clock.pass_by(hours=1)
                self.tick()
                self.post()
            self.run(self.check())
        finally:
            self.run(self.database.aclose())
            self.loop.close()
            shutil.rmtree(self.folder)

    async def check(self) -> None:
        newest = await self.desk.library.revision()
        async with self.database.reading() as connection:
            made = (await connection.execute(select(digests).order_by(digests.c.id))).all()
            parts = (
                await connection.execute(
                    select(deliveries, occasions.c.digest)
                    .join(occasions, occasions.c.id == deliveries.c.occasion)
                    .order_by(deliveries.c.id)
                )
            ).all()
            rows = (await connection.execute(select(told).order_by(told.c.id))).all()
        assert {part.state for part in parts} <= {"sent"}
        for one in CHANNELS:
            windows = [Window(digest.after, digest.upto) for digest in made if digest.subscription == one.id]
            windows += [window for name, window in self.stepped if name == one.id]
            covered = {n for window in windows for n in range(window.after + 1, window.upto + 1)}
            assert covered == set(range(1, newest + 1))
        texts: dict[int, str] = defaultdict(str)
        for part in parts:
            texts[part.digest] += f"{part.plain}\n"
        for place in (DESK, HALL):
            here = [digest.id for digest in made if digest.chat == place.chat]
            assert "".join(f"{text}\n" for text in self.slack.texts(place.chat)) == "".join(
                texts[number] for number in here
            )
            numbers = [number for at in here for number in sorted(set(NUMBER.findall(texts[at])))]
            assert len(numbers) == len(set(numbers)), "something was told a place twice"
            self.check_news([row for row in rows if row.chat == place.chat], texts)

    def check_news(self, rows: list[Any], texts: dict[int, str]) -> None:
        """Each time that a story is told it has a number of its own that the place had not read."""
        known: set[str] = set()
        last = 0
        for row in rows:
            if row.digest != last:
                known |= set(NUMBER.findall(texts[last]))
                last = row.digest
            theme = {entry: self.theme[n] for n, entry in self.entries.items()}.get(row.lead)
            themes = {theme, "bridge", "tram"} if theme in {"bridge", "tram"} else {theme}
            fresh = set(NUMBER.findall(texts[row.digest])) - known
            assert theme is None or any(self.theme[int(number)] in themes for number in fresh)


# No shrinking: it takes minutes, and the found lives are short enough to read.
MODEST = settings(
    max_examples=examples(1, 40),
    stateful_step_count=30,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@pytest.mark.sampled(1)
def test_what_arrives_is_told_each_place_once_or_has_its_reason():
    run_state_machine_as_test(News, settings=MODEST)


def test_at_every_point_of_the_way_out_the_next_process_takes_up_what_is_left():
    news = News()
    news.begin()
    try:
        for point in WAY_OUT:
            for theme in THEMES:
                if point not in news.died:
                    news.die(point, 1, theme)
        assert news.died == set(WAY_OUT)
    finally:
        news.teardown()
