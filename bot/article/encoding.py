"""Bytes become text: byte order marks, charsets, newlines, and characters that nobody can see."""

from __future__ import annotations

import codecs
import re
import unicodedata
from html import unescape

from bot.domain.unicode import well_formed

SAMPLE = 65_536
"""Bytes that the charset detector sees: its time grows with the input, its answer hardly changes."""

_MARKS = (  # The UTF-32 marks begin with the UTF-16 ones, so they are tried first.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüœŒ‘’“”„‚–—…€£§°«»¡¿©®™•·´\xa0")

_WIDE_SAMPLE = 4_000
_NO_TEXT = frozenset({"Cc", "Cn", "Co", "Cs"})  # categories that no character of a text has, but for spaces

_SLOW = frozenset({"idna", "punycode"})  # Codecs for host names: quadratic time, and no text is in them.

_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Codes at which Windows-1252 has marks and ISO 8859-1 has controls, which no text holds. The newline among them stays one.
_WINDOWS = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D}
}
# Controls; soft hyphen; zero-width, bidi, interlinear and tag characters; noncharacters of the first plane.
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
# Arabic, Indic, Burmese, Khmer and Mongolian spelling and emoji sequences need their joiners.
_STRAY_JOINER = re.compile(
    "(?<![\u0600-\u08ff\u0900-\u109f\u1780-\u18af\ufb50-\ufdcf\ufe0f\ufe70-\ufefc\u2600-\u27bf\U0001f000-\U0001faff])"
    "[\u200c\u200d]+"
)
_REFERENCE = re.compile(
    r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|(?!(?:lt|gt|amp|quot|apos|nbsp);)[A-Za-z]{3,12}\d{0,2});"
)


def decode(data: bytes) -> str | None:
    """The text of ``data``, cleaned by :func:`tidy`; ``None`` when no charset fits."""
    text = decoded(data)
    return None if text is None else tidy(text)


def decoded(data: bytes) -> str | None:
    """The text of ``data`` to the letter; ``None`` when no charset fits.

    A byte order mark decides; then UTF-16 that has none; then strict UTF-8; then UTF-8 with a few damaged bytes, which become
    U+FFFD; then Windows-1252 where only Western letters and marks would appear; then the detector.
    """
    if data.startswith(tuple(mark for mark, _ in _MARKS)):
        return _marked(data)
    wide = unmarked_wide(data)
    return _strict(data, wide) if wide else _unmarked(data)


def unmarked_wide(data: bytes) -> str | None:
    """The byte order of UTF-16 that has no mark, as the charset's name; ``None`` where it is none.

    Each unit of a beginning must be a character that texts have, and a space or a newline among them
    must fill one byte of its two with zero: by that no other charset's text passes, and no binary file.
    """
    sample = data[:_WIDE_SAMPLE]
    if b"\x00" not in sample:
        return None
    return next((order for order in ("utf-16-le", "utf-16-be") if _is_wide(sample, order)), None)


def _is_wide(sample: bytes, order: str) -> bool:
    text = codecs.getincrementaldecoder(order)("replace").decode(sample)
    spaces = sum(text.count(space) for space in " \n")
    return (
        spaces * 200 >= len(text)
        and spaces * 2 <= len(text)
        and not any(
            unicodedata.category(character) in _NO_TEXT
            for character in text
            if character not in "\t\n\r\f" and character != "\ufeff"
        )
        and "\ufffd" not in text
    )


def in_charset(data: bytes, charset: str) -> str | None:
    """The text of ``data`` in the charset that a stranger names; ``None`` where it is unknown or does not fit."""
    try:
        return data.decode(charset) if is_quick(charset) else None
    except (LookupError, ValueError):  # it is no codec for text; it does not fit
        return None


def is_quick(charset: str) -> bool:
    """Whether ``charset`` is known, and decoding takes time linear in the data."""
    try:
        # By the codec's own name: others are spelled "punycode-" and "IDNA".
        return codecs.lookup(charset).name not in _SLOW
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return False


def head_text(data: bytes, size: int = 16_000) -> str:
    """The first ``size`` bytes, good enough to see marks and tags in; newlines are plain ones."""
    head = data[:size]
    for mark, charset in _MARKS:
        if head.startswith(mark):
            text = head[len(mark) :].decode(charset, errors="ignore")
            break
    else:
        wide = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}.get(head[:2]) or unmarked_wide(head)
        text = head.decode(wide or "latin-1", errors="ignore")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def tidy(text: str) -> str:
    """``text`` well-formed, with newlines as its only control character and nothing invisible; linear time.

    Kinds of space become a plain one. Joiners stay where a script or an emoji needs them.
    """
    if text.replace("\n", "").isprintable():  # as nearly every text is; no other space or newline is so
        if text.isascii():
            return text
        if not _UNSEEN.search(text):
            return well_formed(text)
    text = _SPACE.sub(" ", _NEWLINE.sub("\n", well_formed(with_marks(text))))
    # Once more: a mark may now stand beside the letter that it belongs to.
    return well_formed(_STRAY_JOINER.sub("", _UNSEEN.sub("", text)))


def with_marks(text: str) -> str:
    """``text`` with the marks of Windows-1252 in place of the controls that they become where it was called ISO 8859-1."""
    return text if text.isprintable() else text.translate(_WINDOWS)


def dereferenced(text: str) -> str:
    """``text`` of a page with the references to characters that it still shows, which were escaped twice ("&mdash;", "&#151;").

    Those that write markup ("&lt;", "&amp;") stay: a text about markup means them.
    """
    return _REFERENCE.sub(lambda found: unescape(found[0]), text) if "&" in text else text


def _marked(data: bytes) -> str | None:
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], charset)
    return None


def _unmarked(data: bytes) -> str | None:
    text = _strict(data, "utf-8")
    if text is not None:
        return text
    return _damaged(data) or _western(data) or _detected(data)


def _strict(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return None


def _damaged(data: bytes) -> str | None:
    text = data.decode("utf-8", errors="replace")
    sound = sum(1 for character in text if character > "\x7f")
    broken = text.count("\ufffd")
    # One stray byte among four good sequences: no single-byte charset looks like that by chance.
    return text if broken * 4 < sound - broken else None


def _western(data: bytes) -> str | None:
    text = _strict(data, "cp1252")
    if text is None:
        return None
    foreign = [character for character in text if character > "\x7f"]
    # Accents are under a tenth of French and German; Cyrillic read as Western is nearly all of it.
    return text if len(foreign) * 8 < len(text) and _WESTERN.issuperset(foreign) else None


def _detected(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # 30 ms that few documents need

    found = from_bytes(data[:SAMPLE], threshold=0.2).best()
    return None if found is None else _strict(data, found.encoding)
