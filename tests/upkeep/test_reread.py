"""A kept library is brought up to the rules of today: nothing is lost, nothing becomes news."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

from sqlalchemy import update

from bot.cli.library.reread import told
from bot.domain import query
from bot.domain.model import Address, Entry, Occasion, Schedule, Span, Subscription, Window
from bot.ingest.rereading import Outcome, Reader
from bot.store.audit import Audit
from bot.store.rereading import Rereading
from bot.store.sql.database import open_store
from bot.store.sql.library_schema import entries
from bot.store.sql.rows import entry_row
from tests.builders import NOON
from tests.desk import FERRY, ORCHARD, OpenDesk, an_article_file, open_desk
from tests.fakes import FakeClock

EVERYTHING = Subscription("all", "all", Address("console"), "", Schedule("UTC"))


async def read_anew(folder: Path, desk: OpenDesk) -> Outcome:
    async with await open_store(desk.config.store) as database:
        reader = Reader(desk.desk, Audit(database), Rereading(database), desk.config.ingest, folder / "inbox")
        async with aclosing(reader.run()) as progress:
            return [outcome async for outcome in progress][-1]


async def as_earlier_rules_read(desk: OpenDesk) -> list[Entry]:
    """The library as it would be from worse rules: a lost paragraph, another title, no speakers."""
    older = []
    async with await open_store(desk.config.store) as database, database.writing() as connection:
        for entry in await desk.desk.library.after_revision(0, limit=99):
            article, quotes = entry.article, entry.quotes
            kept = article.paragraphs[:-1]
            worse = replace(
                article,
                title=f"Menu | {article.title}",
                text=article.text[: kept[-1].end],
                paragraphs=kept,
                content_key=f"older-{entry.id}",
                published=NOON,
            )
            unnamed = tuple(replace(one, speaker_name=None, speaker=None, role=None) for one in quotes)
            summary = replace(entry.summary, sentences=(Span(0, 20),))
            older.append(replace(entry, article=worse, summary=summary, quotes=unnamed))
            row = entry_row(older[-1])
            await connection.execute(update(entries).where(entries.c.id == entry.id).values(row))
    return older


def fill(folder: Path) -> None:
    an_article_file(folder / "inbox", "ferry.txt", "Ferries to run every ten minutes", *FERRY)
    an_article_file(folder / "inbox", "orchard.txt", "Frost takes two thirds of the apples", *ORCHARD)
    records = (
        {
            "title": "Month tickets rise",
            "text": "\n\n".join((*FERRY[3:], ORCHARD[0])),
            "source": "Port Gazette",
        },
        {
            "title": "Sea trials are over",
            "text": "\n\n".join((*FERRY[1:2], ORCHARD[1])),
            "source": "Port Gazette",
        },
    )
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (folder / "inbox" / "two.jsonl").write_text(lines, encoding="utf-8")


async def everything(desk: OpenDesk) -> list[Entry]:
    return list(await desk.desk.library.entries(range(1, 99)))


async def test_a_library_of_earlier_rules_says_what_the_files_say(tmp_path):
    fill(tmp_path)
    async with open_desk(tmp_path) as desk:
        await desk.empty_inbox()
        fresh = await everything(desk)
        older = await as_earlier_rules_read(desk)
        outcome = await read_anew(tmp_path, desk)
        after = await everything(desk)
        found = await desk.desk.index.search(query.parse('title:"menu"').query, now=NOON, limit=9)
        spoken = await desk.desk.index.search(query.parse('said:"Marrant"').query, now=NOON, limit=9)
    assert len(fresh) == 4
    assert [replace(one, reread=None) for one in after] == fresh
    assert [(one.id, one.revision, one.story, one.added) for one in after] == [
        (one.id, one.revision, one.story, one.added) for one in older
    ]
    assert (outcome.total, outcome.read, outcome.changed, outcome.missing) == (4, 4, 4, [])
    assert outcome.changes["title"] == outcome.changes["body"] == outcome.changes["date"] == 4
    assert outcome.changes["speaker"] >= 1
    assert outcome.changes["role"] >= 1
    assert (found.total, spoken.total) == (0, 1)  # the index has followed
    assert told(outcome)[0] == "read anew: 4 of 4 articles, 4 changed"
    assert "4 bodies" in told(outcome)[1]


async def test_what_is_up_to_date_is_not_written(tmp_path):
    fill(tmp_path)
    async with open_desk(tmp_path) as desk:
        await desk.empty_inbox()
        await as_earlier_rules_read(desk)
        await read_anew(tmp_path, desk)
        before, revision = await everything(desk), await desk.desk.library.revision()
        outcome = await read_anew(tmp_path, desk)
        assert (outcome.read, outcome.changed) == (4, 0)
        assert (await everything(desk), await desk.desk.library.revision()) == (before, revision)
    assert told(outcome) == ["read anew: 4 of 4 articles, 0 changed"]


async def test_what_was_read_anew_is_no_news(tmp_path):
    fill(tmp_path)
    clock = FakeClock()
    async with open_desk(tmp_path, clock) as desk:
        await desk.empty_inbox()
        await as_earlier_rules_read(desk)
        seen = await desk.desk.library.revision()
        clock.pass_by(hours=1)
        await read_anew(tmp_path, desk)
        newest = await desk.desk.library.revision()
        window = Window(seen, newest)
        news = await desk.digests.prepare(EVERYTHING, Occasion("asked", "all", "1"), window, NOON)
        earlier = await desk.digests.prepare(
            EVERYTHING, Occasion("asked", "all", "2"), Window(0, newest), NOON
        )
    assert newest > seen
    assert (news.digest.briefs, news.digest.ledger.files) == ((), 0)
    assert sum(len(brief.entries) for brief in earlier.digest.briefs) == 4


async def test_articles_without_a_file_are_told_and_stay(tmp_path):
    fill(tmp_path)
    async with open_desk(tmp_path) as desk:
        await desk.empty_inbox()
        older = {one.id: one for one in await as_earlier_rules_read(desk)}
        next((tmp_path / "inbox" / "done").rglob("ferry.txt~????????")).unlink()
        outcome = await read_anew(tmp_path, desk)
        after = {one.id: one for one in await everything(desk)}
    (missing,) = outcome.missing
    assert missing.origin == "ferry.txt"
    assert after[missing.entry] == older[missing.entry]
    line = f"1 article without a file in done/, left as before: #{missing.entry} ferry.txt"
    assert told(outcome)[-1] == line


async def test_a_file_that_cannot_be_read_any_more_changes_nothing(tmp_path):
    fill(tmp_path)
    async with open_desk(tmp_path, options={"inbox": {"quiet": 0, "max_mb": 1}}) as desk:
        await desk.empty_inbox()
        older = {one.origin: one for one in await as_earlier_rules_read(desk)}
        next((tmp_path / "inbox" / "done").rglob("ferry.txt~????????")).write_bytes(b"x" * 2_000_000)
        outcome = await read_anew(tmp_path, desk)
        after = {one.origin: one for one in await everything(desk)}
    assert [name for name, _ in outcome.refused] == ["ferry.txt"]
    assert after["ferry.txt"] == older["ferry.txt"]
    assert outcome.changed == 3


KILLED = """
import asyncio, os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from bot.store.rereading import Rereading
from tests.desk import open_desk
from tests.upkeep.test_reread import read_anew

put, done = Rereading.put, []

async def put_and_die(self, *args):
    result = await put(self, *args)
    done.append(result)
    if len(done) == 2:
        os._exit(9)
    return result

async def main():
    Rereading.put = put_and_die
    async with open_desk(Path(sys.argv[2])) as desk:
        await read_anew(Path(sys.argv[2]), desk)

asyncio.run(main())
"""


async def test_what_a_kill_interrupts_is_gone_on_with(tmp_path):
    fill(tmp_path)
    async with open_desk(tmp_path) as desk:
        await desk.empty_inbox()
        fresh = await everything(desk)
        older = await as_earlier_rules_read(desk)
    root = str(Path(__file__).parents[2])
    pipe = asyncio.subprocess.PIPE
    dying = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, root, str(tmp_path), stdout=pipe, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await dying.communicate()
    assert dying.returncode == 9, said.decode()
    async with open_desk(tmp_path) as desk:
        half = await everything(desk)
        assert sum(replace(one, reread=None) in fresh for one in half) == 2
        assert sum(one in older for one in half) == 2
        outcome = await read_anew(tmp_path, desk)
        assert (outcome.read, outcome.changed) == (4, 2)
        assert [replace(one, reread=None) for one in await everything(desk)] == fresh
