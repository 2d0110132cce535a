from __future__ import annotations

import asyncio
from collections import Counter

import pytest
from alembic import command
from sqlalchemy import text

from bot.domain.errors import StoreError
from bot.domain.model import Arrival, Window
from bot.store.library import SqlLibrary
from bot.store.sql.database import Database, StoreSettings, open_store
from bot.store.sql.rows import micros, title_key, url_key
from bot.stories.revision import revised
from tests.builders import NOON, a_reading, an_article, an_entry
from tests.store.processes import run_together

PAGE = "https://gazette.example/news/bridge"


async def test_one_correction_at_ten_doors_is_made_once(store_url: str):
    settings = StoreSettings(store_url, patience=20)
    async with await open_store(settings) as one, await open_store(settings) as other:
        first = await keep(one, "Eleven.", "a")
        doors = [keep((one, other)[n % 2], "Twelve.", f"{n}", revises=first) for n in range(10)]
        assert set(await asyncio.gather(*doors)) == {first}
        library = SqlLibrary(one)
        outcomes = Counter(each.outcome for each in await library.arrivals(Window(0, 99)))
        assert outcomes == {"new": 1, "corrected": 1, "known": 9}
        assert await library.revision() == 11
        assert [entry.article.text for entry in await library.after_revision(0, limit=9)] == ["Twelve."]


async def keep(database: Database, body: str, origin: str, revises: int | None = None) -> int:
    reading = a_reading(an_article(body))
    kept = await SqlLibrary(database).keep(
        reading, origin=origin, data_key=body, added=NOON, story=None, revises=revises
    )
    return kept.entry


async def test_a_process_that_dies_while_correcting_leaves_the_older_text(store_url: str):
    script = """
async def die(*args): os._exit(9)

async def main():
    from bot.store import library as arrived
    async with await open_store(settings) as database:
        library = SqlLibrary(database)
        old, new = (a_reading(an_article(body)) for body in ("Eleven.", "Twelve."))
        kept = await library.keep(old, origin="a", data_key="a", added=NOON, story=None)
        arrived.Arrived._record = die
        await library.keep(new, origin="b", data_key="b", added=NOON, story=None, revises=kept.entry)
"""
    assert await run_together(script, store_url) == [(9, "")]
    async with await open_store(StoreSettings(store_url)) as database:
        library = SqlLibrary(database)
        assert await library.revision() == 1
        assert (await library.entry(1)).article.text == "Eleven."
        assert await keep(database, "Twelve.", "b", revises=1) == 1
        assert (await library.entry(1)).revision == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PAGE, f"{PAGE}/"),
        (PAGE, "http://WWW.gazette.example/news/bridge"),
        (f"{PAGE}?id=1", f"{PAGE}/?id=1"),
        (f"{PAGE}?id=1", f"{PAGE}?id=2"),
        (PAGE, f"{PAGE}s"),
        (PAGE, "https://courier.example/news/bridge"),
        ("https://gazette.example", "https://gazette.example/"),
        ("https://gazette.example/?p=1", "http://gazette.example?p=1"),
    ],
)
def test_what_may_be_a_revision_by_address_is_found_by_address(one: str, other: str):
    older = an_entry(an_article("Eleven.", url=one), id=7)
    newer = an_article("Twelve.", source="Courier", url=other)
    same = revised(newer, [older], arrived=NOON) == 7
    assert (url_key(one) is not None and url_key(one) == url_key(other)) is same


@pytest.mark.parametrize(
    ("title", "source", "same"),
    [
        ("BRIDGE closes", "port gazette", True),
        ("Bridge  closes!", "“Port Gazette”", True),
        ("Bridge", "closes Port Gazette", False),
        ("Bridge closes", "", False),
        ("…", "Port Gazette", False),
    ],
)
def test_what_may_be_a_revision_by_title_is_found_by_title(title: str, source: str, same: bool):
    body = "The harbour bridge closes on Monday for eleven months, the council said."
    older = an_entry(an_article(body, title="Bridge closes", source="Port Gazette"), id=7)
    newer = an_article(f"{body} Ferries run.", title=title, source=source)
    assert (revised(newer, [older], arrived=NOON) == 7) is same
    assert (title_key(title, source) == title_key("Bridge closes", "Port Gazette")) is same


async def test_a_library_of_the_second_schema_can_be_corrected(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
):
    upgrade = command.upgrade
    monkeypatch.setattr(command, "upgrade", lambda config, _: upgrade(config, "0002"))
    async with await open_store(StoreSettings(empty_url)) as database:
        await _fill(database, 1201)
    monkeypatch.setattr(command, "upgrade", upgrade)
    async with await open_store(StoreSettings(empty_url)) as database:
        library = SqlLibrary(database)
        for number in (1, 500, 501, 1201):
            by_page = an_article("X.", title=None, url=f"http://www.gazette.example/{number}/")
            by_title = an_article("X.", title=f"BRIDGE {number}")
            for article in (by_page, by_title):
                assert [one.id for one in await library.namesakes(article, since=NOON)] == [number]
        assert await library.arrivals(Window(1200, 1201)) == (
            Arrival("1201.txt", "new", NOON, 1201, 1201, bulk=True),
        )
        assert await keep(database, "Corrected.", "b.txt", revises=1201) == 1201
        assert (await library.entry(1201)).revision == 1202
        with pytest.raises(StoreError, match=r"(?i)check constraint"):
            async with database.writing() as connection:
                await connection.execute(text("UPDATE arrivals SET outcome = 'other' WHERE revision = 1"))


async def _fill(database: Database, count: int) -> None:
    entry = text(
        """INSERT INTO entries (id, revision, content_key, origin, added, story, title, source, url, text,
        paragraphs, fingerprint, summary, quotes) VALUES (:n, :n, :name, :origin, :added, :n, :title,
        'Port Gazette', :url, 'Ships.', '[[0,6]]', '[]', '{"method"\\:"lead","sentences"\\:[]}', '[]')"""
    )
    arrival = text(
        """INSERT INTO arrivals (file_key, revision, origin, data_key, outcome, entry, added, bulk)
        VALUES (:name, :n, :origin, :name, 'new', :n, :added, true)"""
    )
    rows = [
        {
            "n": n,
            "name": f"{n}",
            "origin": f"{n}.txt",
            "added": micros(NOON),
            "title": f"Bridge {n}",
            "url": f"https://gazette.example/{n}",
        }
        for n in range(1, count + 1)
    ]
    async with database.writing() as connection:
        await connection.execute(entry, rows)
        await connection.execute(arrival, rows)
        await connection.execute(text(f"UPDATE counters SET revision = {count}, entry = {count}"))
