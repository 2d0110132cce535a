"""What is said of sources and of pages that somebody adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.wording.language import counted, say
from bot.wording.phrases import moment, quoted, some_of

ADD_USAGE = "Which page? For example: /add https://www.example.org/news/bridge-reopens"
ADD_NO_PAGE = "That is no page's address: /add https://… takes a page in. For news of something there is /subscribe with its words."
EDITORS_ADD = "Adding pages is for editors of this desk; whoever runs it can make you one under [access]."
NO_SOURCES = "there are no sources: name them under [[sources]], or import an OPML file"
ADMINS_SOURCES = "Sources are for admins of this desk; whoever runs it can make you one under [access]."
WHOLE_DESK = "Your team sees some outlets alone, and sources are the whole desk's. Whoever runs it has `copydesk sources`."
SOURCES_USAGE = (
    "Write /sources for the list, /sources add https://www.example.org/feed.xml to have a feed asked, and /sources remove "
    "with a name to end it."
)
NO_SOURCES_YET = (
    "There are no sources yet. Write /sources add https://www.example.org/feed.xml to have a feed asked."
)
SHOWN = 5
"""Sources that are named where many are well again."""

SOURCES: Mapping[str, str] = {
    "source.address": "this is no address that can be fetched; one begins with http:// or https://",
    "source.private": "{host} leads to {address}, which is no public address; [fetch] private can allow it",
    "source.unreachable": "{host} cannot be reached ({said})",
    "source.slow": "{host} takes longer than {most:g} seconds",
    "source.too_large": "it has more than {most:g} MB; [fetch] max_mb can allow more",
    "source.redirects": "it leads on to another address more than {most} times",
    "source.status": "{host} answers {status}",
    "source.login": "{host} lets nobody in without the right password or token (it answers 401)",
    "source.gone": "{host} answers 410: it is gone for good",
    "source.busy": "{host} answers {status} and asks to be left alone for {seconds:g} seconds",
    "source.resting": "{host} asked to be left alone for {seconds:g} seconds more",
    "source.protocol": "what {host} answers is no HTTP that can be read ({said})",
    "source.robots": "the robots.txt of {host} keeps programs out",
    "source.robots_unknown": "whether robots.txt lets programs in is not known: {why}",
    "source.kind": "it is of the kind {kind}, which holds no article",
    "source.no_feed": "this is no feed",
    "source.page": "this is a web page and no feed; it says that its feed is {feed}",
    "source.unread": "the feed cannot be read: {why}",
    "source.name": "sources of the name {name} are added again and again; try it once more",
    "source.inbox": "what came cannot be put into the inbox: {said}",
    "mailbox.login": "{host} refuses the user and password ({said})",
    "mailbox.login_token": "{host} refuses the user and access token ({said})",
    "mailbox.no_oauth": "{host} takes no access tokens: it knows neither OAUTHBEARER nor XOAUTH2",
    "mailbox.no_token": "{host} gives no access token ({said})",
    "mailbox.token_command": "the command for the access token fails ({said})",
    "mailbox.password": "its password or token is not set: the environment has none as {name}, nor a file as {name}_FILE",
    "mailbox.ascii": "{host} has no way to be told a password with other characters than ASCII",
    "mailbox.certificate": "the certificate of {host} cannot be trusted ({said})",
    "mailbox.folder": "{host} does not open the folder {folder} ({said})",
    "mailbox.away": "the letters that were taken cannot be put away in {folder} ({said})",
    "mailbox.refused": "{host} refuses a command ({said})",
    "mailbox.too_much": "{host} sends more than the {most:g} MB that were asked for",
    "mailbox.protocol": "what {host} answers is no IMAP that can be read ({said})",
    "source.silent": "nothing new has come for {days} days",
    "source.failed": "the desk failed on it ({fault}); this is a fault of the desk: please report it with the log",
}
"""Why a source, or a page, brought nothing."""


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


def unseen(title: str) -> str:
    """A page of an outlet that the asker's team does not see, whether the library had it or not."""
    return say(
        "{article} was read. It is of no source of your team’s, so your team is not shown it.",
        article=quoted(title) if title else say("the page"),
    )


def not_added(reason: str) -> str:
    """A page that cannot be had."""
    return say("That page cannot be added: {reason}.", reason=reason)


def feed_added(name: str, host: str, every: timedelta) -> str:
    """A feed that is asked from now on."""
    minutes = round(every.total_seconds() / 60)
    return counted(
        minutes,
        "{name} ({host}) is asked from now on, every minute.",
        "{name} ({host}) is asked from now on, every {count} minutes.",
        name=name,
        host=host,
    )


def feed_known(name: str, host: str, every: timedelta) -> str:  # noqa: ARG001 - as feed_added has it
    """A feed that was there before."""
    return say("{name} ({host}) is among the sources already.", name=name, host=host)


def feed_not_added(reason: str) -> str:
    """A feed that cannot be had."""
    return say("That feed cannot be added: {reason}.", reason=reason)


def source_removed(became: str, name: str) -> str:
    """What became of a source that somebody wants away."""
    match became:
        case "removed":
            return say("{name} is not asked any more. What it brought stays.", name=name)
        case "configured":
            return say(
                "{name} stands under [[sources]] in the configuration, which alone can end it.", name=name
            )
    return say("There is no source {name}.", name=quoted(name))


def sources_title(count: int) -> str:
    """How many there are."""
    return counted(count, "{count} source", "{count} sources")


def more_sources(count: int) -> str:
    """Those that are not listed in chat."""
    return counted(
        count,
        "And {count} more: `copydesk sources` lists it.",
        "And {count} more: `copydesk sources` lists all.",
    )


def source_line(name: str, host: str, succeeded: datetime | None, now: datetime, reason: str) -> str:
    """A source, when it last did well, and what is wrong with it now; both moments in the reader's zone."""
    if succeeded is None and not reason:
        return say("{name} ({host}): not asked yet", name=name, host=host)
    if succeeded is None:
        return say("{name} ({host}): {reason}; it never succeeded", name=name, host=host, reason=reason)
    last = moment(succeeded, now)
    if reason:
        return say(
            "{name} ({host}): {reason}; last success {last}", name=name, host=host, reason=reason, last=last
        )
    return say("{name} ({host}): last success {last}", name=name, host=host, last=last)
