"""Telegram as `bot/platforms.py` lists it."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from bot.chat.platform import Call, Connection, Platform
from bot.chat.rate_limits import Limits, Pace, Quota
from bot.chat.telegram.settings import NAME, TOKEN, TelegramOptions, TelegramSettings, settings
from bot.domain.message import Message
from bot.domain.messaging import Answered, Headers, Receiver
from bot.domain.model import Address


def _connect(settings: TelegramSettings) -> Connection:
    from bot.chat.telegram.messenger import TelegramMessenger

    messenger = TelegramMessenger(settings)

    def refused(headers: Headers) -> Answered | None:
        return None if messenger.is_telegram(headers) else Answered(401, body="not sent by Telegram")

    by_request = settings.mode == "webhook"
    receivers = {"/telegram": Receiver(messenger.webhook, refused, proven=True)} if by_request else {}
    return Connection(messenger, settings.token, receivers)


def _calls(to: Address, message: Message) -> Sequence[Call]:
    from bot.chat.telegram import html

    return [Call("sendMessage", html.call(to, part), part.under) for part in html.render(message)]


TELEGRAM = Platform(
    name=NAME,
    address=re.compile(r"telegram:(?P<chat>-?\d{1,19}|@[A-Za-z]\w{3,31})(/(?P<thread>\d{1,12}))?"),
    addresses=("telegram:-1001234", "telegram:-1001234/45"),
    rule=re.compile(r"telegram:(?:\d{1,19}|-\d{1,19}(?:/admins)?)"),
    rules=("telegram:1234", "telegram:-1001234", "telegram:-1001234/admins"),
    options=TelegramOptions,
    secrets=(TOKEN,),
    settings=settings,
    connect=_connect,
    tokens=re.compile(r"(?<!\d)\d{3,17}(?::|%3A)[\w-]{20,}"),
    loggers={
        "httpx": logging.WARNING,  # INFO shows each address, which has the token in it
        "httpcore": logging.WARNING,
        "telegram": logging.CRITICAL,  # each error of a call reaches the messenger, which says it once
    },
    # 1/s a chat, 20/min a group, 30/s overall: https://core.telegram.org/bots/faq
    limits=Limits(
        chat=Pace(0.99, 2),
        group=Quota(20, 61.0),  # 61 s: the 21st message may be quicker on its way than the first was
        overall=Pace(29.5, 20),
        groups=("-", "@"),  # groups, supergroups and channels have negative ids
    ),
    own_chat=lambda user: user if user.isdecimal() else None,  # a chat may have spoken in its own name
    calls=_calls,
)
