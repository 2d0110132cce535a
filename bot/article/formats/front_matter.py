"""Fields that stand at the head of a text: Markdown front matter in YAML or TOML, or lines such as ``Title: …``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

NAMES = {
    "title": "title", "headline": "title", "titel": "title", "titre": "title", "título": "title",
    "date": "date", "published": "date", "date_published": "date", "published_at": "date", "publish_date": "date", "pubdate": "date", "publishdate": "date", "publishedat": "date", "datepublished": "date", "published_time": "date", "fecha": "date", "data": "date", "datum": "date",
    "author": "byline", "authors": "byline", "byline": "byline", "autor": "byline", "auteur": "byline",
    "source": "source", "publication": "source", "outlet": "source", "publisher": "source", "site": "source",
    "quelle": "source", "fuente": "source",
    "standfirst": "standfirst", "subtitle": "standfirst", "subheadline": "standfirst", "deck": "standfirst",
    "dek": "standfirst", "untertitel": "standfirst", "vorspann": "standfirst", "sous-titre": "standfirst",
    "chapô": "standfirst", "subtítulo": "standfirst", "bajada": "standfirst",
    "agency": "agency", "wire": "agency", "agentur": "agency", "agence": "agency", "agencia": "agency",
    "section": "section", "category": "section", "categories": "section",
    "hold_until": "hold_until", "hold-until": "hold_until", "embargo": "hold_until", "embargo_until": "hold_until",
    "embargoed_until": "hold_until", "sperrfrist": "hold_until",
    "expires": "expires", "expiry": "expires", "expirydate": "expires", "expiry_date": "expires",
    "full title": "title", "original_url": "url", "source_url": "url",
    "url": "url", "link": "url", "source url": "url", "article url": "url", "original url": "url", "web link": "url",
    "date published": "date", "publish date": "date", "published date": "date", "publication date": "date", "published on": "date", "written by": "byline", "canonical": "url", "canonical_url": "url", "permalink": "url",
}  # fmt: skip
"""What each field may be called, in small letters."""

_READ_OUT = {"title": "title", "url source": "url", "published time": "date"}
_READ_OUT_END = "Markdown Content:"
_READ_OUT_LINES = 12
_FIELD = re.compile(r"([\w-]{2,24}) ?: ?(.{0,500})$")
_NOTED = re.compile(r"(?:#\+([\w-]{2,24}):|([\w-]{2,24})::) ?(.{0,500})$")  # of Org mode; of Logseq
_FOOT = re.compile(r"\n\nid: [0-9a-f]{32}\n(?=parent_id: )")
_PROPERTY = re.compile(r"([^\W\d_][\w &/-]{1,30}) ?: (.{1,500})$")
_SETTING = re.compile(r"([\w-]{2,24}) ?= ?(.{0,500})$")  # of TOML, as Hugo and Zola write it
_ITEM = re.compile(r"[ ]{0,8}- (.{0,500})$")
_WIKILINK = re.compile(r"\[\[([^\[\]|]{1,200})(?:\|([^\[\]|]{1,200}))?\]\]")
_ABOUT = "## metadata"
_CONTENTS = frozenset({"## content", "## full document", "## full text"})
_MARKED = "## highlights"
_SAID = re.compile(r"[-*] \**([\w ]{2,24})\** ?:\** (.{1,500})$")
_ORIGINAL = re.compile(r"\[Read Original\]\((https?://[^\s()]{1,500})\)", re.IGNORECASE)
_MOST_LINES = 60
_MOST_ITEMS = 20
_LONGEST = 10_000  # Characters of a head that is read as YAML: 100,000 brackets take it over a second.


@dataclass(frozen=True, slots=True)
class Head:
    """The named ``fields`` (those that ``NAMES`` gives), and whether Markdown's fence held them."""

    fields: dict[str, str]
    fenced: bool


