"""What the buttons of answers say, and what is said of a press. Plain values in, plain text out."""

from __future__ import annotations

MORE = "More of this story"
MUTE = "Mute this story"
TOPICS = "‹ Topics"
SUBSCRIBE = "Subscribe"
UNDO = "Undo"

MUTE_EXPIRED = "This button is no longer good. /mute lists what is muted in this chat."
TOPICS_EXPIRED = "This button is no longer good. /topics lists the topics."
FOUND_EXPIRED = "This button is no longer good. Please ask again with /search."
STORY_EXPIRED = "This button is no longer good: the digest is too old, or is not from here."


def unmute(query: str) -> str:
    """What ends a mute."""
    return f"Unmute {query}"
