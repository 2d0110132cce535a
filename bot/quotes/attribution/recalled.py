"""Whose a quotation was, as what stands behind it says: "Das sagte Lee", "Lo ha detto Lee", "(Lee)"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.quotes.attribution.beside import half_behind
from bot.quotes.attribution.subjects import is_somebody, says
from bot.quotes.attribution.verbs import Attribution, inverted
from bot.quotes.phrases.mentions import reading_on
from bot.quotes.phrases.names import is_full_name, name_start
from bot.text.cues import Cues
from bot.text.tokens import Token

_LONG_DASHES = frozenset("—–―-")
_OPENING = 4
"""Tokens before the verb of such a sentence: "C'est ce qu'a"."""
_SIGNATURE = 16
"""Tokens of a line that signs a quotation."""
_BRACKET = 12
"""Tokens of a bracket that signs a quotation."""


def recalled(found: Sequence[Token], cues: Cues) -> Attribution | None:
    """Read "Das sagte Lee am Montag" behind the words that it is about; "Das sagte auch Lee" is of another's."""
    if not found or found[0].lower not in cues.recalls:
        return None
    if len(found) > 1 and found[1].lower in cues.halves:
        return half_behind(found, 1, cues)
    verb = next((n for n in range(1, min(_OPENING + 1, len(found))) if not _leads_on(found[n], cues)), 0)
    if verb == 0 or found[verb].lower not in cues.tells or not says(found, verb, cues):
        return _thus(found, cues)
    if verb + 1 < len(found) and found[verb + 1].lower in cues.likewise:
        return None
    told = inverted(found, verb, cues)
    mention = told.mention
    own = mention is not None and mention.first == verb
    return told if mention is not None and not own and is_somebody(found, mention, cues) else None


def _leads_on(token: Token, cues: Cues) -> bool:
    """Whether the word stands between what means the words and the verb: "lo ha detto"."""
    return token.lower in cues.recalls or (token.lower in cues.between and token.lower not in cues.likewise)


def _thus(found: Sequence[Token], cues: Cues) -> Attribution | None:
    """Read the Italian "Così Lee in una nota", which has no verb."""
    mention = reading_on(found, 1, cues) if found[0].lower in cues.thus else None
    if mention is None or mention.kind != "name" or not is_somebody(found, mention, cues):
        return None
    return None if any(says(found, n, cues) for n in range(len(found))) else Attribution(found[0], mention)


def signed_below(found: Sequence[Token], cues: Cues) -> Attribution | None:
    """A line below a quotation that is nothing but a name, perhaps with who that is: "— Ann Lee, mayor"."""
    dash = bool(found) and found[0].text in _LONG_DASHES
    if len(found) > _SIGNATURE or len(found) < 2 or found[-1].text in ".:?!":
        return None
    mention = reading_on(found, int(dash), cues)
    if mention is None or mention.kind != "name":
        return None
    first = name_start(found, mention.first, mention.last + 1, cues)
    ends = mention.last + 1 >= len(found) or found[mention.last + 1].text in ",/("
    named = is_full_name(found, first, mention.last + 1, cues)
    known = dash or bool(cues.given & {token.lower for token in found[first : mention.last]})
    return Attribution(found[0], mention) if ends and named and known else None


def signed_behind(found: Sequence[Token], cues: Cues) -> Attribution | None:
    """Read the bracket of „…“ (Ann Lee, mayor), which holds somebody's name and ends its sentence."""
    if len(found) < 3 or found[0].text != "(":
        return None
    close = next((n for n, token in enumerate(found[:_BRACKET]) if token.text == ")"), None)
    mention = reading_on(found, 1, cues) if close is not None else None
    if close is None or mention is None or mention.last >= close or mention.kind != "name":
        return None
    ends = found[mention.last + 1].text in {")", ","} and is_somebody(found, mention, cues)
    goes_on = close + 1 < len(found) and found[close + 1].is_word and not found[close + 1].is_capital
    return Attribution(found[0], mention) if ends and not goes_on else None
