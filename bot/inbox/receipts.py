"""The answer to whoever dropped a file: `NAME.receipt.json` beside it, schema in docs/receipts.md."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from bot.model import Outcome


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one file. ``reason`` is in words; ``entry`` is the article's id."""

    file: str
    outcome: Outcome
    settled: datetime
    entry: int | None = None
    title: str | None = None
    reason: str | None = None


def write(receipt: Receipt, path: Path) -> None:
    """Write the receipt at ``path`` in one step: a reader sees all of it or none. Raises OSError."""
    record = {**asdict(receipt), "settled": receipt.settled.isoformat()}
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    half = path.with_name(f".{path.name[-200:]}.part")
    half.write_text(text, encoding="utf-8")
    half.replace(path)
