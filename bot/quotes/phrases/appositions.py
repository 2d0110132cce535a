"""What an article calls somebody behind the name: "Ann Lee, 36, a planetary scientist at the observatory, said"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.quotes.phrases.names import is_trade
from bot.quotes.phrases.roles import is_subject
from bot.text.cues import Cues
from bot.text.tokens import Token

_LONGEST = 26
"""Words until the mark that ends what stands behind a name; more are a sentence."""
_SHOWN = 14
"""Words that are shown. What is longer ends before a place or a second role."""
_BARE = 7
"""Words without any of what, where or for whom; more are no phrase."""
_COMPOUND = 5
"""Words of "chief commercial officer", and of an owner and what is owned."""
_TRADE = 6
"""Letters of a word that is told by its ending: shorter ones end so by chance."""
_WITHIN = frozenset({"&", "/"})
_CLOSES = frozenset(",.;:()—–")
_ADJECTIVE = ("er", "e")
"""How a German adjective before what somebody is ends: "politischer Soziologe"."""


def apposition(found: Sequence[Token], first: int, end: int, cues: Cues) -> tuple[int, int] | None:
    """Tokens of "a painter from the old town" in "Ann Lee, a painter from the old town,"; perhaps without its last words."""
    comma = _behind_age(found, end)
    if comma + 1 >= len(found) or found[comma].text != "," or is_subject(found, first, comma + 1, cues):
        return None
    start = comma + 1
    stop = _stop(found, start, cues)
    does = found[start].lower in cues.saying or found[start].lower in cues.recites  # "quoting her mother"
    if stop is None or does or _names_another(found, start, stop, cues):
        return None
    if cues.title_endings and not _opens_with_title(found, start, stop, cues):
        return None
    core = _core(found, start, stop, cues)
    if not (_is_told(found, start, stop, cues) or _is_announced(found, start, core, cues)):
        return None
    if stop - start > _BARE and core == stop:
        return None
    return start, _shown(found, start, stop, cues)


def in_clause(found: Sequence[Token], end: int, cues: Cues) -> tuple[int, int] | None:
    """Tokens of "who is head of the works" in "Ann Lee, who is head of the works,", with the verb, which has a tense."""
    comma = _behind_age(found, end)
    start = comma + 3
    if start >= len(found) or found[comma].text != "," or found[comma + 1].lower not in cues.who:
        return None
    if cues.title_endings or found[comma + 2].lower not in cues.copulas | cues.becomes | cues.passive:
        return None
    stop = _stop(found, start, cues)
    if stop is None or not _is_told(found, start, _core(found, start, stop, cues), cues):
        return None
    return comma + 1, _shown(found, start, stop, cues)


def affiliation(found: Sequence[Token], first: int, end: int, cues: Cues) -> tuple[int, int] | None:
    """Tokens of "of the University of Norrin" in "said Ann Lee of the University of Norrin".

    The verb stands right before the name or behind it all: else it may be by whom something was done.
    """
    at = end + (end < len(found) and found[end].text == "," and not cues.capital_nouns)
    if at + 1 >= len(found) or found[at].lower not in cues.affiliates:
        return None
    stop = at + 1
    small = (cues.owners, cues.articles, cues.contractions)
    while stop < min(len(found), at + _SHOWN) and (
        found[stop].is_capital
        or found[stop].text in _WITHIN
        or any(found[stop].lower in words for words in small)
    ):
        stop += 1
    spoken = (first > 0 and found[first - 1].lower in cues.say and _is_closed(found, stop)) or (
        stop < len(found) and found[stop].lower in cues.say
    )
    named = [token for token in found[at + 1 : stop] if token.is_capital]
    if not spoken or not named or not found[stop - 1].is_capital:
        return None
    dated = any(token.lower in cues.days or token.lower in cues.times for token in named)
    body = any(token.lower in cues.bodies for token in named)
    whole = body or found[at].lower not in cues.owners or cues.capital_nouns
    return (at, stop) if whole and not dated else None


def _names_a_trade(token: Token, cues: Cues) -> bool:
    """Whether a word ends as those for what people do and are: "radioastronomer", "sociologist"."""
    if cues.capital_nouns:
        return token.is_capital and is_trade(token, cues)
    if not token.text.islower() or len(token.text) < _TRADE or not token.text[-1].isalpha():
        return False
    lists = (
        cues.stops, cues.openers, cues.times, cues.days, cues.bodies, cues.groups, cues.modifiers, cues.say, cues.call,
        cues.conjunctions, cues.pronouns, cues.prepositions, cues.no_roles,
    )  # fmt: skip
    ends = bool(cues.role_endings) and token.lower.endswith(tuple(cues.role_endings))
    return ends and not any(token.lower in words for words in lists)


def _behind_age(found: Sequence[Token], end: int) -> int:
    """The comma behind "Ann Lee", "Ann Lee, 36", "Ann Lee, 36 ans" or "Ann Lee (36)"."""
    if end + 2 < len(found) and found[end + 1].text.isdecimal():
        comma = next((n for n in range(end + 2, min(end + 5, len(found))) if not found[n].is_word), end)
        if found[end].text == "," and found[comma].text == ",":
            return comma
        if found[end].text == "(" and found[end + 2].text == ")":
            return end + 3
    return end


def _stop(found: Sequence[Token], start: int, cues: Cues) -> int | None:
    """Before the mark or relative pronoun that ends the phrase; none where a sentence goes on in it."""
    clause = cues.who - cues.articles | cues.relatives
    barred = (cues.say, cues.pronouns)
    at = start
    while at < len(found) and at - start <= _LONGEST and (found[at].is_word or found[at].text in _WITHIN):
        if found[at].lower in clause:
            return at if at > start else None
        if any(found[at].lower in words for words in barred) and not (cues.inverts and found[at].is_capital):
            return None  # A verb with a capital belongs to a name: "Colombia Piensa en Grande".
        at += 1
    return at if at > start and _is_closed(found, at) else None


def _is_closed(found: Sequence[Token], at: int) -> bool:
    return at >= len(found) or found[at].text in _CLOSES or found[at].quotation is not None


def _core(found: Sequence[Token], start: int, stop: int, cues: Cues) -> int:
    """Behind the noun that says what somebody is, before what it is of, where, and what else."""
    apart = cues.joins | cues.conjunctions | cues.owners
    return next((n for n in range(start + 1, stop) if found[n].lower in apart), stop)


def _shown(found: Sequence[Token], start: int, stop: int, cues: Cues) -> int:
    if stop - start <= _SHOWN:
        return stop
    apart = (cues.joins | cues.conjunctions) - cues.owners
    return next((n for n in range(start + _SHOWN, start, -1) if found[n].lower in apart), stop)


def _is_told(found: Sequence[Token], start: int, stop: int, cues: Cues) -> bool:
    """Whether the phrase opens as one about a person and has the word for what that is."""
    opens = found[start]
    describes = any(opens.lower in words for words in (cues.articles, cues.titles, cues.modifiers))
    titled = opens.is_capital and any(token.lower in cues.titles for token in found[start : start + 3])
    adjective = cues.title_endings and opens.text.islower() and opens.lower.endswith(_ADJECTIVE)
    roles = (cues.titles - cues.courtesy, cues.kin)
    told = any(token.lower in words for token in found[start:stop] for words in roles)
    return bool((describes or titled or adjective) and told)


def _is_announced(found: Sequence[Token], start: int, core: int, cues: Cues) -> bool:
    """Whether its noun alone tells: "a radioastronomer", "senior fellow", "the Gazette's manager", "program administrator"."""
    head, opens = found[core - 1], found[start]
    title = head.lower in cues.titles or head.lower in cues.role_nouns
    if opens.lower in cues.articles - cues.definite:
        return title or _names_a_trade(head, cues)
    if opens.lower in cues.articles or opens.lower in cues.modifiers:
        return title or (opens.lower in cues.modifiers and _names_a_trade(head, cues))
    placed = (
        _names_a_trade(head, cues) and core < len(found) and found[core].lower in cues.joins | cues.owners
    )
    small = head.text.islower() or head.lower in cues.role_nouns
    if cues.capital_nouns or not (title or placed) or not small or core - start > _COMPOUND + 1:
        return False
    words = found[start : core - 1]
    if any(token.lower in cues.he_forms or token.lower in cues.she_forms for token in words[1:]):
        return False  # "shook his head"
    owner = next((n for n, token in enumerate(words) if token.lower == "'s"), None)
    capital = next((n for n, token in enumerate(words) if not token.is_capital), len(words))
    own = words[owner + 1 :] if owner is not None and opens.is_capital else words[capital:]
    return all(token.text.islower() for token in own) and not any(token.lower in cues.stops for token in own)


def _names_another(found: Sequence[Token], start: int, stop: int, cues: Cues) -> bool:
    """Whether the phrase is the title and name of the next one of a list: "Mayor Bo Lee, former Mayor Ann Lee,"."""
    return any(
        found[n].lower in cues.given and found[n - 1].lower in cues.titles and found[n + 1].is_capital
        for n in range(start + 1, stop - 1)
    )


def _opens_with_title(found: Sequence[Token], at: int, stop: int, cues: Cues) -> bool:
    """Where nouns have capitals, whether the first of a phrase is what somebody is: not "den Auftritt von …"."""
    for token in found[at:stop]:
        if token.is_capital or token.lower in cues.titles:
            return token.lower in cues.titles or token.lower in cues.kin
        if token.lower in cues.stops:
            break
    return False
