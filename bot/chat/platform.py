"""What a chat platform says of itself: everything that the desk must know before it talks to it. Pure.

A room describes its platform once, and `bot/platforms.py` lists the rooms. Nothing of a vendor's
library is imported for a description: ``connect`` does that, when there is somebody to talk to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict

from bot.chat.rate_limits import Limits
from bot.domain.message import Message
from bot.domain.messaging import Messenger, Receiver
from bot.domain.model import Address


class Options(BaseModel):
    """A table of the configuration; every one refuses options that it does not know."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _web(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f'"{text}" is not a web address; write one like "https://desk.example.org"')
    return text


WebAddress = Annotated[str, AfterValidator(_web)]

O = TypeVar("O", bound=Options)  # noqa: E741 - O as in Options
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Connection:
    """A platform that is set up: nothing is called before it is needed.

    One desk at a time works with ``token``; an empty one is nobody's. ``receivers`` take the
    requests that the platform sends, by their path.
    """

    messenger: Messenger
    token: str = field(default="", repr=False)
    receivers: Mapping[str, Receiver] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a platform's API, and the number of the earlier one, from 1, in whose thread it posts; or 0."""

    method: str
    fields: Mapping[str, Any]
    under: int = 0


def _nowhere(_: str) -> None:
    """On a platform where the desk talks to nobody alone."""


@dataclass(frozen=True, slots=True)
class Platform(Generic[O, S]):
    """A chat platform, by the ``name`` that addresses, rules and its table of the configuration begin with.

    ``address`` matches a whole address, with the groups ``chat`` and ``thread`` where it has them;
    ``rule`` matches whom ``[access]`` may name. ``addresses`` and ``rules`` are examples of both. ``no_rule`` says of what
    looks like a rule why it cannot be one, empty where it is none at all.

    ``secrets`` are names in the environment; without the first one the platform is not set up, and
    one that has none always is. ``settings`` makes of the options and the secrets that are there,
    by name, what ``connect`` takes; it raises ConfigError with every problem.

    ``tokens`` are what a secret looks like wherever it is about to be logged. ``loggers`` are the
    loggers of the libraries in use, and the levels from which on they are heard. ``own_chat`` is the
    chat of a person of this id with the desk alone, where there can be one. ``calls`` are those that would
    post a message there, without what is known only when they are made; pure.
    """

    name: str
    address: re.Pattern[str]
    addresses: tuple[str, ...]
    options: type[O]
    settings: Callable[[O, Mapping[str, str]], S]
    connect: Callable[[S], Connection]
    rule: re.Pattern[str] | None = None
    rules: tuple[str, ...] = ()
    no_rule: Callable[[str], str] = lambda _: ""
    secrets: tuple[str, ...] = ()
    tokens: re.Pattern[str] | None = None
    loggers: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    limits: Limits = field(default_factory=Limits)
    own_chat: Callable[[str], str | None] = _nowhere
    calls: Callable[[Address, Message], Sequence[Call]] | None = None

    def read_address(self, text: str) -> Address:
        """The address; raises ValueError with a sentence that shows how one is written."""
        if not (found := self.address.fullmatch(text)):
            raise ValueError(f'"{text}" is not an address on {self.name}; write {either(self.addresses)}')
        parts = found.groupdict("")
        return Address(self.name, parts.get("chat", ""), parts.get("thread", ""))


def either(examples: Sequence[str]) -> str:
    """`"a", "b" or "c"`."""
    *others, last = (f'"{one}"' for one in examples)
    return f"{', '.join(others)} or {last}" if others else last
