"""What people say to the desk alone in sentences of their own, and which command it is: a language's, and English; data alone, in lower case.

What other languages have stands in their catalogues.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.wording.heard.seeking import combined
from bot.wording.timing import word_set


@dataclass(frozen=True, slots=True)
class Sentences:
    """One language. ``openings`` are the command that a sentence is by how it begins; behind those of "wish" and "bring" stands a subscription where a time is told, else a search: behind "bring" for whatever stands there; behind those of "make" a digest of something.

    ``frames`` stand before what somebody wants done; of ``around`` commands a word stands before what they are about and one behind it, or a frame before it and the command behind. ``short`` words are how people type others, ``called`` ones are commands with which a sentence may begin as well ("add me to oil"). ``wondering`` phrases begin a question of how something is done, which a command's word is in or one of ``doing``. ``hints`` tell what an otherwise unclear sentence is about; ``inquiries`` begin with one phrase and hold another, or a day where they are of subscriptions. ``ending`` sentences end something, and do not say what; a word of ``withholding`` in what ends says that it shall not come. Words of ``notifying`` ask to be told something, behind one of ``conditions`` (at once behind those that are ``urgent``, and of ``alerts``), ``occurring`` is what happens to it, and ``arriving`` what happens to news of it. ``moving`` phrases stand between a subscription and its new time, and a word of ``changing`` says how digests shall be where nothing else is said. ``before`` words say nothing before an opening, nor do ``calling`` ones with a mark behind them and ``softening`` ones among a request's, ``behind`` phrases nothing at the end.
    """

    short: Mapping[str, str] = field(default_factory=dict)
    called: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    calling: frozenset[str] = frozenset()
    softening: frozenset[str] = frozenset()
    openings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ending: frozenset[str] = frozenset()
    withholding: frozenset[str] = frozenset()
    frames: frozenset[str] = frozenset()
    around: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    hints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inquiries: Mapping[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)
    wondering: frozenset[str] = frozenset()
    doing: frozenset[str] = frozenset()
    notifying: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    urgent: frozenset[str] = frozenset()
    alerts: frozenset[str] = frozenset()
    moving: tuple[str, ...] = ()
    changing: frozenset[str] = frozenset()
    occurring: tuple[str, ...] = ()
    arriving: frozenset[str] = frozenset()
    behind: tuple[str, ...] = ()


_ABOUT = ("about", "on", "of", "with", "regarding")

ENGLISH = Sentences(
    called=word_set("add start forget"),
    short={"gimme": "give me", "lemme": "let me", "wanna": "want to", "u": "you", "ur": "your", "r": "are", "dont": "don't", "whats": "what's", "theres": "there's", "todays": "today's", "resubscribe": "subscribe", "yesterdays": "yesterday's", "cn": "can", "cud": "could", "wud": "would", "plz": "please", "abt": "about", "n": "and", "smth": "something", "sth": "something", "nxt": "next", "fwd": "forward", "tl;dr": "a summary", "tldr": "a summary"},
    before=frozenset(("from now on", "from today", "from today on", "as of today", "as of now", "starting now", "effective immediately")) | word_set("please pls plz hi hiya hey yo hello and also then ok okay so now just kindly desk copydesk") | frozenset(combined(("good", "dear", "hi"), ("morning", "afternoon", "evening", "day", "desk", "copydesk", "there", "all", "bot"))),
    frames=frozenset((
        *combined(("can", "could", "would", "will"), ("you",), ("", "please", "kindly")),
        *combined(("i", "we"), ("want", "need", "wish", "would like", "would love", "should like"), ("you to", "to")), *combined(("i'd", "we'd"), ("like", "love"), ("you to", "to")),
        "is it possible to", "would it be possible to", "i was wondering if you could", "i wonder if you could", "do you think you could", "it would be great if you could", "it would be nice if you could", "be so kind and", "be so kind as to", "i would appreciate it if you could",
    )),
    softening=word_set("rather actually really exactly possibly maybe perhaps even quickly quick simply way"),
    calling=word_set("morning afternoon evening night alright right sure great cool thanks sorry yes yeah yep fine perfect guys folks team all everyone quick question wait well please"),
    inquiries={
        "mute": (
            frozenset(("is", "are", "did i", "did we", "have i", "have we", "do i have", "do we have", "am i", "what", "what's", "which", "why is", "why are", "how long", "until when", "was", "were", "show", "list")),
            frozenset(("muted", "mute", "on mute", "silenced", "unmuted", "mutes")),
        ),
        "subscriptions": (
            frozenset((*combined(("do", "will"), ("i", "we"), ("", "still", "also", "not"), ("get", "receive")), *combined(("am", "are"), ("i", "we"), ("", "still", "also"), ("getting", "receiving")), *combined(("do", "will", "does"), ("you", "it", "they", "this"), ("", "also", "still"), ("send", "post", "come", "work", "arrive")), *combined(("does", "do", "will"), ("the", "my", "our"), ("digest", "digests", "news", "subscription", "subscriptions"))))
            , frozenset(("anything", "something", "digests", "a digest", "every day", "at night", "in the evening", "holidays", "on holidays")),
        ),
    },
    hints={
        "privacy": ("my data", "personal data", "my searches", "my questions", "my messages", "my history", "search history", "my privacy", "private", "privacy", "confidential", "gdpr", "about me", "on me", "log of what", "record of what", "what i type", "what i write", "what i ask", "what i search", "what i look for", "what i look up", "what we search", "stuff i type", "things i type", "stuff i ask", "i type here", "i write here", "our searches", "our questions", "our channel", "our chat", "our messages", "our conversations", "my data"),
        "mute": ("is muted", "anything muted", "are muted", "i muted", "we muted", "muted here", "what's muted"),
        "schedule": ("next digest",),
        "settings": ("my language", "german version", "english version", "your language", "which languages", "what languages", "my timezone", "my time zone"),
    },
    around={
        "subscriptions": tuple((begin, end) for begin in ("can i get", "can i have", "could i get", "i want", "i'd like", "i need", "send me", "send", "make") for end in ("less often", "more often", "less frequently", "more frequently", "not so often")),
        "unsubscribe": (*((begin, end) for begin in ("turn", "switch", "shut") for end in ("off", "off please")), *((begin, end) for begin in ("take", "remove", "drop", "cross", "delete") for end in ("off", "off my list", "from my list", "off the list", "from the list", "from my digest", "from my digests", "from my subscriptions"))),
        "language": tuple((begin, end) for begin in ("speak", "talk") for end in ("to me", "with me", "to us", "with us")),
        "mute": (("leave", "out"), ("keep", "out"), ("keep", "out of my digest"), ("keep", "out of it"), ("put", "on mute"), ("leave", "out of my digest"), ("leave", "out of my digests"), ("keep", "out of my digests"), ("leave", "out of it"), ("leave", "out of the digest")),
        "unmute": (("bring", "back"), ("show", "again"), ("show me", "again"), ("let", "back in")),
        "subscribe": tuple((begin, end) for begin in ("add", "put", "include") for end in ("to my list", "on my list", "to the list", "to my digest", "in my digest", "to my digests", "to my subscriptions")),
    },
    notifying=word_set("know notify alert ping tell inform message text mail warn update contact buzz shout holler give heads"),
    conditions=frozenset(("when", "whenever", "if", "once", "as soon as", "soon as", "the moment", "the minute", "the second", "the instant", "every time", "each time", "any time", "anytime")),
    urgent=frozenset(("as soon as", "soon as", "the moment", "the minute", "the second", "the instant", "immediately", "instantly")),
    changing=word_set("long short double twice later earlier sooner early late shorter longer less fewer instead often frequently seldom much many"),
    alerts=word_set("alert alerts alarm"),
    moving=("to", "instead at", "rather at", "better at", "from now on at"),
    arriving=word_set("in up out comes come arrives arrive appears published posted is are there"),
    occurring=("is in the news", "are in the news", "makes the news", "make the news", "is mentioned", "are mentioned", "gets mentioned", "comes up", "come up", "pops up", "appears", "appear", "shows up", "hits the news", "is reported", "are reported", "ends", "is over", "starts", "begins", "resumes", "opens", "closes", "is called off", "is cancelled", "is canceled", "is postponed", "is rescheduled", "changes", "happens"),
    doing=word_set("add adding muting unmuting pausing subscribing send upload share forward file files pdf pdfs link links document documents attachment zone timezone digests search searching quiet"),
    wondering=frozenset(("how", "what does", "what is", "what's", "can i", "is it possible", "where is", "where do", "what can i", "what can we")),
    openings={
        "bring": (
            *combined(("", "can you", "could you", "would you", "will you", "can you please", "could you please", "would you please"), ("send", "give", "get", "post", "show", "bring", "deliver", "mail", "forward", "drop", "read"), ("me", "us")),
            *combined(("", "can you", "could you", "please"), ("send", "post", "deliver")),
            "remind me of", "remind me about", "remind us of", "remind us about",
            *combined(("show", "list"), ("all", "every", "any")),
        ),
        "wish": (
            *combined(("start", "begin"), ("sending", "posting", "giving"), ("me", "us")),
            *combined(("would you mind",), ("sending", "giving", "getting", "posting", "showing", "bringing", "mailing"), ("me", "us")),
            *combined(("", "i", "we"), ("want", "need", "would like", "would love", "should like", "would appreciate"), ("", "to get", "to have", "to receive", "to see", "to read")),
            *combined(("i'd", "we'd"), ("like", "love", "appreciate"), ("", "to get", "to have", "to receive", "to see", "to read")),
            *combined(("can", "could", "may"), ("i", "we"), ("get", "have", "receive", "see")),
            *combined(("i'm", "i am", "we're", "we are", "i'd be", "we'd be", "i would be", "we would be"), ("", "also", "very", "really"), ("interested in",)),
            *combined(("i'll", "we'll", "let's", "lets"), ("take", "have", "get")), "get", "receive",
            *combined(("", "can you", "could you", "can you please", "could you please", "please"), ("let me have", "let us have")),
        ),
        "subscribe": (
            *combined(("can you keep me", "could you keep me", "please keep me", "can you keep us", "could you keep us", "keep me", "keep us"), ("posted", "updated", "informed", "in the loop"), _ABOUT),
            *combined(("notify", "alert", "tell", "inform", "update"), ("me", "us"), ("daily about", "every day about", "about new", "when there is news about", "when there's news about", "if there is news about", "as soon as there is news about", "whenever there is news about")),
            *combined(("", "can you", "could you", "would you"), ("notify", "alert", "update", "ping", "text", "message", "wake", "mail"), ("me", "us"), (*_ABOUT, "to")),
            *combined(("i want to get", "i'd like to get", "i need to be", "i want to be", "i'd like to be", "i would like to be", "we want to be", "we'd like to be", "can i be", "can we be"), ("notified", "informed", "told", "alerted", "updated"), (*_ABOUT, "when there is news about", "when there's news about", "if there is news about", "if there's news about", "whenever there is news about")),
            *combined(("let me know", "tell me", "notify me", "alert me", "ping me", "text me", "message me", "write me"), ("when", "whenever", "if", "as soon as", "once", "the minute", "the moment", "any time", "anytime", "every time"), ("", "there's", "there is", "you have", "you get", "you find", "you see"), ("news", "something new", "anything new", "something", "anything"), _ABOUT),
            *combined(("let me know", "tell me", "ping me", "notify me"), ("when", "if", "as soon as"), ("something", "anything"), ("happens", "changes", "comes out"), ("at", "in", "to", "with", "on", "about")),
            *combined(("", "please"), ("let me know", "let us know"), ("about", "about any", "about new", "when there is news about", "when there's news about", "of any news about")),
            *combined(("", "can you", "could you", "please"), ("keep",), ("an eye on", "track of", "tabs on")),
            *combined(("can you", "could you"), ("add",), ("", "a subscription for", "a subscription to", "a digest of", "a digest on")),
            *combined(("add", "create", "make", "set up", "start", "new", "make me", "can you make", "can you create", "can you set up", "could you set up", "i want", "we want", "i'd like", "we'd like", "i need", "we need", "can i have", "can we have", "could i have", "could we have"), ("a subscription", "a digest", "a daily digest", "subscription", "digest", "a sub", "sub"), ("", "for", "to", "on", "about", "of", "with")),
            *combined(("set", "set me", "set up", "create", "make", "make me", "give me", "give us", "add", "i want", "we want", "i'd like", "we'd like", "i would like", "we would like", "i need", "we need", "can i get", "can we get", "could i get", "could we get", "can i have", "can we have", "could i have", "could we have", "can you set", "can you set up"), ("a reminder", "an alert", "a daily alert", "alerts", "a notification", "notifications", "a daily update", "daily updates"), ("for", "on", "about", "to")),
            *combined(("keep me", "keep us", "can you keep me", "can you keep us", "could you keep me"), ("up to date", "up to speed"), _ABOUT),
            *combined(("", "can you", "could you"), ("track", "monitor")),
            *combined(("", "push"), ("notifications",), ("for", "on", "about")),
            *combined(("subscription", "a subscription", "sub", "alert", "alerts", "an alert"), ("for", "to", "on", "about")),
            *combined(("set me up", "set us up", "hook me up", "hook us up"), ("with", "for")),
            *combined(("sub me", "sub us"), ("", "to", "for")), "sign up for", "sign up to",
            *combined(("sign me up", "sign us up", "put me down", "put us down"), ("for", "to")),
            *combined(("", "can you", "could you", "please", "can you please", "could you please", "would you please"), ("add", "put", "subscribe"), ("me", "us"), ("to", "on", "for")),
            *combined(("", "can you", "could you", "can i", "could i", "can we", "i want to", "i would like to", "i'd like to", "we want to", "we'd like to", "how do i"), ("subscribe",), ("me to", "us to", "to")),
            *combined(("", "can i get", "could i get", "can i have", "i want", "i need", "i'd like", "give me", "get me", "set"), ("an alert", "alerts", "a notification", "notifications", "a newsletter"), ("for", "on", "about")),
            "follow", "i want to follow", "i'd like to follow",
        ),
        "make": ("add", "start", "create", "make", "make me", "make us", "set up", "set me up", "arrange", "build", "prepare"),
        "help": (
            *combined(("what", "what all"), ("can", "do"), ("you",), ("do", "do for me", "understand")),
            *combined(("how",), ("do i", "does this", "does it", "do you", "can i"), ("work", "use this", "use you", "use it", "start")),
            "who are you", "what are you", *combined(("are you",), ("a robot", "a bot", "a human", "human", "a person", "real", "a real person", "an ai")), "what is this", "what's this", "help me", "i need help", "can you help me", "can you help", "get started", "commands", "menu", "options", "how does the search work", "how does search work", "how do i search", "how can i search", "how do i subscribe", "how can i subscribe", "how does this bot work", "what can i ask you", "what can i ask", "what can i type", "what can i type here", "what can i write", "list of commands", "list commands", "which commands are there", "what commands are there", "what can i do", "what can i do here",
        ),
        "unsubscribe": (
            *combined(("remove", "delete", "drop"), ("me", "us"), ("from",)),
            *combined(("don't", "do not"), ("send", "post", "mail", "show", "give", "bring"), ("", "me", "us"), ("", "any", "any more", "the", "news about", "anything about", "stuff about")),
            *combined(("", "can you", "could you"), ("stop",), ("sending", "posting", "mailing"), ("", "me", "us"), ("", "the", "my", "news about", "anything about", "stuff about")),
            *combined(("stop", "quit"), ("showing", "giving", "bringing"), ("", "me", "us"), ("", "the", "any", "news about", "anything about", "stuff about")),
            *combined(("never",), ("send", "show", "give", "bring"), ("", "me", "us"), ("", "any", "the", "news about", "anything about")),
            *combined(("", "please"), ("nothing more", "nothing else", "no more news", "no more stories", "no more articles", "no news", "no stories", "no articles"), ("about", "on", "from")),
            *combined(("i don't want", "i do not want", "we don't want"), ("more", "more of", "more the", "more of the", "any more", "any more of", "any more of the")), *combined(("no more", "i don't want", "i do not want", "i don't need", "we don't need", "we don't want")),
            *combined(("", "can you", "could you", "i want to", "i'd like to"), ("unsubscribe",), ("", "me", "us"), ("from",), ("", "the", "my")),
            *combined(("cancel", "end", "remove", "delete", "drop", "stop", "quit"), ("", "the", "my", "our")),
            *combined(("", "can you", "could you"), ("take me off", "take us off"), ("", "of")),
            *combined(("opt",), ("", "me", "us"), ("out of",), ("", "the", "my")), *combined(("get me", "get us", "take me", "take us"), ("out of",), ("", "the", "my")), *combined(("i want to", "i'd like to"), ("opt out of",)),
            *combined(("turn off", "switch off", "disable", "kill", "get rid of"), ("", "the", "my", "all")),
            *combined(("forget",), ("about", "what i said about", "what i asked about", "what i wrote about", "everything i said about", "all i said about")), *combined(("unfollow", "unsub"), ("", "me from", "us from", "from")),
            *combined(("i", "we"), ("no longer want", "no longer need", "don't want to get", "don't want to receive")),
            *combined(("can you", "could you"), ("cancel", "end", "remove", "stop"), ("", "the", "my", "our")),
            *combined(("quit",), ("sending", "posting"), ("", "me", "us"), ("", "the")),
            *combined(("cancel", "end", "remove", "delete", "drop"), ("my", "the", "our"), ("subscription", "digest", "subscription to", "digest about", "subscription for", "subscription about")),
        ),
        "language": (
            *combined(("change", "switch", "set"), ("my", "the", "your", ""), ("language to",)), *combined(("can you", "do you"), ("", "also"), ("speak", "do", "know", "understand")), "in", "answer in", "speak", "talk", "write in", "reply in", "talk to me in", "speak to me in", "switch to", "answer me in",
        ),
        "settings": (
            *combined(("", "how do i", "how can i", "can i", "can you", "i want to"), ("change", "set", "switch"), ("my", "the", ""), ("time zone", "timezone", "language", "settings", "zone")),
        ),
        "schedule": (
            *combined(("when",), ("is", "comes", "does"), ("my", "the"), ("", "next"), ("digest", "one", "digest come", "one come")),
            *combined(("what will", "what do", "what am", "what are"), ("i", "we"), ("get", "receive", "getting"), ("today", "tomorrow", "next", "this week", "next week")),
            *combined(("what's", "what is", "what comes"), ("coming", "next", "coming next", "coming up", "due", "scheduled", "planned")),
            *combined(("when", "when's"), ("", "is", "does", "will"), ("the", "my"), ("next",), ("digest", "one", "issue", "update", "edition", "roundup", "batch", "briefing", "delivery")),
            *combined(("when",), ("do i", "will i"), ("hear from you",)), *combined(("when",), ("do i", "will i"), ("get", "receive"), ("my", "the"), ("", "next"), ("digest", "one", "news")),
        ),
        "subscriptions": (
            *combined(("which", "what"), ("digests", "subscriptions"), ("do i", "do we", "will i", "will we", "am i", "are we")), "make it", "make that", "make them", "make this", "how do i change", "how can i change", "how often do i get", "how often does", "how often do you", "how often will", "when do i get", *combined(("am i", "are we"), ("still subscribed", "already subscribed", "subscribed", "signed up"), ("", "to", "for")),
            "change", "move", "reschedule", "shift", "switch", "edit", "set", "push", "pause",
            *combined(("why",), ("did i get", "do i get", "am i getting", "did you send me", "do you send me", "are you sending me", "did this come", "was i sent"), ("", "this", "that", "these", "those", "it", "them")),
            *combined(("too", "i get too", "you send too", "we get too", "that's too", "that is too", "it's too", "this is too"), ("many", "much"), ("messages", "digests", "posts", "mails", "of this")),
            *combined(("", "send", "send it", "send them", "post", "come", "not so", "can you send"), ("less often", "less frequently", "less", "fewer messages", "fewer digests", "not so often", "not so many", "not so many messages", "not that many", "fewer", "less messages")),
            *combined(("why",), ("is there", "was there", "did you send", "do you send", "did i get", "do i get", "did we get", "you don't send", "don't you send", "didn't you send"), ("nothing", "no digest")), *combined(("why",), ("didn't", "don't", "haven't"), ("i", "we"), ("get", "got", "receive", "received"), ("anything", "a digest", "my digest", "the digest")),
            *combined(("i", "we"), ("want", "need", "would like", "get", "prefer"), ("less", "fewer")), "too often", "this is too much", "that is too much", "that's too much", "it is too much", "it's too much", "give me less", "send me less", "send less", "slow down", "calm down", "take a break", "be quiet", "snooze everything", "make it less", "how do i pause", "how can i pause", "can i pause", *combined(("show", "show me", "list", "what are", "where are", "where do i find"), ("my", "our", "the"), ("subs", "subscriptions", "digests")), "what am i getting", "what do we get", *combined(("what's in", "what is in", "what's on", "show me what's in"), ("my", "our"), ("subscription", "subscriptions", "list", "digest", "digests")), *combined(("what have i", "what did i", "what am i", "what have we", "what are we", "what else am i", "what else did i"), ("signed up", "sign up", "subscribe", "subscribed", "signed up for", "sign up for", "subscribe to", "subscribed to")), *combined(("why", "how come"), ("is this", "is that", "are these", "is it", "are you", "does this", "do these"), ("here", "in my feed", "coming", "in here", "in my inbox", "messaging me", "writing me", "posting this", "show up", "come", "come to me")), "why me", *combined(("show me", "tell me"), ("what i get", "what we get", "what i am getting")), *combined(("give me", "give us", "i need", "we need", "i want"), ("a break", "a rest", "a pause", "some rest", "some peace")), "how many do i get", "how much do i get", *combined(("why",), ("this", "that", "these"), ("article", "articles", "story", "stories", "message", "digest", "mail", "one")), "my subs", "our subs", "our subscriptions", "what am i subscribed to", "what do i get", "what are my subscriptions", "list my subscriptions", "show my subscriptions", "show me my subscriptions",
        ),
        "search": (
            *combined(("did", "has", "have"), ("anything", "something"), ("happen", "happened", "change", "changed", "new happened"), ("at", "in", "with", "to", "on", "about")),
            *combined(("what", "what has", "what's"), ("happened", "been happening"), ("to", "with", "at", "in")),
            *combined(("", "can you", "could you"), ("pull up", "dig up", "dig out", "hunt down", "look into", "check for", "check if there's anything on", "check if there is anything on"), ("", "me", "us")),
            *combined(("", "i am", "i'm", "we are", "we're"), ("looking for", "searching for"), ("", "anything about", "anything on", "articles about", "news about")),
            *combined(("", "can you", "could you"), ("find out",), ("about", "more about", "what happened to", "what happened with", "what happened at")),
            *combined(("", "can you", "could you"), ("find", "look for", "look up", "search for", "search"), ("", "me", "us"), ("", "everything about", "anything about", "anything on", "articles about", "news about")),
            *combined(("", "can you", "could you"), ("tell me", "tell us"), ("the whole story", "the full story", "the story", "all", "everything you have", "what you have"), ("of", "about", "on")),
            *combined(("", "can you", "could you"), ("tell me", "tell us"), ("about", "more about", "something about", "anything about", "everything about")),
            *combined(("what do you", "what do we", "what did you"), ("know", "have", "get"), ("about", "on")),
            *combined(("i want", "i'd like", "i would like", "we want"), ("to know", "to hear", "to find out"), ("about", "more about", "everything about")),
            *combined(("is there", "do you have", "have you got", "got", "are there"), ("", "any", "anything", "something"), ("", "news", "articles", "stories"), _ABOUT),
            *combined(("any", "what's the", "what is the"), ("news", "articles", "stories", "latest", "updates", "latest news"), _ABOUT),
            *combined(("", "tell me", "do you know", "i want to know", "i'd like to know", "i wanted to know"), ("what's", "what is"), ("new", "happening", "going on", "up"), ("about", "on", "with", "in")),
        ),
        "catchup": (*combined(("", "please", "can you", "could you"), ("summarise", "summarize", "sum up", "recap", "wrap up")), *combined(("get", "get me", "bring me", "keep me", "keep us", "bring us", "i want to get", "i'd like to get", "i need to get", "i want to be", "i'd like to be", "i want to stay", "i'd like to stay"), ("up to date", "up to speed")), "catch up", *combined(("", "give me", "send me", "show me", "i want", "i need", "can i get", "can i have", "can you give me"), ("a summary", "the summary", "a recap", "the recap", "a roundup", "the roundup", "an overview", "a rundown", "the rundown", "a wrap-up", "the highlights", "a catchup", "a catch up", "a quick summary", "a quick recap")), "recap", *combined(("what's", "what is"), ("new since", "happened since")), "what happened since", "what's hot", "what is hot", "what's important", "what is important", "what did i miss", "what did we miss", "what have i missed", "what have we missed", "what i missed", "catch me up", "catch us up", "fill me in", "fill us in", "bring me up to date", "bring me up to speed", "get me up to date"),
        "privacy": (
            *combined(("do you", "stop", "don't", "why do you"), ("store", "keep", "save", "storing", "keeping", "saving", "collect", "collecting"), ("my", "any", "our"), ("data", "messages", "questions", "searches")),
            *combined(("delete", "erase", "remove", "forget", "clear", "wipe"), ("me", "about me", "my data", "all my data", "everything about me", "everything you know about me", "everything you have on me", "everything you have about me", "all about me", "what i asked", "what i asked you", "what i wrote", "what i said", "my questions", "my searches", "my messages", "my history", "our conversation", "this conversation")),
            *combined(("do you", "are you"), ("keep", "store", "log", "track", "record", "keeping", "storing", "logging", "tracking", "recording"), ("", "a log of", "a record of", "a list of", "track of"), ("me", "my questions", "my searches", "my messages", "what i ask", "what i ask you", "what i write", "what i type", "what i read", "this")),
            *combined(("who",), ("sees", "can see", "reads", "can read", "gets", "else sees", "else can see", "else gets", "else reads", "else is reading"), ("this", "that", "it", "what i ask", "what i ask you", "what i write", "what i type", "what i get", "what i follow", "what i subscribe to", "my questions", "my messages", "my searches", "my subscriptions", "my digests", "my topics", "our subscriptions", "our digests", "these digests", "the digests", "this digest", "these")),
            *combined(("is this", "is that", "are my questions", "are my searches"), ("private", "confidential", "secret", "public", "anonymous")),
            *combined(("do others", "can others", "can my boss", "can my editor", "do my colleagues", "can my colleagues", "can my team"), ("see", "read"), ("this", "it", "what i ask", "what i ask you", "what i write", "my searches", "my questions", "my subscriptions")),
            *combined(("what do you", "what data do you"), ("know", "keep", "store", "have"), ("about me", "on me")),
        ),
        "quotes": ("quote", "cite", "everything", "everything that", "anything", "all that", "what did", "what has", "what does", "what else did", "what says", "what said", "what thinks", "did", "has", *combined(("tell me", "show me", "do you know", "i want to know", "i'd like to know", "can you tell me"), ("what",))),
        "mute": ("don't include", "do not include", "silence", "hide", "leave out", "snooze", *combined(("", "can you", "could you"), ("ignore", "filter out", "block", "exclude", "skip"))),
        "unmute": (*combined(("", "can you", "could you", "please"), ("stop muting", "stop hiding", "stop leaving out", "no longer mute", "no longer hide")), *combined(("", "can you", "could you"), ("end", "lift", "remove", "cancel", "drop", "undo", "stop", "turn off", "switch off"), ("the mute", "my mute", "mute", "muting"), ("on", "of", "for", "from")), "bring back"),
    },
    ending=frozenset((
            "unsub", *combined(("cancel", "end", "stop"), ("my", "the", "all my", "this", "all"), ("subscription", "subscriptions", "digest", "digests")),
            *combined(("remove", "delete", "drop", "cancel", "end", "stop", "unsubscribe me from", "unsubscribe from"), ("all of my", "all my", "all", "my"), ("subscriptions", "digests")),
            *combined(("cancel", "end", "stop", "delete", "remove", "unsubscribe", "unsubscribe me", "unsubscribe from", "unsubscribe me from"), ("everything", "all", "all of them")), "stop", "stop it", "stop this", "stop all", "stop all of this", "stop it all", "leave me alone", *combined(("remove me from", "delete me from", "take me off", "unsubscribe me from", "take us off", "remove us from"), ("all", "everything", "all lists", "all your lists", "all of them", "the list", "this list", "your list", "the lists", "your lists", "all digests", "here", "this")), *combined(("opt",), ("", "me", "us"), ("out",), ("", "of this", "of all", "of everything", "of all of this")),
            "unsubscribe", "unsubscribe me", "unsubscribe us",
            *combined(("i want to", "i'd like to", "i would like to", "i wish to", "can i", "could i", "we want to", "how do i", "how can i"), ("unsubscribe", "opt out", "cancel", "quit", "stop", "end"), ("", "me", "us", "my subscription", "this")))),
    withholding=word_set("send sending post posting mail mailing show showing give giving bring bringing more no nothing want receive get see hear"),
    behind=("as well", "any longer", "if i may", "if that is ok", "if that's ok", "if you don't mind", "if you would", "if you like", "if possible", "comes in", "comes up", "comes out", "pops up", "any more", "anymore", "thank you", "thanks", "please", "pls", "for me", "for us", "to me", "to us", "with me", "with us", "instead", "from now on", "for now", "again", "now"),
)  # fmt: skip
