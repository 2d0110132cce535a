"""What went wrong with an answer, in one sentence for the operator and without a word of what was said."""

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
        last = traceback.extract_tb(error.__traceback__)[-1:]
        why = "".join([type(error).__name__, *(f" at {Path(at.filename).name}:{at.lineno}" for at in last)])
    return f"{incoming.at}: {what} failed: {why}"
