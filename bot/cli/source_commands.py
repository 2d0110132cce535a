"""`copydesk sources` and what is below it."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.reported import awaited, configured, reported


@click.group(invoke_without_command=True)
@click.pass_context
def sources(context: click.Context) -> None:
    """List what fills the inbox by itself: last success, next try, error."""
    if context.invoked_subcommand is None:
        _of_sources(context, "listed")


@sources.command()
@click.pass_context
def fetch(context: click.Context) -> None:
    """Ask every source now and put what is new into the inbox."""
    _of_sources(context, "fetched")


@sources.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_context
def import_(context: click.Context, file: Path) -> None:
    """Add the feeds of an OPML FILE."""
    _of_sources(context, "imported", file)


@sources.command()
@click.pass_context
def export(context: click.Context) -> None:
    """Print all sources as OPML."""
    _of_sources(context, "exported")


@sources.command()
@click.argument("name")
@click.pass_context
def remove(context: click.Context, name: str) -> None:
    """Forget the imported source NAME."""
    _of_sources(context, "removed", name)


@reported
def _of_sources(context: click.Context, what: str, *arguments: object) -> int:
    from bot.cli import sources as work

    return awaited(getattr(work, what)(configured(context), *arguments)) or 0
