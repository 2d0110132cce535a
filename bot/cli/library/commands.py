"""The commands about what is kept as a whole; they are part of the command line in ``bot.cli.commands``."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import click

from bot.cli.reported import awaited, configured, reported


class NewFile(click.Path):
    """A file to be written whole, which standard output cannot be."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; fails with a sentence for `-`."""
        if str(value) == "-":
            self.fail(
                '"-" is no file: it is written aside and then named; name one, as in copy.jsonl.gz',
                param,
                ctx,
            )
        return super().convert(value, param, ctx)


@click.command()
@click.argument("text", nargs=-1, required=True, metavar="ID|URL|QUERY")
@click.option("--yes", is_flag=True, help="Do it; else it is only told what would go.")
@click.pass_context
@reported
def forget(context: click.Context, text: tuple[str, ...], yes: bool) -> int:  # noqa: FBT001 - click's flag
    """Remove articles from store, index, files and from what was posted, so that they do not come back by themselves."""
    from bot.cli.library.forget import forgotten

    return awaited(forgotten(configured(context), " ".join(text), yes=yes)) or 0


@click.command()
@click.argument("file", type=NewFile(path_type=Path, dir_okay=False))
@click.pass_context
@reported
def backup(context: click.Context, file: Path) -> int:
    """Write a consistent copy of the store to FILE while the desk runs."""
    from bot.cli.library.copies import backed_up

    return awaited(backed_up(configured(context), file)) or 0


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--yes", is_flag=True, help="Do it; else it is only told what would be.")
@click.pass_context
@reported
def restore(context: click.Context, file: Path, yes: bool) -> int:  # noqa: FBT001 - click's flag
    """Let the store be what FILE (of backup or export) is; stop the desk before. A copy of what was is kept beside it."""
    from bot.cli.library.copies import restorable, restored

    return awaited((restored if yes else restorable)(configured(context), file)) or 0


@click.command()
@click.argument("file", type=NewFile(path_type=Path, dir_okay=False))
@click.pass_context
@reported
def export(context: click.Context, file: Path) -> int:
    """Write everything as JSON lines to FILE (packed where it ends in .gz), for either kind of database."""
    from bot.cli.library.copies import exported

    return awaited(exported(configured(context), file)) or 0


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.pass_context
@reported
def import_(context: click.Context, file: Path) -> int:
    """Read what export wrote: all of it into an empty store, else the articles that the library lacks."""
    from bot.cli.library.copies import imported

    return awaited(imported(configured(context), file)) or 0


@click.command()
@click.option(
    "--days", type=click.IntRange(1, 3660), default=30, show_default=True, help="How many, with today."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, with all sources and speakers.")
@click.option(
    "--png",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write articles, stories and digests by day as a picture for a phone, in place of the table.",
)
@click.pass_context
@reported
def stats(context: click.Context, days: int, as_json: bool, png: Path | None) -> int:  # noqa: FBT001 - click's flag
    """Articles, stories, digests, sources, speakers and topics by day, as a table and a plot."""
    from bot.cli.library.stats import counted, shown

    if png:
        from bot.cli.library.picture import drawn  # before anything is read: what it needs may be missing

        png.write_bytes(drawn(asyncio.run(counted(configured(context), days)).days))
    else:
        shown(asyncio.run(counted(configured(context), days)), as_json=as_json)
    return 0


@click.command()
@click.option("--team", default="", help="For which team, where there are teams.")
@click.option("--days", type=click.IntRange(1, 3650), help="For how long, in place of [archive] days.")
@click.option("--query", default="", help="The feed of this query, too.")
@click.option("--place", default="", help="The feed of all digests of this place (written as in `to`), too.")
@click.pass_context
@reported
def archive(context: click.Context, team: str, days: int | None, query: str, place: str) -> int:
    """Print links that open the archive on the web: its first page, and feeds."""
    from bot.cli.library.archive import linked

    return linked(configured(context), team, days, query, place)


COMMANDS: tuple[click.Command, ...] = (forget, backup, restore, export, import_, stats, archive)
