"""Pinboards as `bot/platforms.py` lists them."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.chat.platform import Connection, Options, Platform
from bot.chat.rate_limits import Limits, Pace
from bot.domain.errors import ConfigError

NAME, TOKEN = "pinboard", "PINBOARD_TOKEN"


class PinboardOptions(Options):
    """``[pinboard]``; its token comes from the environment."""

    folder: str = "boards"


@dataclass(frozen=True, slots=True)
class PinboardSettings:
    """``folder`` has a text file for each board. The token is never shown."""

    token: str = field(repr=False)
    folder: Path = Path("boards")


def settings(options: PinboardOptions, secret: Mapping[str, str]) -> PinboardSettings:
    """The settings; ``secret`` has the token. Raises ConfigError."""
    if not secret[TOKEN].startswith("pin-"):
        raise ConfigError([f"{TOKEN}: it is not a pinboard's token"])
    return PinboardSettings(secret[TOKEN], Path(options.folder))


def _connect(settings: PinboardSettings) -> Connection:
    from bot.chat.pinboard.messenger import PinboardMessenger

    return Connection(PinboardMessenger(settings), settings.token)


PINBOARD = Platform(
    name=NAME,
    address=re.compile(r"pinboard:(?P<chat>[a-z]{1,20})"),
    addresses=("pinboard:hall",),
    rule=re.compile(r"pinboard:[a-z]{1,20}"),
    rules=("pinboard:hall",),
    options=PinboardOptions,
    secrets=(TOKEN,),
    settings=settings,
    connect=_connect,
    tokens=re.compile(r"pin-\w{6,}"),
    loggers={"pins": logging.ERROR},
    limits=Limits(chat=Pace(20.0, 20)),
)
