"""robots.txt (RFC 9309): what a host lets programs have, remembered for a day.

Its rules are patterns that a stranger wrote, so they are read and matched in a worker.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.domain.errors import OverBudget
from bot.domain.ports import Workers
from bot.domain.reasons import Reason
from bot.domain.sourcing import Answer, FetchFailed

NAME = "copydesk"
"""How the desk is called in robots.txt."""

LARGEST = 500 * 1024
"""Bytes that are read of it; RFC 9309 asks for that much at least."""

KEPT = 16 * 1024 * 1024
"""Bytes of all that are remembered together."""

A_DAY, A_WHILE = 24 * 3600.0, 600.0
"""Seconds for which rules hold; for which it holds that they could not be had."""

SLOWEST = 30.0
"""Seconds between two requests; a host that wants more has this."""

_OVERHEAD = 200


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of one origin until ``until``: its ``text``, or why there is none."""

    text: str
    until: float
    failed: Reason | None = None


class RobotsFiles:
    """What each origin's robots.txt says. Belongs to one event loop."""

    def __init__(self, ask: Callable[[str], Awaitable[Answer]], workers: Workers) -> None:
        """``ask`` fetches an address, redirects followed. Raises FetchFailed."""
        self._ask = ask
        self._workers = workers
        self._rules: dict[str, Rules] = {}
        self._size = 0
        self._asking: dict[str, tuple[asyncio.Lock, int]] = {}

    async def distance(self, url: str) -> float:
        """The seconds between two requests that the host wants, 0 where it says nothing.

        Raises FetchFailed when it keeps programs out, or when that cannot be known.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._alone(origin):
            rules = self._rules.get(origin)
            if rules is None or rules.until <= _now():
                rules = await self._fetched(origin)
                self._remember(origin, rules)
        if rules.failed and rules.failed.code == "source.private":
            raise FetchFailed(rules.failed, lasting=True)
        if rules.failed:
            raise FetchFailed(Reason("source.robots_unknown", why=rules.failed))
        if not rules.text:
            return 0.0
        try:
            allowed, distance = await self._workers.run(read, rules.text, url)
        except OverBudget as error:  # rules that no program can read are no rules
            raise FetchFailed(Reason("source.robots_unknown", why=error.reason)) from error
        if not allowed:
            raise FetchFailed(Reason("source.robots", host=parts.hostname or ""), lasting=True)
        return distance

    @asynccontextmanager
    async def _alone(self, origin: str) -> AsyncIterator[None]:
        """One at a time asks an origin; its lock goes with the last who wanted it, however that ended."""
        lock, wanting = self._asking.get(origin) or (asyncio.Lock(), 0)
        self._asking[origin] = lock, wanting + 1
        try:
            async with lock:
                yield
        finally:
            _, wanting = self._asking.pop(origin)
            if wanting > 1:
                self._asking[origin] = lock, wanting - 1

    async def _fetched(self, origin: str) -> Rules:
        try:
            answer = await self._ask(f"{origin}/robots.txt")
        except FetchFailed as error:
            absent = error.lasting and error.reason.code in {"source.status", "source.gone"}
            return Rules("", _now() + A_DAY) if absent else Rules("", _now() + A_WHILE, error.reason)
        return Rules(answer.body[:LARGEST].decode("utf-8", "replace").strip(), _now() + A_DAY)

    def _remember(self, origin: str, rules: Rules) -> None:
        self._forget(origin)
        self._rules[origin] = rules
        self._size += len(rules.text) + _OVERHEAD
        while self._size > KEPT and len(self._rules) > 1:
            self._forget(next(iter(self._rules)))

    def _forget(self, origin: str) -> None:
        if gone := self._rules.pop(origin, None):
            self._size -= len(gone.text) + _OVERHEAD


def read(text: str, url: str) -> tuple[bool, float]:
    """Whether the rules let the desk have ``url``, and the distance between requests that they want."""
    from protego import Protego

    rules = Protego.parse(text)
    wanted = rules.crawl_delay(NAME) or 0.0
    return bool(rules.can_fetch(url, NAME)), min(max(float(wanted), 0.0), SLOWEST)


def _now() -> float:
    return asyncio.get_running_loop().time()
