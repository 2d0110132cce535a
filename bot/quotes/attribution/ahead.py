"""The cue ahead of a quotation, and its subject: `X said: "…"`, `calling it "…"`, `His conclusion: "…"`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.quotes.attribution.accounts import accord, accords, by_agent, is_account_by, is_unsaid
from bot.quotes.attribution.colons import TITLE_LINE, alone, ending, led_by_trade, owner, resumed, sender
from bot.quotes.attribution.cue_subject import ahead_of, behind_clitic, subject_of
from bot.quotes.attribution.subjects import (
    REACH,
    is_framed,
    is_somebody,
    main_subject,
    says,
    subject_ending,
)
from bot.quotes.attribution.verbs import Attribution
from bot.quotes.attribution.wordings import claimed, heard, own_speech, quoted_as, recited, speech_of
from bot.quotes.phrases.backwards import reading_back
from bot.quotes.phrases.descriptions import described_on, named_beside
from bot.quotes.phrases.mentions import Mention, reading_on
from bot.quotes.phrases.roles import age_of, opens_aside
from bot.text.cues import Cues
from bot.text.tokens import Token

_PASSED = 6
"""Quotations between a cue and its quotation; a longer list is no sentence."""
_CLOSE = 6
"""Tokens within which a participle belongs to the quotation without a comma before it."""
_APPOSITION = 8
"""Tokens of "analista de banca" between commas."""
_SENTENCE = 3 * REACH
"""Tokens of a long sentence before a colon; more are none, and the search stays linear."""
_LINE = 20
"""Tokens of "The bitter reply of Ann Lee, head of the works:"."""
_OPENING = 6
"""Tokens within which the "of" behind such a noun stands."""


def ahead(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """`X said: "…"`, `X said that the plan was "…"`, `calling it "…"`: the nearest cue before."""
    held: Attribution | None = None
    passed = 0
    for verb in range(at - 1, max(-1, at - REACH), -1):
        token = found[verb]
        passed += token.quotation is not None
        ended = verb < at - 1 and found[verb + 1].text in ".;"
        if token.quotation is not None and (ended or passed > _PASSED):
            return None
        if not token.is_word or _is_no_cue(found, verb, cues):
            continue
        word = token.lower
        if (told := _by_the_word(found, verb, at, cues)) is not None:
            return told
        if word in cues.saying and (adding := _adding(found, verb, at, cues)) is not None:
            return adding
        held = held or viewed(found, verb, at, cues)
        cue = says(found, verb, cues) or word in cues.call or is_framed(found, verb, cues)
        if cue and not _is_noun(found, verb, cues):
            if _in_closed_aside(found, verb, at, cues):
                continue
            told = subject_of(found, verb, at, cues)
            if (
                word not in cues.say | cues.participles
                and (told is None or told.mention is None)
                and at - verb > 1
            ):
                held = held or told
                continue
            nobody = told is not None and (
                told.mention is None or found[told.mention.first].lower in cues.other_pronouns
            )
            if nobody and found[at - 1].text == ":":
                repeated = _repeated(found, at, cues) or ending(found, at, cues)
                return Attribution(found[at - 1], repeated) if repeated else told
            return told
    return held or _for_whom(found, at, cues) or _introduced(found, at, cues)


def _by_the_word(found: Sequence[Token], at: int, quotation: int, cues: Cues) -> Attribution | None:
    """What "according to", "described by X as", "made it clear", "X's claim that" and "quoted X" tell without a look at the rest."""
    if found[at].lower in cues.described:
        return by_agent(found, at, cues)
    if found[at].lower in cues.by and is_account_by(found, at, cues):
        return by_agent(found, at - 1, cues)
    if accords(found, at, cues):
        return accord(found, at, cues)
    if found[at].lower in cues.plain and (made := _made(found, at, cues)) is not None:
        return subject_of(found, made, quotation, cues)
    return claimed(found, at, quotation, cues) or recited(found, at, quotation, cues)


def viewed(found: Sequence[Token], verb: int, at: int, cues: Cues) -> Attribution | None:
    """Read `X sees in it "…"`: the words are of whoever holds the view, if that is somebody."""
    if found[verb].lower not in cues.views and found[verb].lower not in cues.minds:
        return None
    if found[verb].lower in cues.minds:
        led = found[verb + 1].text == "," and verb > 1
        told = Attribution(found[verb], main_subject(found, verb, cues)) if led else None
    else:
        told = subject_of(found, verb, at, cues)
    mention = told.mention if told and found[at - 1].text != ":" else None
    if mention is None or mention.kind == "description" or not is_somebody(found, mention, cues):
        return None
    words = {token.lower for token in found[mention.first : mention.last + 1]}
    lists = (cues.bodies, cues.groups, cues.things)
    return told if all(words.isdisjoint(one) for one in lists) else None


def _is_no_cue(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether it is the "so" of "so lange", or the "laut" of "sagte Lee laut Manuskript", where Lee speaks."""
    if found[at].lower in cues.compare and at > 0 and found[at - 1].is_word:
        return True
    was_asked = at == 0 and found[at].lower in cues.asked  # "Interrogé sur le vote, il"
    that_is = cues.inverts and at > 0 and found[at - 1].lower in cues.becomes  # "es decir"
    if was_asked or (that_is and found[at].lower in cues.saying):
        return True
    if found[at].lower not in cues.accord:
        return False
    if at > 1 and found[at - 1].lower in cues.he | cues.she and says(found, at - 2, cues):
        return True  # "sagde han ifølge TV Brindle:"
    if not cues.documents:
        return False
    held = any(token.lower in cues.documents for token in found[at + 1 : at + 3])
    return held and any(says(found, n, cues) for n in range(at))


