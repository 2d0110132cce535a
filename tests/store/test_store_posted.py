"""What a digest showed under which number is found by its messages for 90 days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.digests import PostedStory, Telling
from bot.domain.events import Said, Sender, Under
from bot.domain.model import Address, Span
from bot.domain.reasons import in_words
from bot.store.delivery.posted import SqlPostedDigests
from bot.store.retention import Retention
from bot.store.sql.database import Database
from bot.store.sql.delivery_schema import numbered, told
from tests.builders import NOON
from tests.contracts.outbox import HERE
from tests.store.test_store_memory import post, stage, telling

ADA = Sender("slack", "U0ADA")


def under(message: str, at: Address = HERE, *, direct: bool = False) -> Said:
    return Said("k", at, ADA, "2", direct, under=Under(at, message))


def numbers() -> tuple[Telling, ...]:
    """Two stories that are told, in a part each, and one that is listed."""
    first, second, third = telling(1), telling(2, part=2), telling(3, part=2)
    return (
        replace(first, number=1),
        replace(second, number=2),
        replace(third, number=3, listed=True, brief=replace(third.brief, lines=(), headline="Bees\0return")),
    )


async def test_a_digest_is_found_by_each_of_its_messages_with_what_it_showed(database: Database):
    await post(await stage(database, *numbers()), "m1", "m2")
    posted = SqlPostedDigests(database)
    found = await posted.under(under("m2"))
    assert found is not None
    assert (found.name, found.until, found.part) == ("morning", NOON, 2)
    shown = (
        (
            1,
            Span(0, len("The harbour bridge will close on Monday. Ferries will run every ten minutes.")),
            "text",
        ),
    )
    assert found.stories[0] == PostedStory(1, 1, "Bridge", (1,), shown)
    assert [(one.number, one.part, one.headline) for one in found.stories[1:]] == [
        (2, 2, "Bridge"),
        (3, 2, "Bees\ufffdreturn"),
    ]
    first = await posted.under(under("m1"))
    assert first == replace(found, part=1)
    assert await posted.digest(found.id) == replace(found, part=0)


async def test_a_message_is_the_desks_in_the_chat_where_it_was_posted_whatever_that_is_called(
    database: Database,
):
    outbox = await stage(database, *numbers())
    await post(outbox, "m1", "m2")
    posted, other = SqlPostedDigests(database), replace(HERE, chat="@Elsewhere")
    named = replace(HERE, chat=HERE.chat.swapcase())
    assert await posted.wrote([other, HERE], "m2")
    assert await posted.wrote([named], "m1")
    for places, message in (
        ([other], "m1"),
        ([replace(HERE, platform="x")], "m1"),
        ([HERE], "m3"),
        ([HERE], ""),
        ([], "m1"),
    ):
        assert not await posted.wrote(places, message)


async def test_what_is_listed_by_its_headline_was_not_told(database: Database):
    await stage(database, *numbers())
    async with database.reading() as connection:
        assert set((await connection.execute(select(told.c.story))).scalars()) == {1, 2}


async def test_another_chat_message_or_part_that_never_arrived_is_no_digest(database: Database):
    await post(await stage(database, *numbers()), "m1")
    posted = SqlPostedDigests(database)
    for said in (
        under("m2"),
        under(""),
        under("m1", Address("slack", "C0OTHER")),
        under("m1", Address("telegram", HERE.chat)),
        replace(under("m1"), under=None),
    ):
        assert await posted.under(said) is None
    assert await posted.digest(99) is None


async def test_a_conversation_with_one_person_goes_by_their_name(database: Database):
    await post(await stage(database, *numbers(), to=Address("slack", "@U0ADA")), "m1")
    posted = SqlPostedDigests(database)
    assert await posted.under(under("m1", Address("slack", "D0ADA"), direct=True))
    assert await posted.under(under("m1", Address("slack", "D0ADA"))) is None


async def test_of_the_digests_in_one_thread_the_newest_is_found(database: Database):
    thread = replace(HERE, thread="head")
    for day in (0, 1):
        await post(await stage(database, *numbers(), days=day, to=thread), f"{day}a", f"{day}b")
    posted = SqlPostedDigests(database)
    newest = await posted.under(under("head"))
    assert newest is not None
    assert (newest.until, newest.part) == (NOON + timedelta(days=1), 0)
    older = await posted.under(under("0a"))
    assert older is not None
    assert (older.until, older.part) == (NOON, 1)


@pytest.mark.parametrize(("days", "left"), [(89, 3), (91, 0)])
async def test_numbers_are_forgotten_after_90_days(database: Database, days: int, left: int):
    await post(await stage(database, *numbers()), "m1", "m2")
    await Retention(database).forget_old(NOON + timedelta(days=days))
    found = await SqlPostedDigests(database).under(under("m1"))
    assert found is not None  # the newest digest's parts stay, and silence below it is still its own
    assert len(found.stories) == left


async def test_a_digest_that_was_refused_whole_leaves_no_numbers(database: Database):
    outbox = await stage(database, *numbers())
    (part,) = await outbox.waiting(NOON)
    assert await outbox.attempt(part, NOON)
    await outbox.refused(part, HERE, in_words("not invited"), NOON)
    async with database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(numbered))).scalar_one() == 0
