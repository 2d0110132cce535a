"""What is set above the line: exponents, which become the raised digits of Unicode, and marks of notes, which are no text."""

from __future__ import annotations

import re

from lxml import etree

_MARK = re.compile(r"\s{0,3}\[\s?(?:[a-z]{1,2}|(?:[a-z]{1,9}\.? )?\d{1,3})\s?\]\s{0,3}", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([+\-\N{MINUS SIGN}]?\d{1,3})\s*")
_RAISED = str.maketrans("0123456789+-\N{MINUS SIGN}", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_BASE = re.compile(r"(?:^|[^\w])(?:\w{0,20}\d|[^\W\d_]{1,2})$")  # 10⁷, m², cm³, x²
_NOTED = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?…)\]\"'”’»])$")
_BEFORE = 24


def is_note(element: etree._Element) -> bool:
    """Whether a raised mark leads to a note: "[1]", "[a]", or a number behind a word or a sentence."""
    if element.tag != "sup":
        return False
    text = "".join(element.itertext())[:40]
    return _MARK.fullmatch(text) is not None or (
        _NUMBER.fullmatch(text) is not None and _NOTED.search(_before(element)) is not None
    )


def exponent(element: etree._Element) -> str | None:
    """The raised digits of a number that is set above a figure or a unit; ``None`` for anything else."""
    if element.tag != "sup":
        return None
    number = _NUMBER.fullmatch("".join(element.itertext())[:40])
    return number[1].translate(_RAISED) if number and _BASE.search(_before(element)) else None


def _before(element: etree._Element) -> str:
    """The words right before the element, in its parent."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is None:
        return ("" if parent is None else parent.text or "")[-_BEFORE:]
    return (previous.tail or "".join(previous.itertext()))[-_BEFORE:]