def _adding(found: Sequence[Token], verb: int, at: int, cues: Cues) -> Attribution | None:
    """Read `…, adding that "…"`: the subject of the sentence does, unless it quotes somebody."""
    if is_unsaid(found, verb, cues):
        return Attribution(found[verb], None)
    if _is_noun(found, verb, cues) or not _leads_in(found, verb, at, cues):
        return None
    mention = (
        heard(found, verb, cues)
        or quoted_as(found, verb, cues)
        or _said_before(found, verb, cues)
        or main_subject(found, verb, cues)
    )
    return None if mention is None and cues.inverts else Attribution(found[verb], mention)


def _for_whom(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """Read the French `Pour X, "…"`: somebody's opinion."""
    cue = int(found[0].lower in cues.conjunctions)  # "Mais pour Lee,"
    if at < 3 + cue or found[cue].lower not in cues.accord_first:
        return None
    first = cue + 1
    mention = reading_on(found, first, cues)
    mention = named_beside(found, mention, cues) if mention is not None else described_on(found, first, cues)
    if cues.inverts and found[first].lower in cues.he_forms | cues.she_forms:
        mention = Mention(first, first, "pronoun")
    if mention is None or not is_somebody(found, mention, cues):
        return None
    behind = found[mention.last + 1]
    aside = cues.inverts and behind.text == "," and opens_aside(found[mention.last + 2], cues)
    alone = (mention.last + 2 == at or aside) and found[at - 1].text == ","
    told = alone or _holds(found, mention, at, cues)
    return Attribution(found[cue], mention) if told else None


def _holds(found: Sequence[Token], mention: Mention, at: int, cues: Cues) -> bool:
    """Read `Pour X, le pont est "…"`: a sentence about a thing, in which nobody else is named."""
    between = found[_behind_apposition(found, mention, at, cues) : at]
    if cues.inverts and len(between) > 2 and between[2].lower.partition("'")[2] in cues.impersonal:
        between = [between[0], *between[2:]]  # "il s'agit"
    another = (cues.titles, cues.people, cues.he, cues.she, cues.given)
    words = {token.lower for token in between}
    return (
        mention.kind == "name"
        and len(between) > 1
        and (
            between[0].text == ","
            or between[0].lower in (cues.copulas if cues.verb_second else cues.articles)
        )
        and all(named.isdisjoint(words) for named in another)
        and not any(token.text in ":;" for token in between)
    )


def _behind_apposition(found: Sequence[Token], mention: Mention, at: int, cues: Cues) -> int:
    """The comma behind "Para Lee, analista de banca,", or what stands right behind the name."""
    first = mention.last + 1
    if not cues.inverts or mention.first == mention.last or not found[first + 1].text.islower():
        return first
    close = next(
        (n for n in range(first + 1, min(at - 1, first + _APPOSITION)) if not found[n].is_word), first
    )
    lists = (cues.articles, cues.pronouns, cues.say)
    plain = not any(found[first + 1].lower in one for one in lists)
    return close if plain and found[close].text == "," else first


def _leads_in(found: Sequence[Token], saying: int, at: int, cues: Cues) -> bool:
    """Whether a participle introduces the quotation: behind a comma ("…, saying that"), or right before."""
    before = found[saying - 1] if saying else None
    apart = before is None or not before.is_word or before.lower in cues.conjunctions
    return apart or at - saying <= _CLOSE


def _made(found: Sequence[Token], at: int, cues: Cues) -> int | None:
    """The verb of `X made it clear that`, five tokens before at most."""
    return next((n for n in range(at - 1, max(0, at - 6), -1) if found[n].lower in cues.make), None)


def _said_before(found: Sequence[Token], saying: int, cues: Cues) -> Mention | None:
    """`…, X said, adding`: whoever said the one thing adds the other."""
    verb = saying - 2
    if verb < 1 or found[saying - 1].text != "," or not says(found, verb, cues):
        return None
    return subject_ending(found, verb - 1, cues)


def _introduced(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """Read `X struck a different note: "…"`: a colon does what a verb would."""
    if at < 2 or found[at - 1].text != ":":
        return None
    near = range(max(0, at - 1 - _SENTENCE), at - 1)
    if any(found[n].lower in cues.own or _passes_on(found, n, cues) for n in near):
        return Attribution(found[at - 1], None)
    if (concerned := _concerned(found, at, cues)) is not None:
        return Attribution(found[at - 1], concerned)
    repeated = _repeated(found, at, cues)
    if repeated is not None:
        return Attribution(found[at - 1], repeated)
    mention = None if at > _LINE else speech_of(found, 0, min(_OPENING, at - 1), cues)
    mention = mention or main_subject(found, at - 1, cues)
    if (mention is None or not _can_speak(found, mention, cues)) and cues.verb_second:
        mention = ahead_of(found, at, cues)
    if mention is None or not _can_speak(found, mention, cues):
        mention = owner(found, cues) if at <= TITLE_LINE else own_speech(found, cues)
        mention = (
            mention
            or alone(found, at, cues)
            or led_by_trade(found, at, cues)
            or ending(found, at, cues)
            or resumed(found, at, cues)
            or sender(found, at, cues)
            or speech_of(found, 0, at - 1, cues)
        )
    return Attribution(found[at - 1], mention)


def _repeated(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """Whose the words are in "X remembers a phrase that Lee repeated:" and "Lee agrees, who thanks the volunteers:"."""
    who = next((n for n in range(at - 2, max(1, at - REACH), -1) if found[n].lower in cues.who), None)
    if who is None or not all(token.is_word for token in found[who : at - 1]):
        return None
    if found[who - 1].lower in cues.speeches:
        mention = reading_on(found, who + 1, cues)
    elif found[who - 1].text == "," and not cues.capital_nouns:
        mention = reading_back(found, who - 2, cues)
    else:
        return None
    named = mention is not None and mention.kind == "name" and mention.last + 1 < at
    return mention if named and is_somebody(found, mention, cues) else None


def announcing(found: Sequence[Token]) -> list[int]:
    """Of each token, the nearest colon before the one beside it; 0 where there is none, or a quotation before that."""
    colons = [0] * len(found)
    first = next((n for n, token in enumerate(found) if token.quotation is not None), len(found))
    for at in range(4, len(found)):
        colon = at - 2
        colons[at] = colons[at - 1] if found[colon].text != ":" else colon if colon < first else 0
    return colons


def announced(found: Sequence[Token], colon: int, cues: Cues) -> Attribution | None:
    """Read `X tried to calm them: There had been "no danger"`, whose colon stands before a sentence with the quotation in it.

    ``colon`` is the quotation's of :func:`announcing`. Nobody speaks where what stands before it is about nobody who can.
    """
    return _introduced(found, colon + 1, cues) if colon else None


def _passes_on(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether the verb passes on what another wrote: "Lee shared a text of his followers"."""
    # "a view shared by Lee", "un avis que partage Lee"
    held = found[at + 1].lower in cues.by or (at > 0 and found[at - 1].lower in cues.other_pronouns)
    return found[at].lower in cues.passes_on and not (
        held or (found[at].lower in cues.parted and says(found, at, cues))
    )


def _concerned(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """Whom a sentence without a say-verb is about from the start, or at its end: "For Lee that is far off: …"."""
    if found[0].lower not in cues.concerns:
        return None
    mention = reading_on(found, 1, cues)
    if found[1].lower in cues.she | (cues.indirect & cues.he_forms) and found[2].text.islower():
        mention = Mention(1, 1, "pronoun")  # "Für sie steht fest:"
    if mention is None or mention.kind == "description" or not is_somebody(found, mention, cues):
        return None
    rest = {token.lower for token in found[mention.last + 1 : at]}
    another = (cues.titles, cues.groups, cues.people, cues.he, cues.she)
    alone = all(named.isdisjoint(rest) for named in another)
    return mention if mention.last + 1 < at and alone else None


def _can_speak(found: Sequence[Token], mention: Mention, cues: Cues) -> bool:
    """Whether a colon behind a sentence about it lets it speak: somebody or a body, not "Her conclusion"."""
    if mention.kind != "description":
        return (
            mention.kind == "pronoun" or is_somebody(found, mention, cues) or mention.last + 2 == len(found)
        )
    words = {token.lower for token in found[mention.first : mention.last + 1]}
    aged = age_of(found[mention.last], cues) is not None or found[mention.last].lower in cues.last_named
    return aged or not all(told.isdisjoint(words) for told in (cues.titles, cues.groups, cues.epithets))


def _is_noun(found: Sequence[Token], verb: int, cues: Cues) -> bool:
    """Whether "report" or "call" is a thing here: "his report:", "a softer note:"."""
    small = cues.capital_nouns and not found[verb].is_capital
    singular = verb > 1 and found[verb - 2].lower in cues.indefinite and found[verb - 1].text.islower()
    if singular and not small and f"{found[verb].lower}s" in cues.say:
        return True  # of one person it would be "notes"
    return (
        verb > 0
        and not small
        and found[verb - 1].lower in cues.determiners
        and not behind_clitic(found, verb, cues)
    )


def _in_closed_aside(found: Sequence[Token], verb: int, at: int, cues: Cues) -> bool:
    """Whether the verb belongs to ", as which X describes it," that a comma ends before the quotation."""
    opened = any(found[n].lower in cues.relatives for n in range(max(1, verb - 6), verb))
    return opened and any(found[n].text == "," for n in range(verb + 1, at - 1))
