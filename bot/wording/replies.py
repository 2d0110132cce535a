"""What the desk says back in a conversation: help, subscriptions, refusals. Every text stands here or in phrases.

Plain values in, plain text out, as in :mod:`bot.wording.phrases`. Moments are already in the reader's zone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.wording import phrases
from bot.wording.phrases import SEPARATOR, listed, plural, quoted

HELP_TITLE = "What I can do"
HELP_INTRO = (
    "Every line that I show about an article is word for word from it, with its source."
    " I answer what is sent, not what is edited later: please send it again."
)
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
    ("/schedule", "the next digests of this chat, and what became of the last ones"),
    ("/privacy", "what I keep about you, and how to remove it"),
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
REBUILDING = "The search index is being rebuilt just now"
NOT_NOW = f"{REBUILDING}, so I cannot tell what of the last week would have been in them."
FAILED = "Something went wrong here; it was noted."

SUBSCRIPTIONS_TITLE = "What this chat gets"
SCHEDULE_TITLE = "The next digests of this chat"
NO_SUBSCRIPTIONS = (
    "This chat has no subscription yet. /subscribe makes one, for example: /subscribe sanctions at 08:00"
)
EDITORS_SUBSCRIBE = "Only an editor can change what this chat gets. In a direct conversation with me you can subscribe yourself."
EDITORS_POST = "Only an editor can post a digest for everybody. /digest shows it to you alone."
FROM_FILE = "from the configuration file"
WHEN_ASKED = "only when asked"
DEFAULT_NAME = "everything"
NO_DIGEST_YET = "no digest yet"
NAMES = "A name has up to 40 letters, digits, “-” and “_”, for example: as energy"


def no_digest(number: int) -> str:
    """Of an id that no digest has."""
    return f"there is no digest {number}; `copydesk digest replay` lists the newest"


def no_plan(number: int) -> str:
    """Of a digest that an earlier version made."""
    return f"digest {number} was made by a version that did not keep what it was laid out of"


def changed_since(number: int, name: str) -> str:
    """Why a digest cannot be made again."""
    return f"article {number} ({name}) was corrected or read anew after this digest, so its words of then are gone"


def forgotten_since(number: int) -> str:
    """Why a digest cannot be made again."""
    return f"article {number} is not in the library any more"


def other_parts(made: int, posted: int) -> str:
    """Of a digest that comes out in another number of parts."""
    return f"it has {made} parts now, and had {posted} when it was posted; another version made it"


def other_part(number: int) -> str:
    """Of a part that comes out otherwise."""
    return f"part {number} is not as it was posted; another version made it"


def context_title(number: int) -> str:
    """The heading of an answer to /context."""
    return f"Line {number} in its place"


def no_such_line(number: int, count: int) -> str:
    """Of a number that the digest does not have."""
    lines = "one line" if count == 1 else f"{count} lines"
    return f"The last digest here has {lines}, and no line {number}."


def line_is_gone(number: int) -> str:
    """Of a line whose article was taken out, or has expired."""
    return f"The article of line {number} is not shown any more."


def line_was_corrected(number: int) -> str:
    """Of a line that its article does not say any more."""
    return f"The article of line {number} was corrected after that digest, and does not say it in that place any more."


def unknown_command(word: str, meant: str = "") -> str:
    """Somebody asked for what there is not; ``meant`` is the command that comes close."""
    guess = f" Did you mean /{meant}?" if meant else ""
    return f"I do not know {quoted(word)}.{guess} /help lists what I can do."


def understood(query: str, notes: Sequence[str]) -> str:
    """What was made of a query that could not be taken as it was typed; empty without notes."""
    return f"I looked for {query or phrases.EVERYTHING} {notice(notes)}." if notes else ""


def notice(notes: Sequence[str]) -> str:
    """The notes of a query as one line."""
    return f"({'; '.join(notes)})" if notes else ""


def rebuilding(reached: int, newest: int) -> str:
    """Why nothing is looked up now, and how far that is."""
    share = f" ({100 * reached // newest} % is done)" if newest else ""
    return f"{REBUILDING}{share}, so I cannot look anything up. Please ask again in a moment."


def shared_by(name: str) -> str:
    """Who let everybody see an answer."""
    return f"Shared by {name}"


# --- times to come -------------------------------------------------------------------------------


def coming(then: datetime, now: datetime) -> str:
    """``today 17:30``, ``tomorrow 08:00``, ``Thu 6 March 08:00``: no comma, for these stand in lists."""
    day = phrases.short_day(then.date(), now.date())
    if then.date() == now.date() + timedelta(days=1):
        day = "tomorrow"
    return f"{day} {phrases.clock(then)}"


def times(texts: Sequence[str], days: Sequence[int], zone: str = "", *, alerts: int = 0) -> str:
    """``08:00 and 17:30, Mon to Fri``; ``at once, at most 4 an hour, daily``; ``only when asked``."""
    if alerts and days:
        return phrases.alerts(alerts, days, zone)
    return phrases.schedule(texts, days, zone) if texts and days else WHEN_ASKED


def quiet_hours(begin: str, end: str) -> str:
    """When nothing comes."""
    return f"quiet {begin} to {end}"


def closed(why: str, since: str) -> str:
    """Why nothing comes to a place now, as of when, and what opens it again."""
    return f"closed: {why}, as of {since}; the next one is a try"


def next_digests(moments: Sequence[str], *, alerts: bool = False) -> str:
    """The sentence that names the next digests of a new subscription."""
    if alerts:
        return "It comes within minutes of an article; more than that are joined into the next."
    if not moments:
        return "It comes only when asked: /digest."
    return f"The next {'digests come' if len(moments) > 1 else 'digest comes'} {listed(moments)}."


def last_digest(told: str | None) -> str:
    """What became of the last digest, for /schedule."""
    return f"last: {told}" if told else NO_DIGEST_YET


# --- subscriptions -------------------------------------------------------------------------------


def subscribed(name: str) -> str:
    """The heading of a new subscription."""
    return f"Subscribed: {name}"


def matches(count: int, shown: int) -> str:
    """How many articles of the last week a new subscription matches; ``shown`` stand below."""
    if not count:
        return "No article of the last 7 days matches yet."
    verb = "matches" if count == 1 else "match"
    told = f"{plural(count, 'article')} of the last 7 days {verb}"
    return f"{told}{', for example' if shown < count else ''}:" if shown else f"{told}."


def how_to_end(name: str) -> str:
    """The footer of a new subscription."""
    return f"/unsubscribe {name} ends it{SEPARATOR}/digest {name} shows what it would say now"


def unsubscribed(name: str, at: str = "") -> str:
    """A subscription has ended; ``at`` names the place where it is not the reader's own."""
    return f"{quoted(name)}{f' at {at}' if at else ''} has ended."


