"""The command line. Each command imports what it needs when it runs, so that `--help` is quick.

Exit status: 0 fine, 1 something failed, 2 wrong usage or configuration.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.library import commands as library_commands
from bot.cli.reported import awaited, configured, reported
from bot.cli.source_commands import sources
from bot.domain.digests import STYLES

if TYPE_CHECKING:
    from bot.config import Config
    from bot.domain.message import Message

LARGEST_ID = 2**63 - 1
"""What a database numbers with."""

UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class Ago(click.ParamType[timedelta]):
    """A length of time such as `90m`, `24h`, `7d` or `2w`."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The length; fails with a sentence for anything else."""
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"(\d{1,4})([mhdw])", str(value).strip().lower())
        if not found:
            self.fail(f'"{value}" is not a length of time; write one like 24h or 7d', param, ctx)
        return timedelta(**{UNITS[found[2]]: int(found[1])})


class Form(click.ParamType[str]):
    """As text, as json, or the calls of a platform's API, a line of JSON each."""

    name = "text|json|PLATFORM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The form; fails with a sentence for anything else."""
        from bot.platforms import CALLING

        known = ("text", "json", *CALLING)
        if value not in known:
            self.fail(f'"{value}" is none of {", ".join(known)}', param, ctx)
        return str(value)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("config.toml"),
    show_default=True,
    help="The configuration file.",
)
@click.version_option(package_name="copydesk", prog_name="copydesk")
@click.pass_context
def copydesk(context: click.Context, path: Path) -> None:
    """Articles in a folder become digests, key quotes and answers, word for word."""
    context.obj = path


copydesk.add_command(sources)


def show(message: Message) -> None:
    """Print a message on standard output as the console channel shows it."""
    from bot.chat.console import messenger

    messenger.show(message, sys.stdout)


@copydesk.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--forgotten", is_flag=True, help="Take in again also what was forgotten.")
@click.option("--quiet", "-q", is_flag=True, help="Tell of files that could not be read alone.")
@click.pass_context
@reported
def ingest(context: click.Context, paths: tuple[Path, ...], forgotten: bool, quiet: bool) -> int:  # noqa: FBT001 - click's flags
    """Take in what waits in the inbox; or read the files and folders named, and leave them there."""
    from bot.cli.ingest import taken_in

    return awaited(taken_in(configured(context), paths, lifting=forgotten, quiet=quiet)) or 0


@copydesk.command()
@click.pass_context
@reported
def run(context: click.Context) -> int:
    """Watch the inbox, keep the schedules and talk to the chat platforms, until SIGTERM."""
    from bot.runtime.signals import Signals

    signals = Signals()
    with signals.taken_early():
        from bot.cli.run import worked  # a second in which the process may be told something

        return awaited(worked(configured(context), signals)) or 0


@copydesk.command()
@click.option(
    "--reading", type=click.IntRange(1, 64), help="Processes that read; by default [inbox] readers."
)
@click.option(
    "--composing",
    type=click.IntRange(0, 64),
    default=1,
    help="Processes that compose digests; by default one.",
)
@click.pass_context
@reported
def worker(context: click.Context, reading: int | None, composing: int) -> int:
    """Read and compose for the desks on this database that hand out work ([workers] engine), until SIGTERM."""
    from bot.runtime.signals import Signals

    signals = Signals()
    with signals.taken_early():
        from bot.cli.worker import worked

        return awaited(worked(configured(context), signals, reading, composing)) or 0


@copydesk.command()
@click.option(
    "--again", is_flag=True, help="Post the parts, too, that were set aside because the desk ended on them."
)
@click.pass_context
@reported
def deliver(context: click.Context, *, again: bool) -> int:
    """Post what is due and what is waiting, once."""
    from bot.cli.run import delivered

    return awaited(delivered(configured(context), again=again)) or 0


@copydesk.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one line a file.")
@click.option("--explain", is_flag=True, help="Say also what was left out of each article, and why.")
@click.pass_context
@reported
def inspect(context: click.Context, files: tuple[Path, ...], as_json: bool, explain: bool) -> int:  # noqa: FBT001 - click's flags
    """Read, clean, summarise and quote files without storing anything."""
    from bot.cli.inspection import inspected

    return awaited(inspected(configured(context, needed=False), files, as_json=as_json, explain=explain)) or 0


@copydesk.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--narrow", is_flag=True, help="Also by what outlet, speaker and month it can be narrowed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with all hits.")
@click.pass_context
@reported
def search(context: click.Context, query: tuple[str, ...], limit: int, narrow: bool, as_json: bool) -> int:  # noqa: FBT001 - click's flags
    """Search the library, as `/search` does in chat."""
    settings = configured(context)

    async def run() -> int:
        import time

        from bot.app import opened
        from bot.domain import query as queries
        from bot.domain.errors import IndexRebuilding
        from bot.views import layout
        from bot.views.json_record import findings_record, rebuilding_record
        from bot.views.narrowing import narrowing_message
        from bot.wording.replies import understood

        async with opened(settings) as app:
            text = " ".join(query)
            parsed = queries.parse(text, lists=True)
            read = understood(queries.told(parsed.query), parsed.notes)
            try:
                await app.desk.index.follow(app.desk.library)
                lookup, started = app.answer.responder.lookup, time.perf_counter()
                findings = await lookup.find(text, limit=limit)
                took_ms = (time.perf_counter() - started) * 1000
                choices = await lookup.narrowing(text) if narrow else None
            except IndexRebuilding as error:
                if as_json:
                    click.echo(json.dumps(rebuilding_record(text, error.reached, error.newest)))
                raise
            if as_json:
                record = findings_record(text, findings, took_ms, choices)
                click.echo(json.dumps(record | ({"understood": read} if read else {}), ensure_ascii=False))
            else:
                now = app.desk.clock.now()
                show(layout.findings_message(text, findings, now, settings.zone, understood=read))
                if choices is not None:
                    show(narrowing_message(choices))
        return 0

    return awaited(run()) or 0


