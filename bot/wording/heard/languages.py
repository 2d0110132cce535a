"""What people say to the desk, of every language.

It is apart from what the desk says itself: a process that only composes digests hears nobody, and these words take
some four megabytes. A catalogue (:mod:`bot.wording.catalogues`) has both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from bot.wording import asking, language, talk, timing
from bot.wording.asking import Asking
from bot.wording.heard import parts, requests, seeking, sentences
from bot.wording.heard.parts import Parts
from bot.wording.heard.requests import Requests
from bot.wording.heard.seeking import Seeking
from bot.wording.heard.sentences import Sentences
from bot.wording.talk import Talk
from bot.wording.timing import Timing


@dataclass(frozen=True, slots=True)
class Heard:
    """One language.

    ``timing``, ``asking`` and ``seeking`` are how people write times, questions and searches, ``requests`` the words before what
    they want, ``sentences`` what they say to the desk, ``talk`` how they speak among themselves, and ``parts`` what is known of the rest.
    """

    timing: Timing = field(default_factory=Timing)
    asking: Asking = field(default_factory=Asking)
    talk: Talk = field(default_factory=Talk)
    seeking: Seeking = field(default_factory=Seeking)
    requests: Requests = field(default_factory=Requests)
    sentences: Sentences = field(default_factory=Sentences)
    parts: Parts = field(default_factory=Parts)


ENGLISH = Heard(
    timing=timing.ENGLISH,
    asking=asking.ENGLISH,
    talk=talk.ENGLISH,
    seeking=seeking.ENGLISH,
    requests=requests.ENGLISH,
    sentences=sentences.ENGLISH,
    parts=parts.ENGLISH,
)


@cache
def languages() -> Mapping[str, Heard]:
    """What is said in every language there is, by its code; English first, and nothing where a catalogue has none of it."""
    others = {module.CATALOGUE.code: getattr(module, "HEARD", Heard()) for module in language.modules()}
    return {language.ENGLISH.code: ENGLISH, **others}
