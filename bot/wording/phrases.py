"""Every text that a reader sees, in one place: British English, short.

Plain values in, plain text out; nothing here knows a platform or another room. Moments
are already in the reader's zone. Names of days and months are written out here because
``strftime`` would follow the machine's locale.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import ceil

from bot.wording.marks import ENGLISH

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

SEPARATOR = " · "
MORE = "…"

ALSO = "Also"

LANGUAGES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "nb": "Norwegian", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish",
    "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip

FEW_TIMES = 4
"""Times of a day that are told one by one even where they are equally far apart."""

UNTITLED = "(no headline)"

TOPICS_TITLE = "Topics"
NO_TOPICS = "No topics are set up yet. Add some under [topics] in the configuration."
TYPO = "Nothing matched exactly, so these allow for a typing error."
SEARCH_TIP = "Try fewer words, or a beginning with a star: sanction*"
EVERYTHING = "everything"


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 file``, ``2 files``; thousands are set apart (``12,000 files``)."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def some_of(names: Sequence[str], most: int) -> str:
    """``a, b and c``; beyond ``most`` of them ``a, b, c and 4 more``."""
    rest = len(names) - most
    return listed([*names[:most], f"{rest:,} more"] if rest > 0 else names)


def listed(names: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``; nothing for none."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def quoted(text: str, marks: tuple[str, str] = ENGLISH) -> str:
    """The text between the quotation marks that readers see."""
    return text.join(marks)


# --- days and times ------------------------------------------------------------------------------


def clock(moment: datetime) -> str:
    """``08:15``."""
    return f"{moment.hour:02}:{moment.minute:02}"


def long_day(day: date) -> str:
    """``Tuesday 4 March 2031``."""
    return f"{LONG_DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date, today: date) -> str:
    """``today``, ``yesterday``, ``Mon 3 March``, and in another year ``3 March 2030``."""
    if day == today:
        return "today"
    if day == today - timedelta(days=1):
        return "yesterday"
    month = MONTHS[day.month - 1]
    return (
        f"{DAYS[day.weekday()]} {day.day} {month}"
        if day.year == today.year
        else f"{day.day} {month} {day.year}"
    )


def moment(then: datetime, now: datetime) -> str:
    """``today 08:15``, ``Mon 3 March, 08:15``; both moments are in the reader's zone."""
    day = short_day(then.date(), now.date())
    return f"{day}{' ' if day in ('today', 'yesterday') else ', '}{clock(then)}"


def period(since: datetime, until: datetime) -> str:
    """The date line of a digest: ``Tuesday 4 March 2031, 12:00 · since yesterday 17:30``."""
    return f"{long_day(until)}, {clock(until)}{SEPARATOR}since {moment(since, until)}"


# --- the digest ----------------------------------------------------------------------------------


def alert_title(name: str) -> str:
    """``Alert: storms``."""
    return f"Alert: {name}"


def digest_title(name: str) -> str:
    """``The morning digest``."""
    return f"The {name}" if name.casefold().endswith("digest") else f"The {name} digest"


def nothing_new(since: datetime, until: datetime) -> str:
    """What a digest without stories says."""
    return f"No new articles since {moment(since, until)}."


def nothing_to_show(since: datetime, until: datetime) -> str:
    """What a digest says when files came, and none of them gave it a story."""
    return f"Nothing to show here since {moment(since, until)}; the line below accounts for what came in."


def outlets(sources: Sequence[str], named: int = 2) -> str:
    """``Port Gazette``, ``Port Gazette and Harbour Times``, ``Port Gazette, … and 2 more outlets``; empty for none."""
    rest = len(sources) - named
    shown = list(sources[:named]) if rest > 0 else list(sources)
    return listed([*shown, f"{rest} more {'outlet' if rest == 1 else 'outlets'}"] if rest > 0 else shown)


def reading_time(seconds: float) -> str:
    """``30 seconds to read``, ``2 minutes to read``: rounded up to ten seconds, from two minutes on to minutes."""
    if seconds <= 110:
        return f"{max(10, 10 * ceil(seconds / 10))} seconds to read"
    return f"{ceil(seconds / 60)} minutes to read"


def in_outlets(count: int) -> str:
    """Behind a quote that several print: ``in 4 outlets``."""
    return f"in {plural(count, 'outlet')}"


def language(code: str) -> str:
    """``German``; a code that is not among the common ones stays a code."""
    return LANGUAGES.get(code.partition("-")[0].casefold(), code)


def updated(headline_of: str) -> str:
    """The mark of a story that an earlier digest has shown already."""
    return f"Update: {headline_of}"


def ledger(  # noqa: PLR0913 - one number for each part of the line
    *,
    files: int,
    articles: int,
    stories: int,
    shown: int,
    listed: int = 0,
    already_sent: int = 0,
    muted: int = 0,
    unreadable: int = 0,
    aside: int = 0,
) -> str:
    """The footer: ``12 files, 10 articles, 7 stories shown, 1 unreadable``; zeros are left out.

    ``aside`` are files that came to nothing here: a known text, one corrected since, another topic.
    """
    if not files and not articles:
        return "no files came in"
    of_all = f"{shown:,} of {plural(stories, 'story', 'stories')} shown"
    parts = (
        (files, plural(files, "file")),
        (articles, plural(articles, "article")),
        (stories, of_all if shown != stories else f"{plural(shown, 'story', 'stories')} shown"),
        (listed, f"{listed:,} by headline"),
        (already_sent, f"{already_sent:,} already sent"),
        (muted, f"{muted:,} muted"),
        (unreadable, f"{unreadable:,} unreadable"),
        (aside, f"{aside:,} set aside"),
    )
    return ", ".join(text for count, text in parts if count)


