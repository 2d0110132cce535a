"""Store, index and `done/` of a house side by side: no article lost, doubled, or in one place and not in the other."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.query import parse
from bot.inbox.settled import Settled, answer, articles
from bot.search.index import IndexSettings, open_index
from tests.upkeep.house import House, Row, file_of, title_of


async def amiss(
    house: House, dropped: Mapping[str, int], there: Collection[str], gone: Collection[str]
) -> list[str]:
    """What is not as it must be: ``there`` are the words of all articles that are, ``gone`` those that are forgotten.

    Of ``dropped``, which came in files of these numbers, those that are there have theirs in `done/`, unless another
    article of it was forgotten.
    """
    rows = house.rows()
    files = set(dropped.values()) - {number for word, number in dropped.items() if word not in there}
    return [
        *_tables(house, rows, there),
        *await _index(house, rows, {*there, *gone}),
        *_files(house, rows, {file_of(number) for number in files}),
        *_traces(house, gone),
    ]


def _tables(house: House, rows: list[Row], there: Collection[str]) -> Iterator[str]:
    titles, wanted = Counter(row.title for row in rows), {title_of(word) for word in there}
    yield from (f"the tables have {title} {count} times" for title, count in titles.items() if count > 1)
    yield from (f"the tables lack {title}" for title in sorted(wanted - titles.keys()))
    yield from (
        f"the tables have {title}, which is not to be there" for title in sorted(titles.keys() - wanted)
    )
    yield from sound(house.database)


def sound(database: Path) -> Iterator[str]:
    """What is wrong with a database as such, and with its numbers."""
    with closing(sqlite3.connect(database)) as opened:
        (told,) = opened.execute("PRAGMA integrity_check(1)").fetchone()
        if told != "ok":
            yield f"{database.name}: {told}"
        for table, row, parent, _ in opened.execute("PRAGMA foreign_key_check"):
            yield f"{database.name}: row {row} of {table} refers to nothing in {parent}"
        numbers = opened.execute(
            "SELECT c.revision, c.entry, (SELECT max(revision) FROM revisions), (SELECT count(*) FROM revisions), "
            "(SELECT coalesce(max(id), 0) FROM entries) FROM counters c"
        )
        revision, entry, newest, made, last = numbers.fetchone()
        if revision != (newest or 0) or made != revision or last > entry:
            yield f"{database.name}: revision {revision} of {newest}, {made} made; entry {entry}, the last is {last}"
        lost = (
            "SELECT count(*) FROM arrivals WHERE entry IS NOT NULL AND entry NOT IN (SELECT id FROM entries)"
        )
        if count := opened.execute(lost).fetchone()[0]:
            yield f"{database.name}: {count} arrivals of no article"


async def _index(house: House, rows: list[Row], words: Collection[str]) -> list[str]:
    index, wrong = open_index(IndexSettings(house.index)), list[str]()
    found = {(entry, revision) for entry, revision, _ in index.stamps()}
    wanted = {(row.entry, row.revision) for row in rows}
    if found != wanted:
        wrong.append(f"the index lacks {sorted(wanted - found)} and has {sorted(found - wanted)} besides")
    by_title = {row.title: row.entry for row in rows}
    for word in sorted(words):
        hits = await index.search(parse(word).query, now=datetime.now(UTC), limit=9)
        ids = [] if hits.tolerant else [hit.entry for hit in hits.matches]
        wanted_ids = [by_title[title_of(word)]] if title_of(word) in by_title else []
        if ids != wanted_ids:
            wrong.append(f"a search for {word} finds {ids} and not {wanted_ids}")
    return wrong


def _files(house: House, rows: list[Row], wanted: Collection[str]) -> Iterator[str]:
    titles, files = {row.entry: row.title for row in rows}, Counter[str]()
    for one in house.settled():
        if not isinstance(one, Settled):
            yield f"a receipt without its file: {one.name}"
            continue
        told = answer(one)
        if told is None:
            yield f"{one.path.name} has no receipt"
        elif wrong := {entry: title for entry, title in articles(told).items() if titles.get(entry) != title}:
            yield f"the receipt of {one.name} names {wrong}, which is not there"
        files[one.name] += 1
    yield from (f"done/ has {name} {files[name]} times" for name in wanted if files[name] != 1)
    yield from (f"done/ has {name}, whose article is not there" for name in files.keys() - set(wanted))
    left = [path for path in (house.inbox / ".claimed").rglob("*") if path.is_file() and path.name[0] == "0"]
    yield from (f"still claimed: {path.name}" for path in left)


def _traces(house: House, gone: Collection[str]) -> Iterator[str]:
    """Files of the desk's own that have a word that is forgotten; `failed/` is people's."""
    wanted = {word: (word.encode(), word.lower().encode()) for word in gone}
    for path in sorted(house.folder.rglob("*")):
        inside = path.relative_to(house.folder).parts
        if not path.is_file() or inside[0] == "copies" or "failed" in inside:
            continue
        content = path.read_bytes()
        for word, spellings in wanted.items():
            if word in path.name or any(one in content for one in spellings):
                yield f"{'/'.join(inside)} still has {word}"


def one_moment(copy: House, rows: list[Row], forgotten: Collection[str]) -> Iterator[str]:
    """What is in a copy that was never together in the library whose ``rows`` are these by now."""
    revision, titles = copy.revision(), {title_of(word) for word in forgotten}
    had, since = set(copy.rows()), {row for row in rows if row.revision <= copy.revision()}
    yield from (f"the copy at revision {revision} lacks {row}" for row in sorted(since - had))
    more = {row for row in had - since if row.title not in titles}
    yield from (f"the copy at revision {revision} has {row} besides" for row in sorted(more))
    yield from sound(copy.database)
