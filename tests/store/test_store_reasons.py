"""Reasons in the store: as codes with their arguments, and in words where an earlier version kept them."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select, update

from bot.domain.model import Window
from bot.domain.reasons import Reason, in_words
from bot.store.delivery.outbox import SqlOutbox
from bot.store.delivery.results import DigestResults
from bot.store.library import SqlLibrary
from bot.store.sql.database import Database
from bot.store.sql.delivery_schema import deliveries
from bot.store.sql.library_schema import arrivals
from tests.builders import NOON
from tests.contracts.outbox import HERE, stage, the_first

EVERYTHING = Window(0, 1_000)
HOSTILE = '{0.__class__} %s "\\" [] \0 \x1b[31m \ud800 \u202e 🗞️ \n'
NESTED = Reason(
    "document.none_of",
    count=12,
    place=HOSTILE,
    why=Reason("mail.unread", why=Reason("archive.damaged", said=HOSTILE)),
)


@pytest.fixture
def outbox(database: Database) -> SqlOutbox:
    return SqlOutbox(database, holder="here-1", alive=lambda _: False)


async def test_a_reason_within_a_reason_comes_back_from_each_table(database: Database, outbox: SqlOutbox):
    library = SqlLibrary(database)
    await library.refuse(origin="a.zip", data_key="k", reason=NESTED, added=NOON)
    (arrival,) = await library.arrivals(EVERYTHING)
    assert arrival.reason == NESTED
    await stage(outbox, parts=1)
    part = await the_first(outbox)
    await outbox.attempt(part, NOON)
    await outbox.postpone(part, NOON, NESTED)
    assert (await the_first(outbox)).reason == NESTED
    await outbox.shut(HERE, NESTED, NOON)
    (closed,) = await outbox.closures()
    assert closed.reason == NESTED


async def test_a_program_can_read_what_is_kept(database: Database):
    await SqlLibrary(database).refuse(origin="a", data_key="k", reason=Reason("file.empty"), added=NOON)
    async with database.reading() as connection:
        kept = (await connection.execute(select(arrivals.c.reason))).scalar_one()
    assert json.loads(kept) == {"code": "file.empty", "arguments": {}}


async def test_what_an_earlier_version_kept_is_told_in_its_words(database: Database, outbox: SqlOutbox):
    library = SqlLibrary(database)
    await library.refuse(origin="a.txt", data_key="k", reason=Reason("file.empty"), added=NOON)
    await stage(outbox, parts=1)
    part = await the_first(outbox)
    await outbox.attempt(part, NOON)
    await outbox.failed(part, Reason("post.absent"))
    async with database.writing() as connection:
        await connection.execute(update(arrivals).values(reason="the file is empty"))
        await connection.execute(update(deliveries).values(reason="slack:C1: not a member"))
    (arrival,) = await library.arrivals(EVERYTHING)
    assert arrival.reason == in_words("the file is empty")
    told = await DigestResults(database, "UTC").last("s")
    assert told is not None
    assert told.endswith(": slack:C1: not a member")


async def test_a_part_that_failed_says_why_in_words(database: Database, outbox: SqlOutbox):
    await stage(outbox, parts=1)
    part = await the_first(outbox)
    await outbox.attempt(part, NOON)
    await outbox.failed(part, Reason("post.set_aside", times=2))
    told = await DigestResults(database, "UTC").last("s")
    assert told is not None
    assert told.endswith("the desk ended 2 times while it posted this; `copydesk deliver --again` posts it")
