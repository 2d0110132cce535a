"""What a place was told is kept over restarts, follows its chat and its story, and ends with what was refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select, update

from bot.domain.conversations import Mute
from bot.domain.digests import Brief, Facts, Ledger, Line, Made, Omission, Telling
from bot.domain.model import Address, Window
from bot.domain.reasons import Reason, in_words
from bot.store.delivery.memory import SqlMemory
from bot.store.delivery.outbox import SqlOutbox
from bot.store.delivery.results import DigestResults
from bot.store.library import SqlLibrary
from bot.store.retention import Retention
from bot.store.sql.database import Database, StoreSettings, open_store
from bot.store.sql.delivery_schema import told
from bot.store.sql.library_schema import entries
from bot.store.subscriptions import MOST_MUTES, SqlMutes
from tests.builders import NOON, a_reading, an_article, an_entry
from tests.contracts.outbox import HERE, THERE, a_digest, a_slot, some_parts

FACTS = Facts(
    frozenset({"bridge", "mardle"}), frozenset({"9"}), frozenset({12345}), frozenset({"Port Gazette"})
)


def telling(story: int = 1, part: int = 1, facts: Facts = FACTS) -> Telling:
    entry = an_entry(id=story, story=story)
    line = Line(entry, entry.summary.sentences[0])
    return Telling(part, Brief(story, "Bridge", (line,), (), (entry,), facts=facts))


def an_outbox(database: Database) -> SqlOutbox:
    return SqlOutbox(database, holder="here-1", alive=lambda _: False)


async def stage(
    database: Database, *tellings: Telling, days: int = 0, to: Address = HERE, parts: int = 2
) -> SqlOutbox:
    outbox = an_outbox(database)
    await outbox.standing("s", now=NOON - timedelta(days=1))
    standing = await outbox.standing("s", now=NOON)
    slot, window = a_slot(days), Window(standing.upto, standing.upto + 1)
    digest = a_digest(key=slot.key, window=window, until=NOON + timedelta(days=days))
    assert await outbox.stage(digest, some_parts(parts), to=to, slots=(slot,), tellings=tellings)
    return outbox


async def post(outbox: SqlOutbox, *ids: str) -> None:
    for posted in ids:
        (part,) = await outbox.waiting(NOON)
        assert await outbox.attempt(part, NOON)
        await outbox.sent(part, posted)


async def test_what_was_told_comes_back_whole_from_a_store_that_was_opened_again(store_url: str):
    async with await open_store(StoreSettings(store_url)) as database:
        await post(await stage(database, telling(1), telling(2, part=2)), "17.1", "17.2")
        more = Facts(frozenset({"ferry"}), frozenset({"11"}))
        await stage(database, telling(1, facts=more), days=1)
    async with await open_store(StoreSettings(store_url)) as database:
        found = await SqlMemory(database).recall(HERE, [1, 2, 3])
    assert found.keys() == {1, 2}
    assert (found[1].at, found[1].posted, found[1].facts) == (NOON, "17.1", FACTS | more)
    assert found[2].posted == "17.2"


async def test_another_place_was_told_nothing(database: Database):
    await stage(database, telling())
    memory = SqlMemory(database)
    assert await memory.recall(THERE, [1]) == {}
    assert await memory.recall(Address(HERE.platform, HERE.chat, "17.4"), [1]) == {}
    assert await memory.recall(HERE, []) == {}


async def test_many_stories_are_recalled_at_once(database: Database):
    await stage(database, *(telling(n) for n in range(1, 41)))
    assert len(await SqlMemory(database).recall(HERE, range(1, 5000))) == 40


async def test_a_place_that_refuses_the_digest_was_told_nothing(database: Database):
    outbox = await stage(database, telling())
    (part,) = await outbox.waiting(NOON)
    await outbox.attempt(part, NOON)
    assert await outbox.refused(part, HERE, in_words("archived"), NOON)
    assert await SqlMemory(database).recall(HERE, [1]) == {}


async def test_a_part_that_is_refused_tells_nothing_and_the_others_do(database: Database):
    outbox = await stage(database, telling(1), telling(2, part=2))
    (part,) = await outbox.waiting(NOON)
    await outbox.attempt(part, NOON)
    await outbox.failed(part, in_words("msg_too_long"))
    assert (await SqlMemory(database).recall(HERE, [1, 2])).keys() == {2}


async def test_what_was_told_moves_with_its_chat(database: Database):
    outbox = await stage(database, telling(), to=THERE)
    await outbox.moved(THERE, Address("telegram", "-100999"))
    found = await SqlMemory(database).recall(Address("telegram", "-100999", THERE.thread), [1])
    assert found.keys() == {1}


async def test_a_story_that_was_joined_with_another_is_known_under_its_new_id(database: Database):
    library = SqlLibrary(database)
    for n in (1, 2):
        reading = a_reading(an_article(f"Text {n}.", title=f"Title {n}"))
        await library.keep(reading, origin=f"{n}", data_key=f"{n}", added=NOON, story=None)
    await stage(database, telling(2))
    async with database.writing() as connection:
        await connection.execute(update(entries).where(entries.c.id == 2).values(story=1))
    assert (await SqlMemory(database).recall(HERE, [1, 2])).keys() == {1}


async def test_what_was_told_long_ago_is_forgotten(database: Database):
    await stage(database, telling())
    for days, left in ((89, 1), (91, 0)):
        await Retention(database).forget_old(NOON + timedelta(days=days))
        async with database.reading() as connection:
            assert (await connection.execute(select(func.count()).select_from(told))).scalar_one() == left


async def test_what_a_digest_left_out_and_was_made_of_is_kept_with_it_and_bounded(database: Database):
    outbox, results = an_outbox(database), DigestResults(database, "UTC")
    assert await results.last_made("s") is None
    await outbox.standing("s", now=NOON - timedelta(days=1))
    assert await results.left_out("s") is None
    reasons = tuple(Omission(f"{n}.txt", Reason("digest.off_topic")) for n in range(5000))
    digest = replace(a_digest(), ledger=Ledger(files=5000, reasons=reasons))
    assert await outbox.stage(digest, some_parts(1), to=HERE, slots=(a_slot(),))
    assert await results.last_made("s") == Made(digest.window, digest.since, digest.until)
    left_out = await results.left_out("s")
    assert left_out is not None
    assert (left_out.until, left_out.total) == (NOON, 5000)
    assert left_out.reasons == reasons[:200]


async def test_a_place_has_its_mutes(database: Database):
    mutes, week = SqlMutes(database), NOON + timedelta(days=7)
    assert await mutes.add(HERE, Mute("lamps", week), NOON)
    assert await mutes.add(HERE, Mute("ferry"), NOON)
    assert await mutes.at(HERE, NOON) == (Mute("lamps", week), Mute("ferry"))
    assert await mutes.at(THERE, NOON) == ()
    assert await mutes.add(HERE, Mute("lamps"), NOON)
    assert await mutes.at(HERE, week) == (Mute("ferry"), Mute("lamps"))
    assert await mutes.remove(HERE, "lamps")
    assert not await mutes.remove(HERE, "lamps")
    for number in range(MOST_MUTES - 1):
        assert await mutes.add(HERE, Mute(f"n{number}", week), NOON)
    assert not await mutes.add(HERE, Mute("one more"), NOON)
    assert await mutes.add(HERE, Mute("one more"), week)


async def test_a_chat_that_moves_takes_its_mutes_along(database: Database):
    mutes, outbox = SqlMutes(database), SqlOutbox(database, holder="here-1", alive=bool)
    old, new, week = Address("telegram", "-1"), Address("telegram", "-1001"), NOON + timedelta(days=7)
    topic, there = replace(old, thread="7"), replace(new, thread="7")
    await mutes.add(old, Mute("lamps"), NOON)
    await mutes.add(old, Mute("ferry", week), NOON)
    await mutes.add(old, Mute("mayor", week), NOON)
    await mutes.add(topic, Mute("rain"), NOON)
    await mutes.add(new, Mute("lamps", week), NOON)
    await mutes.add(new, Mute("ferry"), NOON)
    await mutes.add(new, Mute("mayor", NOON + timedelta(days=1)), NOON)
    await outbox.moved(old, new)
    assert set(await mutes.at(new, NOON)) == {Mute("lamps"), Mute("ferry"), Mute("mayor", week)}
    assert await mutes.at(there, NOON) == (Mute("rain"),)
    assert await mutes.at(old, NOON) == await mutes.at(topic, NOON) == ()


async def test_a_thread_that_is_gone_leaves_its_mutes_to_nobody(database: Database):
    mutes, outbox = SqlMutes(database), SqlOutbox(database, holder="here-1", alive=bool)
    chat = Address("telegram", "-1001")
    await mutes.add(replace(chat, thread="7"), Mute("rain"), NOON)
    await outbox.moved(replace(chat, thread="7"), chat)
    assert await mutes.at(chat, NOON) == ()
