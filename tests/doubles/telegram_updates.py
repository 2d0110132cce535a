"""How updates reach a bot: getUpdates and the webhook, by the rules of tdlib/telegram-bot-api 10.0."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.doubles.telegram_chats import integer, truth
from tests.doubles.telegram_rules import Refusal, bad, too_many

UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}
"""Kinds that come only to those who name them; everything else is sent by default."""
_ASKED = (
    "message edited_message channel_post edited_channel_post business_connection business_message "
    "edited_business_message deleted_business_messages inline_query chosen_inline_result callback_query "
    "shipping_query pre_checkout_query purchased_paid_media poll poll_answer my_chat_member "
    "chat_join_request chat_boost removed_chat_boost"
)
KINDS = UNASKED | set(_ASKED.split())
RETENTION = 24 * 3600
TAKEN = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
HOOKED = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


@dataclass(frozen=True, slots=True)
class Pace:
    """The server's own waits, in seconds; TELEGRAM has the true ones, the default is for tests."""

    repeat: float = 0.03
    """A poll that repeats an offset this soon waits as long; within a sixth it gets one update only."""
    conflict: float = 0.03
    """A second 409 this soon is held back as long."""
    webhook: float = 0.01
    """The unit of the delays 0, 2, 4, 8 ... between attempts to deliver an update."""
    webhook_change: float = 0.0
    """setWebhook more often than this is a 429."""
    webhook_answer: float = 10.0


TELEGRAM = Pace(repeat=3.0, conflict=3.0, webhook=1.0, webhook_change=1.0, webhook_answer=60.0)


@dataclass(slots=True, eq=False)
class Update:
    """One update, and which of them must keep their order at the webhook."""

    id: int
    kind: str
    body: dict[str, Any]
    lane: int
    at: float

    def json(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.body}


