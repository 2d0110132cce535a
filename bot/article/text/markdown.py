"""Markdown marks are taken off; the words stay."""

from __future__ import annotations

import re
from html import unescape

_SIGNS = (
    re.compile(r"^#{1,6} +\S", re.MULTILINE),
    re.compile(r"\[[^\]\n]{1,200}\]\(\S{1,500}\)"),
    re.compile(r"^> ", re.MULTILINE),
    re.compile(r"\*\*\S[^*\n]{0,200}\*\*"),
)
_TARGET = r"\((?:[^()\n]{1,500}+|\([^()\n]{0,200}\)){0,5}+\)"  # an address may hold brackets of its own
_IMAGE = re.compile(rf"!\[[^\[\]\n]{{0,300}}\]{_TARGET}")
_LINK = re.compile(rf"\[([^\[\]\n]{{1,300}})\](?:{_TARGET}|\[[^\]\n]{{0,100}}\])")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,500})>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n*_]{1,500})(?<=\S)\1")
_STRESSED = re.compile(r"(?<![\w*_])([*_])(?=\S)([^\n*_]{1,500})(?<=\S)\1(?![\w*_])")
_CODE = re.compile(r"`([^`\n]{1,300})`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")
_RULE = re.compile(r"^ {0,3}(?:(?:[-*_] ?){3,99}|={3,99})$", re.MULTILINE)
_QUOTE = re.compile(r"^ {0,3}(?:> ?){1,5}", re.MULTILINE)
_CALLOUT = re.compile(r"^\[![\w-]{1,20}\][+-]? ?", re.MULTILINE)  # Obsidian's and GitHub's: "> [!note] Title"
_TASK = re.compile(r"^( {0,8}[-*+] )\[[ xX]\] ", re.MULTILINE)
_MARKED = re.compile(r"==(?=\S)([^=\n]{1,300})(?<=\S)==")
_ROW = re.compile(r"^ {0,3}\|([^\n]{1,2000})\| *$", re.MULTILINE)
_BELOW_HEAD = re.compile(r"^ {0,3}\|(?: *:?-{1,99}:? *\|){1,50} *\n?", re.MULTILINE)
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_ELEMENT = re.compile(
    r"</?(?:iframe|div|span|p|u|b|i|em|strong|sup|sub|mark|kbd|small|center|figure|figcaption|details|summary|img|a|video|audio|source)"
    r"(?: [^<>\n]{0,500})?/?>",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^ {0,3}<h1(?: [^<>\n]{0,200})?>([^<>\n]{1,400})</h1> *$", re.MULTILINE | re.IGNORECASE)
_FOOTNOTE = re.compile(
    r"(?<!^)\[\^[\w-]{1,20}\]|^\[\^[\w-]{1,20}\](?!:)", re.MULTILINE
)  # where it is called, not the note
_NOTE_WITHIN = re.compile(r"\^\[[^\[\]\n]{1,1000}\]")
_TARGETS = re.compile(
    r"^ {0,3}\[[^\[\]\n^]{1,100}\]: {1,4}<?https?://[^\s<>]{1,2000}>?(?: {1,4}[\"'(][^\n]{0,200})?$",
    re.MULTILINE,
)
_FENCE = re.compile(r"^ {0,3}:{3,20}[^\n]{0,200}$", re.MULTILINE)  # Pandoc's: "::: {.lead}"
_SPAN = re.compile(r"\[([^\[\]\n]{1,1000})\]\{[.#][^{}\n]{0,200}\}")
_ATTRIBUTES = re.compile(r"(?<=[)\]`])\{[^{}\n]{1,200}\}|(?<=\S) \{[.#][^{}\n]{1,200}\}$", re.MULTILINE)
_BROKEN = re.compile(r"\\$", re.MULTILINE)
_EMBEDDED = re.compile(
    r"!\[\[[^\[\]\n]{1,300}\]\]"
)  # Obsidian's, and its links, comments, marks of blocks and tags
_WIKILINK = re.compile(r"\[\[(?:[^\[\]|\n]{1,300}\|)?([^\[\]|\n]{1,300})\]\]")
_COMMENT = re.compile(r"%%[^%]{0,2000}%%|<!--[^<>]{0,2000}-->")
_PLACE = re.compile(r"(?<=\S) \^[\w-]{1,40}$", re.MULTILINE)
_TAGS = re.compile(r"(?:(?<=[.!?”\"]) |^)#[^\W\d][\w/-]{0,60}(?: #[^\W\d][\w/-]{0,60}){0,20}$", re.MULTILINE)
HEADING = re.compile(r" {0,3}(#{1,6})[ ]+(\S.{0,500}?)[ #]{0,10}$")
"""A heading line: its marks, and its words."""


def is_markdown(name: str, text: str) -> bool:
    """Whether a document of this ``name`` and ``text`` was written in Markdown."""
    if name.lower().endswith((".md", ".markdown", ".mdown", ".mkd")):
        return True
    # One sign may be an accident ("# 1 hit"); two kinds are not.
    return sum(1 for sign in _SIGNS if sign.search(text)) >= 2


def unmarked(text: str) -> str:
    """``text`` without pictures, link targets, emphasis, quote marks, code marks, rules and HTML; a table's row is a line.

    Heading marks stay for :func:`bot.article.text.blocks.blocks`.
    """
    for mark in (_FENCE, _TARGETS, _NOTE_WITHIN, _EMBEDDED, _COMMENT, _PLACE, _TAGS, _BROKEN):
        text = mark.sub("", text)
    text = _TITLE.sub(r"# \1", text)
    text = _SPAN.sub(r"\1", _WIKILINK.sub(r"\1", text))
    text = _CALLOUT.sub("", _QUOTE.sub("", _RULE.sub("", text)))
    text = _ROW.sub(_cells, _BELOW_HEAD.sub("", _TASK.sub(r"\1", text)))
    text = _FOOTNOTE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", _ATTRIBUTES.sub("", text))))
    text = _ELEMENT.sub("", _BREAK.sub("\n", _AUTOLINK.sub(r"\1", _CODE.sub(r"\1", text))))
    for stress in (_STRESSED, _STRONG, _STRESSED):  # one may stand inside the other
        text = stress.sub(r"\2", text)
    return unescape(_ESCAPE.sub(r"\1", _MARKED.sub(r"\1", text)))


def unquoted(text: str) -> str:
    """``text`` without the marks of quotation, where each of its lines has one: it was copied from an answer."""
    if text.lstrip()[:1] != ">" or not all(line.lstrip()[:1] in {">", ""} for line in text.split("\n")):
        return text
    return _QUOTE.sub("", text)


def _cells(row: re.Match[str]) -> str:
    return " | ".join(filter(None, (cell.strip() for cell in row[1].split("|"))))
