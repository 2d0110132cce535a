"""What the desk says of articles that are forgotten.

Plain values in, plain text out, as in :mod:`bot.wording.phrases`.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.wording.language import counted, say
from bot.wording.phrases import quoted, some_of

NAMED = 10
"""Articles that are named; the rest are counted."""


def taken_back() -> str:
    """What stands in the place of a message that cannot be deleted."""
    return say("This message was taken back.")


def usage() -> str:
    """How to ask."""
    return say(
        "What shall be forgotten? Write /forget and the numbers of articles, a web address, or words to find them by."
    )


def admins() -> str:
    """Of who may not."""
    return say("Only an admin can have articles forgotten: they go for every chat.")


def nothing() -> str:
    """Of what is not there."""
    return say("The library has nothing of that kind.")


def copies() -> str:
    """What is not reached."""
    return say("Copies of the store that somebody made, and answers to searches, still have it.")


def stays(place: str, message: str, why: str) -> str:
    """A message that still has what was forgotten."""
    return say(
        "a message in {place} still has what was forgotten; delete it there by hand ({message}): {why}",
        place=place,
        message=message,
        why=why,
    )


def articles(named: Sequence[str], *, done: bool) -> list[str]:
    """Which articles go, or went."""
    if done:
        first = counted(len(named), "Forgotten: {count} article.", "Forgotten: {count} articles.")
    else:
        first = counted(len(named), "To be forgotten: {count} article.", "To be forgotten: {count} articles.")
    more = len(named) - NAMED
    rest = [counted(more, "and {count} more article", "and {count} more articles")] if more > 0 else []
    return [first, *(f"- {name}" for name in (*named[:NAMED], *rest))]


def article(number: int, title: str, source: str) -> str:
    """One of them."""
    return f"#{number} {title} ({source})" if source else f"#{number} {title}"


def held(name: str) -> str:
    """One that waits for its moment."""
    return say("{name}, which is under embargo", name=name)


def files(count: int, others: int) -> str:
    """The files that go with them."""
    own = counted(
        count,
        "With them goes {count} file in done/, and its receipt.",
        "With them go {count} files in done/, and their receipts.",
    )
    shared = counted(
        others,
        "{count} other article of theirs stays in the library and loses its file.",
        "{count} other articles of theirs stay in the library and lose their file.",
    )
    return f"{own} {shared}" if others else own


def elsewhere() -> str:
    """Places whose names are others' to know."""
    return say("other places")


def messages(fate: str, places: Sequence[str], count: int) -> str:
    """What becomes of messages."""
    where = some_of(list(dict.fromkeys(places)), 5)
    if fate == "changed":
        return counted(
            count,
            "{count} message is edited or taken away: {places}.",
            "{count} messages are edited or taken away: {places}.",
            places=where,
        )
    if fate == "withheld":
        return counted(
            count,
            "{count} message waits, and is posted without it: {places}.",
            "{count} messages wait, and are posted without it: {places}.",
            places=where,
        )
    return counted(
        count,
        "{count} message cannot be changed by the desk; delete it by hand: {places}.",
        "{count} messages cannot be changed by the desk; delete them by hand: {places}.",
        places=where,
    )


def confirm(how: str) -> str:
    """How it is done."""
    return say("Nothing is done yet. {how} does it.", how=how)


def before(count: int) -> str:
    """What was left undone by a process that was stopped, or had no room."""
    return counted(
        count,
        "Files or index still have what was forgotten {count} time before; the desk that runs, or --yes, removes it.",
        "Files or index still have what was forgotten {count} times before; the desk that runs, or --yes, removes it.",
    )


def unfinished(why: str) -> str:
    """What is still to be done, and tried again."""
    return say(
        "Gone from the library and every answer, not yet from every file: {why}. It is tried again.", why=why
    )


def again(command: str, count: int, chat: int) -> str:
    """More than chat forgets at once."""
    return counted(
        count,
        "That is {count} article; in chat {chat} go at once. Narrow it down, or run {command}.",
        "That are {count} articles; in chat {chat} go at once. Narrow it down, or run {command}.",
        chat=chat,
        command=quoted(command),
    )
