"""What went wrong, in one sentence for the operator and without a word of what was said."""

from __future__ import annotations

from bot.domain.errors import OverBudget, SearchError, StoreError
from bot.domain.events import Incoming, Pressed, Said
from bot.runtime.faults import fault


def failure_notice(incoming: Incoming, error: Exception) -> str:
    """Where, what and why: what people ask is theirs, so an error that might repeat it is named by its kind."""
    what = {Said: "an answer", Pressed: "a button's answer"}.get(type(incoming), "a change of address")
    if isinstance(error, StoreError | SearchError | OverBudget):
        why = " ".join(str(error).split())
    else:
        why = fault(error)
    return f"{incoming.at}: {what} failed: {why}"
