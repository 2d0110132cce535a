"""What the desk says where it may not be able to post, and to whom it cannot tell apart.

Plain values in, plain text out, as in :mod:`bot.wording.phrases`.
"""

from __future__ import annotations

from bot.wording.language import say

OUTSIDE = (
    "I am no part of this conversation, so I cannot post here. Write to me alone, or in a channel that I was"
    " invited to."
)
EDITORS_SUBSCRIBE = (
    "Only an editor, or whom this chat's administrators let by /settings, can change what it gets."
)
SUBSCRIBE_ALONE = "In a direct conversation with me you can subscribe yourself."


def cannot_post(why: str) -> str:
    """``why`` has the remedy."""
    return say(
        "I cannot post here yet: {why}. The subscription is kept, and its digests come once that is done.",
        why=why,
    )


def answers_to(command: str) -> str:
    """To somebody alone, who typed a command that the platform brings here and that is not the desk's."""
    return say("I answer to {command}.", command=command)


PERHAPS_LOST = "My answer may have been lost on its way. If you do not see it, please ask again."


def cannot_answer(why: str) -> str:
    """To somebody alone, who spoke where the desk cannot answer; ``why`` has the remedy."""
    return say("I cannot answer where you asked: {why}.", why=why)


def may_not_arrive(why: str) -> str:
    """For a digest that is on its way; ``why`` has the remedy."""
    return say("It may not arrive: {why}.", why=why)


def can_post(name: str, when: str) -> str:
    """The desk was let in where the subscription waited for it; ``when`` says when digests come."""
    return say("It worked: I can post here now. {name}: {when}", name=name, when=when)


def still_cannot_post(why: str) -> str:
    """The desk was let in, and something else keeps it from posting."""
    return say("I am here now, but still cannot post: {why}.", why=why)


def nameless(rule: str) -> str:
    """For who writes in the chat's name; ``rule`` would let all of them in as editors."""
    return say(
        "You write in this chat's name, so I cannot tell who you are, and only an editor may do that. Write in your own"
        ' name, let administrators subscribe by /settings, or have "{rule}" put under editors of [access]: then all who write in its name may.',
        rule=rule,
    )
