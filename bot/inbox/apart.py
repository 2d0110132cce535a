"""What the desk keeps for itself, which is never an article: told apart when it is configured, and before a file moves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_REMEDY = "name a folder of its own"


@dataclass(frozen=True, slots=True)
class Own:
    """Where the desk's own things lie: its configuration (the file, or its folder), the index's folder, the store's file."""

    configuration: Path
    index: Path
    store: Path | None = None

    def clash(self, inbox: Path) -> str | None:
        """What is wrong with this inbox, if taking it in would take these too, by where the links among them lead."""
        named = [("the configuration", self.configuration), ("the search index", self.index)]
        if self.store is not None:
            named.insert(1, ("the store", self.store))
        root = _real(inbox)
        for what, path in named:
            if _real(path).is_relative_to(root):
                return f"{what} ({path}) lies in it and would be taken in as articles; {_REMEDY}"
        if root.is_relative_to(_real(self.index)):
            return f"it lies in the folder of the search index ({self.index}); {_REMEDY}"
        return None

    def has(self, path: Path, root: Path) -> bool:
        """Whether the file below ``root`` is one of these, however the disk has come to show it there.

        What lies beside the store under its name and an ending is the store's as well: a journal, a copy that was kept.
        """
        single = {_identity(one) for one in (self.configuration, self.store) if one is not None}
        if {_identity(path)} & (single - {None}):
            return True
        store, index = self.store, _identity(self.index)
        if store and path.name.startswith((f"{store.name}-", f"{store.name}.")):
            return _same(path.parent, store.parent)
        return index is not None and index in map(_identity, _above(path, root))


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _above(path: Path, root: Path) -> Iterator[Path]:
    """The folders in which the file lies, up to ``root``."""
    for folder in path.parents:
        yield folder
        if folder == root:
            return


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _same(one: Path, other: Path) -> bool:
    return _identity(one) is not None and _identity(one) == _identity(other)
