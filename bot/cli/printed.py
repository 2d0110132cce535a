"""Lines for a terminal that cannot carry anything but text."""

from __future__ import annotations

from rich.text import Text


def plain(line: str) -> Text:
    """The line for rich to print: no markup is read, no control character passes."""
    return Text("".join(c if c.isprintable() else "�" for c in line))
