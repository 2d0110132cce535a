"""The platforms that the configuration has tokens for, each as a messenger."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bot.chat.console.terminal import Terminal
from bot.chat.slack.settings import SlackSettings
from bot.chat.telegram.settings import TelegramSettings
from bot.domain.messaging import Messenger
from bot.web.server import Answered, Receiver


@dataclass(frozen=True, slots=True)
class Connected:
    """``messengers`` by platform; ``receivers`` take the requests that a platform sends to a path.

    ``leases`` names each token, without giving it away: one desk at a time works with it.
    """

    messengers: Mapping[str, Messenger]
    receivers: Mapping[str, Receiver]
    leases: tuple[str, ...]


@asynccontextmanager
async def connected(
    slack: SlackSettings | None, telegram: TelegramSettings | None
) -> AsyncIterator[Connected]:
    """The console and whichever platform is set up; nothing is called before it is needed."""
    messengers: dict[str, Messenger] = {"console": Terminal()}
    receivers: dict[str, Receiver] = {}
    leases: list[str] = []
    if slack is not None:
        _add_slack(slack, messengers, receivers)
        leases.append(_lease("slack", slack.bot_token))
    if telegram is not None:
        _add_telegram(telegram, messengers, receivers)
        leases.append(_lease("telegram", telegram.token))
    async with AsyncExitStack() as stack:
        for messenger in messengers.values():
            stack.push_async_callback(messenger.aclose)
        yield Connected(messengers, receivers, tuple(leases))


def _add_slack(
    settings: SlackSettings, messengers: dict[str, Messenger], receivers: dict[str, Receiver]
) -> None:
    from bot.chat.slack.messenger import SlackMessenger

    messenger = messengers["slack"] = SlackMessenger(settings)

    async def receive(headers: Mapping[str, str], body: bytes) -> Answered:
        return Answered(*await messenger.webhook(headers, body))

    def refused(headers: Mapping[str, str]) -> Answered | None:
        return None if messenger.may_be_signed(headers) else Answered(401, body="not signed by Slack")

    if settings.mode == "http":
        receivers["/slack"] = Receiver(receive, refused)


def _add_telegram(
    settings: TelegramSettings, messengers: dict[str, Messenger], receivers: dict[str, Receiver]
) -> None:
    from bot.chat.telegram.messenger import TelegramMessenger

    messenger = messengers["telegram"] = TelegramMessenger(settings)

    async def receive(headers: Mapping[str, str], body: bytes) -> Answered:
        return Answered(await messenger.webhook(headers, body))

    def refused(headers: Mapping[str, str]) -> Answered | None:
        return None if messenger.is_telegram(headers) else Answered(401, body="not sent by Telegram")

    if settings.mode == "webhook":
        receivers["/telegram"] = Receiver(receive, refused, proven=True)


def _lease(platform: str, token: str) -> str:
    return f"{platform}:{hashlib.sha256(token.encode()).hexdigest()[:16]}"
