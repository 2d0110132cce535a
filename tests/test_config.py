"""The configuration: every problem at once, by its path, and secrets only where they belong."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any, get_args

import pytest

from bot import config, options
from bot.domain.errors import ConfigError
from bot.domain.model import Address
from bot.domain.sourcing import Mailbox
from bot.source_options import PREFIXES

EXAMPLE = Path(__file__).resolve().parents[1] / "config.example.toml"


def problems(raw: dict[str, Any], folder: Path = Path("/desk")) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        config.build(raw, folder, {})
    return caught.value.problems


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "config.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_an_empty_file_means_the_defaults(tmp_path):
    settings = config.load(written(tmp_path, ""), {})
    assert settings.inbox.path == tmp_path / "inbox"
    assert settings.store.url == f"sqlite:///{tmp_path / 'data/copydesk.db'}"
    assert settings.zone == "UTC"
    assert settings.channels == ()


def test_the_example_is_fine_and_names_every_option_and_no_other():
    settings = config.load(EXAMPLE, {})
    assert [channel.name for channel in settings.channels] == ["morning", "sanctions", "weekly", "storms"]
    raw = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert {path: names for path, names, _ in tables(raw)} == {
        path: frozenset(there) for path, there in known_options().items()
    }


TablePath = tuple[str, ...]


def known_options() -> dict[TablePath, list[str]]:
    """The names that the code reads, by the path of their table."""
    found: dict[TablePath, list[str]] = {}

    def look(model: type[options.Options], path: TablePath) -> None:
        found[path] = [field.alias or name for name, field in model.model_fields.items()]
        for name, field in model.model_fields.items():
            for kind in (field.annotation, *get_args(field.annotation)):
                if isinstance(kind, type) and issubclass(kind, options.Options):
                    look(kind, (*path, field.alias or name))

    look(options.WholeFile, ())
    return found


def tables(
    raw: dict[str, Any], path: TablePath = ()
) -> Iterator[tuple[TablePath, frozenset[str], dict[str, Any]]]:
    """Each table of the file but [topics], whose names are the reader's: its path, the names in it and itself.

    Of a list of tables the names that any has.
    """
    yield path, frozenset(raw), raw
    for name, value in raw.items():
        if isinstance(value, dict) and name != "topics":
            yield from tables(value, (*path, name))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield (*path, name), frozenset().union(*value), value[0]


def test_the_options_are_known_in_every_table():
    found = known_options()
    assert {("sources",), ("channels",), ("teams",), ("digest", "weights"), ("slack",), ("email",)} <= {
        *found
    }
    assert "from" in found["sources",]


@pytest.mark.parametrize("path", known_options(), ids=".".join)
def test_a_name_that_is_not_there_is_told_with_the_nearest_that_is(path):
    raw = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    (own,) = [table for there, _, table in tables(raw) if there == path]
    names = known_options()[path]
    own |= {f"{name}xq": 1 for name in names} | {"qqqqqq": 1}
    with pytest.raises(ConfigError) as caught:
        config.build(raw, Path("/desk"), {})
    told = {one.partition(":")[0].rpartition(".")[2]: one for one in caught.value.problems}
    for name in names:
        assert told[f"{name}xq"].endswith(f": there is no such option; did you mean `{name}`?")
        assert all(part in told[f"{name}xq"] for part in path)
    assert told["qqqqqq"].endswith(f"; here are {', '.join(names)}")


def test_a_channel_becomes_a_subscription():
    settings = config.build(
        {
            "timezone": "Asia/Tokyo",
            "topics": {"energy": "oil OR gas"},
            "channels": [
                {
                    "name": "am",
                    "to": "telegram:-1001/45",
                    "topics": ["energy"],
                    "at": ["8:00"],
                    "days": "mon-fri",
                }
            ],
        },
        Path("/desk"),
        {},
    )
    (channel,) = settings.channels
    assert channel.to == Address("telegram", "-1001", "45")
    assert channel.query == "topic:energy"
    assert channel.schedule.zone == "Asia/Tokyo"
    assert channel.schedule.at == (time(8),)
    assert channel.schedule.days == frozenset(range(5))


def test_every_problem_is_reported_at_once_by_its_path():
    found = problems(
        {
            "timezone": "Europe/Londn",
            "inbx": {},
            "inbox": {"pth": "x", "max_mb": -1},
            "summary": {"method": "magic", "sentences": "three"},
            "channels": [
                {"name": "a"},
                {"name": "b", "at": ["25:00"], "days": "someday", "to": "slack:general"},
                {"to": "console"},
            ],
        }
    )
    starts = {problem.split(":")[0] for problem in found}
    assert starts == {
        "timezone",
        "inbx",
        "inbox.pth",
        "inbox.max_mb",
        "summary.method",
        "summary.sentences",
        "channels[1].at",
        "channels[1].days",
        "channels[1].to",
        "channels[2].name",
    }
    assert 'channels[1].at: "25:00" is not a time' in "\n".join(found)
    assert any("did you mean `inbox`" in problem for problem in found)
    assert any("did you mean `path`" in problem for problem in found)


def test_one_value_where_a_list_is_asked_for_is_told_with_the_list():
    found = problems({"channels": [{"name": "news", "to": "console", "query": "oil", "at": "08:00"}]})
    assert found == ('channels[0].at: it is a list, so write at = ["08:00"]',)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"inbox": "x"}, "inbox: it is a section, so write its options below [inbox]"),
        ({"inbox": [{"path": "x"}]}, "inbox: it is a section, so write its options below [inbox]"),
        ({"topics": "oil"}, "topics: it is a section, so write its options below [topics]"),
        ({"digest": {"weights": 3}}, "digest.weights: it is a section, so write its options below [digest.weights]"),
        ({"channels": ["m"]}, "channels[0]: it is a section, so write its options below [[channels]]"),
        ({"channels": {"name": "m"}}, "channels: there may be several of this section, so write [[channels]]"),
    ],
)  # fmt: skip
def test_a_section_that_is_written_otherwise_is_told_with_its_header(given: dict[str, object], told: str):
    assert problems(given) == (told,)


def test_names_that_clash_and_topics_that_do_not_exist():
    found = problems(
        {
            "topics": {"energy": "oil", "all": "topic:enrgy"},
            "channels": [
                {"name": "a", "topics": ["money"]},
                {"name": "a", "query": "topic:sport"},
                {"name": "b", "query": "x", "topics": ["energy"]},
            ],
        }
    )
    assert found == (
        'channels[1].name: "a" is channels[0] already',
        "channels[2]: it has both topics and query; keep one",
        'channels[0].topics: there is no topic "money" under [topics]',
        'topics.all: there is no topic "enrgy" under [topics]',
        'channels[1].query: there is no topic "sport" under [topics]',
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"inbox = [", "not TOML"),
        (b"\xff\xfe", "not TOML"),
        (b"#" * (config.LARGEST_FILE + 1), "no configuration"),
    ],
)
def test_a_file_that_is_no_configuration(tmp_path, text, words):
    with pytest.raises(ConfigError, match=words):
        config.load(written(tmp_path, text), {})


@pytest.mark.parametrize(
    ("raw", "folder", "words"),
    [
        ({"inbox": {"path": "."}}, "/desk", "the configuration (/desk) lies in it"),
        ({"inbox": {"path": "../"}}, "/desk", "the configuration (/desk) lies in it"),
        ({"inbox": {"path": "data"}}, "/desk", "the store (/desk/data/copydesk.db) lies in it"),
        (
            {"store": {"url": "sqlite:///inbox/done/copydesk.db"}},
            "/desk",
            "the store (/desk/inbox/done/copydesk.db)",
        ),
        ({"search": {"path": "inbox/index"}}, "/desk", "the search index (/desk/inbox/index) lies in it"),
        ({"inbox": {"path": "data/index/new"}}, "/desk", "it lies in the folder of the search index"),
    ],
)
def test_an_inbox_that_would_take_in_what_the_desk_keeps_is_refused(raw, folder, words):
    (problem,) = problems(raw, Path(folder))
    assert problem.startswith(f"inbox.path: {words}")
    assert problem.endswith("name a folder of its own")


def test_an_inbox_is_refused_by_where_its_links_lead(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "drop").symlink_to("data")
    (problem,) = problems({"inbox": {"path": "drop"}}, tmp_path)
    assert "the store" in problem


@pytest.mark.parametrize("path", ["data/inbox", "/elsewhere/inbox", "data.d"])
def test_an_inbox_beside_what_the_desk_keeps_is_fine(path):
    assert config.build({"inbox": {"path": path}}, Path("/desk"), {}).inbox.path == Path("/desk") / path


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"inbox": {"path": ""}}, "inbox.path: it is empty; name one"),
        ({"search": {"path": " "}}, "search.path: it is empty; name one"),
        ({"inbox": {"path": "in\0box"}}, "inbox.path: it has characters"),
        ({"inbox": {"path": "~/box"}}, 'inbox.path: "~/box" begins with "~"'),
        ({"store": {"url": "sqlite:///a\0b"}}, "store.url: it has characters"),
        ({"store": {"url": "sqlite:///~/a.db"}}, 'store.url: its path begins with "~"'),
        ({"web": {"host": "\0"}}, 'web.host: "\\u0000" is no address of this machine'),
        (
            {"fetch": {"contact": "Ada <ada@example.org>"}},
            'fetch.contact: "Ada <ada@example.org>" cannot be sent',
        ),
    ],
)
def test_a_path_or_host_that_nothing_can_have_is_told_before_it_is_used(raw, words):
    (problem,) = problems(raw)
    assert problem.startswith(words)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"language": date(2026, 1, 1)}, "not 2026-01-01"),
        ({"timezone": True}, "not true"),
        ({"fetch": {"private": float("inf")}}, "write private = [inf]"),
        ({"access": {"allow": "a\nb"}}, 'write allow = ["a\\nb"]'),
        ({"timezone": [{"a": [1.5, False]}]}, "not [{a = [1.5, false]}]"),
    ],
)
def test_a_wrong_value_is_repeated_as_the_file_writes_it(raw, words):
    (problem,) = problems(raw)
    assert problem.endswith(words)


def test_a_file_whose_lists_lie_too_deep_is_told(tmp_path):
    with pytest.raises(ConfigError, match="too deep"):
        config.load(written(tmp_path, "a=" + "[" * 3000), {})


def test_an_absent_file_names_the_remedy(tmp_path):
    with pytest.raises(ConfigError, match="copydesk init"):
        config.load(tmp_path / "config.toml", {})


def test_database_url_from_the_environment_wins(tmp_path):
    path = written(tmp_path, '[store]\nurl = "sqlite:///here.db"')
    assert config.load(path, {"DATABASE_URL": "postgresql://desk@db/desk"}).store.url.startswith("postgresql")


def test_a_secret_may_lie_in_a_file_that_the_environment_names(tmp_path):
    secret = tmp_path / "url"
    secret.write_text("postgresql://desk@db/desk\n")
    assert config.secrets({"DATABASE_URL_FILE": str(secret)}, tmp_path) == {
        "DATABASE_URL": "postgresql://desk@db/desk"
    }
    with pytest.raises(ConfigError, match="DATABASE_URL_FILE"):
        config.secrets({"DATABASE_URL_FILE": str(tmp_path / "absent")}, tmp_path)


def test_a_dotenv_that_others_can_read_is_refused(tmp_path):
    dotenv = tmp_path / ".env"
    dotenv.write_text("DATABASE_URL=postgresql://desk:secret@db/desk\n")
    dotenv.chmod(0o600)
    assert "secret" in config.secrets({}, tmp_path)["DATABASE_URL"]
    dotenv.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600") as caught:
        config.secrets({}, tmp_path)
    assert "secret@" not in str(caught.value)


def test_no_password_in_any_repr():
    settings = config.build({}, Path("/desk"), {"DATABASE_URL": "postgresql://desk:hunter2@db/desk"})
    assert "hunter2" not in repr(settings)


TELEGRAM = "123456789:" + "a" * 35


def test_a_platform_is_there_when_its_token_is():
    settings = config.build({}, Path("/desk"), {})
    assert set(settings.platforms) == {"console"}
    empty = config.build({}, Path("/desk"), {"SLACK_BOT_TOKEN": " ", "TELEGRAM_BOT_TOKEN": "\n"})
    assert set(empty.platforms) == {"console"}
    environ = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "TELEGRAM_BOT_TOKEN": TELEGRAM}
    settings = config.build({"slack": {"api": "http://127.0.0.1:1/api"}}, Path("/desk"), environ)
    assert set(settings.platforms) == {"console", "slack", "telegram"}
    assert settings.platforms["slack"].api == "http://127.0.0.1:1/api/"
    for secret in environ.values():
        assert secret not in repr(settings)


@pytest.mark.parametrize(
    ("raw", "environ", "words"),
    [
        ({}, {"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN"),
        ({"slack": {"mode": "http"}}, {"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
        ({}, {"TELEGRAM_BOT_TOKEN": "hello"}, "not a bot token"),
        ({"telegram": {"mode": "webhook"}}, {"TELEGRAM_BOT_TOKEN": TELEGRAM}, "webhook_url"),
        ({"access": {"allow": ["everybody"]}}, {}, "is nobody"),
        ({"slack": {"command": "copydesk"}}, {}, "not a slash command"),
        ({"telegram": {"api": "telegram"}}, {}, "not a web address"),
    ],
)
def test_platform_options_that_do_not_fit(raw, environ, words):
    with pytest.raises(ConfigError, match=words):
        config.build(raw, Path("/desk"), environ)


@pytest.mark.parametrize(
    ("mode", "around", "fine"),
    [
        (0o600, 0o755, True),
        (0o440, 0o755, True),
        (0o644, 0o755, False),
        (0o604, 0o711, False),
        (0o602, 0o755, False),
        (0o644, 0o700, True),
        (0o444, 0o750, True),
    ],
)
def test_a_file_with_a_secret_that_everybody_can_read_is_refused(tmp_path, mode, around, fine):
    folder = tmp_path / "secrets"
    folder.mkdir()
    token = folder / "token"
    token.write_text("xoxb-1\n")
    (tmp_path / "link").symlink_to(token)
    token.chmod(mode)
    folder.chmod(around)
    for named in ("secrets/token", str(token), "link"):
        environ = {"SLACK_BOT_TOKEN_FILE": named}
        if fine:
            assert config.secrets(environ, tmp_path) == {"SLACK_BOT_TOKEN": "xoxb-1"}
            continue
        with pytest.raises(ConfigError) as caught:
            config.secrets(environ, tmp_path)
        (problem,) = caught.value.problems
        assert problem.startswith(f"SLACK_BOT_TOKEN_FILE: {tmp_path / named}: other users can read it")
        assert problem.endswith("run chmod 600 on it")


def test_a_containers_secrets_are_readable_for_everybody_inside(tmp_path, monkeypatch):
    secrets, elsewhere = tmp_path / "run" / "secrets", tmp_path / "elsewhere"
    for folder in (secrets, elsewhere):
        folder.mkdir(parents=True)
        (folder / "token").write_text("xoxb-1")
        (folder / "token").chmod(0o444)
        folder.chmod(0o755)
    (secrets / "link").symlink_to(elsewhere / "token")
    monkeypatch.setattr(config, "SECRETS_FOLDER", secrets)
    assert config.secrets({"SLACK_BOT_TOKEN_FILE": str(secrets / "token")}, tmp_path)
    for exposed in (elsewhere / "token", secrets / "link", secrets / ".." / ".." / "elsewhere" / "token"):
        with pytest.raises(ConfigError, match="other users can read it"):
            config.secrets({"SLACK_BOT_TOKEN_FILE": str(exposed)}, tmp_path)


@pytest.mark.parametrize(
    ("url", "has_password"),
    [
        ("postgresql://desk:hunter2@db/desk", True),
        ("postgresql://db/desk?user=desk&password=hunter2", True),
        ("postgresql://desk@db/desk", False),
        ("sqlite:///data/password.db", False),
        ("postgresql://[desk/desk", False),
    ],
)
def test_a_password_in_a_configuration_that_others_can_read_is_refused(tmp_path, url, has_password):
    path = written(tmp_path, f'[store]\nurl = "{url}"\n')
    for mode in (0o600, 0o644, 0o640):
        path.chmod(mode)
        with pytest.raises(ConfigError) as caught:
            config.load(path, {"TELEGRAM_BOT_TOKEN": "hello"})
        told = [problem for problem in caught.value.problems if problem.startswith("store.url: it has a")]
        assert bool(told) == (has_password and mode != 0o600)
        assert "hunter2" not in str(caught.value)


def test_problems_of_options_and_of_secrets_are_told_together():
    environ = {"SLACK_BOT_TOKEN": "xoxb-1", "TELEGRAM_BOT_TOKEN": "hello"}
    with pytest.raises(ConfigError) as caught:
        config.build({"timezon": "UTC"}, Path("/desk"), environ)
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        "timezon", "slack.mode", "TELEGRAM_BOT_TOKEN"
    ]  # fmt: skip


def test_the_webhooks_secret_is_the_same_after_a_reload():
    environ = {"TELEGRAM_BOT_TOKEN": TELEGRAM}
    assert config.build({}, Path("/desk"), environ) == config.build({}, Path("/desk"), environ)


def test_a_secrets_file_is_named_from_the_configurations_folder(tmp_path):
    (tmp_path / "token").write_text("xoxb-1\n")
    assert config.secrets({"SLACK_BOT_TOKEN_FILE": "token"}, tmp_path) == {"SLACK_BOT_TOKEN": "xoxb-1"}


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///:memory:",
        "sqlite://",
        "sqlite:///",
        "sqlite+aiosqlite:///:memory:",
        "sqlite:///file::memory:?cache=shared",
    ],
)
def test_a_store_in_memory_is_refused(url: str):
    (problem,) = problems({"store": {"url": url}})
    assert problem.startswith("store.url: a store in memory")
    with pytest.raises(ConfigError, match=r"^DATABASE_URL: a store in memory"):
        config.build({}, Path("/desk"), {"DATABASE_URL": url})


def test_a_path_of_the_store_starts_at_the_file_also_with_the_driver_named():
    built = config.build({"store": {"url": "sqlite+aiosqlite:///here.db"}}, Path("/desk"), {})
    assert built.store.url == "sqlite+aiosqlite:////desk/here.db"


def test_a_mailbox_is_read_with_its_password_from_the_environment_alone(tmp_path: Path):
    mailbox = {
        "name": "the-letters",
        "kind": "mailbox",
        "host": "IMAP.example.org",
        "user": "desk@example.org",
    }
    raw = {"sources": [{**mailbox, "folder": "News", "moved_to": "Old", "from": ["@one.example"]}]}
    settings = config.build(raw, tmp_path, {"MAILBOX_PASSWORD_THE_LETTERS": "hush hush"})
    [source] = settings.sources
    assert source.url == "imaps://desk%40example.org@imap.example.org:993/News"
    assert source.first is None
    assert source.mailbox == Mailbox(
        "imap.example.org", "desk@example.org", 993, "News", "Old", ("@one.example",), password="hush hush"
    )
    assert "hush" not in f"{settings!r} {source!r}"
    (tmp_path / "password").write_text("from a file\n")
    (tmp_path / "password").chmod(0o600)
    told = {"MAILBOX_PASSWORD_THE_LETTERS_FILE": "password"}
    [source] = config.build(raw, tmp_path, told).sources
    assert source.mailbox
    assert source.mailbox.password == "from a file"
    [source] = config.build(raw, tmp_path, {}).sources
    assert source.mailbox
    assert source.mailbox.password == ""


def test_what_is_wrong_with_a_mailbox_is_said():
    fine = {"kind": "mailbox", "host": "imap.example.org", "user": "desk"}
    bad = [
        {"name": "a", "kind": "mailbox"},
        {**fine, "name": "b", "url": "https://a.example/feed", "pages": "never"},
        {**fine, "name": "c", "tls": False},
        {**fine, "name": "d", "host": "imap.example.org/x", "user": "a\r\nb"},
        {**fine, "name": "e", "from": ["Ann <ann@one.example>"]},
        {**fine, "name": "f", "folder": "x", "moved_to": "x"},
        {"name": "g", "url": "https://a.example/feed", "from": ["@one.example"]},
        {**fine, "name": "h", "password": "hush"},
        {"name": "i"},
        {**fine, "name": "j", "form": []},
    ]
    found = [problem for one in bad for problem in problems({"sources": [one]})]
    for wanted in (
        "sources[0].host: it is required for a mailbox",
        "sources[0].user: it is required for a mailbox",
        "sources[0].pages: a mailbox has none",
        "sources[0].url: a mailbox has none",
        "sources[0].tls: without it the password crosses the network for everybody to read; only this machine may do without",
        'sources[0].host: "imap.example.org/x" is no name of a server; write one like imap.example.org',
        "sources[0].user: 'a\\r\\nb' has characters that cannot be shown",
        'sources[0].from: "Ann <ann@one.example>" is no sender; write one like news@example.org, or @example.org for all of it',
        "sources[0].moved_to: this is the folder itself; name another",
        "sources[0].from: a feed has none",
        "sources[0].url: it is required for a feed",
        "sources[0].form: there is no such option; did you mean `from`?",
    ):
        assert wanted in found
    assert any(one.startswith("sources[0].password: there is no such option") for one in found)
    assert not any("hush" in one for one in found)
    for host in ("localhost", "127.0.0.1", "::1"):
        raw = {"sources": [{**fine, "name": "k", "host": host, "tls": False}]}
        assert config.build(raw, Path("/desk"), {}).sources[0].mailbox
    twice = [{**fine, "name": "l"}, {**fine, "name": "m"}]
    assert len(problems({"sources": twice})) == 1


def test_sources_are_read_and_what_is_wrong_with_them_is_said():
    raw = {
        "fetch": {"private": ["10.1.0.0/16"], "seconds": 5, "contact": "desk@example.org"},
        "sources": [{"name": "harbour", "url": "https://a.example/feed", "every": 5, "silent": 2}],
    }
    settings = config.build(raw, Path("/desk"), {})
    [source] = settings.sources
    assert (source.name, source.every.seconds, source.silent.days, source.pages) == (
        "harbour",
        300,
        2,
        "auto",
    )
    assert str(settings.fetch.private[0]) == "10.1.0.0/16"
    assert settings.fetch.agent == "Copydesk (desk@example.org)"
    bad = [
        {"name": "done", "url": "https://a.example/feed"},
        {"name": "b", "url": "https://user:pw@a.example/feed"},
        {"name": "c", "url": "file:///etc/passwd", "every": 1},
        {"name": "d", "url": "https://a.example/feed", "kind": "mail", "ever": 5},
    ]
    found = "\n".join(
        problems({"sources": bad, "fetch": {"private": ["10.1.0.1/16"], "contact": "a\r\nX-Other: b"}})
    )
    for wanted in (
        'sources[0].name: "done" is the name of a folder',
        "sources[1].url: ",
        "sources[2].url: ",
        "sources[2].every: ",
        "sources[3].kind: ",
        "sources[3].ever: there is no such option; did you mean `every`?",
        'fetch.private: "10.1.0.1/16" is no network',
        "fetch.contact: ",
    ):
        assert wanted in found
    same = [{"name": "a", "url": "https://a.example/"}, {"name": "A", "url": "https://a.example/"}]
    assert problems({"sources": same}) == (
        'sources[1]: "a" is in sources[0] already',
        'sources[1]: "https://a.example/" is in sources[0] already',
    )


def test_the_token_of_the_inbox_is_a_secret_and_not_a_short_one():
    settings = config.build({}, Path("/desk"), {"INBOX_TOKEN": "a-long-enough-token"})
    assert settings.inbox_token == "a-long-enough-token"
    assert "a-long-enough-token" not in repr(settings)
    with pytest.raises(ConfigError, match="INBOX_TOKEN: it can be guessed"):
        config.build({}, Path("/desk"), {"INBOX_TOKEN": "short"})


def test_every_secret_that_the_environment_may_have_is_explained():
    told = EXAMPLE.read_text(encoding="utf-8") + (EXAMPLE.parent / "README.md").read_text(encoding="utf-8")
    assert [name for name in (*config.SECRETS, *PREFIXES) if name not in told] == []
