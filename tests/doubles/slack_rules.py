"""What Slack refuses in a message, in Slack's own words: the limits of texts, metadata and views.

Limits: docs.slack.dev/reference/block-kit and /reference/methods/chat.postMessage. Where Slack publishes no figure
the double takes the strictest known one and the constant says so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.slack_blocks import Json, problems_in, strings_in, text_problems

TEXT_MOST = 40_000  # chat.postMessage cuts here, with a warning
UPDATE_TEXT_MOST = 4_000  # chat.update refuses beyond
BLOCKS_MOST = 50
VIEW_BLOCKS_MOST = 100
BLOCKS_TEXT_MOST = 13_200  # unpublished; slackapi/bolt-js#2509
MARKDOWN_MOST = 12_000
ATTACHMENTS_MOST = 100
METADATA_MOST = 1_024  # bytes of JSON; Slack publishes no figure, so the double is strict
VIEW_BYTES_MOST = 250_000
PRIVATE_METADATA_MOST = 3_000
VIEW_WORDS_MOST = 24


class Refused(Exception):
    """Slack's `{"ok": false, "error": ...}`, with whatever stands beside it."""

    def __init__(self, error: str, messages: tuple[str, ...] = (), **beside: Any) -> None:
        super().__init__(error, *messages)
        self.error = error
        self.messages = messages
        self.beside = beside

    @property
    def answer(self) -> Json:
        """The body that Slack sends."""
        body: Json = {"ok": False, "error": self.error, **self.beside}
        if self.messages:
            body["errors"] = list(self.messages)
            body["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self.messages]}
        return body


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says, after Slack's own corrections."""

    text: str
    blocks: list[Json]
    warnings: list[str] = field(default_factory=list)


def structured(value: Any, refusal: str) -> Any:
    """A nested argument: an object already, or the JSON string that a form carries."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value else None
    except ValueError:
        raise Refused(refusal) from None


def content(arguments: Json, *, text_most: int | None = None) -> Content:
    """The text and blocks of a message, or the refusal that Slack would give."""
    if arguments.get("markdown_text"):
        return _markdown_content(arguments)
    text = str(arguments.get("text") or "")
    blocks = checked_blocks(arguments.get("blocks"))
    attachments = structured(arguments.get("attachments"), "invalid_attachments") or []
    if len(attachments) > ATTACHMENTS_MOST:
        raise Refused("too_many_attachments")
    if not text.strip() and not blocks and not attachments:
        raise Refused("no_text")
    if text_most is not None and len(text) > text_most:
        raise Refused("msg_too_long")
    if len(text) > TEXT_MOST:
        return Content(text[:TEXT_MOST], blocks, ["message_truncated"])
    return Content(text, blocks)


def _markdown_content(arguments: Json) -> Content:
    if arguments.get("text") or arguments.get("blocks"):
        raise Refused("markdown_text_conflict")
    if len(arguments["markdown_text"]) > MARKDOWN_MOST:
        raise Refused("msg_too_long")
    return Content(arguments["markdown_text"], [])


def checked_blocks(value: Any) -> list[Json]:
    """The blocks of a message, as given; raises invalid_blocks_format, invalid_blocks or msg_blocks_too_long."""
    blocks = structured(value, "invalid_blocks_format")
    if blocks is None:
        return []
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise Refused("invalid_blocks_format")
    problems = tuple(problems_in(blocks, most=BLOCKS_MOST, at="/blocks"))
    if problems:
        raise Refused("invalid_blocks", problems)
    if sum(len(words) for words in strings_in(blocks)) > BLOCKS_TEXT_MOST:
        raise Refused("msg_blocks_too_long")
    markdown = [block["text"] for block in blocks if block["type"] == "markdown"]
    if sum(map(len, markdown)) > MARKDOWN_MOST:
        raise Refused("msg_too_long")
    return blocks


def metadata(value: Any) -> Json | None:
    """The metadata of a message; raises Slack's three metadata errors."""
    given = structured(value, "invalid_metadata_format")
    if given is None or given == {}:
        return None
    if not isinstance(given, dict):
        raise Refused("invalid_metadata_format")
    kind, payload = given.get("event_type"), given.get("event_payload")
    known = set(given) <= {"event_type", "event_payload", "entities"}
    if not (isinstance(kind, str) and kind and isinstance(payload, dict) and known):
        raise Refused("invalid_metadata_schema")
    if len(json.dumps(given).encode()) > METADATA_MOST:
        raise Refused("metadata_too_large")
    return given


def view(value: Any, kind: str) -> Json:
    """A modal or a Home tab; raises invalid_arguments or view_too_large."""
    given = structured(value, "invalid_arguments")
    if not isinstance(given, dict):
        raise Refused("invalid_arguments", ("missing required field: view",))
    if len(json.dumps(given).encode()) > VIEW_BYTES_MOST:
        raise Refused("view_too_large")
    problems = tuple(_view_problems(given, kind))
    if problems:
        raise Refused("invalid_arguments", problems)
    return given


def _view_problems(given: Json, kind: str) -> list[str]:
    blocks = given.get("blocks")
    if given.get("type") != kind:
        return [f"must be {kind} [json-pointer:/view/type]"]
    if not isinstance(blocks, list):
        return ["missing required field: blocks [json-pointer:/view]"]
    problems = list(problems_in(blocks, most=VIEW_BLOCKS_MOST, at="/view/blocks"))
    for name, most in (("private_metadata", PRIVATE_METADATA_MOST), ("callback_id", 255)):
        if len(given.get(name) or "") > most:
            problems.append(f"must be less than {most + 1} characters [json-pointer:/view/{name}]")
    if kind == "modal":
        problems += _modal_problems(given, blocks)
    return problems


def _modal_problems(given: Json, blocks: list[Json]) -> list[str]:
    problems = []
    for name in ("title", "submit", "close"):
        if name in given or name == "title":
            at = f"/view/{name}"
            problems += text_problems(given.get(name), at, most=VIEW_WORDS_MOST, kinds=("plain_text",))
    if any(block.get("type") == "input" for block in blocks) and "submit" not in given:
        problems.append("missing required field: submit [json-pointer:/view]")
    return problems
