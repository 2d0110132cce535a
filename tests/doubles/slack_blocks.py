"""Block Kit's own rules: which blocks and elements there are, what they need, how long they may be.

Limits from docs.slack.dev/reference/block-kit, @slack/types and slack_sdk.models; lengths count code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]
Problems = Iterator[str]
Rule = Callable[[Json, str], Problems]

ID_MOST = 255
URL_MOST = 3_000
BOTH = ("plain_text", "mrkdwn")
PLAIN = ("plain_text",)
SELECTS = frozenset(
    f"{many}{what}_select"
    for many in ("", "multi_")
    for what in ("static", "external", "users", "conversations", "channels")
)
PICKERS = frozenset({"datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons"})
PRESSED = frozenset({"button", "overflow"}) | SELECTS | PICKERS
TYPED = frozenset({"plain_text_input", "number_input", "email_text_input", "url_text_input"})
RICH = frozenset({"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"})
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+\Z", re.IGNORECASE)

FIELDS = {
    "section": "text fields accessory expand",
    "header": "text",
    "divider": "",
    "context": "elements",
    "actions": "elements",
    "image": "image_url alt_text title slack_file",
    "input": "label element dispatch_action hint optional",
    "rich_text": "elements",
    "markdown": "text",
    "table": "rows column_settings",
}


def problems_in(blocks: list[Any], *, most: int, at: str) -> Problems:
    """What Slack would say against these blocks; nothing when it takes them."""
    if len(blocks) > most:
        yield f"no more than {most} items allowed [json-pointer:{at}]"
        return
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        here = f"{at}/{number}"
        yield from _block_problems(block, here)
        name = block.get("block_id") if isinstance(block, dict) else None
        if name and name in seen:
            yield f'`block_id` "{name}" already exists [json-pointer:{here}/block_id]'
        seen.add(str(name))


def _block_problems(block: Any, at: str) -> Problems:
    if not isinstance(block, dict):
        yield f"must provide an object [json-pointer:{at}]"
        return
    kind = block.get("type")
    if kind not in FIELDS:
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
        return
    for name in sorted(set(block) - {"type", "block_id", *FIELDS[kind].split()}):
        yield f"invalid additional property: {name} [json-pointer:{at}]"
    yield from _length(block.get("block_id"), f"{at}/block_id", ID_MOST)
    yield from BLOCKS[kind](block, at)


def text_problems(
    value: Any, at: str, *, most: int, kinds: tuple[str, ...] = BOTH, least: int = 1
) -> list[str]:
    """What is wrong with a text object."""
    if value is None:
        where, _, name = at.rpartition("/")
        return [f"missing required field: {name} [json-pointer:{where}]"]
    if not isinstance(value, dict):
        return [f"must provide an object [json-pointer:{at}]"]
    if value.get("type") not in kinds:
        return [f"must be one of {', '.join(kinds)} [json-pointer:{at}/type]"]
    allowed = {"type", "text", *(("emoji",) if value["type"] == "plain_text" else ("verbatim",))}
    extra = [f"invalid additional property: {name} [json-pointer:{at}]" for name in set(value) - allowed]
    return extra + list(_length(value.get("text"), f"{at}/text", most, least=least, needed=True))


def _length(value: Any, at: str, most: int, *, least: int = 0, needed: bool = False) -> Problems:
    if value is None and not needed:
        return
    if not isinstance(value, str):
        yield f"must be a string [json-pointer:{at}]"
    elif len(value) > most:
        yield f"must be less than {most + 1} characters [json-pointer:{at}]"
    elif len(value) < least:
        yield f"must be more than {least - 1} characters [json-pointer:{at}]"


def _items(value: Any, at: str, most: int, least: int = 1) -> Problems:
    if not isinstance(value, list):
        where, _, name = at.rpartition("/")
        yield f"missing required field: {name} [json-pointer:{where}]"
    elif len(value) > most:
        yield f"no more than {most} items allowed [json-pointer:{at}]"
    elif len(value) < least:
        yield f"no less than {least} items allowed [json-pointer:{at}]"


def _address(value: Any, at: str) -> Problems:
    yield from _length(value, at, URL_MOST, least=1, needed=True)
    if isinstance(value, str) and value and not _ADDRESS.match(value):
        yield f"must be a valid URL [json-pointer:{at}]"


def _section(block: Json, at: str) -> Problems:
    if "text" not in block and not block.get("fields"):
        yield f"missing required field: text [json-pointer:{at}]"
    if "text" in block:
        yield from text_problems(block["text"], f"{at}/text", most=3_000)
    if "fields" in block:
        yield from _items(block["fields"], f"{at}/fields", 10)
        for number, words in enumerate(block["fields"]):
            yield from text_problems(words, f"{at}/fields/{number}", most=2_000)
    if "accessory" in block:
        yield from _element(block["accessory"], f"{at}/accessory", PRESSED | {"image"})


def _header(block: Json, at: str) -> Problems:
    yield from text_problems(block.get("text"), f"{at}/text", most=150, kinds=PLAIN)


def _context(block: Json, at: str) -> Problems:
    yield from _items(block.get("elements"), f"{at}/elements", 10)
    for number, element in enumerate(block.get("elements") or []):
        here = f"{at}/elements/{number}"
        if isinstance(element, dict) and element.get("type") in BOTH:
            yield from text_problems(element, here, most=3_000)
        else:
            yield from _element(element, here, frozenset({"image"}))


def _actions(block: Json, at: str) -> Problems:
    yield from _items(block.get("elements"), f"{at}/elements", 25)
    seen: set[str] = set()
    for number, element in enumerate(block.get("elements") or []):
        here = f"{at}/elements/{number}"
        yield from _element(element, here, PRESSED)
        name = element.get("action_id") if isinstance(element, dict) else None
        if name and name in seen:
            yield f'`action_id` "{name}" already exists [json-pointer:{here}/action_id]'
        seen.add(str(name))


def _image(block: Json, at: str) -> Problems:
    if "slack_file" not in block:
        yield from _address(block.get("image_url"), f"{at}/image_url")
    yield from _length(block.get("alt_text"), f"{at}/alt_text", 2_000, least=1, needed=True)
    if isinstance(block.get("title"), dict):
        yield from text_problems(block["title"], f"{at}/title", most=2_000, kinds=PLAIN)


def _input(block: Json, at: str) -> Problems:
    yield from text_problems(block.get("label"), f"{at}/label", most=2_000, kinds=PLAIN)
    if "hint" in block:
        yield from text_problems(block["hint"], f"{at}/hint", most=2_000, kinds=PLAIN)
    if "element" not in block:
        yield f"missing required field: element [json-pointer:{at}]"
    else:
        yield from _element(block["element"], f"{at}/element", (PRESSED | TYPED) - {"button", "overflow"})


def _rich_text(block: Json, at: str) -> Problems:
    if not isinstance(block.get("elements"), list):  # Slack publishes no limit for how many
        yield f"missing required field: elements [json-pointer:{at}]"
    for number, part in enumerate(block.get("elements") or []):
        here = f"{at}/elements/{number}"
        if not isinstance(part, dict) or part.get("type") not in RICH:
            yield f"unsupported type: {part.get('type')} [json-pointer:{here}/type]"
        elif not isinstance(part.get("elements"), list):
            yield f"missing required field: elements [json-pointer:{here}]"


def _markdown(block: Json, at: str) -> Problems:
    yield from _length(block.get("text"), f"{at}/text", 12_000, least=1, needed=True)


def _table(block: Json, at: str) -> Problems:
    yield from _items(block.get("rows"), f"{at}/rows", 100)
    for number, row in enumerate(block.get("rows") or []):
        yield from _items(row, f"{at}/rows/{number}", 20)


def _element(element: Any, at: str, allowed: frozenset[str]) -> Problems:
    if not isinstance(element, dict):
        yield f"must provide an object [json-pointer:{at}]"
        return
    kind = element.get("type")
    if kind not in allowed:
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
        return
    yield from _length(element.get("action_id"), f"{at}/action_id", ID_MOST)
    if "confirm" in element:
        for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            yield from text_problems(element["confirm"].get(name), f"{at}/confirm/{name}", most=most)
    if "placeholder" in element:
        yield from text_problems(element["placeholder"], f"{at}/placeholder", most=150, kinds=PLAIN)
    yield from ELEMENTS.get(kind, _chosen)(element, at)


def _button(element: Json, at: str) -> Problems:
    yield from text_problems(element.get("text"), f"{at}/text", most=75, kinds=PLAIN)
    yield from _length(element.get("value"), f"{at}/value", 2_000)
    if "url" in element:
        yield from _address(element["url"], f"{at}/url")
    if element.get("style", "primary") not in ("primary", "danger"):
        yield f"must be one of primary, danger [json-pointer:{at}/style]"
    known = {"type", "text", "action_id", "url", "value", "style", "confirm", "accessibility_label"}
    for name in sorted(set(element) - known):
        yield f"invalid additional property: {name} [json-pointer:{at}]"


def _chosen(element: Json, at: str) -> Problems:
    groups = element.get("option_groups")
    if groups is not None:
        yield from _items(groups, f"{at}/option_groups", 100)
        for number, group in enumerate(groups):
            yield from _options(group, f"{at}/option_groups/{number}", 100)
    elif "static" in element["type"] or element["type"] in ("checkboxes", "radio_buttons"):
        yield from _options(element, at, 10 if element["type"] in ("checkboxes", "radio_buttons") else 100)


def _overflow(element: Json, at: str) -> Problems:
    yield from _options(element, at, 5, least=2)


def _options(element: Json, at: str, most: int, least: int = 1) -> Problems:
    yield from _items(element.get("options"), f"{at}/options", most, least)
    for number, option in enumerate(element.get("options") or []):
        here = f"{at}/options/{number}"
        yield from text_problems(option.get("text"), f"{here}/text", most=75)
        yield from _length(option.get("value"), f"{here}/value", 150, needed=True)


def _typed(element: Json, at: str) -> Problems:
    if not 1 <= element.get("max_length", 1) <= 3_000:
        yield f"must be between 1 and 3000 [json-pointer:{at}/max_length]"


def strings_in(value: Any) -> Iterator[str]:
    """Every text inside blocks."""
    if isinstance(value, list):
        for item in value:
            yield from strings_in(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name == "text" and isinstance(item, str):
                yield item
            else:
                yield from strings_in(item)


BLOCKS: dict[str, Rule] = {
    "section": _section,
    "header": _header,
    "divider": lambda _block, _at: iter(()),
    "context": _context,
    "actions": _actions,
    "image": _image,
    "input": _input,
    "rich_text": _rich_text,
    "markdown": _markdown,
    "table": _table,
}
ELEMENTS: dict[str, Rule] = {
    "button": _button,
    "overflow": _overflow,
    "image": _image,
    **{kind: _typed for kind in TYPED},  # noqa: C420 - fromkeys loses the type
}
