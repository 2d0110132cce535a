"""What an article's section is about, whichever way its outlet names it: "Politik", "Federal Politics" and "/politics/" alike. Pure."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from urllib.parse import unquote, urlsplit

LONG_NAME = 3
"""Words of a name that may have its subject in one of them; more are a series, and in an address a headline."""

_PARTS = re.compile(r"[,/|>»›·;&_+•]|\s[-–—]\s")
_WORD = re.compile(r"[^\W_]+")
_SILENT = "none"


@dataclass(frozen=True, slots=True)
class Section:
    """What a section is about, by a key that all outlets share, and the ``name`` that this one has for it.

    The lower ``narrow`` is, the more of the subject the name covers: "Sport" more than "Tennis".
    """

    subject: str
    name: str
    narrow: int = 0


def section_of(section: str | None, url: str | None) -> Section | None:
    """The section that an article's field names, else its address; ``None`` where neither says what the article is about.

    A known subject in either comes before a name that no other outlet has.
    """
    return _section_of(section or "", url or "")


@lru_cache(maxsize=4096)  # many destinations list the same articles
def _section_of(section: str, url: str) -> Section | None:
    named = [part for part in map(str.strip, _PARTS.split(section)) if part]
    for part in (*named, *_segments(url)):
        if (subject := _subject(part)) and subject != _SILENT:
            return Section(subject, _as_name(part), _narrow(part))
    own = next((part for part in named if _subject(part) != _SILENT), None)
    return Section(_folded(own), _as_name(own)) if own else None


def _segments(url: str) -> Iterator[str]:
    """What may name a section in an address, whole names first: its folders, and not the article's own part."""
    if not url:
        return
    try:
        path = urlsplit(url).path
    except ValueError:  # a bracket that is never closed
        return
    folders = [unquote(folder).replace("-", " ").replace("_", " ") for folder in path.split("/")[1:-1]]
    short = [folder for folder in folders if 0 < len(folder.split()) <= LONG_NAME]
    yield from (folder for folder in short if _folded(folder) in _subjects())
    yield from short


def _subject(name: str) -> str | None:
    """What the name is about; ``none`` where it says nothing, ``None`` where it is not known."""
    known, folded = _subjects(), _folded(name)
    if folded in known:
        return known[folded]
    words = folded.split()
    found = [known[word] for word in reversed(words) if word in known] if len(words) <= LONG_NAME else []
    return next((subject for subject in found if subject != _SILENT), None)


def _narrow(name: str) -> int:
    """The place of the name in its list, which begins with the widest; behind all of them where a word of it stands there."""
    names = list(_subjects())
    return names.index(_folded(name)) if _folded(name) in names else len(names)


def _as_name(part: str) -> str:
    """The outlet's own words; what an address or a script has in small letters begins with a capital."""
    return part[0].upper() + part[1:] if part.islower() else part


@lru_cache(maxsize=1)
def _subjects() -> Mapping[str, str]:
    found = tomllib.loads(files("bot.text").joinpath("sections.toml").read_text(encoding="utf-8"))
    return {_folded(name): subject for subject, names in found.items() for name in names}


def _folded(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.casefold())
    marks = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", marks)))
