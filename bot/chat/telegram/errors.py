"""What Telegram's refusals mean for the desk: may it try again, must somebody act, or does nobody know.

Vendor exceptions end here; what is raised instead has none of them as its cause, because some hold
the token. ``BadRequest`` and ``TimedOut`` are kinds of ``NetworkError`` in python-telegram-bot, so
the order of the questions matters.
"""

from __future__ import annotations

from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.chat.telegram.settings import NAME
from bot.domain.errors import BadCredentials, MessengerError, Refused, RetryLater, Unconfirmed
from bot.domain.model import Address
from bot.domain.reasons import Reason

PAUSE = 10.0
"""Seconds to wait where Telegram cannot be reached; it names its own when it refuses for pace."""

NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
"""No connection came about, so nothing can have been posted."""

DEAD = Reason("telegram.token")

UNCHANGED = "message is not modified"
"""An edit to what stands there already: it is as it should be."""

TOO_LATE = "query is too old"
"""A press or an inline query that Telegram does not wait for any more; it says so of forged ones, too."""

LOST_TO_EDITS = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
)

_BAD_REQUESTS = (
    ("chat not found", Reason("telegram.chat")),
    ("message thread not found", Reason("telegram.topic_gone")),
    ("topic_closed", Reason("telegram.topic_closed")),
    ("topic_deleted", Reason("telegram.topic_deleted")),
    ("message is too long", Reason("telegram.too_long")),
    ("message_too_long", Reason("telegram.too_long")),
    ("need administrator rights", Reason("telegram.administrator")),
    ("not enough rights", Reason("telegram.rights")),
    ("chat_write_forbidden", Reason("telegram.rights")),
    ("have no rights", Reason("telegram.rights")),
    ("can't parse entities", Reason("telegram.formatting")),
)
_ABOUT_THE_CHAT = (
    "chat not found",
    "thread not found",
    "topic_closed",
    "topic_deleted",
    "administrator rights",
    "not enough rights",
    "no rights",
    "chat_write_forbidden",
    "chat_send_",
    "chat_restricted",
    "chat_admin_required",
    "channel_private",
    "channel_invalid",
    "peer_id_invalid",
    "user_banned_in_channel",
    "group chat was deactivated",
    "group chat was upgraded",
)
"""Bad requests after which the place takes nothing until somebody acts; others refuse one message."""

_TOPIC_GONE = ("thread not found", "topic_deleted")
"""In a person's own chat what is meant for a topic that they deleted goes to the chat itself."""

_FORBIDDEN = (
    ("blocked by the user", Reason("telegram.blocked")),
    ("user is deactivated", Reason("telegram.account_gone")),
    ("kicked from", Reason("telegram.removed")),
    ("not a member", Reason("telegram.not_in")),
    ("was deleted", Reason("telegram.group_gone")),
    (
        "can't initiate conversation",
        Reason("telegram.not_met"),
    ),
    ("can't send messages to bots", Reason("telegram.bot")),
    ("not enough rights", Reason("telegram.rights")),
)


def translated(error: TelegramError, to: Address) -> MessengerError:
    """The desk's word for a vendor's exception during a call that posts something."""
    if isinstance(error, RetryAfter):
        return RetryLater(to, Reason("telegram.pause"), seconds(error.retry_after))
    if refusal := _refusal(error, to):
        return refusal
    if isinstance(error.__cause__, NOT_SENT):
        return RetryLater(to, Reason("telegram.unreachable"), PAUSE)
    if error.message.lower().startswith("too many requests"):  # a proxy's: Telegram's own names the seconds
        return RetryLater(to, Reason("telegram.between"), PAUSE)
    cause = type(error.__cause__ or error).__name__
    return Unconfirmed(to, Reason("telegram.lost", error=cause))


def _refusal(error: TelegramError, to: Address) -> MessengerError | None:
    """What the same call would meet again."""
    match error:
        case ChatMigrated():
            moved = Address(NAME, str(error.new_chat_id), to.thread)
            return Refused(to, Reason("telegram.moved", address=str(moved)), moved, closed=True)
        case Forbidden():
            return Refused(to, _told(error, _FORBIDDEN, Reason("telegram.forbidden")), closed=True)
        case BadRequest():
            told, words = _told(error, _BAD_REQUESTS, Reason("telegram.refused")), error.message.lower()
            closed = any(sign in words for sign in _ABOUT_THE_CHAT)
            lost = any(sign in words for sign in _TOPIC_GONE) and to.thread and to.chat.isdecimal()
            return Refused(to, told, Address(NAME, to.chat) if lost else None, closed=closed)
        case InvalidToken():
            return BadCredentials(to, DEAD)
        case Conflict():
            return Refused(to, rival(error))
    return None


def while_reading(error: TelegramError, to: Address) -> MessengerError:
    """The same for a call that can be repeated."""
    trouble = translated(error, to)
    if isinstance(trouble, Unconfirmed):
        return RetryLater(to, Reason("telegram.silent"), PAUSE)
    return trouble


def rival(conflict: Conflict) -> Reason:
    """Who else gets this bot's updates."""
    if "webhook" in conflict.message.lower():
        return Reason("telegram.webhook")
    return Reason("telegram.rival")


def says(error: MessengerError, *signs: str) -> bool:
    """Whether Telegram's own words, which refusals end with, have one of the signs."""
    text = str(error).lower()
    return any(sign in text for sign in signs)


def seconds(length: timedelta | float) -> float:
    """PTB tells lengths as whole seconds, or as timedeltas with PTB_TIMEDELTA=true."""
    return length.total_seconds() if isinstance(length, timedelta) else float(length)


def _told(error: TelegramError, known: tuple[tuple[str, Reason], ...], else_: Reason) -> Reason:
    """What a refusal is about, with what would help and Telegram's own words."""
    words = " ".join(error.message.split())[:200]
    remedy = next((remedy for sign, remedy in known if sign in words.lower()), else_)
    return Reason("telegram.refusal", remedy=remedy, words=words)
