"""What the desk keeps about a person, in words: the texts of ``/privacy``."""

from __future__ import annotations

from bot.wording.language import counted, say
from bot.wording.phrases import listed

TITLE = "What I keep about you:"
NOTHING = "I keep nothing about you."
HOW_TO_REMOVE = "To remove it: /privacy remove"
KEPT_NOT = "What you write is not kept: of each message I keep a hash for 25 hours, so that I answer it once."
USAGE = "/privacy shows what I keep about you. To remove it: /privacy remove"
REMOVED = "Removed. I keep nothing about you now."


def subscriptions(names: list[str], more: int) -> str:
    """Those that the person made; ``more`` are not named."""
    named = [*names, say("{count:,} more", count=more)] if more else names
    return say("that you made these subscriptions: {names}", names=listed(named))


def searches(count: int) -> str:
    """Searches whose answers have buttons."""
    return counted(
        count,
        "{count} search of the last 30 days, for the buttons below the answers",
        "{count} searches of the last 30 days, for the buttons below the answers",
    )


def caught_up(until: str) -> str:
    """Up to when somebody has caught up."""
    return say("how far you read with /catchup: {until}", until=until)


def language(name: str) -> str:
    """In which language somebody is spoken to."""
    return say("in which language I speak to you: {language}", language=name)


def shown(lines: list[str]) -> str:
    """What is kept, line by line, and how to remove it; without any, that nothing is."""
    if not lines:
        return " ".join((say(NOTHING), say(KEPT_NOT)))
    return "\n".join((say(TITLE), *(f"• {line}" for line in lines), say(KEPT_NOT), say(HOW_TO_REMOVE)))


def removed(own: int, others: int) -> str:
    """After a removal: subscriptions of their own conversation, and of chats with other people."""
    said = [say(REMOVED)]
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
    return " ".join(said)
