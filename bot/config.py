"""The configuration: TOML and the environment become the settings of each room.

Every problem is reported at once, by the path of its option. Relative paths are relative to the
configuration file. Secrets come from the environment alone, or from files that it names.
"""

from __future__ import annotations

import difflib
import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot import query
from bot.chat.address import parse_address
from bot.digest.compose import ComposeSettings
from bot.digest.schedule import parse_days, parse_time
from bot.errors import ConfigError
from bot.inbox.spool import SpoolSettings
from bot.ingest import IngestSettings
from bot.model import Schedule, Subscription
from bot.reading import ReadingSettings
from bot.search.index import IndexSettings
from bot.store.database import StoreSettings
from bot.summary.summarizers import DEFAULT, METHODS

SECRETS = ("DATABASE_URL",)
"""Read from the environment, from the file that `NAME_FILE` names, or from `.env` beside the configuration."""

LARGEST_FILE = 1024 * 1024
"""Bytes of a configuration file; a larger one is something else by mistake."""


@dataclass(frozen=True, slots=True)
class Config:
    """Every room's settings. ``channels`` are the subscriptions that the file names."""

    zone: str
    inbox: SpoolSettings
    store: StoreSettings
    search: IndexSettings
    ingest: IngestSettings
    compose: ComposeSettings
    topics: Mapping[str, str]
    channels: tuple[Subscription, ...]


# --- the options as the file has them ----------------------------------------------------------


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise ValueError(f'"{name}" is not a time zone; write one like "Europe/London"') from None
    return name


def _method(name: str) -> str:
    if name not in METHODS:
        raise ValueError(f'"{name}" is not a method; one of {", ".join(METHODS)}')
    return name


def _address(text: str) -> str:
    parse_address(text)
    return text


def _times(texts: list[str]) -> list[str]:
    for text in texts:
        parse_time(text)
    return texts


def _days(text: str) -> str:
    parse_days(text)
    return text


def _query(text: str) -> str:
    if notes := query.parse(text).notes:
        raise ValueError(f'"{text}": {"; ".join(notes)}')
    return text


def _name(name: str) -> str:
    if not re.fullmatch(r"\w[\w-]{0,39}", name):
        raise ValueError(f'"{name}" is not a name; use up to 40 letters, digits, "-" and "_"')
    return name


Name = Annotated[str, AfterValidator(_name)]
QueryText = Annotated[str, AfterValidator(_query)]


