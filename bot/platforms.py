"""The chat platforms, listed once: what each room says of itself, as everybody else needs it.

To add a platform is to add its description to ``PLATFORMS``.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bot.chat.console.platform import TERMINAL
from bot.chat.email.platform import EMAIL
from bot.chat.platform import Call, Platform, either
from bot.chat.rate_limits import Limits
from bot.chat.slack.platform import SLACK
from bot.chat.telegram.platform import TELEGRAM
from bot.domain.errors import NotSetUp
from bot.domain.events import Sender
from bot.domain.message import Message
from bot.domain.messaging import Messenger, Receiver
from bot.domain.model import Address

PLATFORMS: Mapping[str, Platform[Any, Any]] = MappingProxyType(
    {
        one.name: one
        for one in (
            TERMINAL,
            SLACK,
            TELEGRAM,
            EMAIL,
        )
    }
)
"""Each by its name; where they are told of in turn, in this order."""

LIMITS: Mapping[str, Limits] = MappingProxyType({name: one.limits for name, one in PLATFORMS.items()})

SECRETS = tuple(name for one in PLATFORMS.values() for name in one.secrets)
"""The names that their secrets have in the environment."""

TOKENS = tuple((one.tokens, f"({name} token)") for name, one in PLATFORMS.items() if one.tokens)
"""What those look like, and what is written in their place."""

LOGGERS = MappingProxyType({name: level for one in PLATFORMS.values() for name, level in one.loggers.items()})
"""The loggers of their libraries, and from which level on they are heard."""


def parse_address(text: str) -> Address:
    """The address; raises ValueError with a sentence that shows how one is written."""
    platform = PLATFORMS.get(text.partition(":")[0])
    if platform is None:
        written = either([one.addresses[0] for one in PLATFORMS.values()])
        raise ValueError(f'"{text}" is not an address; write {written}')
    return platform.read_address(text)


def parse_rule(text: str) -> str:
    """Whom ``[access]`` names, as written; raises ValueError with a sentence that shows how somebody is."""
    if not any(one.rule and one.rule.fullmatch(text) for one in PLATFORMS.values()):
        for one in PLATFORMS.values():
            if why := one.no_rule(text):
                raise ValueError(f'"{text}" {why}, like "{one.rules[0]}"')
        written = either([rule for one in PLATFORMS.values() for rule in one.rules])
        raise ValueError(f'"{text}" is nobody; write {written}')
    return text


def own_chat(person: Sender) -> Address | None:
    """The person's own conversation with the desk, where the platform has one."""
    known = PLATFORMS.get(person.platform)
    chat = known.own_chat(person.id) if known else None
    return Address(person.platform, chat) if chat else None


CALLING = tuple(name for name, one in PLATFORMS.items() if one.calls)
"""The platforms that say by which calls a message is posted."""


def calls_of(name: str, to: Address, message: Message) -> Sequence[Call]:
    """The calls by which the platform posts the message to ``to``, or nowhere yet where that is another's."""
    calls = PLATFORMS[name].calls
    return calls(to if to.platform == name else Address(name), message) if calls else ()


def not_set_up(name: str) -> NotSetUp:
    """The error that says what the platform lacks; ``name`` may be one that the desk no longer knows."""
    known = PLATFORMS.get(name)
    return NotSetUp(name, known.secrets[0] if known and known.secrets else name)


@dataclass(frozen=True, slots=True)
class Connected:
    """``messengers`` by platform; ``receivers`` take the requests that a platform sends to a path.

    ``leases`` names each platform's token, without giving it away: one desk at a time hears people by it.
    ``addressed`` is the platform that sends to each receiver's path.
    """

    messengers: Mapping[str, Messenger]
    receivers: Mapping[str, Receiver]
    leases: Mapping[str, str]
    addressed: Mapping[str, str]


@asynccontextmanager
async def connected(settings: Mapping[str, Any]) -> AsyncIterator[Connected]:
    """The platforms that are set up, by name with their settings; nothing is called before it is needed."""
    async with AsyncExitStack() as stack:
        messengers: dict[str, Messenger] = {}
        receivers: dict[str, Receiver] = {}
        leases: dict[str, str] = {}
        addressed: dict[str, str] = {}
        for name, told in settings.items():
            made = PLATFORMS[name].connect(told)
            stack.push_async_callback(made.messenger.aclose)
            messengers[name] = made.messenger
            receivers |= made.receivers
            addressed |= dict.fromkeys(made.receivers, name)
            if made.token:
                leases[name] = _lease(name, made.token)
        yield Connected(messengers, receivers, leases, addressed)


def _lease(platform: str, token: str) -> str:
    return f"{platform}:{hashlib.sha256(token.encode()).hexdigest()[:16]}"
