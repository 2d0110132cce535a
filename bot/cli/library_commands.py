"""The commands about what is kept as a whole; they are part of the command line in ``bot.cli.commands``."""

from __future__ import annotations

import click

from bot.cli.commands import awaited, configured, reported


@click.command()
@click.argument("text", nargs=-1, required=True, metavar="ID|URL|QUERY")
@click.option("--yes", is_flag=True, help="Do it; else it is only told what would go.")
@click.pass_context
@reported
def forget(context: click.Context, text: tuple[str, ...], yes: bool) -> int:  # noqa: FBT001 - click's flag
    """Remove articles from store, index, files and from what was posted, so that they do not come back by themselves."""
    from bot.cli.forget import forgotten

    return awaited(forgotten(configured(context), " ".join(text), yes=yes)) or 0


COMMANDS: tuple[click.Command, ...] = (forget,)
