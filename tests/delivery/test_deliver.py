"""The way out: each slot once, each part once, in order, and one bad channel never stops the others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest

from bot.delivery.pacing import Pacing
from bot.delivery.posting import PostingPorts, TellSubscribers
from bot.delivery.posting import nobody as nobody_asked
from bot.delivery.scheduled import Deliver
from bot.digest.compose import ComposeSettings
from bot.digest.prepare import DigestMaker, Prepared
from bot.domain.errors import BadCredentials, IndexRebuilding, Refused, RetryLater, StoreError, Unconfirmed
from bot.domain.events import Posted, Sender, Unknown
from bot.domain.model import Address, Occasion, Schedule, Subscription, Window
from bot.domain.ports import Desk
from bot.domain.reasons import in_words
from bot.domain.teams import EVERYBODY
from bot.platforms import LIMITS
from bot.runtime import supervision
from bot.search.index import IndexSettings, open_index
from bot.search.percolator import Percolator
from bot.store.delivery.outbox import SqlOutbox
from bot.store.delivery.paces import SqlPaces
from bot.store.library import SqlLibrary
from bot.store.sql.database import Database, StoreSettings, open_store
from bot.store.subscriptions import SqlSubscriptions
from tests.builders import NOON, a_reading, an_article
from tests.fakes import FakeClock, HereAndNow
from tests.fakes_chat import Lost, Owner, RecordingMessenger
from tests.stores import migrated

DAY = timedelta(days=1)
SLACK, OTHER = Address("slack", "C1"), Address("slack", "C2")
GROUP = Address("telegram", "-100777")


def a_channel(
    name: str = "morning", to: Address = SLACK, at: tuple[int, ...] = (8,), zone: str = "UTC"
) -> Subscription:
    return Subscription(f"file:{name}", name, to, "", Schedule(zone, tuple(time(hour) for hour in at)))


@dataclass
class Newsroom:
    """A desk with its way out, and what came out of it."""

    desk: Desk
    digests: DigestMaker
    clock: FakeClock
    database: Database
    slack: RecordingMessenger = field(default_factory=RecordingMessenger)
    telegram: RecordingMessenger = field(
        default_factory=lambda: RecordingMessenger("telegram", history=False)
    )
    console: RecordingMessenger = field(default_factory=lambda: RecordingMessenger("console", bulk=True))
    owner: Owner = field(default_factory=Owner)
    channels: list[Subscription] = field(default_factory=lambda: [a_channel()])
    written: int = 0
    tell_subscribers: TellSubscribers = nobody_asked

    def outbox(self, holder: str = "here-1") -> SqlOutbox:
        return SqlOutbox(self.database, holder=holder, alive=nobody)

    def deliver(self, outbox: SqlOutbox | None = None, **messengers: RecordingMessenger) -> Deliver:
        async def channels() -> list[Subscription]:
            return self.channels

        known = messengers or {"slack": self.slack, "telegram": self.telegram, "console": self.console}
        pacing = Pacing(LIMITS, SqlPaces(self.database), self.clock)
        told = {"tell_subscribers": self.tell_subscribers}
        wire = PostingPorts(outbox or self.outbox(), known, channels, self.owner, pacing, **told)
        return Deliver(self.desk, self.digests, wire)

    async def arrive(self, count: int = 1, *, bulk: bool = False) -> None:
        for _ in range(count):
            self.written += 1
            story = an_article(
                f"Ship {self.written} left harbour {self.written}.", title=f"Ship {self.written} sails"
            )
            reading = a_reading(story)
            await self.desk.library.keep(
                reading,
                origin=f"{self.written}",
                data_key=f"{self.written}",
                added=self.clock.now(),
                story=None,
                bulk=bulk,
            )

    async def day(self, deliver: Deliver, articles: int = 1) -> None:
        """A day goes by: articles come, and the slot is kept."""
        await self.arrive(articles)
        self.clock.pass_by(days=1)
        await deliver.stage_due()
        await deliver.post_waiting(timedelta(minutes=1))


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Newsroom]:
    clock = FakeClock(NOON)
    async with await open_store(StoreSettings(f"sqlite:///{migrated(tmp_path / 'copydesk.db')}")) as database:
        desk = Desk(SqlLibrary(database), open_index(IndexSettings(tmp_path / "index")), HereAndNow(), clock)
        digests = DigestMaker(desk, ComposeSettings(), {})
        digests.standing = Percolator(desk.library)
        yield Newsroom(desk, digests, clock, database)


def nobody(holder: str) -> bool:
    return holder == "nobody"


def anybody(holder: str) -> bool:
    return holder != "nobody"


# --- what is due ---------------------------------------------------------------------------------


async def test_a_slot_is_staged_and_posted_once(room: Newsroom):
    deliver = room.deliver()
    assert await deliver.stage_due() == 0  # first seen at noon
    await room.arrive(2)
    room.clock.pass_by(days=1)
    assert [await deliver.stage_due() for _ in range(3)] == [1, 0, 0]
    await deliver.post_waiting()
    await deliver.post_waiting()
    first, second = room.slack.texts("C1")
    assert first.startswith("The morning digest")
    assert "Ship 1 sails" in first + second
    assert "Ship 2 sails" in first + second


async def test_a_platform_that_is_not_set_up_is_told_of_once_and_kept_for_who_asks(room: Newsroom):
    mail = Address("email", "desk@example.org")
    room.channels = [a_channel(f"c{n}", to) for n, to in enumerate((SLACK, GROUP, GROUP, mail, *[GROUP] * 6))]
    deliver = room.deliver(slack=room.slack)
    for _ in range(2):
        await deliver.stage_due()
    assert [text.partition(":")[0] for text in room.owner.told] == [
        "no digest is made for c1, c2, c4, c5, c6, …",
        "no digest is made for c3",
    ]
    assert room.owner.told[1].endswith("email is not set up: SMTP_URL is not in the environment")
    assert [why.partition(":")[0] for why in deliver.unreachable.reasons()] == [
        "email is not set up",
        "telegram is not set up",
    ]
    room.channels.append(a_channel("late", mail))
    deliver.unreachable.urgent = True
    await deliver.stage_due()
    assert [text.partition(":")[0] for text in room.owner.urgent] == ["no digest is made for late"]
    assert "c3, late" in deliver.unreachable.reasons()[0]


async def test_what_arrives_between_two_slots_is_told_once(room: Newsroom):
    deliver = room.deliver()
    await deliver.stage_due()
    for _ in range(4):
        await room.day(deliver, articles=2)
    told = "\n".join(room.slack.texts("C1"))
    assert [told.count(f"Ship {n} sails") for n in range(1, 9)] == [1] * 8


async def test_queries_are_kept_no_longer_than_they_are_watched(room: Newsroom):
    await room.deliver().stage_due()
    in_chat = room.digests.for_team(EVERYBODY)
    for number in range(3):
        asked = replace(a_channel(), query=f"ship {number}")
        for maker in (room.digests, in_chat):
            await maker.matching(asked, Window(0, 0))
    assert room.digests._expanded.keys() == {one.query for one in room.channels}
    assert in_chat._expanded == {}


async def test_who_unsubscribes_while_the_digest_is_made_gets_none(room: Newsroom, monkeypatch):
    wanted = replace(a_channel(), id="chat:1")
    room.channels, kept = [wanted], SqlSubscriptions(room.database)
    await kept.add(wanted, by=Sender("slack", "U1"), created=NOON)
    deliver, prepare = room.deliver(), room.digests.prepare
    await deliver.stage_due()
    await room.arrive()
    room.clock.pass_by(days=1)

    async def made_meanwhile(*made: Any, **how: Any) -> Prepared:
        assert await kept.remove(wanted.id)
        return await prepare(*made, **how)

    monkeypatch.setattr(room.digests, "prepare", made_meanwhile)
    assert await deliver.stage_due() == 0
    await deliver.post_waiting()
    assert room.slack.texts("C1") == []
    assert await room.outbox().standings() == {}


async def test_three_days_of_silence_are_one_catch_up(room: Newsroom):
    deliver = room.deliver()
    await deliver.stage_due()
    for _ in range(3):
        await room.arrive()
        room.clock.pass_by(days=1)
    assert await deliver.stage_due() == 1
    await deliver.post_waiting()
    assert len([text for text in room.slack.texts("C1") if "digest" in text]) == 1
    for days in (1, 2, 3):
        slot = f"{(NOON + days * DAY).date()}T08:00"
        assert await room.outbox().settled(Occasion("slot", "file:morning", slot))
    assert await room.outbox().settled(Occasion("catchup", "file:morning", slot))
    assert await deliver.stage_due() == 0


async def test_an_empty_digest_is_settled_in_silence(room: Newsroom):
    deliver = room.deliver()
    await deliver.stage_due()
    await room.day(deliver, articles=0)
    assert room.slack.calls == []
    assert (await room.outbox().standing("file:morning", now=NOON)).digests == 1


async def test_the_first_slot_tells_what_came_since_and_offers_the_rest(room: Newsroom):
    await room.arrive(5)
    deliver = room.deliver()
    await deliver.stage_due()
    await room.day(deliver)
    await room.day(deliver)
    first, second = room.slack.texts("C1")
    assert "Ship 6 sails" in first
    assert "5 older articles are in the library." in first
    assert "[Show them|digest|morning]" in first
    assert "Ship 1 sails" not in first
    assert "older" not in second


async def test_the_first_slot_offers_even_when_nothing_is_new(room: Newsroom):
    await room.arrive()
    deliver = room.deliver()
    await deliver.stage_due()
    await room.day(deliver, articles=0)
    (text,) = room.slack.texts("C1")
    assert "1 older article is in the library." in text
    assert "No new articles" not in text


async def test_a_bulk_drop_is_offered_and_not_poured_out(room: Newsroom):
    deliver = room.deliver()
    await deliver.stage_due()
    await room.arrive(240, bulk=True)
    await room.day(deliver, articles=1)
    (text,) = room.slack.texts("C1")
    assert "Ship 241 sails" in text
    assert "240 articles arrived in one drop and are not shown." in text
    assert text.count("sails") == 1
    assert "1 file, 1 article" in text


async def test_the_console_shows_a_bulk_drop(room: Newsroom):
    room.channels = [a_channel(to=Address("console"))]
    deliver = room.deliver()
    await deliver.stage_due()
    await room.arrive(2, bulk=True)
    await room.day(deliver, articles=0)
    assert "Ship 2 sails" in "\n".join(room.console.texts(""))


async def test_asked_for_a_digest_comes_at_once_with_everything(room: Newsroom):
    await room.arrive(2, bulk=True)
    deliver = room.deliver()
    assert await deliver.send_now(room.channels[0], "request-1")
    assert not await deliver.send_now(room.channels[0], "request-1")
    assert await deliver.send_now(room.channels[0], "request-2")
    await deliver.post_waiting(timedelta(minutes=1))
    one, two, nothing = room.slack.texts("C1")
    assert "Ship 1 sails" in one + two
    assert "No new articles" in nothing
    await room.day(deliver, articles=0)
    assert len(room.slack.texts("C1")) == 3


async def test_a_platform_without_a_messenger_waits_for_one(room: Newsroom):
    room.channels = [a_channel(to=GROUP)]
    deliver = room.deliver(slack=room.slack)
    await deliver.stage_due()
    await room.day(deliver)
    deliver = room.deliver()
    await deliver.stage_due()
    await room.day(deliver)
    assert len(room.telegram.texts("-100777")) == 1


async def test_one_digest_that_cannot_be_made_stops_no_other(room: Newsroom):
    room.channels = [a_channel("bad"), a_channel("busy", OTHER), a_channel("good", Address("slack", "C3"))]
    deliver, prepare = room.deliver(), room.digests.prepare
    await deliver.stage_due()

    async def stumble(subscription, *args, **options):
        if subscription.name == "bad":
            raise StoreError("the store is out")
        if subscription.name == "busy":
            raise IndexRebuilding("index")
        return await prepare(subscription, *args, **options)

    room.digests.prepare = stumble
    await room.day(deliver)
    assert [to.chat for to, _ in room.slack.calls] == ["C3"]
    assert room.owner.told == ['the digest "bad" waits: the store is out']
    room.digests.prepare = prepare
    assert await deliver.stage_due() == 2


async def test_a_year_of_slots_each_once_through_both_clock_changes(room: Newsroom):
    """Berlin, the weeks of both changes of 2031, ticks every 20 minutes, slots in the gap and the overlap."""
    schedule = Schedule("Europe/Berlin", (time(2, 30), time(8)))
    room.channels = [Subscription("file:night", "night", SLACK, "", schedule)]
    deliver = room.deliver()
    for start in (datetime(2031, 3, 27, tzinfo=UTC), datetime(2031, 10, 23, tzinfo=UTC)):
        await room.clock.sleep_until(start)
        await deliver.stage_due()
        before = (await room.outbox().standing("file:night", now=NOON)).digests
        staged = 0
        while room.clock.now() < start + 7 * DAY:
            room.clock.pass_by(minutes=60)
            staged += await deliver.stage_due()
        assert staged == 14
        assert (await room.outbox().standing("file:night", now=NOON)).digests == before + 14


async def test_a_clock_that_jumps_settles_nothing_twice_and_forgets_nothing(room: Newsroom):
    deliver = room.deliver()
    await deliver.stage_due()
    await room.day(deliver)
    for hours in (-5, 1, -1, 4, -24, 24, 24 * 365 * 40, -24 * 365 * 40, 2):
        await room.arrive()
        room.clock.pass_by(hours=hours)
        await deliver.stage_due()
    for _ in range(2 * 24 * 3):
        room.clock.pass_by(minutes=20)
        await deliver.stage_due()
    await deliver.post_waiting(timedelta(days=36500))
    told = "\n".join(room.slack.texts("C1"))
    assert [told.count(f"Ship {n} sails") for n in range(1, 11)] == [1] * 10


async def test_a_slot_that_changes_its_zone_is_not_told_again(room: Newsroom):
    deliver = room.deliver()
    await deliver.stage_due()
    await room.day(deliver)
    room.channels = [a_channel(zone="Pacific/Honolulu")]
    await room.arrive()
    room.clock.pass_by(hours=10)
    assert await deliver.stage_due() == 0
    room.clock.pass_by(hours=20)
    assert await deliver.stage_due() == 1
    standing = await room.outbox().standing("file:morning", now=NOON)
    assert not await room.outbox().settled(Occasion("catchup", "file:morning", "2031-03-06T08:00"))
    assert standing.digests == 2


# --- what is posted ------------------------------------------------------------------------------


async def staged(room: Newsroom, articles: int = 3, *channels: Subscription) -> Deliver:
    """A digest of some parts waits for each channel."""
    room.channels = list(channels) or room.channels
    deliver = room.deliver()
    await deliver.stage_due()
    await room.arrive(articles)
    room.clock.pass_by(days=1)
    await deliver.stage_due()
    return deliver


async def test_a_refused_part_is_passed_over_and_told(room: Newsroom):
    deliver = await staged(room)
    room.slack.trouble["C1"] = [None, Refused(SLACK, "msg_too_long")]
    await deliver.post_waiting(timedelta(minutes=1))
    assert len(room.slack.calls) == 3
    assert len(room.slack.texts("C1")) == 2
    assert room.owner.told == ["part 2 of 3 was refused: slack:C1: msg_too_long"]


async def test_too_many_requests_wait_as_asked_and_others_do_not(room: Newsroom):
    deliver = await staged(room, 2, a_channel(), a_channel("other", OTHER))
    room.slack.trouble["C1"] = [RetryLater(SLACK, "ratelimited", 30)]
    before = room.clock.now()
    await deliver.post_waiting()
    assert len(room.slack.texts("C2")) == 2
    assert room.slack.texts("C1") == []
    await deliver.post_waiting(timedelta(seconds=29) - (room.clock.now() - before))
    assert room.slack.texts("C1") == []
    await deliver.post_waiting(timedelta(minutes=1))
    assert room.clock.now() - before >= timedelta(seconds=30)
    assert len(room.slack.texts("C1")) == 2


async def test_who_lost_a_turn_goes_to_the_head_of_the_line(room: Newsroom, monkeypatch):
    turns: list[tuple[str, bool]] = []

    async def turn(_: Pacing, to: Address, *, ahead: bool = False) -> None:
        turns.append((to.chat, ahead))

    monkeypatch.setattr(Pacing, "turn", turn)
    deliver = await staged(room)
    room.slack.trouble["C1"] = [None, RetryLater(SLACK, "ratelimited", 1)]
    await deliver.post_waiting(timedelta(minutes=1))
    assert turns == [("C1", ahead) for ahead in (False, False, True, False)]


async def test_a_lost_answer_is_found_in_the_history(room: Newsroom):
    deliver = await staged(room)
    room.slack.trouble["C1"] = [Lost(), Lost()]
    began = room.clock.now()
    await deliver.post_waiting(timedelta(minutes=1))
    assert len(room.slack.texts("C1")) == len(room.slack.calls) == 3
    assert len(room.slack.looked) == 2
    assert timedelta(seconds=2) <= room.clock.now() - began <= timedelta(seconds=5)
    assert room.slack.looked[0][1] <= began
    assert not room.owner.told


async def test_what_was_lost_on_the_way_is_posted_again_when_no_look_finds_it(room: Newsroom):
    deliver = await staged(room)
    room.slack.trouble["C1"] = [Lost(taken=False)]
    began = room.clock.now()
    await deliver.post_waiting(timedelta(minutes=1))
    assert len(room.slack.looked) == 3
    assert room.clock.now() - began >= timedelta(seconds=14)
    assert [text.splitlines()[0] for text in room.slack.texts("C1")] == [
        text.splitlines()[0] for _, text in room.slack.calls[1:]
    ]
    assert len(room.slack.texts("C1")) == 3


async def test_a_clock_that_is_set_back_does_not_hold_a_lost_answer(room: Newsroom):
    deliver = await staged(room)
    room.slack.trouble["C1"] = [Lost()]
    await deliver.post_waiting()
    room.clock.pass_by(days=-30)
    await deliver.post_waiting(timedelta(minutes=1))
    assert len(room.slack.calls) == len(room.slack.texts("C1")) == 3
    assert room.slack.looked[0][1] < room.clock.now() - timedelta(hours=23)


async def test_a_look_that_fails_is_no_look(room: Newsroom):
    deliver = await staged(room, 1)
    room.slack.trouble["C1"] = [Lost()]
    room.slack.looks = [
        Unconfirmed(SLACK, "timeout"), RetryLater(SLACK, "ratelimited", 60), None, OSError("broken"), Posted("1"),
    ]  # fmt: skip
    await deliver.post_waiting(timedelta(minutes=5))
    assert len(room.slack.calls) == 1
    assert len(room.slack.looked) == 5


@pytest.mark.parametrize(
    "unreadable", [Unknown(in_words("not_in_channel")), Refused(SLACK, "not_in_channel")]
)
async def test_where_nothing_can_be_read_the_part_is_uncertain(room: Newsroom, unreadable):
    deliver = await staged(room)
    room.slack.trouble["C1"] = [Lost()]
    room.slack.looks = [unreadable]
    await deliver.post_waiting(timedelta(minutes=1))
    assert len(room.slack.calls) == 3
    assert room.owner.told == ["part 1 of 3 for slack:C1 may or may not have been posted: not_in_channel"]


async def test_without_a_history_a_lost_answer_is_uncertain_at_once(room: Newsroom):
    deliver = await staged(room, 3, a_channel(to=GROUP))
    room.telegram.trouble["-100777"] = [Lost(taken=False), None, Lost()]
    await deliver.post_waiting(timedelta(minutes=1))
    assert len(room.telegram.calls) == 3
    assert room.telegram.looked == []
    assert len(room.owner.told) == 2


async def test_a_dead_token_stops_its_platform_alone_and_is_told_at_once(room: Newsroom):
    channels = [a_channel(f"s{n}", Address("slack", f"C{n}")) for n in range(4)]
    deliver = await staged(room, 2, *channels, a_channel("t", GROUP))
    for n in range(4):
        room.slack.trouble[f"C{n}"] = [BadCredentials(SLACK, "token_revoked")] * 3
    await deliver.post_waiting(timedelta(minutes=1))
    assert room.slack.posts == []
    assert len(room.telegram.texts("-100777")) == 2
    assert room.owner.urgent == ["nothing is posted to slack any more: slack:C1: token_revoked"]
    room.slack.trouble.clear()
    await deliver.post_waiting()
    assert room.slack.posts == []
    again = room.deliver()  # with a new token
    await again.stage_due()
    await again.post_waiting(timedelta(minutes=1))
    assert [len(room.slack.texts(f"C{n}")) for n in range(4)] == [2] * 4


async def test_a_moved_chat_gets_everything_at_its_new_address(room: Newsroom):
    deliver = await staged(room, 3, a_channel(to=GROUP))
    new = Address("telegram", "-100888")
    room.telegram.trouble["-100777"] = [None, Refused(GROUP, "migrated", moved=new)]
    await deliver.post_waiting(timedelta(minutes=1))
    assert [to.chat for to, _, _ in room.telegram.posts] == ["-100777", "-100888", "-100888"]
    (told,) = room.owner.urgent
    assert told.startswith("telegram:-100777 has moved: it is telegram:-100888 now. Put it in place")
    await room.day(deliver)
    assert len(room.telegram.texts("-100888")) == 3


async def test_chats_that_send_a_part_around_refuse_it_in_the_end(room: Newsroom):
    deliver = await staged(room, 1, a_channel(to=GROUP))
    new = Address("telegram", "-100888")
    room.telegram.trouble["-100777"] = [Refused(GROUP, "migrated", moved=new)] * 20
    room.telegram.trouble["-100888"] = [Refused(new, "migrated", moved=GROUP)] * 20
    await deliver.post_waiting(timedelta(minutes=1))
    assert len(room.telegram.calls) == 6


async def test_a_bug_of_a_messenger_is_a_doubt_and_no_proof(room: Newsroom):
    deliver = await staged(room, 2, a_channel(to=GROUP), a_channel("other"))
    room.telegram.trouble["-100777"] = [KeyError("https://host/bot1234:secret")]
    await deliver.post_waiting(timedelta(minutes=1))
    assert len(room.telegram.texts("-100777")) == 1
    assert "may or may not have been posted: KeyError at fakes_chat.py:" in room.owner.told[0]
    assert "secret" not in room.owner.told[0]
    assert len(room.slack.texts("C1")) == 2


async def test_addresses_are_posted_to_side_by_side_and_each_in_order(room: Newsroom):
    channels = [a_channel(f"s{n}", Address("slack", f"C{n}")) for n in range(12)]
    deliver = await staged(room, 5, *channels)
    await deliver.post_waiting()
    assert room.slack.most_at_once > 3
    for n in range(12):
        assert [text for to, text in room.slack.calls if to.chat == f"C{n}"] == room.slack.texts(f"C{n}")
        assert len(room.slack.texts(f"C{n}")) == 5


async def test_two_desks_on_one_database_post_each_part_once(room: Newsroom):
    channels = [a_channel(f"s{n}", Address("slack", f"C{n}")) for n in range(6)]
    await staged(room, 4, *channels)
    await room.arrive(2)
    room.clock.pass_by(days=1)
    desks = [room.deliver(SqlOutbox(room.database, holder=f"here-{n}", alive=anybody)) for n in range(3)]
    await asyncio.gather(*(desk.stage_due() for desk in desks))
    await asyncio.gather(*(desk.post_waiting(timedelta(minutes=1)) for desk in desks))
    keys = [key for _, _, key in room.slack.posts]
    assert len(keys) == len(set(keys)) == 6 * 6
    assert [sum("digest" in text for text in room.slack.texts(f"C{n}")) for n in range(6)] == [2] * 6


async def test_a_desk_that_starts_knows_what_another_has_just_posted(room: Newsroom):
    deliver = await staged(room)
    assert await deliver.send_now(room.channels[0], "request-1")
    await deliver.post_waiting()
    stopped = room.clock.now()
    again = room.deliver()
    assert await again.send_now(room.channels[0], "request-2")
    await again.post_waiting()
    assert room.slack.posts[-1][0] == SLACK
    assert room.clock.now() - stopped >= timedelta(seconds=1)


async def test_a_result_that_cannot_be_recorded_is_tried_until_it_is(room: Newsroom):
    outbox = room.outbox()
    await staged(room, 1)
    tries, sent = 0, outbox.sent

    async def stumble(*args):
        nonlocal tries
        tries += 1
        if tries < 4:
            raise StoreError("the disk is full")
        await sent(*args)

    outbox.sent = stumble
    await room.deliver(outbox).post_waiting()
    assert (len(room.slack.posts), tries, len(room.owner.urgent)) == (1, 4, 3)
    await room.deliver().post_waiting(timedelta(minutes=1))
    assert len(room.slack.calls) == 1


# --- the loop ------------------------------------------------------------------------------------


class StillClock(FakeClock):
    """Time passes when the test says so: who sleeps waits for it."""

    def __init__(self, now: datetime = NOON) -> None:
        super().__init__(now)
        self.sleeping = 0
        self._passed = asyncio.Event()

    async def sleep_until(self, moment: datetime) -> None:
        self.sleeping += 1
        try:
            while self._now < moment:
                await self._passed.wait()
        finally:
            self.sleeping -= 1

    def pass_by(self, **length: float) -> None:
        super().pass_by(**length)
        self._passed.set()
        self._passed = asyncio.Event()


class Alarm(asyncio.Event):
    """What a loop waits for: how often it went round, and whether it waits now."""

    def __init__(self) -> None:
        super().__init__()
        self.rounds, self.waiting = 0, False

    def clear(self) -> None:
        self.rounds += 1
        super().clear()

    async def wait(self) -> Literal[True]:
        self.waiting = not self.is_set()
        try:
            return await super().wait()
        finally:
            self.waiting = False


async def until(condition) -> None:
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0)


async def settled() -> None:
    """Whatever could go on without the disk or a clock has gone on."""
    for _ in range(50):
        await asyncio.sleep(0)


async def test_the_loop_sleeps_until_it_is_woken_or_a_part_is_due(room: Newsroom):
    clock = room.clock = StillClock()
    object.__setattr__(room.desk, "clock", clock)
    outbox, calls = room.outbox(), 0
    deliver, stop, due = room.deliver(outbox), asyncio.Event(), outbox.due

    async def counted(*args, **options):
        nonlocal calls
        calls += 1
        return await due(*args, **options)

    outbox.due = counted
    tick, wake = Alarm(), Alarm()
    deliver._tick, deliver._posting.lanes._wake = tick, wake
    running = asyncio.create_task(deliver.run(stop))
    await until(lambda: calls and tick.waiting and wake.waiting)
    quiet = tick.rounds, wake.rounds
    await room.arrive(2)
    room.slack.trouble["C1"] = [RetryLater(SLACK, "ratelimited", 20)]
    clock.pass_by(days=1)
    await settled()
    assert (tick.rounds, wake.rounds) == quiet
    deliver.wake()
    await until(lambda: len(room.slack.calls) == 1 and clock.sleeping)
    clock.pass_by(seconds=20)
    await until(lambda: len(room.slack.posts) == 2)
    stop.set()
    await running
    assert calls < 15


async def test_stopping_finishes_the_call_under_way_and_begins_no_other(room: Newsroom):
    deliver = await staged(room, 3)
    stop, answer = asyncio.Event(), asyncio.Event()
    post = room.slack.post

    async def slow(to, payload, **beside):
        stop.set()
        await answer.wait()
        return await post(to, payload, **beside)

    room.slack.post = slow
    running = asyncio.create_task(deliver.run(stop))
    await until(lambda: stop.is_set() and not deliver._posting.lanes.open)
    await settled()
    assert not running.done()
    answer.set()
    await running
    assert len(room.slack.posts) == 1
    room.slack.post = post
    await room.deliver(room.outbox("here-2")).post_waiting(timedelta(minutes=1))
    assert (len(room.slack.posts), room.slack.looked) == (3, [])


async def test_a_loop_that_is_started_again_leaves_no_call_that_is_under_way(room: Newsroom, monkeypatch):
    monkeypatch.setattr(supervision, "FIRST", 0.0)
    ports = (await staged(room, 1))._ports
    deliver = Deliver(room.desk, room.digests, ports, grace=0.0)
    stop, begun, failed, answer = (asyncio.Event() for _ in range(4))
    post, opened = room.slack.post, deliver._posting.lanes._opened

    async def slow(to, payload, **beside):
        begun.set()
        await answer.wait()
        return await post(to, payload, **beside)

    async def stumble(group):
        if begun.is_set() and not failed.is_set():
            failed.set()
            raise AssertionError
        return await opened(group)

    room.slack.post, deliver._posting.lanes._opened = slow, stumble
    running = asyncio.create_task(deliver.run(stop))
    await begun.wait()
    deliver.wake()
    await failed.wait()
    await settled()
    answer.set()
    await until(lambda: room.slack.posts)
    stop.set()
    await running
    assert (len(room.slack.posts), room.slack.looked) == (1, [])


async def test_a_store_that_fails_does_not_end_the_loop(room: Newsroom):
    outbox = room.outbox()
    recover, failures = outbox.recover, 2

    async def stumble(now):
        nonlocal failures
        failures -= 1
        if failures >= 0:
            raise StoreError("busy")
        return await recover(now)

    await staged(room, 1)
    outbox.recover = stumble
    stop = asyncio.Event()
    running = asyncio.create_task(room.deliver(outbox).run(stop))
    await until(lambda: room.slack.posts)
    stop.set()
    await running
    assert room.owner.told[0] == "posting waits: busy"
