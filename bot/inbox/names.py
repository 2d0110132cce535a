"""File names as a person may be shown them: one line, printable, not endless."""

from __future__ import annotations

from bot.domain.unicode import well_formed

LONGEST = 200
"""Characters; names on disk may have 255 bytes, and a message has other things to say."""


def shown(name: str) -> str:
    """The name without line breaks, control characters and undecodable bytes, shortened in the middle.

    Escapes look like Python's, so that a person can tell what the file is really called.
    """
    safe = well_formed(
        "".join(
            c if c.isprintable() else c.encode("unicode_escape", "replace").decode() for c in _whole(name)
        )
    )
    if len(safe) <= LONGEST:
        return safe
    half = (LONGEST - 1) // 2
    return f"{safe[:half]}…{safe[-half:]}"


def _whole(name: str) -> str:
    # Python holds undecodable bytes of a name as lone surrogates, which no store can take.
    return name.encode("utf-8", "backslashreplace").decode()
