"""The answer to whoever dropped a file: `NAME.receipt.json` beside it, schema in docs/receipts.md."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.domain.model import Outcome
from bot.domain.reasons import Reason, record
from bot.inbox.moving import put
from bot.runtime import private
from bot.runtime.processes import this_process
from bot.runtime.redaction import withheld

ENDING = ".receipt.json"

RANK: tuple[Outcome, ...] = ("new", "corrected", "held", "known", "unreadable")
"""What a file of several articles is called: by the best that became of one."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one file; ``entry`` is the article's id.

    A file of several articles has neither entry nor title; its ``parts`` have.
    """

    file: str
    outcome: Outcome
    settled: datetime
    entry: int | None = None
    title: str | None = None
    reason: Reason | None = None
    parts: tuple[Receipt, ...] = ()


def summed_up(file: str, parts: Sequence[Receipt]) -> Receipt:
    """The receipt of a file of several articles: the first outcome of ``RANK`` that one has; bad parts are named."""
    outcomes = {part.outcome for part in parts}
    outcome = next(each for each in RANK if each in outcomes)
    bad = [part for part in parts if part.outcome == "unreadable"]
    reason = None
    if bad and bad[0].reason:
        reason = Reason(
            "document.some_of", bad=len(bad), count=len(parts), place=bad[0].file, why=bad[0].reason
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


def _answer(receipt: Receipt) -> dict[str, Any]:
    """As docs/receipts.md has it."""
    reason = receipt.reason
    return {
        "file": receipt.file,
        "outcome": receipt.outcome,
        "settled": receipt.settled.isoformat(),
        "entry": receipt.entry,
        "title": receipt.title,
        "reason": None if reason is None else str(reason),
        **({"code": None, "arguments": {}} if reason is None else record(reason)),
        "parts": [_answer(part) for part in receipt.parts],
    }


def _half(receipt: Receipt, path: Path) -> Path:
    """A file that no other process writes; what a killed one left is written over.

    Whatever is no character in it is replaced: a receipt that cannot be written would stop the desk. Secrets of the
    desk are taken out: who drops files may not be who has them.
    """
    text = json.dumps(withheld().within(_answer(receipt)), ensure_ascii=False, indent=2) + "\n"
    half = path.with_name(f".{this_process()}.part")
    private.write(half, text, errors="replace")
    return half
