"""`copydesk reread`: a bar on a terminal, then what changed, what is missing and what cannot be read."""

from __future__ import annotations

from contextlib import aclosing

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.app import opened
from bot.cli.printed import plain
from bot.config import Config
from bot.domain.errors import InboxError
from bot.inbox.names import shown
from bot.ingest.rereading import Outcome, Reader
from bot.store.audit import Audit
from bot.store.rereading import Rereading
from bot.store.sql.database import open_store
from bot.wording import phrases

NAMED = 5
"""Missing files that are named; the rest are counted."""


async def read_anew(config: Config) -> int:
    """Bring the library up to the rules of this version; 1 when a file cannot be read any more."""
    terminal = Console(stderr=True)
    try:
        async with await open_store(config.store) as database, opened(config) as app:
            reader = Reader(app.desk, Audit(database), Rereading(database), config.ingest, config.inbox.path)
            outcome = Outcome(0)
            with _bar(terminal) as bar:
                task = bar.add_task("reading anew", total=None)
                async with aclosing(reader.run()) as progress:
                    async for outcome in progress:
                        bar.update(task, completed=outcome.read, total=outcome.total)
    except OSError as error:
        raise InboxError(f"[inbox] path {config.inbox.path}: {error.strerror or error}") from error
    for line in told(outcome):
        click.echo(plain(line))
    for name, reason in outcome.refused:
        click.echo(plain(f"{name}: {reason}; the article stays as it was"), err=True)
    return 1 if outcome.refused else 0


def told(outcome: Outcome) -> list[str]:
    """What became of the library, a line each; the first says how much was read and how much changed."""
    lines = [
        f"read anew: {outcome.read:,} of {phrases.plural(outcome.total, 'article')}, {outcome.changed:,} changed"
    ]
    if outcome.changes:
        parts = (_counted(name, count) for name, count in outcome.changes.most_common())
        lines.append(f"changed: {', '.join(parts)}")
    reasons = {
        "corrected": "corrected meanwhile, and left as corrected",
        "parted": "are read as several now, and left as they were",
        "double": "would now have the text of another article, and left as they were",
    }
    lines += [f"{phrases.plural(count, 'article')} {reasons[name]}" for name, count in outcome.left.items()]
    if outcome.missing:
        named = [f"#{one.entry} {shown(one.origin)}" for one in outcome.missing[:NAMED]]
        more = len(outcome.missing) - len(named)
        lines.append(
            f"{phrases.plural(len(outcome.missing), 'article')} without a file in done/, left as before: "
            + ", ".join(named)
            + (f" and {more:,} more" if more else "")
        )
    return lines


def _counted(name: str, count: int) -> str:
    noun, _, what = name.partition(" ")
    many = {"body": "bodies", "summary": "summaries"}.get(noun)
    return f"{phrases.plural(count, noun, many)} {what}".strip()


def _bar(terminal: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=terminal, transient=True, disable=not terminal.is_terminal)
