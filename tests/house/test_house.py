"""The house itself: sizes, names and rooms. Each check asserts that it looked at something."""

from __future__ import annotations

import ast
import functools
import importlib
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import AT_HAND
from tests.parsing import parsed

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(p for p in (ROOT / "bot").rglob("*.py") if "versions" not in p.parts)
BANNED = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "manager",
    "handler",
    "handlers",
    "service",
    "base",
    "core",
    "misc",
}
LINES, FUNCTION = 400, 40
LOOSE, IN_A_ROOM = 8, 16
"""Modules straight in `bot`, and in any of its rooms."""

TABLES = [ROOT / "bot" / "wording" / "catalogues"]
"""Rooms of data alone: a language is one file, as long as there are texts."""

PLATFORMS = sorted({p.parent.name for p in SOURCES if p.parent.parent == ROOT / "bot" / "chat"})
NAMED_ELSEWHERE = {
    "bot/platforms.py": set(PLATFORMS),  # the list of them
    "bot/domain/model.py": {"console"},  # the desk's own terminal, which is always there
    "bot/cli/commands.py": {"console"},  # what a command prints looks as it does there
    "bot/cli/inspection.py": {"console"},
    "bot/cli/preview.py": {"console"},
    "bot/article/formats/mail.py": {"email"},  # the standard library's package of that name
    "bot/sources/posted.py": {"email"},  # as above
    "bot/article/html/sections.py": {"email"},  # a kind of field in forms
    "bot/summary/sentence_signs.py": {"email"},
    "bot/wording/platform_reasons.py": {
        "email",
        "slack",
        "telegram",
    },  # texts, which each language has in one place
    "bot/wording/timing.py": {"email", "slack", "telegram"},  # where people ask to have it sent
    "bot/article/text/boilerplate.py": {"email", "telegram"},  # where pages offer to share them
}
"""Files outside the platforms' rooms that may name one in their code."""


def functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_the_walk_saw_the_whole_house():
    assert len(SOURCES) > 200
    assert {p.relative_to(ROOT / "bot").parts[0] for p in SOURCES if p.parent != ROOT / "bot"} == {
        "archive", "article", "chat", "cli", "conversation", "delivery", "digest", "domain", "grammar", "inbox", "ingest", "queue", "quotes", "runtime",
        "search", "sources", "store", "stories", "summary", "text", "views", "web", "wording",
    }  # fmt: skip


def test_no_room_is_crowded():
    rooms = Counter(p.parent.relative_to(ROOT).as_posix() for p in SOURCES if p.stem != "__init__")
    assert rooms.pop("bot") <= LOOSE
    assert {room: count for room, count in rooms.items() if count > IN_A_ROOM} == {}


def test_tests_stand_in_rooms():
    assert len(list((ROOT / "tests").glob("*/test_*.py"))) > 0
    assert {path.stem.removeprefix("test_") for path in (ROOT / "tests").glob("test_*.py")} <= {
        "config"
    }  # bot/config.py


def test_every_room_is_in_the_plan():
    plan = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    rooms = {p.parent.relative_to(ROOT / "bot").as_posix() for p in SOURCES} - {".", "store/migrations"}
    rooms -= {f"chat/{name}" for name in PLATFORMS}  # `bot/platforms.py` lists them
    assert "`chat/PLATFORM`" in plan
    assert [room for room in sorted(rooms) if f"`{room}`" not in plan] == []


def faults(path: Path) -> Iterator[str]:
    """What is too large or named badly in a file."""
    text = path.read_text(encoding="utf-8")
    tree = parsed(path)
    if len(text.splitlines()) > LINES and path.parent not in TABLES:
        yield f"longer than {LINES} lines"
    if path.stem in BANNED:
        yield "a name that says nothing"
    if not ast.get_docstring(tree):
        yield "no docstring"
    for one in functions(tree):
        if one.end_lineno and one.end_lineno - one.lineno >= FUNCTION:
            yield f"{one.name}: {one.end_lineno - one.lineno + 1} lines"
    if path.stem == "__init__" and len(tree.body) != 1:
        yield "more than a docstring"


def test_each_file_is_small_and_well_named():
    assert [f"{path.relative_to(ROOT)}: {fault}" for path in SOURCES for fault in faults(path)] == []


