"""The folder that an index lives in: made, recognised, opened, and swapped for a new one.

Here tantivy's errors become ours. It raises ``ValueError`` for nearly everything, and its panics
reach Python as a ``BaseException`` of the module ``pyo3_runtime``.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from bot.domain.errors import IndexBusy, IndexDamaged, IndexRebuilding, SearchError
from bot.runtime import private
from bot.runtime.failpoints import reach
from bot.search.fields import SCHEMA, VERSION
from bot.search.words import tokenizers

LABEL = "copydesk-index"
"""The file that says that a folder is an index of ours, and of which version."""

_TANTIVYS = re.compile(r"[0-9a-f]{32}\.[a-z0-9.]+|meta\.json|\.managed\.json|\.tantivy-(meta|writer)\.lock")
"""A file of tantivy's; any of them may be left where an index is deleted, and that ends half-way."""

SMALL = 30_000_000
"""Bytes of one thread of a writer's; 15 million is tantivy's minimum."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Whatever goes wrong inside concerns the index at ``path``."""
    try:
        yield
    except SearchError:
        raise
    except OSError as fault:
        raise SearchError(f"the search index {path} cannot be used: {fault.strerror or fault}") from fault
    except (ValueError, RuntimeError) as fault:
        raise _reason(path, str(fault)) from fault
    except BaseException as fault:
        if type(fault).__module__ != "pyo3_runtime":
            raise
        raise IndexDamaged(str(path), _short(str(fault))) from fault


def opened(path: Path) -> tantivy.Index:
    """The index in this folder, made where the folder is empty or absent.

    Raises SearchError for a folder with something else in it, IndexDamaged for an index that
    cannot be read or has another version.
    """
    with translated(path):
        _labelled(path)
        if tantivy.Index.exists(str(path)):
            index = tantivy.Index.open(str(path))
        else:
            index = tantivy.Index(SCHEMA, path=str(path))
        for name, analyzer in tokenizers().items():
            index.register_tokenizer(name, analyzer)
        index.config_reader("manual")  # its watcher thread would only tell what `reload` looks up
        return index


@contextmanager
def writing(path: Path, *, threads: int = 1, memory: int = SMALL) -> Iterator[tantivy.IndexWriter]:
    """The writer of the index at ``path``; raises IndexBusy while another one is open.

    Opened anew each time: an open index remembers which files it may collect, and would forget
    those that another process wrote meanwhile.
    """
    with translated(path):
        writer = opened(path).writer(heap_size=threads * memory, num_threads=threads)
        try:
            yield writer
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()  # also lets go of the lock


@contextmanager
def rebuilding(path: Path) -> Iterator[None]:
    """Only one process builds the index at ``path`` anew; raises IndexRebuilding while another does.

    The lock ends with its process, however that ends.
    """
    with translated(path):
        private.make_folder(path.parent)
        lock = os.open(path.with_name(f"{path.name}.lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise IndexRebuilding(str(path)) from None
        yield
    finally:
        os.close(lock)


Identity = tuple[int, int]


def identity(path: Path) -> Identity | None:
    """What tells the folder from another one that is put in its place; ``None`` where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def set_aside(path: Path) -> None:
    """Move the index at ``path``, if there is one, to ``NAME.damaged``, in place of what was there before."""
    damaged = path.with_name(f"{path.name}.damaged")
    empty(damaged)
    with translated(path):
        if path.exists():
            _ours(path)
            path.rename(damaged)


def empty(path: Path) -> None:
    """Remove the index at ``path``, if there is one; raises SearchError for anything else."""
    with translated(path):
        if path.exists():
            _ours(path)
            shutil.rmtree(path)


def swap(new: Path, path: Path) -> None:
    """Put the index ``new`` where ``path`` is, whose own index is removed.

    Stopped in between, ``path`` is absent: it is made anew when it is opened next.
    """
    old = path.with_name(f"{path.name}.old")
    empty(old)
    with translated(path):
        if path.exists():
            _ours(path)
            path.rename(old)
        reach("index-parted")
        new.rename(path)
    reach("index-swapped")
    empty(old)


def _labelled(path: Path) -> None:
    label = path / LABEL
    if label.is_file():
        version = label.read_text(errors="replace").strip()
        if version != VERSION:
            raise IndexDamaged(
                str(path), f"it has version {_short(version)!r}, this program needs {VERSION!r}"
            )
        return
    _ours(path)
    if tantivy_files(path):
        raise IndexDamaged(str(path), f"its file {LABEL} is missing")
    private.make_folder(path)
    private.write(label, VERSION + "\n")


def _ours(path: Path) -> None:
    if path.exists() and not (path / LABEL).exists() and not tantivy_files(path) and any(path.iterdir()):
        raise SearchError(f"{path} holds other files: name an empty folder for the search index")


def tantivy_files(path: Path) -> bool:
    """Whether tantivy has ever written here."""
    return path.is_dir() and any(_TANTIVYS.fullmatch(file.name) for file in path.iterdir())


def _reason(path: Path, text: str) -> SearchError:
    if "LockBusy" in text:
        return IndexBusy(f"another process is writing the search index {path}: try again")
    for words in ("No space left", "File too large", "Permission denied", "Read-only file system"):
        if words in text:
            return SearchError(f"the search index {path} cannot be written: {words.lower()}")
    return IndexDamaged(str(path), _short(text))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else f"{line[:159]}…"
