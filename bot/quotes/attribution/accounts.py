"""Whose account a text gives ("according to X", "nach Angaben von X", "selon lui"), and whether anybody gave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.quotes.attribution.subjects import is_plain_verb, is_somebody, lies_between, main_subject, unelided
from bot.quotes.attribution.verbs import Attribution, behind_verb, dropped
from bot.quotes.phrases.backwards import reading_back
from bot.quotes.phrases.descriptions import described_on, named_beside
from bot.quotes.phrases.mentions import Mention, is_role, reading_on
from bot.text.cues import Cues
from bot.text.tokens import Token

_DENIAL = 10
"""Tokens between a denial and the verb that it denies."""
_OPENING = 3
"""Tokens within which "Nach Angaben von" opens a sentence."""


def accord(found: Sequence[Token], at: int, cues: Cues) -> Attribution:
    """`according to X`, and by the account of X."""
    before = _named_before(found, at, cues) if cues.inverts else None
    if before is not None or found[at].lower in cues.accord_behind:
        return Attribution(found[at], before or _accord_ahead(found, at, cues))
    first = at + 1
    account = at if unelided(found[at], cues) in cues.accord_by else _account(found, first, cues)
    if account is not None:
        return _by_account(found, account, cues)
    if first < len(found) and found[first].lower in cues.accord_to:
        first += 1
    verb = first
    while verb < min(len(found), first + 2) and found[verb].lower in cues.between:
        verb += 1
    alone = cues.drops_pronoun and first < verb + 1 < len(found) and found[verb + 1].text == ","
    if alone and is_plain_verb(found, verb, cues):
        return Attribution(found[verb], Mention(verb, verb, "pronoun"))  # "según entiende,"
    if verb < len(found) and found[verb].lower in cues.say:
        # "según confirmó ayer el alcalde".
        return Attribution(found[verb], behind_verb(found, verb, cues) or dropped(found, verb, cues))
    if any(_is_hearsay(token, cues) for token in found[first : first + 3]):
        return Attribution(found[at], None)
    return Attribution(
        found[at],
        _pronoun(found, first, cues)
        or reading_on(found, first, cues)
        or described_on(found, first, cues)
        or _office(found, first, cues),
    )


def by_agent(found: Sequence[Token], verb: int, cues: Cues) -> Attribution | None:
    """Read "qualifié par X de", "según lo explicado por X" and "described by X as": the agent of a participle speaks."""
    by = verb + 1
    while by < verb + 3 and by < len(found) and found[by].lower in cues.between:
        by += 1
    if by + 1 >= len(found) or found[by].lower not in cues.by or cues.capital_nouns:
        return None
    active = verb > 0 and found[verb - 1].lower in cues.between
    active = active or not found[verb].lower.endswith(tuple(cues.participle_ends))
    opens = found[by + 1].is_capital or found[by + 1].lower in cues.articles or is_role(found[by + 1], cues)
    active = active or not opens  # "by hitting Lee"
    mention = reading_on(found, by + 1, cues) or described_on(found, by + 1, cues)
    mention = named_beside(found, mention, cues) if mention is not None else None
    return None if active or not is_somebody(found, mention, cues) else Attribution(found[verb], mention)


def is_account_by(found: Sequence[Token], by: int, cues: Cues) -> bool:
    """Whether it is the "por" of "segundo o relatado por" and "de acordo com o relatado por"."""
    if by < 3 or found[by - 2].lower not in cues.articles or not found[by - 1].text.islower():
        return False
    return found[by - 3].lower in cues.accord or (by > 3 and found[by - 4].lower in cues.accord_by)


def _is_hearsay(token: Token, cues: Cues) -> bool:
    """Whether it is a source that nobody speaks for: "Medien", and where words are joined "Marktprognosen"."""
    joined = cues.capital_nouns and bool(cues.hearsay) and token.lower.endswith(tuple(cues.hearsay))
    return joined or token.lower in cues.hearsay


def _named_before(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """Read "jego zdaniem", "по её словам" and "Lee, secondo cui": whoever stands before the cue."""
    if at < 1:
        return None
    if not cues.articles and found[at - 1].lower in cues.he_forms | cues.she_forms:
        return Mention(at - 1, at - 1, "pronoun")
    relative = at > 1 and found[at - 1].text == "," and at + 1 < len(found)
    led = relative and found[at + 1].lower in cues.who | cues.relatives
    return reading_back(found, at - 2, cues) if led else None


def opening_account(found: Sequence[Token], cues: Cues) -> Attribution | None:
    """Read "According to X, the plan is dead." and "Pour X, …": by whose account a sentence tells what it does."""
    if len(found) < 4 or not found[0].is_capital:
        return None
    told = None
    if found[0].lower in cues.accord_first:
        mention = reading_on(found, 1, cues)
        told = Attribution(found[0], mention) if mention and cues.inverts else None
    else:
        near = (
            n
            for n in range(_OPENING)
            if found[n].lower in cues.accord or unelided(found[n], cues) in cues.accord_by
        )
        start = next((n for n in near if accords(found, n, cues)), None)
        told = accord(found, start, cues) if start is not None else None
    mention = told.mention if told else None
    if told is None or mention is None or mention.kind != "name" or not is_somebody(found, mention, cues):
        return None
    behind = found[mention.last + 1 : mention.last + 2]
    ends = bool(behind) and (behind[0].text == "," or cues.verb_second)
    return told if ends else None


def _office(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """The "direktøren" of "ifølge direktøren", whose article is its end, and the "burmistrza" of "zdaniem burmistrza", whose case is."""
    if at >= len(found):
        return None
    word, behind = found[at].lower, found[at + 1 : at + 2]
    of_what = bool(behind) and behind[0].text.islower() and behind[0].lower.endswith(tuple(cues.of_ends))
    cased = not cues.articles and not of_what and bool(cues.title_cases_of(word))
    return Mention(at, at, "description") if cased or cues.base_title(word) is not None else None


def _pronoun(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """The "lui" of "selon lui", the "honom" of "enligt honom blir det", and "according to her,", but not "her lawyer"."""
    if at >= len(found) or found[at].lower not in cues.he_forms | cues.she_forms:
        return None
    behind = found[at + 1] if at + 1 < len(found) else None
    alone = behind is None or not behind.is_word or behind.lower in cues.stops
    object_form = found[at].lower in cues.indirect and not (behind is not None and behind.is_capital)
    return Mention(at, at, "pronoun") if cues.inverts or alone or object_form else None


def _account(found: Sequence[Token], first: int, cues: Cues) -> int | None:
    """Where the "mots" of "selon les mots de Lee" stand."""
    if not cues.inverts:
        return None
    near = range(first, min(first + 2, len(found) - 2))
    return next(
        (n for n in near if found[n].lower in cues.accord_by and found[n + 1].lower in cues.owners), None
    )


def _accord_ahead(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """Whoever "Lee zufolge", "ihm zufolge" and "ihren Angaben zufolge" mean."""
    if at > 0 and found[at - 1].lower in cues.indirect:
        return Mention(at - 1, at - 1, "pronoun")
    if at > 1 and found[at - 1].lower in cues.accord_by:
        theirs = found[at - 2].lower in cues.he_forms | cues.she_forms
        return Mention(at - 2, at - 2, "pronoun") if theirs else None
    return reading_back(found, at - 1, cues)


def _by_account(found: Sequence[Token], at: int, cues: Cues) -> Attribution:
    """Whose account, opinion or words they are."""
    if _is_own(found, at, cues):
        mention = main_subject(found, at - 2, cues) or behind_verb(found, at + 1, cues)
        return Attribution(found[at], mention if is_somebody(found, mention, cues) else None)
    if _is_theirs(found, at, cues):
        return Attribution(found[at], Mention(at - 1, at - 1, "pronoun"))
    if _is_owned_account(found, at, cues):
        return Attribution(found[at], Mention(at - 1, at - 1, "name"))
    owned = _over_owner(found, at + 1, cues)
    mention = (
        reading_on(found, owned, cues) or described_on(found, owned, cues) or _office(found, owned, cues)
    )
    mention = named_beside(found, mention, cues) if mention is not None else None
    behind = [token.lower for token in found[at + 1 : at + 3]]
    if mention is None and len(behind) > 1 and behind[0] in cues.contractions and behind[1] in cues.titles:
        return Attribution(found[at], Mention(at + 1, at + 2, "description"))  # "a juicio del alcalde"
    if mention and mention.first < mention.last and found[mention.first].lower in cues.oblique:
        mention = replace(mention, first=mention.first + 1)
    return Attribution(found[at], mention)


def accords(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether `according to` stands there."""
    if unelided(found[at], cues) in cues.accord_by:
        if cues.verb_second and (_is_theirs(found, at, cues) or _is_own(found, at, cues)):
            return True
        # "in den Worten von Lee": an article may stand between.
        lead = at - 2 if at > 1 and found[at - 1].lower in cues.articles else at - 1
        behind = found[at + 1].lower if at + 1 < len(found) else ""
        opens = lead == 0 or (lead > 0 and not found[lead - 1].is_word)
        owned = behind in cues.owners or (
            opens and (behind in cues.accord_with or _is_theirs(found, at, cues))
        )
        if lead == 0 and at > 1 and owned and _is_theirs(found, at, cues):
            return True  # "A ses yeux" is often written without its accent
        return (
            at > 0
            and owned
            and any(found[lead].lower in words for words in (cues.prepositions, cues.joins, cues.accord))
        ) or _is_owned_account(found, at, cues)
    if at + 1 < len(found) and found[at].lower in cues.accord and _of_account(found, at + 1, cues):
        return False
    follows = at + 1 < len(found) and (not cues.accord_to or found[at + 1].lower in cues.accord_to)
    return found[at].lower in cues.accord and follows


