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
    """One language. ``openings`` are the command that a sentence is by how it begins; behind those of "wish" stands a subscription where a time is told, else a search.

    ``before`` words say nothing before an opening, ``behind`` phrases nothing at the end.
    """

    before: frozenset[str] = frozenset()
    openings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    behind: tuple[str, ...] = ()


_ABOUT = ("about", "on", "of", "with", "regarding")

ENGLISH = Sentences(
    before=word_set("please pls plz hi hey hello and ok okay so now just kindly desk copydesk"),
    openings={
        "wish": (
            *combined(("", "can you", "could you", "would you", "will you", "can you please", "could you please", "would you please"), ("send", "give", "get", "post", "show", "bring", "deliver", "mail"), ("me", "us")),
            *combined(("", "can you", "could you", "please"), ("send", "post", "deliver")),
            *combined(("would you mind",), ("sending", "giving", "getting", "posting", "showing", "bringing", "mailing"), ("me", "us")),
            *combined(("i", "we"), ("want", "need", "would like", "would love"), ("", "to get", "to have", "to receive", "to see", "to read")),
            *combined(("i'd", "we'd"), ("like", "love"), ("", "to get", "to have", "to receive", "to see", "to read")),
            *combined(("can", "could", "may"), ("i", "we"), ("get", "have", "receive", "see")),
            *combined(("", "can you", "could you", "can you please", "could you please", "please"), ("let me have", "let us have")),
        ),
        "subscribe": (
            *combined(("keep me", "keep us"), ("posted", "updated", "informed", "in the loop"), _ABOUT),
            *combined(("notify", "alert", "tell", "inform", "update"), ("me", "us"), ("daily about", "every day about", "about new", "when there is news about", "when there's news about", "if there is news about", "as soon as there is news about", "whenever there is news about")),
            *combined(("notify", "alert", "update"), ("me", "us"), (*_ABOUT, "to")),
            *combined(("", "please"), ("let me know", "let us know"), ("about", "about any", "about new", "when there is news about", "when there's news about", "of any news about")),
            *combined(("", "can you", "could you", "please"), ("keep",), ("an eye on", "track of", "tabs on")),
            *combined(("can you", "could you"), ("add",), ("", "a subscription for", "a subscription to", "a digest of", "a digest on")),
            *combined(("sign me up", "sign us up"), ("for", "to")),
            *combined(("", "can you", "could you", "can i", "could i", "can we", "i want to", "i would like to", "i'd like to", "we want to", "we'd like to", "how do i"), ("subscribe",), ("me to", "us to", "to")),
            "follow", "i want to follow", "i'd like to follow",
        ),
        "unsubscribe": (
            *combined(("", "can you", "could you"), ("stop",), ("sending", "posting", "mailing"), ("", "me", "us"), ("", "the", "my", "news about", "anything about", "stuff about")),
            *combined(("no more", "i don't want", "i do not want", "i don't need", "we don't need", "we don't want")),
            *combined(("", "can you", "could you", "i want to", "i'd like to"), ("unsubscribe",), ("", "me", "us"), ("from",), ("", "the", "my")),
            *combined(("cancel", "end", "remove", "delete", "drop", "stop"), ("", "the", "my", "our")),
            *combined(("cancel", "end", "remove", "delete", "drop"), ("my", "the", "our"), ("subscription", "digest", "subscription to", "digest about", "subscription for", "subscription about")),
        ),
        "subscriptions": (
            *combined(("", "can you", "could you", "i want to", "i'd like to"), ("change", "move", "reschedule", "shift", "switch", "edit", "set", "push", "pause")),
            "what am i subscribed to", "what do i get", "what are my subscriptions", "list my subscriptions", "show my subscriptions", "show me my subscriptions",
        ),
        "search": (
            *combined(("", "can you", "could you"), ("find", "look for", "look up", "search for", "search"), ("", "me", "us"), ("", "everything about", "anything about", "anything on", "articles about", "news about")),
            *combined(("is there", "do you have", "have you got", "got", "are there"), ("", "any", "anything", "something"), ("", "news", "articles", "stories"), _ABOUT),
            *combined(("any", "what's the", "what is the"), ("news", "articles", "stories", "latest", "updates", "latest news"), _ABOUT),
            *combined(("what's", "what is", "whats"), ("new", "happening", "going on", "up"), ("about", "on", "with", "in")),
        ),
        "quotes": ("what did", "what has", "what does"),
        "mute": ("silence", "hide", "leave out", "snooze"),
    },
    behind=("any more", "anymore", "thank you", "thanks", "please", "pls", "for me", "for us", "to me", "to us", "instead", "from now on", "again", "now"),
)  # fmt: skip