@copydesk.command()
@click.argument("text", nargs=-1, required=True)
@click.pass_context
@reported
def answer(context: click.Context, text: tuple[str, ...]) -> int:
    """Print what the bot would reply to a chat message."""
    return answered(configured(context), " ".join(text))


@copydesk.command(name="context")
@click.argument("number", type=click.IntRange(1))
@click.pass_context
@reported
def context_(context: click.Context, number: int) -> int:
    """Show line NUMBER of the last digest on the console marked in its paragraph, as `/context` does in a chat."""
    return answered(configured(context), f"context {number}")


def answered(settings: Config, text: str) -> int:
    """Print the reply to ``text``, said at the console."""

    async def run() -> int:
        from uuid import uuid4

        from bot.app import opened
        from bot.domain.events import Said, Sender
        from bot.domain.model import CONSOLE
        from bot.wording.language import speaking

        async with opened(settings) as app:
            await app.desk.index.follow(app.desk.library)
            user = Sender(CONSOLE.platform, CONSOLE.platform)
            said = Said(uuid4().hex, CONSOLE, user, text, direct=True)
            with speaking(await app.answer.responder.languages.answering(said)):
                show(await app.answer.responder.reply(said, "admin", private=True))
        return 0

    return awaited(run()) or 0


@copydesk.group()
def digest() -> None:
    """Make digests."""


@digest.command()
@click.argument("name", required=False)
@click.option(
    "--since", type=Ago(), default="24h", show_default=True, help="How far back to look, by arrival."
)
@click.option("--format", "form", type=Form(), default="text", show_default=True, help=Form.__doc__)
@click.option("--style", type=click.Choice(STYLES), help="In place of the channel's own.")
@click.option("--without-memory", is_flag=True, help="Show also what the channel was told already.")
@click.pass_context
@reported
def preview(  # noqa: PLR0913, PLR0917 - one for each option
    context: click.Context,
    name: str | None,
    since: timedelta,
    form: str,
    style: str | None,
    without_memory: bool,  # noqa: FBT001 - a flag of the command
) -> int:
    """Render the next digest of channel NAME (or of the only one) and send nothing."""
    settings = configured(context)

    async def run() -> int:
        from bot.app import opened
        from bot.cli.preview import previewed

        async with opened(settings) as app:
            return await previewed(
                app, name, since, form=form, style=style or "", remembering=not without_memory
            )

    return awaited(run()) or 0


@digest.command()
@click.argument("name")
@click.pass_context
@reported
def send(context: click.Context, name: str) -> int:
    """Make and post the digest of channel NAME now, as `/digest now` does."""
    from bot.cli.run import sent

    return awaited(sent(configured(context), name)) or 0


@digest.command()
@click.argument("number", metavar="ID", type=click.IntRange(1, LARGEST_ID), required=False)
@click.pass_context
@reported
def replay(context: click.Context, number: int | None) -> int:
    """Make digest ID once more from what is stored and print its parts, byte for byte as they were posted.

    Exit status 1 says that it cannot be made, or differs; standard error says why. Without ID, list the newest.
    """
    from bot.cli.replay import listed, replayed

    settings = configured(context)
    return awaited(listed(settings) if number is None else replayed(settings, number)) or 0


@copydesk.command()
@click.pass_context
@reported
def reindex(context: click.Context) -> int:
    """Build the search index again from the store, aside, and swap it in."""
    from bot.cli.library.reindex import reindexed

    return awaited(reindexed(configured(context))) or 0


@copydesk.command()
@click.pass_context
@reported
def reread(context: click.Context) -> int:
    """Read the files in done/ anew by the rules of this version, and say what changed."""
    from bot.cli.library.reread import read_anew

    return awaited(read_anew(configured(context))) or 0


@copydesk.command()
@click.option("--repair", is_flag=True, help="Take in again what lies in done/ and is not in the store.")
@click.pass_context
@reported
def check(context: click.Context, repair: bool) -> int:  # noqa: FBT001 - click's flag
    """Check the whole configuration and what it points at; every problem at once."""
    from bot.cli.check import checked

    return awaited(checked(configured(context), context.obj, repair=repair)) or 0


@copydesk.command()
@click.option("--example", is_flag=True, help="Print every option, explained, and ask nothing.")
@click.pass_context
@reported
def init(context: click.Context, example: bool) -> int:  # noqa: FBT001 - click's flag
    """Ask a few questions and write config.toml."""
    from bot.cli import init as work

    return work.example() if example else work.interview(context.obj)


for command in library_commands.COMMANDS:
    copydesk.add_command(command)
