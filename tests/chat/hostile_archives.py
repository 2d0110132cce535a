"""Archives that people may send: bombs, nested ones, hostile names and links, each with one article that may be read."""

from __future__ import annotations

import io
import stat
import zipfile

ARTICLE = (
    b"Lock keepers vote for longer hours\n\n"
    b"The keepers of the canal at Brindle voted on Friday to open the locks until ten in the evening from May.\n\n"
    b"Boats had waited for up to nine hours at the three locks last summer, the canal company said on Saturday.\n"
)


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """The archive with these members, packed."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    """The entry of a symbolic link."""
    found = zipfile.ZipInfo(name)
    found.create_system, found.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return found


def archives() -> dict[str, bytes]:
    """Each by what is hostile about it."""
    nested = zipped(("a.txt", ARTICLE))
    for _ in range(12):
        nested = zipped(("inner.zip", nested))
    return {
        "bomb": zipped(("a.txt", bytes(64_000_000))),
        "nested": nested,
        "names": zipped(("../../evil.txt", ARTICLE), ("/etc/evil.txt", ARTICLE), ("..\\evil.txt", ARTICLE)),
        "link": zipped((link("a.txt"), b"/etc/passwd")),
        "broken": zipped(("a.txt", ARTICLE))[:-30],
    }