def split_front_matter(text: str) -> tuple[Head, str]:
    """The fields at the head of ``text``, and the text after them.

    Without a fence of ``---`` or ``+++``, two named fields at least must stand there and an empty line after them: one
    line such as "Source: the ministry" may be the article's own.
    """
    if kept := _FOOT.search(text):
        return _footed(text, kept.start())
    lines = text.lstrip("\n").split("\n", _MOST_LINES)
    if lines[0].strip() in {"---", "+++"}:
        return _sectioned(*_fenced(lines, text))
    if any(line.strip().lower() == _ABOUT for line in lines[:_READ_OUT_LINES]):
        return _sectioned(Head({}, fenced=True), text)
    if lines[0].startswith("% "):
        return _titled(lines)
    if _READ_OUT_END in map(str.strip, lines[:_READ_OUT_LINES]):
        return _read_out(lines)
    return _noted(lines) or _labelled(lines, text)


def _footed(text: str, at: int) -> tuple[Head, str]:
    """What Joplin writes below a note, a field a line, the first of them its number."""
    fields: dict[str, str] = {}
    for line in text[at:].strip().split("\n")[:_MOST_LINES]:
        found = _FIELD.match(line.strip())
        if found and found[1] == "source_url":
            fields["url"] = found[2]
    return Head(placed(fields), fenced=True), text[:at]


def _labelled(lines: list[str], text: str) -> tuple[Head, str]:
    """Two named fields or more, a line each, and an empty line; else no field."""
    fields: dict[str, str] = {}
    for at, line in enumerate(lines[:_MOST_LINES]):
        if noted := _NOTED.match(line.strip()):
            if name := NAMES.get((noted[1] or noted[2]).lower()):
                fields.setdefault(name, _bare(noted[3]))
            continue
        found = _FIELD.match(line.strip())
        name = NAMES.get(found[1].lower()) if found else None
        if found is None or name is None:
            if len(fields) >= 2 and not line.strip("-=_* "):
                return Head(placed(fields), fenced=False), "\n".join(lines[at + 1 :])
            break
        fields.setdefault(name, _bare(found[2]))
    return Head({}, fenced=False), text


def _noted(lines: list[str]) -> tuple[Head, str] | None:
    """The properties that Notion sets below a page's title, a line each; ``None`` where none of them is a field of ours.

    Beside ours stand those that somebody thought of: all of the paragraph is dropped.
    """
    if not lines[0].startswith("# "):
        return None
    start = next((at for at, line in enumerate(lines[1:4], 1) if line.strip()), 0)
    end = next((at for at in range(start, len(lines)) if not lines[at].strip()), len(lines))
    found = [_PROPERTY.match(line.strip()) for line in lines[start:end]]
    if not start or end - start > _MOST_LINES or not all(found):
        return None
    fields: dict[str, str] = {}
    for property_ in filter(None, found):
        if name := NAMES.get(property_[1].lower()):
            fields.setdefault(name, _bare(property_[2]))
    fields = placed(fields)
    if len(fields) < 2 and "url" not in fields:
        return None
    return Head(fields, fenced=True), "\n".join((lines[0], *lines[end:]))


def _sectioned(head: Head, text: str) -> tuple[Head, str]:
    """The same of a note of Readwise or Omnivore, which sets what it knows of an article, its text and what a reader marked under headings.

    Their fields are added to those of the front matter. Of other notes nothing is changed.
    """
    lines = text.split("\n")
    heads = [line.strip().lower() for line in lines]
    top = heads[:_MOST_LINES]
    about = top.index(_ABOUT) if _ABOUT in top else None
    start = next((at for at, line in enumerate(top) if line in _CONTENTS), None)
    if not head.fenced or (about is None and start is None):
        return head, text
    fields: dict[str, str] = {}
    for line in lines[about + 1 : start] if about is not None else ():
        said = _SAID.match(line.strip())
        if said and (name := NAMES.get(said[1].strip().lower())):
            fields.setdefault(name, _bare(said[2]))
    original = _ORIGINAL.search("\n".join(lines[:start])[:_LONGEST]) if start is not None else None
    if original:
        fields.setdefault("url", original[1])
    title = [line for line in lines[: start or 0] if line.startswith("# ")]
    end = next(
        (at for at in range(start or 0, len(heads)) if start is not None and heads[at] == _MARKED), None
    )
    left = [*title, "", *lines[start + 1 : end]] if start is not None else lines
    return Head({**placed(fields), **head.fields}, fenced=True), "\n".join(left)


