"""A slot or a part on which the desk died twice is set aside at the third start, told, and brought back by a person."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery.scheduled import AT_ONCE
from bot.domain.errors import StoreError
from bot.domain.model import Address, Subscription
from bot.domain.reasons import Reason
from tests.delivery.test_deliver import OTHER, SLACK, Newsroom, a_channel, room

__all__ = ["room"]  # a fixture
PATIENCE = timedelta(minutes=1)


async def a_slot_comes(room: Newsroom) -> None:
    room.channels = [a_channel("one", SLACK), a_channel("two", OTHER)]
    await room.deliver().stage_due()
    await room.arrive(1)
    room.clock.pass_by(days=1)


async def test_a_slot_on_which_the_desk_died_twice_is_passed_over_and_told_by_the_next(room: Newsroom):
    await a_slot_comes(room)
    outbox = room.outbox()
    deliver = room.deliver(outbox)
    for _ in range(2):  # two processes begin, and are heard of no more
        await outbox.begin("file:one", "2031-03-05T08:00", room.clock.now())
    assert [await deliver.stage_due() for _ in range(3)] == [1, 0, 0]
    await deliver.post_waiting(PATIENCE)
    assert room.slack.texts("C1") == []
    assert "Ship 1 sails" in "\n".join(room.slack.texts("C2"))
    (told,) = room.owner.urgent
    assert told.startswith(
        'the digest "one" of 2031-03-05T08:00 is set aside: the desk ended or failed 2 times'
    )
    await room.day(deliver)
    assert "Ship 1 sails" in "\n".join(room.slack.texts("C1"))


async def test_a_slot_that_was_set_aside_is_made_when_a_person_asks(room: Newsroom):
    await a_slot_comes(room)
    outbox = room.outbox()
    for _ in range(2):
        await outbox.begin("file:one", "2031-03-05T08:00", room.clock.now())
    deliver = room.deliver(outbox)
    await deliver.stage_due()
    assert await deliver.send_now(room.channels[0], "asked")
    await deliver.post_waiting(PATIENCE)
    assert "Ship 1 sails" in "\n".join(room.slack.texts("C1"))


async def test_only_what_nobody_expects_is_counted(room: Newsroom, monkeypatch):
    await a_slot_comes(room)
    deliver = room.deliver()
    errors = [StoreError("the disk is full")] * 3 + [KeyError("x"), StoreError("busy"), KeyError("x")]

    async def prepare(*_: object, **__: object) -> None:
        raise errors[0]

    with monkeypatch.context() as broken:
        broken.setattr(room.digests, "prepare", prepare)
        room.channels = room.channels[:1]
        while errors:
            await deliver.stage_due()
            errors.pop(0)
        assert room.owner.urgent == []
        errors = [KeyError("x")]
        await deliver.stage_due()
        await deliver.stage_due()
    assert [told.partition(":")[0] for told in room.owner.urgent] == ['the digest "one" of 2031-03-05T08']


async def test_of_many_some_are_made_at_a_time_and_what_the_desk_may_have_died_on_alone(
    room: Newsroom, monkeypatch
):
    """Else a death would be counted against what was made beside it."""
    places = [Address("slack", f"C{number}") for number in (1, 1, *range(2, 10))]
    room.channels = [a_channel(f"n{number}", to) for number, to in enumerate(places)]
    deliver, outbox = room.deliver(), room.outbox()
    await deliver.stage_due()
    await room.arrive(1)
    room.clock.pass_by(days=1)
    await outbox.begin("file:n3", "2031-03-05T08:00", room.clock.now())
    prepare, running, begun, full = room.digests.prepare, [], [], asyncio.Event()

    async def watched(subscription: Subscription, *told: Any, **how: Any) -> Any:
        running.append(subscription.name)
        begun.append(tuple(running))
        if len(running) == AT_ONCE:
            full.set()
        try:
            await asyncio.wait_for(full.wait(), 30)
            return await prepare(subscription, *told, **how)
        finally:
            running.remove(subscription.name)

    monkeypatch.setattr(room.digests, "prepare", watched)
    assert await deliver.stage_due() == len(places)
    assert max(map(len, begun)) == AT_ONCE  # or the first would still be waiting
    assert begun[-1] == ("n3",)
    assert not any({"n0", "n1"} <= set(together) for together in begun)  # of one place
    await deliver.post_waiting(PATIENCE)
    told = ["\n".join(room.slack.texts(to.chat)).count("Ship 1 sails") for to in places[1:]]
    assert told == [2, *[1] * 8]


@pytest.mark.parametrize("taken", [True, False])
async def test_a_part_on_which_the_desk_died_twice_is_looked_for_and_not_posted_a_third_time(
    room: Newsroom,
    taken: bool,
):
    await a_slot_comes(room)
    outbox = room.outbox()
    deliver = room.deliver(outbox)
    await deliver.stage_due()
    for number in range(2):
        gone = room.outbox(f"gone-{number}")
        part = next(
            part for part in await gone.waiting(room.clock.now(), at=[SLACK]) if part.state == "waiting"
        )
        assert await gone.attempt(part, room.clock.now())
        await outbox.recover(room.clock.now())
        if number == 0:
            (unsure,) = await outbox.waiting(room.clock.now(), at=[SLACK])
            assert unsure.deaths == 1
            await outbox.postpone(unsure, room.clock.now(), Reason("post.absent"))
    if taken:
        room.slack.posts.append((SLACK, part.payload.plain, part.key))
    posted = len(room.slack.texts("C1"))
    await deliver.post_waiting(PATIENCE)
    assert "Ship 1 sails" in "\n".join(room.slack.texts("C2"))
    assert len(room.slack.texts("C1")) == posted
    if taken:
        assert room.owner.urgent == []
        return
    (told,) = room.owner.urgent
    assert told.startswith(
        "part 1 of 1 for slack:C1 is set aside: the desk ended 2 times while it posted this"
    )
    assert await outbox.again() == 1
    await deliver.post_waiting(PATIENCE)
    assert "Ship 1 sails" in "\n".join(room.slack.texts("C1"))
    assert await outbox.again() == 0
