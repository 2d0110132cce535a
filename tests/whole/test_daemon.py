"""A shift on its own: what ends a part of it, and what comes back."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, tzinfo

from apscheduler.schedulers import base
from apscheduler.triggers import interval
from telegram import Bot
from telegram.error import Conflict

from bot import config
from bot.app import opened
from bot.chat.telegram import intake
from bot.chat.telegram.intake import Intake
from bot.cli import daemon
from bot.delivery.forgetting import Forgetting
from bot.delivery.lanes import Lanes
from bot.ingest.pipeline import Ingest
from tests.day import Day, StoryClock
from tests.doubles.telegram import TOKEN
from tests.running import PERSON, town

MONDAY = datetime(2026, 11, 23, 7, 50, tzinfo=UTC)


async def asks_again_and_again(rival: Bot) -> None:
    """Another program, which wants each update as much as the desk does."""
    while True:
        with contextlib.suppress(Conflict):
            await rival.get_updates(timeout=10)


async def test_a_rival_is_outlasted_and_the_owner_told_once_of_each(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "RIVALRY", 0.0)
    monkeypatch.setattr(daemon, "AGAIN", 0.3)
    async with town(tmp_path) as place:
        place.configure(owner={"to": f"telegram:{PERSON}"})
        story, telegram = Day(place, StoryClock(MONDAY)), place.telegram
        async with story.desk(), Bot(TOKEN, base_url=telegram.base_url) as rival:
            assert story.shift is not None
            assert story.shift.report()["reasons"] == []
            asking = asyncio.create_task(asks_again_and_again(rival))
            (lost,) = await telegram.sent(PERSON)
            assert "nobody is heard on telegram: another program asks" in lost.text
            tries = len(telegram.called("deleteWebhook"))
            await telegram.until(lambda: len(telegram.called("deleteWebhook")) >= tries + 3)
            assert story.shift.report()["reasons"] == ["nobody is heard on: telegram"]
            assert len(telegram.messages(PERSON)) == 1
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            _, back = await telegram.sent(PERSON, 2)
            assert back.text == "telegram is heard again"
            assert story.shift.report()["reasons"] == []
            telegram.say("/help", chat=PERSON)
            assert "What I can do" in (await telegram.sent(PERSON, 3))[2].text


async def test_a_dead_token_is_not_tried_again(tmp_path, monkeypatch):
    monkeypatch.setattr(daemon, "AGAIN", 0.0)
    async with town(tmp_path) as place:
        place.configure(owner={"to": "slack:@U1"})
        story, telegram = Day(place, StoryClock(MONDAY)), place.telegram
        async with story.desk():
            assert story.shift is not None
            telegram.revoke()
            telegram.block(PERSON)  # wakes the question that is open
            await story.ears.until("nobody is heard on telegram")
            calls = len(telegram.calls)
            asked = await place.slack.slash("/copydesk", "help", user="U1", channel="C1")
            await place.slack.until(lambda: bool(asked.responses))
            assert len(telegram.calls) == calls


async def test_every_tick_comes_in_the_thread_of_the_loop(tmp_path):
    """An event that is set in another thread may wake nobody; asyncio's debug mode raises there."""
    ticks: dict[str, int] = {}
    async with town(tmp_path) as place:
        story = Day(place, StoryClock(MONDAY))
        settings = config.load(place.folder / "config.toml", place.environ)
        async with opened(settings, clock=story.clock) as app:
            desk = daemon.Daemon(app, place.environ)
            for owner, name in (
                (app.deliver, "wake"),
                (desk._inbox, "set"),
                (app.leases, "take"),
                (app.owner, "tick"),
            ):
                _note_the_thread(owner, name, ticks)
            scheduler = desk._ticks()
            scheduler.start()
            soon = datetime.now(UTC) + timedelta(minutes=6)
            assert all(job.next_run_time < soon for job in scheduler.get_jobs()), (
                "old records go soon after a start"
            )
            for job in scheduler.get_jobs():
                job.modify(next_run_time=datetime.now(UTC))
            async with asyncio.timeout(60):
                while len(ticks) < 4:
                    await asyncio.sleep(0.01)
            scheduler.shutdown(wait=False)
    assert set(ticks.values()) == {threading.get_ident()}


async def test_ticks_do_not_wait_for_the_moment_from_which_the_clock_was_set_back(tmp_path, monkeypatch):
    hours = timedelta(hours=2)

    class SetBack(datetime):
        """The system's clock as the scheduler reads it."""

        back = timedelta()

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override] # no SetBack is needed
            return datetime.now(tz) - cls.back

    for module in (base, interval):
        monkeypatch.setattr(module, "datetime", SetBack)
    monkeypatch.setattr(daemon, "datetime", SetBack)
    monkeypatch.setattr(daemon, "LOOK", 0.02)
    async with town(tmp_path) as place:
        story = Day(place, StoryClock(MONDAY))
        settings = config.load(place.folder / "config.toml", place.environ)
        async with opened(settings, clock=story.clock) as app:
            desk = daemon.Daemon(app, place.environ)
            woken = asyncio.Event()
            monkeypatch.setattr(app.deliver, "wake", woken.set)
            ticks = desk._ticks()
            ticks.start()
            following = asyncio.create_task(desk._follow_clock(ticks))
            await asyncio.sleep(0)
            SetBack.back = hours
            story.clock.jump(MONDAY - hours)
            async with asyncio.timeout(60):
                await woken.wait()
            following.cancel()
            soon = datetime.now(UTC) - hours + timedelta(minutes=6)
            assert [job.next_run_time < soon for job in ticks.get_jobs()] == [True] * 4
            ticks.shutdown(wait=False)


def _note_the_thread(owner: object, name: str, ticks: dict[str, int]) -> None:
    known = getattr(owner, name)

    def noted(*args: object, **more: object) -> object:
        ticks[name] = threading.get_ident()
        return known(*args, **more)

    setattr(owner, name, noted)


async def test_a_loop_that_ends_is_started_again_and_the_others_go_on(tmp_path, monkeypatch):
    async with town(tmp_path) as place:
        place.configure(owner={"to": "slack:@U1"})
        story, telegram = Day(place, StoryClock(MONDAY)), place.telegram
        ends = ["the posting", "the intake", "listening on telegram", "the forgetting"]
        monkeypatch.setattr(Lanes, "_opened", _fails_once(Lanes._opened))
        monkeypatch.setattr(Ingest, "_emptied", _fails_once(Ingest._emptied))
        monkeypatch.setattr(Intake, "_open", _fails_once(Intake._open))
        monkeypatch.setattr(Forgetting, "try_to_finish", _fails_once(Forgetting.try_to_finish))
        async with story.desk():
            for name in ends:
                await story.ears.until(f"{name} ended unexpectedly (AssertionError at test_daemon.py")
            story.drop("storm-inga.txt")
            await story.searchable(1)
            telegram.say("/help", chat=PERSON)
            assert "What I can do" in (await telegram.sent(PERSON))[0].text
            assert story.shift is not None
            assert story.shift.report()["reasons"] == []


def _fails_once(real: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
    failed = False

    async def failing(*args: object) -> object:
        nonlocal failed
        if not failed:
            failed = True
            raise AssertionError("unexpected")
        return await real(*args)

    return failing
