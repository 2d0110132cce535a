"""The inbox as a spool: claim by rename, settle with a receipt, never overwrite.

Several workers may share one folder. A rename is atomic, so one of them gets the file; what a
worker holds lies in `.claimed/HOLDER/` under a lease and is taken back only when that worker is
known to be gone or has not renewed its lease.
"""

from __future__ import annotations

import contextlib
import errno
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.model import Document
from bot.inbox import receipts
from bot.inbox.apart import Own
from bot.inbox.files import MEGABYTE, below, ignored, listed, load
from bot.inbox.finished import ENDLESS, StableFiles
from bot.inbox.moving import give_back, names, put, take
from bot.inbox.names import shown
from bot.inbox.receipts import Receipt
from bot.runtime import failpoints, private, processes

CLAIMED, DONE, FAILED = ".claimed", "done", "failed"
SETTLED = frozenset({DONE, FAILED})
LEASE = ".lease"
HAND = ".hand"
"""In a worker's folder: the names of the files that it works on. If the worker dies and one file alone is named, that is suspected."""

_BETWEEN = "\0"  # no name has one

DIED = ".died~"
DIED_FOR = timedelta(days=30)
DEATHS = 2
"""A file on which so many workers died is not read a third time."""

BULK = ".bulk"
BULK_FOR = timedelta(days=1)
"""For how long the mark of a bulk drop holds at most: only a process that goes on for long finds a file endless and takes the mark away."""

HIDDEN_FOR = timedelta(minutes=1)
"""Some senders write under a hidden name and rename at the end; a minute without a change is no such thing."""

LONGEST_NAME = 200
"""Bytes of a settled file's own name; with key and receipt ending it stays below 255."""


