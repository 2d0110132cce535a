"""Files moved without ever taking the place of another one, whoever else writes there.

A rename replaces what it finds, and looking first leaves a moment in between. A hard link is
refused where the name is taken. Where the file system has none, or forbids one to another user's
file, the name is taken by an empty file, which the rename then replaces.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

_WITHOUT_LINKS = frozenset(
    {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
)


def names(place: Path) -> Iterator[Path]:
    """``place``, then ``place-2``, ``place-3``, … without end."""
    yield place
    for number in count(2):
        yield place.with_name(f"{place.stem}-{number}{place.suffix}")


def moved(path: Path, place: Path) -> Path:
    """Move the file or folder to the first free name of ``place``; that name. Raises OSError."""
    return next(free for free in names(place) if put(path, free))


def take(root: Path, name: Path, place: Path) -> None:
    """Rename the file ``name`` below ``root`` to ``place``. Raises OSError, also where a folder on the way is a link by now."""
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    folder = os.open(root, flags)
    try:
        for part in name.parts[:-1]:
            above, folder = folder, os.open(part, flags | os.O_NOFOLLOW, dir_fd=folder)
            os.close(above)
        os.rename(name.name, place, src_dir_fd=folder)
    except OSError as error:
        if error.errno not in {errno.ENOTDIR, errno.ELOOP}:
            raise
        raise PermissionError(errno.EPERM, "what was a folder above it is a link by now, or none") from error
    finally:
        os.close(folder)


def give_back(path: Path, root: Path, name: Path) -> Path:
    """Move the file to the first free name of ``name`` below ``root``; where it is. Raises OSError.

    Straight into ``root`` where a folder on the way is a link by now: that leads who knows where.
    """
    place = root / name
    if any((root / above).is_symlink() for above in name.parents[:-1]):
        place = root / name.name
    place.parent.mkdir(parents=True, exist_ok=True)
    return moved(path, place)


def put(path: Path, place: Path) -> bool:
    """Move the file or folder to this very name; false, and nothing changes, where it is taken.

    Stopped in between, the file may have both names: moving it there once more ends that.
    """
    if stat.S_ISDIR(path.lstat().st_mode):
        return _put_over(place.mkdir, place.rmdir, path, place)
    try:
        os.link(path, place, follow_symlinks=False)
    except FileExistsError:
        if not _same(path, place):
            return False
    except OSError as error:
        if error.errno not in _WITHOUT_LINKS:
            raise
        return _put_over(partial(_make_empty, place), place.unlink, path, place)
    path.unlink()
    return True


def _put_over(make: Callable[[], None], remove: Callable[[], None], path: Path, place: Path) -> bool:
    """Take the name with something empty of the same kind, and rename over that."""
    try:
        make()
    except FileExistsError:
        return False
    try:
        path.rename(place)
    except OSError:
        with contextlib.suppress(OSError):
            remove()
        raise
    return True


def _make_empty(place: Path) -> None:
    os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))


def _same(path: Path, place: Path) -> bool:
    try:
        return os.path.samestat(path.lstat(), place.lstat())
    except FileNotFoundError:
        return False
