"""The options as the configuration file has them: names, kinds, bounds and defaults.

Each check raises ValueError with a sentence; :func:`problem` puts the option's path before it.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from ipaddress import ip_network
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, create_model

from bot.chat.platform import Options
from bot.domain import query, query_nodes
from bot.domain.digests import Correcting, Style
from bot.domain.model import CONSOLE
from bot.domain.times.when import MOST_ALERTS, parse_days, parse_quiet, parse_time, parse_when, parse_zone
from bot.option_kinds import Contact, DatabaseText, PathText, toml
from bot.platforms import PLATFORMS, parse_address, parse_rule
from bot.runtime.log import Format
from bot.source_options import AnySource, wrong_of_kind
from bot.summary.methods import DEFAULT, METHODS
from bot.web_options import Archive, Origin, Web
from bot.wording.language import known, languages


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


def _when(text: str) -> str:
    parse_when(text)
    return text


def _quiet(text: str) -> str:
    parse_quiet(text)
    return text


def _query(text: str) -> str:
    if notes := query.parse(text).notes:
        raise ValueError(f'"{text}": {"; ".join(notes)}')
    return text


def _name(name: str) -> str:
    if not re.fullmatch(r"\w[\w-]{0,39}", name):
        raise ValueError(f'"{name}" is not a name; use up to 40 letters, digits, "-" and "_"')
    return name


def _language(code: str) -> str:
    if not known(code):
        there = ", ".join(f'"{one.code}" ({one.name})' for one in languages().values())
        raise ValueError(f'"{code[:40]}" is not a language that I speak; one of {there}')
    return known(code)


def _source_name(name: str) -> str:
    if name.lower() in {"done", "failed", "added", "posted"}:
        raise ValueError(f'"{name}" is the name of a folder that the desk has itself; use another')
    return _name(name)


def _networks(texts: list[str]) -> list[str]:
    for text in texts:
        try:
            ip_network(text)
        except ValueError as error:
            raise ValueError(f'"{text}" is no network; write one like 10.1.0.0/16') from error
    return texts


AddressText = Annotated[str, AfterValidator(_address)]
Who = Annotated[str, AfterValidator(parse_rule)]
Name = Annotated[str, AfterValidator(_name)]
Language = Annotated[str, AfterValidator(_language)]
QueryText = Annotated[str, AfterValidator(_query)]


class Inbox(Options):
    """``[inbox]``: times in seconds."""

    path: PathText = "inbox"
    max_mb: float = Field(default=20, gt=0, le=200)
    quiet: float = Field(default=2, ge=0, le=3600)
    bulk: int = Field(default=200, ge=1)
    readers: int = Field(default=2, ge=1, le=64)
    rescan: int = Field(default=60, ge=1, le=86400)
    poll: bool = False
    origins: list[Origin] = Field(default=[])


class Store(Options):
    """``[store]``."""

    url: DatabaseText = "sqlite:///data/copydesk.db"


class Workers(Options):
    """``[workers]``."""

    engine: Literal["local", "queue"] = "local"


class Search(Options):
    """``[search]``."""

    path: PathText = "data/index"


class Summary(Options):
    """``[summary]``."""

    method: Annotated[str, AfterValidator(_method)] = DEFAULT
    sentences: int = Field(default=3, ge=1, le=20)
    words: int | None = Field(default=None, ge=10, le=2000)
    seconds: float | None = Field(default=None, ge=5, le=600)


class Ranking(Options):
    """``[digest.weights]``."""

    outlets: float = Field(default=1.0, ge=0, le=10)
    match: float = Field(default=1.0, ge=0, le=10)
    hardness: float = Field(default=1.0, ge=0, le=10)
    freshness: float = Field(default=1.0, ge=0, le=10)


class Digest(Options):
    """``[digest]``."""

    style: Style = "standard"
    stories: int = Field(default=10, ge=1, le=50)
    sentences: int = Field(default=3, ge=1, le=10)
    quotes: int = Field(default=1, ge=0, le=10)
    also: int = Field(default=40, ge=0, le=200)
    words: int | None = Field(default=None, ge=30, le=20_000)
    seconds: float | None = Field(default=None, ge=10, le=3600)
    corrections: Correcting = "edit"
    weights: Ranking = Ranking()


class Retention(Options):
    """``[retention]``: 0 for no limit."""

    articles_days: int = Field(default=0, ge=0, le=36_500)
    articles_most: int = Field(default=0, ge=0)
    articles_mb: int = Field(default=0, ge=0)
    done_days: int = Field(default=0, ge=0, le=36_500)
    done_most: int = Field(default=0, ge=0)
    done_mb: int = Field(default=0, ge=0)
    receipts_days: int = Field(default=0, ge=0, le=36_500)
    receipts_most: int = Field(default=0, ge=0)
    receipts_mb: int = Field(default=0, ge=0)


class Access(Options):
    """``[access]``: who is answered, and who may change what."""

    allow: list[Who] = Field(default=[])
    editors: list[Who] = Field(default=[])
    admins: list[Who] = Field(default=[])


class Team(Options):
    """One of ``[[teams]]``: who and which chats belong to it, and what they may see."""

    name: Name
    members: list[Who] = Field(default=[])
    destinations: list[Who] = Field(default=[])
    sources: list[Annotated[str, Field(min_length=1, max_length=200)]] = Field(default=[])
    topics: list[str] = Field(default=[])
    default: bool = False


class Owner(Options):
    """``[owner]``: who hears of failures."""

    to: AddressText | None = None


class Log(Options):
    """``[log]``."""

    format: Format = "text"


class Fetch(Options):
    """``[fetch]``: how sources and pages are fetched."""

    max_mb: float = Field(default=10, gt=0, le=100)
    seconds: float = Field(default=30, ge=1, le=300)
    contact: Contact = Field(default="", max_length=200)
    private: Annotated[list[str], AfterValidator(_networks)] = Field(default=[])


class Source(AnySource):
    """One of ``[[sources]]``."""

    name: Annotated[str, AfterValidator(_source_name)]


class Channel(Options):
    """One of ``[[channels]]``."""

    name: Name
    to: AddressText = str(CONSOLE)
    topics: list[str] = Field(default=[])
    query: QueryText = ""
    at: Annotated[list[str], AfterValidator(_times)] = Field(default=[])
    days: Annotated[str, AfterValidator(_days)] = "daily"
    when: Annotated[str, AfterValidator(_when)] | None = None
    timezone: Annotated[str, AfterValidator(parse_zone)] | None = None
    quiet: Annotated[str, AfterValidator(_quiet)] | None = None
    alerts: int = Field(default=0, ge=0, le=MOST_ALERTS)
    style: Style | None = None
    language: Language | None = None


class File(Options):
    """The whole file but for the platforms' tables; ``WholeFile`` has them too."""

    timezone: Annotated[str, AfterValidator(parse_zone)] = "UTC"
    language: Language = "en"
    grace: float = Field(default=8, ge=1, le=600)
    inbox: Inbox = Inbox()
    store: Store = Store()
    workers: Workers = Workers()
    search: Search = Search()
    summary: Summary = Summary()
    digest: Digest = Digest()
    retention: Retention = Retention()
    access: Access = Access()
    owner: Owner = Owner()
    web: Web = Web()
    archive: Archive = Archive()
    log: Log = Log()
    fetch: Fetch = Fetch()
    topics: dict[Name, QueryText] = Field(default={})
    channels: list[Channel] = Field(default=[])
    sources: list[Source] = Field(default=[])
    teams: list[Team] = Field(default=[])


