"""Folders that no person makes: nested deeper than a path can say."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.inbox.files import DEEPEST


@contextmanager
def nested(folder: Path, depth: int) -> Iterator[Path]:
    """A chain of folders in ``folder`` with a file in the last: the first that lies too deep."""
    at = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=at)
        inner = os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    file = os.open("deep.txt", os.O_WRONLY | os.O_CREAT, dir_fd=at)
    os.write(file, b"text")
    os.close(file)
    os.close(at)
    try:
        yield folder.joinpath(*["d"] * (DEEPEST + 1))
    finally:
        # pytest empties its folders with shutil.rmtree, which calls itself for each one.
        subprocess.run(["rm", "-rf", *folder.iterdir()], check=True)
