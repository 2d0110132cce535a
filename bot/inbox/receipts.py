"""The answer to whoever dropped a file: `NAME.receipt.json` beside it, schema in docs/receipts.md."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from bot.domain.model import Outcome
from bot.inbox.moving import put
from bot.runtime import private
from bot.runtime.processes import this_process

ENDING = ".receipt.json"

RANK: tuple[Outcome, ...] = ("new", "corrected", "known", "unreadable")
"""What a file of several articles is called: by the best that became of one."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one file. ``reason`` is in words; ``entry`` is the article's id.

    A file of several articles has neither entry nor title; its ``parts`` have.
    """

    file: str
    outcome: Outcome
    settled: datetime
    entry: int | None = None
    title: str | None = None
    reason: str | None = None
    parts: tuple[Receipt, ...] = ()


def summed_up(file: str, parts: Sequence[Receipt]) -> Receipt:
    """The receipt of a file of several articles: the first outcome of ``RANK`` that one has; bad parts are named."""
    outcomes = {part.outcome for part in parts}
    outcome = next(each for each in RANK if each in outcomes)
    bad = [part for part in parts if part.outcome == "unreadable"]
    reason = (
        f"{len(bad)} of {len(parts)} articles could not be read, the first: {bad[0].file}: {bad[0].reason}"
        if bad
        else None
    )
    return Receipt(file, outcome, parts[0].settled, reason=reason, parts=tuple(parts))


def beside(file: Path) -> Path:
    """Where the receipt of a settled file lies."""
    return file.with_name(f"{file.name}{ENDING}")


def write(receipt: Receipt, path: Path) -> bool:
    """Write the receipt at ``path`` in one step: a reader sees all of it or none.

    False, and nothing changes, where there is one already. Raises OSError.
    """
    half = _half(receipt, path)
    if put(half, path):
        return True
    half.unlink()
    return False


def rewrite(receipt: Receipt, path: Path) -> None:
    """Write the receipt in place of the one at ``path``, in one step. Raises OSError."""
    _half(receipt, path).replace(path)


def _half(receipt: Receipt, path: Path) -> Path:
    """A file that no other process writes; what a killed one left is written over.

    Whatever is no character in it is replaced: a receipt that cannot be written would stop the desk.
    """
    text = json.dumps(asdict(receipt), ensure_ascii=False, indent=2, default=datetime.isoformat) + "\n"
    half = path.with_name(f".{this_process()}.part")
    private.write(half, text, errors="replace")
    return half