_tables: dict[str, Any] = {
    name: (one.options, one.options()) for name, one in PLATFORMS.items() if one.options.model_fields
}
WholeFile: type[File] = create_model("WholeFile", __base__=File, **_tables)


def table(options: File, platform: str) -> Options:
    """The platform's table of the file; without one, the options of a platform that has none."""
    found: Options = getattr(options, platform, Options())
    return found


def clashes(options: File) -> list[str]:
    """Options that do not go together: names twice, two ways of one thing, topics that are not there."""
    return [
        *_of_channels(options),
        *_of_teams(options),
        *_unknown_topics(options),
        *_same_sources(options),
        *_of_archive(options),
    ]


def _of_channels(options: File) -> list[str]:
    seen: dict[str, int] = {}
    problems = []
    for number, channel in enumerate(options.channels):
        if channel.name in seen:
            problems.append(
                f'channels[{number}].name: "{channel.name}" is channels[{seen[channel.name]}] already'
            )
        if channel.query and channel.topics:
            problems.append(f"channels[{number}]: it has both topics and query; keep one")
        ways = [name for name in ("at", "when", "alerts") if getattr(channel, name)]
        if len(ways) > 1 or (channel.when and channel.days != "daily"):
            problems.append(f"channels[{number}]: it has both {' and '.join([*ways, 'days'][:2])}; keep one")
        seen.setdefault(channel.name, number)
    return problems


