"""What buttons make of a subscription, by their verb and argument; nothing is kept here (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.chat import buttons
from bot.chat.edits import marked
from bot.conversation.subscribing.refusals import Refusal
from bot.domain import query, query_nodes
from bot.domain.digests import STYLES
from bot.domain.message import Button
from bot.domain.model import Schedule, Subscription
from bot.domain.times.when import When, parse_when, printed
from bot.wording import subscribing
from bot.wording.chat import editing
from bot.wording.language import ENGLISH, say, speaking
from bot.wording.timing import ALL, EVENING, MORNING, WORKDAYS

WEEK = timedelta(days=7)
ZONES = ("UTC", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Tokyo")
DESKS = "desk"
"""As an argument: what the desk's configuration has."""

UNDO, BACK = "undo", "back"
"""The changes below a new subscription that end it, and that take back the last one."""


class Changes:
    """For a desk in ``zone`` that follows ``topics``."""

    def __init__(self, zone: str, topics: Mapping[str, str]) -> None:
        self._zone = zone
        self._topics = topics

    def made(self, one: Subscription, verb: str, argument: str, now: datetime) -> Subscription | None:
        """The subscription as a press makes it; ``None`` for an argument that is on no button.

        Raises Refusal where it may not be so.
        """
        if verb == "topic":
            return self._with_topic(one, argument)
        if verb == "as":
            known = argument in STYLES or argument == DESKS
            return replace(one, style="" if argument == DESKS else argument) if known else None
        schedule = self._reshaped(one.schedule, verb, argument, now)
        return replace(one, schedule=schedule) if schedule else None

    def _reshaped(self, schedule: Schedule, verb: str, argument: str, now: datetime) -> Schedule | None:
        if verb == "pause":
            return replace(schedule, paused=now + WEEK)
        if verb == "resume":
            return replace(schedule, paused=None)
        if verb == "at" and argument in editing.TIMES_TOLD:
            return replace(schedule, at=_times_of(argument), alerts=0)
        if verb == "on" and argument in editing.DAYS_TOLD:
            return replace(schedule, days=frozenset(map(int, argument)))
        if verb == "in" and argument == DESKS:
            return replace(schedule, zone=self._zone, follows=True)
        zone = marked(argument, ((zone, zone) for zone in ZONES)) if verb == "in" else None
        return replace(schedule, zone=zone, follows=False) if zone else None

    def _with_topic(self, one: Subscription, argument: str) -> Subscription | None:
        """With the topic, or without it where it has it; the last thing that is asked for stays."""
        name = marked(argument, ((name, name) for name in self._topics))
        if name is None:
            return None
        wanted = query.parse(one.query).query
        parts = wanted.queries if isinstance(wanted, query_nodes.Or) else (wanted,)
        others = [part for part in parts if not _is_topic(part, name)]
        if not others:
            raise Refusal(say(editing.LAST_TOPIC))
        if len(others) == len(parts):
            kept = [] if isinstance(wanted, query_nodes.Everything) else others
            others = [*kept, query_nodes.Topic(name)]
        return replace(one, query=query.printed(query_nodes.any_of(others)))


def _times_of(digits: str) -> tuple[time, ...]:
    return tuple(
        time(int(digits[at : at + 2]), int(digits[at + 2 : at + 4])) for at in range(0, len(digits), 4)
    )


def _is_topic(part: query.Query, name: str) -> bool:
    return isinstance(part, query_nodes.Topic) and part.name.casefold() == name.casefold()


def quick_changes(schedule: Schedule) -> dict[str, Schedule]:
    """What buttons make of a schedule, by their names: other days, and of a single time another."""
    days = {"weekdays": WORKDAYS, "daily": ALL}
    changes = {name: replace(schedule, days=told) for name, told in days.items() if told != schedule.days}
    if len(schedule.at) == 1:
        hours = {"morning": MORNING, "evening": EVENING}
        times = {name: (time(hour),) for name, hour in hours.items()}
        changes |= {name: replace(schedule, at=at) for name, at in times.items() if at != schedule.at}
    return changes


def quick_buttons(schedule: Schedule, token: str, *, changed: bool = False) -> tuple[Button, ...]:
    """The buttons below a new subscription: to undo it, and for each quick change; below a ``changed`` one also to undo that."""
    labels = {name: say(subscribing.CHANGES[name]) for name in (UNDO, *quick_changes(schedule))}
    if changed:
        labels = {BACK: labels.pop(UNDO), **labels, UNDO: say(editing.END)}
    return tuple(Button(label, "change", str(buttons.Change(token, name))) for name, label in labels.items())


def kept_words(schedule: Schedule) -> str:
    """What quick changes may change of a schedule, as words to keep."""
    with speaking(ENGLISH.code):
        return printed(When(schedule.at, schedule.days))


def as_before(schedule: Schedule, words: str) -> Schedule:
    """The schedule with what was kept of the one before."""
    before = parse_when(words)
    return replace(schedule, at=before.at, days=before.days)
