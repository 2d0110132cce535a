"""In a place's quiet hours nothing that the desk says of its own accord makes a sound; what is urgent for the owner does."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path

import pytest

from bot import config
from bot.app import opened
from bot.chat.telegram.messenger import TelegramMessenger
from bot.chat.telegram.settings import TelegramSettings
from bot.delivery.owner import Owner
from bot.delivery.quiet import QuietHours, called
from bot.delivery.subscribers import Subscribers
from bot.domain.errors import StoreError
from bot.domain.events import Delivery, Payload, Sender
from bot.domain.model import Address, Schedule, Subscription
from bot.domain.reasons import Reason
from tests.contracts.messenger import a_message
from tests.fakes import FakeClock
from tests.fakes_chat import RecordingMessenger
from tests.stores import migrated

NIGHT = Schedule("Europe/Berlin", (time(8),), quiet=(time(22), time(7)))
HERE, THERE = Address("telegram", "-100", "7"), Address("telegram", "-100", "8")
ADA = Sender("telegram", "42", "Ada")
OWN = Address("telegram", "42")


@dataclass
class Whispering(RecordingMessenger):
    """Posts silently what it is told to."""

    platform: str = "telegram"

    def silenced(self, payload: Payload) -> Payload:
        return replace(payload, plain=f"(silently) {payload.plain}")

    @property
    def said(self) -> list[bool]:
        """Of each post whether it was silent."""
        return [text.startswith("(silently)") for _, text in self.calls]


class Wanted:
    """The subscriptions, and how often they were read."""

    def __init__(self) -> None:
        self.read = 0
        self.fails: Exception | None = None

    async def __call__(self) -> list[Subscription]:
        self.read += 1
        await asyncio.sleep(0)
        if self.fails:
            raise self.fails
        plain = Schedule("UTC", (time(8),))
        return [
            Subscription("a", "a", HERE, "", NIGHT),
            Subscription("b", "b", HERE, "", plain),
            Subscription("c", "c", THERE, "", plain),
            Subscription("d", "d", OWN, "", NIGHT),
        ]


CLOCK_AT_NIGHT = FakeClock().now().replace(hour=23, minute=30)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(CLOCK_AT_NIGHT)


def part(to: Address, **more: object) -> Delivery:
    return Delivery(1, "k", 1, to, 1, 1, Payload("{}", "Ferries"), "waiting", **more)  # type: ignore[arg-type]  # fields of different types by name


@pytest.mark.parametrize(
    ("hours", "to", "silent"),
    [(0, HERE, True), (0, THERE, False), (0, OWN, True), (8, HERE, False), (23, HERE, True)],
)
async def test_a_part_makes_no_sound_in_the_quiet_hours_of_its_place(clock, hours, to, silent):
    messenger, is_quiet = Whispering(), QuietHours(Wanted(), clock)
    clock.pass_by(hours=hours)
    await called(messenger, part(to), is_quiet)
    assert messenger.said == [silent]


async def test_many_that_post_at_once_read_the_schedules_once(clock):
    wanted = Wanted()
    is_quiet = QuietHours(wanted, clock)
    assert await asyncio.gather(*(is_quiet(to) for to in [HERE, THERE] * 50)) == [True, False] * 50
    assert wanted.read == 1


async def test_an_edit_is_what_it_is_and_other_platforms_post_as_ever(clock):
    whispering, plain = Whispering(edits=True), RecordingMessenger()
    is_quiet = QuietHours(Wanted(), clock)
    posted = await called(whispering, part(HERE), is_quiet)
    await called(whispering, part(HERE, kind="edit", parent=posted.id), is_quiet)
    assert whispering.edited == [(HERE, posted.id, "Ferries")]
    await called(plain, part(HERE), is_quiet)
    assert [text for _, text in plain.calls] == ["Ferries"]


async def test_who_subscribed_is_told_without_a_sound(clock):
    messenger = Whispering()

    async def asked_for(_: Address) -> list[Sender]:
        return [ADA]

    told = Subscribers(
        asked_for, lambda _: OWN, {"telegram": messenger}, is_quiet=QuietHours(Wanted(), clock)
    )
    await told.tell(HERE, Reason("post.no_edits"))
    assert messenger.said == [True]


async def test_the_owner_is_woken_by_what_is_urgent_alone(clock):
    messenger = Whispering()
    owner = Owner(OWN, {"telegram": messenger}, clock)
    owner.is_quiet = QuietHours(Wanted(), clock)
    await owner.tell("the disk is full", urgent=True)
    await owner.all_clear("the disk has room")
    await owner.tell("a part was refused")
    await owner.close()
    assert messenger.said == [False, True, True]


@pytest.mark.parametrize("trouble", [StoreError("busy"), KeyError("a row of another version")])
async def test_schedules_are_read_once_a_minute_and_known_while_they_cannot_be_read(clock, trouble):
    wanted = Wanted()
    is_quiet = QuietHours(wanted, clock)
    assert [await is_quiet(one) for one in (HERE, THERE, OWN) * 3] == [True, False, True] * 3
    assert wanted.read == 1
    clock.pass_by(minutes=2)
    wanted.fails = trouble
    assert await is_quiet(HERE)
    assert wanted.read == 2


def test_telegram_is_told_so():
    messenger = TelegramMessenger(TelegramSettings("1:a"))
    (payload,) = messenger.render(a_message("Ferries"))
    silent = messenger.silenced(payload)
    assert json.loads(silent.body) == json.loads(payload.body) | {"disable_notification": True}
    assert silent.plain == payload.plain


async def test_a_desk_posts_by_the_quiet_hours_of_its_channels(tmp_path: Path, clock):
    night = {"name": "night", "to": "telegram:-100", "at": ["08:00"], "quiet": "22:00-07:00"}
    settings = config.build({"channels": [night]}, tmp_path, {})
    migrated(tmp_path / "data" / "copydesk.db")
    async with opened(settings, clock=clock) as app:
        assert await app.owner.is_quiet(Address("telegram", "-100"))
        assert app.deliver._posting._ports.is_quiet is app.owner.is_quiet
