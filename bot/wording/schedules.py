"""When something comes, in words: times of a day and days of a week.

Plain values in, plain text out, as in :mod:`bot.wording.phrases`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.wording import phrases
from bot.wording.language import counted, say

FEW_TIMES = 4
"""Times of a day that are told one by one even where they are equally far apart."""

SETS_OF_DAYS = {(0, 1, 2, 3, 4, 5, 6): "daily", (0, 1, 2, 3, 4): "Mon to Fri", (5, 6): "Sat and Sun"}


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
