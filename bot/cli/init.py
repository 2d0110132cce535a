"""`copydesk init`: a few questions, and config.toml is written; or every option is printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, TypeAlias

import click
from tzlocal import get_localzone_name

from bot import config
from bot.domain.errors import ConfigError, InboxError
from bot.domain.model import CONSOLE
from bot.domain.times.when import parse_time

Read: TypeAlias = Callable[[str], Any]
Options: TypeAlias = Callable[[Any], dict[str, Any]]

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
    """Ask, and write ``path``; 1 when there is a file already that is to stay. Raises InboxError and ConfigError.

    Each answer is asked for again until the configuration takes it.
    """
    if path.exists() and not click.confirm(f"{path} exists. Replace it?", default=False):
        click.echo(f"{path} stays as it is")
        return 1
    folder = path.resolve().parent

    def asked(text: str, default: str, option: str, options: Options, read: Read = str) -> Any:
        return click.prompt(text, default=default, value_proc=_fitting(folder, option, options, read))

    zone = asked("Time zone", _here(), "timezone", lambda zone: {"timezone": zone})
    inbox = asked("Folder where articles are dropped", "inbox", "inbox.path", _of_inbox, _home_spelled_out)
    name = asked(
        "Name of the first channel", "morning", "channels", lambda name: {"channels": [{"name": name}]}
    )
    times = asked("Digest at (times, comma between)", "08:00", "channels", _of_times, _times)
    answers = {"zone": zone, "inbox": inbox, "name": name, "to": str(CONSOLE), "times": times}
    written = {key: json.dumps(value, ensure_ascii=False) for key, value in answers.items()}
    try:
        (folder / inbox).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InboxError(
            f"{folder / inbox} cannot be made ({error.strerror}), so nothing is written"
        ) from error
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(FILE.format_map(written), encoding="utf-8")
    config.load(path, {})
    click.echo(
        f"wrote {path}; drop an article into {inbox}/ and run `copydesk ingest`, then `copydesk digest preview`"
    )
    return 0


def _here() -> str:
    try:
        return get_localzone_name() or "UTC"
    except (LookupError, ValueError, OSError):
        return "UTC"


def _fitting(folder: Path, option: str, options: Options, read: Read) -> Callable[[str], object]:
    """What asks again where the configuration with this answer alone would have anything against ``option``."""

    def proc(text: str) -> object:
        try:
            answer = read(text.strip())
            config.build(options(answer), folder, {})
        except ConfigError as error:
            if wrong := [one.partition(": ")[2] for one in error.problems if one.startswith(option)]:
                raise click.BadParameter("; ".join(wrong)) from error
        except (ValueError, LookupError, OSError, RuntimeError) as error:
            raise click.BadParameter(str(error)) from error
        return answer

    return proc


def _of_inbox(inbox: str) -> dict[str, Any]:
    return {"inbox": {"path": inbox}}


def _of_times(times: list[str]) -> dict[str, Any]:
    return {"channels": [{"name": "first", "at": times}]}


def _home_spelled_out(text: str) -> str:
    """A shell's `~` as the folder that it is for whoever answers, since the file does not know who that was."""
    return str(Path(text).expanduser()) if text.startswith("~") else text


def _times(text: str) -> list[str]:
    times = [parse_time(part.strip()).strftime("%H:%M") for part in text.split(",") if part.strip()]
    if not times:
        raise ValueError("name a time at least, like 08:00")
    return times
