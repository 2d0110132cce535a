"""What a wish says of the subscription that it asks for: its name, its schedule, what is open in it (pure)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time

from bot.conversation.subscribing.refusals import Refusal
from bot.domain import query, query_nodes
from bot.domain.message import Asks
from bot.domain.model import Schedule
from bot.domain.times.when import When
from bot.grammar import questions, several, wishes
from bot.grammar.wishes import Wish
from bot.views.captions import LONG_NAME, clipped
from bot.views.forms import NAME, WHEN
from bot.wording import replies, subscribing
from bot.wording.heard.languages import languages
from bot.wording.language import say

MOST_TIMES = 24
"""Times a day of one subscription."""

DEFAULT_AT = time(8)
"""The time of a subscription that names none."""

LONGEST_NAME = 40

_ASKING = frozenset(word for one in languages().values() for word in one.talk.asking)
_SOMEBODY = re.compile(
    rf"[#@]\w\S*(?= (?:{'|'.join(sorted({one for told in languages().values() for one in (*told.asking.links, *told.asking.subjects)}))})\s)",
    re.IGNORECASE,
)
"""For whom, before what: "@ada to oil"."""


def query_of(text: str) -> query.Parsed:
    """The query of what a wish, or a mute, is about: "and" between things of a few words is read as OR; the notes tell how it is read."""
    either, joint = several.each_of(text)
    found = query.parse(either, lists=True)
    if isinstance(found.query, query_nodes.Field) and found.query.name == "source":
        return replace(found, notes=(*found.notes, say(subscribing.ALL_OF_AN_OUTLET)))
    if not joint:
        return found
    note = subscribing.all_needed(joint) if either == text else subscribing.any_wanted(joint)
    return replace(found, notes=(*found.notes, note))


def name_of(wish: Wish, wanted: query.Query) -> str:
    """The name that was given, or one made of the query's words."""
    if wish.name:
        name = re.sub(r"\s+", "-", wish.name)
        if not re.fullmatch(rf"\w[\w-]{{0,{LONGEST_NAME - 1}}}", name):
            raise Refusal(replies.not_a_name(clipped(wish.name, LONG_NAME)), NAME)
        return name
    topics = sorted(query_nodes.topics_named(wanted))
    texts = [re.sub(r"^\w+:", "", str(term)) for term in query_nodes.terms(wanted)]
    told = (leaf for leaf, wanted_so in query_nodes.leaves(wanted) if wanted_so)
    stories = [f"story {leaf.id}" for leaf in told if isinstance(leaf, query_nodes.InStory)]
    words = re.findall(r"\w+", " ".join([*topics, *texts, *stories])[:400].casefold())
    name = ""
    for word in words:
        if len(longer := f"{name}-{word}" if name else word) > LONGEST_NAME:
            break
        name = longer
    return name or (words[0][:LONGEST_NAME] if words else say(replies.DEFAULT_NAME))


def refuse_unclear(argument: str, wish: Wish) -> None:
    """Raises Refusal for a wish that is doubtful, or cannot be kept; with what a bare time completes, where one would."""
    whom = _SOMEBODY.match(wish.query)
    if whom or wish.place:
        raise Refusal(subscribing.elsewhere(clipped(whom[0] if whom else wish.place, LONG_NAME)))
    if wish.doubt:
        doubtful = subscribing.doubtful(clipped(wish.doubt, LONG_NAME))
        raise Refusal(doubtful, asks=_for_a_time(argument, wish))
    if questions.points(wish.query) or wish.query.partition(" ")[0].casefold().strip(",?!") in _ASKING:
        raise Refusal(subscribing.which_one(clipped(wish.query, LONG_NAME)))
    if wish.refusal:
        raise Refusal(replies.sentence(wish.refusal), asks=_for_a_time(argument, wish))


def _for_a_time(argument: str, wish: Wish) -> Asks | None:
    """The command that a bare time completes; ``None`` where none is asked about."""
    gap = wishes.gap(argument, wish)
    hour = wishes.hour_of(wish.doubt or argument)
    return Asks(f"/subscribe {gap[0]}", gap[1], "time", hour) if gap else None


def schedule_of(when: When, zone: str) -> Schedule:
    """What was understood, in the zone that was named or else ``zone``."""
    if len(when.at) > MOST_TIMES:
        raise Refusal(replies.too_many_times(MOST_TIMES), WHEN)
    at = when.at if when.at or when.alerts else (DEFAULT_AT,)
    return Schedule(when.zone or zone, at, when.days, when.quiet, when.alerts, follows=not when.zone)