def _of_teams(options: File) -> list[str]:
    problems, names, whose = [], Counter(team.name for team in options.teams), dict[str, str]()
    problems += [f'teams: "{name}" is there {count} times' for name, count in names.items() if count > 1]
    for number, team in enumerate(options.teams):
        problems += [
            f'teams[{number}].topics: there is no topic "{topic}" under [topics]'
            for topic in team.topics
            if topic not in options.topics
        ]
        for rule in dict.fromkeys((*team.members, *team.destinations)):
            if whose.setdefault(rule, team.name) != team.name:
                problems.append(f"teams[{number}]: {rule} belongs to {whose[rule]} already; keep one")
    if len(options.teams) > 1 and [team.default for team in options.teams].count(True) != 1:
        problems.append("teams: whoever is in none needs one; write `default = true` in one of them")
    return problems


def _of_archive(options: File) -> list[str]:
    if options.archive.public and options.teams:
        return ["archive.public: what a team may see is not for everybody; leave it out, or [[teams]]"]
    return []


def _unknown_topics(options: File) -> list[str]:
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
            for name in sorted(query_nodes.topics_named(query.parse(text).query))
            if name not in options.topics
        ]
    return problems


def _same_sources(options: File) -> list[str]:
    """What is wrong with sources that share a name or an address."""
    problems, seen = [], dict[str, int]()
    for number, source in enumerate(options.sources):
        problems += [f"sources[{number}]{one}" for one in wrong_of_kind(source, source.kind)]
        for value in (source.name.casefold(), source.url or source.mailbox().url):
            if value in seen:
                problems.append(f'sources[{number}]: "{value}" is in sources[{seen[value]}] already')
            seen.setdefault(value, number)
    return problems


def problem(item: Any) -> str:
    """What is wrong with an option, after its path; ``item`` is one of pydantic's errors."""
    where, what = _where(item["loc"]), item["msg"].removeprefix("Value error, ")
    match item["type"], item["input"]:
        case "extra_forbidden", _:
            told = f"there is no such option{_meant(item['loc'])}"
        case "missing", _:
            told = "it is required"
        case "value_error", _:
            told = what
        case (("model_type" | "dict_type"), _):
            header = f"[{where}]" if isinstance(item["loc"][-1], str) else f"[[{_where(item['loc'][:-1])}]]"
            told = f"it is a section, so write its options below {header}"
        case "list_type", dict():
            told = f"there may be several of this section, so write [[{where}]]"
        case "list_type", value:
            told = f"it is a list, so write {item['loc'][-1]} = [{toml(value)}]"
        case _, value:
            told = f"{what[:1].lower()}{what[1:]}, not {toml(value)}"
    return f"{where}: {told}"


def _where(loc: tuple[int | str, ...]) -> str:
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc if part != "[key]")
    return path.lstrip(".")


def _meant(loc: tuple[int | str, ...]) -> str:
    model: Any = WholeFile
    for part in loc[:-1]:
        if isinstance(part, str):
            kind = model.model_fields[part].annotation
            model = {"channels": Channel, "sources": Source, "teams": Team}.get(part, kind)
    there = [field.alias or name for name, field in model.model_fields.items()]
    near = difflib.get_close_matches(str(loc[-1]), there, n=1)
    return f"; did you mean `{near[0]}`?" if near else f"; here are {', '.join(there)}"
