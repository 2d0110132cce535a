"""What the desk says back in a conversation: help, subscriptions, refusals. Every text stands here or in phrases.

Plain values in, plain text out, as in :mod:`bot.wording.phrases`. Moments are already in the reader's zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.wording import phrases, subscribing
from bot.wording.language import command_word, counted, say
from bot.wording.phrases import SEPARATOR, listed, quoted

HELP_TITLE = "What I can do"
HELP_INTRO = (
    "Every line that I show about an article is word for word from it, with its source."
    " What you edit within 15 minutes is answered anew."
)
HELP_SEARCH = "/help search tells how to narrow a search."
HELP = (
    ("/search WORDS", "find articles; “a phrase”, OR or a comma, -word and source:Name work too"),
    ("/quotes NAME [about WORDS]", "what somebody said, word for word"),
    (
        "/digest [now|preview|why] [NAME]",
        "what is new for this chat; now posts it for everybody, why says what was left out",
    ),
    ("/topics", "the topics that the desk follows"),
    (
        "/subscribe WORDS [as NAME] [at 08:00 17:30] [on mon-fri]",
        "a digest of your own for this chat; “every weekday at 8 am”, “every 2 hours” and “at once” work too",
    ),
    ("/unsubscribe NAME", "end a subscription of this chat"),
    ("/subscriptions", "what this chat gets, and when"),
    ("/story WORDS", "a story from its first article to its latest, with every source"),
    ("/catchup [5d]", "what you missed: of each story its first line and its latest"),
    ("/context N", "line N of the last digest here, marked in its paragraph, with its source"),
    ("/mute WORDS [for 7d]", "keep what matches out of this chat's digests; alone it lists what is muted"),
    ("/unmute WORDS", "let it be told again"),
    ("/add https://…", "fetch a page and take its article in"),
    ("/schedule", "the next digests of this chat, and what became of the last ones"),
    ("/sources [add|remove]", "for admins: the feeds and mailboxes that are asked, and how each does"),
    ("/forget NUMBER", "for admins: an article goes from the library and from what was posted"),
    ("/privacy", "what I keep about you, and how to remove it"),
    ("/settings", "language, zone, quiet hours and who subscribes in this chat, for its administrators"),
    ("/language [en|auto]", "which language I speak in this chat"),
    ("/help", "this list"),
)
SEARCH_USAGE = "What shall I look for? For example: /search sanctions"
QUOTES_USAGE = "Whose words? For example: /quotes Lagarde about inflation"
SUBSCRIBE_USAGE = "What about? For example: /subscribe oil OR gas as energy at 08:00 17:30 on mon-fri"
UNSUBSCRIBE_USAGE = "Which one? For example: /unsubscribe energy. /subscriptions lists those of this chat."
STORY_USAGE = "Which story? For example: /story swing bridge, or its number: 12"
CONTEXT_USAGE = "Which line or quote, by its number? For example: /context 3"
NOTHING_POSTED = "There is no digest here yet that tells a story."
CATCHUP_USAGE = "How far back? For example: /catchup 5d, or 12h, or 2w"
CATCHUP_TITLE = "What you missed"
MUTE_USAGE = "What shall I leave out? For example: /mute football for 7d, or /mute story:12"
UNMUTE_USAGE = "What shall I tell again? /mute lists what is muted in this chat."
MUTES_TITLE = "Muted in this chat"
NO_MUTES = "Nothing is muted in this chat. /mute makes a mute, for example: /mute football for 7d"

PREVIOUS, NEXT, SHARE = "‹ Previous", "Next ›", "Share"
EXPIRED = "This button is no longer good. Please ask again with /search."
NOT_NOW = "The search index is being rebuilt just now, so I cannot tell what of the last week would have been in them."
TOO_MUCH = "That was more than I answer at once: some of it I passed over. Please ask again in a moment."
FAILED = "Something went wrong here; it was noted."
UNREACHABLE = "The library cannot be used just now; please ask again in a minute."

SUBSCRIPTIONS_TITLE = "What this chat gets"
SCHEDULE_TITLE = "The next digests of this chat"
NO_SUBSCRIPTIONS = (
    "This chat has no subscription yet. /subscribe makes one, for example: /subscribe sanctions at 08:00"
)
EDITORS_POST = "Only an editor, or whom this chat's administrators let by /settings, can post a digest for everybody. /digest shows it to you alone."
FROM_FILE = "from the configuration file"
WHEN_ASKED = "only when asked"
DEFAULT_NAME = "everything"


def context_title(number: int) -> str:
    """The heading of an answer to /context."""
    return say("Line {number} in its place", number=number)


def help_rows() -> list[tuple[str, str]]:
    """How each command is used, and what it does."""
    return [(say(usage), say(what)) for usage, what in HELP]


def menu() -> list[tuple[str, str]]:
    """What each command is called, and what it does."""
    return [(usage.split()[0].removeprefix("/"), what) for usage, what in help_rows()]


def no_such_line(number: int, count: int) -> str:
    """Of a number that the digest does not have."""
    return counted(
        count,
        "The last digest here has one line, and no line {number}.",
        "The last digest here has {count} lines, and no line {number}.",
        number=number,
    )


def line_is_gone(number: int) -> str:
    """Of a line whose article was taken out, or has expired."""
    return say("The article of line {number} is not shown any more.", number=number)


def line_was_corrected(number: int) -> str:
    """Of a line that its article does not say any more."""
    return say(
        "The article of line {number} was corrected after that digest, and does not say it in that place any more.",
        number=number,
    )


def unknown_command(word: str, meant: str = "") -> str:
    """Somebody asked for what there is not; ``meant`` is the command that comes close."""
    if meant:
        return say(
            "I do not know {word}. Did you mean /{meant}? /help lists what I can do.",
            word=quoted(word),
            meant=command_word(meant),
        )
    return say("I do not know {word}. /help lists what I can do.", word=quoted(word))


def understood(query: str, notes: Sequence[str]) -> str:
    """What was made of a query that could not be taken as it was typed; empty without notes."""
    if not notes:
        return ""
    return say("I looked for {query} {notes}.", query=query or say(phrases.EVERYTHING), notes=notice(notes))


def notice(notes: Sequence[str]) -> str:
    """The notes of a query as one line."""
    return f"({'; '.join(notes)})" if notes else ""


def rebuilding(reached: int, newest: int) -> str:
    """Why nothing is looked up now, and how far that is."""
    if not newest:
        return say(
            "The search index is being rebuilt just now, so I cannot look anything up. Please ask again in a moment."
        )
    return say(
        "The search index is being rebuilt just now ({share} % is done), so I cannot look anything up. Please ask again in a moment.",
        share=100 * reached // newest,
    )


def shared_by(name: str) -> str:
    """Who let everybody see an answer."""
    return say("Shared by {name}", name=name)


# --- times to come -------------------------------------------------------------------------------


def coming(then: datetime, now: datetime) -> str:
    """``today 17:30``, ``tomorrow 08:00``, ``Thu 6 March 08:00``: no comma, for these stand in lists."""
    if then.date() == now.date() + timedelta(days=1):
        return say("tomorrow {time}", time=phrases.clock(then))
    if then.date() == now.date():
        return say("today {time}", time=phrases.clock(then))
    return say("{day} {time}", day=phrases.short_day(then.date(), now.date()), time=phrases.clock(then))


def times(texts: Sequence[str], days: Sequence[int], zone: str = "", *, alerts: int = 0) -> str:
    """``08:00 and 17:30, Mon to Fri``; ``at once, at most 4 an hour, daily``; ``only when asked``."""
    if alerts and days:
        return subscribing.alerts(alerts, days, zone)
    return subscribing.schedule(texts, days, zone) if texts and days else say(WHEN_ASKED)


def quiet_hours(begin: str, end: str) -> str:
    """When nothing comes."""
    return say("quiet {begin} to {end}", begin=begin, end=end)


def closed(why: str, since: str) -> str:
    """Why nothing comes to a place now, as of when, and what opens it again."""
    return say("closed: {why}, as of {since}; the next one is a try", why=why, since=since)


def next_digests(moments: Sequence[str], *, alerts: bool = False) -> str:
    """The sentence that names the next digests of a new subscription."""
    if alerts:
        return say("It comes within minutes of an article; more than that are joined into the next.")
    if not moments:
        return say("It comes only when asked: /digest.")
    several = len(moments) > 1
    return say(
        "The next digests come {moments}." if several else "The next digest comes {moments}.",
        moments=listed(moments),
    )


# --- subscriptions -------------------------------------------------------------------------------


def subscribed(name: str) -> str:
    """The heading of a new subscription."""
    return say("Subscribed: {name}", name=name)


def matches(count: int, shown: int) -> str:
    """How many articles of the last week a new subscription matches; ``shown`` stand below."""
    if not count:
        return say("No article of the last 7 days matches yet.")
    if not shown:
        return counted(
            count, "{count} article of the last 7 days matches.", "{count} articles of the last 7 days match."
        )
    if shown < count:
        return counted(
            count,
            "{count} article of the last 7 days matches, for example:",
            "{count} articles of the last 7 days match, for example:",
        )
    return counted(
        count, "{count} article of the last 7 days matches:", "{count} articles of the last 7 days match:"
    )


def how_to_end(name: str) -> str:
    """The footer of a new subscription."""
    return SEPARATOR.join(
        (
            say("/unsubscribe {name} ends it", name=name),
            say("/digest {name} shows what it would say now", name=name),
        )
    )


def unsubscribed(name: str, at: str = "") -> str:
    """A subscription has ended; ``at`` names the place where it is not the reader's own."""
    if at:
        return say("{name} at {at} has ended.", name=quoted(name), at=at)
    return say("{name} has ended.", name=quoted(name))


