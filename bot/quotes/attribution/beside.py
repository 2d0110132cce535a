"""Who is said to have said it: the cue and the mention that a sentence puts beside a quotation."""

from __future__ import annotations

from collections.abc import Sequence

from bot.quotes.attribution.accounts import accord, accords, denied
from bot.quotes.attribution.ahead import ahead
from bot.quotes.attribution.subjects import (
    ASIDE,
    REACH,
    is_long,
    is_plain_verb,
    is_somebody,
    lies_between,
    main_subject,
    over_between,
    says,
    verb_of,
)
from bot.quotes.attribution.unlisted import named_alone, unlisted
from bot.quotes.attribution.verb_final import final
from bot.quotes.attribution.verbs import Attribution, inverted
from bot.quotes.attribution.wordings import (
    closed,
    handed_on,
    relayed,
    speech_behind,
    what_is_said,
    worded,
)
from bot.quotes.phrases.backwards import reading_back
from bot.quotes.phrases.descriptions import described_back, described_on, named_beside
from bot.quotes.phrases.mentions import Mention, pronoun_of, reading_on
from bot.text.cues import Cues
from bot.text.tokens import Token

_DASHES = frozenset(",—–―-")
_LONG_DASHES = frozenset("—–―-")
_OPEN_ENDS = frozenset(",?!…—–-")
_SUBJECT = 14
"""Tokens of a subject that no other rule reads ("the harbour authority's Ann Lee said")."""


def attributed(found: Sequence[Token], at: int, end: str, cues: Cues) -> Attribution | None:
    """The attribution of the quotation at token ``at`` of its sentence.

    ``end`` is the last character of the quotation: behind a full stop the sentence does not go on
    with its speaker, and behind a question mark only if nobody was named before.
    """
    comma = at + 1 < len(found) and found[at + 1].text == ","
    led_in = at > 0 and found[at - 1].text in ",:"
    asked_before = led_in and end in "?!…" and not comma
    ways = [ahead, trailing, _signed]
    if cues.verb_final:
        ways.insert(0, final)
    # « Non. » explique Lee.
    goes_on = cues.inverts and at == 0 and at + 1 < len(found) and found[at + 1].text[0].islower()
    if comma or goes_on or end in _OPEN_ENDS or (end != "." and at == 0):
        ways.insert(1 if asked_before else 0, _behind)
    if cues.wordings:
        ways = [closed, worded, what_is_said, *ways]
    told = next((told for way in ways if (told := way(found, at, cues)) is not None), None)
    if cues.verb_second and told is not None and _opens_clause(found, at, told):
        # "Lee nannte es „…“, sein Kollege Moss sprach von …"
        ahead_of_it = ahead(found, at, cues)
        told = ahead_of_it if ahead_of_it is not None and ahead_of_it.mention is not None else told
    if led_in and told is not None and told.mention is not None and told.mention.kind == "pronoun":
        told = _named_before(found, at, cues) or told
    if told is None and (cues.verb_second or (cues.inverts and at == 1)) and not comma:
        words = at + 1 + (at + 1 < len(found) and found[at + 1].text in _LONG_DASHES)
        told = _object_first(found, at, cues) or (handed_on(found, cues, words) if at == 0 else None)
    if told is None and at == 0 and (comma or goes_on or end == ","):
        first = at + 1 + comma
        dashed = cues.cue_inside and first + 1 < len(found) and found[first].text in _LONG_DASHES
        told = unlisted(found, first + dashed, cues) or named_alone(found, first, cues)
    return told or _joined(found, at, cues)


def _opens_clause(found: Sequence[Token], at: int, told: Attribution) -> bool:
    """Whether the subject stands behind the quotation and before its verb, as in a clause of its own where the verb is second."""
    mention = told.mention
    return mention is not None and mention.first > at and told.cue.start > found[mention.last].start


