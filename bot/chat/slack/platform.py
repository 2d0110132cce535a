"""Slack as `bot/platforms.py` lists it."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from bot.chat.platform import Call, Connection, Platform
from bot.chat.rate_limits import Limits, Pace
from bot.chat.slack.settings import (
    APP_TOKEN,
    BOT_TOKEN,
    NAME,
    SIGNING_SECRET,
    SlackOptions,
    SlackSettings,
    settings,
)
from bot.domain.message import Message
from bot.domain.messaging import Answered, Headers, Receiver
from bot.domain.model import Address


def _connect(settings: SlackSettings) -> Connection:
    from bot.chat.slack.messenger import SlackMessenger

    messenger = SlackMessenger(settings)

    def refused(headers: Headers) -> Answered | None:
        return None if messenger.may_be_signed(headers) else Answered(401, body="not signed by Slack")

    receivers = {"/slack": Receiver(messenger.webhook, refused)} if settings.mode == "http" else {}
    return Connection(messenger, settings.bot_token, receivers)


def _calls(to: Address, message: Message) -> Sequence[Call]:
    from bot.chat.slack import blocks

    return [Call("chat.postMessage", blocks.call(to, part), part.under) for part in blocks.render(message)]


def _no_rule(text: str) -> str:
    if re.fullmatch(r"slack:E[A-Z0-9]{1,30}", text):
        return "is an organisation, which Slack does not name with all that its people say; write each of its workspaces"
    return ""


SLACK = Platform(
    name=NAME,
    address=re.compile(
        r"slack:(?P<chat>[CGD][A-Z0-9]{1,30}|@[UW][A-Z0-9]{1,30})(/(?P<thread>\d{1,12}\.\d{1,9}))?"
    ),
    addresses=("slack:C0123ABCD", "slack:@U0123"),
    rule=re.compile(r"slack:[TCGDUW][A-Z0-9]{1,30}"),
    no_rule=_no_rule,
    rules=("slack:T0123", "slack:C0123", "slack:U0123"),
    options=SlackOptions,
    secrets=(BOT_TOKEN, APP_TOKEN, SIGNING_SECRET),
    settings=settings,
    connect=_connect,
    tokens=re.compile(r"xox[a-z]?[.-][\w.-]{6,}|xapp-[\w-]{6,}"),
    loggers={
        "slack_sdk": logging.WARNING,  # DEBUG shows requests with their headers
        "slack_bolt": logging.WARNING,
    },
    # 1/s a channel, short bursts tolerated: https://docs.slack.dev/apis/web-api/rate-limits
    limits=Limits(chat=Pace(0.99, 3)),
    own_chat=lambda user: f"@{user}",
    calls=_calls,
)