class Updates:
    """The queue of one bot. Call `close` when done: it ends polls and deliveries."""

    def __init__(
        self, *, clock: Callable[[], float], now: Callable[[], float], pace: Pace, first_id: int = 700_001
    ) -> None:
        self.clock, self.now, self.pace, self.next_id = clock, now, pace, first_id
        self.queue: list[Update] = []
        self.allowed = KINDS - UNASKED
        self.webhook: dict[str, str] = {}
        self.webhook_error: dict[str, Any] = {}
        self.listening = asyncio.Event()
        """Set while a long poll waits."""
        self.waits: list[float] = []
        """Seconds of every wait that was begun: long polls, refusals held back, deliveries tried again."""
        self._poll: asyncio.Future[None] | None = None
        self._last: tuple[int, float] = (-1, float("-inf"))
        self._next_conflict = self._next_change = float("-inf")
        self._closed = asyncio.Event()
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._session: ClientSession | None = None

    def add(self, kind: str, body: dict[str, Any], lane: int) -> int | None:
        """Queue an update; None when the bot did not ask for its kind (asking later brings none back)."""
        if kind not in self.allowed:
            return None
        self.queue.append(Update(self.next_id, kind, body, lane, self.now()))
        self.next_id += 1
        self._wake()
        return self.next_id - 1

    def _wake(self) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_result(None)
        self._listen(None)
        self._deliver()

    def _end_poll(self, refusal: Refusal) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_exception(refusal)
        self._listen(None)

    def _listen(self, poll: asyncio.Future[None] | None) -> None:
        self._poll = poll
        if poll is None:
            self.listening.clear()
        else:
            self.listening.set()

    async def _conflict(self, refusal: Refusal) -> Refusal:
        """Hold a repeated 409 back."""
        now = self.clock()
        if now < self._next_conflict:
            await self._rest(self.pace.conflict)
        else:
            self._next_conflict = now + self.pace.conflict
        return refusal

    async def _rest(self, seconds: float) -> None:
        """A wait that closing cuts short."""
        self.waits.append(seconds)
        # Not wait_for: Python 3.11's loses a cancellation that comes as the wait ends (python/cpython#86296).
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closed.wait()

    async def poll(self, fields: Mapping[str, str]) -> list[dict[str, Any]]:
        """getUpdates."""
        if self.webhook:
            raise await self._conflict(Refusal(409, HOOKED))
        offset = integer(fields.get("offset", ""))
        limit = integer(fields.get("limit", ""), 100, 1, 100)
        timeout: float = integer(fields.get("timeout", ""), 0, 0, 50)
        self._allow(fields)
        before, started = self._last
        now, repeat = self.clock(), self.pace.repeat
        if offset == before and timeout < repeat and now < started + repeat:
            timeout = repeat
        if offset == before and now < started + repeat / 6:
            limit = 1
        self._last = (offset, now)
        found = self._take(offset, limit)
        if not found and timeout:
            found = await self._wait(offset, limit, timeout)
        return [update.json() for update in found]

    def _take(self, offset: int, limit: int) -> list[Update]:
        self.queue = [update for update in self.queue if update.at > self.now() - RETENTION]
        if offset < 0:
            self.queue = self.queue[offset:]
        elif 0 < offset <= self.next_id + 10:  # an id further ahead is not believed, and forgets nothing
            self.queue = [update for update in self.queue if update.id >= offset]
        return self.queue[:limit]

    async def _wait(self, offset: int, limit: int, timeout: float) -> list[Update]:  # noqa: ASYNC109 - the name of the parameter in the Bot API
        self._end_poll(Refusal(409, TAKEN))
        poll: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._listen(poll)
        self.waits.append(timeout)
        try:
            await asyncio.wait_for(poll, timeout)
        except TimeoutError:
            pass
        except Refusal as ended:
            raise await self._conflict(ended) if ended.code == 409 else ended from None
        finally:
            if self._poll is poll:
                self._listen(None)
        return self._take(max(offset, 0), limit)

    def _allow(self, fields: Mapping[str, str]) -> None:
        """An absent list keeps the previous one; an empty one is the default."""
        try:
            asked = json.loads(fields.get("allowed_updates", ""))
        except ValueError:
            return
        if isinstance(asked, list):
            self.allowed = (KINDS & {kind for kind in asked if isinstance(kind, str)}) or KINDS - UNASKED

    async def set_webhook(self, fields: Mapping[str, str]) -> bool:
        """setWebhook; an empty url is deleteWebhook. Plain http is taken, as by a server run --local."""
        url, secret, now = fields.get("url", ""), fields.get("secret_token", ""), self.clock()
        if url and now < self._next_change:
            raise too_many(1)
        if url:
            self._next_change = now + self.pace.webhook_change
        if truth(fields.get("drop_pending_updates", "")):
            self.queue.clear()
        if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
            raise bad("invalid webhook URL specified")
        if len(secret) > 256:
            raise bad("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise bad("secret token contains unallowed characters")
        if url:
            self._end_poll(Refusal(409, "Conflict: terminated by setWebhook request"))
        self._allow(fields)
        await self._stop_lanes()
        self.webhook = {"url": url, "secret": secret} if url else {}
        self.webhook_error = {}
        self._deliver()
        return True

    def webhook_info(self) -> dict[str, Any]:
        """getWebhookInfo."""
        info = {"url": self.webhook.get("url", ""), "has_custom_certificate": False}
        info["pending_update_count"] = len(self.queue)
        if self.webhook:
            info |= {"max_connections": 40, "ip_address": "127.0.0.1"} | self.webhook_error
        if self.allowed != KINDS - UNASKED:
            info["allowed_updates"] = sorted(self.allowed)
        return info

    def _deliver(self) -> None:
        """One delivery at a time in each lane; lanes run side by side."""
        if not self.webhook or self._closed.is_set():
            return
        for lane in {update.lane for update in self.queue} - self._lanes.keys():
            self._lanes[lane] = asyncio.get_running_loop().create_task(self._drain(lane))

    async def _drain(self, lane: int) -> None:
        try:
            while update := next((u for u in self.queue if u.lane == lane), None):
                await self._push(update)
        finally:
            self._lanes.pop(lane, None)

    async def _push(self, update: Update) -> None:
        failed = 0
        while update in self.queue:
            error, after = await self._attempt(update)
            if not error:
                self.queue = [other for other in self.queue if other is not update]
                return
            self.webhook_error = {"last_error_date": int(self.now()), "last_error_message": error}
            failed += 1
            await self._rest(after or (self.pace.webhook * 2 ** (failed - 1) if failed > 1 else 0))

    async def _attempt(self, update: Update) -> tuple[str, float]:
        """What went wrong, or nothing, and the wait that the receiver asked for."""
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=self.pace.webhook_answer))
        secret = self.webhook.get("secret")
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        try:
            async with self._session.post(self.webhook["url"], json=update.json(), headers=headers) as answer:
                if 200 <= answer.status <= 299:
                    return "", 0
                after = integer(answer.headers.get("Retry-After", ""), 0, 0, 3600)
                return f"Wrong response from the webhook: {answer.status} {answer.reason}", after
        except (ClientError, TimeoutError) as broken:
            return f"Connection failed: {type(broken).__name__}", 0

    async def _stop_lanes(self) -> None:
        running = list(self._lanes.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        self._lanes.clear()

    async def close(self) -> None:
        """End what is under way."""
        self._closed.set()
        self._end_poll(Refusal(500, "Internal Server Error: restart"))
        await self._stop_lanes()
        if self._session:
            await self._session.close()
