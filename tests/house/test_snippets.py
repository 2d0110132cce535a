"""What the documents give to copy works: configuration is accepted, commands are there with their options, shell and JSON are whole."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest
import yaml

from bot import config
from bot.cli.commands import copydesk
from bot.source_options import PREFIXES

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
FILES = [
    ROOT / "config.example.toml",
    ROOT / "Procfile",
    *sorted(path for path in (ROOT / "deploy").iterdir() if path.is_file()),
]
SECRETS = {
    **{name: f"fictional-{name.lower()}-0123456789-0123456789" for name in config.SECRETS},
    "TELEGRAM_BOT_TOKEN": "7000000001:AAfictional-token_of_a_test",
    "SLACK_BOT_TOKEN": "xoxb-fictional-0123456789",
    "SLACK_APP_TOKEN": "xapp-1-fictional",
    "SMTP_URL": "smtps://desk:fictional@mail.example",
    "DATABASE_URL": "postgresql://desk@db.example/copydesk",
    **{f"{prefix}{name}": "fictional" for prefix in PREFIXES for name in ("LETTERS", "GMAIL", "OFFICE")},
}
"""An environment in which every option may be set."""

SMALLEST: dict[str, Any] = {"email": {"sender": "Copydesk <desk@example.org>"}}


class Snippet(NamedTuple):
    """A fenced block of a document, or one of the files to copy."""

    path: Path
    line: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.path.name}:{self.line}"


def fenced(path: Path) -> Iterator[Snippet]:
    text = path.read_text(encoding="utf-8")
    for found in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield Snippet(path, text.count("\n", 0, found.start()) + 1, found[1], found[2])


SNIPPETS = [
    *(one for path in PAGES for one in fenced(path)),
    *(Snippet(path, 1, path.suffix[1:], path.read_text(encoding="utf-8")) for path in FILES),
]


def of(*kinds: str) -> list[Any]:
    return [pytest.param(one, id=str(one)) for one in SNIPPETS if one.kind in kinds]


def merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    both = {**below, **above}
    return {
        name: merged(below[name], value)
        if isinstance(below.get(name), dict) and isinstance(value, dict)
        else value
        for name, value in both.items()
    }


def options_of(snippet: Snippet) -> dict[str, Any]:
    """The snippet's options; lines without a table go on with the table that the document had last."""
    own = tomllib.loads(snippet.text)
    if own and not any(isinstance(value, dict | list) for value in own.values()):
        before = [
            one
            for one in SNIPPETS
            if one.path == snippet.path and one.kind == "toml" and one.line < snippet.line
        ]
        return tomllib.loads(f"{before[-1].text}\n{snippet.text}")
    return own


@pytest.mark.parametrize("snippet", of("toml"))
def test_toml_is_a_configuration_that_the_desk_takes(snippet):
    config.build(merged(SMALLEST, options_of(snippet)), Path("/desk"), SECRETS)


@pytest.mark.parametrize("snippet", of("json"))
def test_json_is_whole(snippet):
    text = snippet.text.strip()
    json.loads(text if text.startswith(("{", "[")) else f"{{{text}}}")


@pytest.mark.parametrize("snippet", of("yaml", "yml"))
def test_yaml_is_whole(snippet):
    assert yaml.safe_load(snippet.text)


def test_shell_can_be_read_by_a_shell():
    for snippet in SNIPPETS:
        if snippet.kind in {"sh", "bash", "shell"}:
            read = subprocess.run(
                ["bash", "-n"], input=snippet.text, capture_output=True, text=True, check=False
            )
            assert (read.returncode, read.stderr) == (0, ""), str(snippet)


def test_no_block_is_of_a_kind_that_nobody_checks():
    assert {one.kind for one in SNIPPETS} <= {
        *("toml", "json", "yaml", "yml", "sh", "bash", "shell", "mermaid", "lock", "service", "py"),
        *(
            "",
            "Dockerfile",
            "dockerignore",
        ),  # samples of what is printed, and what tests/house/test_deploy.py reads
        "html",  # tests/sources/test_clipping.py opens it in a browser
    }


