"""Alerts come within minutes, several as one, no more in an hour than a place wants, and nothing is lost by that."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.model import Address, Occasion, Schedule, Subscription
from bot.search.percolator import Percolator
from bot.store.delivery.memory import SqlMemory
from tests.delivery.test_deliver import OTHER, SLACK, Newsroom, a_channel, room

__all__ = ["room"]


def alerts(
    most: int = 4, *, to: Address = SLACK, query: str = "", name: str = "storms", **options: object
) -> Subscription:
    schedule = replace(Schedule("UTC", alerts=most), **options)
    return Subscription(f"file:{name}", name, to, query, schedule)


class Watch:
    """A desk that ticks each minute."""

    def __init__(self, room: Newsroom, *channels: Subscription) -> None:
        self.room = room
        room.channels = list(channels)
        self.deliver = room.deliver()

    async def minutes(self, count: int) -> list[str]:
        """What the places got meanwhile, in one text each part; of a long time every fifth minute and the last are looked at."""
        before = len(self.room.slack.posts)
        step = 5 if count >= 10 else 1
        for passed in range(0, count, step):
            self.room.clock.pass_by(minutes=min(step, count - passed))
            await self.deliver.stage_due()
            await self.deliver.post_waiting(timedelta(seconds=30))
        return [text for _, text, _ in self.room.slack.posts[before:]]


async def watch(room: Newsroom, *channels: Subscription) -> Watch:
    """A desk that has been open for a minute."""
    found = Watch(room, *channels)
    assert await found.minutes(1) == []
    return found


async def test_what_arrives_together_is_one_alert_within_minutes(room: Newsroom):
    desk = await watch(room, alerts())
    await room.arrive(2)
    told = await desk.minutes(2)
    assert "Alert: storms" in told[0]
    assert sum("sails" in text for text in told) == 2
    assert await desk.minutes(5) == []
    (standing,) = [await room.outbox().standing("file:storms", now=room.clock.now())]
    assert (standing.upto, standing.digests) == (2, 1)


async def test_an_article_waits_a_minute_for_others(room: Newsroom):
    desk = await watch(room, alerts())
    await room.arrive()
    room.clock.pass_by(seconds=30)
    assert await desk.deliver.stage_due() == 0
    await room.arrive()
    told = await desk.minutes(1)
    assert sum("sails" in text for text in told) == 2


async def test_what_does_not_match_is_stepped_over_and_tells_nobody(room: Newsroom):
    desk = await watch(room, alerts(query="harvest"))
    await room.arrive(3)
    assert await desk.minutes(3) == []
    standing = await room.outbox().standing("file:storms", now=room.clock.now())
    assert (standing.upto, standing.digests) == (3, 0)


async def test_more_than_a_place_wants_in_an_hour_is_joined_into_the_next(room: Newsroom):
    desk = await watch(room, alerts(2), alerts(2, name="other", query='"no such words"'))
    told = []
    for _ in range(10):
        await room.arrive()
        told.append(await desk.minutes(3))
    heads = [text for texts in told for text in texts if "Alert:" in text]
    assert len(heads) == 2
    rest = await desk.minutes(60)
    assert sum("Alert:" in text for text in rest) == 1
    assert sum("sails" in text for text in [*[t for texts in told for t in texts], *rest]) >= 10


async def test_the_limit_is_the_places_and_not_the_subscriptions(room: Newsroom):
    desk = await watch(
        room, alerts(1, query='"1"'), alerts(1, name="two", query='"2"'), alerts(1, name="three", to=OTHER)
    )
    await room.arrive(2)
    told = await desk.minutes(3)
    assert [to for to, text, _ in room.slack.posts if "Alert:" in text] == [SLACK, OTHER]
    assert len(told) >= 2
    assert "Ship 2 sails" in "".join(await desk.minutes(60))


async def test_quiet_hours_hold_alerts_until_their_end_as_one(room: Newsroom):
    desk = await watch(room, alerts(quiet=(time(12, 30), time(13, 30))))
    room.clock.pass_by(minutes=30)
    await room.arrive()
    assert await desk.minutes(30) == []
    await room.arrive()
    assert await desk.minutes(27) == []
    told = await desk.minutes(5)
    assert sum("Alert:" in text for text in told) == 1
    assert sum("sails" in text for text in told) == 2


async def test_a_pause_holds_alerts_until_its_end(room: Newsroom):
    paused = alerts()
    paused = replace(paused, schedule=replace(paused.schedule, paused=room.clock.now() + timedelta(hours=1)))
    desk = await watch(room, paused)
    await room.arrive(2)
    assert await desk.minutes(50) == []
    told = await desk.minutes(15)
    assert sum("sails" in text for text in told) == 2


async def test_a_day_without_alerts_holds_them(room: Newsroom):
    desk = await watch(room, alerts(days=frozenset({2})))  # Wednesday; it is Tuesday noon
    await room.arrive()
    assert await desk.minutes(10) == []
    room.clock.pass_by(hours=12)
    assert "Alert: storms" in "".join(await desk.minutes(1))


async def test_the_daily_digest_does_not_tell_an_alert_again(room: Newsroom):
    room.digests._recall = SqlMemory(room.database).recall
    desk = await watch(room, alerts(query="1"), a_channel())
    await room.arrive(2)
    assert "Ship 1 sails" in "".join(await desk.minutes(3))
    room.clock.pass_by(days=1)
    told = "".join(await desk.minutes(1))
    assert "Ship 2 sails" in told
    assert "Ship 1 sails" not in told


async def test_a_bulk_drop_alerts_nobody(room: Newsroom):
    desk = await watch(room, alerts())
    await room.arrive(3, bulk=True)
    assert await desk.minutes(5) == []


async def test_an_alert_that_was_refused_is_joined_into_a_later_one(room: Newsroom):
    desk = await watch(room, alerts())
    await room.arrive()
    room.slack.shut["C1"] = "is_archived"
    assert await desk.minutes(5) == []
    calls = len(room.slack.calls)
    await room.arrive()
    assert await desk.minutes(50) == []
    assert len(room.slack.calls) == calls  # a closed place is tried once an hour
    room.slack.shut.clear()
    told = await desk.minutes(15)
    assert sum("sails" in text for text in told) == 2


async def test_the_place_that_opens_gets_its_alert_at_once(room: Newsroom):
    desk = await watch(room, alerts())
    await room.arrive()
    room.slack.shut["C1"] = "not_in_channel"
    assert await desk.minutes(5) == []
    room.slack.shut.clear()
    await desk.deliver.resume(SLACK)
    assert "Ship 1 sails" in "".join(await desk.minutes(1))


async def test_an_alert_on_which_the_desk_failed_twice_is_passed_over_and_told_to_the_owner(room: Newsroom):
    desk = await watch(room, alerts())
    await room.arrive()
    make, failures = room.digests.prepare, []

    async def fails(subscription, occasion: Occasion, *rest, **options):
        if occasion.kind == "alert" and len(failures) < 2:
            failures.append(occasion.key)
            raise ZeroDivisionError
        return await make(subscription, occasion, *rest, **options)

    room.digests.prepare = fails
    assert await desk.minutes(5) == []
    assert failures == ["1", "1"]
    assert "is set aside" in "".join(room.owner.urgent)
    await room.arrive()
    assert "Ship 2 sails" in "".join(await desk.minutes(3))


async def test_a_clock_that_was_ahead_holds_nothing(room: Newsroom):
    desk = await watch(room, alerts())
    room.clock.pass_by(days=400)
    await room.arrive()
    room.clock.pass_by(days=-400)
    assert "Ship 1 sails" in "".join(await desk.minutes(2))


async def test_what_arrives_is_matched_for_all_of_them_at_once(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
):
    asked: list[object] = []
    search = room.desk.index.matching

    async def counted(query, window, *, now):
        asked.append(query)
        return await search(query, window, now=now)

    monkeypatch.setattr(room.desk.index, "matching", counted)
    wanted = [alerts(9, query=f'"Ship {number}"', name=f"ship-{number}") for number in range(1, 5)]
    desk = await watch(room, *wanted)
    await room.arrive(3)
    told = "".join(await desk.minutes(2))
    assert [f"Ship {number} sails" in told for number in range(1, 5)] == [True, True, True, False]
    assert asked == []

    room.channels[3] = replace(wanted[3], query="ship")
    room.digests.standing = Percolator(room.desk.library)  # as after a start
    await room.arrive()
    told = "".join(await desk.minutes(2))
    assert "Alert: ship-4" in told
    assert "Ship 4 sails" in told
    assert asked == []

    room.channels[3] = replace(wanted[3], query="harbour last:24h")
    await room.arrive()
    told = "".join(await desk.minutes(2))
    assert "Ship 5 sails" in told
    assert {str(query) for query in asked} == {"harbour last:24h"}
