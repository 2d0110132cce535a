"""The name of an error that nobody expected, without its words."""

from __future__ import annotations

import traceback
from pathlib import Path


def fault(error: Exception) -> str:
    """The kind of an error that nobody expected, and where it was raised: its own words may hold anything.

    Of several that a task group ended with, the first.
    """
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    last = traceback.extract_tb(error.__traceback__)[-1:]
    return "".join([type(error).__name__, *(f" at {Path(at.filename).name}:{at.lineno}" for at in last)])
