"""`copydesk check`: does everything that the configuration points at work?"""

from __future__ import annotations

import asyncio
import errno
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from bot.app import App, opened
from bot.chat.access import role, rules_for
from bot.cli.audit import audited
from bot.cli.printed import plain
from bot.cli.probes import serves, unusable
from bot.config import Config
from bot.domain.errors import BotError, InboxError, MessengerError, SearchError, StoreError
from bot.domain.events import Closed
from bot.domain.messaging import Messenger
from bot.domain.model import Address, Subscription
from bot.domain.reasons import Reason
from bot.domain.sourcing import FetchFailed, Source
from bot.inbox.files import below, passed_over
from bot.inbox.names import shown
from bot.inbox.spool import CLAIMED, DONE, FAILED, SETTLED
from bot.platforms import PLATFORMS, not_set_up
from bot.runtime.redaction import withheld
from bot.search.mending import MendingIndex
from bot.store.audit import read_whole
from bot.store.library import SqlLibrary
from bot.store.sql.database import open_store, try_writing
from bot.store.sql.url import locate
from bot.web.settings import ArchiveSettings
from bot.wording.phrases import plural

SHOWN = 5
"""Names of files that a line spells out."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")


async def checked(config: Config, path: Path, *, repair: bool) -> int:
    """Print one line a thing checked; 1 when one of them does not work. ``repair`` mends what is missing."""
    failed = not _settings(config, path)
    for name, probe in (("inbox", _inbox), ("store", _store), ("search", _search)):
        try:
            _told(f"{name}: {await probe(config)}")
        except BotError as error:
            failed = True
            _told(f"{name}: {error}", err=True)
    failed = not await _workers(config) or failed
    _archive(config.archive)
    if not failed:
        try:
            failed = not await audited(config, repair=repair)
        except BotError as error:
            failed = True
            _told(f"done: {error}", err=True)
    return 1 if failed or not await _chats(config) else 0


def _settings(config: Config, path: Path) -> bool:
    """Whether what the file and the environment say can be so, as far as the store's address tells before it is opened."""
    try:
        locate(config.store.url)
    except StoreError as error:
        _told(f"{path}: {error}", err=True)
        return False
    _told(f"{path}: fine")
    return True


def _told(line: str, *, err: bool = False) -> None:
    """Print the line without secrets: what a platform or a server answered may repeat one."""
    click.echo(withheld()(line), err=err)


async def _inbox(config: Config) -> str:
    folder, today = config.inbox.path, datetime.now(UTC).date().isoformat()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _try_writing(folder)
        for shelf in (CLAIMED, DONE, FAILED):
            for one in (folder / shelf, folder / shelf / today):
                if one.exists():
                    _try_writing(one)
    except OSError as error:
        where = error.filename or folder
        raise InboxError(
            f"[inbox] path {folder}: {where}: {error.strerror}; name a folder that can be written"
        ) from error
    waiting = sum(1 for _ in below(folder, SETTLED))
    return f"{folder}, {waiting} waiting{_left(folder)}"


