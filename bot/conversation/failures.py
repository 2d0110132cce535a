"""What becomes of an answer that failed, was refused or was lost."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import timedelta

from bot.domain.errors import MessengerError, OverBudget, Refused, SearchError, StoreError, Unconfirmed, cause
from bot.domain.events import Gave, Incoming, InlineQuery, Posted, Pressed, Said
from bot.domain.message import Message, Paragraph, Run
from bot.domain.messaging import Messenger
from bot.domain.ports import Clock, Say
from bot.domain.reasons import Reason, in_words
from bot.platforms import own_chat
from bot.runtime.faults import fault
from bot.views.layout import usage_message
from bot.wording import reaching, replies
from bot.wording.language import say

AFTER_LOST = timedelta(seconds=5)
"""Before somebody is told that their answer may be lost: the platform has trouble."""


async def answered(
    said: Said | Pressed, message: Message, messenger: Messenger, voice: Say, clock: Clock
) -> Posted | None:
    """Answer where it was said; words in a chat that takes no answer are answered to who said them alone.

    An answer that may be there, or may not, is not said again; who asked is told so. Raises what the messenger raises.
    """
    try:
        return await messenger.reply(said, message, voice)
    except Unconfirmed:
        await clock.sleep_until(clock.now() + AFTER_LOST)
        told = replace(usage_message(say(reaching.PERHAPS_LOST)), private=message.private, beside=True)
        anew = said
        if isinstance(said, Said):
            anew, told = replace(said, over=""), replace(told, aside=message.aside)
        with contextlib.suppress(MessengerError):
            await messenger.reply(anew, told, voice)
        raise
    except Refused as refused:
        own = own_chat(said.sender)
        if isinstance(said, Pressed) or said.direct or own is None or not refused.closed:
            raise
        why = Paragraph((Run(reaching.cannot_answer(str(refused.reason)), "quiet"),))
        alone = replace(said, at=own, direct=True, reply="", over="")
        await messenger.reply(alone, replace(message, blocks=(why, *message.blocks)), voice)
        return None  # its number is the other chat's


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
