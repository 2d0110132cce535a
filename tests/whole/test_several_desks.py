"""Two desks with the same tokens and channels on one PostgreSQL: they share the work, and each can do without the other."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.cli.daemon import Daemon
from bot.conversation.listeners import Listeners
from bot.delivery.scheduled import TRIES
from bot.domain.errors import LeaseHeld
from bot.domain.messaging import Answered, Receiver
from bot.runtime.health import listening
from tests.desk import FERRY, OpenDesk, an_article_file, open_desk
from tests.doubles.slack import SlackDouble
from tests.doubles.telegram import TOKEN, TelegramDouble
from tests.fakes import FakeClock
from tests.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]  # fixtures

PERSON = 42
CHANNELS = [f"C{number}" for number in range(1, 10)]
SLOT = "2031-03-05T08:00"


@dataclass
class Place:
    """What both desks have in common, and which of them are gone."""

    folder: Path
    url: str
    slack: SlackDouble
    telegram: TelegramDouble
    patch: pytest.MonkeyPatch
    stack: AsyncExitStack
    clock: FakeClock = field(default_factory=FakeClock)
    gone: set[str] = field(default_factory=set)

    async def desk(self, name: str) -> OpenDesk:
        """Open one, on a folder of its own."""
        self.patch.setattr("bot.app.this_process", lambda: name)
        self.patch.setattr("bot.app.may_be_alive", lambda holder: holder not in self.gone)
        options: dict[str, Any] = {
            "timezone": "UTC",
            "store": {"url": self.url},
            "access": {"allow": [f"telegram:{PERSON}"]},
            "slack": {"api": self.slack.url},
            "telegram": {"api": self.telegram.base_url.removesuffix("/bot")},
            "channels": [{"name": one, "to": f"slack:{one}", "at": ["08:00"]} for one in CHANNELS],
        }
        tokens = {
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "TELEGRAM_BOT_TOKEN": TOKEN,
        }
        opened = open_desk(self.folder / name, self.clock, options, tokens)
        return await self.stack.enter_async_context(opened)

    async def a_slot_comes(self, desk: OpenDesk, other: OpenDesk) -> None:
        """Both have read what there is, and it is eight."""
        await desk.deliver.stage_due()
        one = an_article_file(self.folder, "ferry.txt", "Ferries will run every ten minutes", *FERRY)
        await desk.read(one)
        await other.desk.index.follow(other.desk.library)
        self.clock.pass_by(days=1)

    def posted(self) -> Counter[str]:
        """How many messages each channel has."""
        return Counter({one: len(self.slack.posted(one)) for one in CHANNELS})


@pytest.fixture
async def place(tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Place]:
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(SlackDouble())
        telegram = await stack.enter_async_context(TelegramDouble())
        telegram.chat(PERSON, state="member")
        for one in CHANNELS[1:]:
            slack.add_channel(one, one.lower())
        yield Place(tmp_path, postgres_url, slack, telegram, monkeypatch, stack)


def prepared(desk: OpenDesk, before: Callable[[], Awaitable[None]] | None = None) -> list[str]:
    """The subscriptions of which the desk makes a digest from now on; each waits for ``before``."""
    made: list[str] = []
    prepare = desk.digests.prepare

    async def noted(subscription: Any, *args: Any, **more: Any) -> Any:
        made.append(subscription.id)
        if before:
            await before()
        return await prepare(subscription, *args, **more)

    desk.digests.prepare = noted  # type: ignore[method-assign]
    return made


async def test_each_digest_is_made_by_one_desk_and_posted_once(place: Place):
    one, other = await place.desk("one"), await place.desk("two")
    await place.a_slot_comes(one, other)
    made = [prepared(desk) for desk in (one, other)]
    staged = await asyncio.gather(one.deliver.stage_due(), other.deliver.stage_due())
    assert sum(staged) == len(CHANNELS)
    assert Counter(made[0] + made[1]) == Counter(f"file:{name}" for name in CHANNELS)
    assert all(made), "both had a part of it"
    await asyncio.gather(*(desk.deliver.post_waiting(timedelta(minutes=1)) for desk in (one, other)))
    assert place.posted() == Counter(CHANNELS)


async def test_what_a_desk_has_in_hand_is_left_to_it_until_it_is_gone(place: Place):
    one, other = await place.desk("one"), await place.desk("two")
    await place.a_slot_comes(one, other)
    begun = prepared(one, asyncio.Event().wait)  # type: ignore[arg-type] -- it never comes
    killed = asyncio.create_task(one.deliver.stage_due())
    while len(begun) < 3:
        await asyncio.sleep(0)
    assert await other.deliver.stage_due() == len(CHANNELS) - len(begun)
    place.clock.pass_by(seconds=40)
    await one.deliver.renew()
    place.clock.pass_by(seconds=40)
    assert await other.deliver.stage_due() == 0
    place.gone.add("one")
    assert await other.deliver.stage_due() == len(begun)
    await other.deliver.post_waiting(timedelta(minutes=1))
    assert place.posted() == Counter(CHANNELS)
    killed.cancel()
    await asyncio.gather(killed, return_exceptions=True)


async def test_three_desks_that_try_at_once_are_no_three_deaths(place: Place):
    desks = [await place.desk(name) for name in ("one", "two", "three")]
    await place.a_slot_comes(desks[0], desks[1])
    await desks[2].desk.index.follow(desks[2].desk.library)
    tries = [await one.outbox.begin("file:C1", SLOT, place.clock.now()) for one in desks]
    assert tries == [0, None, None]
    assert len(desks) > TRIES
    for one in desks:
        await one.deliver.stage_due()
    await desks[1].deliver.post_waiting(timedelta(minutes=1))
    assert place.posted() == Counter(CHANNELS)
    assert [one.owner.heard for one in desks] == [0, 0, 0], "nothing is set aside"


async def test_one_desk_hears_a_platform_and_the_other_waits_to_take_over(place: Place):
    shifts, loops = [], []
    for name in ("one", "two"):
        desk = await place.desk(name)
        shifts.append(Daemon(desk, {}))
        await shifts[-1]._listeners.take()
        messengers = desk.platforms.messengers
        loops.append(asyncio.create_task(shifts[-1]._listen(messengers["telegram"])))
    one, other = shifts
    await place.telegram.listening()
    assert (one.report()["reserve"], other.report()["reserve"]) == ([], ["slack", "telegram"])
    assert other.report()["platforms"] == {"console": True, "slack": True, "telegram": True}
    assert listening("telegram") not in other.report()["loops"]
    place.telegram.say("/help", chat=PERSON)
    assert "What I can do" in (await place.telegram.sent(PERSON))[0].text
    one.stop()
    await one._app.platforms.messengers["telegram"].stop_listening()
    await loops[0]
    await other._renew()
    assert other.report()["reserve"] == ["slack", "telegram"]
    place.gone.add("one")
    await other._renew()
    assert other.report()["reserve"] == []
    place.telegram.say("/help", chat=PERSON)
    assert len(await place.telegram.sent(PERSON, 2)) == 2
    other.stop()
    await other._app.platforms.messengers["telegram"].stop_listening()
    await loops[1]


class Lease:
    """One lease, and who has it."""

    def __init__(self) -> None:
        self.holder = ""

    def taker(self, name: str) -> Callable[[str], Awaitable[str | None]]:
        async def take(_: str) -> str | None:
            self.holder = self.holder or name
            return None if self.holder == name else self.holder

        return take


async def test_what_was_taken_over_is_given_up_and_what_is_not_shared_is_refused():
    lease, names = Lease(), {"slack": "slack:0"}
    one, other, alone = (
        Listeners(names, lease.taker(n), shares=n != "alone") for n in ("one", "two", "alone")
    )
    await one.take()
    await other.take()
    assert (one.reserve, other.reserve) == ((), ("slack",))
    with pytest.raises(LeaseHeld):
        await alone.take()
    lease.holder = "two"
    await other.take()
    with pytest.raises(LeaseHeld):
        await one.take()


async def test_who_waits_in_reserve_ends_when_it_is_told_to_and_waits_for_nothing_that_has_no_token():
    lease, stop = Lease(), asyncio.Event()
    lease.holder = "two"
    one = Listeners({"slack": "slack:0"}, lease.taker("one"), shares=True)
    await one.take()
    waiting = asyncio.create_task(one.turn("slack", stop))
    assert await one.turn("email", stop)
    stop.set()
    assert not await waiting


async def test_what_a_platform_sends_to_who_waits_in_reserve_is_sent_on():
    lease = Lease()
    lease.holder = "two"
    one = Listeners({"slack": "slack:0"}, lease.taker("one"), shares=True)

    async def take(*_: object) -> Answered:
        return Answered(200)

    receiver = one.receiver("slack", Receiver(take, lambda _: None))
    await one.take()
    refused = receiver.refused({})
    assert refused is not None
    assert refused.status == 503
    lease.holder = ""
    await one.take()
    assert receiver.refused({}) is None