class _Options(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Inbox(_Options):
    path: str = "inbox"
    max_mb: float = Field(default=20, gt=0, le=200)


class _Store(_Options):
    url: str = "sqlite:///data/copydesk.db"


class _Search(_Options):
    path: str = "data/index"


class _Summary(_Options):
    method: Annotated[str, AfterValidator(_method)] = DEFAULT
    sentences: int = Field(default=3, ge=1, le=20)


class _Digest(_Options):
    stories: int = Field(default=10, ge=1, le=50)
    sentences: int = Field(default=3, ge=1, le=10)
    quotes: int = Field(default=2, ge=0, le=10)


class _Channel(_Options):
    name: Name
    to: Annotated[str, AfterValidator(_address)] = "console"
    topics: list[str] = []
    query: QueryText = ""
    at: Annotated[list[str], AfterValidator(_times)] = []
    days: Annotated[str, AfterValidator(_days)] = "daily"


class _File(_Options):
    timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    inbox: _Inbox = _Inbox()
    store: _Store = _Store()
    search: _Search = _Search()
    summary: _Summary = _Summary()
    digest: _Digest = _Digest()
    topics: dict[Name, QueryText] = {}
    channels: list[_Channel] = []


# --- reading them ------------------------------------------------------------------------------


def load(path: Path, environ: Mapping[str, str]) -> Config:
    """The configuration in the file. Raises ConfigError with every problem in it."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        hint = "`copydesk init` writes one, and `--config FILE` names another"
        raise ConfigError([f"{path}: {error.strerror or error}; {hint}"]) from error
    if len(data) > LARGEST_FILE:
        raise ConfigError([f"{path}: it has more than {LARGEST_FILE} bytes, so it is no configuration"])
    try:
        raw = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path}: it is not TOML: {error}"]) from error
    return build(raw, path.resolve().parent, environ)


def build(raw: Mapping[str, Any], folder: Path, environ: Mapping[str, str]) -> Config:
    """The configuration of these options; relative paths start at ``folder``. Raises ConfigError."""
    try:
        options = _File.model_validate(dict(raw))
    except ValidationError as error:
        raise ConfigError([_problem(item) for item in error.errors()]) from error
    secret = secrets(environ, folder)
    problems = [*_clashes(options), *_unknown_topics(options)]
    if problems:
        raise ConfigError(problems)
    return Config(
        zone=options.timezone,
        inbox=SpoolSettings(folder / options.inbox.path, options.inbox.max_mb),
        store=StoreSettings(_store_url(secret.get("DATABASE_URL") or options.store.url, folder)),
        search=IndexSettings(folder / options.search.path),
        ingest=IngestSettings(
            ReadingSettings(options.summary.method, options.summary.sentences), options.inbox.max_mb
        ),
        compose=ComposeSettings(options.digest.stories, options.digest.sentences, options.digest.quotes),
        topics=MappingProxyType(dict(options.topics)),
        channels=tuple(_subscription(channel, options.timezone) for channel in options.channels),
    )


def secrets(environ: Mapping[str, str], folder: Path) -> Mapping[str, str]:
    """The secrets that are set. Raises ConfigError for an unreadable or a too readable file."""
    known = {**_dotenv(folder / ".env"), **environ}
    found = {name: known[name] for name in SECRETS if known.get(name)}
    for name in SECRETS:
        if file := known.get(f"{name}_FILE"):
            try:
                found[name] = Path(file).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigError([f"{name}_FILE: {file} cannot be read ({error})"]) from error
    return found


def _dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) and os.name == "posix":
        raise ConfigError([f"{path}: other users can read it, and it holds secrets; run chmod 600 on it"])
    return {name: value for name, value in dotenv_values(path).items() if value is not None}


def _problem(item: Any) -> str:
    where, what = _where(item["loc"]), item["msg"].removeprefix("Value error, ")
    if item["type"] == "extra_forbidden":
        return f"{where}: there is no such option{_meant(item['loc'])}"
    if item["type"] == "missing":
        return f"{where}: it is required"
    if item["type"] == "value_error":
        return f"{where}: {what}"
    return f"{where}: {what[:1].lower()}{what[1:]}, not {item['input']!r}"


def _where(loc: tuple[int | str, ...]) -> str:
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc if part != "[key]")
    return path.lstrip(".")


def _meant(loc: tuple[int | str, ...]) -> str:
    model: Any = _File
    for part in loc[:-1]:
        if isinstance(part, str):
            kind = model.model_fields[part].annotation
            model = _Channel if part == "channels" else kind
    near = difflib.get_close_matches(str(loc[-1]), model.model_fields, n=1)
    return f"; did you mean `{near[0]}`?" if near else f"; here are {', '.join(model.model_fields)}"


def _clashes(options: _File) -> list[str]:
    seen: dict[str, int] = {}
    problems = []
    for number, channel in enumerate(options.channels):
        if channel.name in seen:
            problems.append(
                f'channels[{number}].name: "{channel.name}" is channels[{seen[channel.name]}] already'
            )
        if channel.query and channel.topics:
            problems.append(f"channels[{number}]: it has both topics and query; keep one")
        seen.setdefault(channel.name, number)
    return problems


def _unknown_topics(options: _File) -> list[str]:
    problems = [
        f'channels[{number}].topics: there is no topic "{topic}" under [topics]'
        for number, channel in enumerate(options.channels)
        for topic in channel.topics
        if topic not in options.topics
    ]
    texts = {f"topics.{name}": text for name, text in options.topics.items()}
    texts |= {f"channels[{n}].query": channel.query for n, channel in enumerate(options.channels)}
    for where, text in texts.items():
        problems += [
            f'{where}: there is no topic "{name}" under [topics]'
            for name in sorted(query.topics_named(query.parse(text).query))
            if name not in options.topics
        ]
    return problems


def _subscription(channel: _Channel, zone: str) -> Subscription:
    wanted = " OR ".join(f"topic:{name}" for name in channel.topics) or channel.query
    return Subscription(
        id=f"file:{channel.name}",
        name=channel.name,
        to=parse_address(channel.to),
        query=wanted,
        schedule=Schedule(
            zone=zone,
            at=tuple(sorted({parse_time(text) for text in channel.at})),
            days=parse_days(channel.days),
        ),
    )


def _store_url(url: str, folder: Path) -> str:
    prefix = "sqlite:///"
    if url.startswith(prefix) and url != prefix:
        return prefix + str(folder / url.removeprefix(prefix))
    return url
