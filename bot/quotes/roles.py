"""What a person is: the roles and their qualities that an article sets beside a name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.text.cues import Cues
from bot.text.tokens import Token


def roles_beside(found: Sequence[Token], first: int, end: int, cues: Cues) -> set[str]:
    """The role and its qualities that stand right before the name, or behind it between commas."""
    words = _before(found, first, cues)
    if (
        end + 1 < len(found)
        and found[end].text == ","
        and (found[end + 1].lower in cues.articles or found[end + 1].lower in cues.titles | cues.modifiers)
    ):
        words |= _role_words(found, end + 1, min(len(found), end + 10), cues)
    return words | _age(found, first, end, cues)


def age_of(token: Token, cues: Cues) -> str | None:
    """The number of "36-year-old"."""
    number, hyphen, rest = token.lower.partition("-")
    return number if hyphen and number.isdecimal() and rest in cues.years_old else None


def _age(found: Sequence[Token], first: int, end: int, cues: Cues) -> set[str]:
    """The age that stands behind the name ("Lee, 36," or "Lee (36)") or before it, as a word."""
    if end + 2 < len(found) and found[end].text in ",(" and found[end + 1].text.isdecimal():
        return {found[end + 1].text} if found[end + 2].text in ",)." else set()
    before = next((age for at in range(max(0, first - 3), first) if (age := age_of(found[at], cues))), None)
    return {before} if before else set()


def _before(found: Sequence[Token], first: int, cues: Cues) -> set[str]:
    at = first - 1
    if at >= 0 and found[at].text == ",":
        at -= 1
        stop = at
        while stop >= 0 and at - stop < 8 and found[stop].is_word and found[stop].lower not in cues.articles:
            stop -= 1
        words = _role_words(found, stop + 1, at + 1, cues)
    else:
        stop = at
        while stop >= 0 and at - stop < 8 and _describes(found[stop], cues):
            stop -= 1
        words = {found[n].lower for n in range(stop + 1, at + 1)}
        words = words if words & (cues.titles | cues.kin | cues.male_titles | cues.female_titles) else set()
    return words | _shared_role(found, first, cues) if "counterpart" in words else words


def _shared_role(found: Sequence[Token], first: int, cues: Cues) -> set[str]:
    """In "the President of A and his B-an counterpart": the counterpart has the role named before."""
    for at in range(first - 1, max(-1, first - 30), -1):
        word = found[at].lower
        if found[at].text == ".":
            break
        if word in cues.titles and word != "counterpart":
            return {word}
    return set()


def _describes(token: Token, cues: Cues) -> bool:
    return (
        token.is_capital or token.lower in cues.titles or token.lower in cues.modifiers or "-" in token.text
    )


def _role_words(found: Sequence[Token], start: int, end: int, cues: Cues) -> set[str]:
    """The words of "the president of Russia", up to the next mark, if a role is among them."""
    words: set[str] = set()
    for at in range(start, end):
        if not found[at].is_word or found[at].lower in cues.say:
            break
        words.add(found[at].lower)
    return words if words & (cues.titles | cues.kin) else set()
