"""`copydesk ingest`: a progress bar on a terminal, a line for each bad file, and at the end what became of all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.app import App, opened
from bot.cli.printed import plain
from bot.config import Config
from bot.domain.errors import InboxError
from bot.inbox.files import walk
from bot.inbox.receipts import RANK, Receipt
from bot.inbox.spool import Spool


async def taken_in(
    config: Config, paths: Sequence[Path], *, lifting: bool = False, quiet: bool = False
) -> int:
    """Ingest the paths, or what waits in the inbox; 1 when a file could not be read.

    ``lifting``: what was forgotten is taken in again. ``quiet``: the sums are not told. All is told on standard error.
    """
    terminal = Console(stderr=True)
    async with opened(config, lifting=lifting) as app:
        total, receipts = _receipts(app, paths)
        tally: Counter[str] = Counter()
        with _bar(terminal) as bar:
            task = bar.add_task("reading", total=total)
            async with aclosing(receipts):
                async for receipt in receipts:
                    tally[receipt.outcome] += 1
                    bar.advance(task)
                    if receipt.outcome in {"held", "unreadable"}:
                        bar.console.print(plain(f"{receipt.file}: {receipt.reason}"), soft_wrap=True)
    if not quiet and (tally or terminal.is_terminal):
        terminal.print(plain(_sentence(tally)), soft_wrap=True)
    return 1 if tally["unreadable"] else 0


def _receipts(app: App, paths: Sequence[Path]) -> tuple[int, AsyncGenerator[Receipt, None]]:
    if paths:
        found = list(walk(paths))
        return len(found), app.ingest.files(found)
    spool = Spool(app.config.inbox)
    try:
        spool.path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InboxError(f"[inbox] path {spool.path}: {error.strerror}; name a folder to use") from error
    return len(spool.waiting()), _emptied(app, spool)


async def _emptied(app: App, spool: Spool) -> AsyncGenerator[Receipt, None]:
    """What waits in the inbox; files that are still being written get one more look."""
    for last in (False, True):
        async with aclosing(app.ingest.spool(spool)) as receipts:
            async for receipt in receipts:
                yield receipt
        if last or app.ingest.again is None:
            return
        await app.desk.clock.sleep_until(app.ingest.again)


def _bar(terminal: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=terminal, transient=True, disable=not terminal.is_terminal)


def _sentence(tally: Counter[str]) -> str:
    files = tally.total()
    parts = [f"{files} file{'' if files == 1 else 's'}"]
    parts += [f"{tally[outcome]} {outcome}" for outcome in RANK if tally[outcome]]
    return ", ".join(parts)
