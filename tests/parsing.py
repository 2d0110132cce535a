"""The project's own modules as trees, each parsed once for all who look into it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def parsed(path: Path) -> ast.Module:
    """The module; nobody changes it."""
    return ast.parse(path.read_text(encoding="utf-8"))
