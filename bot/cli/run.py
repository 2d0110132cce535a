"""`copydesk run`, `deliver` and `digest send`: the commands that post."""

from __future__ import annotations

import asyncio
import gc
import os
from contextlib import AsyncExitStack
from datetime import timedelta
from zoneinfo import ZoneInfo

import click

from bot import platforms
from bot.app import App, opened
from bot.cli.daemon import Daemon, leased
from bot.config import Config
from bot.domain.errors import LeaseHeld
from bot.runtime import log
from bot.runtime.closing import SPARE, end_when
from bot.runtime.signals import Signals
from bot.wording import phrases

PATIENCE = timedelta(seconds=30)
"""How long one pass waits for parts that a platform asked to bring later."""


async def worked(config: Config, signals: Signals) -> int:
    """Work until SIGTERM. Raises LeaseHeld when another desk works with a token."""
    log.start(platforms.TOKENS, platforms.LOGGERS, config.log)
    with signals.taken():
        async with AsyncExitStack() as stack:
            bound = asyncio.create_task(end_when(signals.stop, config.grace.seconds + SPARE))
            stack.callback(bound.cancel)
            app = await signals.unless_stopped(stack.enter_async_context(opened(config, attended=True)))
            if app is None:
                return 0
            gc.freeze()  # what is loaded by now stays: to look at all of it again would stop the loop for a tenth of a second
            return await Daemon(app, os.environ, signals).run()


async def delivered(config: Config, *, again: bool = False) -> int:
    """Stage what is due and post what is waiting; 1 when something failed. Raises LeaseHeld while a desk runs."""
    log.start(platforms.TOKENS, platforms.LOGGERS, config.log)
    async with opened(config) as app, leased(app):
        app.owner.look()
        await app.deliver.recover()
        if again:
            click.echo(f"to be posted again: {phrases.plural(await app.outbox.again(), 'part')}", err=True)
        await app.deliver.stage_due()
        await _posted(app)
        return 1 if app.owner.heard else 0


async def sent(config: Config, name: str) -> int:
    """Post one channel's digest now; where a desk runs, it posts what is staged here."""
    log.start(platforms.TOKENS, platforms.LOGGERS, config.log)
    async with opened(config) as app:
        channel = app.channel(name)
        await app.deliver.send_now(channel, app.desk.clock.now().isoformat())
        try:
            async with leased(app):
                await _posted(app)
                return 1 if app.owner.heard else 0
        except LeaseHeld as error:
            click.echo(
                f'"{name}" is ready; the desk that runs ({error.holder}) posts it within a minute', err=True
            )
    return 0


async def _posted(app: App) -> None:
    """Post what is due, and say on standard error what went where: a console's digests are on the other."""
    parts = await app.deliver.post_waiting(PATIENCE)
    later = await app.outbox.next_time(app.desk.clock.now())
    told = [f"posted {phrases.plural(count, 'part')} to {to}" for to, count in parts.items()]
    if later:
        told.append(f"the next part is due at {later.astimezone(ZoneInfo(app.config.zone)):%H:%M:%S}")
    elif not told and not app.owner.heard:
        told.append("nothing is due")
    if told:
        click.echo("; ".join(told), err=True)
