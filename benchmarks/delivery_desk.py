"""One life of a desk that posts what waits: `python benchmarks/delivery_desk.py CONFIG [DESTINATIONS PARTS]`.

With numbers it stages so many parts for so many destinations first, once.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import config, platforms
from bot.app import App, opened
from bot.domain.digests import Digest, Ledger
from bot.domain.message import Message, Paragraph, Run
from bot.domain.model import Occasion, Window
from bot.runtime import log

SENTENCE = "The harbour bridge stays shut, and ferries run every ten minutes until the spring. "


async def stage(app: App, parts: int) -> None:
    now = app.desk.clock.now()
    for channel in app.config.channels:
        await app.outbox.standing(channel.id, now=now)
        render = app.platforms.messengers[channel.to.platform].render
        payloads = [
            render(Message((Paragraph((Run(f"{channel.name} part {n}. {SENTENCE * 20}"),)),)))[0]
            for n in range(parts)
        ]
        digest = Digest(
            Occasion("asked", channel.id, "benchmark"), channel.name, Window(0, 0), now, now, (), Ledger()
        )
        assert await app.outbox.stage(digest, payloads, to=channel.to, slots=())


async def main() -> None:
    settings = config.load(Path(sys.argv[1]), os.environ)
    async with opened(settings) as app:
        if len(sys.argv) > 2:
            await stage(app, int(sys.argv[2]))
            return
        started = datetime.now(UTC)
        await app.deliver.recover()
        await app.deliver.post_waiting(timedelta(minutes=5))
        print((datetime.now(UTC) - started).total_seconds())


if __name__ == "__main__":
    log.start(platforms.TOKENS, platforms.LOGGERS, log.LogSettings())
    asyncio.run(main())