def in_file(name: str, file: str) -> str:
    """The file's entries cannot be changed in chat."""
    return f"{quoted(name)} comes from {file} and can be changed only there."


def taken_by_file(name: str, file: str) -> str:
    """A name clash with the configuration, which wins."""
    return f"{quoted(name)} is a channel in {file} already. Please choose another name: as NAME."


def taken(name: str) -> str:
    """A name clash within a chat."""
    return f"This chat has a subscription {quoted(name)} already. Choose another name (as NAME), or end it first: /unsubscribe {name}"


def not_a_name(name: str) -> str:
    """What was given as a name cannot be one."""
    return f"{quoted(name)} cannot be a name. {NAMES}"


def full(most: int) -> str:
    """The chat has as many subscriptions as it may."""
    return f"This chat has {most} subscriptions, and more are not possible. /unsubscribe NAME ends one."


def too_many_times(most: int) -> str:
    """More times a day than make sense."""
    return f"A subscription can have up to {most} times a day."


def unreadable_query(notes: Sequence[str]) -> str:
    """Nothing of the query makes sense."""
    return f"I could not read that as a search {notice(notes)}. * stands for everything.".replace("  ", " ")


def no_topics(names: Sequence[str], known: Sequence[str]) -> str:
    """Topics that the desk does not follow."""
    have = f" There is {listed([quoted(one) for one in known])}." if known else " None is set up."
    return f"There is no topic {listed([quoted(one) for one in names])}.{have}"


def no_subscription(name: str, known: Sequence[str]) -> str:
    """The chat has nothing of this name."""
    have = f" There is {listed([quoted(one) for one in known])}." if known else " /subscribe makes one."
    return f"This chat has no subscription {quoted(name)}.{have}"


def which(known: Sequence[str]) -> str:
    """There are several; one must be named."""
    return f"Which one? There is {listed([quoted(one) for one in known])}."


def posting(name: str, at: str) -> str:
    """A digest is on its way."""
    return f"{phrases.digest_title(name)} is on its way to {at}."


