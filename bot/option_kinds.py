"""Kinds of values that options of several tables have, and how a value is written in the file (pure).

Each check raises ValueError with a sentence.
"""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date, datetime, time
from typing import Annotated, Any

from pydantic import AfterValidator

LONGEST_SHOWN = 60
"""Characters of a wrong value that are repeated."""

_WHOLE = "write the whole path"


def _single_line(text: str) -> str:
    if any(unicodedata.category(one) in {"Cc", "Cs"} for one in text):
        raise ValueError("it has characters that no name of a file, folder or server can have")
    return text


def _path(text: str) -> str:
    if not _single_line(text).strip():
        raise ValueError('it is empty; name one, such as "data" ("." is the folder of the configuration)')
    if text.startswith("~"):
        raise ValueError(f'"{shown(text)}" begins with "~", which is another folder for each user; {_WHOLE}')
    return text


def _database(text: str) -> str:
    if ":///~" in _single_line(text):
        raise ValueError(f'its path begins with "~", which is another folder for each user; {_WHOLE}')
    return text


def _bound(text: str) -> str:
    if not re.fullmatch(
        r"[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}(%\w{1,16})?|", text
    ):
        raise ValueError(
            f'"{shown(text)}" is no address of this machine; write one like "127.0.0.1" or "0.0.0.0"'
        )
    return text


def _contact(text: str) -> str:
    if not re.fullmatch(r"[!-'*-~]*", text):
        raise ValueError(
            f'"{shown(text)}" cannot be sent to the servers that are asked; write an address alone, without blanks '
            'and brackets, like "desk@example.org" or "https://example.org/desk"'
        )
    return text


PathText = Annotated[str, AfterValidator(_path)]
"""A path on this machine, absolute or from the folder of the configuration."""

DatabaseText = Annotated[str, AfterValidator(_database)]
BoundHost = Annotated[str, AfterValidator(_bound)]
Contact = Annotated[str, AfterValidator(_contact)]


def shown(text: str) -> str:
    """The beginning of a text, with nothing in it that moves a terminal's cursor."""
    return _visible(_cut(text))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _visible(text: str) -> str:
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in text)


def toml(value: Any) -> str:
    """The value as TOML writes it, tables inline; long texts are cut."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case dict():
            return f"{{{', '.join(f'{key} = {toml(one)}' for key, one in value.items())}}}"
        case list() | tuple():
            return f"[{', '.join(map(toml, value))}]"
        case _:
            return _visible(json.dumps(_cut(str(value)), ensure_ascii=False))
