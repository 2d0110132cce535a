"""What every Outbox promises, whatever keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest

from bot.domain.digests import Digest, Ledger
from bot.domain.events import EVERY, Delivery, Payload
from bot.domain.messaging import Outbox
from bot.domain.model import Address, Occasion, OccasionKind, Slot, Window
from bot.domain.reasons import in_words
from tests.builders import NOON

HERE = Address("slack", "C0HARBOUR")
THERE = Address("telegram", "-100777", "45")
SECOND = timedelta(seconds=1)
NOTHING = Window(0, 0)


def a_slot(days: int = 0, hour: int = 12) -> Slot:
    """A slot at an hour of the day of NOON, in UTC, or ``days`` later."""
    day = NOON.date() + timedelta(days=days)
    return Slot(day, time(hour), datetime.combine(day, time(hour), NOON.tzinfo))


def a_digest(
    subscription: str = "s",
    kind: OccasionKind = "slot",
    key: str | None = None,
    *,
    window: Window = NOTHING,
    until: datetime = NOON,
) -> Digest:
    occasion = Occasion(kind, subscription, key or a_slot().key)
    return Digest(occasion, "morning", window, NOON - timedelta(days=1), until, (), Ledger())


def some_parts(count: int = 3, word: str = "part") -> tuple[Payload, ...]:
    return tuple(Payload(f'{{"text": "{word} {n}"}}', f"{word} {n}") for n in range(1, count + 1))


async def stage(
    outbox: Outbox, subscription: str = "s", parts: int = 3, to: Address = HERE, slots: Sequence[Slot] = ()
) -> bool:
    slots = slots or (a_slot(),)
    digest = a_digest(subscription, "catchup" if len(slots) > 1 else "slot", slots[-1].key)
    return await outbox.stage(digest, some_parts(parts, subscription), to=to, slots=slots)


async def the_first(outbox: Outbox, now: datetime = NOON) -> Delivery:
    (part,) = await outbox.waiting(now)
    return part


class OutboxContract:
    """Inherit, and give a fixture `outbox`: an empty one over an empty library."""

    async def test_a_new_subscription_begins_here_and_now(self, outbox: Outbox):
        standing = await outbox.standing("s", now=NOON)
        assert (standing.since, standing.last, standing.upto, standing.digests) == (NOON, NOON, 0, 0)
        assert standing.reached is None
        assert await outbox.standing("s", now=NOON + timedelta(days=3)) == standing

    async def test_a_digest_is_staged_once_with_all_that_belongs_to_it(self, outbox: Outbox):
        await outbox.standing("s", now=NOON - timedelta(hours=3))
        digest = a_digest(window=Window(0, 7))
        assert await outbox.stage(digest, some_parts(2), to=HERE, slots=(a_slot(),), record="{}")
        assert await outbox.settled(digest.occasion)
        standing = await outbox.standing("s", now=NOON)
        assert (standing.last, standing.upto, standing.digests) == (a_slot().instant, 7, 1)
        assert standing.reached == NOON
        part = await the_first(outbox)
        assert (part.to, part.part, part.parts, part.payload) == (HERE, 1, 2, some_parts(2)[0])
        assert (part.state, part.attempts, part.attempted, part.looks) == ("waiting", 0, None, 0)

    async def test_a_digest_whose_subscription_was_ended_meanwhile_is_refused(self, outbox: Outbox):
        for kind in ("slot", "asked"):
            digest = a_digest(kind=kind)
            assert not await outbox.stage(digest, some_parts(1), to=HERE, slots=(), begun=True)
            assert not await outbox.settled(digest.occasion)
        assert await outbox.waiting(NOON) == ()
        await outbox.standing("s", now=NOON - timedelta(hours=3))
        assert await outbox.stage(a_digest(), some_parts(1), to=HERE, slots=(), begun=True)

    async def test_an_occasion_is_settled_once(self, outbox: Outbox):
        assert await stage(outbox)
        assert not await stage(outbox)
        assert not await stage(outbox, parts=0)
        assert len(await drained(outbox)) == 3

    async def test_nobody_elses_occasion_is_settled(self, outbox: Outbox):
        await stage(outbox)
        assert not await outbox.settled(Occasion("slot", "other", a_slot().key))
        assert not await outbox.settled(Occasion("asked", "s", a_slot().key))
        assert await stage(outbox, "other")

    async def test_a_catch_up_stands_for_every_slot(self, outbox: Outbox):
        missed = [a_slot(days) for days in range(3)]
        assert await stage(outbox, slots=missed)
        for slot in missed:
            assert await outbox.settled(Occasion("slot", "s", slot.key))
            assert not await stage(outbox, slots=(slot,))
        assert (await outbox.standing("s", now=NOON)).last == missed[-1].instant

    async def test_a_catch_up_whose_newest_slot_is_settled_is_refused(self, outbox: Outbox):
        assert await stage(outbox, slots=(a_slot(2),))
        assert not await stage(outbox, slots=(a_slot(0), a_slot(1), a_slot(2)))
        assert not await outbox.settled(Occasion("slot", "s", a_slot(1).key))
        assert await stage(outbox, slots=(a_slot(1), a_slot(2), a_slot(3)))

    async def test_no_scheduled_digest_tells_what_another_told(self, outbox: Outbox):
        await outbox.standing("s", now=NOON)
        asked = a_digest(kind="asked", key="r1", window=Window(0, 5))
        assert await outbox.stage(asked, some_parts(1), to=HERE, slots=())
        stale = a_digest(window=Window(0, 6))
        assert not await outbox.stage(stale, some_parts(1), to=HERE, slots=(a_slot(),))
        assert not await outbox.settled(stale.occasion)
        fresh = a_digest(window=Window(5, 6))
        assert await outbox.stage(fresh, some_parts(1), to=HERE, slots=(a_slot(),))
        assert (await outbox.standing("s", now=NOON)).upto == 6

    async def test_a_look_back_or_a_gap_does_not_move_the_standing(self, outbox: Outbox):
        await outbox.standing("s", now=NOON)
        for key, window, upto in (("a", Window(2, 5), 0), ("b", Window(0, 4), 4), ("c", Window(1, 3), 4)):
            digest = a_digest(kind="asked", key=key, window=window)
            assert await outbox.stage(digest, (), to=HERE, slots=())
            assert (await outbox.standing("s", now=NOON)).upto == upto

    async def test_an_empty_digest_is_settled_in_silence(self, outbox: Outbox):
        assert await stage(outbox, parts=0)
        assert await outbox.settled(a_digest().occasion)
        assert await outbox.waiting(NOON) == ()
        assert (await outbox.standing("s", now=NOON)).digests == 1

    async def test_what_is_stepped_over_is_behind_a_subscription_that_still_stands_before_it(
        self, outbox: Outbox
    ):
        await outbox.standing("s", now=NOON)
        await outbox.step_over({}, NOON)
        await outbox.step_over({"s": Window(0, 4), "t": Window(0, 9)}, NOON + SECOND)
        standing = await outbox.standing("s", now=NOON)
        assert (standing.upto, standing.reached, standing.digests) == (4, NOON + SECOND, 0)
        await outbox.step_over({"s": Window(0, 9)}, NOON)
        assert (await outbox.standing("s", now=NOON)).upto == 4

    async def test_the_alerts_of_a_place_are_counted_whoever_they_are_for(self, outbox: Outbox):
        for name, place in (("s", HERE), ("t", HERE), ("u", THERE)):
            await outbox.standing(name, now=NOON)
            alert = a_digest(name, kind="alert", key="1", window=Window(0, 1))
            assert await outbox.stage(alert, some_parts(2), to=place, slots=())
            assert not await outbox.stage(alert, some_parts(2), to=place, slots=())
        silent = a_digest(kind="alert", key="2", window=Window(1, 2))
        assert await outbox.stage(silent, (), to=HERE, slots=())
        stale = a_digest(kind="alert", key="3", window=Window(1, 3))
        assert not await outbox.stage(stale, some_parts(1), to=HERE, slots=())
        await stage(outbox, "v", to=HERE)
        assert await outbox.alerted(HERE, NOON - SECOND, NOON) == 2
        assert await outbox.alerted(THERE, NOON - SECOND, NOON) == 1
        assert await outbox.alerted(HERE, NOON, NOON + SECOND) == 0
        assert await outbox.alerted(HERE, NOON - 2 * SECOND, NOON - SECOND) == 0

    async def test_settled_slots_may_be_passed_but_not_taken_back(self, outbox: Outbox):
        await outbox.standing("s", now=NOON)
        await outbox.passed("s", NOON + SECOND)
        await outbox.passed("s", NOON)
        assert (await outbox.standing("s", now=NOON)).last == NOON + SECOND

    async def test_each_address_shows_its_first_part(self, outbox: Outbox):
        await stage(outbox, "s", to=HERE)
        await stage(outbox, "t", to=HERE)
        await stage(outbox, "u", to=THERE)
        parts = await outbox.waiting(NOON)
        assert [(part.to, part.payload.plain) for part in parts] == [(HERE, "s 1"), (THERE, "u 1")]
        assert [part.to for part in await outbox.waiting(NOON, at=[THERE])] == [THERE]
        assert await outbox.waiting(NOON, at=[Address("slack", "C9")]) == ()

    async def test_an_address_is_posted_to_in_the_order_of_staging(self, outbox: Outbox):
        await stage(outbox, "s")
        await stage(outbox, "t", parts=2)
        assert await drained(outbox) == ["s 1", "s 2", "s 3", "t 1", "t 2"]

    async def test_one_sender_has_a_part(self, outbox: Outbox):
        await stage(outbox)
        part = await the_first(outbox)
        assert await outbox.attempt(part, NOON)
        assert not await outbox.attempt(part, NOON)
        assert await outbox.waiting(NOON) == ()  # and it holds the later ones
        await outbox.sent(part, "17.4")
        assert not await outbox.attempt(part, NOON)
        assert (await the_first(outbox)).part == 2

    async def test_a_part_that_must_wait_holds_the_later_ones(self, outbox: Outbox):
        await stage(outbox)
        part = await the_first(outbox)
        await outbox.attempt(part, NOON)
        await outbox.postpone(part, NOON + 5 * SECOND, in_words("too many"))
        assert await outbox.waiting(NOON + 4 * SECOND) == ()
        assert await outbox.next_time(NOON) == NOON + 5 * SECOND
        again = await the_first(outbox, NOON + 5 * SECOND)
        assert (again.part, again.state, again.attempts, again.attempted) == (1, "waiting", 1, NOON)
        assert (again.not_before, again.reason) == (NOON + 5 * SECOND, in_words("too many"))
        assert await outbox.attempt(again, NOON + 5 * SECOND)

    async def test_a_wait_that_was_set_for_a_wrong_clock_is_over(self, outbox: Outbox):
        await stage(outbox)
        part = await the_first(outbox)
        await outbox.attempt(part, NOON)
        await outbox.postpone(part, NOON + SECOND, in_words("too many"))
        assert (await the_first(outbox, NOON - timedelta(days=1))).part == 1

    @pytest.mark.parametrize("end", ["failed", "uncertain"])
    async def test_a_part_that_is_given_up_is_passed_over(self, outbox: Outbox, end: str):
        await stage(outbox)
        part = await the_first(outbox)
        await outbox.attempt(part, NOON)
        await getattr(outbox, end)(part, in_words("no"))
        assert (await the_first(outbox)).part == 2
        assert await outbox.next_time(NOON) is None

    async def test_a_lost_answer_is_looked_for(self, outbox: Outbox):
        await stage(outbox)
        part = await the_first(outbox)
        await outbox.attempt(part, NOON)
        await outbox.unsure(part, NOON + 7 * SECOND, in_words("reset"))
        assert await outbox.waiting(NOON + 6 * SECOND) == ()
        looked = await the_first(outbox, NOON + 7 * SECOND)
        assert (looked.state, looked.looks, looked.attempted) == ("unsure", 0, NOON)
        assert not await outbox.attempt(looked, NOON)
        await outbox.unsure(looked, NOON + 14 * SECOND, in_words("not yet"), looks=1)
        looked = await the_first(outbox, NOON + 14 * SECOND)
        assert looked.looks == 1
        await outbox.postpone(looked, NOON + 14 * SECOND, in_words("not there"))
        again = await the_first(outbox, NOON + 14 * SECOND)
        assert await outbox.attempt(again, NOON + 14 * SECOND)
        await outbox.unsure(again, NOON + 20 * SECOND, in_words("reset"))
        looked = await the_first(outbox, NOON + 20 * SECOND)
        assert (looked.attempts, looked.looks) == (2, 0)
        await outbox.sent(looked, "17.4")
        assert (await the_first(outbox, NOON + 20 * SECOND)).part == 2

    async def test_a_late_result_does_not_undo_a_later_attempt(self, outbox: Outbox):
        await stage(outbox)
        first = await the_first(outbox)
        await outbox.attempt(first, NOON)
        await outbox.postpone(first, NOON, in_words("again"))
        second = await the_first(outbox)
        await outbox.attempt(second, NOON)
        await outbox.failed(first, in_words("late"))
        await outbox.uncertain(first, in_words("late"))
        assert await outbox.waiting(NOON) == ()
        await outbox.sent(second, "17.4")
        assert (await the_first(outbox)).part == 2

    async def test_to_know_is_better_than_to_doubt(self, outbox: Outbox):
        await stage(outbox, parts=1)
        part = await the_first(outbox)
        await outbox.attempt(part, NOON)
        await outbox.uncertain(part, in_words("lost"))
        await outbox.sent(part, "17.4")
        await outbox.failed(part, in_words("no"))
        assert await outbox.waiting(NOON) == ()
        assert await outbox.recover(NOON) == 0

    async def test_a_moved_chat_gets_what_waits_and_what_comes(self, outbox: Outbox):
        new, old_topic = Address("telegram", "-100999"), Address("telegram", "-500", "7")
        old = Address("telegram", "-500")
        await stage(outbox, "s", to=old)
        await stage(outbox, "t", to=old_topic)
        await stage(outbox, "u", to=HERE)
        stale = (await outbox.waiting(NOON))[0]
        await outbox.moved(old, new)
        found = {part.to for part in await outbox.waiting(NOON)}
        assert found == {new, Address("telegram", "-100999", "7"), HERE}
        assert not await outbox.attempt(stale, NOON)
        await stage(outbox, "v", parts=1, to=Address("telegram", "-500", "8"))
        assert Address("telegram", "-100999", "8") in {part.to for part in await outbox.waiting(NOON)}

    async def test_a_chat_may_move_on_and_back(self, outbox: Outbox):
        one, two, three = (Address("telegram", chat) for chat in ("-1", "-2", "-3"))
        await outbox.moved(one, two)
        await outbox.moved(two, three)
        await stage(outbox, "s", parts=1, to=one)
        assert (await the_first(outbox)).to == three
        await outbox.moved(three, one)
        assert (await the_first(outbox)).to == one
        await outbox.moved(one, one)
        await stage(outbox, "t", parts=1, to=two)
        assert {part.to for part in await outbox.waiting(NOON)} == {one}

    async def test_what_a_chat_refuses_whole_was_never_staged(self, outbox: Outbox):
        before = await outbox.standing("s", now=NOON - timedelta(days=1))
        for days, window in enumerate((Window(0, 5), Window(5, 8))):
            digest = a_digest(key=a_slot(days).key, window=window)
            assert await outbox.stage(digest, some_parts(2, "old"), to=HERE, slots=(a_slot(days),))
        assert await outbox.stage(a_digest("t"), some_parts(1, "t"), to=THERE, slots=(a_slot(),))
        first = next(part for part in await outbox.waiting(NOON) if part.to == HERE)
        assert await outbox.attempt(first, NOON)
        assert await outbox.refused(first, HERE, in_words("not invited"), NOON)
        assert await outbox.standing("s", now=NOON) == before
        assert not await outbox.settled(Occasion("slot", "s", a_slot(1).key))
        (closed,) = await outbox.closures()
        assert (closed.at, closed.tried, str(closed.reason)) == (HERE, NOON, "not invited")
        assert [part.payload.plain for part in await outbox.waiting(NOON)] == ["t 1"]
        anew = a_digest(kind="catchup", key=a_slot(1).key, window=Window(0, 8))
        assert await outbox.stage(anew, some_parts(1, "new"), to=HERE, slots=(a_slot(0), a_slot(1)))
        assert not await outbox.attempt(first, NOON)
        assert [part.payload.plain for part in await outbox.waiting(NOON)] == ["t 1"]
        assert await outbox.reopen(HERE) == 1
        assert {part.payload.plain for part in await outbox.waiting(NOON)} == {"new 1", "t 1"}
        assert not await outbox.attempt(first, NOON), "another part has its number, perhaps"

    @pytest.mark.parametrize("end", ["sent", "uncertain"])
    async def test_the_rest_of_a_digest_that_was_begun_waits_for_its_chat(self, outbox: Outbox, end: str):
        await outbox.standing("s", now=NOON - timedelta(days=1))
        for days, window in enumerate((Window(0, 5), Window(5, 8))):
            digest = a_digest(key=a_slot(days).key, window=window)
            assert await outbox.stage(digest, some_parts(2, f"day {days}"), to=HERE, slots=(a_slot(days),))
        first = await the_first(outbox)
        await outbox.attempt(first, NOON)
        await getattr(outbox, end)(first, "17.4" if end == "sent" else in_words("17.4"))
        second = await the_first(outbox)
        await outbox.attempt(second, NOON)
        assert await outbox.refused(second, HERE, in_words("archived"), NOON)
        assert await outbox.waiting(NOON) == ()
        assert await outbox.next_time(NOON - SECOND) is None
        assert (await outbox.standing("s", now=NOON)).upto == 5
        assert await outbox.settled(Occasion("slot", "s", a_slot(0).key))
        assert not await outbox.settled(Occasion("slot", "s", a_slot(1).key))
        assert await outbox.reopen(HERE) == 1
        assert await drained(outbox) == ["day 0 2"]

    async def test_a_place_is_closed_once_however_many_find_it_so(self, outbox: Outbox):
        everywhere = Address("slack", EVERY, EVERY)
        await stage(outbox, "s", parts=1, to=HERE)
        await stage(outbox, "t", parts=1, to=Address("slack", "C2"))
        parts = await outbox.waiting(NOON)
        for part in parts:
            assert await outbox.attempt(part, NOON)
        found = [await outbox.refused(part, everywhere, in_words("token_revoked"), NOON) for part in parts]
        assert found == [True, False]
        assert await outbox.waiting(NOON) == ()
        assert not await outbox.settled(Occasion("slot", "t", a_slot().key))
        assert await outbox.reopen(Address("slack", EVERY)) == 1

    async def test_a_chat_is_closed_with_its_threads_and_a_thread_alone(self, outbox: Outbox):
        topic, other = Address("telegram", "-1", "7"), Address("telegram", "-1", "8")
        assert await outbox.shut(topic, in_words("the topic is closed"), NOON)
        assert not await outbox.shut(topic, in_words("the topic is gone"), NOON + SECOND)
        (closed,) = await outbox.closures()
        assert (closed.tried, str(closed.reason)) == (NOON + SECOND, "the topic is gone")
        assert closed.covers(topic)
        assert not closed.covers(other)
        assert await outbox.shut(Address("telegram", "-1", EVERY), in_words("kicked"), NOON)
        await stage(outbox, "s", to=other)
        assert await outbox.waiting(NOON) == ()
        assert await outbox.reopen(Address("telegram", "-1")) == 2

    @pytest.mark.parametrize("text", ["\0", "\ud800", "'; DROP TABLE deliveries; --", "🗞️" * 5000])
    async def test_any_text_is_kept(self, outbox: Outbox, text: str):
        digest = a_digest(key=date.min.isoformat())
        await outbox.stage(digest, [Payload(text, text)], to=HERE, slots=(), record=text)
        part = await the_first(outbox)
        assert len(part.payload.body) == len(text)
        await outbox.attempt(part, NOON)
        await outbox.failed(part, in_words(text))


async def drained(outbox: Outbox) -> list[str]:
    """Post everything: the texts, in the order of posting."""
    posted = []
    while parts := await outbox.waiting(NOON):
        for part in parts:
            assert await outbox.attempt(part, NOON)
            await outbox.sent(part, f"m{part.id}")
            posted.append(part.payload.plain)
    return posted
