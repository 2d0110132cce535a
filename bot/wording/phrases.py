"""Every text that a reader sees, in one place: British English, short, and said in the language of the reader.

Plain values in, plain text out; nothing here knows a platform or another room. Moments
are already in the reader's zone. Names of days and months are written out here because
``strftime`` would follow the machine's locale. A constant is the English source of a text: whoever shows it says it
(:func:`bot.wording.language.say`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import ceil

from bot.wording.language import counted, say
from bot.wording.language import marks as spoken_marks

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

SEPARATOR = " · "
MORE = "…"

ALSO = "Also"
OTHER_LANGUAGES = "Other languages"

LANGUAGES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "nb": "Norwegian", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish",
    "sw": "Swahili", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "xh": "Xhosa", "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip

ARTICLES = ("{count} article", "{count} articles")
ARTICLES_OF = ("{part} of {count} article", "{part} of {count} articles")
QUOTES = ("{count} quote", "{count} quotes")
QUOTES_OF = ("{part} of {count} quote", "{part} of {count} quotes")

UNTITLED = "(no headline)"

TOPICS_TITLE = "Topics"
NO_TOPICS = "No topics are set up yet. Add some under [topics] in the configuration."
TYPO = "Nothing matched exactly, so these allow for a typing error."
SEARCH_TIP = "Try fewer words, or a beginning with a star: sanction*"
EVERYTHING = "everything"


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 file``, ``2 files``; thousands are set apart (``12,000 files``). English alone, for logs and the command line."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def some_of(names: Sequence[str], most: int) -> str:
    """``a, b and c``; beyond ``most`` of them ``a, b, c and 4 more``."""
    rest = len(names) - most
    return listed([*names[:most], say("{count:,} more", count=rest)] if rest > 0 else names)


def listed(names: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``; nothing for none."""
    if len(names) < 2:
        return "".join(names)
    return say("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def quoted(text: str, marks: tuple[str, str] | None = None) -> str:
    """The text between the quotation marks that readers see: ``marks``, else those of the language spoken now."""
    return text.join(marks or spoken_marks())


# --- days and times ------------------------------------------------------------------------------


def clock(moment: datetime) -> str:
    """``08:15``."""
    return f"{moment.hour:02}:{moment.minute:02}"


def long_day(day: date) -> str:
    """``Tuesday 4 March 2031``."""
    return say(
        "{weekday} {day} {month} {year}",
        weekday=say(LONG_DAYS[day.weekday()]),
        day=day.day,
        month=say(MONTHS[day.month - 1]),
        year=str(day.year),
    )


def long_moment(then: datetime) -> str:
    """``Tuesday 4 March 2031, 12:00``."""
    return say("{day}, {time}", day=long_day(then), time=clock(then))


def short_day(day: date, today: date) -> str:
    """``today``, ``yesterday``, ``Mon 3 March``, and in another year ``3 March 2030``."""
    if day == today:
        return say("today")
    if day == today - timedelta(days=1):
        return say("yesterday")
    month = say(MONTHS[day.month - 1])
    if day.year == today.year:
        return say("{weekday} {day} {month}", weekday=say(DAYS[day.weekday()]), day=day.day, month=month)
    return say("{day} {month} {year}", day=day.day, month=month, year=str(day.year))


def moment(then: datetime, now: datetime) -> str:
    """``today 08:15``, ``Mon 3 March, 08:15``; both moments are in the reader's zone."""
    if then.date() == now.date():
        return say("today {time}", time=clock(then))
    if then.date() == now.date() - timedelta(days=1):
        return say("yesterday {time}", time=clock(then))
    return say("{day}, {time}", day=short_day(then.date(), now.date()), time=clock(then))


def period(since: datetime, until: datetime) -> str:
    """The date line of a digest: ``Tuesday 4 March 2031, 12:00 · since yesterday 17:30``."""
    return SEPARATOR.join((long_moment(until), say("since {moment}", moment=moment(since, until))))


# --- the digest ----------------------------------------------------------------------------------


def alert_title(name: str) -> str:
    """``Alert: storms``."""
    return say("Alert: {name}", name=name)


def digest_title(name: str) -> str:
    """``The morning digest``."""
    return say("The {name}" if is_called_digest(name) else "The {name} digest", name=name)


def is_called_digest(name: str) -> bool:
    """Whether the name of a digest says already that it is one."""
    return name.casefold().endswith("digest")


def nothing_new(since: datetime, until: datetime) -> str:
    """What a digest without stories says."""
    return say("No new articles since {moment}.", moment=moment(since, until))


def nothing_to_show(since: datetime, until: datetime) -> str:
    """What a digest says when files came, and none of them gave it a story."""
    return say(
        "Nothing to show here since {moment}; the line below accounts for what came in.",
        moment=moment(since, until),
    )


def outlets(sources: Sequence[str], named: int = 2) -> str:
    """``Port Gazette``, ``Port Gazette and Harbour Times``, ``Port Gazette, … and 2 more outlets``; empty for none."""
    rest = len(sources) - named
    if rest <= 0:
        return listed(sources)
    return listed([*sources[:named], counted(rest, "{count} more outlet", "{count} more outlets")])


def reading_time(seconds: float) -> str:
    """``30 seconds to read``, ``2 minutes to read``: rounded up to ten seconds, from two minutes on to minutes."""
    if seconds <= 110:
        return say("{count} seconds to read", count=max(10, 10 * ceil(seconds / 10)))
    return say("{count} minutes to read", count=ceil(seconds / 60))


def in_outlets(count: int) -> str:
    """Behind a quote that several print: ``in 4 outlets``."""
    return counted(count, "in {count} outlet", "in {count} outlets")


def language(code: str) -> str:
    """``German``; a code that is not among the common ones stays a code."""
    base = code.partition("-")[0].casefold()
    return say(LANGUAGES[base]) if base in LANGUAGES else code


def updated(headline_of: str) -> str:
    """The mark of a story that an earlier digest has shown already."""
    return say("Update: {headline}", headline=headline_of)


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
        return say("no files came in")
    some = counted(
        stories, "{shown:,} of {count} story shown", "{shown:,} of {count} stories shown", shown=shown
    )
    parts = (
        (files, counted(files, "{count} file", "{count} files")),
        (articles, counted(articles, "{count} article", "{count} articles")),
        (
            stories,
            some if shown != stories else counted(stories, "{count} story shown", "{count} stories shown"),
        ),
        (listed, say("{count:,} by headline", count=listed)),
        (already_sent, say("{count:,} already sent", count=already_sent)),
        (muted, say("{count:,} muted", count=muted)),
        (unreadable, say("{count:,} unreadable", count=unreadable)),
        (aside, say("{count:,} set aside", count=aside)),
    )
    return ", ".join(text for number, text in parts if number)


def not_shown(dropped: int, older: int) -> str:
    """What a digest has not told of: what came in a bulk drop, and what was there before; empty for nothing."""
    told = (
        counted(
            dropped,
            "{count} article arrived in one drop and is not shown.",
            "{count} articles arrived in one drop and are not shown.",
        )
        if dropped
        else "",
        counted(
            older, "{count} older article is in the library.", "{count} older articles are in the library."
        )
        if older
        else "",
    )
    return " ".join(filter(None, told))


def show_them(count: int) -> str:
    """The button for what a digest has not told of."""
    return say("Show them" if count > 1 else "Show it")


def how_to_ask(stories: int) -> str:
    """How a reader gets more of a digest of so many stories: ``Reply 2 for more on the second story``."""
    if not stories:
        return ""
    return say(
        "Reply 2 for more on the second story" if stories > 1 else "Reply “more” for all of this story"
    )


# --- reasons -------------------------------------------------------------------------------------


def first_told(moment: str) -> str:
    """When a story that has news was told first."""
    return say("First told {moment}", moment=moment)


def beyond_limit(limit: int, headline: str) -> str:
    """Why a story is not shown although it matched."""
    return counted(
        limit,
        "beyond the {count} story of this digest: {headline}",
        "beyond the {count} stories of this digest: {headline}",
        headline=quoted(headline),
    )


# --- quotes --------------------------------------------------------------------------------------


def attribution(speaker: str | None, source: str | None, role: str | None = None) -> str:
    """``— Ada Marlow, fire chief · Port Gazette``; what is unknown is left out.

    Behind the dash stands who said it and nobody else: ``quoted in Port Gazette`` where nobody knows who.
    """
    if speaker is None:
        return say("quoted in {source}", source=source) if source else ""
    who = f"— {speaker}, {role}" if role else f"— {speaker}"
    return f"{who}{SEPARATOR}{source}" if source else who


def quotes_title(name: str, about: str = "") -> str:
    """The heading of an answer to /quotes."""
    if about:
        return say("{name} on {subject}, word for word", name=name, subject=quoted(about))
    return say("{name}, word for word", name=name)


def quotes_count(shown: int, total: int, first: int = 1) -> str:
    """``4 quotes``, ``5 of 23 quotes``; ``6–10 of 23 quotes`` on a later page."""
    part = _part(shown, total, first)
    return counted(total, *QUOTES_OF, part=part) if part else counted(total, *QUOTES)


def no_quotes(name: str, about: str = "") -> str:
    """No quote is certain to be this person's."""
    if about:
        return say(
            "I have no words of {name} about {subject} that are certainly theirs.",
            name=name,
            subject=quoted(about),
        )
    return say("I have no words of {name} that are certainly theirs.", name=name)


# --- searching and topics ------------------------------------------------------------------------


def search_title(query: str) -> str:
    """The heading of an answer to /search."""
    return say("Found for {query}", query=quoted(query)) if query else say("The newest articles")


def found(shown: int, total: int, first: int = 1) -> str:
    """``3 articles``, ``5 of 23 articles``; ``6–10 of 23 articles`` on a later page."""
    part = _part(shown, total, first)
    return counted(total, *ARTICLES_OF, part=part) if part else counted(total, *ARTICLES)


def all_excluded(count: int) -> str:
    """Nothing is found because of what a query leaves out."""
    return counted(
        count,
        "Without what the minus leaves out, {count} article would match.",
        "Without what the minus leaves out, {count} articles would match.",
    )


def nothing_found(query: str) -> str:
    """No article answers the query."""
    return (
        say("I found nothing for {query}.", query=quoted(query))
        if query
        else say("There are no articles yet.")
    )


def topic_count(count: int) -> str:
    """``no articles``, ``1 article``, ``12 articles``."""
    return counted(count, *ARTICLES) if count else say("no articles")


# --- other answers -------------------------------------------------------------------------------


def read(paragraphs: int, quotes: int, language: str | None, method: str) -> str:
    """The footer of one file's reading: ``12 paragraphs, 3 quotes, language en, summary by lead``."""
    parts = (
        counted(paragraphs, "{count} paragraph", "{count} paragraphs"),
        counted(quotes, *QUOTES) if quotes else say("no quotes"),
        say("language {code}", code=language) if language else say("language unknown"),
        say("summary by {method}", method=method),
    )
    return ", ".join(parts)


def line_number(number: int) -> str:
    """What a line of a digest is called by: ``[3]``."""
    return f"[{number}]"


def held_or_expires(field: str, at: datetime) -> str:
    """``held until Tuesday 24 November 2026, 09:00``."""
    return say("held until {moment}" if field == "hold_until" else "expires {moment}", moment=long_moment(at))


def unclear_moment(field: str, said: str) -> str:
    """Of a field that names no moment."""
    return say(
        "held: its {field} says {said}, which is no moment that is known here", field=field, said=quoted(said)
    )


def left_out(texts: int, words: int) -> str:
    """The line over what was left out of an article: ``12 texts with 340 words were left out``."""
    if not texts:
        return say("Nothing was left out")
    held = counted(words, "{count} word", "{count} words")
    return counted(
        texts,
        "{count} text with {words} was left out",
        "{count} texts with {words} were left out",
        words=held,
    )


def _part(shown: int, total: int, first: int) -> str:
    """Which of them are shown; empty for all."""
    if first == 1:
        return "" if shown >= total else say("{shown:,}", shown=shown)
    last = first + shown - 1
    return say("{first:,}–{last:,}", first=first, last=last) if shown > 1 else say("{first:,}", first=first)
