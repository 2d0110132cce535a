"""What is told of an answer that failed. Pure."""

from __future__ import annotations

from bot.domain.errors import OverBudget, SearchError, StoreError, cause
from bot.domain.events import Gave, Incoming, InlineQuery, Pressed, Said
from bot.domain.reasons import Reason, in_words
from bot.runtime.faults import fault
from bot.wording import replies
from bot.wording.language import say


def told_instead(error: Exception) -> str:
    """What whoever asked hears in place of the answer."""
    return say(replies.UNREACHABLE if isinstance(error, StoreError) else replies.FAILED)


def failure_notice(incoming: Incoming, error: Exception) -> Reason:
    """What the owner hears: where, what and why; what people ask is theirs, so an error that might repeat it is named by its kind."""
    known = isinstance(error, StoreError | SearchError | OverBudget)
    told = cause(error) if known else in_words(fault(error))
    at = str(incoming.at)
    match incoming:
        case Said():
            return Reason("owner.answer_failed", at=at, why=told)
        case Pressed():
            return Reason("owner.press_failed", at=at, why=told)
        case InlineQuery():
            return Reason("owner.inline_failed", at=at, why=told)
        case Gave():
            return Reason("owner.gift_failed", at=at, why=told)
    return Reason("owner.move_failed", at=at, why=told)
