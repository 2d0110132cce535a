"""What is told to whoever watches the desk over HTTP: that it lives, that it is ready, how it is, and numbers."""

from __future__ import annotations

import asyncio
import errno
import json
import logging
import os
import socket
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.app import KINDS, App
from bot.domain import query
from bot.domain.errors import BotError
from bot.domain.messaging import Answered, Page
from bot.domain.sourcing import SourceState
from bot.runtime.health import Queue, Report
from bot.web.settings import WebSettings

if TYPE_CHECKING:
    from bot.runtime.metrics import Counted, Metrics  # loads Prometheus' library, which not every desk needs

WITHIN = 4.0
"""Seconds that store and index have to answer: a probe waits no longer than that."""

KEPT = 2.0
"""Seconds in which an answer is given again, so that who asks in a loop keeps nothing busy."""

_TEXT = "text/plain; charset=utf-8"
_FRESH = {"Cache-Control": "no-store"}

log = logging.getLogger(__name__)


def serves(app: App) -> bool:
    """Whether the desk has anything to serve over HTTP."""
    web = app.config.web
    return bool(app.platforms.receivers or app.posted_files() or app.sites() or web.health or web.metrics)


def unusable(web: WebSettings, error: OSError) -> str:
    """What is wrong with the address to serve at, and which option mends it; several errors are told as the first."""
    known = errno.errorcode.get(error.errno or 0, "")
    told = os.strerror(error.errno) if known and error.errno else (error.strerror or str(error))
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        told = str(error.strerror) if isinstance(error, socket.gaierror) else told
        return (
            f'web.host: {web.host} is no address of this machine ({told}); name another, such as "127.0.0.1"'
        )
    return f"web.port: {web.host}:{web.port} cannot be used ({told}); name another port"


class Probes:
    """The pages of one `copydesk run`. Belongs to one event loop."""

    def __init__(self, app: App, report: Callable[[], Report], stop: asyncio.Event) -> None:
        self._app = app
        self._report = report
        self._stop = stop

    def pages(self) -> Mapping[str, Page]:
        """By path; `/metrics` where the configuration wants it, and from then on the loops count for it."""
        pages: dict[str, Page] = {
            "/health": self._health,
            "/healthz": self._alive,
            "/readyz": _Kept(self._ready),
        }
        if self._app.config.web.metrics:
            from bot.runtime.metrics import Metrics

            metrics = self._app.ingest.measures = self._app.answer.measures = Metrics()
            if queued := self._app.queued:
                queued.measures = metrics
                metrics.known_tasks(KINDS)
            pages["/metrics"] = _Kept(partial(self._numbers, metrics))
        return pages

    async def _health(self) -> Answered:
        report = self._report()
        return _json(report, well=not report["reasons"])

    async def _alive(self) -> Answered:
        """Whether a restart is of no use: the loops go round. It is what the service manager's watchdog is fed by."""
        overdue = self._app.health.overdue()
        told = "\n".join(overdue) or "alive"
        return Answered(503 if overdue else 200, {"Content-Type": _TEXT, **_FRESH}, f"{told}\n")

    async def _ready(self) -> Answered:
        """Whether what the desk stands on answers. The words of errors may name places, so their kinds are told."""
        app, report = self._app, self._report()
        searched = app.desk.index.search(query.parse("copydesk").query, now=app.desk.clock.now(), limit=1)
        failed = dict(
            zip(
                ("store", "index"),
                await asyncio.gather(_failure(app.desk.library.revision()), _failure(searched)),
                strict=True,
            )
        )
        queue = await self._queue()
        deaf = sorted(name for name, heard in report["platforms"].items() if not heard)
        reasons = [
            *(["the desk is closing"] if self._stop.is_set() else []),
            *(f"the {name} does not answer: {why}" for name, why in failed.items() if why),
            *([f"nobody is heard on: {', '.join(deaf)}"] if deaf else []),
            *([f"no worker is alive, and tasks wait: {queue.waiting}"] if queue and queue.deserted else []),
        ]
        told = {"ready": not reasons, "reasons": reasons, **{name: not why for name, why in failed.items()}}
        if queue:
            told["workers"] = queue.workers
        return _json({**told, "platforms": report["platforms"]}, well=not reasons)

    async def _queue(self) -> Queue | None:
        """How the queue is, where work goes through one; a store that does not answer is told already."""
        if self._app.queued is None:
            return None
        try:
            async with asyncio.timeout(WITHIN):
                return await self._app.queued.look()
        except (BotError, TimeoutError):
            return None

    async def _numbers(self, metrics: Metrics) -> Answered:
        from bot.runtime.metrics import CONTENT_TYPE

        counted = None
        try:
            async with asyncio.timeout(WITHIN):
                counted = await self._counted()
        except (BotError, TimeoutError) as error:
            log.warning(
                "the numbers of the store are missing in /metrics: %s", str(error) or type(error).__name__
            )
        text = metrics.written(self._report(), counted)
        return Answered(200, {"Content-Type": CONTENT_TYPE, **_FRESH}, text)

    async def _counted(self) -> Counted:
        from bot.runtime.metrics import Counted

        app = self._app
        oldest, now = await app.backlog.oldest(), app.desk.clock.now()
        states = await app.source_store.states()
        sources = Counter(_doing(states.get(one.url)) for one in await app.sources.all())
        return Counted(
            await app.backlog.parts(),
            max((now - oldest).total_seconds(), 0.0) if oldest else 0.0,
            {state: sources[state] for state in ("ok", "silent", "broken", "unasked")},
            await app.queued.look() if app.queued else None,
        )


class _Kept:
    """A page that is made once in ``KEPT`` seconds, by one request while the others wait for it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._turn = asyncio.Lock()
        self._made: Answered | None = None
        self._until = 0.0

    async def __call__(self) -> Answered:
        now = asyncio.get_running_loop().time
        async with self._turn:
            if self._made is None or now() >= self._until:
                self._made = await self._page()
                self._until = now() + KEPT
            return self._made


async def _failure(asked: Awaitable[object]) -> str:
    """The kind of what kept it from answering in time; empty where it answered."""
    try:
        async with asyncio.timeout(WITHIN):
            await asked
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what a probe asks for
        return type(error).__name__
    return ""


def _doing(state: SourceState | None) -> str:
    if state is None:
        return "unasked"
    if state.failures:
        return "broken"
    return "silent" if state.reason else "ok"


def _json(told: Mapping[str, Any], *, well: bool) -> Answered:
    headers = {"Content-Type": "application/json", **_FRESH}
    return Answered(200 if well else 503, headers, f"{json.dumps(told, indent=2)}\n")
