"""`copydesk backup`, `restore`, `export` and `import`: the whole store as a file, and back."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.app import opened
from bot.cli.printed import plain
from bot.config import Config
from bot.digest.facts import facts_of
from bot.domain.errors import LeaseHeld, StoreError
from bot.runtime import private
from bot.runtime.failpoints import reach
from bot.runtime.processes import may_be_alive, this_process
from bot.search import folder
from bot.search.index import rebuild
from bot.store import tombstones
from bot.store.delivery.leases import Leases
from bot.store.delivery.withdrawal import Withdrawal
from bot.store.library import SqlLibrary
from bot.store.sql import files
from bot.store.sql.database import Database, open_store, take_turn
from bot.store.sql.rows import micros
from bot.store.sql.url import locate
from bot.store.transfer import copies
from bot.store.transfer.merging import merge
from bot.wording.phrases import plural


async def backed_up(config: Config, file: Path) -> int:
    """Write a copy while the desk may run: SQLite's file as it is, of PostgreSQL an export."""
    path = locate(config.store.url).path
    if path is None:
        return await exported(config, file)
    private.make_folder(file.parent)
    async with await open_store(config.store):  # else a file that is not there would be copied
        await asyncio.to_thread(_translated, files.copy, path, file)
    _print(_told_written(str(file), await _size(file)))
    return 0


async def exported(config: Config, file: Path) -> int:
    """Write everything as JSON lines."""
    private.make_folder(file.parent)
    async with await open_store(config.store) as database:
        rows = await copies.export(database, file)
    _print(_told_exported(str(file), rows, await _size(file)))
    return 0


async def imported(config: Config, file: Path) -> int:
    """Put an export into an empty store, or add its articles to a library that has others."""
    async with await open_store(config.store) as database:
        async with database.writing() as connection:
            await take_turn(connection)
            whole = await copies.is_empty(connection)
            if whole:
                await copies.empty(connection)
                counted = await copies.fill(connection, copies.read(file))
            else:
                merged = await merge(connection, copies.read(file), micros(datetime.now(UTC)))
            reach("merge-writing")
        reach("merge-committed")
        if whole:
            _print(_told_imported(counted["entries"], counted["digests"], counted["subscriptions"]))
        else:
            _print(_told_merged(merged.added, merged.known, merged.forgotten))
    async with opened(config) as app:
        await app.desk.index.follow(app.desk.library)
    return 0


async def restorable(config: Config, file: Path) -> int:
    """Say what a restore would put in place of what; nothing is done. Raises StoreError for what is no copy."""
    copy = await asyncio.to_thread(copies.holding, file)
    here = "a store that is not there yet"
    path = locate(config.store.url).path
    if path is None or path.exists():
        try:
            async with await open_store(config.store) as database:
                here = f"what is there: {_told_holding(await copies.held(database))}"
        except StoreError as error:
            here = f"what is there and cannot be read ({error})"
    _print(f"{config.store} would become what {file} is: {_told_holding(copy)}, in place of {here}.")
    _print("Nothing is done yet: --yes does it.")
    return 0


async def restored(config: Config, file: Path) -> int:
    """Let the store be what the copy is; what was forgotten since is forgotten again. A copy of what was is kept."""
    kind = await asyncio.to_thread(files.beginning, file)
    path = locate(config.store.url).path
    sqlite = kind == files.SQLITE
    if sqlite and path is None:
        raise StoreError(
            f"{file} is an SQLite file; `copydesk export` with its own configuration, then import that"
        )
    if sqlite:
        await asyncio.to_thread(files.check, file)
    gone = await _forgotten_here(config)
    if path is None:
        await _into_server(config, file, gone)
    else:
        await _into_file(config, path, file, gone, sqlite=sqlite)
    reach("copy-restored")
    await asyncio.to_thread(folder.empty, config.search.path)
    async with await open_store(config.store) as database:
        library = SqlLibrary(database)
        await rebuild(config.search, library)
        _print(_told_restored(str(file), await library.revision()))
    async with opened(config) as app:
        left = await app.forgetting.try_to_finish()
    return 1 if left else 0


async def _forgotten_here(config: Config) -> tuple[Mapping[str, Any], ...]:
    """What the store that is there has forgotten; nothing where it is damaged, which is told. Raises LeaseHeld."""
    try:
        async with await open_store(config.store) as database:
            await _check_nobody_works(database)
            async with database.reading() as connection:
                return await tombstones.all_of(connection)
    except StoreError as error:
        _print(_told_lost(str(error)), err=True)
        return ()


async def _check_nobody_works(database: Database) -> None:
    for name, holder in await Leases(database, may_be_alive).held(datetime.now(UTC)):
        if holder != this_process():
            raise LeaseHeld(name, holder)