def _is_owned_account(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Read "Nach Lees Worten", where somebody of the article is called Lee."""
    if not cues.capital_nouns or at < 2 or found[at - 2].lower not in cues.prepositions:
        return False
    owner = found[at - 1]
    return owner.is_capital and owner.lower[-1] == "s" and owner.lower[:-1] in cues.people


def _is_theirs(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Read "a su juicio," and "à ses yeux,": whoever was spoken of last; in German "nach seinen Worten".

    There "seiner Meinung nach" has its preposition behind it.
    """
    if at < 1 or at + 1 >= len(found) or found[at - 1].lower not in cues.theirs:
        return False
    if not cues.verb_second:
        return found[at + 1].text == ","
    return found[at + 1].lower in cues.prepositions or (at > 1 and found[at - 2].lower in cues.prepositions)


def _is_own(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Read "nach eigenen Angaben": whoever the sentence is about."""
    return at > 1 and found[at - 1].lower in cues.oneself and found[at - 2].lower in cues.prepositions


def _over_owner(found: Sequence[Token], at: int, cues: Cues) -> int:
    """Behind "von" or "of"; a genitive article is of the phrase itself."""
    return at if found[at].lower in cues.articles else at + 1


def _of_account(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether "laut" goes on with "Angaben von …" or "eigenen Angaben", not with a speaker."""
    return any(token.lower in cues.accord_by for token in found[at : at + 3] if token.is_word)


def denied(found: Sequence[Token], first: int, verb: int, cues: Cues) -> bool:
    """Whether right before the verb stands what makes it unsaid, or said by another."""
    last = verb
    while last > first and lies_between(found[last - 1], cues):
        last -= 1
    words = [found[at].lower for at in range(last, verb)]
    return any(word in cues.unsaid for word in words) or not cues.passive.isdisjoint(words[-2:])


def is_unsaid(found: Sequence[Token], verb: int, cues: Cues) -> bool:
    """Whether another verb says that the words were not said, or only imputed: "denied saying", "accused Lee of saying".

    So does a post that is no true one: "a fake post quoted Lee as saying".
    """
    if not cues.denies:
        return False
    at = verb - 1
    if at > 0 and found[verb].lower in cues.saying and is_plain_verb(found, at, cues):
        return found[at].lower in cues.denies or found[at - 1].lower in cues.unsaid
    while at >= 0 and verb - at < _DENIAL and found[at].is_word:
        token = found[at]
        if token.lower in cues.denies:
            return at == 0 or found[at - 1].lower not in cues.articles
        if token.lower in cues.quoted and any(one.lower in cues.fakes for one in found[:at]):
            return True
        lists = (cues.pronouns, cues.articles, cues.titles, cues.belongs, cues.who, cues.claims, cues.claimed)
        held = token.is_capital or lies_between(token, cues) or any(token.lower in words for words in lists)
        if not (held or token.lower in cues.lead_ins or token.lower in cues.having):
            break
        at -= 1
    return False


def is_supposed(found: Sequence[Token], subject: Mention | None, cues: Cues) -> bool:
    """Whether the subject's clause is a condition: "If Lee said", "Had Lee said"."""
    if subject is None or subject.first == 0:
        return False
    before = subject.first - 1
    opens = before == 0 or not found[before - 1].is_word
    return found[before].lower in cues.conditions or (opens and found[before].lower in cues.having)
