"""A Bot API client that knows no limits, and a clock that a test moves: for the double's own tests."""

from __future__ import annotations

import json
from typing import Any

import aiohttp

from tests.doubles.telegram import TOKEN

Answer = tuple[int, dict[str, Any]]


class Naive:
    """A client that sends what it is told, and remembers nothing."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url, self.session = url, session

    async def __call__(self, method: str, *, token: str = TOKEN, **fields: Any) -> Answer:
        spelt = {k: v if isinstance(v, str) else json.dumps(v) for k, v in fields.items()}
        async with self.session.post(f"{self.url}{token}/{method}", data=spelt) as answer:
            return answer.status, await answer.json()

    async def refusal(self, method: str, **fields: Any) -> str:
        status, body = await self(method, **fields)
        assert (body["ok"], body["error_code"]) == (False, status)
        return f"{status} {body['description']}"


class Time:
    """A clock that stands still until told."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds
