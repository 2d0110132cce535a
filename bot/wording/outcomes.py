"""What became of digests and of their parts: for who asks, and for the owner.

Plain values in, plain text out, as in :mod:`bot.wording.phrases`. Moments are already in the reader's zone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.wording import phrases
from bot.wording.language import counted, say
from bot.wording.phrases import SEPARATOR, listed

NO_DIGEST_YET = "no digest yet"
WELCOME = "You are welcome. /help lists what I can do."
NO_SUCH_TOPIC = "There is no topic of that name. /topics lists those that there are."
READY = "I am here. /search looks for articles, /help lists what I can do."


def unsure(words: str) -> str:
    """Words to the desk alone of which nothing is understood."""
    return say(
        "I do not know what to do with {words}. /search looks for articles, /subscribe has them come at a time of your"
        " choice, /help lists all that I can do.",
        words=phrases.quoted(words),
    )


def unsure_of_these(words: str) -> str:
    """Words to the desk alone that are about subscriptions, and of which no more is understood; these are listed below."""
    return say(
        "I do not know what to do with {words}, and have changed nothing. Here is what can be changed:",
        words=phrases.quoted(words),
    )


def unsure_of_one(words: str, perhaps: Sequence[str]) -> str:
    """Words to the desk alone that may mean one of these commands, each with what it is about."""
    said = say(
        "I am not sure what {words} asks for, and have done nothing yet. Perhaps one of these:",
        words=phrases.quoted(words),
    )
    return f"{said} {' · '.join(perhaps)}"


def command(name: str, words: str) -> str:
    """A command as it would be typed."""
    return say(_TYPED[name], words=words) if words else say(_ALONE[name])


_ALONE = {"subscriptions": "/subscriptions", "schedule": "/schedule", "mute": "/mute"}
_TYPED = {
    "subscribe": "/subscribe {words}",
    "search": "/search {words}",
    "mute": "/mute {words}",
    "quotes": "/quotes {words}",
}


def one_at_a_time(words: str) -> str:
    """Of two wishes in one message; ``words`` are the second."""
    return say(
        "I take one wish at a time, and have done nothing yet: please write {words} in a message of its own.",
        words=phrases.quoted(words),
    )


def unsure_below(words: str) -> str:
    """Words to the desk alone below a digest, of which nothing is understood."""
    return say(
        "I do not know what to do with {words}. Below a digest I understand 2, “the ferry story”, sources for 3, quotes"
        " and timeline of 2; /search looks for articles, /help lists what I can do.",
        words=phrases.quoted(words),
    )


def posting(name: str, at: str = "") -> str:
    """A digest is on its way; ``at`` is another place than the one that asks."""
    digest = phrases.digest_title(name)
    return (
        say("{digest} is on its way to {at}.", digest=digest, at=at)
        if at
        else say("{digest} is on its way.", digest=digest)
    )


def posted_before(name: str) -> str:
    """The same request came twice."""
    return say("{digest} was posted for this request already.", digest=phrases.digest_title(name))


def subscriber_told(at: str, reason: str) -> str:
    """What somebody hears who subscribed for a place that takes nothing."""
    return say(
        "I cannot post the digests that you asked for at {at}: {reason}. I keep what is new, and post it at once when I can again.",
        at=at,
        reason=reason,
    )


def left_out_title(name: str) -> str:
    """The heading of what a digest did not show."""
    called = phrases.is_called_digest(name)
    return say("What the {name} left out" if called else "What the {name} digest left out", name=name)


def left_out(total: int, when: str) -> str:
    """How much the last digest left out, and when it was made."""
    return SEPARATOR.join((counted(total, "{count} file", "{count} files"), when))


def nothing_left_out(when: str) -> str:
    """The last digest showed all that came in."""
    return say("Nothing was left out of the digest of {when}.", when=when)


def urgent(text: str) -> str:
    """What the owner hears at once."""
    return say("The desk needs you: {text}", text=text)


def failures(shown: Sequence[tuple[str, int]], total: int) -> str:
    """What failed in a day, in one line: the first few with how often each did, and how many in all."""
    told = "; ".join(
        text if times == 1 else counted(times, "{text} ({count} time)", "{text} ({count} times)", text=text)
        for text, times in shown
    )
    if total > len(shown):
        told = say("{told} (and {count} more; the log has them all)", told=told, count=total - len(shown))
    return counted(
        total,
        "{count} thing failed since yesterday: {told}",
        "{count} things failed since yesterday: {told}",
        told=told,
    )


def became(when: datetime, states: Mapping[str, int], reason: str) -> str:
    """What became of a digest's parts: ``states`` counts them by the state that they are in."""
    day = say("{weekday} {time}", weekday=say(phrases.DAYS[when.weekday()]), time=phrases.clock(when))
    total = sum(states.values())
    if not total:
        return say("{day}, nothing to say", day=day)
    failed, doubtful = states.get("failed", 0), states.get("uncertain", 0)
    if failed or doubtful:
        told = (
            say("{count} failed", count=failed) if failed else "",
            say("{count} uncertain", count=doubtful) if doubtful else "",
        )
        return counted(
            total,
            "{day}, {told} of {count} part: {reason}",
            "{day}, {told} of {count} parts: {reason}",
            day=day,
            told=listed([one for one in told if one]),
            reason=reason,
        )
    if states.get("sent", 0) < total:
        return counted(
            total,
            "{day}, {posted} of {count} part posted so far",
            "{day}, {posted} of {count} parts posted so far",
            day=day,
            posted=states.get("sent", 0),
        )
    return say("{day}, posted", day=day)


def last_digest(told: str | None) -> str:
    """What became of the last digest, for /schedule."""
    return say("last: {told}", told=told) if told else say(NO_DIGEST_YET)


# --- made again -----------------------------------------------------------------------------------


def no_digest(number: int) -> str:
    """Of an id that no digest has."""
    return say("there is no digest {number}; `copydesk digest replay` lists the newest", number=number)


def no_plan(number: int) -> str:
    """Of a digest that an earlier version made."""
    return say(
        "digest {number} was made by a version that did not keep what it was laid out of", number=number
    )


def changed_since(number: int, name: str) -> str:
    """Why a digest cannot be made again."""
    return say(
        "article {number} ({name}) was corrected or read anew after this digest, so its words of then are gone",
        number=number,
        name=name,
    )


def forgotten_since(number: int) -> str:
    """Why a digest cannot be made again."""
    return say("article {number} is not in the library any more", number=number)


def other_parts(made: int, posted: int) -> str:
    """Of a digest that comes out in another number of parts."""
    return say(
        "it has {made} parts now, and had {posted} when it was posted; another version made it",
        made=made,
        posted=posted,
    )


def other_part(number: int) -> str:
    """Of a part that comes out otherwise."""
    return say("part {number} is not as it was posted; another version made it", number=number)