# --- commands --------------------------------------------------------------------------------------

_PROGRAM = r"(?:[^\s`]+/)?copydesk"
_INLINE = re.compile(rf"`(?:\$ )?{_PROGRAM} ([^`]+)`")
_LINE = re.compile(
    rf"^(?:\$ |\w+: )?(?:.* && |docker compose .* )?{_PROGRAM} ([a-z-][^#|;&\n]*)", re.MULTILINE
)


def commands() -> Iterator[tuple[str, str, bool]]:
    """Where, what stands behind ``copydesk``, and whether it is to be typed as it is."""
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
        yield from ((path.name, found[1], False) for found in _INLINE.finditer(prose))
    for snippet in SNIPPETS:
        yield from (
            (str(snippet), found[1], True)
            for found in _LINE.finditer(snippet.text)
            if snippet.kind in {"sh", "bash", ""}
        )


def words_of(told: str) -> list[str]:
    """The words as somebody types them who fills in what is in capitals; what is in brackets may be left out, and is kept."""
    plain = re.sub(r"[\[\]…]", " ", told.rstrip("\\ "))
    return [
        "12" if word in {"N", "ID"} else word
        for word in shlex.split(re.sub(r"\b(?:24h|TIME)\b", "24h", plain))
    ]


def parsed(words: list[str]) -> None:
    """Have the desk's own parser read the words, down to the last command. Raises click.UsageError."""
    command: click.Command = copydesk
    context: click.Context | None = None
    name: str | None = "copydesk"
    while command is not None:
        context = command.make_context(name, list(words), parent=context)
        rest = [*context._protected_args, *context.args]  # where click keeps a group's command and its words
        if not isinstance(command, click.Group) or not rest:
            return
        name, command, words = command.resolve_command(context, rest)  # type: ignore[assignment]  # click gives None only to a parser that forgives


def test_every_command_that_a_document_writes_is_taken_by_the_parser(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found, wrong = 0, []
    for where, told, whole in commands():
        words = words_of(told)
        for word in words:
            if re.fullmatch(r"FILE\S*|\S+\.(db|jsonl|gz|opml)", word):
                Path(word).touch()
        found += 1
        try:
            parsed(words)
        except click.exceptions.Exit:
            pass  # --help and --version
        except (click.MissingParameter, click.exceptions.NoArgsIsHelpError):
            if whole:
                wrong.append(f"{where}: copydesk {told}: it lacks something")
        except click.UsageError as error:
            wrong.append(f"{where}: copydesk {told}: {error.format_message()}")
    assert wrong == []
    assert found > 100


def test_every_target_of_make_that_a_document_names_is_there():
    there = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = [
        text for path in PAGES for text in re.findall(r"`make ([^`]+)`", path.read_text(encoding="utf-8"))
    ]
    told += [
        text
        for one in SNIPPETS
        if one.kind == "sh"
        for text in re.findall(r"^make (.*?)(?:#|$)", one.text, re.MULTILINE)
    ]
    named = {word for text in told for word in text.split() if word.islower()}
    assert named - there == set()
    assert len(named) > 8


def test_every_option_that_a_document_names_with_its_table_is_there():
    """As "`[inbox] readers`" and "`web.port`" are."""
    from bot.options import WholeFile

    example = tomllib.loads((ROOT / "config.example.toml").read_text(encoding="utf-8"))
    wrong = []
    for path in PAGES[:1] + PAGES[3:]:
        for table, option in re.findall(
            r"`\[+([a-z]+)\]+ ([a-z_]+)(?=[` =])", path.read_text(encoding="utf-8")
        ):
            part = example.get(table)
            names = set().union(*part) if isinstance(part, list) else set(part or ())
            if table not in WholeFile.model_fields or option not in names:
                wrong.append(f"{path.name}: [{table}] {option}")
    assert wrong == []
