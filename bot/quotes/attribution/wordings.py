"""Speakers whom a noun or a participle leads to: "mit diesen Worten", "von Lee als „…“ bezeichnet", "das Fazit von Lee"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.quotes.attribution.cue_subject import ahead_of
from bot.quotes.attribution.subjects import (
    ASIDE,
    is_plain_verb,
    is_somebody,
    main_subject,
    says,
)
from bot.quotes.attribution.verbs import Attribution, behind_verb
from bot.quotes.phrases.backwards import reading_back
from bot.quotes.phrases.descriptions import described_on
from bot.quotes.phrases.mentions import Mention, reading_on
from bot.text.cues import Cues
from bot.text.tokens import Token

_LEAST = 4
"""Tokens of the shortest "What Lee fears:"."""
OPENING = 4
"""Tokens at the beginning of a sentence."""


def worded(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """Read `Mit den Worten "…" eröffnete X das Fest`: whoever the sentence is about says it."""
    if not 2 < at < len(found) - 1 or found[at - 1].lower not in cues.wordings:
        return None
    if found[at - 3].lower not in cues.joins | cues.prepositions:
        return None
    behind = at == 3 and is_plain_verb(found, at + 1, cues)
    mention = behind_verb(found, at + 1, cues) if behind else main_subject(found, at - 3, cues)
    mention = mention or ahead_of(found, at - 3, cues)
    return Attribution(found[at - 1], mention) if is_somebody(found, mention, cues) else None


def what_is_said(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """Read `Was Lee besonders ärgert: "…"`, where the verb ends its clause whatever verb it is."""
    if not cues.verb_second or at < _LEAST or found[at - 1].text != ":" or found[0].lower not in cues.what:
        return None
    mention = reading_on(found, 1, cues)
    if mention is None or mention.kind != "name" or not is_somebody(found, mention, cues):
        return None
    between = found[mention.last + 1 : at - 1]
    verb = bool(between) and is_plain_verb(found, at - 2, cues)
    return Attribution(found[at - 2], mention) if verb and all(token.is_word for token in between) else None


def closed(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """Read `X hat den Plan als "…" bezeichnet`, `wurde von X als "…" bezeichnet` and `…, was X als "…" bezeichnete`."""
    verb = at + 1
    while (
        verb + 2 < len(found)
        and found[verb].lower in cues.conjunctions
        and found[verb + 1].quotation is not None
    ):
        verb += 2
    if at < 2 or verb >= len(found) or found[verb].lower not in cues.called:
        return None
    clause = next((n for n in range(at - 1, -1, -1) if _ends_clause(found, n, cues)), -1)
    half = next(
        (n for n in range(clause + 1, at) if found[n].lower in cues.copulas or found[n].lower in cues.halves),
        None,
    )
    if half is None:
        led = clause >= 0 and found[clause + 1].is_word and not found[clause + 1].is_capital
        mention = reading_on(found, clause + 2, cues) if led else None
    elif found[half].lower in cues.copulas:
        by = next((n for n in range(half, at) if found[n].lower in cues.senders), None)
        mention = reading_on(found, by + 1, cues) if by is not None else None
    else:
        mention = main_subject(found[clause + 1 :], half - clause - 1, cues) if clause < 0 else None
        mention = mention or reading_on(found, half + 1, cues)
    known = mention is not None and mention.last < at and is_somebody(found, mention, cues)
    return Attribution(found[verb], mention) if known else None


def _ends_clause(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether a mark stands there, or a quotation that no other is joined to."""
    joined = found[at + 1].lower in cues.conjunctions
    return found[at].text in ",;" or (found[at].quotation is not None and not joined)


def handed_on(found: Sequence[Token], cues: Cues, start: int = 0) -> Attribution | None:
    """Who said what stands before token ``start``, where "Mit diesen Worten" begins."""
    noun = next(
        (n for n in range(start + 1, min(start + 4, len(found))) if found[n].lower in cues.wordings), None
    )
    if noun is None or found[start].lower not in cues.joins | cues.prepositions:
        return None
    rest = found[start:]
    if found[noun - 1].lower in cues.articles or any(token.quotation is not None for token in rest):
        return None
    mention = ahead_of(rest, len(rest) - 1, cues) or main_subject(rest, len(rest) - 1, cues)
    if mention is None or not is_somebody(rest, mention, cues):
        return None
    moved = replace(mention, first=mention.first + start, last=mention.last + start)
    return Attribution(found[noun], moved)


def received(found: Sequence[Token], cues: Cues) -> Attribution | None:
    """Read "Kritik kam auch von X, dem Sprecher der Gilde": the next sentence goes on with it."""
    if not any(token.lower in cues.reception for token in found[:OPENING]):
        return None
    by = next((n for n in range(1, len(found) - 1) if found[n].lower in cues.senders), None)
    mention = reading_on(found, by + 1, cues) if by is not None else None
    if mention is None or mention.kind != "name" or not is_somebody(found, mention, cues):
        return None
    ends = found[mention.last + 1].text if mention.last + 1 < len(found) else "."
    return Attribution(found[mention.first - 1], mention) if ends in ".,:(" else None


