"""The configuration: TOML and the environment become the settings of each room.

Every problem is reported at once, by the path of its option. Relative paths are relative to the
configuration file. Secrets come from the environment alone, or from files that it names.
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qs, urlsplit

from dotenv import dotenv_values
from pydantic import ValidationError

from bot import platforms
from bot.chat.access import AccessSettings
from bot.digest.settings import ComposeSettings, Weights
from bot.domain import teams
from bot.domain.digests import WORDS_A_MINUTE, Correcting
from bot.domain.errors import ConfigError, StoreError
from bot.domain.limits import Limits
from bot.domain.model import Address, Schedule, Subscription
from bot.domain.sourcing import Source
from bot.domain.times.when import When, parse_days, parse_quiet, parse_time, parse_when
from bot.inbox.apart import Own
from bot.inbox.retention import Shelves
from bot.inbox.spool import SpoolSettings
from bot.ingest.opening import IngestSettings
from bot.ingest.reading import ReadingSettings
from bot.ingest.retention import RetentionSettings
from bot.options import (
    Access,
    Channel,
    Digest,
    File,
    Retention,
    Team,
    WholeFile,
    clashes,
    problem,
    table,
)
from bot.platforms import PLATFORMS, parse_address
from bot.runtime.closing import Grace
from bot.runtime.log import LogSettings
from bot.runtime.redaction import ADDRESSES, Redactor, spellings
from bot.search.index import IndexSettings
from bot.source_options import PREFIXES, sources_of
from bot.sources.settings import DEFAULTS, FetchSettings
from bot.store.sql.database import StoreSettings
from bot.store.sql.url import NO_QUEUE, SQLITE, locate
from bot.web.settings import ArchiveSettings, WebSettings
from bot.web_options import ARCHIVE_SECRET, archive_of

INBOX_TOKEN = "INBOX_TOKEN"  # noqa: S105 - its name
SHORTEST_TOKEN = 16
"""Characters: fewer can be guessed."""

SECRETS = ("DATABASE_URL", INBOX_TOKEN, ARCHIVE_SECRET, *platforms.SECRETS)
"""Read from the environment, from the file that `NAME_FILE` names, or from `.env` beside the configuration."""

SECRETS_FOLDER = Path("/run/secrets")
"""Where containers have their secrets, with mode 0444 and nobody else inside."""

LARGEST_FILE = 1024 * 1024
"""Bytes of a configuration file; a larger one is something else by mistake."""


@dataclass(frozen=True, slots=True)
class Config:
    """Every room's settings. ``channels`` are the subscriptions that the file names.

    ``readers`` are the processes that read articles; ``queued``: they are those of workers elsewhere. ``inbox_token`` lets in who posts files, in a browser from pages of ``inbox_origins``; empty for nobody. ``platforms`` has the settings of those that are set up, by name.
    """

    zone: str
    language: str
    grace: Grace
    inbox: SpoolSettings
    readers: int
    queued: bool
    store: StoreSettings
    search: IndexSettings
    ingest: IngestSettings
    compose: ComposeSettings
    topics: Mapping[str, str]
    channels: tuple[Subscription, ...]
    access: AccessSettings
    teams: teams.Teams
    owner: Address | None
    platforms: Mapping[str, Any]
    web: WebSettings
    archive: ArchiveSettings = field(default_factory=ArchiveSettings)
    log: LogSettings = field(default_factory=LogSettings)
    corrections: Correcting = "edit"
    fetch: FetchSettings = DEFAULTS
    sources: tuple[Source, ...] = ()
    inbox_token: str = field(default="", repr=False)
    inbox_origins: frozenset[str] = frozenset()
    retention: RetentionSettings = field(default_factory=RetentionSettings)
    path: Path = Path("config.toml")


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
    except RecursionError as error:
        raise ConfigError([f"{path}: lists or tables in it lie too deep in one another"]) from error
    exposed = _open_to(path, stat.S_IRWXG | stat.S_IRWXO)
    built = build(raw, path.resolve().parent, environ, exposed=exposed)
    own = replace(built.inbox.own, configuration=path.absolute()) if built.inbox.own else None
    return replace(built, path=path, inbox=replace(built.inbox, own=own))


def build(
    raw: Mapping[str, Any], folder: Path, environ: Mapping[str, str], *, exposed: bool = False
) -> Config:
    """These options' configuration; paths start at ``folder``. Raises ConfigError, also for a password that is ``exposed``."""
    problems: list[str] = []
    options = _options(raw, problems)
    secret = _secrets(environ, folder, problems)
    chats = _platforms(options, secret, problems)
    store = _store(options, secret, folder, problems, exposed=exposed)
    archive = archive_of(options.archive, secret, problems)
    sources = sources_of(options.sources, secret, problems)
    inbox = _spool(options, folder, store, problems)
    _refused(problems, _withheld(secret, options.store.url))
    return Config(
        zone=options.timezone,
        language=options.language,
        grace=Grace(options.grace),
        inbox=inbox,
        readers=options.inbox.readers,
        queued=options.workers.engine == "queue",
        store=store,
        search=IndexSettings(folder / options.search.path),
        ingest=_ingest(options),
        compose=_compose(options.digest),
        topics=MappingProxyType(dict(options.topics)),
        channels=tuple(_subscription(channel, options.timezone) for channel in options.channels),
        access=_access(options.access),
        teams=_teams(options.teams),
        owner=parse_address(options.owner.to) if options.owner.to else None,
        platforms=chats,
        web=WebSettings(**options.web.model_dump()),
        archive=archive,
        log=LogSettings(options.log.format, _withheld(secret, options.store.url)),
        corrections=options.digest.corrections,
        fetch=_fetch(options),
        sources=sources,
        inbox_token=secret.get(INBOX_TOKEN, ""),
        inbox_origins=frozenset(options.inbox.origins),
        retention=_retention(options.retention),
    )


