"""The store as a file and back: nothing is lost, nothing is half, and what was forgotten stays so."""

from __future__ import annotations

import asyncio
import gzip
import json
import resource
import signal
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot import config
from bot.cli.library import copies as commands
from bot.domain.errors import LeaseHeld, StoreError
from bot.domain.query import parse
from bot.store.delivery.leases import Leases
from bot.store.library import SqlLibrary
from bot.store.rereading import Rereading
from bot.store.sql import files
from bot.store.sql.database import StoreSettings, open_store
from bot.store.sql.schema import HEAD
from bot.store.transfer import copies
from bot.store.transfer.copies import TABLES
from tests.builders import NOON, a_reading, an_article
from tests.desk import FERRY, an_article_file
from tests.fakes import FakeClock
from tests.forgetful import SECRET, a_desk, far_ends, told
from tests.ingest.test_ingest_faults import desk as command
from tests.store.conftest import empty_postgres_url, postgres, postgres_url, sqlite_url, store_url
from tests.stores import migrated

PIER = (
    "Masons began to build a stone pier at Cape Norrin on Thursday, after nine years in which the plans lay in a drawer.",
    "The pier will be 210 metres long and will keep the swell away from the fishing fleet, the county said.",
)
__all__ = ["empty_postgres_url", "postgres", "postgres_url", "sqlite_url", "store_url"]  # fixtures


async def rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every table that a copy has, with its rows."""
    async with await open_store(StoreSettings(url)) as database, database.reading() as connection:
        return {
            name: [
                tuple(row) for row in (await connection.execute(select(table).order_by(*table.primary_key)))
            ]
            for name, table in TABLES.items()
        }


async def fill(folder: Path, url: str, *, post: bool = True) -> None:
    """Three articles and two digests, and one that was forgotten."""
    clock = FakeClock(NOON)
    async with a_desk(folder, url, clock, far_ends()) as desk:
        await told(desk, clock, folder, post=post)


def settings(folder: Path, url: str) -> config.Config:
    folder.mkdir(exist_ok=True)
    return config.build({"store": {"url": url}}, folder, {})


@pytest.fixture
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty store of the kind that the test is called with."""
    if request.param == "postgres":
        return str(request.getfixturevalue("empty_postgres_url"))
    return f"sqlite:///{tmp_path / 'other' / 'copydesk.db'}"


@pytest.mark.parametrize("name", ["all.jsonl", "all.jsonl.gz"])
@pytest.mark.parametrize("other_url", ["sqlite", "postgres"], indirect=True)
@pytest.mark.sampled(2)
async def test_an_export_is_the_same_store_on_either_database(tmp_path, store_url, other_url, name):
    await fill(tmp_path, store_url)
    file = tmp_path / name
    assert await commands.exported(settings(tmp_path, store_url), file) == 0
    assert (file.read_bytes()[:2] == copies.GZIP) == name.endswith(".gz")
    assert file.stat().st_mode & 0o777 == 0o600
    there = settings(tmp_path / "there", other_url)
    assert await commands.imported(there, file) == 0
    assert await rows(other_url) == await rows(store_url)
    again = tmp_path / "again.jsonl.gz"
    await commands.exported(there, again)
    assert list(copies.read(again)) == list(copies.read(file))
    clock = FakeClock(NOON + timedelta(hours=2))
    async with a_desk(tmp_path / "there", other_url, clock, (far := far_ends())) as desk:
        found = await desk.desk.index.search(parse(SECRET).query, now=NOON, limit=9)
        assert found.total == 1
        an_article_file(tmp_path / "there" / "inbox", "new.txt", "A pier is built", *PIER)
        await desk.empty_inbox()
        clock.pass_by(days=1)
        await desk.deliver.stage_due()  # numbers go on behind those that came
        await desk.deliver.post_waiting(timedelta(minutes=1))
        assert far.has("A pier is built")
        assert not far.has("Frost takes the apples")  # what was told there is remembered here


