"""Links that open the desk's conversation with a wish in them: ``?start=topic-energy`` subscribes to that topic (pure).

A link grants nothing: who follows it is let in, and may change what a chat gets, by the same rules as ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain import query, query_nodes

LINK = "topic-"
_LINK = re.compile(LINK + r"([A-Za-z0-9_-]{1,58})")
_OTHER = re.compile(r"[^a-z0-9_]+")


def spelt(topic: str) -> str:
    """The topic's name as a link has it: letters of ASCII, digits and ``_``, all else is ``-``; empty for a name without any."""
    return _OTHER.sub("-", topic.casefold()).strip("-")


def linked(payload: str, topics: Iterable[str]) -> str:
    """The query that the link's payload wishes for; empty for a payload that names no topic, or more than one."""
    found = _LINK.fullmatch(payload)
    named = [one for one in topics if found and spelt(one) == spelt(found[1])]
    return query.printed(query_nodes.Topic(named[0])) if len(named) == 1 else ""
