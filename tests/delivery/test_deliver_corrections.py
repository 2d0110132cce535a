"""A correction of a posted article edits the message, or answers it, once; and says nothing of what was not shown."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import select

from bot.delivery.corrections import CorrectingPorts, Corrections, compared
from bot.delivery.pacing import Pacing
from bot.delivery.posting import PostingPorts
from bot.delivery.scheduled import Deliver
from bot.domain.digests import Digest, Shown
from bot.domain.errors import OverBudget, Refused, RetryLater
from bot.domain.model import Address, Article, Entry, Subscription
from bot.domain.reasons import Reason
from bot.domain.teams import NO_TEAMS, Team, Teams
from bot.platforms import LIMITS
from bot.store.delivery.corrections import SqlCorrections
from bot.store.delivery.memory import SqlMemory
from bot.store.delivery.paces import SqlPaces
from bot.store.sql.delivery_schema import deliveries
from bot.store.sql.plans import Plan, digest_of
from bot.store.sql.rows import Row
from tests.builders import a_reading, an_article
from tests.delivery.test_deliver import GROUP, SLACK, Newsroom, a_channel, room
from tests.fakes_chat import Lost

__all__ = ["room"]

CLOSES = "The swing bridge at Mardle closes on Monday and stays closed for nine weeks."
RIGHT = CLOSES.replace("nine", "seven")
REST = (
    "Buses go round by Teal Lock.",
    "The council pays for the work.",
    "Two cranes stand on the quay already.",
)
MINUTE = timedelta(minutes=1)


class Pressroom:
    """A newsroom whose desk heeds corrections in one way."""

    def __init__(self, room: Newsroom, mode: str = "edit") -> None:
        self.room = room
        self.mode = mode
        self.language = "en"
        self.teams = NO_TEAMS
        room.slack.edits = room.telegram.edits = True
        room.digests._recall = SqlMemory(room.database).recall

    def deliver(self) -> Deliver:
        """A process of its own."""
        room = self.room

        async def channels() -> list[Subscription]:
            return room.channels

        async def language(_: Subscription) -> str:
            return self.language

        async def teams() -> Teams:
            return self.teams

        known = {"slack": room.slack, "telegram": room.telegram, "console": room.console}
        store = SqlCorrections(room.database)
        ports = CorrectingPorts(store, known, channels, room.owner, lambda: self.mode, teams)
        wire = PostingPorts(
            room.outbox(),
            known,
            channels,
            room.owner,
            Pacing(LIMITS, SqlPaces(room.database), room.clock),
            correct=Corrections(room.desk, ports).stage,
            language=language,
        )
        return Deliver(room.desk, room.digests, wire)

    async def open(self) -> None:
        await self.deliver().stage_due()

    async def print(
        self,
        *paragraphs: str,
        revises: int | None = None,
        title: str = "Bridge",
        source: str = "Port Gazette",
    ) -> int:
        self.room.written += 1
        url = "https://gazette.example/bridge"
        article: Article = an_article(*paragraphs, title=title, url=url, source=source)
        reading = a_reading(article, sentences=paragraphs[:1])
        name = f"{self.room.written}"
        kept = await self.room.desk.library.keep(
            reading, origin=name, data_key=name, added=self.room.clock.now(), story=None, revises=revises
        )
        return kept.entry

    async def passes(self, **time: int) -> None:
        self.room.clock.pass_by(**time)
        deliver = self.deliver()
        await deliver.stage_due()
        await deliver.post_waiting(MINUTE)

    async def posted(self) -> int:
        """An article that was told this morning."""
        await self.open()
        entry = await self.print(CLOSES, *REST)
        await self.passes(days=1)
        return entry

    async def states(self) -> list[tuple[str, str]]:
        async with self.room.database.reading() as connection:
            rows = await connection.execute(
                select(deliveries.c.kind, deliveries.c.state).order_by(deliveries.c.id)
            )
            return [(row.kind, row.state) for row in rows]


async def test_the_message_is_edited_once_and_marked(room: Newsroom):
    press = Pressroom(room)
    entry = await press.posted()
    assert CLOSES in room.slack.texts("C1")[0]
    await press.print(RIGHT, *REST, revises=entry)
    await press.passes(minutes=1)
    await press.passes(minutes=1)
    ((to, message, text),) = room.slack.edited
    assert (to, message) == (SLACK, "1")
    assert f"{RIGHT} (corrected)" in text
    assert CLOSES not in text
    assert len(room.slack.posts) == 1
    assert await press.states() == [("post", "sent"), ("edit", "sent")]


async def test_a_digest_is_corrected_in_the_language_that_it_was_posted_in(room: Newsroom):
    press = Pressroom(room)
    press.language = "de"
    entry = await press.posted()
    (posted,) = room.slack.texts("C1")
    assert "1 Artikel" in posted
    press.language = "en"
    await press.print(RIGHT, *REST, revises=entry)
    await press.passes(minutes=1)
    ((_, message, text),) = room.slack.edited
    assert (message, text) == ("1", posted.replace(CLOSES, f"{RIGHT} (korrigiert)"))


async def test_a_german_digest_is_answered_in_german(room: Newsroom):
    press = Pressroom(room, "reply")
    press.language = "de"
    entry = await press.posted()
    await press.print(*REST, revises=entry)
    await press.passes(minutes=1)
    assert room.slack.texts("C1")[1].splitlines() == [
        "Korrektur · Port Gazette",
        f"„{CLOSES}“ → steht nicht mehr im Artikel",
    ]


async def test_what_the_correction_told_is_no_news_the_next_day(room: Newsroom):
    press = Pressroom(room)
    entry = await press.posted()
    await press.print(RIGHT, *REST, revises=entry)
    await press.passes(minutes=1)
    await press.passes(days=1)
    assert len(room.slack.posts) == 1


async def test_a_second_correction_begins_where_the_first_ended(room: Newsroom):
    press = Pressroom(room, "reply")
    entry = await press.posted()
    await press.print(RIGHT, *REST, revises=entry)
    await press.passes(minutes=1)
    last = CLOSES.replace("nine", "five")
    await press.print(last, *REST, revises=entry)
    await press.passes(minutes=1)
    replies = room.slack.texts("C1")[1:]
    assert [f"“{CLOSES}” → “{RIGHT}”" in replies[0], f"“{RIGHT}” → “{last}”" in replies[1]] == [True, True]
    assert room.slack.parents[1:] == ["1", "1"]


async def test_two_corrections_before_the_next_look_are_one(room: Newsroom):
    press = Pressroom(room)
    entry = await press.posted()
    await press.print(RIGHT, *REST, revises=entry)
    last = CLOSES.replace("nine", "five")
    await press.print(last, *REST, revises=entry)
    await press.passes(minutes=1)
    ((_, _, text),) = room.slack.edited
    assert last in text


async def test_what_was_not_shown_changes_no_message(room: Newsroom):
    press = Pressroom(room)
    entry = await press.posted()
    await press.print(CLOSES, REST[0], "The county pays for the work.", REST[2], revises=entry)
    await press.passes(minutes=1)
    assert room.slack.edited == []
    assert len(room.slack.posts) == 1
    assert await press.states() == [("post", "sent")]
    await press.print(RIGHT, REST[0], "The county pays for the work.", REST[2], revises=entry)
    await press.passes(minutes=1)
    assert len(room.slack.edited) == 1


@pytest.mark.parametrize("closed", [False, True])
async def test_where_a_message_cannot_be_edited_it_is_answered(room: Newsroom, closed: bool):
    press = Pressroom(room)
    entry = await press.posted()
    room.slack.trouble["C1"] = [Refused(SLACK, "edit_window_closed", closed=closed)]
    await press.print(RIGHT, *REST, revises=entry)
    await press.passes(minutes=1)
    await press.passes(minutes=1)
    assert room.slack.edited == []
    _, reply = room.slack.texts("C1")
    assert reply.splitlines() == ["Correction · Port Gazette", f"“{CLOSES}” → “{RIGHT}”"]
    assert room.slack.parents == ["", "1"]
    assert await press.states() == [("post", "sent"), ("reply", "sent")]


async def test_an_edit_whose_answer_was_lost_is_made_again(room: Newsroom):
    press = Pressroom(room)
    entry = await press.posted()
    room.slack.trouble["C1"] = [Lost(taken=True), RetryLater(SLACK, "too fast", 5)]
    await press.print(RIGHT, *REST, revises=entry)
    await press.passes(minutes=1)
    await press.passes(minutes=1)
    assert len(room.slack.edited) == 2
    assert {text for _, _, text in room.slack.edited} == {room.slack.edited[0][2]}
    assert room.slack.looked == []
    assert await press.states() == [("post", "sent"), ("edit", "sent")]


async def test_an_edit_that_a_process_left_is_made_by_the_next(room: Newsroom):
    press = Pressroom(room)
    entry = await press.posted()
    await press.print(RIGHT, *REST, revises=entry)
    await press.deliver().stage_due()
    dead = room.outbox("gone")
    (part,) = await dead.waiting(room.clock.now())
    assert (part.kind, part.parent) == ("edit", "1")
    assert await dead.attempt(part, room.clock.now())
    await press.passes(minutes=1)
    assert len(room.slack.edited) == 1


async def test_a_platform_that_edits_nothing_is_told(room: Newsroom):
    press = Pressroom(room)
    room.slack.edits = False
    entry = await press.posted()
    await press.print(RIGHT, *REST, revises=entry)
    await press.passes(minutes=1)
    assert f"“{CLOSES}” → “{RIGHT}”" in room.slack.texts("C1")[1]


async def test_a_message_that_may_have_been_lost_is_corrected_beside_it(room: Newsroom):
    press = Pressroom(room)
    room.channels = [a_channel(to=GROUP)]
    await press.open()
    entry = await press.print(CLOSES, *REST)
    room.telegram.trouble[GROUP.chat] = [Lost(taken=True)]
    await press.passes(days=1)
    await press.print(RIGHT, *REST, revises=entry)
    await press.passes(minutes=1)
    assert room.telegram.edited == []
    assert f"“{CLOSES}” → “{RIGHT}”" in room.telegram.texts(GROUP.chat)[1]
    assert room.telegram.parents == ["", ""]


async def test_nothing_is_said_where_it_is_switched_off_also_not_later(room: Newsroom):
    press = Pressroom(room, "off")
    entry = await press.posted()
    await press.print(RIGHT, *REST, revises=entry)
    await press.passes(minutes=1)
    press.mode = "edit"
    await press.passes(minutes=1)
    assert room.slack.edited == []
    assert len(room.slack.posts) == 1


async def test_a_closed_chat_is_corrected_when_it_is_open_again(room: Newsroom):
    press = Pressroom(room)
    entry = await press.posted()
    await press.room.outbox().shut(SLACK, Refused(SLACK, "archived").reason, room.clock.now())
    await press.print(RIGHT, *REST, revises=entry)
    await press.passes(minutes=1)
    assert room.slack.edited == []
    await room.outbox().reopen(SLACK)
    await press.passes(minutes=1)
    assert len(room.slack.edited) == 1


async def test_quiet_hours_are_kept(room: Newsroom):
    press = Pressroom(room)
    entry = await press.posted()
    (channel,) = room.channels
    night = replace(channel.schedule, quiet=(time(11), time(13)))
    room.channels = [replace(channel, schedule=night)]
    await press.print(RIGHT, *REST, revises=entry)
    await press.passes(minutes=1)
    assert room.slack.edited == []
    await press.passes(hours=1)
    assert len(room.slack.edited) == 1


@pytest.mark.parametrize("mode", ["edit", "reply"])
async def test_two_articles_of_a_digest_that_are_corrected_at_once_are_both_made_right(
    room: Newsroom, mode: str
):
    press = Pressroom(room, mode)
    await press.open()
    bridge = await press.print(CLOSES, *REST)
    tower = await press.print("The tower opens on Friday.", "It has ninety steps and no lift.", title="Tower")
    await press.passes(days=1)
    await press.print(RIGHT, *REST, revises=bridge)
    await press.print(
        "The tower opens on Sunday.", "It has ninety steps and no lift.", title="Tower", revises=tower
    )
    await press.passes(minutes=1)
    texts = room.slack.texts("C1")  # of two parts, and as many replies
    told = "\n".join(texts if mode == "edit" else texts[2:])
    right = (RIGHT, "The tower opens on Sunday.")
    assert all((f"{new} (corrected)" if mode == "edit" else f"“{new}”") in told for new in right)
    assert len(texts) == (2 if mode == "edit" else 4)


async def test_another_teams_outlet_corrects_nothing(room: Newsroom):
    other = Address("slack", "C2")
    press = Pressroom(room)
    room.channels = [a_channel("one"), a_channel("two", other)]
    gazette = Team("gazette", frozenset({str(SLACK)}), frozenset({"port  gazette"}))
    press.teams = room.digests.teams = Teams((gazette,))
    entry = await press.posted()
    await press.print(RIGHT, *REST, revises=entry, source="The Goal")
    await press.passes(minutes=1)
    assert [to for to, _, _ in room.slack.edited] == [other]
    assert len(room.slack.texts("C1")) == 1


async def test_who_no_longer_subscribes_is_left_alone(room: Newsroom):
    press = Pressroom(room)
    entry = await press.posted()
    room.channels = []
    await press.print(RIGHT, *REST, revises=entry)
    await press.passes(minutes=1)
    assert room.slack.edited == []


async def test_each_of_several_places_is_corrected_and_a_bad_one_stops_none(room: Newsroom):
    press = Pressroom(room)
    other = Address("slack", "C2")
    room.channels = [a_channel("one"), a_channel("two", other), a_channel("three", GROUP)]
    entry = await press.posted()
    room.slack.trouble["C1"] = [Refused(SLACK, "message_not_found")]
    await press.print(RIGHT, *REST, revises=entry)
    await press.passes(minutes=1)
    assert [to for to, _, _ in room.slack.edited] == [other]
    assert [to for to, _, _ in room.telegram.edited] == [GROUP]
    assert "Correction" in room.slack.texts("C1")[-1]


async def test_a_digest_that_cannot_be_compared_stops_no_other_and_is_told_of_once(
    room: Newsroom, monkeypatch
):
    press = Pressroom(room)
    other = Address("slack", "C2")
    room.channels = [a_channel("one"), a_channel("two", other), a_channel("quiet", GROUP)]
    entry = await press.posted()
    room.channels[2] = replace(
        room.channels[2], schedule=replace(room.channels[2].schedule, quiet=(time(0), time(23, 59)))
    )

    def broken(plan: Plan, row: Row, entries: Mapping[int, Entry]) -> tuple[Digest, Shown]:
        if row["subscription"] == "file:one":
            raise KeyError("a plan of another version")
        return digest_of(plan, row, entries)

    monkeypatch.setattr("bot.delivery.corrections.digest_of", broken)
    await press.print(RIGHT, *REST, revises=entry)
    deliver = press.deliver()
    for _ in range(3):  # one reader has quiet hours, so it is looked at again
        await deliver.stage_due()
    await deliver.post_waiting(MINUTE)
    assert [to for to, _, _ in room.slack.edited] == [other]
    assert len([one for one in room.owner.told if "cannot be corrected: KeyError" in one]) == 1


async def test_a_comparison_that_takes_too_long_is_not_made_for_ever(room: Newsroom, monkeypatch):
    press = Pressroom(room)
    entry = await press.posted()
    await press.print(RIGHT, *REST, revises=entry)
    tried = []

    async def slow(work: object, *_: object) -> object:
        tried.append(work)
        raise OverBudget(Reason("work.seconds", most=60))

    monkeypatch.setattr(room.desk.workers, "run", slow)
    deliver = press.deliver()
    for _ in range(5):
        await deliver.stage_due()
    assert tried == [compared] * 2
    assert [one.partition(":")[0] for one in room.owner.told] == [
        f"what was posted of article {entry} is not corrected yet",
        f"what was posted of article {entry} cannot be corrected",
    ]


async def test_a_digest_that_was_made_before_the_correction_and_staged_after_it_is_corrected(room: Newsroom):
    press = Pressroom(room)
    await press.open()
    entry = await press.print(CLOSES, *REST)
    room.clock.pass_by(days=1)
    prepare = room.digests.prepare

    async def slow(*arguments: object, **named: object) -> object:
        made = await prepare(*arguments, **named)  # type: ignore[arg-type]
        if not corrected:
            corrected.append(await press.print(RIGHT, *REST, revises=entry))
            await press.deliver()._ports.correct()
        return made

    corrected: list[int] = []
    room.digests.prepare = slow  # type: ignore[assignment, method-assign]
    await press.passes()
    assert CLOSES in room.slack.texts("C1")[0]
    await press.passes(minutes=1)
    ((_, _, text),) = room.slack.edited
    assert RIGHT in text


class Killed(BaseException):
    """The process ends here."""


async def test_a_kill_while_a_correction_is_staged_leaves_it_to_the_next(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
):
    press = Pressroom(room)
    entry = await press.posted()
    await press.print(RIGHT, *REST, revises=entry)

    async def ends(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as once:
        once.setattr("bot.store.delivery.corrections._insert", ends)
        with pytest.raises(Killed):
            await press.deliver().stage_due()
    assert await press.states() == [("post", "sent")]
    await press.passes(minutes=1)
    assert len(room.slack.edited) == 1


async def test_two_processes_stage_a_correction_once(room: Newsroom):
    press = Pressroom(room)
    entry = await press.posted()
    await press.print(RIGHT, *REST, revises=entry)
    one, two = press.deliver(), press.deliver()
    await asyncio.gather(one.stage_due(), two.stage_due())
    assert await press.states() == [("post", "sent"), ("edit", "waiting")]