async def test_what_a_restore_would_put_in_place_of_what_is_told_first(tmp_path, sqlite_url, capsys):
    await fill(tmp_path, sqlite_url, post=False)
    desk_of = settings(tmp_path, sqlite_url)
    await commands.backed_up(desk_of, tmp_path / "copy.db")
    await commands.exported(desk_of, tmp_path / "copy.jsonl.gz")
    async with await open_store(StoreSettings(sqlite_url)) as database:
        reading = a_reading(an_article("A pier is built.", title="Pier"))
        await SqlLibrary(database).keep(reading, origin="p.txt", data_key="p", added=NOON, story=None)
        now, before = await copies.held(database), copies.holding(tmp_path / "copy.db")
    assert now.articles == before.articles + 1
    for name in ("copy.db", "copy.jsonl.gz"):
        capsys.readouterr()
        assert await commands.restorable(desk_of, tmp_path / name) == 0
        told = capsys.readouterr().out
        assert f"revision {before.revision}, {before.articles} article" in told.partition("in place of")[0]
        assert f"revision {now.revision}, {now.articles} article" in told.partition("in place of")[2]
    elsewhere = settings(tmp_path / "elsewhere", f"sqlite:///{tmp_path / 'elsewhere' / 'data' / 'c.db'}")
    assert await commands.restorable(elsewhere, tmp_path / "copy.db") == 0
    assert "a store that is not there yet" in capsys.readouterr().out
    assert not (tmp_path / "elsewhere" / "data").exists()
    (tmp_path / "config.toml").write_text("grace = 8\n", encoding="utf-8")
    with pytest.raises(StoreError, match="no export of Copydesk"):
        await commands.restorable(desk_of, tmp_path / "config.toml")


async def test_odd_text_comes_back_as_it_was(tmp_path, store_url):
    odd = "Line\u2028break\u0085 \x1c\x0b “quotes” \\n \x7f 漢字 😀 \x00 end."
    async with await open_store(StoreSettings(store_url)) as database:
        reading = a_reading(an_article(odd, title=f"Odd {odd}"))
        await SqlLibrary(database).keep(reading, origin="odd\n.txt", data_key="k", added=NOON, story=None)
    file = tmp_path / "odd.jsonl"
    await commands.exported(settings(tmp_path, store_url), file)
    other = f"sqlite:///{tmp_path / 'other' / 'copydesk.db'}"
    await commands.imported(settings(tmp_path / "there", other), file)
    assert await rows(other) == await rows(store_url)


async def test_a_copy_is_made_while_others_write_and_has_one_moment(tmp_path, store_url):
    async def write(count: int) -> None:
        async with await open_store(StoreSettings(store_url)) as database:
            library = SqlLibrary(database)
            for number in range(count):
                reading = a_reading(an_article(f"Text {number}."))
                await library.keep(reading, origin=f"{number}", data_key=f"{number}", added=NOON, story=None)

    await write(20)
    writing = asyncio.create_task(write(60))
    file = tmp_path / "copy"
    assert await commands.backed_up(settings(tmp_path, store_url), file) == 0
    await writing
    target = f"sqlite:///{tmp_path / 'other' / 'copydesk.db'}"
    assert await commands.restored(settings(tmp_path / "there", target), file) == 0
    found = await rows(target)
    count = len(found["entries"])
    assert 20 <= count <= 60
    assert found["counters"] == [(1, len(found["arrivals"]), count)]


async def test_what_was_forgotten_since_the_copy_does_not_come_back_with_it(tmp_path, store_url):
    clock, far = FakeClock(NOON), far_ends()
    desk_of = config.build({"store": {"url": store_url}}, tmp_path, {})
    file = tmp_path / "copies" / "copy"
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await told(desk, clock, tmp_path)
        await commands.backed_up(desk_of, file)
        await desk.forgetting.forget_all(SECRET)
        await desk.forgetting.finish()
        an_article_file(tmp_path / "inbox", "late.txt", "A late story", *FERRY[1:], "It is late.")
        await desk.empty_inbox()
    assert await commands.restored(desk_of, file) == 0
    found = repr(await rows(store_url))
    assert "Frost takes the apples" in found
    assert "A late story" not in found
    assert SECRET.casefold() not in found.casefold()
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        assert (await desk.desk.index.search(parse("").query, now=NOON, limit=9)).total == 2
    if store_url.startswith("sqlite"):
        path = tmp_path / "data" / "copydesk.db"
        assert SECRET.encode() not in path.read_bytes()
        (kept,) = path.parent.glob("copydesk.db.before-restore-*")
        assert b"A late story" in kept.read_bytes()