def _joined(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """What stands behind the second of `"…" and "…," X said`."""
    second = at + 2
    if (
        second >= len(found)
        or found[second].quotation is None
        or found[at + 1].lower not in cues.conjunctions
    ):
        return None
    told = _behind(found, second, cues)
    return told if told and told.mention else None


def _named_before(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """Read `X has seen worse: "…", he says`: the colon tells who "he" is."""
    told = ahead(found, at, cues) if found[at - 1].text == ":" else None
    named = told is not None and told.mention is not None and told.mention.kind == "name"
    return told if named and told and is_somebody(found, told.mention, cues) else None


def _object_first(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """Read `Vom "…" sprach X`, `"…" nannte X den Plan` and `Als "…" hat X den Plan bezeichnet`: the words come first."""
    verb = at + 1
    leads = (cues.predicates, cues.contractions, cues.owners if cues.inverts else cues.contractions)
    opens = at == 0 or any(found[at - 1].lower in words for words in leads)
    if at > 3 or not opens or verb >= len(found):
        return None
    if found[verb].lower in cues.halves:
        return half_behind(found, verb, cues)
    if not (says(found, verb, cues) or found[verb].lower in cues.call):
        return None
    told = inverted(found, verb, cues)
    return told if told.mention and is_somebody(found, told.mention, cues) else None


def asked(found: Sequence[Token], cues: Cues) -> Attribution | None:
    """Who said the question before, in the sentence that a question mark seems to open."""
    told = _behind(found, -1, cues)
    return told if told and all(token.quotation is None for token in found) else None


def _behind(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """`"…," X said` and `"…," said X`."""
    first = at + 1
    while first < len(found) and first < at + 3 and found[first].text in _DASHES:
        first += 1
    if first < len(found) and found[first].lower in cues.lead_ins:
        first += 1
        if cues.verb_second:
            return _verb_last(found, first, cues)
    return _right_behind(found, at, first, cues) if first < len(found) else None


def _right_behind(found: Sequence[Token], at: int, first: int, cues: Cues) -> Attribution | None:
    """What the words from ``first`` on say of the quotation at ``at``."""
    told = speech_behind(found, first, cues)
    if told is None and found[first].lower in cues.accord:
        told = accord(found, first, cues)
    elif told is None and (found[first].lower in cues.halves | cues.copulas or _is_how(found, first, cues)):
        told = half_behind(found, first, cues)
    if told is not None:
        return told
    led = found[first].lower in cues.compare or found[first].lower in cues.impersonal
    recalls = cues.verb_second and found[first].lower in cues.recalls  # "„…“ – das sagte Lee"
    led = led or (recalls and found[first + 1 : first + 2] != [] and found[first + 1].lower in cues.tells)
    led = led or (cues.inverts and found[first].lower in cues.clitics)  # "nous confie Lee"
    so = led and first + 1 < len(found) and says(found, first + 1, cues)
    verb = over_between(found, first + so, cues)
    if (
        found[first].lower in cues.clitics
        and {token.lower for token in found[first + 1 : first + 2]} & cues.becomes
    ):
        verb = first + 2  # "si è sfogato"
    if verb < len(found) and says(found, verb, cues):
        return _added(found, at, verb, cues) or inverted(found, verb, cues)
    oneself = cues.inverts and found[first].lower in cues.clitics and first + 1 < len(found)
    hyphened = first + oneself  # ", se souvient-elle"
    if "-" in found[hyphened].text and pronoun_of(found[hyphened]) in cues.he | cues.she:
        return _hyphened(found, hyphened, cues)
    if found[first].is_capital and found[first].lower in cues.pronouns:
        return None
    told = _passed_on(found, first, cues)
    return told or _subject_first(found, first, cues) or _long_subject(found, first, cues)


def _passed_on(found: Sequence[Token], first: int, cues: Cues) -> Attribution | None:
    """Read `"…," the paper quoted X as saying`, where X speaks."""
    if not cues.saying or not cues.quoted:
        return None
    stop = min(len(found), first + _SUBJECT)
    quoting = next((n for n in range(first, stop) if found[n].lower in cues.quoted), None)
    mention = reading_on(found, quoting + 1, cues) if quoting is not None else None
    said = mention.last + 2 if mention is not None else len(found)
    if mention is None or said >= len(found) or found[said - 1].lower not in cues.lead_ins:
        return None
    return Attribution(found[said], mention) if found[said].lower in cues.saying else None


def _is_how(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether the token behind it is the "how" of "is how Lee put it"."""
    return at + 1 < len(found) and found[at + 1].lower in cues.how


def half_behind(found: Sequence[Token], half: int, cues: Cues) -> Attribution | None:
    """Read `"…", hatte X im März gesagt`, `"…", wird X zitiert` and `"…," is how X put it`: the subject stands between the halves."""
    how = _is_how(found, half, cues)
    mention = reading_on(found, half + 1 + how, cues)
    if mention is None or not is_somebody(found, mention, cues):
        return None
    if how:
        participles = cues.say | cues.say_it | cues.call | cues.described
    elif found[half].lower in cues.copulas:
        participles = cues.quoted | cues.minds
    else:
        participles = cues.participles | cues.called
    for verb in range(mention.last + 1, min(len(found), half + _SUBJECT)):
        if found[verb].lower in participles:
            return Attribution(found[verb], mention)
        if is_long(found[verb]) or found[verb].text in ".;:":
            break
    return None


def _hyphened(found: Sequence[Token], first: int, cues: Cues) -> Attribution | None:
    """The French "dit-il" and "a-t-il dit"."""
    opening = found[first].lower.partition("-")[0]
    verb = first if opening in cues.say else over_between(found, first + 1, cues)
    said = verb < len(found) and (verb == first or says(found, verb, cues))
    # ", a-t-il balayé", of which no list need have the verb
    said = said or (opening in cues.between and is_plain_verb(found, verb, cues))
    # ", pouffe-t-elle." and ", pouffe-t-elle en coulisses"
    ends = first + 1 >= len(found) or not found[first + 1].is_word
    ends = ends or found[first + 1].lower in cues.prepositions | cues.joins
    if not said and ends:
        return Attribution(found[first], Mention(first, first, "pronoun"))
    return Attribution(found[verb], Mention(first, first, "pronoun")) if said else None


def _verb_last(found: Sequence[Token], first: int, cues: Cues) -> Attribution | None:
    """Read `"…", wie X am Montag sagte`: the verb ends its clause."""
    mention = reading_on(found, first, cues)
    start = first + 1
    if (
        mention is not None
        and found[mention.last + 1 : mention.last + 2]
        and found[mention.last + 1].text == ","
    ):
        # "wie Lee, Leiterin der Wache, sagte"
        start = next((n + 1 for n in range(mention.last + 2, len(found)) if not found[n].is_word), start)
    for verb in range(start, min(first + _SUBJECT, len(found))):
        if not found[verb].is_word:
            return None
        if says(found, verb, cues):
            told = mention if mention and mention.last < verb else None
            return Attribution(found[verb], told or described_on(found, first, cues))
    return None


def _added(found: Sequence[Token], at: int, verb: int, cues: Cues) -> Attribution | None:
    """Read `X, noting that it was "…," added: "…"`: the verb has the subject of the sentence."""
    if at < 2 or verb + 1 >= len(found) or found[verb + 1].text != ":":
        return None
    subject = main_subject(found, at, cues)
    return Attribution(found[verb], subject) if subject else None


def _subject_first(found: Sequence[Token], first: int, cues: Cues) -> Attribution | None:
    mention = reading_on(found, first, cues)
    if mention is None:
        return None
    mention = named_beside(found, mention, cues)
    verb = verb_of(found, mention.last + 1, cues)
    if verb is None:
        verb = _behind_open_aside(found, mention, cues)
    if verb is None or denied(found, mention.last + 1, verb, cues):
        return None
    if _is_imputed(found, first, verb, cues):
        return Attribution(found[verb], None)
    return relayed(found, verb, cues) or Attribution(found[verb], mention)


def _behind_open_aside(found: Sequence[Token], mention: Mention, cues: Cues) -> int | None:
    """The verb of `"…," Ann Lee, an analyst at the old bank told the Gazette`, whose second comma is missing."""
    aside = mention.last + 2
    if mention.kind != "name" or mention.first == mention.last or aside >= len(found):
        return None
    opens = found[aside - 1].text == "," and found[aside].lower in cues.articles
    if not opens or cues.capital_nouns or not is_somebody(found, mention, cues):
        return None
    for verb in range(aside + 2, min(len(found), aside + ASIDE)):
        if not found[verb].is_word or found[verb].lower in cues.who:
            break
        if says(found, verb, cues) and found[verb - 1].lower not in cues.determiners | cues.articles:
            return verb
    return None


def _is_imputed(found: Sequence[Token], first: int, verb: int, cues: Cues) -> bool:
    """Read `"…", soll Lee gesagt haben`, as others claim; not `"…?", wollte Lee wissen`."""
    behind = found[verb + 1 : verb + 2]
    return bool(behind) and behind[0].lower in cues.halves and found[first].lower in cues.unsaid


def _long_subject(found: Sequence[Token], first: int, cues: Cues) -> Attribution | None:
    """The subject between the quotation and its verb where no phrase that is known begins."""
    if found[first].lower in cues.conjunctions or found[first].lower in cues.saying:
        return None
    for verb in range(first + 1, min(first + _SUBJECT, len(found))):
        if says(found, verb, cues):
            last = verb - 1
            while last > first and lies_between(found[last], cues):
                last -= 1
            if denied(found, last + 1, verb, cues):
                return None
            if _is_imputed(found, first, verb, cues):
                return Attribution(found[verb], None)
            mention = reading_back(found, last, cues) or described_back(found, last, cues)
            return Attribution(found[verb], mention) if mention or _opens_phrase(found[first], cues) else None
        token = found[verb]
        stops = token.lower in cues.stops and token.lower not in cues.between
        if not token.is_word or stops or token.lower in cues.pronouns:
            return None
    return None


def _opens_phrase(token: Token, cues: Cues) -> bool:
    """Whether a noun phrase may begin there; "giving states more power" is no subject of "states"."""
    lists = (
        cues.articles,
        cues.determiners,
        cues.pronouns,
        cues.titles,
        cues.groups,
        cues.modifiers,
        cues.openers,
    )
    return not token.text.islower() or any(token.lower in words for words in lists)


def _signed(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """`"…" — Ann Lee`: a name alone behind a dash."""
    if at + 2 >= len(found) or found[at + 1].text not in _LONG_DASHES:
        return None
    mention = reading_on(found, at + 2, cues)
    alone = mention is not None and all(
        not token.is_word for token in found[mention.last + 1 : mention.last + 2]
    )
    return Attribution(found[at + 1], mention) if mention and mention.kind == "name" and alone else None


def trailing(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """Read `"…" and more of the sentence, X said`."""
    for comma in range(at + 1, min(len(found), at + REACH)):
        if found[comma].quotation is not None:
            return None
        if accords(found, comma, cues):
            account = accord(found, comma, cues)
            if account.mention is not None or at >= 0:
                return account
        barred = comma + 1 < len(found) and found[comma + 1].lower in cues.relatives | cues.oblique
        if found[comma].text == "," and not barred:
            told = _subject_first(found, comma + 1, cues)
            verb = over_between(found, comma + 1, cues) if cues.inverts else comma + 1
            if told is None and verb < len(found) and says(found, verb, cues):
                told = inverted(found, verb, cues)
            if told is not None:
                return told
    return None
