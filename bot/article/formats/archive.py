"""ZIP and gzip, unpacked within bounds on files, bytes and ratio."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from bot.article.endings import ARTICLE_ENDINGS
from bot.article.guard import Refusal
from bot.domain.reasons import Reason

MAX_ENTRIES = 1_000
"""The most files of an archive, pictures and folders not counted."""

MAX_UNPACKED = 50_000_000
"""The most bytes that a document may have once everything in it is unpacked."""

MAX_RATIO = 150
"""How many times its packed size a file may have: prose packs 3 times, markup 10, a bomb 1,000."""

SMALL = 1_000_000
"""Bytes below which the ratio does not matter: a megabyte of spaces harms nobody."""

MAX_DIRECTORY = 4_000_000
"""Bytes of a ZIP archive's directory; each entry costs fifteen times as much once it is read."""

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_CHUNK = 65_536
# What a saved page or an office brings along beside its text.
_BESIDE = (
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".bmp", ".tif", ".tiff", ".avif", ".css", ".js", ".map",
    ".woff", ".woff2", ".ttf", ".otf", ".eot", ".mp3", ".mp4", ".m4a", ".mov", ".webm", ".ics", ".vcf", ".p7s", ".asc",
)  # fmt: skip
# Beside a file of that name: a Mac's attributes, locks of editors and offices.
_PROGRAMS = ("._", ".#", ".~")
_SPREADSHEET, _PRESENTATION = Reason("kind.spreadsheet"), Reason("kind.presentation")
_OFFICE: tuple[tuple[str, str | Reason], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", _SPREADSHEET),
    ("ppt/presentation.xml", _PRESENTATION),
    ("META-INF/container.xml", "epub"),
    ("META-INF/manifest.xml", "odt"),
)
# What the first file of an e-book or an OpenDocument file says of it (ODF 1.3, part 2, 3.3).
_MIMETYPES: tuple[tuple[bytes, str | Reason], ...] = (
    (b"application/epub+zip", "epub"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", _SPREADSHEET),
    (b"application/vnd.oasis.opendocument.presentation", _PRESENTATION),
)


class BrokenArchive(Refusal):
    """The archive, or one file of it, is not unpacked."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its name as the archive has it, and its bytes or why there are none."""

    name: str
    data: bytes = b""
    refusal: Reason | None = None


def beside(name: str) -> bool:
    """Whether a file of this name is what lies beside an article: a picture, a font, a program's own file."""
    *folders, last = _parts(name)
    programs = last.startswith(_PROGRAMS) or (
        last.startswith(".") and not last.lower().endswith(ARTICLE_ENDINGS)
    )
    return not last or programs or "__MACOSX" in folders or last.lower().endswith(_BESIDE)


def suspicion(name: str) -> Reason | None:
    """Why a file of this name is not read although it may be an article; ``None`` where it is."""
    parts = _parts(name)
    if ".." in parts or not parts[0] or parts[0].endswith(":"):
        return Reason("archive.path")
    if any(part.startswith(".") and part != "." for part in parts):
        return Reason("archive.hidden")
    return None


def _parts(name: str) -> list[str]:
    return name.replace("\\", "/").split("/")


def office_kind(data: bytes) -> str | Reason | None:
    """``"docx"``, ``"odt"``, ``"epub"``, what else an office wrote, or ``None`` for a plain archive."""
    archive = _opened(data)
    names = set(archive.namelist())
    said = _mimetype(archive) if "mimetype" in names else b""
    if said:
        known = (kind for mark, kind in _MIMETYPES if said.startswith(mark))
        return next(known, Reason("kind.opendocument"))
    return next((kind for name, kind in _OFFICE if name in names), None)


def _mimetype(archive: zipfile.ZipFile) -> bytes:
    try:
        return _unpacked(archive, archive.getinfo("mimetype"), SMALL).strip()
    except BrokenArchive:
        return b""


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive within the bounds, whose files are ``size`` bytes in all once they are unpacked."""

    size: int
    _archive: zipfile.ZipFile

    def file(self, name: str) -> bytes | None:
        """The file of that name; ``None`` without one. Raises BrokenArchive for one that is damaged."""
        if name not in self._archive.NameToInfo:
            return None
        return _unpacked(self._archive, self._archive.getinfo(name), MAX_UNPACKED)


def checked(data: bytes) -> Archive:
    """The archive, where its files, by its own word, stay within the bounds; else BrokenArchive.

    Python's zipfile never gives more of a file than its entry promises, so the word holds.
    """
    archive = _opened(data)
    infos = archive.infolist()
    for info in infos:
        _suspect(info)
    total = sum(info.file_size for info in infos)
    if total > MAX_UNPACKED:
        raise BrokenArchive(Reason("archive.unpacks_to", size=total, most=MAX_UNPACKED))
    return Archive(total, archive)


def members(data: bytes, *, room: int) -> Iterator[Member]:
    """The files of a ZIP archive in their order; what lies beside articles is passed over.

    Raises BrokenArchive when the archive is none, or holds too many files or more than ``room``
    bytes. A single file that cannot be unpacked, or has a suspicious name, is a Member with its refusal.
    """
    archive = _opened(data)
    infos = [info for info in archive.infolist() if not info.is_dir() and not beside(info.filename)]
    if len(infos) > MAX_ENTRIES:
        raise BrokenArchive(Reason("archive.files", count=len(infos), most=MAX_ENTRIES))
    for info in infos:
        if why := suspicion(info.filename):
            yield Member(info.filename, refusal=why)
            continue
        try:
            content = _unpacked(archive, info, room)
        except TooMuch:
            raise
        except BrokenArchive as error:
            yield Member(info.filename, refusal=error.reason)
        else:
            room -= len(content)
            yield Member(info.filename, content)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> bytes:
    _suspect(info)
    if info.file_size > room:
        raise TooMuch
    try:
        return archive.read(info)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
        struct.error,
    ) as error:
        raise BrokenArchive(Reason("archive.file_damaged", said=_short(error))) from error


class TooMuch(BrokenArchive):
    """Everything together is more than a document may hold."""

    def __init__(self) -> None:
        super().__init__(Reason("archive.too_much", most=MAX_UNPACKED))


def inflated(data: bytes, *, room: int) -> bytes:
    """What a gzip file holds, its members joined. Raises BrokenArchive."""
    pieces: list[bytes] = []
    size = 0
    rest = data
    while rest[:2] == b"\x1f\x8b":
        stream = zlib.decompressobj(wbits=31)
        try:
            while not stream.eof:
                piece = stream.decompress(rest, _CHUNK)
                rest = stream.unconsumed_tail
                if not piece and not rest and not stream.eof:
                    raise BrokenArchive(Reason("archive.ends"))
                pieces.append(piece)
                size += len(piece)
                _bounded(size, len(data), room)
        except zlib.error as error:
            raise BrokenArchive(Reason("archive.gzip_damaged", said=_short(error))) from error
        rest = stream.unused_data
    return b"".join(pieces)


def _opened(data: bytes) -> zipfile.ZipFile:
    at = data.rfind(_END, -66_000)
    if at < 0 or at + 22 > len(data):
        raise BrokenArchive(Reason("archive.cut"))
    (directory,) = struct.unpack_from("<I", data, at + 12)
    if directory > MAX_DIRECTORY or _END_64 in data[max(0, at - 20) : at]:
        raise BrokenArchive(Reason("archive.listing"))
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    # zipfile raises NotImplementedError for methods and versions that it does not read.
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, struct.error, NotImplementedError) as error:
        raise BrokenArchive(Reason("archive.damaged", said=_short(error))) from error


def _suspect(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise BrokenArchive(Reason("archive.locked"))
    if info.compress_type not in _METHODS:
        raise BrokenArchive(Reason("archive.method"))
    _bounded(info.file_size, max(info.compress_size, 1), MAX_UNPACKED)


def _bounded(size: int, packed: int, room: int) -> None:
    if size > room:
        raise TooMuch
    if size > SMALL and size > packed * MAX_RATIO:
        raise BrokenArchive(Reason("archive.bomb", most=MAX_RATIO))


def _short(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:80] or type(error).__name__