async def test_an_import_into_a_library_adds_what_it_lacks_and_posts_nothing_of_it(tmp_path, store_url):
    await fill(tmp_path / "one", f"sqlite:///{migrated(tmp_path / 'one.db')}")
    file = tmp_path / "all.jsonl"
    await commands.exported(settings(tmp_path / "one", f"sqlite:///{tmp_path / 'one.db'}"), file)
    clock, far = FakeClock(NOON), far_ends()
    async with a_desk(tmp_path, store_url, clock, far) as desk:
        await desk.deliver.stage_due()
        an_article_file(tmp_path / "inbox", "mine.txt", "A pier is built", *PIER)
        an_article_file(tmp_path / "inbox", "ferry.txt", "Ferries to run every ten minutes", *FERRY)
        await desk.empty_inbox()
        await desk.forgetting.forget_all("ferries")
        assert await commands.imported(settings(tmp_path, store_url), file) == 0
        titles = {one.article.title for one in await desk.desk.library.after_revision(0, limit=99)}
        assert titles == {"A pier is built", "Frost takes the apples", f"Tug {SECRET} sinks off the pier"}
        before = await rows(store_url)
        assert await commands.imported(settings(tmp_path, store_url), file) == 0
        assert await rows(store_url) == before  # twice is as once
        clock.pass_by(hours=1)
        await desk.deliver.stage_due()
        await desk.deliver.post_waiting(timedelta(minutes=1))
        assert far.has("A pier is built")
        assert not far.has("Frost takes the apples")
        async with await open_store(StoreSettings(store_url)) as database:
            wanted = await Rereading(database).wanted()
        assert {one.origin for one in wanted.values()} == {"mine.txt", "frost.txt", f"{SECRET}.md"}
        assert (await desk.desk.index.search(parse("apples").query, now=NOON, limit=9)).total == 1


def cut(lines: list[str]) -> list[str]:
    return lines[:-1]


