"""Damage by chance, for a desk without atheris: no coverage leads it, so it stays near the sound files."""

from __future__ import annotations

import hashlib
import random
import signal
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from tests.article.hostile import DAMAGE

LONGEST = 65_536
PATIENCE = 30
"""Seconds for one input; a hang inside C code is not ended, its input lies in `running`."""

TOKENS = (
    b"\x00", b"\xff\xfe", b"\xe2\x80", "\u202e\u200b".encode(), b"<", b">", b"&#x110000;", b"&amp;" * 9, b"<p>" * 300, b"]]>",
    b"<!--", b"<![CDATA[", b"</", b"\r\n\r\n", b"\n\n", b"--", b"=?utf-8?q?", b"{" * 300, b'"', b"\\ud800", b"9" * 400,
    b"-1", b"%PDF-1.7\n", b"endobj", b"PK\x03\x04", b"\x1f\x8b", b"31 Feb. 2026", b"\xe2\x80\x9c", b"\xc2\xab", b"said ",
)  # fmt: skip
"""What parsers trip over: ends and beginnings of markup, odd encodings, numbers too large, open quotation marks."""


@dataclass(slots=True)
class Tried:
    """How many inputs were tried, and the files with those that broke the target."""

    inputs: int = 0
    broke: list[Path] = field(default_factory=list)


def inputs(seeds: Sequence[bytes], names: int, seed: int) -> Iterator[bytes]:
    """Each seed as it is, then damaged ones without end, the same for the same ``seed``; a name's number first."""
    yield from (bytes([number % names]) + data for number, data in enumerate(seeds))
    dice = random.Random(seed)
    while True:
        data = dice.choice(seeds)
        for _ in range(dice.randint(1, 4)):
            data = _changed(data, seeds, dice)[:LONGEST] or b"x"
        yield bytes([dice.randrange(names)]) + data


def _changed(data: bytes, seeds: Sequence[bytes], dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    match dice.randrange(4):
        case 0:
            return dice.choice(DAMAGE)(data, dice)
        case 1:
            other = dice.choice(seeds)
            return data[:at] + other[dice.randrange(len(other)) :]
        case 2:
            return data[:at] + dice.choice(TOKENS) + data[at:]
        case _:
            end = at + dice.randint(1, 12)
            return data[:at] + dice.choice(TOKENS) + data[end:]


def run(
    target: Callable[[bytes], None],
    tries: Iterable[bytes],
    seconds: float,
    folder: Path,
    clock: Callable[[], float] = time.monotonic,
) -> Tried:
    """Feed the target until the time is over; an input that breaks it is kept in ``folder`` beside its traceback."""
    tried, until = Tried(), clock() + seconds
    running = folder / "running"
    before = signal.signal(signal.SIGALRM, _too_long)
    try:
        for data in tries:
            if clock() >= until:
                break
            running.write_bytes(data)
            tried.inputs += 1
            signal.alarm(PATIENCE)
            try:
                target(data)
            except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
                signal.alarm(0)
                tried.broke.append(_kept(data, folder))
            finally:
                signal.alarm(0)
    finally:
        signal.signal(signal.SIGALRM, before)
    return tried


def _kept(data: bytes, folder: Path) -> Path:
    path = folder / f"crash-{hashlib.sha256(data).hexdigest()[:16]}"
    path.write_bytes(data)
    path.with_suffix(".txt").write_text(traceback.format_exc(), encoding="utf-8")
    return path


def _too_long(_: int, __: FrameType | None) -> None:
    raise TimeoutError(f"more than {PATIENCE} seconds")
