"""Files and folders that nobody but the desk's user may read: made with that mode, whatever the umask.

What is there already keeps the mode that somebody gave it.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER, FILE = 0o700, 0o600


def make_folder(path: Path) -> None:
    """Make the folder and those above it that are missing. Raises OSError."""
    missing = []
    while not path.is_dir():
        missing.append(path)
        if path.parent == path:
            break
        path = path.parent
    for folder in reversed(missing):
        folder.mkdir(FOLDER, exist_ok=True)


def make_file(path: Path) -> None:
    """Make the file, empty, where there is none; a link is followed. Raises OSError.

    One that is there is not opened: to close it would take this process's locks off it.
    """
    real = Path(os.path.realpath(path))
    if not real.exists():
        flags = os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC
        os.close(os.open(real, flags, FILE))


def _opened(name: str, flags: int) -> int:
    return os.open(name, flags | os.O_CLOEXEC, FILE)


def write_bytes(path: Path, data: bytes) -> None:
    """Write the file anew. Raises OSError."""
    with open(path, "wb", opener=_opened) as file:
        file.write(data)


def write(path: Path, text: str, *, encoding: str = "utf-8", errors: str = "strict") -> None:
    """Write the file anew. Raises OSError."""
    with open(path, "w", encoding=encoding, errors=errors, opener=_opened) as file:
        file.write(text)
