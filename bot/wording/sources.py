"""What is said of sources and of pages that somebody adds."""

from __future__ import annotations

from collections.abc import Sequence

from bot.wording.language import counted, say
from bot.wording.phrases import quoted, some_of

ADD_USAGE = "Which page? For example: /add https://www.example.org/news/bridge-reopens"
EDITORS_ADD = "Adding pages is for editors of this desk; whoever runs it can make you one under [access]."
NO_SOURCES = "there are no sources: name them under [[sources]], or import an OPML file"
SHOWN = 5
"""Sources that are named where many are well again."""


def ailing(name: str, host: str, reason: str, last: str) -> str:
    """A source that brings nothing; ``last`` is the moment of its last success, empty for never."""
    if last:
        return say(
            "the source {name} ({host}) does not do well: {reason}; its last success was at {last}",
            name=name,
            host=host,
            reason=reason,
            last=last,
        )
    return say(
        "the source {name} ({host}) does not do well: {reason}; it never succeeded",
        name=name,
        host=host,
        reason=reason,
    )


def well_again(names: Sequence[str]) -> str:
    """Sources that bring something once more."""
    return counted(
        len(names),
        "well again: {count} source: {names}",
        "well again: {count} sources: {names}",
        names=some_of(names, SHOWN),
    )


def added(outcome: str, title: str, file: str, reason: str) -> str:
    """What became of a page that was added, as its receipt says."""
    article = quoted(title) if title else say("the page")
    match outcome:
        case "new":
            return say("Added: {article}. It can be searched for now.", article=article)
        case "corrected":
            return say("Added: {article} takes the place of an earlier version.", article=article)
        case "known":
            return say("The library has {article} already.", article=article)
        case "held":
            return say("{article} is held: {reason}.", article=article, reason=reason)
        case "unreadable":
            return say(
                "The page was fetched, and there is no article to be had from it: {reason}.", reason=reason
            )
    return say("The page lies in the inbox as {file}, and is read in its turn.", file=quoted(file))


def not_added(reason: str) -> str:
    """A page that cannot be had."""
    return say("That page cannot be added: {reason}.", reason=reason)
