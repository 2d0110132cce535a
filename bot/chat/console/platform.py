"""The console as `bot/platforms.py` lists it: always there, and nobody is let in by a rule."""

from __future__ import annotations

import re

from bot.chat.platform import Connection, Options, Platform
from bot.domain.model import CONSOLE


def _connect(_: None) -> Connection:
    from bot.chat.console.terminal import Terminal

    return Connection(Terminal())


TERMINAL = Platform(
    name=CONSOLE.platform,
    address=re.compile(re.escape(str(CONSOLE))),
    addresses=(str(CONSOLE),),
    options=Options,
    settings=lambda _options, _secret: None,
    connect=_connect,
)