def how_to_ask(stories: int) -> str:
    """How a reader gets more of a digest of so many stories: ``Reply 2 for more on the second story``."""
    if not stories:
        return ""
    return "Reply 2 for more on the second story" if stories > 1 else "Reply “more” for all of this story"


# --- reasons -------------------------------------------------------------------------------------


def first_told(moment: str) -> str:
    """When a story that has news was told first."""
    return f"First told {moment}"


def beyond_limit(limit: int, headline: str) -> str:
    """Why a story is not shown although it matched."""
    return f"beyond the {plural(limit, 'story', 'stories')} of this digest: {quoted(headline)}"


# --- quotes --------------------------------------------------------------------------------------


def attribution(speaker: str | None, source: str | None, role: str | None = None) -> str:
    """``— Ada Marlow, fire chief · Port Gazette``; what is unknown is left out.

    Behind the dash stands who said it and nobody else: ``quoted in Port Gazette`` where nobody knows who.
    """
    if speaker is None:
        return f"quoted in {source}" if source else ""
    who = f"— {speaker}, {role}" if role else f"— {speaker}"
    return f"{who}{SEPARATOR}{source}" if source else who


def quotes_title(name: str, about: str = "") -> str:
    """The heading of an answer to /quotes."""
    return f"{name} on {quoted(about)}, word for word" if about else f"{name}, word for word"


def quotes_count(shown: int, total: int, first: int = 1) -> str:
    """``4 quotes``, ``5 of 23 quotes``; ``6–10 of 23 quotes`` on a later page."""
    return _share(shown, total, first, "quote")


def no_quotes(name: str, about: str = "") -> str:
    """No quote is certain to be this person's."""
    subject = f" about {quoted(about)}" if about else ""
    return f"I have no words of {name}{subject} that are certainly theirs."


# --- searching and topics ------------------------------------------------------------------------


def search_title(query: str) -> str:
    """The heading of an answer to /search."""
    return f"Found for {quoted(query)}" if query else "The newest articles"


def found(shown: int, total: int, first: int = 1) -> str:
    """``3 articles``, ``5 of 23 articles``; ``6–10 of 23 articles`` on a later page."""
    return _share(shown, total, first, "article")


def all_excluded(count: int) -> str:
    """Nothing is found because of what a query leaves out."""
    return f"Without what the minus leaves out, {plural(count, 'article')} would match."


def nothing_found(query: str) -> str:
    """No article answers the query."""
    return f"I found nothing for {quoted(query)}." if query else "There are no articles yet."


def topic_count(count: int) -> str:
    """``no articles``, ``1 article``, ``12 articles``."""
    return plural(count, "article") if count else "no articles"


# --- other answers -------------------------------------------------------------------------------


def schedule(times: Sequence[str], days: Sequence[int], zone: str = "") -> str:
    """``08:00 and 17:30, Mon to Fri``; ``when asked``; with a zone that is not the reader's own."""
    if not times or not days:
        return "when asked"
    return f"{_hourly(times) or listed(times)}, {_weekly(days)}{f' ({zone})' if zone else ''}"


def alerts(most: int, days: Sequence[int], zone: str = "") -> str:
    """``at once, at most 4 an hour, daily``."""
    return f"at once, at most {most} an hour, {_weekly(days)}{f' ({zone})' if zone else ''}"


def _weekly(days: Sequence[int]) -> str:
    weekly = {(0, 1, 2, 3, 4, 5, 6): "daily", (0, 1, 2, 3, 4): "Mon to Fri", (5, 6): "Sat and Sun"}
    return weekly.get(tuple(days)) or listed([DAYS[day] for day in days])


def _hourly(times: Sequence[str]) -> str:
    """``every 2 hours``, ``every hour from 08:00 to 20:00`` for times that are so; empty for others and few."""
    minutes = [int(text[:2]) * 60 + int(text[3:]) for text in times]
    steps = {later - sooner for sooner, later in pairwise(minutes)}
    step = min(steps, default=0)
    if len(times) < FEW_TIMES or len(steps) > 1 or step % 60:
        return ""
    every = "every hour" if step == 60 else f"every {step // 60} hours"
    whole = minutes[0] == 0 and minutes[-1] + step >= 24 * 60
    return every if whole else f"{every} from {times[0]} to {times[-1]}"


def read(paragraphs: int, quotes: int, language: str | None, method: str) -> str:
    """The footer of one file's reading: ``12 paragraphs, 3 quotes, language en, summary by lead``."""
    parts = (
        plural(paragraphs, "paragraph"),
        plural(quotes, "quote") if quotes else "no quotes",
        f"language {language}" if language else "language unknown",
        f"summary by {method}",
    )
    return ", ".join(parts)


def line_number(number: int) -> str:
    """What a line of a digest is called by: ``[3]``."""
    return f"[{number}]"


def held_or_expires(field: str, at: datetime) -> str:
    """``held until Tuesday 24 November 2026, 09:00``."""
    what = "held until" if field == "hold_until" else "expires"
    return f"{what} {long_day(at)}, {clock(at)}"


def unclear_moment(field: str, said: str) -> str:
    """Of a field that names no moment."""
    return f"held: its {field} says “{said}”, which is no moment that is known here"


def left_out(texts: int, words: int) -> str:
    """The line over what was left out of an article: ``12 texts with 340 words were left out``."""
    told = f"{plural(texts, 'text')} with {plural(words, 'word')}"
    return f"{told} {'was' if texts == 1 else 'were'} left out" if texts else "Nothing was left out"


def _share(shown: int, total: int, first: int, one: str) -> str:
    if first > 1:
        part = f"{first:,}–{first + shown - 1:,}" if shown > 1 else f"{first:,}"
        return f"{part} of {plural(total, one)}"
    return plural(total, one) if shown >= total else f"{shown:,} of {plural(total, one)}"
