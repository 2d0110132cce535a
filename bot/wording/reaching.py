"""What the desk says where it may not be able to post, and to whom it cannot tell apart.

Plain values in, plain text out, as in :mod:`bot.wording.phrases`.
"""

from __future__ import annotations

OUTSIDE = (
    "I am no part of this conversation, so I cannot post here. Write to me alone, or in a channel that I was"
    " invited to."
)


def cannot_post(why: str) -> str:
    """``why`` has the remedy."""
    return f"I cannot post here yet: {why}. The subscription is kept, and its digests come once that is done."


def cannot_answer(why: str) -> str:
    """To somebody alone, who spoke where the desk cannot answer; ``why`` has the remedy."""
    return f"I cannot answer where you asked: {why}."


def may_not_arrive(why: str) -> str:
    """For a digest that is on its way; ``why`` has the remedy."""
    return f"It may not arrive: {why}."


def can_post(name: str, when: str) -> str:
    """The desk was let in where the subscription waited for it; ``when`` says when digests come."""
    return f"It worked: I can post here now. {name}: {when}"


def still_cannot_post(why: str) -> str:
    """The desk was let in, and something else keeps it from posting."""
    return f"I am here now, but still cannot post: {why}."


def nameless(rule: str) -> str:
    """For who writes in the chat's name; ``rule`` would let all of them in as editors."""
    return (
        "You write in this chat's name, so I cannot tell who you are, and only an editor may do that. Write in your own"
        f' name, or have "{rule}" put under editors of [access]: then all who write in its name may.'
    )


TOPIC_GONE = "The topic that your digests came to is gone. They come here from now on."


def has_moved(old: str, new: str) -> str:
    """For the owner: a chat has another address."""
    return (
        f"{old} has moved: it is {new} now. Put it in place of the old one in the configuration, under [access] and"
        " [[channels]]"
    )


def goes_to_the_chat(old: str, new: str) -> str:
    """For the owner: a reader deleted a topic of their own chat."""
    return f"the topic of {old} is gone: what was for it goes to {new}"
