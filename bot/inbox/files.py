"""Files as they lie: found without following links, read once and within bounds."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from bot.article.endings import ARTICLE_ENDINGS
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Document
from bot.domain.reasons import Reason
from bot.inbox.names import shown
from bot.inbox.receipts import ENDING

MEGABYTE = 1024 * 1024

IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini"})
IGNORED_ENDINGS = (".part", ".crdownload", ".tmp", ".partial", ".filepart", ".download", "~")
IGNORED_STARTS = (".", "~$")  # hidden files, sync temporaries; lock files of office programs
PROGRAMS_STARTS = ("._", ".#", ".~")  # a Mac's attributes, locks of editors and offices

DEEPEST = 32
"""Levels of folders that are looked into; people use about five."""


def ignored(name: str) -> bool:
    """Whether a file of this name is another program's temporary or hidden file, not an article."""
    low = name.lower()
    return low in IGNORED_NAMES or low.startswith(IGNORED_STARTS) or low.endswith(IGNORED_ENDINGS)


def hidden_article(name: str) -> bool:
    """Whether a file is passed over for its name's first dot alone: a person may wonder where it stays."""
    low = name.lower()
    return low.startswith(".") and not low.startswith(PROGRAMS_STARTS) and low.endswith(ARTICLE_ENDINGS)


def walk(paths: Sequence[Path]) -> Iterator[Path]:
    """Each file named, and each file below a folder named, in the order of names.

    Links are yielded but never followed, and so is a folder named like an article: reading
    refuses them with a reason. Receipts are passed over: `done/` may be read again.
    """
    for path in paths:
        found = below(path) if path.is_dir() and not path.is_symlink() else (path,)
        yield from (file for file in found if not file.name.endswith(ENDING))


def below(folder: Path, passing: frozenset[str] = frozenset()) -> Iterator[Path]:
    """What lies below ``folder`` in the order of names; those in ``passing`` straight below it are left out.

    A folder that vanishes is passed over. One that may not be read, or that lies more than
    ``DEEPEST`` folders deep, is yielded itself: reading refuses it with a reason. Raises OSError
    where ``folder`` may not be read.
    """
    return (path for path in listed(folder, passing) if not ignored(path.name))


def passed_over(folder: Path, passing: frozenset[str] = frozenset()) -> Iterator[Path]:
    """What stays there for its name, and somebody may wonder why: hidden articles, and what looks unfinished."""
    found = listed(folder, passing, counts=lambda item: _counts(item) or _unfinished(item))
    return (path for path in found if ignored(path.name))


def listed(
    folder: Path,
    passing: frozenset[str] = frozenset(),
    counts: Callable[[os.DirEntry[str]], bool] | None = None,
) -> Iterator[Path]:
    """As :func:`below`, with the hidden files that are named like articles; or with what ``counts``."""
    counts = counts or _counts
    waiting: list[tuple[Path, int | None]] = [(folder, 0)]  # how deep a folder lies; a file has no depth
    while waiting:
        path, depth = waiting.pop()
        if depth is None or depth > DEEPEST:
            yield path
            continue
        try:
            listing = _listing(path)
        except OSError:
            if depth == 0:
                raise
            yield path
            continue
        waiting += [
            (Path(item.path), depth + 1 if _opens(item) else None)
            for item in reversed(listing)
            if not (depth == 0 and item.name in passing) and counts(item)
        ]


def _listing(folder: Path) -> list[os.DirEntry[str]]:
    """What lies straight in the folder, by name; nothing once it is gone."""
    try:
        with os.scandir(folder) as listing:
            return sorted(listing, key=lambda item: item.name)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _opens(item: os.DirEntry[str]) -> bool:
    return _is_folder(item) and not item.name.lower().endswith(ARTICLE_ENDINGS)


def _counts(item: os.DirEntry[str]) -> bool:
    return not ignored(item.name) or (hidden_article(item.name) and not _is_folder(item))


def _unfinished(item: os.DirEntry[str]) -> bool:
    low = item.name.lower()
    return low.endswith(IGNORED_ENDINGS) and not low.startswith(IGNORED_STARTS) and not _is_folder(item)


def _is_folder(item: os.DirEntry[str]) -> bool:
    try:
        return item.is_dir(follow_symlinks=False)
    except OSError:  # it vanished, or its disk did: whoever opens it will be told
        return False


def load(path: Path, *, name: str, received: datetime, largest: int) -> Document:
    """The file's bytes, read once; ``largest`` is the most that it may have.

    Raises UnreadableDocument for a link, a folder, a device, a file that is too large, gone or
    forbidden.
    """
    called = shown(name)
    try:
        # NONBLOCK: opening a pipe named like an article must not wait for its writer.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise UnreadableDocument(called, _why(error, path.name)) from error
    try:
        data, size = _read(handle, largest)
    except OSError as error:
        raise UnreadableDocument(called, _why(error, path.name)) from error
    finally:
        os.close(handle)
    if size > largest:
        raise UnreadableDocument(
            called, Reason("file.max_mb", megabytes=size / MEGABYTE, most=largest / MEGABYTE)
        )
    return Document(name=called, data=data, received=received)


def _read(handle: int, largest: int) -> tuple[bytes, int]:
    """At most ``largest`` bytes and one more, and the file's size."""
    status = os.fstat(handle)
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.ENXIO, os.strerror(errno.ENXIO))
    if status.st_size > largest:
        return b"", status.st_size
    with os.fdopen(handle, "rb", closefd=False) as file:
        data = file.read(largest + 1)
    return data, max(status.st_size, len(data))


def _why(error: OSError, name: str) -> Reason:
    match error.errno:
        case errno.ENOENT:
            return Reason("file.vanished")
        case errno.ELOOP | errno.EMLINK:
            return Reason("file.link")
        case errno.EACCES | errno.EPERM:
            return Reason("file.forbidden")
        case errno.EISDIR:
            return _why_no_file(name)
        case errno.ENXIO:
            return Reason("file.irregular")
        case _:
            return Reason("file.failed", said=error.strerror or str(error))


def _why_no_file(name: str) -> Reason:
    if name.lower().endswith(ARTICLE_ENDINGS):
        return Reason("file.folder")
    return Reason("file.deep_folder", most=DEEPEST)