def speech_of(found: Sequence[Token], start: int, stop: int, cues: Cues) -> Mention | None:
    """Read "the conclusion of Ann Lee" among those tokens: whose conclusion it is."""
    for noun in range(start, stop - 2):
        if found[noun].lower not in cues.speeches:
            continue
        # "Réponse cinglante de l'opposante Lee"
        of = noun + 1 + (cues.inverts and is_plain_verb(found, noun + 1, cues))
        if found[of].lower not in cues.senders and found[of].lower not in cues.owners:
            continue
        over = found[of].lower in cues.senders or found[of].lower not in cues.articles
        if found[of].lower in cues.senders and found[of + 1].lower in cues.indirect:
            return Mention(of + 1, of + 1, "pronoun")  # "eine Erkenntnis von ihr lautet"
        mention = reading_on(found, of + over, cues) or described_on(found, of + over, cues)
        if mention and mention.kind == "name" and is_somebody(found, mention, cues):
            return mention
    return None


def own_speech(found: Sequence[Token], cues: Cues) -> Mention | None:
    """The "his" of "Seine klare Empfehlung lautet"; "ihre" may be of several."""
    leads = len(found) > OPENING and found[0].lower in cues.he_forms - cues.he
    told = leads and any(token.lower in cues.speeches for token in found[1:OPENING])
    return Mention(0, 0, "pronoun") if told else None


def speech_behind(found: Sequence[Token], first: int, cues: Cues) -> Attribution | None:
    """Read `"…", so lautete das Fazit von X`."""
    near = (
        any(token.lower in cues.speeches for token in found[first : first + OPENING])
        if cues.speeches
        else False
    )
    if not near:
        return None
    for noun in range(first + 1, min(len(found), first + OPENING)):
        if found[noun].lower in cues.speeches and found[noun - 1].lower in cues.he_forms | cues.she_forms:
            return Attribution(found[noun], Mention(noun - 1, noun - 1, "pronoun"))
    stop = next((n for n in range(first, len(found)) if not found[n].is_word), len(found))
    mention = speech_of(found, first, stop, cues)
    return Attribution(found[first], mention) if mention else None


def claimed(found: Sequence[Token], noun: int, at: int, cues: Cues) -> Attribution | None:
    """Read `X's claim that "…"`: the words are the owner's, whatever the sentence does with them."""
    if found[noun].lower not in cues.claims or found[noun + 1].lower not in cues.claimed:
        return None
    if not all(token.is_word for token in found[noun:at]):
        return None
    owner = noun - 1
    while owner > max(0, noun - OPENING) and found[owner].text.islower() and found[owner].lower != "'s":
        owner -= 1
    if found[owner].lower != "'s" or found[at - 1].lower in cues.lead_ins:
        return None
    mention = _owner(found, owner, cues)
    first = mention.first if mention else owner - 1
    if first > 0 and found[first - 1].lower in cues.dubs and at - noun > OPENING - 1:
        return None  # "X called Y's claim of a leak “…”"
    return Attribution(found[noun], mention)


def recited(found: Sequence[Token], verb: int, at: int, cues: Cues) -> Attribution | None:
    """Read `X quoted Y: "…"`, `X read from Y's letter: "…"` and `… what Y had written: "…"`: the words are Y's."""
    if found[verb].lower not in cues.recites or found[at - 1].text not in ",:":
        return None
    if verb and found[verb - 1].lower in cues.passive:
        return None
    for place in range(verb + 1, at - 1):
        if found[place].lower == "'s" and place + 2 < at:
            return Attribution(found[verb], _owner(found, place, cues))
        if found[place].lower in cues.relatives | cues.what:
            mention = reading_on(found, place + 1, cues)
            told = mention is not None and mention.kind == "name" and mention.last + 1 < at
            return Attribution(found[verb], mention) if told else None
    mention = reading_on(found, verb + 1, cues) if found[verb].lower in cues.quoted else None
    whole = mention is not None and mention.kind == "name" and mention.last + 2 == at
    return Attribution(found[verb], mention) if whole else None


def heard(found: Sequence[Token], saying: int, cues: Cues) -> Mention | None:
    """`X recalled Y telling him`: Y speaks."""
    mention = reading_back(found, saying - 1, cues)
    if mention is None or mention.kind == "description" or mention.first < 1:
        return None
    return mention if found[mention.first - 1].lower in cues.hears else None


def relayed(found: Sequence[Token], verb: int, cues: Cues) -> Attribution | None:
    """Read `"…," X says Y told her` and `"…," X recalls Y telling her`: Y speaks, and X passes it on."""
    mention = reading_on(found, verb + 1, cues)
    told = mention.last + 1 if mention is not None else len(found)
    if mention is None or mention.kind == "description" or told >= len(found):
        return None
    speaks = says(found, told, cues) or (found[told].lower in cues.saying and found[verb].lower in cues.hears)
    return Attribution(found[told], mention) if speaks else None


def quoted_as(found: Sequence[Token], saying: int, cues: Cues) -> Mention | None:
    """`the paper quoted X as saying`: X speaks, not the paper."""
    quoted = next(
        (n for n in range(saying - 2, max(0, saying - ASIDE), -1) if found[n].lower in cues.quoted), None
    )
    if quoted is None or found[quoted - 1].lower in cues.passive or found[quoted - 1].lower in cues.between:
        return None
    return reading_on(found, quoted + 1, cues)


def _owner(found: Sequence[Token], mark: int, cues: Cues) -> Mention | None:
    """Whose the apostrophe at token ``mark`` says something is, if that is somebody."""
    mention = reading_back(found, mark - 1, cues)
    if mention is None:
        first = mark
        while first > 0 and found[first - 1].is_capital and found[first - 1].lower not in cues.openers:
            first -= 1
        mention = Mention(first, mark - 1, "name") if first < mark else None
    return mention if is_somebody(found, mention, cues) else None