@dataclass(frozen=True, slots=True)
class SpoolSettings:
    """``path`` is the folder; a file may have ``max_mb``; ``lease`` is how long a claim holds.

    A file that is written in place is left alone until it has not changed for ``quiet``. More than
    ``bulk`` files at once are a bulk drop. The folder is listed every ``rescan`` whatever the
    system tells; with ``poll`` nothing else is relied on, as on network folders, nor are their times.
    What the desk has of its ``own`` is left where it lies, whatever the folder shows.
    """

    path: Path
    max_mb: float = 20.0
    lease: timedelta = timedelta(minutes=10)
    quiet: timedelta = timedelta(seconds=2)
    bulk: int = 200
    rescan: timedelta = timedelta(seconds=60)
    poll: bool = False
    own: Own | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that this worker holds; ``name`` is its path below the inbox, ``path`` where it lies now.

    ``deaths`` workers died while they worked on it. ``alone``: a worker that died held it, so that
    it is to be worked on with no other beside it: whether it is the one to blame shows then.
    """

    name: str
    path: Path
    size: int
    changed_ns: int
    deaths: int = 0
    alone: bool = False


class Spool:
    """One worker's hold on the inbox folder. Every method works on the disk and may raise OSError."""

    def __init__(self, settings: SpoolSettings) -> None:
        self._settings = settings
        self._root = settings.path
        self._stable_files = StableFiles(settings.quiet, remote=settings.poll)
        self._own = self._root / CLAIMED / processes.this_process()
        self._refused: dict[Path, str] = {}
        self._hidden: tuple[Path, ...] = ()
        self._recovered: set[Path] = set()
        self._queue: list[tuple[float, Path]] = []
        self._gone: set[Path] = set()

    @property
    def settings(self) -> SpoolSettings:
        """What it was opened with."""
        return self._settings

    @property
    def path(self) -> Path:
        """The inbox folder."""
        return self._root

    def open(self, now: datetime) -> None:
        """Make the folders that are missing and take back what lost workers held."""
        self._root.mkdir(parents=True, exist_ok=True)  # where others drop files: their umask's business
        private.make_folder(self._own)
        self.renew(now)
        for folder in sorted((self._root / CLAIMED).iterdir()):
            with contextlib.suppress(FileNotFoundError):  # another worker settled that file just now
                if folder.name.startswith(DIED) and _age(folder, now) > DIED_FOR:
                    folder.unlink()  # of a file that somebody took away
            if folder != self._own and folder.is_dir() and self._lost(folder, now):
                self._count_death(folder)
                self._recovered |= self._take_back(folder)

    def renew(self, now: datetime) -> None:
        """Extend the lease on everything that this worker holds."""
        lease = self._own / LEASE
        lease.touch(private.FILE)
        os.utime(lease, (now.timestamp(), now.timestamp()))

    def waiting(self) -> tuple[Path, ...]:
        """The files that nobody has claimed yet, in the order of their names."""
        return tuple(below(self._root, SETTLED))

    def complete(self, now: datetime) -> tuple[tuple[Path, ...], datetime | None]:
        """The waiting files that are complete, and when to look at the others again."""
        found = tuple(listed(self._root, SETTLED))
        waiting = tuple(path for path in found if not ignored(path.name))
        self._hidden = tuple(path for path in found if ignored(path.name))
        complete, again = self._stable_files.complete(waiting, now)
        self._gone = set()
        self._queue = sorted(((came, path) for path, came in self._stable_files.came.items()), reverse=True)
        there = set(waiting)
        self._refused = {path: why for path, why in self._refused.items() if path in there}
        self._note_bulk(there - self._refused.keys(), set(complete) - self._refused.keys(), now)
        return complete, again

    def queue(self) -> tuple[int, datetime | None]:
        """How many files wait, and since when the oldest does: as the last listing saw it, less what was claimed."""
        queue, gone = self._queue, self._gone
        while queue and queue[-1][1] in gone:
            gone.discard(queue.pop()[1])
        since = datetime.fromtimestamp(queue[-1][0], UTC) if queue else None
        return max(len(queue) - len(gone), 0), since

    @property
    def bulk(self) -> bool:
        """Whether what waits came in one drop of very many, also when some of it is done already."""
        return self._mark.exists()

    def stuck(self, now: datetime) -> tuple[str, ...]:
        """A sentence for each file that could not be taken at the last try, is written to without end, or is hidden."""
        refused = (
            f"{shown(self._name(path))} cannot be taken from the inbox: {why}"
            for path, why in self._refused.items()
        )
        endless = (
            f"{shown(self._name(path))} is left in the inbox: it is still being written, for more than "
            f"{ENDLESS.total_seconds() / 60:g} minutes now"
            for path in self._stable_files.endless(now)
        )
        hidden = (
            f"{shown(self._name(path))} is left in the inbox: its name begins with a dot, as a hidden file's does; "
            "rename it to have it read"
            for path in self._hidden
            if _unchanged(path, now) >= HIDDEN_FOR
        )
        return (*refused, *endless, *hidden)

    @property
    def _mark(self) -> Path:
        return self._root / CLAIMED / BULK

    def _note_bulk(self, waiting: set[Path], complete: set[Path], now: datetime) -> None:
        """A bulk drop lasts until nothing more of it can be had, over restarts and slow copies."""
        if len(waiting) > self._settings.bulk:
            self._mark.touch(private.FILE)
            os.utime(self._mark, (now.timestamp(), now.timestamp()))
        elif not complete and self.bulk:
            old = _age(self._mark, now) > BULK_FOR
            if old or waiting <= set(self._stable_files.endless(now)):
                self._mark.unlink(missing_ok=True)

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def refused(self, path: Path, why: str) -> None:
        """The file could not be claimed: it holds no drop open, and is tried again at each pass."""
        self._refused[path] = why

    def claim(self, path: Path) -> Claim | None:
        """Take the file, or ``None`` when somebody else was quicker or it is gone."""
        if self._settings.own and self._settings.own.has(path, self._root):
            raise PermissionError(errno.EPERM, "the desk keeps it for itself, and it is no article")
        self._refused.pop(path, None)
        name = self._name(path)
        mine = self._own / name
        if mine.exists():  # the same name came again while its first file is being read
            return None
        private.make_folder(mine.parent)
        try:
            take(self._root, path.relative_to(self._root), mine)
            status = mine.lstat()
        except FileNotFoundError:
            self._gone.add(path)
            return None
        self._gone.add(path)
        failpoints.reach("inbox-claimed")
        deaths = _deaths(self._died(status))
        alone = deaths > 0 or path in self._recovered
        self._recovered.discard(path)
        return Claim(name, mine, status.st_size, status.st_mtime_ns, deaths, alone)

    def begin(self, *claims: Claim) -> None:
        """Work on these files begins: one is suspected should this worker die, of several none before it is alone."""
        with contextlib.suppress(OSError):  # without room nothing is suspected
            names = _BETWEEN.join(claim.name for claim in claims)
            private.write(self._own / HAND, names, errors="surrogateescape")

    def load(self, claim: Claim, *, received: datetime) -> Document:
        """The bytes of the claimed file. Raises UnreadableDocument."""
        largest = int(self._settings.max_mb * MEGABYTE)
        return load(claim.path, name=claim.name, received=received, largest=largest)

    def release(self, claim: Claim) -> None:
        """Put the file back where it came from, beside a newer one of that name if there is one."""
        give_back(claim.path, self._root, Path(claim.name))

    def settle(self, claim: Claim, receipt: Receipt, key: str) -> Path | None:
        """Move the file to `done/` or `failed/`, with its receipt; where it lies now.

        ``None`` when the file changed after it was claimed: its writer was not done, so it goes
        back to the inbox to be read again.
        """
        status = claim.path.lstat()
        if (status.st_size, status.st_mtime_ns) != (claim.size, claim.changed_ns):
            self.release(claim)
            return None
        shelf = self._root / (FAILED if receipt.outcome == "unreadable" else DONE)
        day = shelf / receipt.settled.date().isoformat()
        private.make_folder(day)
        for place in names(day / f"{_short(claim.path.name)}~{key[:8]}"):
            # The receipt first: who writes it has the name, and after a crash the file is read again.
            answer = receipts.beside(place)
            if os.path.lexists(place) or not receipts.write(receipt, answer):
                continue
            if put(claim.path, place):
                self._died(status).unlink(missing_ok=True)
                return place
            answer.unlink()
        raise AssertionError("names never end")

    def lost(self, now: datetime) -> int:
        """How many files workers hold that are gone; ``open`` gives them back."""
        claimed = self._root / CLAIMED
        folders = [each for each in claimed.iterdir() if each.is_dir()] if claimed.is_dir() else []
        return sum(1 for each in folders if each != self._own and self._lost(each, now) for _ in _held(each))

    def close(self) -> None:
        """Give back what is still held and leave no empty folders behind."""
        self._take_back(self._own)

    def _lost(self, folder: Path, now: datetime) -> bool:
        if not processes.may_be_alive(folder.name):
            return True
        for renewed in (folder / LEASE, folder):
            with contextlib.suppress(OSError):
                return _age(renewed, now) > self._settings.lease
        return False  # its worker gave it back just now

    def _take_back(self, folder: Path) -> set[Path]:
        """Put everything back where it came from; where that is."""
        back: set[Path] = set()
        for path in _held(folder):
            with contextlib.suppress(FileNotFoundError):
                back.add(give_back(path, self._root, path.relative_to(folder)))
        for name in (LEASE, HAND):
            (folder / name).unlink(missing_ok=True)
        for empty in reversed(_folders(folder)):
            with contextlib.suppress(OSError):
                empty.rmdir()
        return back

    def _count_death(self, folder: Path) -> None:
        """The worker of ``folder`` died: on the only file in its hand, or on the only one that it held."""
        held, hand = set(_held(folder)), folder / HAND
        with contextlib.suppress(OSError):
            names = hand.read_text(encoding="utf-8", errors="surrogateescape").split(_BETWEEN)
            held = held & {folder / name for name in names} or held
        hand.unlink(missing_ok=True)  # first: a death is rather not counted than twice
        if len(held) == 1:
            with contextlib.suppress(OSError):
                counted = self._died(held.pop().lstat())
                private.write(counted, str(_deaths(counted) + 1))

    def _died(self, status: os.stat_result) -> Path:
        """Where the deaths over a file are counted, whatever it is called by now."""
        return self._root / CLAIMED / f"{DIED}{status.st_ino}-{status.st_size}-{status.st_mtime_ns}"


def _age(path: Path, now: datetime) -> timedelta:
    return timedelta(seconds=now.timestamp() - path.stat().st_mtime)


def _deaths(counted: Path) -> int:
    try:
        return int(counted.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def _held(folder: Path) -> tuple[Path, ...]:
    """What a worker holds; nothing of what may not be read: it is its owner's to give back."""
    try:
        return tuple(below(folder))
    except OSError:
        return ()


def _folders(folder: Path) -> list[Path]:
    """The folder and those in it, each after the one that it lies in."""
    found = [folder]
    for each in found:
        with contextlib.suppress(OSError), os.scandir(each) as listing:
            found += [Path(item.path) for item in listing if item.is_dir(follow_symlinks=False)]
    return found


def _unchanged(path: Path, now: datetime) -> timedelta:
    """For how long nobody has written the file, or renamed it."""
    try:
        return timedelta(seconds=now.timestamp() - path.lstat().st_ctime)
    except OSError:
        return timedelta()


def _short(name: str) -> str:
    raw = os.fsencode(name)
    if len(raw) <= LONGEST_NAME:
        return name
    return os.fsdecode(raw[:LONGEST_NAME].decode("utf-8", "ignore").encode())
