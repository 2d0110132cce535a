"""`copydesk check`: do `done/`, the receipts, the store and the index tell the same, and what mends it?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import click

from bot.app import App, opened
from bot.cli.printed import plain
from bot.config import Config
from bot.domain.errors import InboxError
from bot.inbox import forgotten
from bot.inbox.names import shown
from bot.inbox.settled import Settled, abandoned, answer, articles, settled
from bot.inbox.spool import Spool
from bot.search.index import open_index, rebuild
from bot.store.audit import Audit
from bot.store.sql.database import open_store
from bot.wording import forgetting, phrases

BATCH = 1_000
REPAIR = "`copydesk check --repair`"


@dataclass(slots=True)
class _Tally:
    """What was seen in `done/`."""

    files: int = 0
    missing: int = 0
    unanswered: int = 0
    alone: list[Path] = field(default_factory=list)
    forgotten: list[Path] = field(default_factory=list)
    first: str = ""


async def audited(config: Config, *, repair: bool) -> bool:
    """Print a line for each comparison; false when something is missing and was not mended."""
    try:
        async with await open_store(config.store) as database, opened(config) as app:
            audit = Audit(database)
            fine = (
                _claims(app, repair=repair),
                await _forgotten(app, repair=repair),
                await _done(app, audit, repair=repair),
            )
            return all((*fine, await _index(app, audit, repair=repair)))
    except OSError as error:
        raise InboxError(f"[inbox] path {config.inbox.path}: {error.strerror or error}") from error


def _claims(app: App, *, repair: bool) -> bool:
    spool, now = Spool(app.config.inbox), app.desk.clock.now()
    lost = phrases.plural(count, "file") if (count := spool.lost(now)) else ""
    if lost and repair:
        spool.open(now)
        spool.close()
        click.echo(f"inbox: {lost} of a desk that ended went back to it")
    elif lost:
        click.echo(f"inbox: {lost} claimed by a desk that ended; the next one, or {REPAIR}, takes them back")
    halves = list(abandoned(app.config.inbox.path))
    if halves and repair:
        for half in halves:
            half.unlink(missing_ok=True)
        click.echo(
            f"inbox: {phrases.plural(len(halves), 'half written receipt')} of desks that ended deleted"
        )
    elif halves:
        click.echo(
            f"inbox: {phrases.plural(len(halves), 'half written receipt')} of desks that ended; {REPAIR} deletes them"
        )
    return True


async def _forgotten(app: App, *, repair: bool) -> bool:
    """Whether files and index hold nothing (any more) of what was forgotten."""
    left = len(await app.forgetting.leftovers())
    if not left:
        return True
    why = await app.forgetting.try_to_finish() if repair else forgetting.before(left)
    if why:
        click.echo(f"forgotten: {why}", err=True)
    else:
        click.echo("forgotten: files, index and free pages hold nothing of it any more")
    return not why


async def _done(app: App, audit: Audit, *, repair: bool) -> bool:
    tally, taken = _Tally(), 0
    async for missing in _missing(app, audit, tally):
        if not repair:
            continue
        named = ((file.path, (answer(file) or {}).get("file", file.name)) for file in missing)
        async with aclosing(app.ingest.once_more(named)) as told:
            async for receipt in told:
                taken += receipt.outcome != "unreadable"
                if receipt.outcome == "unreadable":
                    click.echo(plain(f"{receipt.file}: {receipt.reason}"), err=True)
    lacking = tally.missing + tally.unanswered
    if tally.alone:
        click.echo(
            f"done: {phrases.plural(len(tally.alone), 'receipt')} whose file is gone{_removed(app, tally, repair=repair)}"
        )
    fine = _let_go(tally, repair=repair)
    if not lacking:
        click.echo(f"done: {phrases.plural(tally.files, 'file')}, each in the store and with a receipt")
    elif repair:
        click.echo(f"done: {taken} of {phrases.plural(lacking, 'file')} taken in again")
    else:
        click.echo(
            f"done: of {phrases.plural(tally.files, 'file')} {tally.missing} are not in the store and "
            f"{tally.unanswered} have no receipt, the first: {tally.first}; {REPAIR} takes them in again",
            err=True,
        )
    return fine and taken == lacking


def _let_go(tally: _Tally, *, repair: bool) -> bool:
    """Whether no file lies in `done/` whose article was forgotten while a desk had it in hand that then ended."""
    for path in tally.forgotten if repair else ():
        forgotten.delete(forgotten.Kept(path))
    if not tally.forgotten:
        return True
    told = f"done: {phrases.plural(len(tally.forgotten), 'file')} of what was forgotten"
    click.echo(f"{told} deleted" if repair else f"{told}; {REPAIR} deletes them", err=not repair)
    return repair


def _removed(app: App, tally: _Tally, *, repair: bool) -> str:
    """What becomes of receipts without their files: they are what is wanted where files are let go of by [retention]."""
    if not repair or app.config.retention.shelves.files.any:
        return ""
    for receipt in tally.alone:
        receipt.unlink(missing_ok=True)
    return "; deleted"


async def _missing(app: App, audit: Audit, tally: _Tally) -> AsyncIterator[list[Settled]]:
    """Batches of the files that the store or their receipt lacks."""
    for batch in _batches(settled(app.config.inbox.path)):
        files = [one for one in batch if isinstance(one, Settled)]
        tally.files += len(files)
        tally.alone += [one for one in batch if isinstance(one, Path)]
        known = await audit.known({file.key for file in files})
        unknown = [file for file in files if file.key not in known and not await _in_parts(file, audit)]
        keys = {file: await asyncio.to_thread(forgotten.key_of, file.path) for file in unknown}
        gone = await audit.forgotten(set(keys.values()))
        tally.forgotten += [file.path for file, key in keys.items() if key in gone]
        tally.files -= sum(key in gone for key in keys.values())
        unknown = [file for file, key in keys.items() if key not in gone]
        unanswered = [file for file in files if not file.answered and file not in unknown]
        tally.missing += len(unknown)
        tally.unanswered += len(unanswered)
        if found := [*unknown, *unanswered]:
            tally.first = tally.first or shown(found[0].path.name)
            yield found


async def _in_parts(file: Settled, audit: Audit) -> bool:
    """Whether the store has every article that the receipt of a file of several names."""
    told = await asyncio.to_thread(answer, file)
    named = articles(told) if told and told.get("parts") else {}
    return (bool(named) or (told or {}).get("outcome") == "held") and await audit.titles(named) == named


def _batches(found: Iterable[Settled | Path]) -> Iterator[list[Settled | Path]]:
    items = iter(found)
    while batch := list(islice(items, BATCH)):
        yield batch


async def _index(app: App, audit: Audit, *, repair: bool) -> bool:
    """Whether the index has each entry of the store as it is there, and none besides."""
    library, settings = app.desk.library, app.config.search
    await app.desk.index.follow(library)
    index = await asyncio.to_thread(open_index, settings)
    reached = await asyncio.to_thread(index.reached)
    found = await asyncio.to_thread(index.stamps)
    lacking = 0
    async for stamp in audit.stamps(reached):
        lacking += stamp not in found
        found.discard(stamp)
    if not lacking and not found:
        return True
    wrong = (
        f"search: the index lacks {lacking} of the store's articles, and has {len(found)} that are not there"
    )
    if repair:
        await rebuild(settings, library)
        click.echo(f"{wrong}; it is built again")
    else:
        click.echo(f"{wrong}; {REPAIR} builds it again", err=True)
    return repair