def _refused(problems: Sequence[str], secret: Mapping[str, str]) -> None:
    """Raises ConfigError where there are problems, which may repeat what stands in the file, but no secret."""
    if problems:
        closed = Redactor((*platforms.TOKENS, *spellings(secret), *ADDRESSES))
        raise ConfigError([closed(one) for one in problems])


def _options(raw: Mapping[str, Any], problems: list[str]) -> File:
    """The file's options; the defaults in place of those that have ``problems``, which are added."""
    try:
        options = WholeFile.model_validate(dict(raw))
    except ValidationError as error:
        problems += [problem(item) for item in error.errors()]
        return WholeFile()
    problems += clashes(options)
    return options


def secrets(environ: Mapping[str, str], folder: Path) -> Mapping[str, str]:
    """The secrets that are set. Raises ConfigError for unreadable and too readable files."""
    problems: list[str] = []
    found = _secrets(environ, folder, problems)
    _refused(problems, found)
    return found


def _secrets(environ: Mapping[str, str], folder: Path, problems: list[str]) -> Mapping[str, str]:
    known = {**_dotenv(folder / ".env", problems), **environ}
    of_sources = {name.removesuffix("_FILE") for name in known if name.startswith(PREFIXES)}
    names = (*SECRETS, *sorted(of_sources))
    found = {name: known[name].strip() for name in names if known.get(name)}
    for name in names:
        if file := known.get(f"{name}_FILE"):
            path = folder / file
            try:
                if _is_exposed(path.resolve(strict=True)):
                    problems.append(f"{name}_FILE: {_told(path)}")
                    continue
                found[name] = path.read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                problems.append(f"{name}_FILE: {file} cannot be read ({error})")
    if 0 < len(found.get(INBOX_TOKEN, "")) < SHORTEST_TOKEN:
        problems.append(f"{INBOX_TOKEN}: it can be guessed; make it {SHORTEST_TOKEN} characters at least")
    return found


def _withheld(secret: Mapping[str, str], url: str) -> Mapping[str, str]:
    """What may not stand in the log: the password of the store's address in the file, too."""
    return {"DATABASE_URL": url, **secret} if _has_password(url) else secret


def _is_exposed(path: Path) -> bool:
    """Whether everybody on the machine may read the file. A group may: that is how a service is given a secret."""
    closed = not _open_to(path.parent, stat.S_IXOTH) or path.is_relative_to(SECRETS_FOLDER.resolve())
    return not closed and _open_to(path, stat.S_IRWXO)


def _open_to(path: Path, whom: int) -> bool:
    return os.name == "posix" and bool(path.stat().st_mode & whom)


def _told(path: Path) -> str:
    return f"{path}: other users can read it, and it holds secrets; run chmod 600 on it"


