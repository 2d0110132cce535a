"""What the desk says of a wish as it was understood, and what it asks where that is not clear.

Plain values in, plain text out, as in :mod:`bot.wording.phrases`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.wording import phrases
from bot.wording.language import counted, known, languages, say, speaking
from bot.wording.phrases import quoted

FEW_TIMES = 4
"""Times of a day that are told one by one even where they are equally far apart."""

SETS_OF_DAYS = {(0, 1, 2, 3, 4, 5, 6): "daily", (0, 1, 2, 3, 4): "Mon to Fri", (5, 6): "Sat and Sun"}

SUBSCRIPTION_EXPIRED = "This button is no longer good. /subscriptions lists what this chat gets."
WHICH_ZONE = (
    "I do not know your time zone. Which one is it? Answer with a place or a zone, for example Europe/Berlin."
)
CHANGES = {
    "undo": "Undo",
    "weekdays": "Mon to Fri",
    "daily": "Every day",
    "morning": "At 08:00",
    "evening": "At 18:00",
}
"""What the buttons below a new subscription say, by what they do."""

ALL_OF_AN_OUTLET = "all that this outlet prints; between quotation marks its name is looked for in articles"
"""Of a subscription, or a mute, of nothing but an outlet."""

INSTEAD = "Change it to this"
"""On the button that lets a wish take the place of the subscription that has its name."""


def until_now(times: str) -> str:
    """When a subscription came that was changed."""
    return say("Until now it was {times}.", times=times)


def doubtful(words: str) -> str:
    """Words that may be a time or be searched for."""
    return say(
        "I am not sure what {words} means: when, where or how it shall come, or words to look for? Write times like"
        " at 08:00 on mon-fri, fridays at 16:00, every 2 hours or at 08:00 in Europe/Berlin,"
        ' and words to look for "between quotation marks".',
        words=quoted(words),
    )


def any_wanted(joint: str) -> str:
    """Of an "and" between two things or more, each of which is wanted by itself."""
    return say("{said} is read as OR: without it, an article needs all of them", said=quoted(joint))


def all_needed(joint: str) -> str:
    """Of an "and" among words that an article needs all of."""
    return say("{said} is read as AND: with a comma in its place, either is enough", said=quoted(joint))


def which_one(words: str) -> str:
    """Words that only mean what was spoken of before: "it", "the second"."""
    return say(
        "I am not sure what {words} stands for. Write what it is about, a topic, or the number of a story such as story:12;"
        ' words to look for stand "between quotation marks".',
        words=quoted(words),
    )


def elsewhere(words: str) -> str:
    """Words that say to which chat it shall go."""
    return say(
        "I bring digests to the chat in which they are asked for: type it there, without {words}."
        ' Words to look for stand "between quotation marks".',
        words=quoted(words),
    )


def comes_here(*, direct: bool, thread: bool = False) -> str:
    """Where the digests of a new subscription come; in a ``thread``, or a forum's topic, not to the whole chat."""
    if thread and not direct:
        return say("in this topic or thread")
    return say("to you, here" if direct else "in this chat")


def in_a_thread() -> str:
    """Where the digests of one of a chat's subscriptions come that do not come to the whole chat."""
    return say("in a topic or thread")


def unclear_length(words: str) -> str:
    """Words that may say how long to mute, or be what to mute."""
    return say(
        "I am not sure how long {words} is. Write for 7d, for 2 weeks or for a month,"
        ' and words to leave out "between quotation marks".',
        words=quoted(words),
    )


def schedule(times: Sequence[str], days: Sequence[int], zone: str = "") -> str:
    """``08:00 and 17:30, Mon to Fri``; ``when asked``; with a zone that is not the reader's own."""
    if not times or not days:
        return say("when asked")
    at = say("{times}, {days}", times=phrases.listed(times), days=weekly(days))
    if hourly := _hourly(times):
        at = ", ".join((hourly, weekly(days)))
    return f"{at} ({zone})" if zone else at


def alerts(most: int, days: Sequence[int], zone: str = "") -> str:
    """``at once, at most 4 an hour, daily``."""
    told = say("at once, at most {most} an hour, {days}", most=most, days=weekly(days))
    return f"{told} ({zone})" if zone else told


def weekly(days: Sequence[int]) -> str:
    """``daily``, ``Mon to Fri``, ``Mon, Wed and Fri``."""
    whole = tuple(days)
    if whole in SETS_OF_DAYS:
        return say(SETS_OF_DAYS[whole])
    return phrases.listed([say(phrases.DAYS[day]) for day in days])


def _hourly(times: Sequence[str]) -> str:
    """``every 2 hours``, ``every hour from 08:00 to 20:00`` for times that are so; empty for others and few."""
    minutes = [int(text[:2]) * 60 + int(text[3:]) for text in times]
    steps = {later - sooner for sooner, later in pairwise(minutes)}
    step = min(steps, default=0)
    if len(times) < FEW_TIMES or len(steps) > 1 or step % 60:
        return ""
    every = counted(step // 60, "every hour", "every {count} hours")
    whole = minutes[0] == 0 and minutes[-1] + step >= 24 * 60
    return (
        every if whole else say("{every} from {begin} to {end}", every=every, begin=times[0], end=times[-1])
    )


# --- which language -------------------------------------------------------------------------------


def spoken_here(code: str) -> str:
    """Which language is spoken in the chat, and how to have another."""
    own = [say("{code} ({name})", code=one.code, name=one.name) for one in languages().values()]
    return say(
        "I speak {language} in this chat. There is {known}; /language {code} changes it, and /language auto goes"
        " back to what follows from elsewhere.",
        language=phrases.language(code),
        known=phrases.listed(own),
        code=next((other for other in languages() if other != code), code),
    )


def speaks(code: str) -> str:
    """A language was chosen."""
    return say("From now on I speak {language} in this chat.", language=phrases.language(code))


def speaks_again(code: str) -> str:
    """The choice of a language was taken back."""
    return say(
        "No language is chosen for this chat any more; I speak {language}.", language=phrases.language(code)
    )


def no_language(typed: str) -> str:
    """What was typed is no language that is here."""
    own = [say("{code} ({name})", code=one.code, name=one.name) for one in languages().values()]
    return say(
        "I do not speak {language}. There is {known}.", language=quoted(typed), known=phrases.listed(own)
    )


def digest_speaks(name: str, code: str) -> str:
    """A digest whose language the configuration says."""
    return say(
        "The digest {name} speaks {language}, as the configuration says.",
        name=quoted(name),
        language=phrases.language(code),
    )


def language_of(name: str) -> str:
    """The code of the language that goes by this code or name in any language; empty where none does."""
    called = {one.name.casefold(): one.code for one in languages().values()}
    for spoken in languages():
        with speaking(spoken):
            called |= {phrases.language(code).casefold(): code for code in languages()}
    return known(name.strip()) or called.get(name.strip().casefold(), "")


def mute_number(number: str) -> str:
    """A number alone was to be left out."""
    return say(
        "Shall I leave out the story of that number or the word? /mute story:{number} is the story, /mute “{number}” the word.",
        number=number,
    )
