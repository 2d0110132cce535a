"""What people say in a roundabout way or in short, in words that mean the same and are read elsewhere: "everything that has to do with oil", "gimme" (pure).

Nothing that a person can type raises.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bot.grammar import requests
from bot.wording.heard.languages import languages
from bot.wording.language import any_word

LONGEST = 400
"""Characters in which ways to say something are looked for."""

SHORT = 2
"""Letters of "im", which is a word of German, too."""

_ENDS = ".,;:?!"
_SENTENCES = tuple(one.sentences for one in languages().values())
_REQUESTS = tuple(one.requests for one in languages().values())
_SEEKING = tuple(one.seeking for one in languages().values())
_NEWS = frozenset(word for one in _SEEKING for word in one.nouns)
_TYPED = {word: meant for one in _SENTENCES for word, meant in one.short.items()} | {
    word.replace("'", ""): word
    for one in _SENTENCES
    for phrases in one.openings.values()
    for phrase in phrases
    if "'" in phrase
    for word in phrase.split()
    if re.search(r"n't$|^i'[dm]$", word)
}
"""Words that people type in short, or without their mark: "gimme", "dont"."""
_POLITE = frozenset(
    word for one in languages().values() for word in (*one.seeking.polite, *one.sentences.before)
)
_END = re.compile(r"(?<=\w{2}[.!?]) (?=[^\W\d_])")
_TONGUE_FIRST = re.compile(
    rf"^(?:(?:{any_word('in')}) )?(?P<tongue>{'|'.join(sorted({tongue for one in _SEEKING for tongue in one.tongues}))}): (?P<about>[^,:]+)$",
    re.IGNORECASE,
)
"""As in "in german: oil"."""
_SAYINGS, _SENTENCES_SAID = (
    [
        (re.compile(pattern, re.IGNORECASE), plain)
        for one in _REQUESTS
        for pattern, plain in one.sayings
        if pattern.startswith("^") == whole
    ]
    for whole in (False, True)
)
"""What is said so anywhere, and what is only at the beginning of a sentence."""
_CLAUSES = [
    (
        re.compile(rf",? {begin} ", re.IGNORECASE),
        re.compile(rf" {end}(?!\w)", re.IGNORECASE) if end else None,
        preposition,
    )
    for one in _REQUESTS
    for begin, end, preposition in one.clauses
]
"""How clauses begin and end that say what something is about, and what says so in one word."""


def simply(text: str) -> str:
    """A sentence as it is said most plainly: "could we get" for "could the committee get", and what :func:`plainly` says."""
    core = text.rstrip("?!. ")
    words = core.split() if len(text) <= LONGEST else []
    politely = next((at for at, word in enumerate(words) if word.casefold().strip(_ENDS) not in _POLITE), 0)
    for begin in dict.fromkeys((0, politely)):  # "just" is polite, and says what is wanted of headlines
        said = " ".join(words[begin:])
        simple = _put(said, _SENTENCES_SAID)
        if simple != said:
            text = f"{' '.join((*words[:begin], simple))}{text[len(core) :]}"
            break
    return plainly(text)


def plainly(text: str) -> str:
    """What is wanted as it is said most plainly: "everything about oil" for "everything that has to do with oil"."""
    if len(text) > LONGEST:
        return text
    text = text if '"' in text else _put(text, _SAYINGS)
    return _with_preposition(_TONGUE_FIRST.sub(r"\g<about>, \g<tongue>", text))


def _put(text: str, sayings: Sequence[tuple[re.Pattern[str], str]]) -> str:
    for pattern, plain in sayings:
        text = pattern.sub(plain, text, count=1)
    return text


def _with_preposition(text: str) -> str:
    """The text with a preposition in place of a clause that says no more: "alles, was mit Öl zu tun hat"."""
    for begin, end, preposition in _CLAUSES:
        for found in begin.finditer(text):
            before = text[: found.start()].casefold().split()
            behind = end.search(text, found.end()) if end else None
            last = before[-1].strip(_ENDS) if before else ""
            if (last in _NEWS or requests.asks([last])) and (behind or not end):
                rest = (
                    f"{text[found.end() : behind.start()]}{text[behind.end() :]}"
                    if behind
                    else text[found.end() :]
                )
                return f"{text[: found.start()]} {preposition} {rest}"
    return text


def last_of_several(text: str) -> str:
    """The last of several sentences, where those before it may only say who asks, or why: "we are a small club. Could you send us …"; empty for one."""
    *before, last = _END.split(text)
    return last if before else ""


def in_full(text: str) -> str:
    """The text with what people type in short, or without its mark, as it is meant: "gimme", "dont"; "im" and "id" only begin one."""
    words = text.replace("’", "'").split()
    return " ".join(
        word if at and len(word) == SHORT and word.casefold()[0] == "i" else _TYPED.get(word.casefold(), word)
        for at, word in enumerate(words)
    )


def without_pictures(text: str) -> str:
    """The text without emoji and other pictures, which say nothing that is looked for; the same where nothing else is in it."""
    if text.isascii():
        return text
    kept = "".join(" " if _is_picture(one) else one for one in text)
    return " ".join(kept.split()) if re.search(r"\w", kept) and kept != text else text


def _is_picture(one: str) -> bool:
    return (unicodedata.category(one) in {"So", "Sk"} and one not in "^`´¨¯°©®™") or one == "\ufe0f"
