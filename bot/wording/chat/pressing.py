"""What the buttons of answers say, and what is said of a press and of an inline query. Plain values in, plain text out."""

from __future__ import annotations

from bot.wording.language import say

MORE = "More of this story"
MUTE = "Mute this story"
TOPICS = "‹ Topics"
SUBSCRIBE = "Subscribe"
SUBSCRIPTIONS, SCHEDULE, MUTED = "Your subscriptions", "The next digests", "What is muted"
UNDO = "Undo"

MUTE_EXPIRED = "This button is no longer good. /mute lists what is muted in this chat."
TOPICS_EXPIRED = "This button is no longer good. /topics lists the topics."
FOUND_EXPIRED = "This button is no longer good. Please ask again with /search."
STORY_EXPIRED = "This button is no longer good: the digest is too old, or is not from here."

NOTHING_INLINE = "Nothing found. Ask me directly"
REBUILDING_INLINE = "The search index is being rebuilt"
UNREACHABLE_INLINE = "The library cannot be used just now"
"""On the button that leads to the desk from where nothing can be chosen; 64 characters at most."""


def unmute(query: str) -> str:
    """What ends a mute."""
    return say("Unmute {query}", query=query)


def mute(query: str) -> str:
    """What holds back what has these words."""
    return say("Mute {query}", query=query)


def search_for(words: str) -> str:
    """What looks for words of a message that was not understood."""
    return say("Search for {words}", words=words)


def subscribe_to(words: str) -> str:
    """What subscribes to words of a message that was not understood, at the time that it told."""
    return say("Subscribe to {words}", words=words)


def quotes_of(words: str) -> str:
    """What looks for what somebody said."""
    return say("Quotes of {words}", words=words)


def meet_me() -> str:
    """In a group, to who asked for what nobody else may read, and has never written to the desk."""
    return say(
        "The answer is for you alone, and I may not write to you yet. Open a conversation with me, then ask again."
    )
