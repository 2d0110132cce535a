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

DEAD = "Telegram refuses the token: get a new one from @BotFather, and set TELEGRAM_BOT_TOKEN to it"

UNCHANGED = "message is not modified"
"""An edit to what stands there already: it is as it should be."""

LOST_TO_EDITS = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
)

_BAD_REQUESTS = (
    ("chat not found", "there is no such chat, or the bot is not in it: add it, or press Start in its chat"),
    ("message thread not found", "the topic is gone: take it out of the address, or open it again"),
    ("topic_closed", "the topic is closed: open it again, or let the bot manage topics"),
    ("topic_deleted", "the topic is gone: take it out of the address, or open a new one"),
    ("message is too long", "Telegram finds the message too long"),
    ("message_too_long", "Telegram finds the message too long"),
    ("need administrator rights", "the bot may not post in the channel: make it an administrator"),
    ("not enough rights", "the bot may not write in the chat: give it the right to send messages"),
    ("chat_write_forbidden", "the bot may not write in the chat: give it the right to send messages"),
    ("have no rights", "the bot may not write in the chat: give it the right to send messages"),
    ("can't parse entities", "Telegram cannot read the message's formatting"),
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

_FORBIDDEN = (
    ("blocked by the user", "the reader blocked the bot: only they can let it in again"),
    ("user is deactivated", "the reader's account is gone: take it out of the configuration"),
    ("kicked from", "the bot was removed from the chat: add it again"),
    ("not a member", "the bot is not in the chat: add it"),
    ("was deleted", "the group is gone: take it out of the configuration"),
    (
        "can't initiate conversation",
        "the reader has not met the bot: they must press Start in its chat first",
    ),
    ("can't send messages to bots", "this is a bot, and bots do not hear each other: check the id"),
    ("not enough rights", "the bot may not write in the chat: give it the right to send messages"),
)


def translated(error: TelegramError, to: Address) -> MessengerError:
    """The desk's word for a vendor's exception during a call that posts something."""
    if isinstance(error, RetryAfter):
        return RetryLater(to, "Telegram asks for a pause", seconds(error.retry_after))
    if refusal := _refusal(error, to):
        return refusal
    if isinstance(error.__cause__, NOT_SENT):
        return RetryLater(to, "Telegram cannot be reached; is the network up?", PAUSE)
    if error.message.lower().startswith("too many requests"):  # a proxy's: Telegram's own names the seconds
        return RetryLater(to, "something between here and Telegram asks for a pause", PAUSE)
    cause = type(error.__cause__ or error).__name__
    return Unconfirmed(to, f"Telegram's answer was lost ({cause})")


def _refusal(error: TelegramError, to: Address) -> MessengerError | None:
    """What the same call would meet again."""
    match error:
        case ChatMigrated():
            moved = Address(NAME, str(error.new_chat_id), to.thread)
            reason = f"the group became a supergroup: its address is {moved} now"
            return Refused(to, reason, moved, closed=True)
        case Forbidden():
            return Refused(to, _told(error, _FORBIDDEN, "Telegram does not let the bot in"), closed=True)
        case BadRequest():
            told = _told(error, _BAD_REQUESTS, "Telegram refuses the call")
            return Refused(to, told, closed=any(sign in error.message.lower() for sign in _ABOUT_THE_CHAT))
        case InvalidToken():
            return BadCredentials(to, DEAD)
        case Conflict():
            return Refused(to, rival(error))
    return None


def while_reading(error: TelegramError, to: Address) -> MessengerError:
    """The same for a call that can be repeated."""
    trouble = translated(error, to)
    if isinstance(trouble, Unconfirmed):
        return RetryLater(to, "Telegram did not answer", PAUSE)
    return trouble


def rival(conflict: Conflict) -> str:
    """Who else gets this bot's updates."""
    if "webhook" in conflict.message.lower():
        return "the bot's updates go to a webhook: remove it, or set mode to webhook"
    return "another program asks for this bot's updates: stop it, or give one of them a bot of its own"


def says(error: MessengerError, *signs: str) -> bool:
    """Whether Telegram's own words, which refusals end with, have one of the signs."""
    text = str(error).lower()
    return any(sign in text for sign in signs)


def seconds(length: timedelta | float) -> float:
    """PTB tells lengths as whole seconds, or as timedeltas with PTB_TIMEDELTA=true."""
    return length.total_seconds() if isinstance(length, timedelta) else float(length)


def _told(error: TelegramError, known: tuple[tuple[str, str], ...], else_: str) -> str:
    """A sentence about a refusal, with what would help and Telegram's own words."""
    words = " ".join(error.message.split())[:200]
    remedy = next((remedy for sign, remedy in known if sign in words.lower()), else_)
    return f"{remedy} ({words})"
