"""What went wrong, in one sentence for the operator and without a word of what was said."""

from __future__ import annotations

import traceback
from pathlib import Path

from bot.dispatch import Incoming, Pressed, Said
from bot.errors import OverBudget, SearchError, StoreError


def mishap(incoming: Incoming, error: Exception) -> str:
    """Where, what and why: what people ask is theirs, so an error that might repeat it is named by its kind."""
    what = {Said: "an answer", Pressed: "a button's answer"}.get(type(incoming), "a change of address")
    if isinstance(error, StoreError | SearchError | OverBudget):
        why = " ".join(str(error).split())
    else:
        why = fault(error)
    return f"{incoming.at}: {what} failed: {why}"


def fault(error: Exception) -> str:
    """The kind of an error that nobody expected, and where it was raised: its own words may hold anything.

    Of several that a task group ended with, the first.
    """
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    last = traceback.extract_tb(error.__traceback__)[-1:]
    return "".join([type(error).__name__, *(f" at {Path(at.filename).name}:{at.lineno}" for at in last)])
