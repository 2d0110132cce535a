"""A call about a part that failed: what is said of it, and how long to wait before the next."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from bot.domain.errors import MessengerError, RetryLater
from bot.domain.events import Delivery
from bot.domain.reasons import Reason, in_words
from bot.runtime.faults import fault

LOOKS = (timedelta(seconds=1.5), timedelta(seconds=5), timedelta(seconds=8))
"""Before each look for a message whose answer was lost; found nowhere, it is posted again.

Most are there when they are looked for soon, and until then the chat's later parts wait. Histories
lag behind a little: what the last look does not find was not taken.
"""

SOONEST, LATEST = timedelta(seconds=1), timedelta(minutes=5)
"""Bounds of the wait before a part is tried again, unless the platform asks for more."""

PATIENT_ATTEMPTS = 5
"""From here on each further attempt waits twice as long."""


def of_a_part(how: Literal["held", "doubtful", "aside"], part: Delivery, reason: Reason) -> Reason:
    """What became of a part, as the owner hears it."""
    return Reason(f"owner.part_{how}", part=part.part, parts=part.parts, at=str(part.to), why=reason)


def reason_for(error: Exception) -> Reason:
    """What the error says; of one that is none of a messenger's, which may say anything, its kind and its place."""
    if isinstance(error, MessengerError):
        return Reason("post.call", chat=str(error.address), why=error.reason)
    return in_words(fault(error))


def patience(part: Delivery, error: Exception) -> timedelta:
    """How long to wait before the next call about the part."""
    asked = timedelta(seconds=error.after) if isinstance(error, RetryLater) else LOOKS[-1]
    doublings = min(max(part.attempts - PATIENT_ATTEMPTS, 0), 9)
    return max(asked, min(SOONEST * (1 << doublings), LATEST))
