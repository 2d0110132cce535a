"""E-mail as `bot/platforms.py` lists it: posted to, and not listened to."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from bot.chat.email.settings import MAILBOX, NAME, SMTP_URL, EmailOptions, EmailSettings, settings
from bot.chat.platform import Call, Connection, Platform
from bot.chat.rate_limits import Limits, Pace
from bot.domain.message import Message
from bot.domain.model import Address


def _connect(settings: EmailSettings) -> Connection:
    from bot.chat.email.messenger import EmailMessenger

    return Connection(EmailMessenger(settings))  # any number of desks may share a mail server


def _calls(to: Address, message: Message) -> Sequence[Call]:
    """The letter, as its sender makes it; the headers that say when and by whom come with the sending."""
    from bot.chat.email.letter import render

    place = {"to": to.chat} if to.chat else {}
    return [Call("sendmail", {**place, **json.loads(one.body)}) for one in render(message)]


EMAIL = Platform(
    name=NAME,
    address=re.compile(f"{NAME}:(?P<chat>{MAILBOX})"),
    addresses=("email:desk@example.org",),
    options=EmailOptions,
    secrets=(SMTP_URL,),
    settings=settings,
    connect=_connect,
    tokens=re.compile(r"(?:(?<=smtp://)|(?<=smtps://))[^\s/@]{1,300}:[^\s/@]{1,300}(?=@)"),
    # No server says what it allows; the slowest of the common ones takes 30 a minute
    # (https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits).
    calls=_calls,
    limits=Limits(chat=Pace(0.2, 5), overall=Pace(0.49, 5)),
)
