"""What sources remember, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.reasons import Reason
from bot.domain.sourcing import Source, SourceState
from bot.store.sources import REMEMBERED, SqlSources
from bot.store.sql.database import AT_ONCE, Database
from tests.builders import NOON

A = Source("a", "https://a.example/feed", imported=True)
B = Source("b", "https://b.example/feed", imported=True)


async def test_sources_are_imported_once_listed_by_name_and_removed(database: Database):
    store = SqlSources(database)
    assert await store.add([B, A]) == (B, A)
    assert await store.add([replace(A, name="other"), replace(B, url="https://c.example/")]) == ()
    assert await store.imported() == (A, B)
    assert await store.remove("a")
    assert not await store.remove("a")
    assert await store.imported() == (B,)


async def test_a_state_takes_the_place_of_the_one_before(database: Database):
    store = SqlSources(database)
    first = SourceState(A.url, NOON, NOON)
    whole = SourceState(
        A.url,
        NOON,
        NOON + timedelta(hours=1),
        succeeded=NOON,
        news=NOON,
        etag='"1"',
        modified="then",
        failures=3,
        reason=Reason("source.status", host="a.example", status=500),
        told=True,
    )
    for state in (first, whole):
        await store.keep(state)
        assert await store.states() == {A.url: state}


async def test_what_was_taken_is_counted_and_forgotten_when_no_source_shows_it_any_more(database: Database):
    store = SqlSources(database)
    keys = [f"{number:032x}" for number in range(AT_ONCE + 2)]
    await store.taken(keys, NOON)
    await store.taken([keys[0], keys[0]], NOON)
    assert await store.known([*keys, "other"]) == dict.fromkeys(keys, 1) | {keys[0]: 2}
    later = NOON + REMEMBERED
    await store.seen(keys[:2], later)
    await store.forget_old(later + timedelta(days=1))
    assert await store.known(keys) == {keys[0]: 2, keys[1]: 1}


async def test_nothing_is_odd_enough_to_break_it(database: Database):
    store = SqlSources(database)
    odd = SourceState("https://a.example/\0\ud800", NOON, NOON, etag="\0\ud800", modified="\udfff")
    await store.keep(odd)
    await store.keep(odd)
    assert len(await store.states()) == 1
    assert await store.known([]) == {}
    await store.taken([], NOON)
    await store.seen([], NOON)