def shortened(lines: list[str]) -> list[str]:
    return [*lines[:-2], lines[-2][: len(lines[-2]) // 2]]


def one_left_out(lines: list[str]) -> list[str]:
    return [*lines[:3], *lines[4:]]


def newer(lines: list[str]) -> list[str]:
    return [lines[0].replace('"schema":"', '"schema":"9'), *lines[1:]]


def unknown_column(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace('{"', '{"surprise":1,"', 1), *lines[2:]]


@pytest.mark.parametrize(
    "harm",
    [
        cut,
        shortened,
        one_left_out,
        newer,
        unknown_column,
        lambda _: [],
        lambda _: ["[1, 2]"],
        lambda _: ["\x00"],
    ],
)
@pytest.mark.parametrize("how", [commands.imported, commands.restored])
@pytest.mark.sampled(3)
async def test_a_file_that_is_not_whole_changes_nothing(tmp_path, store_url, harm, how):
    await fill(tmp_path / "one", f"sqlite:///{migrated(tmp_path / 'one.db')}")
    good = tmp_path / "good.jsonl"
    await commands.exported(settings(tmp_path / "one", f"sqlite:///{tmp_path / 'one.db'}"), good)
    bad = tmp_path / "bad.jsonl"
    bad.write_text("\n".join(harm(good.read_text(encoding="utf-8").splitlines())), encoding="utf-8")
    before = await rows(store_url)
    with pytest.raises(StoreError):
        await how(settings(tmp_path, store_url), bad)
    assert await rows(store_url) == before
    assert not list(tmp_path.rglob("*.restoring*"))


async def test_a_gzip_file_that_is_cut_or_damaged_is_told(tmp_path, sqlite_url):
    file = tmp_path / "harmed.jsonl.gz"
    whole = gzip.compress(b'{"copydesk":"export","schema":"0025"}\n' * 500)
    for harmed in (whole[:-12], whole[:12] + b"\xff" * 9 + whole[21:]):
        file.write_bytes(harmed)
        with pytest.raises(StoreError, match="damaged"):
            await commands.imported(settings(tmp_path, sqlite_url), file)


async def test_no_file_is_written_over(tmp_path, store_url):
    file = tmp_path / "there"
    file.write_text("mine")
    for how in (commands.backed_up, commands.exported):
        with pytest.raises(FileExistsError):
            await how(settings(tmp_path, store_url), file)
    assert file.read_text() == "mine"


async def test_a_damaged_database_is_kept_as_it_is_and_a_copy_takes_its_place(tmp_path, capsys):
    url = f"sqlite:///{tmp_path / 'data' / 'copydesk.db'}"
    await fill(tmp_path, url)
    file = tmp_path / "copy"
    await commands.backed_up(settings(tmp_path, url), file)
    before = await rows(url)
    path = tmp_path / "data" / "copydesk.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    with pytest.raises(StoreError, match=r"damaged.*copydesk restore"):
        await rows(url)
    assert await commands.restored(settings(tmp_path, url), file) == 0
    assert "may come back" in capsys.readouterr().err
    assert await rows(url) == before
    (kept,) = path.parent.glob("copydesk.db.before-restore-*")
    assert kept.read_bytes()[4096:4100] == b"\xff" * 4


async def test_nothing_is_restored_under_a_desk_that_works(tmp_path, store_url):
    file = tmp_path / "copy"
    await commands.backed_up(settings(tmp_path, store_url), file)
    from datetime import UTC, datetime

    async with await open_store(StoreSettings(store_url)) as database:
        leases = Leases(database, lambda _: True)
        assert await leases.take("slack:1", "elsewhere-1", datetime.now(UTC), timedelta(minutes=1)) is None
        with pytest.raises(LeaseHeld):
            await commands.restored(settings(tmp_path, store_url), file)


async def test_a_file_of_sqlite_is_no_copy_for_a_server(tmp_path, postgres_url, sqlite_url):
    file = tmp_path / "copy"
    await commands.backed_up(settings(tmp_path, sqlite_url), file)
    with pytest.raises(StoreError, match="copydesk export"):
        await commands.restored(settings(tmp_path, postgres_url), file)


async def test_an_sqlite_file_that_is_none_of_ours_is_refused(tmp_path, sqlite_url):
    file = tmp_path / "other.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE t (a)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="no whole database of Copydesk"):
        await commands.restored(settings(tmp_path, sqlite_url), file)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    migrated(tmp_path / "data" / "copydesk.db")
    (tmp_path / "config.toml").write_text(
        'timezone = "UTC"\n[inbox]\nquiet = 0\nreaders = 1\n', encoding="utf-8"
    )
    an_article_file(tmp_path / "inbox", "ferry.txt", "Ferries to run every ten minutes", *FERRY)
    assert command(tmp_path, "ingest").returncode == 0
    return tmp_path


@pytest.mark.parametrize("how", ["backup", "export"])
def test_a_copy_that_was_killed_or_had_no_room_is_not_there(folder: Path, how: str):
    file = folder / "copies" / "copy"
    killed = command(folder, how, str(file), failpoint="copy-written")
    assert killed.returncode == -signal.SIGKILL
    assert not file.exists()

    full = command(folder, how, str(file), limits={resource.RLIMIT_FSIZE: 8192})
    assert (full.returncode, file.exists()) == (1, False)
    assert full.stderr.startswith("copydesk: ")
    assert len(full.stderr.strip().splitlines()) == 1
    made = command(folder, how, str(file))
    assert made.returncode == 0, made.stderr
    # What the killed one had written is gone, too.
    assert [path.name for path in file.parent.iterdir()] == ["copy"]


@pytest.mark.parametrize("point", ["copy-poured", "copy-restored"])
@pytest.mark.sampled(1)
def test_a_restore_that_was_killed_is_done_by_doing_it_again(folder: Path, point: str):
    file = folder / "copy"
    assert command(folder, "backup", str(file)).returncode == 0
    an_article_file(folder / "inbox", "late.txt", "A late story", *FERRY[1:], "It is late.")
    assert command(folder, "ingest").returncode == 0
    assert command(folder, "restore", str(file)).returncode == 0  # told, not done
    assert "A late story" in command(folder, "search", "late").stdout
    killed = command(folder, "restore", str(file), "--yes", failpoint=point)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    late = "A late story" in command(folder, "search", "late").stdout
    assert late == (point == "copy-poured")  # all of it or nothing
    assert command(folder, "restore", str(file), "--yes").returncode == 0
    found = json.loads(command(folder, "search", "--json", "ferries OR late").stdout)
    assert [hit["title"] for hit in found["hits"]] == ["Ferries to run every ten minutes"]
    assert not list((folder / "data").glob(".*restoring*"))


def test_a_check_reads_a_copy_as_what_it_is(tmp_path):
    path = migrated(tmp_path / "copydesk.db")
    files.copy(path, tmp_path / "copy")
    assert files.check(tmp_path / "copy") == HEAD
    (tmp_path / "copy").write_bytes((tmp_path / "copy").read_bytes()[:5000])
    with pytest.raises(StoreError, match="take another copy"):
        files.check(tmp_path / "copy")
