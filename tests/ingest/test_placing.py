"""Articles find their stories through the whole way in, over restarts and beside another process."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tests.desk import OpenDesk, an_article_file, open_desk

RADAR = "Captain Ivo Renn of the Northern Star said that the radar was broken when she hit Gull Point."
CHARTS = "Prosecutors in Portsmere opened the ferry trial with charts of the rocks and the tide."
BOTH = (
    "Prosecutors opened the ferry trial of captain Ivo Renn in Portsmere with charts of the rocks at Gull Point. "
    "Renn said that the radar of the Northern Star was broken when she hit Gull Point."
)


def files(folder: Path) -> tuple[Path, Path, Path]:
    return (
        an_article_file(folder, "a.txt", "Renn: radar of the Northern Star was broken", RADAR),
        an_article_file(folder, "b.txt", "Ferry trial opens in Portsmere with charts of the rocks", CHARTS),
        an_article_file(
            folder,
            "c.txt",
            "Ferry trial opens in Portsmere: radar of the Northern Star was broken, says Renn",
            BOTH,
        ),
    )


async def stories(desk: OpenDesk) -> list[int]:
    return [entry.story for entry in await desk.desk.library.after_revision(0, limit=9)]


async def test_a_desk_that_starts_anew_finds_that_two_stories_are_one(tmp_path: Path):
    *first, last = files(tmp_path)
    async with open_desk(tmp_path) as desk:
        await desk.read(*first)
        assert await stories(desk) == [1, 2]
    async with open_desk(tmp_path) as desk:
        await desk.read(last)
        assert await stories(desk) == [1, 1, 1]
        for number in (1, 2):
            found = await desk.answer.responder.lookup.find(f"story:{number}")
            assert sorted(hit.entry.id for hit in found.hits) == [1, 2, 3]


async def test_what_another_process_kept_is_known_at_once(tmp_path: Path):
    first, second, last = files(tmp_path)
    async with open_desk(tmp_path) as desk, open_desk(tmp_path) as other:
        await desk.read(first)
        await other.read(second)
        await desk.read(last)
        assert await stories(desk) == [1, 1, 1]
        assert await desk.desk.library.former({1}) == {1: (2,)}


async def test_what_another_process_keeps_while_articles_are_placed_is_known_too(tmp_path: Path, monkeypatch):
    first, second, last = files(tmp_path)
    async with open_desk(tmp_path) as desk, open_desk(tmp_path) as other:
        library = desk.desk.library
        write, between = library.keep_all, [second]

        async def late(*args, **options):
            if between:
                await other.read(between.pop())
            return await write(*args, **options)

        monkeypatch.setattr(library, "keep_all", late)
        await desk.read(first, last)
        entries = await library.after_revision(0, limit=9)
    assert [entry.origin for entry in entries] == [str(path) for path in (second, first, last)]
    assert [entry.story for entry in entries] == [1, 1, 1]


async def test_articles_of_an_earlier_version_are_found_by_new_ones(tmp_path: Path):
    """They have no gist: it is made when the first new article comes, and kept."""
    *first, last = files(tmp_path)
    async with open_desk(tmp_path) as desk:
        await desk.read(*first)
    with closing(sqlite3.connect(tmp_path / "data" / "copydesk.db")) as earlier, earlier:
        earlier.execute("DELETE FROM gists")
    async with open_desk(tmp_path) as desk:
        await desk.read(last)
        assert await stories(desk) == [1, 1, 1]
        kept = await desk.desk.library.members(since=datetime.min.replace(tzinfo=UTC), after=0, limit=9)
        assert [member.entry for member in kept] == [1, 2, 3]
