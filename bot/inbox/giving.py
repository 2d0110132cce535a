"""Files that people give in chat, put into the inbox: under harmless names, whole, and in nobody's place.

The folder stays the only way in: what is dropped here is claimed, read and settled like any other file.
"""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import unicodedata
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.inbox.files import ignored
from bot.inbox.moving import put
from bot.inbox.receipts import ENDING
from bot.runtime import private

LONGEST_STEM, LONGEST_ENDING = 100, 12
"""Bytes of a name's parts; with the letters that make it unique, a settled file's name stays below 255."""

NAMELESS = "file"
_UNWANTED = re.compile(r'[/\\:*?"<>|]')
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,11}")
_DROPPED = re.compile(r"[^/]+-[0-9a-f]{8}(\.[A-Za-z0-9]{1,11})?", re.DOTALL)


class GiftBox:
    """Drops files into the inbox folder at ``path``; one may have ``largest`` bytes."""

    def __init__(self, path: Path, largest: int) -> None:
        self._path = path
        self.largest = largest

    async def drop(self, called: str, data: bytes, note: Callable[[str], Awaitable[None]]) -> None:
        """Put the file there. Raises OSError, and leaves nothing behind then."""
        stem, ending = harmless(called)
        name = f"{stem}-{secrets.token_hex(4)}{ending}"
        half = self._path / f".{name}.part"
        try:
            await asyncio.to_thread(_write, half, data)
            await note(name)
            if not await asyncio.to_thread(put, half, self._path / name):
                raise FileExistsError(name)
        finally:
            await asyncio.to_thread(half.unlink, missing_ok=True)


def may_be_given(name: str) -> bool:
    """Whether a file below the inbox is called as :class:`GiftBox` calls what it drops. Pure."""
    return _DROPPED.fullmatch(name) is not None


def harmless(called: str) -> tuple[str, str]:
    """The name that somebody gave a file, as stem and ending: one that may lie in a folder, and that the inbox reads.

    Folders, control and invisible characters, leading dots and endings of unfinished files are left out. Pure.
    """
    plain = "".join(one for one in called if unicodedata.category(one)[0] != "C")
    plain = _UNWANTED.sub("/", plain.replace("\u2028", "/").replace("\u2029", "/")).rpartition("/")[2]
    plain = " ".join(plain.split()).strip(" .~")
    stem, dot, rest = plain.rpartition(".")
    ending = f".{rest}" if dot and stem and _ENDING.fullmatch(f".{rest}") else ""
    stem = _cut((stem if ending else plain).strip(" .~$#_-"), LONGEST_STEM) or NAMELESS
    if ignored(f"x{ending}") or f"x{ending}".endswith(ENDING) or stem.endswith(".receipt"):
        return f"{stem.removesuffix('.receipt')}{ending.replace('.', '-')}", ""
    return stem, ending[:LONGEST_ENDING]


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode("utf-8", "ignore").strip()


def _write(path: Path, data: bytes) -> None:
    """The bytes, on the disk before the name is given to them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    with os.fdopen(os.open(path, flags, private.FILE), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
