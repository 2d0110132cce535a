"""What the desk says of files that people give it in chat.

Plain values in, plain text out, as in :mod:`bot.wording.phrases`.
"""

from __future__ import annotations

from bot.wording.language import say
from bot.wording.phrases import quoted

EDITORS_ADD = "In a chat of several, only an editor can add articles. Send it to me alone, or ask one."
NO_INBOX = "I take no files here."
OWN = "I wrote that myself: what it is made of is in the library already."
WORDLESS = "I read words, links and documents, but no pictures and no recordings."
NAMELESS = "a file"


def short(link: str) -> str:
    """A forwarded post is too short for an article; ``link`` is a page that it tells of, or empty."""
    told = say(
        "That post is short for an article, so I leave it. Longer ones, and documents, go to the inbox;"
        " to look for something, write it yourself, for example /search ferry."
    )
    return f"{told} {say('An editor has me read the page with /add {link}.', link=link)}" if link else told


def taken_in(name: str) -> str:
    """The file lies in the inbox."""
    return say("{name} lies in the inbox. I tell you here what becomes of it.", name=quoted(name))


def too_large(name: str, megabytes: float, most: float) -> str:
    """The file has more bytes than one may have."""
    return say(
        "{name} has {megabytes:.1f} MB, and a file may have {most:.1f} MB at most.",
        name=quoted(name),
        megabytes=megabytes,
        most=most,
    )


def too_large_inside(name: str, most: float) -> str:
    """The file turned out to have more bytes than it was said to have."""
    return say("{name} is too large: a file may have {most:.1f} MB at most.", name=quoted(name), most=most)


def empty(name: str) -> str:
    """There is nothing in it."""
    return say("{name} is empty.", name=quoted(name))


def not_fetched(name: str, why: str) -> str:
    """The platform did not hand it out."""
    return say("I could not fetch {name}: {why}.", name=quoted(name), why=why)


def no_room(name: str) -> str:
    """The disk did not take it."""
    return say(
        "I could not put {name} into the inbox; it was noted. Please try again later.", name=quoted(name)
    )


OUTCOMES = {
    "new": "{name} is in the library",
    "corrected": "{name} is in the library; it corrects an earlier version",
    "held": "{name} is kept, and held back",
    "known": "{name} was in the library already",
    "unseen": "{name} was read; of it your team is not shown what is of none of your team’s sources",
    "unreadable": "{name} could not be read",
}


def receipt(name: str, outcome: str, title: str = "", why: str = "") -> str:
    """What became of the file; ``title`` is the article's."""
    told = say(OUTCOMES[outcome], name=quoted(name)) if outcome in OUTCOMES else f"{quoted(name)} {outcome}"
    told = f"{told}: {quoted(title)}" if title else told
    return f"{told} ({why})." if why else f"{told}."
