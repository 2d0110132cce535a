"""Files as they lie: found without following links, read once and within bounds."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from bot.errors import UnreadableDocument
from bot.inbox.names import shown
from bot.inbox.receipts import ENDING
from bot.model import Document

MEGABYTE = 1024 * 1024

IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini"})
IGNORED_ENDINGS = (".part", ".crdownload", ".tmp", ".partial", ".filepart", ".download", "~")
IGNORED_STARTS = (".", "~$")  # hidden files, sync temporaries; lock files of office programs


ARTICLE_ENDINGS = (
    ".txt",
    ".text",
    ".md",
    ".html",
    ".htm",
    ".mhtml",
    ".mht",
    ".eml",
    ".pdf",
    ".docx",
    ".json",
    ".jsonl",
    ".ndjson",
    ".xml",
    ".rss",
    ".atom",
    ".gz",
    ".zip",
)


def ignored(name: str) -> bool:
    """Whether a file of this name is another program's temporary or hidden file, not an article."""
    low = name.lower()
    return low in IGNORED_NAMES or low.startswith(IGNORED_STARTS) or low.endswith(IGNORED_ENDINGS)


def walk(paths: Sequence[Path]) -> Iterator[Path]:
    """Each file named, and each file below a folder named, in the order of names.

    Links are yielded but never followed, and so is a folder named like an article: reading
    refuses them with a reason. Receipts are passed over: `done/` may be read again.
    """
    for path in paths:
        found = below(path) if path.is_dir() and not path.is_symlink() else (path,)
        yield from (file for file in found if not file.name.endswith(ENDING))


def below(folder: Path, passing: frozenset[str] = frozenset()) -> Iterator[Path]:
    """What lies below ``folder`` in the order of names; folders named in ``passing`` are left out.

    A folder that vanishes or may not be read is passed over: what it held is found on a later look.
    """
    try:
        with os.scandir(folder) as listing:
            found = sorted(listing, key=lambda item: item.name)
    except OSError:
        return
    for item in found:
        if ignored(item.name) or item.name in passing:
            continue
        if item.is_dir(follow_symlinks=False) and not item.name.lower().endswith(ARTICLE_ENDINGS):
            yield from below(Path(item.path))
        else:
            yield Path(item.path)


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
        raise UnreadableDocument(called, _why(error)) from error
    try:
        data, size = _read(handle, largest)
    except OSError as error:
        raise UnreadableDocument(called, _why(error)) from error
    finally:
        os.close(handle)
    if size > largest:
        raise UnreadableDocument(
            called,
            f"it has {size / MEGABYTE:.1f} MB and the most is {largest / MEGABYTE:g} MB; "
            "split it or raise [inbox] max_mb",
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


def _why(error: OSError) -> str:
    match error.errno:
        case errno.ENOENT:
            return "there is no such file, or it vanished before it could be read; drop it again"
        case errno.ELOOP | errno.EMLINK:
            return "it is a link, and links are not followed; copy the file itself"
        case errno.EACCES | errno.EPERM:
            return "it may not be read; give the desk's user permission to read it"
        case errno.EISDIR:
            return "it is a folder named like an article; put the files themselves here"
        case errno.ENXIO:
            return "it is not a regular file; copy its content into one"
        case _:
            return f"it cannot be read ({error.strerror or error}); drop it again"