def gets_no_digests(at: str, reason: str) -> str:
    """What the owner hears of a place that takes nothing."""
    return f"{at} gets no more digests: {reason}. What it misses comes as one catch-up, as soon as it can"


def subscriber_told(at: str, reason: str) -> str:
    """What somebody hears who subscribed for a place that takes nothing."""
    return f"I cannot post the digests that you asked for at {at}: {reason}. I keep what is new, and post it at once when I can again."


def left_out_title(name: str) -> str:
    """The heading of what a digest did not show."""
    return f"What {phrases.digest_title(name)[:1].lower()}{phrases.digest_title(name)[1:]} left out"


def left_out(total: int, when: str) -> str:
    """How much the last digest left out, and when it was made."""
    return f"{plural(total, 'file')}{SEPARATOR}{when}"


def nothing_left_out(when: str) -> str:
    """The last digest showed all that came in."""
    return f"Nothing was left out of the digest of {when}."


def story_told(story: int, shown: int, total: int, outlets: int) -> str:
    """``5 articles of 3 outlets · story:12``; ``30 of 41 articles`` where not all are shown."""
    articles = plural(total, "article") if shown >= total else f"{shown:,} of {plural(total, 'article')}"
    told_by = f" of {plural(outlets, 'outlet')}" if outlets else ""
    return f"{articles}{told_by}{SEPARATOR}story:{story}"


def no_story(number: str) -> str:
    """No article belongs to a story of this number."""
    return f"There is no story {number}."


def caught_up(shown: int, total: int, since: str) -> str:
    """How many stories there were since a moment."""
    stories = (
        plural(total, "story", "stories")
        if shown >= total
        else f"{shown:,} of {plural(total, 'story', 'stories')}"
    )
    return f"{stories} since {since}"


def muted(query: str, until: str, notes: Sequence[str]) -> str:
    """What is left out from now on; ``until`` is a day, or empty for good."""
    end = f" until {until}" if until else ""
    taken = f" {notice(notes)}" if notes else ""
    return f"Digests here leave out {query}{end}{taken}. /unmute {query} ends it."


def muted_until(day: str) -> str:
    """How long a mute holds, in a list."""
    return f"until {day}" if day else "until it is ended"


def unmuted(query: str) -> str:
    """A mute has ended."""
    return f"Digests here tell of {query} again."


def not_muted(query: str) -> str:
    """There is no such mute."""
    return f"{query} is not muted here. /mute lists what is."


def too_many_mutes() -> str:
    """The place has as many mutes as it may."""
    return "As many things as may be are muted here. /unmute ends one; /mute lists them."


BELOW_TITLES = {"sources": "Sources", "quotes": "Quotes", "timeline": "Over time"}
NO_QUOTES_BELOW = "Nobody is quoted there by name or description."
STORY_GONE = "I no longer have that story."


def from_digest(name: str, moment: str) -> str:
    """Where a story that is told more of was told: ``From the morning digest, today 08:00``."""
    title = phrases.digest_title(name)
    return f"From {title[:1].lower()}{title[1:]}, {moment}"


def posted_before(name: str) -> str:
    """The same request came twice."""
    return f"{phrases.digest_title(name)} was posted for this request already."


def sentence(text: str) -> str:
    """A room's message about a mistake as a sentence of a reply."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def urgent(text: str) -> str:
    """What the owner hears at once."""
    return f"The desk needs you: {text}"


def failures(shown: Sequence[str], total: int) -> str:
    """What failed in a day, in one line: the first few, and how many in all."""
    rest = f" (and {total - len(shown)} more; the log has them all)" if total > len(shown) else ""
    return f"{plural(total, 'thing')} failed since yesterday: {'; '.join(shown)}{rest}"


def became(when: datetime, states: Mapping[str, int], reason: str) -> str:
    """What became of a digest's parts: ``states`` counts them by the state that they are in."""
    day = when.strftime("%a %H:%M")
    total = sum(states.values())
    if not total:
        return f"{day}, nothing to say"
    if states.get("failed") or states.get("uncertain"):
        doubtful = f"{states['uncertain']} uncertain" if states.get("uncertain") else ""
        failed = f"{states['failed']} failed" if states.get("failed") else ""
        return f"{day}, {listed([part for part in (failed, doubtful) if part])} of {plural(total, 'part')}: {reason}"
    if states.get("sent", 0) < total:
        return f"{day}, {states.get('sent', 0)} of {plural(total, 'part')} posted so far"
    return f"{day}, posted"
