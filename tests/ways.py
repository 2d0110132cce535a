"""The modules of the package that are entered while something is done."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

BOT = Path(__file__).resolve().parents[1] / "bot"


@contextmanager
def entered() -> Iterator[set[str]]:
    """The modules of ``bot`` in which a function is called meanwhile, in any thread: `store/library`."""
    seen: set[str] = set()
    files: set[str] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_name != "<module>":
            files.add(frame.f_code.co_filename)

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
        for name in files:
            if (path := Path(name)).is_relative_to(BOT):
                seen.add(path.relative_to(BOT).with_suffix("").as_posix())
