"""The files in `done/` that brought what is forgotten, with their receipts."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.inbox import receipts
from bot.inbox.settled import Settled, answer, articles, settled

CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """A settled file that has a forgotten article; ``others`` are in it, too."""

    path: Path
    others: int = 0


def kept(inbox: Path, keys: Collection[str], entries: Collection[int]) -> Iterator[Kept]:
    """The files of these keys, and those of several articles whose receipts name one of the entries. Raises OSError."""
    beginnings = {key[:8] for key in keys}
    for file in settled(inbox):
        if not isinstance(file, Settled):
            told = receipt_of(file)
            if told and set(articles(told)) & set(entries):
                yield Kept(file.with_name(file.name.removesuffix(receipts.ENDING)))
            continue
        if file.key in beginnings and key_of(file.path) in keys:
            yield Kept(file.path)
            continue
        named = _parts(file)
        if named & set(entries):
            yield Kept(file.path, len(named - set(entries)))


def delete(file: Kept) -> None:
    """The file is gone, then its receipt. Raises OSError."""
    file.path.unlink(missing_ok=True)
    receipts.beside(file.path).unlink(missing_ok=True)


def receipt_of(path: Path) -> dict[str, object] | None:
    """What a receipt without its file says; ``None`` where it cannot be read."""
    file = path.with_name(path.name.removesuffix(receipts.ENDING))
    return answer(Settled(file, file.name, "", answered=True))


def _parts(file: Settled) -> set[int]:
    """The entries of a file of several articles, as its receipt names them."""
    told = answer(file) if file.answered else None
    return set(articles(told)) if told and told.get("parts") else set()


def key_of(path: Path) -> str:
    """The key of the file's bytes. Raises OSError."""
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            whole.update(part)
    return whole.hexdigest()
