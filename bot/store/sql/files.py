"""Files that hold a store: copied while others write it, poured into one another, known for what they are."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.domain.errors import StoreError
from bot.runtime import private
from bot.runtime.failpoints import reach
from bot.runtime.processes import may_be_alive, this_process
from bot.store.sql.schema import VERSION_TABLE

SQLITE = b"SQLite format 3\x00"

LONGEST_NAME = 100
"""Bytes of a file's name within that of its half, which has the name of a process, too."""

_HALF = re.compile(
    r"\.(?P<holder>.+?-\d+~[0-9a-f]{8}~\d+)\..*\.(part|restoring)(-wal|-shm|-journal)?", re.DOTALL
)


def copy(source: Path, file: Path, *, over: bool = False) -> None:
    """Copy an SQLite database that others may be writing into a new file, as it is at one moment.

    It appears when it is whole, ``over``: in place of one of that name. Raises StoreError for what is no database,
    sqlite3.Error and OSError.
    """
    with made(file, over=over) as half:
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
def made(file: Path, *, over: bool = False) -> Iterator[Path]:
    """A file to write that becomes ``file``, for its owner alone, unless something fails.

    What processes left beside it that ended is removed. Raises FileExistsError unless ``over``.
    """
    if file.exists() and not over:
        raise FileExistsError(17, "there is a file of that name; name another", str(file))
    for left in abandoned(file.parent):
        left.unlink(missing_ok=True)
    half = half_of(file, "part")
    half.unlink(missing_ok=True)
    private.make_file(half)
    try:
        yield half
        half.rename(file)
    finally:
        half.unlink(missing_ok=True)


def half_of(file: Path, what: str) -> Path:
    """Where this process writes what is to become the file: ``what`` is "part" or "restoring"."""
    name = os.fsencode(file.name)[:LONGEST_NAME].decode("utf-8", "ignore")
    return file.with_name(f".{this_process()}.{name}.{what}")


def abandoned(folder: Path) -> Iterator[Path]:
    """Copies that a process was writing here when it ended: nobody completes them. Raises OSError."""
    for path in sorted(folder.glob(".*~*~*.*")) if folder.is_dir() else ():
        if (found := _HALF.fullmatch(path.name)) and not may_be_alive(found["holder"]):
            yield path


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