def in_file(name: str, file: str) -> str:
    """The file's entries cannot be changed in chat."""
    return say("{name} comes from {file} and can be changed only there.", name=quoted(name), file=file)


def taken_by_file(name: str, file: str) -> str:
    """A name clash with the configuration, which wins."""
    return say(
        "{name} is a channel in {file} already. Please choose another name: as NAME.",
        name=quoted(name),
        file=file,
    )


def taken(name: str) -> str:
    """A name clash within a chat."""
    return say(
        "This chat has a subscription {quoted} already. Choose another name (as NAME), or end it first: /unsubscribe {name}",
        quoted=quoted(name),
        name=name,
    )


def not_a_name(name: str) -> str:
    """What was given as a name cannot be one."""
    return say(
        "{name} cannot be a name. A name has up to 40 letters, digits, “-” and “_”, for example: as energy",
        name=quoted(name),
    )


def full(most: int) -> str:
    """The chat has as many subscriptions as it may."""
    return say(
        "This chat has {most} subscriptions, and more are not possible. /unsubscribe NAME ends one.",
        most=most,
    )


def too_many_times(most: int) -> str:
    """More times a day than make sense."""
    return say("A subscription can have up to {most} times a day.", most=most)


def unreadable_query(notes: Sequence[str]) -> str:
    """Nothing of the query makes sense."""
    if notes:
        return say("I could not read that as a search {notes}. * stands for everything.", notes=notice(notes))
    return say("I could not read that as a search. * stands for everything.")