async def _into_server(config: Config, file: Path, gone: tuple[Mapping[str, Any], ...]) -> None:
    async with await open_store(config.store) as database:
        async with database.writing() as connection:
            await copies.empty(connection)
            await copies.fill(connection, copies.read(file))
            await tombstones.carry(connection, gone)
        await _forget_again(database)


async def _into_file(
    config: Config, path: Path, file: Path, gone: tuple[Mapping[str, Any], ...], *, sqlite: bool
) -> None:
    """A copy is made ready beside the database, which then becomes it at once."""
    async with _beside(path) as ready:
        if sqlite:
            await asyncio.to_thread(_translated, files.pour, file, ready)
        async with await open_store(replace(config.store, url=f"sqlite:///{ready}")) as database:
            async with database.writing() as connection:
                if not sqlite:
                    await copies.empty(connection)
                    await copies.fill(connection, copies.read(file))
                await tombstones.carry(connection, gone)
            await _forget_again(database)
        reach("copy-poured")
        await asyncio.to_thread(_replace, ready, path)


async def _forget_again(database: Database) -> None:
    async with database.reading() as connection:
        doomed = await tombstones.doomed(connection)
    if doomed:
        store = Withdrawal(database, facts_of, ())
        found = await store.digests(doomed)
        done = await store.forget(doomed, (), found, dict.fromkeys(found), datetime.now(UTC))
        await store.overwrite()
        # Their files went when they were forgotten first, and the index is built anew.
        for one in await store.leftovers():
            if done and one.revision == done.revision:
                await store.done(one)


def _replace(ready: Path, path: Path) -> None:
    """Keep what is there, as a copy or, where it is damaged, as it is; then pour."""
    kept = path.with_name(f"{path.name}.before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    try:
        files.copy(path, kept)
    except (StoreError, sqlite3.Error):
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                path.with_name(f"{path.name}{end}").rename(kept.with_name(f"{kept.name}{end}"))
    _translated(files.pour, ready, path)


@asynccontextmanager
async def _beside(path: Path) -> AsyncIterator[Path]:
    """A file beside the database, gone at the end; so is what a process left that ended."""
    ready = files.half_of(path, "restoring")
    ends = ("", "-wal", "-shm", "-journal")

    def clear() -> None:
        for end in ends:
            ready.with_name(f"{ready.name}{end}").unlink(missing_ok=True)
        for left in files.abandoned(path.parent):
            left.unlink(missing_ok=True)

    clear()
    private.make_folder(path.parent)
    private.make_file(ready)
    try:
        yield ready
    finally:
        clear()


def _translated(work: Any, source: Path, target: Path) -> None:
    """The work, its errors of SQLite in sentences."""
    from bot.store.sql.errors import translated

    with translated(locate(f"sqlite:///{target}")):
        work(source, target)


async def _size(file: Path) -> int:
    return (await asyncio.to_thread(file.stat)).st_size


def _print(line: str, *, err: bool = False) -> None:
    Console(stderr=err).print(plain(line), soft_wrap=True)


def _told_written(file: str, size: int) -> str:
    """A copy is made."""
    return f"{file}: a whole copy, {_told_megabytes(size)}; `copydesk restore` brings it back."


def _told_exported(file: str, rows: int, size: int) -> str:
    """Everything is written as JSON lines."""
    return f"{file}: {plural(rows, 'row')}, {_told_megabytes(size)}; `copydesk import` or `restore` reads it."


def _told_imported(articles: int, digests: int, subscriptions: int) -> str:
    """An empty store has everything of an export."""
    counted = (
        plural(articles, "article"),
        plural(digests, "digest"),
        plural(subscriptions, "subscription"),
    )
    return f"The store was empty and is the export's now: {', '.join(counted)}."


def _told_merged(added: int, known: int, forgotten: int) -> str:
    """The articles of an export joined a library that has others."""
    left = f", {plural(forgotten, 'article')} were forgotten here and stay so" if forgotten else ""
    return (
        f"Added {plural(added, 'article')}; {known:,} were here already{left}. Of what was posted and subscribed "
        "nothing was taken: this store has its own."
    )


def _told_restored(file: str, revision: int) -> str:
    """The store is a copy's."""
    return f"The store is as {file} had it, at revision {revision:,}, but for what was forgotten since."


def _told_holding(one: copies.Holding) -> str:
    """How much a library is."""
    return f"revision {one.revision:,}, {plural(one.articles, 'article')}"


def _told_lost(why: str) -> str:
    """What is there cannot be read."""
    return f"What was forgotten here cannot be read, so it may come back with the copy: {why}"


def _told_megabytes(size: int) -> str:
    """A size for people."""
    return f"{size / 1_000_000:.1f} MB"