def _try_writing(folder: Path) -> None:
    """Raises OSError, with the folder's name, where no file can be made in it."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from error


def _left(folder: Path) -> str:
    """What will stay in the inbox for its name."""
    names = [shown(path.relative_to(folder).as_posix()) for path in passed_over(folder, SETTLED)]
    if not names:
        return ""
    more = ", …" if len(names) > SHOWN else ""
    return (
        f"; {len(names)} left alone as hidden or unfinished by their names: {', '.join(names[:SHOWN])}{more}"
    )


async def _store(config: Config) -> str:
    async with await open_store(config.store) as database:
        await try_writing(database)
        await read_whole(config.store.url)
        return f"{config.store}, at revision {await SqlLibrary(database).revision()}"


async def _search(config: Config) -> str:
    if config.search.path.is_dir():
        try:
            _try_writing(config.search.path)
        except OSError as error:
            raise SearchError(f"[search] path {config.search.path}: {error.strerror}") from error
    async with await open_store(config.store) as database:
        library = SqlLibrary(database)
        revision = await MendingIndex(config.search, library, waits=True).follow(library)
        return f"{config.search.path}, follows the store at revision {revision}"


async def _workers(config: Config) -> bool:
    """Who is there to read where a desk hands that on; false where work waits and nobody is."""
    if not config.queued:
        return True
    from bot.queue.watching import look

    try:
        async with await open_store(config.store) as database:
            queue = await look(database)
    except BotError as error:
        _told(f"workers: {error}", err=True)
        return False
    if queue.workers:
        told = f"{plural(queue.workers, 'worker')}, the last heard of {queue.sign or 0:.0f} s ago; waiting: {queue.waiting}"
    elif queue.deserted:
        told = (
            f"none is alive, and {plural(queue.waiting, 'file')} wait for one, the oldest for {queue.oldest:.0f} s; "
            "start `copydesk worker`"
        )
    else:
        told = "none is alive, so that files will wait; start `copydesk worker`"
    _told(f"workers: {told}", err=not queue.workers)
    return not queue.deserted


def _archive(told: ArchiveSettings) -> None:
    """Where the archive on the web is, and for whom."""
    if told.address:
        whom = "whoever comes" if told.public else f"whoever has a link, for {plural(told.lasts.days, 'day')}"
        _told(f"archive: {told.address}, for {whom}")
    if (
        told.address.startswith("http://")
        and not told.public
        and urlsplit(told.address).hostname not in LOOPBACK
    ):
        _told(
            "archive: its links can be read on the way; put TLS in front of it, and https:// here", err=True
        )


async def _chats(config: Config) -> bool:
    """Each channel with the platform it goes to, clashes of names, and strangers; false when one does not work."""
    try:
        async with opened(config) as app:
            alive = [await _platform(messenger) for messenger in app.platforms.messengers.values()]
            closures = await app.outbox.closures()
            fine = [await _channel(app, channel, closures) for channel in await app.subscriptions()]
            if not fine:
                _told("channels: none yet; add one under [[channels]], or /subscribe in chat")
            await _clashes(app)
            await _callers(app)
            mailboxes = [await _mailbox(app, one) for one in app.config.sources if one.mailbox]
            feeds = [_has_secret(one) for one in app.config.sources]
            return all((*alive, *fine, *mailboxes, *feeds, await _owner(app), await _web(app)))
    except BotError as error:
        _told(f"channels: {error}", err=True)
        return False


async def _platform(messenger: Messenger) -> bool:
    """Whether the platform takes the tokens: for posting, and for listening."""
    try:
        trouble = await messenger.ready()
    except MessengerError as error:
        trouble = str(error)
    if PLATFORMS[messenger.platform].secrets:
        _told(f"{messenger.platform}: {trouble or 'fine'}", err=trouble is not None)
    return trouble is None


async def _web(app: App) -> bool:
    """Whether the desk could serve at its address, where it has to; a port that is taken may be the desk's that runs."""
    web = app.config.web
    if not serves(app):
        return True
    try:
        (await asyncio.start_server(lambda *_: None, web.host, web.port)).close()
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        _told(
            f"web: {web.host}:{web.port} is taken, as by a desk that runs" if taken else unusable(web, error),
            err=True,
        )
        return taken
    _told(f"web: {web.host}:{web.port} can be served at")
    return True


def _has_secret(source: Source) -> bool:
    """Whether the password or token is there that the source's feed wants."""
    wanted = source.credential
    if wanted is None or wanted.value:
        return True
    why = Reason("mailbox.password", name=wanted.name)
    _told(f"feed {source.name}: {why}", err=True)
    return False


async def _mailbox(app: App, source: Source) -> bool:
    """Whether the source's mailbox lets the desk in."""
    assert source.mailbox
    try:
        letters, tells = await app.mailboxes.probe(source)
    except FetchFailed as error:
        _told(f"mailbox {source.name}: {plain(str(error))}", err=True)
        return False
    news = "it tells of new ones" if tells else f"asked every {source.every.total_seconds() / 60:g} minutes"
    _told(f"mailbox {source.name}: fine, {plural(letters, 'letter')} in {source.mailbox.folder}, {news}")
    return True


async def _channel(app: App, channel: Subscription, closures: Sequence[Closed]) -> bool:
    trouble = await _reach(app, channel.to)
    if closed := next((one for one in closures if one.covers(channel.to)), None):
        back = f"{closed.reason}, and may be open again: it is tried at its next slot, or when you say /help there"
        trouble = f"{trouble or back}; no digest is made for it until then"
    line = f'channel "{channel.name}" to {channel.to}: {trouble or "fine"}'
    _told(line, err=trouble is not None)
    return trouble is None


async def _owner(app: App) -> bool:
    to = app.owner.to
    trouble = await _reach(app, to) if to else None
    if to:
        _told(f"owner {to}: {trouble or 'fine'}", err=trouble is not None)
    return trouble is None


async def _reach(app: App, to: Address) -> str | None:
    """What keeps the desk from posting there; ``None`` for nothing."""
    messenger = app.platforms.messengers.get(to.platform)
    if messenger is None:
        return str(not_set_up(to.platform))
    try:
        return await messenger.reach(to)
    except MessengerError as error:
        return str(error)


async def _clashes(app: App) -> None:
    """Names that a reader's subscription shares with a channel of the file at the same place."""
    names = {(channel.name, channel.to) for channel in app.config.channels}
    for one in await app.subscriptions():
        if not one.id.startswith("file:") and (one.name, one.to) in names:
            _told(f'"{one.name}" was also made in {one.to}; the file\'s entry wins', err=True)


async def _callers(app: App) -> None:
    """Who wrote and was not answered: what to put under [access]."""
    for caller in await app.conversation_log.callers():
        who = caller.sender
        if role(app.config.access, who, Address(who.platform, caller.chat)):
            continue  # let in since
        ids = " or ".join(rules_for(who, caller.chat))
        _told(f"not answered: {plain(who.name or 'somebody')}, who may be let in under [access] as {ids}")
