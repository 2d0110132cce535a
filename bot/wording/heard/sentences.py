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
    """One language. ``openings`` are the command that a sentence is by how it begins; behind those of "wish" and "bring" stands a subscription where a time is told, else a search: behind "bring" for whatever stands there.

    ``ending`` sentences end something, and do not say what. ``before`` words say nothing before an opening, ``behind`` phrases nothing at the end.
    """

    before: frozenset[str] = frozenset()
    openings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ending: frozenset[str] = frozenset()
    behind: tuple[str, ...] = ()


_ABOUT = ("about", "on", "of", "with", "regarding")

ENGLISH = Sentences(
    before=word_set("please pls plz hi hey hello and ok okay so now just kindly desk copydesk"),
    openings={
        "bring": (
            *combined(("", "can you", "could you", "would you", "will you", "can you please", "could you please", "would you please"), ("send", "give", "get", "post", "show", "bring", "deliver", "mail"), ("me", "us")),
            *combined(("", "can you", "could you", "please"), ("send", "post", "deliver")),
        ),
        "wish": (
            *combined(("start", "begin"), ("sending", "posting", "giving"), ("me", "us")),
            *combined(("would you mind",), ("sending", "giving", "getting", "posting", "showing", "bringing", "mailing"), ("me", "us")),
            *combined(("i", "we"), ("want", "need", "would like", "would love"), ("", "to get", "to have", "to receive", "to see", "to read")),
            *combined(("i'd", "we'd"), ("like", "love"), ("", "to get", "to have", "to receive", "to see", "to read")),
            *combined(("can", "could", "may"), ("i", "we"), ("get", "have", "receive", "see")),
            *combined(("", "can you", "could you", "can you please", "could you please", "please"), ("let me have", "let us have")),
        ),
        "subscribe": (
            *combined(("can you keep me", "could you keep me", "please keep me", "can you keep us", "could you keep us", "keep me", "keep us"), ("posted", "updated", "informed", "in the loop"), _ABOUT),
            *combined(("notify", "alert", "tell", "inform", "update"), ("me", "us"), ("daily about", "every day about", "about new", "when there is news about", "when there's news about", "if there is news about", "as soon as there is news about", "whenever there is news about")),
            *combined(("notify", "alert", "update"), ("me", "us"), (*_ABOUT, "to")),
            *combined(("i want to be", "i'd like to be", "i would like to be", "we want to be", "we'd like to be", "can i be", "can we be"), ("notified", "informed", "told", "alerted", "updated"), (*_ABOUT, "when there is news about", "when there's news about", "if there is news about", "if there's news about", "whenever there is news about")),
            *combined(("", "please"), ("let me know", "let us know"), ("about", "about any", "about new", "when there is news about", "when there's news about", "of any news about")),
            *combined(("", "can you", "could you", "please"), ("keep",), ("an eye on", "track of", "tabs on")),
            *combined(("can you", "could you"), ("add",), ("", "a subscription for", "a subscription to", "a digest of", "a digest on")),
            *combined(("create", "make", "set up", "start", "new", "make me", "can you make", "can you create", "can you set up", "could you set up", "i want", "i'd like", "i need"), ("a subscription", "a digest", "a daily digest", "subscription", "digest"), ("", "for", "to", "on", "about", "of", "with")),
            *combined(("sub me", "sub us"), ("", "to", "for")),
            *combined(("sign me up", "sign us up", "put me down", "put us down"), ("for", "to")),
            *combined(("", "can you", "could you", "please", "can you please", "could you please", "would you please"), ("add", "put", "subscribe"), ("me", "us"), ("to", "on", "for")),
            *combined(("", "can you", "could you", "can i", "could i", "can we", "i want to", "i would like to", "i'd like to", "we want to", "we'd like to", "how do i"), ("subscribe",), ("me to", "us to", "to")),
            "follow", "i want to follow", "i'd like to follow",
        ),
        "help": (
            *combined(("what", "what all"), ("can", "do"), ("you",), ("do", "do for me", "understand")),
            *combined(("how",), ("do i", "does this", "does it", "do you", "can i"), ("work", "use this", "use you", "use it", "start")),
            "who are you", "what are you", "what is this", "what's this", "help me", "i need help", "can you help me", "can you help", "get started", "commands", "menu", "options", "how do i subscribe", "how can i subscribe", "how does this bot work", "what can i ask you", "what can i do", "what can i do here",
        ),
        "unsubscribe": (
            *combined(("don't", "do not"), ("send", "post", "mail", "show", "give", "bring"), ("me", "us"), ("", "any", "any more", "the", "news about", "anything about", "stuff about")),
            *combined(("", "can you", "could you"), ("stop",), ("sending", "posting", "mailing"), ("", "me", "us"), ("", "the", "my", "news about", "anything about", "stuff about")),
            *combined(("no more", "i don't want", "i do not want", "i don't need", "we don't need", "we don't want")),
            *combined(("", "can you", "could you", "i want to", "i'd like to"), ("unsubscribe",), ("", "me", "us"), ("from",), ("", "the", "my")),
            *combined(("cancel", "end", "remove", "delete", "drop", "stop"), ("", "the", "my", "our")),
            *combined(("", "can you", "could you"), ("take me off", "take us off"), ("", "of")),
            *combined(("unfollow", "unsub"), ("", "me from", "us from", "from")),
            *combined(("i", "we"), ("no longer want", "no longer need", "don't want to get", "don't want to receive")),
            *combined(("cancel", "end", "remove", "delete", "drop"), ("my", "the", "our"), ("subscription", "digest", "subscription to", "digest about", "subscription for", "subscription about")),
        ),
        "subscriptions": (
            *combined(("", "can you", "could you", "i want to", "i'd like to"), ("change", "move", "reschedule", "shift", "switch", "edit", "set", "push", "pause")),
            "what am i subscribed to", "what do i get", "what are my subscriptions", "list my subscriptions", "show my subscriptions", "show me my subscriptions",
        ),
        "search": (
            *combined(("", "can you", "could you"), ("find", "look for", "look up", "search for", "search"), ("", "me", "us"), ("", "everything about", "anything about", "anything on", "articles about", "news about")),
            *combined(("", "can you", "could you"), ("tell me", "tell us"), ("about", "more about", "something about", "anything about", "everything about")),
            *combined(("what do you", "what do we", "what did you"), ("know", "have", "get"), ("about", "on")),
            *combined(("i want", "i'd like", "i would like", "we want"), ("to know", "to hear", "to find out"), ("about", "more about", "everything about")),
            *combined(("is there", "do you have", "have you got", "got", "are there"), ("", "any", "anything", "something"), ("", "news", "articles", "stories"), _ABOUT),
            *combined(("any", "what's the", "what is the"), ("news", "articles", "stories", "latest", "updates", "latest news"), _ABOUT),
            *combined(("what's", "what is", "whats"), ("new", "happening", "going on", "up"), ("about", "on", "with", "in")),
        ),
        "catchup": ("what did i miss", "what did we miss", "what have i missed", "what have we missed", "what i missed", "catch me up", "catch us up", "bring me up to date", "bring me up to speed", "get me up to date"),
        "privacy": (
            *combined(("delete", "erase", "remove", "forget"), ("my data", "all my data", "everything about me", "everything you know about me", "all about me")),
            *combined(("what do you", "what data do you"), ("know", "keep", "store", "have"), ("about me", "on me")),
        ),
        "quotes": ("what did", "what has", "what does"),
        "mute": ("silence", "hide", "leave out", "snooze"),
    },
    ending=frozenset((
            "unsub", *combined(("cancel", "end", "stop"), ("my", "the", "all my", "this", "all"), ("subscription", "subscriptions", "digest", "digests")),
            *combined(("cancel", "end", "stop"), ("everything",)), "stop", "stop it", "stop this", "stop all", "stop all of this", "stop it all", "leave me alone", "opt out",
            *combined(("", "i want to", "i'd like to", "how do i", "how can i"), ("unsubscribe",), ("", "me", "us")))),
    behind=("any more", "anymore", "thank you", "thanks", "please", "pls", "for me", "for us", "to me", "to us", "instead", "from now on", "again", "now"),
)  # fmt: skip
