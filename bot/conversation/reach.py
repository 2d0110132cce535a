"""What is asked of a platform before somebody is promised anything: can the desk post there, what is their zone, what a chat is called, who administers it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Mapping
from typing import TypeVar

from bot.chat.access import rule_of_its_admins
from bot.domain.conversations import Administers, KnowsNames, NameOf, Reach, ZoneOf
from bot.domain.errors import MessengerError
from bot.domain.events import Sender
from bot.domain.messaging import KnowsAdministrators, KnowsZones, Messenger
from bot.domain.model import Address
from bot.domain.times.zones import place_zone
from bot.views.captions import LONG_NAME, clipped

T = TypeVar("T")

WITHIN = 3.0
"""Seconds for the question: a person waits."""

log = logging.getLogger(__name__)


def reach(messengers: Mapping[str, Messenger], within: float = WITHIN) -> Reach:
    """Asks those messengers; whatever goes wrong with the question, nothing is known to be in the way."""

    async def obstacle(to: Address) -> str | None:
        messenger = messengers.get(to.platform)
        if messenger is None:
            return None
        return await _told(messenger.reach(to), f"whether {to} can be posted to", within)

    return obstacle


def zones(messengers: Mapping[str, object], within: float = WITHIN) -> ZoneOf:
    """Asks those messengers; whatever goes wrong with the question, the zone is not known."""

    async def zone_of(person: Sender) -> str | None:
        messenger = messengers.get(person.platform)
        if not isinstance(messenger, KnowsZones):
            return None
        named = await _told(
            messenger.zone_of(person.id), f"the zone of a person on {person.platform}", within
        )
        return place_zone(named or "") or None

    return zone_of


def names(messengers: Mapping[str, object], within: float = WITHIN) -> NameOf:
    """Asks those messengers; whatever goes wrong with the question, the chat has no name."""

    async def name_of(to: Address) -> str | None:
        messenger = messengers.get(to.platform)
        if not isinstance(messenger, KnowsNames):
            return None
        named = await _told(messenger.name_of(to), f"what {to} is called", within)
        return clipped(" ".join(named.split()), LONG_NAME) if named else None

    return name_of


def administrators(messengers: Mapping[str, object], within: float = WITHIN) -> Administers:
    """Asks those messengers; whatever goes wrong with the question, nobody is an administrator.

    Who writes in the chat's own name is one: the platform sees to that.
    """

    async def administers(at: Address, person: Sender) -> bool:
        if rule_of_its_admins(person, at):
            return True
        messenger = messengers.get(at.platform)
        if not isinstance(messenger, KnowsAdministrators):
            return False
        told = await _told(messenger.is_administrator(at, person.id), f"who administers {at}", within)
        return bool(told)

    return administers


async def _told(question: Awaitable[T | None], about: str, within: float) -> T | None:
    try:
        async with asyncio.timeout(within):
            return await question
    except (MessengerError, TimeoutError) as error:
        log.info("%s is not known: %s", about, str(error) or type(error).__name__)
    except Exception:
        log.exception("%s is not known", about)
    return None
