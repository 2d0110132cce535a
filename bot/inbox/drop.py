"""Files put into the inbox by the desk itself, for people who gave them to it, and what became of them.

The folder stays the only way in: whichever process works on it takes such a file as any other.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from bot.domain.unicode import well_formed
from bot.inbox import receipts
from bot.inbox.files import MEGABYTE, ignored
from bot.inbox.moving import put
from bot.inbox.receipts import ENDING, Receipt
from bot.inbox.spool import DONE, FAILED, SpoolSettings
from bot.runtime import private

LONGEST_STEM, LONGEST_SUFFIX = 60, 12
"""Characters of a name that are kept; in UTF-8 they are below what a settled file's name may have."""

TOKEN = 4
"""Bytes of chance in a name, by which a file's receipt is known."""

_UNSAFE = re.compile(r"[^\w().,+ -]+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,11}")
_TOKEN = re.compile(rf"~[0-9a-f]{{{2 * TOKEN}}}(?=(\.[A-Za-z0-9]+){{1,2}}$)")


class InboxDrop:
    """The inbox, as one who drops files there sees it. Every method works on the disk and may raise OSError."""

    def __init__(self, settings: SpoolSettings) -> None:
        self.settings = settings

    @property
    def largest(self) -> int:
        """Bytes that a file may have."""
        return int(self.settings.max_mb * MEGABYTE)

    def put(self, name: str, data: bytes) -> str:
        """Put the file there in one step, under a name of its own that is like ``name``; that name."""
        folder = self.settings.path
        folder.mkdir(parents=True, exist_ok=True)
        while True:
            own = _own(name)
            half = folder / f".{own}.part"
            try:
                private.write_bytes(half, data)
                if put(half, folder / own):
                    return own
            finally:
                half.unlink(missing_ok=True)

    def receipt(self, name: str) -> Receipt | None:
        """What became of the file that ``put`` named so; ``None`` while it waits or is read."""
        for shelf in (DONE, FAILED):
            for day in _days(self.settings.path / shelf):
                for path in day.glob(f"{_literal(name)}~*{ENDING}"):
                    return receipts.read(path)
        return None


def told(name: str) -> str:
    """The name without what the desk put into it."""
    return _TOKEN.sub("", name)


def _own(name: str) -> str:
    """A name that no other file has, that hides nothing, and that leads nowhere else."""
    last = re.split(r"[/\\]", well_formed(name[:1000]))[-1]
    plain = " ".join(_UNSAFE.sub("_", last).split()).lstrip(". -_~").rstrip(". ")
    dot = plain.rfind(".")
    stem, suffix = (plain[:dot], plain[dot:]) if dot > 0 and _SUFFIX.fullmatch(plain[dot:]) else (plain, "")
    stem = stem[:LONGEST_STEM].rstrip(". ") or "file"
    whole = f"{stem}~{secrets.token_hex(TOKEN)}{suffix.lower() or '.txt'}"
    return f"{whole}.txt" if ignored(whole) or whole.endswith(ENDING) else whole


def _days(shelf: Path) -> list[Path]:
    """The two newest days: a file is settled on the day that it was dropped, or at midnight behind it."""
    try:
        return sorted((each for each in shelf.iterdir() if each.is_dir()), reverse=True)[:2]
    except FileNotFoundError:
        return []


def _literal(name: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", name)