def _read_out(lines: list[str]) -> tuple[Head, str]:
    """The head that Jina Reader sets over a page's Markdown (https://github.com/jina-ai/reader), a field a paragraph."""
    end = next(at for at, line in enumerate(lines) if line.strip() == _READ_OUT_END)
    fields: dict[str, str] = {}
    for line in lines[:end]:
        name, _, value = line.partition(": ")
        if known := _READ_OUT.get(name.strip().lower()):
            fields.setdefault(known, value.strip())
    return Head({name: value for name, value in fields.items() if value}, fenced=True), "\n".join(
        lines[end + 1 :]
    )


def _titled(lines: list[str]) -> tuple[Head, str]:
    """Pandoc's block of title, authors and day: up to three rows behind "%", any of which may say nothing."""
    rows = list(takewhile(lambda line: line.startswith("%"), lines[:3]))
    said = {
        name: row[1:].strip().replace(";", ",")
        for name, row in zip(("title", "byline", "date"), rows, strict=False)
    }
    return Head({name: value for name, value in said.items() if value}, fenced=True), "\n".join(
        lines[len(rows) :]
    )


def _fenced(lines: list[str], text: str) -> tuple[Head, str]:
    toml = lines[0].strip() == "+++"
    ends = {"+++"} if toml else {"---", "..."}
    end = next((at for at, line in enumerate(lines[1:_MOST_LINES], 1) if line.strip() in ends), None)
    if end is None:
        return Head({}, fenced=False), text
    inside = lines[1:end]
    block = "\n".join(inside)
    fields = None if toml or len(block) > _LONGEST else _yaml(block)
    if fields is None:  # people write titles with a colon, which is no YAML
        fields = _by_line(inside, _SETTING if toml else _FIELD)
    return Head(placed(fields), fenced=True), "\n".join(lines[end + 1 :])


def _yaml(block: str) -> dict[str, str] | None:
    """The named fields of a block of YAML, the first of each; ``None`` where it is none."""
    import yaml

    try:
        # What an alias repeats is the same object, and never written out.
        whole = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes strings, lists and mappings alone
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if not isinstance(whole, dict):
        return None
    fields: dict[str, str] = {}
    for key, value in whole.items():
        name = NAMES.get(key.lower()) if isinstance(key, str) else None
        if name and (words := _words(value)):
            fields.setdefault(name, words)
    return fields


def _words(value: object) -> str:
    """A string on one line, or those of a list, with commas between; of what has a name, the name."""
    if isinstance(value, list):
        return ", ".join(
            filter(None, (_words(each) for each in value[:_MOST_ITEMS] if isinstance(each, str | dict)))
        )
    if isinstance(value, dict):
        value = value.get("name")  # a string alone: lists of what is called by lists are a bomb of aliases
    return _unlinked(" ".join(value.split())) if isinstance(value, str) else ""


def _by_line(lines: list[str], pattern: re.Pattern[str]) -> dict[str, str]:
    fields: dict[str, list[str]] = {}
    items: list[str] = []  # of the field above, whose value may go on as a list
    for line in lines:
        if item := _ITEM.match(line):
            items.append(_bare(item[1]))
            continue
        found = pattern.match(line.strip())
        name = NAMES.get(found[1].lower()) if found else None
        value = _bare(found[2]) if found else ""
        items = [value] if value else []
        if name:
            if any(fields.get(name, ())):
                items = []  # the first of two fields counts
            else:
                fields[name] = items
    return {name: ", ".join(filter(None, values)) for name, values in fields.items()}


def placed(fields: dict[str, str]) -> dict[str, str]:
    """The fields that have a value; a source that is an address is where the text was clipped from."""
    if fields.get("source", "").startswith(("http://", "https://")):
        address = fields.pop("source")
        fields.setdefault("url", address)
    return {name: value for name, value in fields.items() if value}


def _unlinked(value: str) -> str:
    return _WIKILINK.sub(lambda link: link[2] or link[1], value)


def _bare(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1].strip()
    value = _unlinked(value)
    if not (value.startswith("[") and value.endswith("]")):
        return value
    return ", ".join(filter(None, (each.strip(" \"'") for each in value.strip("[]").split(","))))
