"""Names for the files that the desk puts into its own inbox: harmless, and of files that the inbox reads. Pure."""

from __future__ import annotations

import re
import unicodedata

from bot.domain.unicode import well_formed
from bot.inbox.files import IGNORED_ENDINGS, ignored
from bot.inbox.receipts import ENDING
from bot.inbox.spool import SETTLED

LONGEST = 120
"""Bytes of a name without its ending; receipt and number come behind it."""

LONGEST_STEM, LONGEST_ENDING = 100, 12
"""Bytes of the parts of a name that has letters between them, which make it unique."""

NAMELESS = "file"

_NO_NAME = re.compile(r"[^\w\s.,()+-]+")
_RUN = re.compile(r"[\s.-]*-[\s.-]*|\s+")
_UNWANTED = re.compile(r'[/\\:*?"<>|]')
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,11}")
_UNIQUE = re.compile(r"[^/]+-[0-9a-f]{8}(\.[A-Za-z0-9]{1,11})?", re.DOTALL)
_EDGES = " .,~$#_-"


def named(title: str, ending: str, folder: str = "") -> str:
    """A file name that says ``title``, below ``folder``: no path, not hidden, not one that the inbox passes over.

    Whatever the title is, there is a name: ``article`` where nothing of it can stand in one.
    """
    plain = _RUN.sub("-", _NO_NAME.sub("-", well_formed(title)[: 4 * LONGEST]))
    stem = _fitted(plain, LONGEST, "article")
    low = stem.lower()
    if not _is_read(stem, ending) or low.endswith(IGNORED_ENDINGS) or low in {*SETTLED, "thumbs", "desktop"}:
        stem = f"{stem}-article"
    return f"{folder}/{stem}{ending}" if folder else f"{stem}{ending}"


def harmless(called: str) -> tuple[str, str]:
    """The name that somebody gave a file, as stem and ending: one that may lie in a folder, and that the inbox reads.

    Folders, control and invisible characters, leading dots and endings of unfinished files are left out.
    """
    plain = "".join(one for one in called if unicodedata.category(one)[0] != "C")
    plain = _UNWANTED.sub("/", plain.replace("\u2028", "/").replace("\u2029", "/")).rpartition("/")[2]
    plain = " ".join(plain.split()).strip(" .~")
    stem, dot, rest = plain.rpartition(".")
    ending = f".{rest}" if dot and stem and _ENDING.fullmatch(f".{rest}") else ""
    stem = _fitted(stem if ending else plain, LONGEST_STEM, NAMELESS)
    if not _is_read("x", ending) or stem.endswith(".receipt"):
        return f"{stem.removesuffix('.receipt')}{ending.replace('.', '-')}", ""
    return stem, ending[:LONGEST_ENDING]


def unique(called: str, letters: str) -> str:
    """The harmless name with eight letters of chance, of 0-9 and a-f, before its ending."""
    stem, ending = harmless(called)
    return f"{stem}-{letters}{ending}"


def may_be_given(name: str) -> bool:
    """Whether a file below the inbox is called as :func:`unique` calls what somebody gave."""
    return _UNIQUE.fullmatch(name) is not None


def _fitted(stem: str, most: int, otherwise: str) -> str:
    """At most so many bytes of it, from a letter to a letter; ``otherwise`` where nothing is left."""
    cut = stem.strip(_EDGES).encode()[:most].decode("utf-8", "ignore")
    return cut.strip(_EDGES) or otherwise


def _is_read(stem: str, ending: str) -> bool:
    """Whether the inbox takes such a file for one to read, not for another program's or a receipt."""
    name = f"{stem}{ending}"
    return not ignored(name) and not name.lower().endswith(ENDING)
