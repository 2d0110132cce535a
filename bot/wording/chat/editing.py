"""What the desk says where a subscription is looked at and changed with buttons and forms.

Plain values in, plain text out, as in :mod:`bot.wording.phrases`.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.wording.language import counted, say
from bot.wording.phrases import quoted

TIME, DAYS, ZONE, STYLE, TOPICS, MUTE = "Time", "Days", "Zone", "Style", "Topics", "Mute"
SCHEDULE_FORM, STYLE_FORM, SUBSCRIBE_FORM = "Schedule …", "Style …", "Subscribe …"
PAUSE, GO_ON, SEND_NOW, WHY, END = "Pause for a week", "Go on now", "Send now", "Why so many?", "End it"
BACK, ALL, END_FOR_GOOD = "‹ Back", "‹ All", "Yes, end it"

WHICH_TIME = "When shall it come?"
WHICH_DAYS = "On which days?"
WHICH_ZONE = "Whose clock counts?"
WHICH_STYLE = "How shall it look?"
WHICH_TOPICS = "Which topics shall it have? A press takes one in or out."
WHICH_MUTE = "What shall be left out here for a week? A press mutes it, or ends a mute."
NO_TOPICS = "The desk follows no topics."
LAST_TOPIC = "That is all that it asks for, so it has to stay. “End it” ends the subscription."
FULL_MUTES = "As many things as may be are muted here already."
DESKS_ZONE, DESKS_STYLE = "The desk's own", "The desk's own"
STYLES = {
    "standard": "Standard: the first story in full",
    "brief": "Brief: a line for each story",
    "full": "Full: every story in full",
    "threaded": "Threaded: headlines, each with a thread",
}
DAYS_TOLD = {
    "0123456": "Every day",
    "01234": "Mon to Fri",
    "56": "Sat and Sun",
    "0": "Mon",
    "024": "Mon, Wed, Fri",
    "4": "Fri",
}
"""Days that can be chosen, Monday 0."""

TIMES_TOLD = {
    "0700": "07:00",
    "0800": "08:00",
    "0900": "09:00",
    "1200": "12:00",
    "1700": "17:00",
    "1800": "18:00",
    "2000": "20:00",
    "08001730": "08:00 and 17:30",
}
"""Times that can be chosen."""

EXPIRED = "This button is no longer good. /subscriptions shows what this chat gets."
FORM_EXPIRED = "This form is no longer good. Please open it again."
TOO_LONG = "That is too long: at most 2,000 characters."

SUBSCRIBE_TITLE, SCHEDULE_TITLE, STYLE_TITLE = "Subscribe", "Schedule", "Style"
SUBSCRIBE, SAVE = "Subscribe", "Save"
WHAT, WHAT_HINT = "What about?", "Words, a topic's name, “a phrase”, OR, -word; * is everything."
WHEN, WHEN_HINT = "When?", "Like: at 08:00 on mon-fri, fridays at 16:00, every 2 hours in Europe/Berlin."
NAME, NAME_HINT = "Its name", "Left empty, it is named after its words."
LOOK = "How shall it look?"


def ask_to_end(name: str) -> str:
    """Before a subscription is ended."""
    return say("Shall {name} end?", name=quoted(name))


def paused(day: str) -> str:
    """Until when nothing comes."""
    return say("Paused until {day}. The first digest after that tells what came meanwhile.", day=day)


def styled(style: str) -> str:
    """How its digests look, where that is not the desk's own way."""
    return say("Style: {style}", style=style)


def rehearsed(total: int, days: int, busiest: int) -> str:
    """How much a subscription would have brought: ``About 3 articles a day over 30 days, busiest 11.``."""
    if not total:
        return say("Over the last {days} days it would have brought nothing.", days=days)
    if total < days:
        return counted(
            total,
            "It would have brought {count} article over {days} days, on the busiest {busiest}.",
            "It would have brought {count} articles over {days} days, on the busiest {busiest}.",
            days=days,
            busiest=busiest,
        )
    return counted(
        round(total / days),
        "About {count} article a day over {days} days, on the busiest {busiest}.",
        "About {count} articles a day over {days} days, on the busiest {busiest}.",
        days=days,
        busiest=busiest,
    )


def leading(words: str, percent: int) -> str:
    """Which of its alternatives brings most of it."""
    return say("{words} alone brings {percent} %.", words=words, percent=percent)


def too_little_history(days: int) -> str:
    """Why nothing can be said about how much it will bring."""
    if days < 1:
        return say(
            "There is too little history yet to say how much it will bring: the desk has articles since today."
        )
    return counted(
        days,
        "There is too little history yet to say how much it will bring: the desk has articles for {count} day.",
        "There is too little history yet to say how much it will bring: the desk has articles for {count} days.",
    )


def shares(told: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """How many articles each alternative brings."""
    return tuple(
        counted(count, "{words}: {count} article", "{words}: {count} articles", words=words)
        for words, count in told
    )


WHY_TITLE = "Why so many?"

HOME, CLOSE, CANCEL, NOTICE = "‹ Home", "Close", "Cancel", "Copydesk"
HOME_TITLE = "Your desk"
HOME_NEXT = "Your next digests"
HOME_NONE = (
    "You have no digest of your own yet. Take one of the topics below, or subscribe to words of yours."
)
HOME_TOPICS = "Topics to join"
HOME_MUTES = "Muted for you"
SEARCH_BOX = "Search the library"


def unmute(query: str) -> str:
    """On a button that ends a mute."""
    return say("Tell again: {query}", query=query)


def form_instead(command: str) -> str:
    """What to type where a form cannot be shown."""
    return say("Please type it: {command}", command=command)


TWICE = "There are times above, too. Please write them in one place."


def prompts() -> tuple[tuple[str, str], ...]:
    """What is offered in a new thread with an assistant, and the command that it is; four at most."""
    return (
        (say("What is new?"), "digest"),
        (say("Which topics are there?"), "topics"),
        (say("What do I get, and when?"), "subscriptions"),
    )


ORDERS = {"newest": "Newest first", "search": "Best first"}
"""What the button says that orders an answer otherwise, by the kind of question."""


def times() -> dict[str, str]:
    """What can be chosen of ``TIMES_TOLD``."""
    return {digits: say(told) for digits, told in TIMES_TOLD.items()}


def days() -> dict[str, str]:
    """What can be chosen of ``DAYS_TOLD``."""
    return {digits: say(told) for digits, told in DAYS_TOLD.items()}


def too_late() -> str:
    """Of a form for a press that is too long ago."""
    return say("That took me too long to show. Please press once more.")
