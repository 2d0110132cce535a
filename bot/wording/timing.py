"""How people write when something shall come: what a language has of it, and English; data alone, in lower case.

What other languages have stands in their catalogues.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MORNING, NOON, EVENING = 8, 12, 18
"""The hours that parts of a day stand for."""

FORENOON, AFTERNOON, NIGHT = 10, 15, 22
"""Parts of a day that stand for no hour, but tell which one is meant."""

ALL, WORKDAYS, WEEKEND = frozenset(range(7)), frozenset(range(5)), frozenset((5, 6))


@dataclass(frozen=True, slots=True)
class Timing:
    """One language.

    ``days`` are one day each by any of its names, ``short`` ones before a time certainly, ``letters`` also in lists with slashes, ``plural`` those that mean each of them, ``sets`` several, in one word or two, of
    which ``lone`` ones need nothing before them. ``at`` stands before times, ``hours`` before hours of a clock of 24 too; ``on`` before days, ``every`` before
    days and hours. ``to`` makes a span, ``between`` opens one. ``parts`` are parts of a day by their hour,
    ``parted`` those that need nothing before them. ``once`` are ways to ask for each article as it comes.
    ``fillers`` say nothing at the end of a clause, ``empty`` ones also before one, ``about`` nothing before what is wanted. ``vague`` words look
    like a time that the desk cannot keep, ``vaguely`` words do where a time or day follows; ``telling`` words do whatever follows, ``seasons`` and what ends in ``timely`` letters only behind those,
    ``going_on`` ones behind a time, ``happening`` ones
    at the end of what tells when something is, ``far`` ones
    before a number of units, and ``lasting`` ones say how long, ``upto`` whatever follows.
    ``quiet`` stands before hours in which nothing comes, ``most`` before a number, which with ``times`` and ``per``
    is one of alerts an hour. ``mine`` is the zone of who writes, ``selves`` are who subscribes whom, up to a word of ``to``, and so are ``groups`` behind an article.
    Of the words behind an hour ``clear`` ones leave no half of the day. ``articles`` stand before a vague word,
    ``before_days`` also before days, and ``mistyped`` words are looked for besides days where one is not known.
    ``alternate`` are the hours of "every other hour", ``fractions`` the minutes that a phrase puts an hour off. What
    stands behind a ``numbered`` word is its number and no hour; ``unclear`` phrases are times without an hour, ``periods`` such without a day.
    ``excepting`` phrases stand before days that are left out, ``but`` ones only right behind days; ``digests`` behind days say no more, with ``of_digests`` behind them; ``often`` ones say how many times a day there are, ``weekly`` ones how many days a week.
    ``edges`` are words with which what is wanted does not end, so that they are of the time behind them; ``ways`` stand before where something is sent, which ``places`` name.
    ``labels`` with a colon are of the time behind them. ``real`` words are one letter from a word of time, and none. ``told`` ones are days told from today. ``only`` words do as ``telling`` ones where something follows, and so do
    phrases ``beside`` what is wanted, which say how; ``counted`` nouns at the end do behind a number.
    Behind an hour in a word ``minutes`` are its minutes; ``filling`` phrases say nothing at the end of a clause, ``filling_beside`` ones beside another, ``single`` words nothing before days behind one of ``every``.
    ``clausal`` words are of a sentence about the wish, and hardly in what is looked for: "as long as I work here"; ``finite`` ones also at the end; ``equating`` words stand on both sides of how it shall come ("as fast as"), unless it is one of ``equated``; ``barring`` ones
    behind one of them leave something out. ``shapes`` are how it shall look, behind a word of ``shaping``, and so are ``rendered`` ones with others before them; ``glued`` words are a day and its part in one; ``relative`` words stand behind so many units of time.
    """

    days: Mapping[str, int] = field(default_factory=dict)
    short: frozenset[str] = frozenset()
    letters: Mapping[str, int] = field(default_factory=dict)
    plural: Mapping[str, int] = field(default_factory=dict)
    sets: Mapping[str, frozenset[int]] = field(default_factory=dict)
    lone: frozenset[str] = frozenset()
    at: frozenset[str] = frozenset()
    hours: frozenset[str] = frozenset()
    on: frozenset[str] = frozenset()
    every: frozenset[str] = frozenset()
    joints: frozenset[str] = frozenset()
    to: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    hour: frozenset[str] = frozenset()
    hourly: frozenset[str] = frozenset()
    counts: Mapping[str, int] = field(default_factory=dict)
    alternate: Mapping[str, int] = field(default_factory=dict)
    fractions: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    clock: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, int] = field(default_factory=dict)
    parted: frozenset[str] = frozenset()
    before_parts: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    daily: tuple[str, ...] = ()
    oclock: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()
    about: tuple[str, ...] = ()
    called: frozenset[str] = frozenset()
    everything: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()
    vaguely: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
    seasons: frozenset[str] = frozenset()
    timely: tuple[str, ...] = ()
    selves: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    going_on: frozenset[str] = frozenset()
    happening: frozenset[str] = frozenset()
    far: frozenset[str] = frozenset()
    lasting: frozenset[str] = frozenset()
    upto: frozenset[str] = frozenset()
    quiet: frozenset[str] = frozenset()
    most: tuple[str, ...] = ()
    times: frozenset[str] = frozenset()
    per: frozenset[str] = frozenset()
    mine: tuple[str, ...] = ()
    periods: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    clear: frozenset[str] = frozenset()
    before_days: frozenset[str] = frozenset()
    mistyped: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    digests: frozenset[str] = frozenset()
    of_digests: frozenset[str] = frozenset()
    unclear: tuple[str, ...] = ()
    excepting: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    often: Mapping[str, int] = field(default_factory=dict)
    weekly: Mapping[str, int] = field(default_factory=dict)
    edges: frozenset[str] = frozenset()
    ways: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    real: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    beside: tuple[str, ...] = ()
    clausal: frozenset[str] = frozenset()
    barring: frozenset[str] = frozenset()
    finite: frozenset[str] = frozenset()
    equating: Mapping[str, str] = field(default_factory=dict)
    equated: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    shaping: frozenset[str] = frozenset()
    shapes: frozenset[str] = frozenset()
    rendered: frozenset[str] = frozenset()
    glued: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    relative: frozenset[str] = frozenset()
    minutes: Mapping[str, int] = field(default_factory=dict)
    filling: tuple[str, ...] = ()
    filling_beside: tuple[str, ...] = ()
    single: frozenset[str] = frozenset()


def word_set(words: str) -> frozenset[str]:
    """The words of the text."""
    return frozenset(words.split())


def month_names(*names: str) -> dict[str, int]:
    """The months by their names, from 1 on; those of one month stand side by side."""
    return {name: number for number, told in enumerate(names, start=1) for name in told.split()}


def day_names(*names: str) -> dict[str, int]:
    """The days of the week by their names, from Monday 0 on; those of one day stand side by side."""
    return {name: number for number, told in enumerate(names) for name in told.split()}


ENGLISH = Timing(
    days=day_names(
        "monday mon mo",
        "tuesday tue tues tu",
        "wednesday wed weds",
        "thursday thu thur thurs th",
        "friday fri fr",
        "saturday sat sa",
        "sunday sun su",
    ),
    short=word_set("mon tue tues wed weds thu thur thurs fri"),
    letters=day_names("m mo", "t tu", "w we", "th", "f fr"),
    plural=day_names("mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"),
    sets={
        "daily": ALL,
        "mwf": frozenset((0, 2, 4)),
        **dict.fromkeys(("tth", "tuth"), frozenset((1, 3))),
        "m-f": WORKDAYS,
        "mtwtf": WORKDAYS,
        "mtwthf": WORKDAYS,
        "everyday": ALL,
        "day": ALL,
        "days": ALL,
        **dict.fromkeys(("weekday", "weekdays", "wkday", "wkdays", "workday", "workdays", "work-days"), WORKDAYS),
        **dict.fromkeys(("working day", "working days", "business day", "business days", "work day", "work days", "week day", "week days"), WORKDAYS),
        **dict.fromkeys(("weekend", "weekends", "wkend", "wkends", "wknd"), WEEKEND),
    },
    lone=word_set("daily everyday weekdays wkdays wkends workdays work-days weekends mwf tth tuth m-f mtwtf mtwthf"),
    at=word_set("at @"),
    hours=word_set(""),
    on=word_set("on"),
    every=word_set("every each"),
    joints=word_set("and & + , ; / |"),
    to=word_set("to through thru till until and"),
    between=word_set("between from"),
    hour=word_set("hour hours hr hrs h"),
    hourly=word_set("hourly"),
    counts={"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12},
    alternate={"other": 2, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4},
    fractions={"half past": 30, "half": 30, "quarter past": 15, "a quarter past": 15, "quarter to": -15, "a quarter to": -15},
    months=month_names("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec"),
    clock={"noon": 12, "midday": 12, "midnight": 0},
    parts={"morning": MORNING, "mornings": MORNING, "evening": EVENING, "evenings": EVENING, "afternoon": AFTERNOON, "afternoons": AFTERNOON, "night": NIGHT, "nights": NIGHT},
    parted=word_set("mornings evenings afternoons"),
    before_parts=("first thing in the", "in the", "in", "at"),
    once=(*(f"{when} {what} {comes}" for when in ("as soon as", "when", "whenever", "the moment", "once") for what in ("it", "something", "anything", "news", "something new") for comes in ("comes in", "comes up", "comes out", "appears", "is published")), "as fast as possible", "as quickly as possible", "at once", "immediately", "instantly", "right away", "straight away", "straightaway", "as soon as possible", "as soon as it happens", "as soon as it comes in", "as soon as they come in", "as soon as it is in", "when it comes in", "the moment it comes in", "as it comes in", "as they come in", "as it happens", "as they happen", "as things happen", "as it comes up", "as they come up", "as soon as it comes", "as soon as it comes in", "as soon as they come in", "as it comes in", "as they come in", "when it happens", "as they come", "asap", "in real time"),
    daily=("once a day", "once daily", "once every day", "once per day", "1x daily", "1x a day", "1x per day"),
    oclock=word_set("o'clock oclock"),
    fillers=word_set("please pls plz thanks thx thank you instead rather sharp exactly precisely promptly only always sent send delivered deliver posted"),
    empty=word_set("please pls plz instead rather always thanks thx thank you exactly precisely promptly"),
    about=(
        "to the topic", "about the topic", "the topic", "to", "about", "for", "me to", "us to", "me for", "me about", "us about", "me on",
        "this channel to", "this chat to", "this group to", "the channel to", "the group to", "our channel to", "our team to", "my team to", "our group to", "our desk to", "our newsroom to", "our chat to", "my channel to", "everyone to", "the team to", "us all to",
    ),
    called=word_set("as"),
    everything=word_set("everything all"),
    vague=word_set(
        "24/7 minute minutes min mins hour hours day days week weeks month months year years quarter fortnight fortnightly"
        " weekly biweekly bi-weekly bihourly bi-hourly bimonthly bi-monthly monthly yearly annually quarterly nightly tomorrow tonight today yesterday sunrise sunset dawn"
        " dusk teatime lunchtime lunch dinner breakfast night nights morning mornings afternoon afternoons evening"
        " evenings daytime noon midday midnight o'clock oclock am pm daily hourly weekday weekdays workday workdays"
        " weekend weekends twice thrice half while thirty fifteen sometimes occasionally regularly often quietly silently dayly dailly wkly real-time realtime tmrw tmr 2nite 2day 2moro yday alerts randomly sporadically periodically frequently constantly continuously rarely seldom silent muted earlier later sooner payday birthday matchday intervals eve sometime anytime early late"
    ),
    vaguely=word_set(
        "b4 approx approximately roughly latest next last first second third fourth until till since from around about by before after past except excluding"
        " but not every each at on once within starting other only twice this coming upcoming following than"
    ),
    telling=word_set("every each evry evrey while whilst during if unless when whenever except excluding starting beginning until till til skipping omitting ignoring"),
    seasons=word_set("meeting meetings bulletin briefing shift advent easter christmas xmas summer winter autumn fall spring holidays ramadan thanksgiving noon"),
    selves=word_set("me us everyone everybody"),
    groups=word_set("office team club desk newsroom group department committee board staff channel chat room"),
    going_on=word_set("twice thrice starting beginning ending from since after before next except up"),
    happening=word_set("open close start begin end finish opens closes starts begins ends finishes happens"),
    far=word_set("in for within over"),
    lasting=word_set("over for fro until till til through thru during"),
    upto=word_set("until till til while whilst during"),
    quiet=word_set("quiet"),
    most=("at most", "most", "up to", "at", "max", "maximum", "no more than", "not more than"),
    times=word_set("times"),
    per=word_set("an per /"),
    periods=word_set("weekly biweekly fortnightly monthly quarterly yearly nightly"),
    mine=("my time", "my timezone", "my time zone", "local time", "our time"),
    articles=word_set("a an the per in"),
    before_days=word_set("at weekly all"),
    mistyped=word_set("every noon midnight hours day once"),
    numbered=word_set("top no war number nr formula group channel route chapter part phase season episode volume article version level windows iphone"),
    digests=word_set("news digest digests briefing briefings roundup round-up update updates summary newsletter report overview bulletin note notes notification message recap rundown"),
    of_digests=word_set("of on about for with regarding"),
    excepting=("except", "except on", "except for", "excluding", "not on", "not at", "not", "but not on", "but not at", "but not", "apart from", "other than", "without", "and not on"),
    but=("but",),
    often={
        f"{count}{per}": number
        for number, counts in ((2, ("twice", "two times", "2 times", "2x", "2 x")), (3, ("three times", "3 times", "3x", "thrice")), (4, ("four times", "4 times", "4x")))
        for count in counts
        for per in (" a day", " daily", " per day", " each day", " every day")
    },
    weekly={
        f"{count} {per}": number
        for number, count in ((1, "once"), (2, "twice"), (2, "two times"), (2, "2x"), (2, "2 times"), (3, "three times"), (3, "3x"), (3, "3 times"), (4, "four times"), (4, "4x"))
        for per in ("a week", "per week", "weekly", "each week", "every week")
    },
    edges=word_set("like least once several a an the and or of to for from by with about me us them him her you it i we my our your their this that just exactly precisely promptly shortly soon right then also too again maybe perhaps ideally preferably kindly latest earliest early late upto post no not later is are be alternate alternating odd even certain selected most almost nearly some few"),
    ways=word_set("to in into via by on over per through"),
    places=word_set("style format messages message channel channels chat group thread room dm dms email e-mail mail sms slack telegram whatsapp teams inbox phone mobile desk newsroom fax pager letter pigeon text"),
    told=word_set("today tonight tomorrow tmrw tmr"),
    only=word_set("only"),
    counted=word_set("stories articles headlines items posts messages"),
    beside=("style short", "style full", "style long", "style headlines", "style threaded", "style compact", "short style", "long style", "just the", "only the", "with photos", "with pictures", "with links", "for breaking news", "breaking news only", "no sorry", "scratch that", "i mean", "no wait", "or rather", "under the name", "call it", "and call", "named", "as soon as", "as often as", "no more than", "not more than", "at most", "alerts max", "max", "maximum", "a maximum", "a minimum", "as long as", "so long as", "in case", "in the event", "according to", "instead of", "rather than", "for the first time", "in copy", "in cc", "the moment", "the minute", "the second", "on the quiet", "the same as", "same as", "as before", "as usual", "the usual", "as always", "like last", "like the last", "later than", "earlier than", "more often than", "less often than", "shortly before", "shortly after", "right before", "right after", "just before", "just after"),
    clausal=word_set(
        "i i'm i've i'd you he she they we my our your someone somebody anyone anybody nobody everyone everybody myself ourselves because although though provided providing assuming depending regardless"
        " should would could shall but otherwise whichever wherever whoever whatever it's that's there's let's dont doesnt didnt cant isnt"
    ),
    barring=word_set("not no nothing without for"),
    equating={"as": "as"},
    equated=word_set("well"),
    finite=word_set("me is are was were has have had does"),
    labels=word_set("when time times at schedule day days daily frequency delivery hour every starting weekly"),
    shaping=word_set("as in with without on at"),
    rendered=word_set("characters words lines sentences paragraphs print font type letters headlines contents message messages request demand"),
    shapes=word_set("pdf pdfs photo picture image emoji link links video videos map maps list table bullet bullets points attachment attachments bold italics caps capitals colour color summary brief short full detail pictures photos images emojis emoji html markdown csv excel audio podcast podcast-form voice plain-text text sound message messages note notes letter sms call calls"),
    relative=word_set("before after prior ahead into long"),
    minutes={"ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50},
    filling=("until further notice", "till further notice", "from now on", "forever", "for ever", "for good", "if you don't mind", "if you do not mind", "if that's ok", "if that's okay", "if that is ok", "thanks a lot", "thanks so much", "thank you so much", "thank you very much", "many thanks", "cheers"),
    filling_beside=("on the hour", "on the dot"),
    single=word_set("single"),
    real=word_set("alert mourning diner diners quartet thirsty minuet launch mooring"),
    unclear=("now", "right now", "on bank holidays", "on public holidays", "on school holidays", "on school days", "on holidays", "on and off", "off and on", "on and on", "at some point", "at any time", "any time", "some time", "one last time", "once more", "one more time", "just once", "on demand", "as needed", "as required", "when needed", "if needed", "where needed", "high tide", "at high tide", "low tide", "at low tide", "full moon", "rush hour", "at rush hour", "at peak times", "from now", "once in a while", "o clock", "all day", "all day long", "all the time", "around the clock", "round the clock", "alerts only", "only alerts", "as early as possible", "as soon as you can", "every now and then", "now and then", "from time to time", "first thing", "half past", "overnight", "after work", "before work", "after breakfast", "at breakfast", "after lunch", "after dinner", "on my way to work", "eod", "end of day", "end of the day", "cob", "close of business", "end of business"),
)  # fmt: skip

ZONES = {
    "UTC": "UTC",
    "GMT": "UTC",
    "Z": "UTC",
    **dict.fromkeys(("CET", "CEST", "MEZ", "MESZ"), "CET"),
    **dict.fromkeys(("WET", "WEST"), "WET"),
    **dict.fromkeys(("EET", "EEST", "OEZ"), "EET"),
    "BST": "Europe/London",
    **dict.fromkeys(("ET", "EST", "EDT"), "America/New_York"),
    **dict.fromkeys(("CT", "CDT"), "America/Chicago"),
    **dict.fromkeys(("MT", "MDT"), "America/Denver"),
    **dict.fromkeys(("PT", "PST", "PDT"), "America/Los_Angeles"),
    **dict.fromkeys(("AKST", "AKDT"), "America/Anchorage"),
    "JST": "Asia/Tokyo",
    "KST": "Asia/Seoul",
    "HKT": "Asia/Hong_Kong",
    "SGT": "Asia/Singapore",
    "PKT": "Asia/Karachi",
    "MSK": "Europe/Moscow",
    "SAST": "Africa/Johannesburg",
    **dict.fromkeys(("AEST", "AEDT"), "Australia/Sydney"),
    **dict.fromkeys(("NZST", "NZDT"), "Pacific/Auckland"),
}
"""Zones as people abbreviate them, in capitals: the place whose clock is meant, in summer too. What could mean several is none."""

SEVERAL = frozenset({"IST", "CST", "MST", "AST", "SST", "GST", "AMT"})
"""Abbreviations that several zones share."""

COASTS = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
}
"""Zones by a word that stands alone behind an hour, too: "at 8 am Pacific"."""

REGIONS = {
    **COASTS,
    **{f"us {one}": zone for one, zone in COASTS.items()},
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
    "western european": "WET",
    "central european": "CET",
    "eastern european": "EET",
    **dict.fromkeys(("uk", "british"), "Europe/London"),
    "irish": "Europe/Dublin",
    "german": "Europe/Berlin",
    "swiss": "Europe/Zurich",
    "austrian": "Europe/Vienna",
    "french": "Europe/Paris",
    **dict.fromkeys(("india", "indian"), "Asia/Kolkata"),
    **dict.fromkeys(("japan", "japanese"), "Asia/Tokyo"),
}
"""Zones of one clock by what stands before "time", "standard time" or "daylight time"."""

CLOCKS = frozenset({"time", "zeit"})
"""What stands behind the place whose clock is meant, in any language: "Berlin time", "Berliner Zeit"."""

OF_A_PLACE = "er"
"""What a place ends with before that in German."""
