"""`copydesk forget`: first what would go, and with --yes it goes, from the tables, the files and what was posted."""

from __future__ import annotations

from datetime import timedelta

import click

from bot import platforms
from bot.app import App, opened
from bot.cli.daemon import leased
from bot.cli.printed import plain
from bot.config import Config
from bot.domain.errors import InboxError, LeaseHeld
from bot.runtime import log
from bot.wording import forgetting as texts

PATIENCE = timedelta(seconds=30)
"""How long messages that a platform asks to change later are waited for."""


async def forgotten(config: Config, text: str, *, yes: bool) -> int:
    """Print what goes, or went; 1 where there is nothing of that kind, or something of it is left.

    Raises LeaseHeld never: where a desk runs, it changes the messages.
    """
    log.start(platforms.TOKENS, platforms.LOGGERS, config.log)
    try:
        async with opened(config) as app:
            return await _forgotten(app, text, yes=yes)
    except OSError as error:
        raise InboxError(f"[inbox] path {config.inbox.path}: {error.strerror or error}") from error


async def _forgotten(app: App, text: str, *, yes: bool) -> int:
    forgetting = app.forgetting
    impact = await forgetting.impact(await forgetting.chosen(text))
    nothing = not impact.wanted.entries and not impact.wanted.held
    if not yes or nothing:
        _print(forgetting.told(impact))
        if impact.before and not yes:
            _print([texts.before(len(impact.before))])
        if not nothing:
            _print([texts.confirm("--yes")])
            return 0
        left = await forgetting.try_to_finish() if yes else None
        _print([texts.unfinished(left)] if left else [], err=True)
        return 1
    done = await forgetting.forget(impact.wanted)
    _print([*forgetting.told(impact, done), texts.copies()])
    left = await forgetting.try_to_finish()
    if left:
        _print([texts.unfinished(left)], err=True)
    stays = any(one.fate in {"stays", "unknown"} for one in done.messages)
    if any(one.fate == "changed" for one in done.messages):
        await _changed(app)
    return 1 if left or stays or app.owner.heard else 0


async def _changed(app: App) -> None:
    """Change the messages now, or leave that to the desk that runs."""
    try:
        async with leased(app):
            await app.deliver.recover()
            await app.deliver.post_waiting(PATIENCE)
    except LeaseHeld as error:
        click.echo(f"the desk that runs ({error.holder}) changes the messages within a minute", err=True)


def _print(lines: list[str], *, err: bool = False) -> None:
    for line in lines:
        click.echo(plain(line), err=err)
