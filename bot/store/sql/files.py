"""SQLite files: copied while others write them, poured into one another, known for what they are."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.domain.errors import StoreError
from bot.runtime import private
from bot.runtime.failpoints import reach
from bot.store.sql.schema import VERSION_TABLE

SQLITE = b"SQLite format 3\x00"


def copy(source: Path, file: Path) -> None:
    """Copy an SQLite database that others may be writing into a new file, as it is at one moment.

    It appears when it is whole. Raises StoreError for what is no database, sqlite3.Error and OSError.
    """
    with made(file) as half:
        pour(source, half)
        reach("copy-begun")
        with closing(sqlite3.connect(half)) as copied:
            copied.execute("PRAGMA journal_mode = DELETE")  # one file, and none beside it
        check(half)
        _sync(half)
        reach("copy-written")


def pour(source: Path, target: Path) -> None:
    """Let ``target`` be what ``source`` is, in one transaction of its own; whoever has it open sees that. Raises sqlite3.Error."""
    there = f"{source.resolve().as_uri()}?mode=rw"
    with (
        closing(sqlite3.connect(there, uri=True)) as old,
        closing(sqlite3.connect(target, timeout=15.0)) as new,
    ):
        old.backup(new)


def check(file: Path) -> str:
    """The schema of a file that is a whole database of Copydesk. Raises StoreError for anything else."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as opened:
            (told,) = opened.execute("PRAGMA quick_check(1)").fetchone()
            if told != "ok":
                raise StoreError(f"{file} is damaged ({told}); take another copy")
            (schema,) = opened.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608 - a constant
    except (sqlite3.Error, TypeError) as error:
        raise StoreError(f"{file} is no whole database of Copydesk ({error}); take another copy") from error
    return str(schema)


def quick_check(file: Path) -> str | None:
    """What SQLite finds damaged in a database that others may be using; None for nothing. It reads all of it. Raises sqlite3.Error."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=15.0)) as opened:
        (told,) = opened.execute("PRAGMA quick_check(1)").fetchone()
    return None if told == "ok" else str(told)


def beginning(file: Path) -> bytes:
    """The first bytes, by which a file is known. Raises OSError."""
    with file.open("rb") as opened:
        return opened.read(len(SQLITE))


@contextmanager
def made(file: Path) -> Iterator[Path]:
    """A file to write that becomes ``file``, for its owner alone, unless something fails. Raises FileExistsError."""
    if file.exists():
        raise FileExistsError(17, "there is a file of that name; name another", str(file))
    half = file.with_name(f".{file.name}.{os.getpid()}.part")
    half.unlink(missing_ok=True)
    private.make_file(half)
    try:
        yield half
        half.rename(file)
    finally:
        half.unlink(missing_ok=True)


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
