"""Who is said to have said it: the cue and the mention that a sentence puts beside a quotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.summary.cues import Cues
from bot.summary.mentions import Mention, reading_back, reading_on
from bot.summary.tokens import Token

_REACH = 45
"""Tokens between a cue and its quotation; farther ones belong to something else."""
_ASIDE = 25
"""Tokens of an apposition ("Lee, a painter from the old town, said")."""
_DATELINE = 8
"""Tokens within which a dateline ("MOSCOW (Agency) —") ends."""
_DASHES = frozenset(",—–―-")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue, and who speaks; no ``mention`` where the sentence leaves that open."""

    cue: Token
    mention: Mention | None


def attributed(found: Sequence[Token], at: int, cues: Cues, *, open_ended: bool) -> Attribution | None:
    """The attribution of the quotation at token ``at`` of its sentence.

    ``open_ended`` says that the quotation does not end in a full stop, so that the sentence may
    go on with its speaker.
    """
    behind = _behind(found, at, cues) if open_ended else None
    ahead = behind or _ahead(found, at, cues)
    return ahead or _trailing(found, at, cues)


def _behind(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """`"…," X said` and `"…," said X`."""
    first = at + 1
    while first < len(found) and first < at + 3 and found[first].text in _DASHES:
        first += 1
    if first >= len(found):
        return None
    if found[first].lower in cues.accord:
        return Attribution(found[first], reading_on(found, first + 2, cues))
    if found[first].lower in cues.say:
        return _inverted(found, first, cues)
    return _subject_first(found, first, cues)


def _inverted(found: Sequence[Token], verb: int, cues: Cues) -> Attribution:
    return Attribution(found[verb], reading_on(found, verb + 1, cues))


def _subject_first(found: Sequence[Token], first: int, cues: Cues) -> Attribution | None:
    mention = reading_on(found, first, cues)
    if mention is None:
        return None
    verb = _verb_of(found, mention.last + 1, cues)
    if verb is None or _denied(found, mention.last + 1, verb, cues):
        return None
    return Attribution(found[verb], mention)


def _verb_of(found: Sequence[Token], at: int, cues: Cues) -> int | None:
    """The say-verb whose subject ended before ``at``, over an apposition or "of …"."""
    if at < len(found) and found[at].text in ",(":
        close = {",": ",", "(": ")"}[found[at].text]
        at = next((n for n in range(at + 1, min(len(found), at + _ASIDE)) if found[n].text == close), at) + 1
    elif at < len(found) and found[at].lower in {"of", "for", "at", "from", "in", "with", "on"}:
        stop = min(len(found), at + 10)
        at = next((n for n in range(at, stop) if found[n].lower in cues.say or not found[n].is_word), at)
    while at < len(found) and _lies_between(found[at], cues):
        at += 1
    return at if at < len(found) and found[at].lower in cues.say else None


def _lies_between(token: Token, cues: Cues) -> bool:
    return token.lower in cues.between or token.lower in cues.unsaid or token.lower.endswith("ly")


def _denied(found: Sequence[Token], first: int, verb: int, cues: Cues) -> bool:
    """Whether right before the verb stands what makes it unsaid, or said by another."""
    last = verb
    while last > first and _lies_between(found[last - 1], cues):
        last -= 1
    words = [found[at].lower for at in range(last, verb)]
    return any(word in cues.unsaid for word in words) or not cues.passive.isdisjoint(words[-2:])


def _ahead(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """`X said: "…"`, `X said that the plan was "…"`, `calling it "…"`: the nearest cue before."""
    for verb in range(at - 1, max(-1, at - _REACH), -1):
        token = found[verb]
        if token.quotation is not None and verb < at - 1 and found[verb + 1].text in ".;":
            return None
        word = token.lower
        if word in cues.accord and verb + 1 < at and found[verb + 1].lower == "to":
            return Attribution(token, reading_on(found, verb + 2, cues))
        if word in cues.saying and not _is_noun(found, verb):
            return Attribution(token, _main_subject(found, verb, cues))
        if (word in cues.say or word in cues.call) and not _is_noun(found, verb):
            if _in_closed_aside(found, verb, at):
                continue
            return _subject_of(found, verb, at, cues)
    return _introduced(found, at, cues)


def _introduced(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """Read `X struck a different note: "…"`: a colon does what a verb would."""
    if at < 3 or found[at - 1].text != ":":
        return None
    return Attribution(found[at - 1], _main_subject(found, at - 1, cues))


_RELATIVES = frozenset({"which", "whom", "whose", "where"})
_DETERMINERS = frozenset(
    {"the", "a", "an", "his", "her", "its", "their", "this", "that's", "'s", "of", "our", "my", "no", "any"}
)


def _is_noun(found: Sequence[Token], verb: int) -> bool:
    """Whether "report" or "call" is a thing here."""
    return verb > 0 and found[verb - 1].lower in _DETERMINERS


def _in_closed_aside(found: Sequence[Token], verb: int, at: int) -> bool:
    """Whether the verb belongs to ", as which X describes it," that a comma ends before the quotation."""
    opened = any(found[n].lower in _RELATIVES for n in range(max(0, verb - 6), verb))
    return opened and any(found[n].text == "," for n in range(verb + 1, at - 1))


def _subject_of(found: Sequence[Token], verb: int, at: int, cues: Cues) -> Attribution | None:
    token = found[verb]
    last = verb - 1
    while last >= 0 and _lies_between(found[last], cues):
        last -= 1
    words = {found[n].lower for n in range(last + 1, verb)}
    if words & cues.unsaid:
        return None
    if words & cues.passive:
        by = next((n for n in range(verb, at) if found[n].lower == "by"), None)
        return Attribution(token, reading_on(found, by + 1, cues) if by is not None else None)
    if last < 0 or found[last].quotation is not None:
        return _inverted(found, verb, cues) if token.lower in cues.say else Attribution(token, None)
    if _another_speaks(found, verb, at, cues):
        return Attribution(token, None)
    return Attribution(token, _subject_ending(found, last, cues))


def _another_speaks(found: Sequence[Token], verb: int, at: int, cues: Cues) -> bool:
    """Whether between the cue and a `, "` or `: "` somebody else becomes the subject."""
    if found[at - 1].text not in ",:" or at - verb < 4:
        return False
    for comma in range(verb + 1, at - 1):
        if found[comma].text in ",;" and found[comma + 1].is_word:
            other = reading_on(found, comma + 1, cues)
            if other is not None and other.last + 1 < at - 1 and found[other.last + 1].is_word:
                return True
    return False


def _subject_ending(found: Sequence[Token], last: int, cues: Cues) -> Mention | None:
    """The subject whose verb follows token ``last``, over an aside or a second verb."""
    word = found[last].text
    if word in {",", ")"}:
        return _before_aside(found, last, cues)
    if found[last].lower == "who":
        return (
            reading_back(found, last - 2 if found[last - 1].text == "," else last - 1, cues) if last else None
        )
    if found[last].lower in {"and", "but", "then", "to"}:
        return _main_subject(found, last, cues)
    return reading_back(found, last, cues)


def _before_aside(found: Sequence[Token], last: int, cues: Cues) -> Mention | None:
    opening = "(" if found[last].text == ")" else ","
    for comma in range(last - 1, max(0, last - _ASIDE), -1):
        if found[comma].quotation is not None:
            return None
        if found[comma].text == opening:
            outer = reading_back(found, comma - 1, cues)
            inner = reading_on(found, comma + 1, cues)
            if (
                outer
                and outer.kind == "description"
                and inner
                and inner.kind == "name"
                and inner.last == last - 1
            ):
                return inner
            return outer
    return None


def _main_subject(found: Sequence[Token], before: int, cues: Cues) -> Mention | None:
    """The subject of the sentence, when it is plain: the first phrase, or the first behind a comma."""
    first = 0
    for at in range(min(before, _DATELINE)):
        if found[at].text in ":—–-" or (at == first and not found[at].is_word):
            first = at + 1
    mention = _first_phrase(found, first, before, cues)
    if mention is None:
        comma = next((n for n in range(first, min(before, first + _REACH)) if found[n].text == ","), None)
        mention = _first_phrase(found, comma + 1, before, cues) if comma is not None else None
    return mention


def _first_phrase(found: Sequence[Token], first: int, before: int, cues: Cues) -> Mention | None:
    mention = reading_on(found, first, cues)
    if mention is None or mention.last + 1 > before:
        return None
    following = found[mention.last + 1]
    if following.text == ",":
        return mention
    return mention if following.is_word and following.lower not in {"'s", "and", "or", "of"} else None


def _trailing(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """Read `"…" and more of the sentence, X said`."""
    for comma in range(at + 1, min(len(found), at + _REACH)):
        if found[comma].quotation is not None:
            return None
        if found[comma].lower in cues.accord and comma + 1 < len(found) and found[comma + 1].lower == "to":
            return Attribution(found[comma], reading_on(found, comma + 2, cues))
        if found[comma].text == ",":
            told = _subject_first(found, comma + 1, cues)
            if told is None and comma + 1 < len(found) and found[comma + 1].lower in cues.say:
                told = _inverted(found, comma + 1, cues)
            if told is not None:
                return told
    return None
