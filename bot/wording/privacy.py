"""What the desk keeps about a person, in words: the texts of ``/privacy``."""

from __future__ import annotations

from collections.abc import Sequence

from bot.wording.language import counted, say
from bot.wording.phrases import quoted, some_of

NAMED = 20
"""Subscriptions that are named; nobody makes more, and an answer has an end."""


def kept(lines: Sequence[str]) -> str:
    """What is kept, line by line, and how to remove it."""
    if not lines:
        return " ".join((say("I keep nothing about you."), kept_not()))
    title = say("What I keep about you:")
    remove = say("To remove it: /privacy remove")
    return "\n".join((title, *(f"• {line}" for line in lines), kept_not(), remove))


def kept_not() -> str:
    """What is not kept."""
    return say(
        "What you write is not kept: of each message I keep a hash for 25 hours, so that I answer it once."
    )


def usage() -> str:
    """How to ask."""
    return say("/privacy shows what I keep about you. To remove it: /privacy remove")


def subscriptions(names: Sequence[str]) -> str:
    """Those that the person made."""
    return say(
        "that you made these subscriptions: {names}", names=some_of([quoted(name) for name in names], NAMED)
    )


def searches(count: int) -> str:
    """What was asked whose answers have buttons."""
    return counted(
        count,
        "{count} question of the last 30 days, for the buttons below the answers",
        "{count} questions of the last 30 days, for the buttons below the answers",
    )


def caught_up(until: str) -> str:
    """Up to when the person has read."""
    return say("how far you read with /catchup: {until}", until=until)


def language(name: str) -> str:
    """In which language the person is spoken to."""
    return say("in which language I speak to you: {language}", language=name)


def files(count: int) -> str:
    """Files that the person gave in chat, and has not been told about."""
    return counted(
        count,
        "that you gave me {count} file, until I tell you what became of it",
        "that you gave me {count} files, until I tell you what became of them",
    )


def removed(own: int, others: int, ended: int = 0) -> str:
    """After a removal: subscriptions of their own conversation, and of chats with other people, which go on or ``ended``."""
    said = [say("Removed. I keep nothing about you now.")]
    if own:
        said.append(
            counted(
                own,
                "{count} subscription of this conversation ended.",
                "{count} subscriptions of this conversation ended.",
            )
        )
    if others:
        said.append(
            counted(
                others,
                "{count} subscription of other chats goes on without your name.",
                "{count} subscriptions of other chats go on without your name.",
            )
        )
    if ended:
        said.append(
            counted(
                ended,
                "{count} subscription of other chats ended: only your name made it your team's.",
                "{count} subscriptions of other chats ended: only your name made them your team's.",
            )
        )
    return " ".join(said)
