"""`copydesk init`: a few questions, and config.toml is written; or every option is printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path

import click
from tzlocal import get_localzone_name

from bot.domain.model import CONSOLE
from bot.domain.times.when import parse_time, parse_zone

FILE = """\
# Written by `copydesk init`. `copydesk init --example` prints every option, explained.
timezone = {zone}

[inbox]
path = {inbox}

[store]
url = "sqlite:///data/copydesk.db"

[search]
path = "data/index"

[topics]
# energy = 'oil OR gas OR "electricity market"'

[[channels]]
name = {name}
to = {to}
at = {times}
days = "daily"
"""


EXAMPLE = "config.example.toml"
"""Every option, explained: in the project's folder, and in what an installed distribution tells of itself."""


def example() -> int:
    """Print it."""
    here = Path(__file__).resolve().parents[2] / EXAMPLE
    text = here.read_text(encoding="utf-8") if here.is_file() else None
    click.echo(text or distribution("copydesk").read_text(f"extra_metadata/{EXAMPLE}"), nl=False)
    return 0


def interview(path: Path) -> int:
    """Ask, and write ``path``; 1 when there is a file already that is to stay."""
    if path.exists() and not click.confirm(f"{path} exists. Replace it?", default=False):
        click.echo(f"{path} stays as it is")
        return 1
    zone = click.prompt("Time zone", default=_here(), value_proc=_said(parse_zone))
    inbox = click.prompt("Folder where articles are dropped", default="inbox")
    name = click.prompt("Name of the first channel", default="morning")
    times = click.prompt("Digest at (times, comma between)", default="08:00", value_proc=_said(_times))
    text = FILE.format(
        zone=json.dumps(zone),
        inbox=json.dumps(inbox),
        name=json.dumps(name),
        to=json.dumps(str(CONSOLE)),
        times=json.dumps(times),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    (path.parent / inbox).mkdir(parents=True, exist_ok=True)
    click.echo(
        f"wrote {path}; drop an article into {inbox}/ and run `copydesk ingest`, then `copydesk digest preview`"
    )
    return 0


def _here() -> str:
    try:
        return get_localzone_name() or "UTC"
    except (LookupError, ValueError, OSError):
        return "UTC"


def _said(check: Callable[[str], object]) -> Callable[[str], object]:
    def proc(text: str) -> object:
        try:
            return check(text.strip())
        except (ValueError, LookupError, OSError) as error:
            raise click.BadParameter(str(error)) from error

    return proc


def _times(text: str) -> list[str]:
    return [parse_time(part.strip()).strftime("%H:%M") for part in text.split(",") if part.strip()]
