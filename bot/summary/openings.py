"""Which sentences cannot stand in a summary, and which cannot stand there alone."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

_OPENERS = "\"'“”‘’„«»([¿¡—–- "
_CLOSERS = "\"'“”‘’»)]}›」』"
_ENDS = frozenset(".!…。！｡։།॥။។።؟？۔।")
_QUESTIONS = frozenset("?？؟՞፧;")


@dataclass(frozen=True, slots=True)
class Openings:
    """The words of one language, lower case; ``openings.toml`` says what each kind is for."""

    language: str = ""
    pronouns: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    teasers: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()


def _read() -> dict[str, Openings]:
    found = tomllib.loads(files("bot.summary").joinpath("openings.toml").read_text(encoding="utf-8"))
    return {
        language: Openings(
            language=language,
            pronouns=frozenset(kinds["pronouns"]),
            links=frozenset(kinds["links"]),
            times=frozenset(kinds.get("times", ())),
            teasers=tuple(kinds.get("teasers", ())),
            credits=tuple(kinds.get("credits", ())),
        )
        for language, kinds in found.items()
    }


_OPENINGS = _read()
_NONE = Openings()


def openings_of(language: str | None) -> Openings:
    """The openings of an ISO 639-1 code; of a language without a list, none."""
    return _OPENINGS.get((language or "").replace("_", "-").split("-")[0].lower(), _NONE)


def barred(text: str, openings: Openings, *, alone: bool) -> bool:
    """Whether a sentence is a question, a caption, a heading, a lead-in, a teaser or an instruction.

    What ends without a full stop is a heading or a caption where it is ``alone`` in its paragraph.
    """
    last = text.rstrip(_CLOSERS)[-1:]
    if last in _QUESTIONS or last in ":：" or (alone and last not in _ENDS and not _unspaced(last)):
        return True
    low = text[:200].lower().lstrip(_OPENERS)
    return low.startswith(openings.teasers) or any(credit in low for credit in openings.credits)


def _unspaced(last: str) -> bool:
    """Thai, Lao and Khmer end their sentences with a space, so with no mark at all."""
    return "\u0e00" <= last <= "\u0eff" or "\u1780" <= last <= "\u17ff"


def needed(words: Sequence[Sequence[str]], openings: Openings) -> list[int]:
    """For each sentence the one that it leans on: the sentence before it, or -1.

    The first sentence leans on nothing: there the writer began.
    """
    return [at - 1 if at and _leans(found, openings) else -1 for at, found in enumerate(words)]


def _leans(words: Sequence[str], openings: Openings) -> bool:
    if not words:
        return False
    opening = words[0].lower().replace("’", "'")
    if opening in openings.links:
        return True
    return opening in openings.pronouns and not (len(words) > 1 and words[1].lower() in openings.times)
