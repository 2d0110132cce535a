"""What is said of sources and of pages that somebody adds."""

from __future__ import annotations

from collections.abc import Sequence

from bot.wording.phrases import plural, quoted

ADD_USAGE = "Which page? For example: /add https://www.example.org/news/bridge-reopens"
EDITORS_ADD = "Adding pages is for editors of this desk; whoever runs it can make you one under [access]."
NO_SOURCES = "there are no sources: name them under [[sources]], or import an OPML file"
SHOWN = 5
"""Sources that are named where many are well again."""


def ailing(name: str, host: str, reason: str, last: str) -> str:
    """A source that brings nothing; ``last`` is the moment of its last success, empty for never."""
    when = f"its last success was at {last}" if last else "it never succeeded"
    return f"the source {name} ({host}) does not do well: {reason}; {when}"


def well_again(names: Sequence[str]) -> str:
    """Sources that bring something once more."""
    named = ", ".join(names[:SHOWN])
    more = len(names) - SHOWN
    return f"well again: {plural(len(names), 'source')}: {named}{f' and {more} more' if more > 0 else ''}"


def added(outcome: str, title: str, file: str, reason: str) -> str:
    """What became of a page that was added, as its receipt says."""
    article = quoted(title) if title else "the page"
    match outcome:
        case "new":
            return f"Added: {article}. It can be searched for now."
        case "corrected":
            return f"Added: {article} takes the place of an earlier version."
        case "known":
            return f"The library has {article} already."
        case "held":
            return f"{article} is held: {reason}."
        case "unreadable":
            return f"The page was fetched, and there is no article to be had from it: {reason}."
    return f"The page lies in the inbox as {quoted(file)}, and is read in its turn."


def not_added(reason: str) -> str:
    """A page that cannot be had."""
    return f"That page cannot be added: {reason}."