def _has_password(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False  # whoever opens the store has a sentence for it
    return bool(parts.password) or "password" in parse_qs(parts.query)


def _dotenv(path: Path, problems: list[str]) -> dict[str, str]:
    if not path.is_file():
        return {}
    if _open_to(path, stat.S_IRWXG | stat.S_IRWXO):
        problems.append(_told(path))
        return {}
    return {name: value for name, value in dotenv_values(path).items() if value is not None}


def _teams(given: Sequence[Team]) -> teams.Teams:
    made = {
        one.name: teams.Team(
            one.name,
            frozenset((*one.members, *one.destinations)),
            frozenset(one.sources),
            frozenset(one.topics),
        )
        for one in given
    }
    default = next((made[one.name] for one in given if one.default or len(given) == 1), teams.EVERYBODY)
    return teams.Teams(tuple(made.values()), default)


def _subscription(channel: Channel, zone: str) -> Subscription:
    wanted = " OR ".join(f"topic:{name}" for name in channel.topics) or channel.query
    return Subscription(
        id=f"file:{channel.name}",
        name=channel.name,
        to=parse_address(channel.to),
        query=wanted,
        schedule=_schedule(channel, zone),
        style=channel.style or "",
        language=channel.language or "",
    )


def _schedule(channel: Channel, zone: str) -> Schedule:
    """What the channel's options say, the words of ``when`` among them."""
    if channel.when:
        when = parse_when(channel.when)
    else:
        when = When(tuple(sorted({parse_time(text) for text in channel.at})), parse_days(channel.days))
    named = channel.timezone or when.zone
    return Schedule(
        zone=named or zone,
        at=when.at,
        days=when.days,
        quiet=parse_quiet(channel.quiet) if channel.quiet else when.quiet,
        alerts=channel.alerts or when.alerts,
        follows=not named,
    )


def _compose(digest: Digest) -> ComposeSettings:
    """The smaller of both budgets counts."""
    budgets = [digest.words, digest.seconds and round(digest.seconds * WORDS_A_MINUTE / 60)]
    return ComposeSettings(
        stories=digest.stories,
        sentences=digest.sentences,
        quotes=digest.quotes,
        style=digest.style,
        also=digest.also,
        words=min((words for words in budgets if words), default=None),
        weights=Weights(**digest.weights.model_dump()),
    )


def _ingest(options: File) -> IngestSettings:
    reading = ReadingSettings(**options.summary.model_dump())
    return IngestSettings(reading, options.inbox.max_mb, options.timezone)


def _spool(options: File, folder: Path, store: StoreSettings, problems: list[str]) -> SpoolSettings:
    """The inbox, which may not have in it what the desk keeps for itself."""
    try:
        file = locate(store.url).path
    except StoreError:
        file = None  # whoever opens the store has a sentence for it
    inbox, own = options.inbox, Own(folder, folder / options.search.path, file)
    if clash := own.clash(folder / inbox.path):
        problems.append(f"inbox.path: {clash}")
    return SpoolSettings(
        path=folder / inbox.path,
        max_mb=inbox.max_mb,
        quiet=timedelta(seconds=inbox.quiet),
        bulk=inbox.bulk,
        rescan=timedelta(seconds=inbox.rescan),
        poll=inbox.poll,
        own=own,
    )


def _access(told: Access) -> AccessSettings:
    return AccessSettings(frozenset(told.allow), frozenset(told.editors), frozenset(told.admins))


def _fetch(options: File) -> FetchSettings:
    told = options.fetch
    return FetchSettings(told.max_mb, told.seconds, told.contact, tuple(map(ip_network, told.private)))


def _retention(options: Retention) -> RetentionSettings:
    def limits(days: int, most: int, megabytes: int) -> Limits:
        return Limits(timedelta(days=days) if days else None, most or None, megabytes * 1_000_000 or None)

    return RetentionSettings(
        limits(options.articles_days, options.articles_most, options.articles_mb),
        Shelves(
            limits(options.done_days, options.done_most, options.done_mb),
            limits(options.receipts_days, options.receipts_most, options.receipts_mb),
        ),
    )


def _platforms(options: File, secret: Mapping[str, str], problems: list[str]) -> Mapping[str, Any]:
    """The settings of each platform whose first secret is there, and of those that have none."""
    found: dict[str, Any] = {}
    for name, platform in PLATFORMS.items():
        if platform.secrets and not secret.get(platform.secrets[0]):
            continue
        try:
            found[name] = platform.settings(table(options, name), secret)
        except ConfigError as error:
            problems += error.problems
    return MappingProxyType(found)


def _store(
    options: File, secret: Mapping[str, str], folder: Path, problems: list[str], *, exposed: bool
) -> StoreSettings:
    """Where the store lies. Several processes share it, so it cannot lie in the memory of one."""
    if exposed and _has_password(options.store.url):
        problems.append("store.url: it has a password, and other users can read it; set DATABASE_URL instead")
    given = secret.get("DATABASE_URL")
    url = given or options.store.url
    name, _, path = url.partition(":///")
    if url.startswith("sqlite") and (not path.strip("/") or ":memory:" in url):
        where = "DATABASE_URL" if given else "store.url"
        problems.append(
            f"{where}: a store in memory would end with each command; "
            'name a file, such as "sqlite:///data/copydesk.db"'
        )
    elif name in SQLITE:
        url = f"{name}:///{folder / path}"
    if options.workers.engine == "queue" and url.startswith("sqlite"):
        problems.append(NO_QUEUE)
    # Beside the index, where a desk can write: a database on a server has no folder of its own.
    return StoreSettings(url, copies=(folder / options.search.path).parent)
