"""What the pages of the archive say around what the articles say. Constants are the English source of a text."""

from __future__ import annotations

from bot.wording.language import counted, say
from bot.wording.phrases import SEPARATOR

ON_THE_WEB = "On the web"
"""Below a digest in chat, and an answer about a story: the link to its page."""

TO_THE_TEXT = "Skip to the text"
SEARCH = "Search"
SEARCH_FOR = "Words, a name, or a query such as said:Rieve last:7d"
SUBSCRIBE = "Feed"
DIGESTS = "Digests"
NO_DIGESTS = "No digest has been posted yet."
OLDER = "Older"
NEWER = "Newer"
PAGES = "Pages"
ORIGINAL = "Read the article where it was published"
ON_ITS_PAGE = "On its page"

THE_STORY = "Its story"
EXCERPT = "Only the paragraphs around the marked lines are shown here."
LEFT_OUT = "Paragraphs are left out here"
QUOTED_BY = "Quoted by"
NOT_HERE = "There is nothing here"
NOT_HERE_WHY = (
    "The address may be mistyped, or its link no longer good. Ask for a new one where you found it."
)
GONE = "No longer here"
GONE_WHY = "What stood here was taken back."
NOTHING_LEFT = "Nothing of this digest is left to show."
TROUBLE = "Not now"
TROUBLE_WHY = "The desk cannot look this up at the moment. Try again in a minute."
TOO_LONG = "This is too long for a search."


def line(number: int) -> str:
    """What a screen reader says for the link from a line to its place."""
    return say("Line {number} in its article", number=number)


def taken_out(articles: int) -> str:
    """How many articles of a digest its page does not show any more."""
    return counted(
        articles,
        "{count} article of this digest is no longer shown: it was taken back, or changed since.",
        "{count} articles of this digest are no longer shown: they were taken back, or changed since.",
    )


def other_digests(name: str) -> str:
    """The link to the digests of a channel."""
    return say("All digests of {name}", name=name)


def titled(*names: str) -> str:
    """The title of a page in a browser's tab."""
    return SEPARATOR.join(name for name in names if name)
