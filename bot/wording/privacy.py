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


def called(count: int) -> str:
    """Chats in which the person wrote while the desk did not know them."""
    return counted(
        count,
        "that you wrote to me in {count} chat before I was allowed to answer you",
        "that you wrote to me in {count} chats before I was allowed to answer you",
    )


def mutes(queries: Sequence[str]) -> str:
    """What the person's own conversation does not want to hear of."""
    return say("what is muted here: {names}", names=some_of([quoted(query) for query in queries], NAMED))


def posted(count: int) -> str:
    """Parts of digests that went to their own conversation, or will."""
    return counted(
        count,
        "{count} message of digests for this conversation, posted or still to come",
        "{count} messages of digests for this conversation, posted or still to come",
    )


def recalled(count: int) -> str:
    """Stories that their own conversation was told."""
    return counted(
        count,
        "what I told you here of {count} story, so that I do not tell it twice",
        "what I told you here of {count} stories, so that I do not tell them twice",
    )


def closed() -> str:
    """Their own conversation took nothing."""
    return say("that this conversation took no messages when I tried last")


def subscribing() -> str:
    """A rule of their own conversation."""
    return say("who may subscribe here")


def own_is_told() -> str:
    """In a chat with others."""
    return say("What I keep of our own conversation I tell you there: write /privacy to me alone.")


def own_stays() -> str:
    """In a chat with others, after a removal."""
    return say("Of our own conversation I keep what there is until you write me this alone: /privacy remove")


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
