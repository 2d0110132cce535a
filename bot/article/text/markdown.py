"""Markdown marks are taken off; the words stay."""

from __future__ import annotations

import re

_SIGNS = (
    re.compile(r"^#{1,6} +\S", re.MULTILINE),
    re.compile(r"\[[^\]\n]{1,200}\]\(\S{1,500}\)"),
    re.compile(r"^> ", re.MULTILINE),
    re.compile(r"\*\*\S[^*\n]{0,200}\*\*"),
)
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^()\n]{0,500}\)")
_LINK = re.compile(r"\[([^\]\n]{1,300})\](?:\([^()\n]{0,500}\)|\[[^\]\n]{0,100}\])")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,500})>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n*_]{1,500})(?<=\S)\1")
_STRESSED = re.compile(r"(?<![\w*_])([*_])(?=\S)([^\n*_]{1,500})(?<=\S)\1(?![\w*_])")
_CODE = re.compile(r"`([^`\n]{1,300})`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")
_RULE = re.compile(r"^ {0,3}(?:(?:[-*_] ?){3,99}|={3,99})$", re.MULTILINE)
_QUOTE = re.compile(r"^ {0,3}(?:> ?){1,5}", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^[\w-]{1,20}\]:?")
HEADING = re.compile(r" {0,3}(#{1,6})[ ]+(\S.{0,500}?)[ #]{0,10}$")
"""A heading line: its marks, and its words."""


def is_markdown(name: str, text: str) -> bool:
    """Whether a document of this ``name`` and ``text`` was written in Markdown."""
    if name.lower().endswith((".md", ".markdown", ".mdown", ".mkd")):
        return True
    # One sign may be an accident ("# 1 hit"); two kinds are not.
    return sum(1 for sign in _SIGNS if sign.search(text)) >= 2


def unmarked(text: str) -> str:
    """``text`` without pictures, link targets, emphasis, quote marks, code marks and rules.

    Heading marks stay for :func:`bot.article.text.blocks.blocks`.
    """
    text = _QUOTE.sub("", _RULE.sub("", text))
    text = _FOOTNOTE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    text = _CODE.sub(r"\1", _AUTOLINK.sub(r"\1", text))
    return _ESCAPE.sub(r"\1", _STRESSED.sub(r"\2", _STRONG.sub(r"\2", text)))