def no_topics(names: Sequence[str], known: Sequence[str]) -> str:
    """Topics that the desk does not follow."""
    if not known:
        return say("There is no topic {names}. None is set up.", names=_names(names))
    return say("There is no topic {names}. There is {known}.", names=_names(names), known=_names(known))


def no_subscription(name: str, known: Sequence[str]) -> str:
    """The chat has nothing of this name."""
    if not known:
        return say("This chat has no subscription {name}. /subscribe makes one.", name=quoted(name))
    return say(
        "This chat has no subscription {name}. There is {known}.", name=quoted(name), known=_names(known)
    )


def which(known: Sequence[str]) -> str:
    """There are several; one must be named."""
    return say("Which one? There is {known}.", known=_names(known))


def _names(names: Sequence[str]) -> str:
    return listed([quoted(one) for one in names])


def story_told(story: int, shown: int, total: int, outlets: int) -> str:
    """``5 articles of 3 outlets · story:12``; ``30 of 41 articles`` where not all are shown."""
    articles = phrases.found(shown, total)
    if outlets:
        articles = counted(
            outlets, "{articles} of {count} outlet", "{articles} of {count} outlets", articles=articles
        )
    return SEPARATOR.join((articles, say("story:{number}", number=story)))


def no_story(number: str) -> str:
    """No article belongs to a story of this number."""
    return say("There is no story {number}.", number=number)


def caught_up(shown: int, total: int, since: str) -> str:
    """How many stories there were since a moment."""
    if shown >= total:
        return counted(total, "{count} story since {moment}", "{count} stories since {moment}", moment=since)
    return counted(
        total,
        "{shown:,} of {count} story since {moment}",
        "{shown:,} of {count} stories since {moment}",
        shown=shown,
        moment=since,
    )


def muted(query: str, until: str, notes: Sequence[str], taken: str = "") -> str:
    """What is left out from now on, in words where it is ``taken`` so; ``until`` is a day, or empty for good."""
    taken = " ".join((taken or query, notice(notes))) if notes else taken or query
    if until:
        return say(
            "Digests here leave out {taken} until {day}. /unmute {query} ends it.",
            taken=taken,
            day=until,
            query=query,
        )
    return say("Digests here leave out {taken}. /unmute {query} ends it.", taken=taken, query=query)


def muted_until(day: str) -> str:
    """How long a mute holds, in a list."""
    return say("until {day}", day=day) if day else say("until it is ended")


def unmuted(query: str) -> str:
    """A mute has ended."""
    return say("Digests here tell of {query} again.", query=query)


def not_muted(query: str) -> str:
    """There is no such mute."""
    return say("{query} is not muted here. /mute lists what is.", query=query)


def too_many_mutes() -> str:
    """The place has as many mutes as it may."""
    return say("As many things as may be are muted here. /unmute ends one; /mute lists them.")


BELOW_TITLES = {"sources": "Sources", "quotes": "Quotes", "timeline": "Over time"}
NO_QUOTES_BELOW = "Nobody is quoted there by name or description."
STORY_GONE = "I no longer have that story."


def from_digest(name: str, moment: str) -> str:
    """Where a story that is told more of was told: ``From the morning digest, today 08:00``."""
    called = phrases.is_called_digest(name)
    return say(
        "From the {name}, {moment}" if called else "From the {name} digest, {moment}",
        name=name,
        moment=moment,
    )


def sentence(text: str) -> str:
    """A room's message about a mistake as a sentence of a reply."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
