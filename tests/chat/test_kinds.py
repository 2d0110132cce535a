"""Every kind of message as each platform gets it. COPYDESK_GOLDEN=1 writes the files anew.

Judges that others wrote read each of them: slack_sdk's models here, Telegram's own parser in `read`.
"""

from __future__ import annotations

import ast
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from slack_sdk.models.blocks import Block as SlackBlock

import bot
from bot.chat.email import letter
from bot.chat.slack import blocks
from bot.chat.telegram import html
from bot.domain.message import Message
from tests.chat.kinds import KINDS
from tests.chat.test_telegram_html import read
from tests.doubles.slack_rules import content
from tests.parsing import parsed

GOLDEN = Path(__file__).parent / "golden"
HOUSE = Path(bot.__file__).parent
RENDERERS = HOUSE / "chat"
"""What is here makes other things of messages."""


def as_slack(message: Message) -> str:
    parts = [
        {"body": json.loads(part.body), "plain": part.plain.split("\n")}
        | ({"under": part.under} if part.under else {})
        for part in blocks.render(message)
    ]
    return json.dumps(parts, ensure_ascii=False, indent=1) + "\n"


def as_telegram(message: Message) -> str:
    shown = []
    for payload in html.render(message):
        body = json.loads(payload.body)
        markup = body.get("reply_markup")
        above = f"(in the thread of part {payload.under})\n" if payload.under else ""
        shown.append(
            above + body["text"] + (f"\n---\n{json.dumps(markup, ensure_ascii=False)}" if markup else "")
        )
    return "\n=== the next part\n".join(shown) + "\n"


def as_email(message: Message) -> str:
    letters = [json.loads(payload.body) for payload in letter.render(message)]
    return "".join(f"{one['subject']}\n\n{one['text']}\n{one['html']}" for one in letters)


PLATFORMS = {"slack_{}.json": as_slack, "telegram_{}.html": as_telegram, "email_{}.html": as_email}


LETTERS = {kind for kind in KINDS if "digest" in kind or kind.startswith(("owner", "subscriber", "threaded"))}
"""What goes to a platform where nobody asks."""

CASES = [
    (kind, file) for kind in KINDS for file in PLATFORMS if kind in LETTERS or not file.startswith("email")
]


@pytest.mark.parametrize(("kind", "file"), CASES)
def test_a_message_looks_like_this(kind: str, file: str):
    written = PLATFORMS[file](KINDS[kind]())
    path = GOLDEN / file.format(kind)
    if os.environ.get("COPYDESK_GOLDEN"):
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_slack_sdk_and_the_double_take_it(kind: str):
    payloads = blocks.render(KINDS[kind]())
    assert payloads
    for part in payloads:
        body = json.loads(part.body)
        parsed = SlackBlock.parse_all(body["blocks"])
        assert len(parsed) == len(body["blocks"])
        for block in parsed:
            block.validate_json()
        assert content(body).text == body["text"]


@pytest.mark.parametrize("kind", KINDS)
def test_telegrams_own_parser_takes_it(kind: str):
    payloads = html.render(KINDS[kind]())
    assert payloads
    for payload in payloads:
        read(payload)


def test_the_golden_files_are_those_of_the_list():
    assert {path.name for path in GOLDEN.iterdir()} == {file.format(kind) for kind, file in CASES}


def makers() -> Iterator[tuple[str, str]]:
    """Where functions that make a message begin: those that call `Message`, and the layouts that return one."""
    for path in sorted(HOUSE.rglob("*.py")):
        if RENDERERS in path.parents:
            continue
        for node in ast.walk(parsed(path)) if "Message" in path.read_text(encoding="utf-8") else ():
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            calls = any(isinstance(one, ast.Call) and _is_message(one.func) for one in ast.walk(node))
            gives = node.returns is not None and any(map(_is_message, ast.walk(node.returns)))
            if calls or (gives and path.parent.name == "digest"):
                yield str(path), node.name


def _is_message(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "Message"


def test_the_list_reaches_every_function_that_makes_a_message():
    wanted = set(makers())
    reached: set[tuple[str, str]] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            reached.add((frame.f_code.co_filename, frame.f_code.co_name))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        for kind in KINDS.values():
            kind()
    finally:
        sys.setprofile(before)
    assert len(wanted) >= 16
    missing = sorted(f"{Path(path).relative_to(HOUSE.parent)}: {name}" for path, name in wanted - reached)
    assert missing == [], "they make messages that no kind in tests/chat/kinds.py shows"