def test_rooms_have_rooms_only_where_there_are_kinds():
    nested = {p.parent.relative_to(ROOT).as_posix() for p in SOURCES if len(p.relative_to(ROOT).parts) > 3}
    assert nested == {
        "bot/article/fields", "bot/article/formats", "bot/article/html", "bot/article/pdf", "bot/article/several", "bot/article/text",
        "bot/cli/library", "bot/conversation/finding", "bot/conversation/remembered", "bot/conversation/subscribing", "bot/domain/times", "bot/quotes/attribution", "bot/quotes/people", "bot/quotes/phrases", "bot/sources/mailbox", "bot/store/delivery", "bot/store/migrations", "bot/store/sql", "bot/store/transfer", "bot/wording/catalogues", "bot/wording/chat", "bot/wording/heard", "bot/wording/web", *(f"bot/chat/{name}" for name in PLATFORMS),
    }  # fmt: skip


def imported(tree: ast.Module) -> set[str]:
    return {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}


def chat_room(module: str) -> str | None:
    """The platform whose room the module is in."""
    parts = module.split(".")
    return parts[2] if parts[:2] == ["bot", "chat"] and len(parts) > 2 and parts[2] in PLATFORMS else None


def test_platforms_do_not_know_each_other():
    seen = set()
    for path in (ROOT / "bot" / "chat").rglob("*.py"):
        own = path.parent.name if path.parent.name in PLATFORMS else None
        rooms = {room for module in imported(parsed(path)) if (room := chat_room(module))}
        assert rooms <= {own}, path
        seen |= rooms
    assert seen == set(PLATFORMS)


def code_words(tree: ast.Module) -> Iterator[str]:
    """Names and texts of the code, not what is said about it; the word console counts in texts and modules alone.

    Rich has one, too, and the constant of that name is everybody's.
    """
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in said:
                yield text
            case ast.ImportFrom(module=str(name)) if name.startswith("bot."):
                yield name
            case (
                ast.alias(name=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)) | ast.Attribute(attr=name)
                | ast.Name(id=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
            ):  # fmt: skip
                yield name.lower().replace("console", "")


def test_platforms_are_named_in_their_rooms_and_in_the_list():
    found: dict[str, set[str]] = {}
    for path in SOURCES:
        if path.parent.parent == ROOT / "bot" / "chat" or path.parent in TABLES:
            continue
        text = path.read_text(encoding="utf-8").lower()
        if not any(name in text for name in PLATFORMS):
            continue  # most files, which need not be parsed for it
        for word in code_words(parsed(path)):
            if names := {name for name in PLATFORMS if name in word.lower()}:
                found.setdefault(path.relative_to(ROOT).as_posix(), set()).update(names)
    assert found == NAMED_ELSEWHERE


def test_every_module_can_be_imported():
    names = [".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for p in SOURCES]
    seen = [
        importlib.import_module(name) for name in names if "migrations" not in name and "__main__" not in name
    ]
    assert len(seen) > 40


@functools.cache
def imported_by_help() -> frozenset[str]:
    code = "import sys, bot.cli.commands; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True)
    return frozenset(run.stdout.split())


@pytest.mark.parametrize(
    "heavy", ["sqlalchemy", "numpy", "sumy", "tantivy", "telegram", "slack_bolt", "pydantic", "rich"]
)
def test_help_imports_nothing_heavy(heavy):
    assert "bot.cli.commands" in imported_by_help()
    assert heavy not in imported_by_help()


def test_the_list_of_platforms_imports_no_platforms_library():
    code = "import sys, bot.platforms; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True)
    found = set(run.stdout.split())
    assert "bot.chat.slack.platform" in found
    assert found.isdisjoint({"telegram", "slack_sdk", "slack_bolt", "aiohttp", "httpx", "rich"})


READERS = {
    "sumy",
    "punkt",
    "lxml",
    "trafilatura",
    "requests",
    "numpy",
    "aiohttp",
    "bot.article.extract",
    "bot.digest.compose",
}
"""What reading, composing and serving stand on: their processes, and a server that is wanted, load it."""


def test_a_desk_loads_nothing_that_only_its_workers_need():
    code = "import sys, bot.cli.run, bot.cli.ingest, bot.cli.inspection; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True)
    found = set(run.stdout.split())
    assert "sqlalchemy" in found
    assert found.isdisjoint(READERS)


def test_a_composer_loads_nothing_that_only_summaries_of_one_article_need():
    """It stays at hand as long as the desk runs."""
    code = f"import importlib, sys; [importlib.import_module(one) for one in {AT_HAND.preload!r}]; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True)
    found = set(run.stdout.split())
    assert "bot.summary.newsrank" in found
    assert found.isdisjoint({"sumy", "nltk", "requests", "lxml", "trafilatura"})
