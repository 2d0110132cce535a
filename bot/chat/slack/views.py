"""A person's Home tab, and forms, as Slack's views; and what was filled into one. Pure.

docs.slack.dev/reference/views: a Home tab has 100 blocks, a form's words 24 characters, what it carries unseen 3,000.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from bot.chat.slack.blocks import LONGEST_LABEL, render
from bot.chat.slack.parts import Json
from bot.chat.slack.text import cut, safe
from bot.domain.message import Box, Button, Buttons, Field, Form, Message
from bot.wording.chat import editing
from bot.wording.language import say

MOST_BLOCKS = 100
LONGEST_TITLE = 24
LONGEST_FIELD = 2_000
"""Characters that Slack lets people type; who forges a form may send more."""

LONGEST_HINT = 2_000
VALUE = "value"
"""The action id of every field: its block id is its name."""

HOME = "home"
"""The action of the button that leads to the first page of a Home tab."""


def home_view(message: Message) -> Json:
    """The message as a person's Home tab; a page that has no box to type into gets a way back to the one that has."""
    back = () if any(isinstance(one, Box) for one in message.blocks) else (_way_back(),)
    blocks: list[Json] = []
    for is_box, group in groupby((*message.blocks, *back), lambda one: isinstance(one, Box)):
        some = tuple(group)
        if is_box:
            blocks += [_box(one) for one in some if isinstance(one, Box)]
            continue
        for part in render(replace(message, blocks=some)):
            blocks += json.loads(part.body)["blocks"]
    if len(blocks) > MOST_BLOCKS:
        (kept,) = render(Message((_way_back(),)))
        blocks = [*blocks[: MOST_BLOCKS - 1], *json.loads(kept.body)["blocks"]]
    return {"type": "home", "blocks": blocks}


def form_view(form: Form, carried: Mapping[str, str]) -> Json:
    """The form as a modal that brings ``carried`` back."""
    told = [block for part in render(Message(form.told)) for block in json.loads(part.body)["blocks"]]
    fields = [_field(one) for one in form.fields]
    return {
        "type": "modal",
        "callback_id": form.answer.action,
        "private_metadata": json.dumps({**carried, "value": form.answer.value}),
        "title": _plain(form.title, LONGEST_TITLE),
        "submit": _plain(form.answer.label, LONGEST_TITLE),
        "close": _plain(say(editing.CANCEL), LONGEST_TITLE),
        "blocks": [*told[: MOST_BLOCKS - len(fields)], *fields],
    }


def notice_view(message: Message) -> Json:
    """A word to a person, who can only close it."""
    blocks = [block for part in render(message) for block in json.loads(part.body)["blocks"]]
    close = _plain(say(editing.CLOSE), LONGEST_TITLE)
    title = _plain(say(editing.NOTICE), LONGEST_TITLE)
    return {"type": "modal", "title": title, "close": close, "blocks": blocks[:MOST_BLOCKS]}


def carried(view: Mapping[str, Any]) -> dict[str, str]:
    """What a form brings back; empty for a view that the desk did not make."""
    try:
        found = json.loads(str(view.get("private_metadata", "")))
    except ValueError:
        return {}
    return {str(name): str(one) for name, one in found.items()} if isinstance(found, dict) else {}


def filled(view: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The fields of a form and what stands in them, as far as it has the shape that Slack gives it."""
    state = view.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    found: list[tuple[str, str]] = []
    for name, block in values.items() if isinstance(values, Mapping) else ():
        given = block.get(VALUE) if isinstance(block, Mapping) else None
        if not isinstance(given, Mapping):
            continue
        chosen = given.get("selected_option")
        text = chosen.get("value") if isinstance(chosen, Mapping) else given.get("value")
        found.append((str(name), text if isinstance(text, str) else ""))
    return tuple(found)


def _way_back() -> Buttons:
    return Buttons((Button(say(editing.HOME), HOME, ""),))


def _plain(text: str, most: int) -> Json:
    return {"type": "plain_text", "text": cut(" ".join(safe(text).split()), most), "emoji": False}


def _box(box: Box) -> Json:
    element = {
        "type": "plain_text_input",
        "action_id": box.action,
        "max_length": LONGEST_FIELD,
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    label = _plain(box.label, LONGEST_HINT)
    return {"type": "input", "dispatch_action": True, "label": label, "element": element}


def _field(field: Field) -> Json:
    element: Json = {"type": "plain_text_input", "action_id": VALUE, "max_length": LONGEST_FIELD}
    if field.value:
        element["initial_value"] = cut(safe(field.value), LONGEST_FIELD)
    if field.choices:
        options = [{"text": _plain(label, LONGEST_LABEL), "value": value} for value, label in field.choices]
        element = {"type": "static_select", "action_id": VALUE, "options": options}
        chosen = [one for one in options if one["value"] == field.value]
        element |= {"initial_option": chosen[0]} if chosen else {}
    block: Json = {"type": "input", "block_id": field.name, "label": _plain(field.label, LONGEST_HINT)}
    hint = {"hint": _plain(field.hint, LONGEST_HINT)} if field.hint else {}
    return {**block, **hint, "optional": not field.needed, "element": element}
