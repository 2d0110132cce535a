"""What lies in `done/`: each file with its receipt, seen one by one and not read."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.inbox import receipts
from bot.inbox.spool import DONE, FAILED
from bot.runtime.processes import may_be_alive

LARGEST_RECEIPT = 16 * 1024 * 1024
"""Bytes; a file may hold some thousand articles, each with a line of its own."""

_NAME = re.compile(r"(?P<name>.+)~(?P<key>[0-9a-f]{8})(-\d+)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Settled:
    """A file in `done/`: where, what it was called, the beginning of its key, and whether it has a receipt."""

    path: Path
    name: str
    key: str
    answered: bool


def settled(inbox: Path) -> Iterator[Settled | Path]:
    """Each file in the order of days and names; of a receipt whose file is gone, its path.

    One day's names are in memory at a time. Other files are passed over. Raises OSError.
    """
    done = inbox / DONE
    for day in sorted(path for path in done.iterdir() if path.is_dir()) if done.is_dir() else ():
        names = {item.name for item in os.scandir(day) if item.is_file(follow_symlinks=False)}
        for name in sorted(names):
            if name.endswith(receipts.ENDING):
                if name.removesuffix(receipts.ENDING) not in names:
                    yield day / name
            elif found := _NAME.fullmatch(name):
                yield Settled(day / name, found["name"], found["key"], f"{name}{receipts.ENDING}" in names)


def abandoned(inbox: Path) -> Iterator[Path]:
    """Receipts that a process was writing when it ended: nobody completes them. Raises OSError."""
    for shelf in (inbox / DONE, inbox / FAILED):
        for half in sorted(shelf.glob("*/.*.part")):
            if not may_be_alive(half.name.removeprefix(".").removesuffix(".part")):
                yield half


def answer(file: Settled) -> dict[str, Any] | None:
    """The receipt as it was written; ``None`` where there is none that can be read."""
    try:
        with receipts.beside(file.path).open("rb") as stored:
            found = json.loads(stored.read(LARGEST_RECEIPT))
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("file"), str) else None


def articles(answer: dict[str, Any]) -> dict[int, str | None]:
    """The entries that a receipt names, with their titles."""
    parts = answer.get("parts") or [answer]
    told = [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    return {part["entry"]: part.get("title") for part in told if isinstance(part.get("entry"), int)}
