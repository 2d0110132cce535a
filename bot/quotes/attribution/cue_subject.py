"""Whose a say-verb ahead of a quotation is, and who behind it can be its subject."""

from __future__ import annotations

from collections.abc import Sequence

from bot.quotes.attribution.accounts import accord, accords, by_agent, is_supposed, is_unsaid
from bot.quotes.attribution.subjects import (
    ASIDE,
    REACH,
    before_day,
    is_framed,
    is_long,
    is_somebody,
    lies_between,
    main_subject,
    says,
    subject_ending,
)
from bot.quotes.attribution.verb_final import beside_half
from bot.quotes.attribution.verbs import (
    Attribution,
    behind_verb,
    dropped,
    inverted,
    is_impersonal,
    quoted_ahead,
)
from bot.quotes.phrases.backwards import reading_back
from bot.quotes.phrases.descriptions import described_back, described_on, named_beside
from bot.quotes.phrases.mentions import Mention, reading_on
from bot.quotes.phrases.names import ends_abstract, is_short
from bot.text.cues import NONE, Cues
from bot.text.tokens import Token

_DASHES = frozenset(",—–―-")
_HALF = 4
"""Small words between the halves of a verb."""
_CLOSE = 6
"""Tokens within which a participle belongs to the quotation without a comma before it."""


def behind_clitic(found: Sequence[Token], verb: int, cues: Cues) -> bool:
    """Read "Ana Lemos la llamó" and "Ana Lemos, alcaldesa, la llamó": between a name and its verb the article is a pronoun."""
    clitic = verb > 1 and found[verb - 1].lower in cues.clitics
    if verb == 2 and found[0].lower not in cues.people | cues.given:
        return False  # "Dura la replica di Lee"
    return clitic and (found[verb - 2].is_capital or found[verb - 2].text in ",)")


def subject_of(found: Sequence[Token], verb: int, at: int, cues: Cues) -> Attribution | None:
    """Who says, with the verb at token ``verb``, the quotation at token ``at``; nothing where it is denied."""
    token = found[verb]
    if (told := _by_the_verb(found, verb, cues)) is not None:
        return told
    last = verb - 1 - behind_clitic(found, verb, cues)
    addressed = cues.indirect if token.lower in cues.participles else NONE  # "habe ihr gesagt"
    while last >= 0 and (lies_between(found[last], cues) or found[last].lower in addressed):
        last -= 1
    last -= last > 0 and found[last].lower in cues.lets  # "Lee ließ erklären"
    last = _before_half(found, last, cues) if token.lower in cues.say else last
    words = {found[n].lower for n in range(last + 1, verb)}
    if words & cues.unsaid and not _answers(found, at, cues):
        return None
    if words & cues.passive:
        by = next((n for n in range(verb, at) if found[n].lower in cues.by), None)
        return Attribution(token, reading_on(found, by + 1, cues) if by is not None else None)
    led = _led_clause(found, verb, cues)
    told = Attribution(token, led) if led else _behind_quotation(found, verb, last, at, cues)
    if told is not None:
        return told
    subject = _ending(found, verb, last, cues)
    if _another_speaks(found, verb, at, cues) or is_supposed(found, subject, cues):
        return Attribution(token, None)
    if cues.verb_second and (token.lower in cues.compare or not _may_say(found, subject, cues)):
        subject = behind_verb(found, verb, cues)
        if not is_somebody(found, subject, cues) and not _leads_on(found, subject, at, cues):
            subject = beside_half(found, verb, cues) or _opening(found, verb, last, cues)
    if subject is None and (found[last].text == "," or cues.inverts):
        subject = _turned_round(found, verb, at, cues)
    subject = subject or _described_subject(found, verb, last, at, cues) or _left_out(found, verb, last, cues)
    subject = subject or _fronted(found, verb, cues)
    return Attribution(token, subject)


def _ending(found: Sequence[Token], verb: int, last: int, cues: Cues) -> Mention | None:
    """The subject that ends with token ``last``; behind "hatte" a description may be the object: "Lee hatte seine Spieler kritisiert"."""
    subject = subject_ending(found, before_day(found, last, cues), cues)
    described = subject is not None and subject.kind == "description"
    return (beside_half(found, verb, cues) if described and is_framed(found, verb, cues) else None) or subject


def _led_clause(found: Sequence[Token], verb: int, cues: Cues) -> Mention | None:
    """Read "Wie der Sprecher der Wacht, Lee, gegenüber dem Boten erklärte,", whose verb ends its clause."""
    ends = cues.verb_second and verb + 1 < len(found) and found[verb + 1].text == ","
    if not ends or found[0].lower not in cues.lead_ins:
        return None
    mention = reading_on(found, 1, cues)
    mention = named_beside(found, mention, cues) if mention is not None else None
    rest = found[mention.last + 1 : verb] if mention is not None else []
    speaks = mention is not None and mention.kind == "name" and is_somebody(found, mention, cues)
    return mention if speaks and not any(is_long(token) for token in rest) else None


def _before_half(found: Sequence[Token], last: int, cues: Cues) -> int:
    """Over the "s'était quant à lui" before a participle; ``last`` where no such half stands."""
    if not cues.inverts or last < 1:
        return last
    for half in range(last, max(0, last - _HALF), -1):
        if found[half].lower in cues.between and found[half - 1].text != "'":
            behind = half - 1
            while behind > 0 and found[behind].lower in cues.between:
                behind -= 1
            return behind
        if not found[half].text.islower() or found[half].lower in cues.who | cues.conjunctions:
            break
    return last


def _answers(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Read `Weshalb das so war, konnte er nicht sagen: "…"`: what is not said stands ahead, and not behind the colon."""
    return found[0].lower in cues.what and found[at - 1].text == ":"


def _behind_quotation(
    found: Sequence[Token], verb: int, last: int, at: int, cues: Cues
) -> Attribution | None:
    """Read `"…", said X, "…"`, where the verb opens the sentence or follows other words, and `the paper "…" wrote:`."""
    before = last
    while before >= 0 and found[before].text in _DASHES:
        before -= 1
    if before >= 0 and found[before].quotation is None:
        return None
    if before == last > 0 and not is_long(found[last]) and found[last - 1].is_capital:
        paper = reading_back(found, last - 1, cues) or described_back(found, last - 1, cues)
        first = paper.first - (paper.first > 0 and paper.kind == "name") if paper is not None else 0
        if paper is not None and found[first].lower in cues.articles:
            return Attribution(found[verb], Mention(first, last, "description"))
    opens = before < 0 and cues.verb_second  # "Unterdessen verurteilte Lee die Tat:"
    told = inverted(found, verb, cues) if opens or says(found, verb, cues) else Attribution(found[verb], None)
    adds = told.mention is None and before > 0 and verb + 2 == at and found[at - 1].text == ":"
    return Attribution(found[verb], main_subject(found, before, cues)) if adds else told


def _may_say(found: Sequence[Token], mention: Mention | None, cues: Cues) -> bool:
    """Whether it is somebody, and not the "das" of "Das bestätigt auch Lee"."""
    if mention is not None and mention.kind == "description" and found[mention.first].lower in cues.oblique:
        return False  # "an den Rat geschrieben"
    compared = mention is not None and mention.first > 1 and found[mention.first - 2].is_word
    if compared and mention is not None and found[mention.first - 1].lower in cues.than:
        return False  # "Anders als Lee sagte Moss"
    thing = mention is not None and mention.kind == "pronoun" and found[mention.first].lower in cues.things
    return not thing and is_somebody(found, mention, cues)


def _by_the_verb(found: Sequence[Token], verb: int, cues: Cues) -> Attribution | None:
    """What the verb and its neighbours tell by themselves: "denied having said", "hieß es", "schreibt er"."""
    if is_unsaid(found, verb, cues):
        return Attribution(found[verb], None)
    if (told := by_agent(found, verb, cues)) is not None:
        return told
    if cues.inverts and (led := _accord_before(found, verb, cues)) is not None:
        return accord(found, led, cues)
    if is_impersonal(found, verb, cues):
        return inverted(found, verb, cues)
    if found[verb].lower in cues.quoted and cues.verb_second:
        return Attribution(found[verb], quoted_ahead(found, verb, cues))
    led = _before_pronoun(found, verb, cues)
    return Attribution(found[verb], Mention(verb + 1, verb + 1, "pronoun")) if led else None


def _accord_before(found: Sequence[Token], verb: int, cues: Cues) -> int | None:
    """Where the "según" of "según ha explicado Lee, alcalde," stands."""
    at = verb - 1
    while at > max(0, verb - 3) and found[at].lower in cues.between:
        at -= 1
    return at if at >= 0 and found[at].lower in cues.accord and accords(found, at, cues) else None


def _before_pronoun(found: Sequence[Token], verb: int, cues: Cues) -> bool:
    """Read "In a letter to the party writes he": "er" is the subject wherever it stands behind the verb.

    "sie" is it only if something else than a subject opens the sentence.
    """
    if not cues.verb_second or verb == 0 or verb + 1 >= len(found):
        return False
    leads = found[0].lower in cues.prepositions | cues.joins | cues.oblique and all(
        found[n].is_word for n in range(verb)
    )
    return found[verb + 1].lower in cues.he or (leads and found[verb + 1].lower in cues.she)


def _leads_on(found: Sequence[Token], subject: Mention | None, at: int, cues: Cues) -> bool:
    """Whether a description ends at the colon of "In dem Brief schreiben die Eltern:", so that they write."""
    described = subject is not None and subject.kind == "description"
    if not described or subject is None or found[subject.first].lower in cues.oblique:
        return False
    small = found[subject.last].lower in cues.epithets and found[at - 2].text.islower()
    return subject.last + 2 + small == at and found[at - 1].text == ":"


def _opening(found: Sequence[Token], verb: int, last: int, cues: Cues) -> Mention | None:
    """Read "Anwohner berichteten" and "Die HWG teilt": what opens the sentence, if nothing behind the verb can be its subject."""
    if verb + 1 >= len(found) or not _goes_on_without(found[verb + 1], found[last], cues):
        return None
    name = last - (found[last].quotation is not None and not is_long(found[last]))  # die Zeitung „Hafenblatt“
    first = int(found[0].lower in cues.articles)
    if name < first or last - first > _CLOSE or found[0].lower in cues.oblique:
        return None
    words = found[first : name + 1]
    lists = (cues.openers, cues.times, cues.days, cues.reception, cues.wordings, cues.speeches)
    nouns = all(token.is_capital and not any(token.lower in one for one in lists) for token in words)
    return Mention(0, last, "description") if nouns and not ends_abstract(found[name].lower) else None


def _goes_on_without(behind: Token, before: Token, cues: Cues) -> bool:
    """Whether what stands right behind a verb is no subject: a mark, a preposition or an object; short forms are no adverbs."""
    if is_short(before):
        return not behind.is_capital
    lists = (cues.prepositions, cues.joins, cues.oblique)
    return behind.text in ",:" or any(behind.lower in words for words in lists)


def _left_out(found: Sequence[Token], verb: int, last: int, cues: Cues) -> Mention | None:
    """Read "aunque insistió en que" and "Al respecto, señaló:": whoever the text is about goes on."""
    if found[last].lower in cues.conjunctions or found[last].lower in cues.turns:
        return dropped(found, verb, cues)
    somebody = (cues.titles, cues.groups, cues.people, cues.given, cues.say)
    framed = (
        found[0].lower in cues.prepositions | cues.joins | cues.contractions
        and last > 0
        and found[last].text.islower()
    )
    opens = (found[last].text == "," or framed) and all(
        token.is_word
        and (at == 0 or not token.is_capital)
        and not any(token.lower in words for words in somebody)
        for at, token in enumerate(found[:last])
    )
    was_asked = (
        found[last].text == "," and found[0].lower in cues.asked
    )  # "Questionado sobre Lee, respondeu:"
    if not opens and not was_asked:
        return None
    return dropped(found, verb, cues) or _of_object(found, verb, cues)


def _fronted(found: Sequence[Token], verb: int, cues: Cues) -> Mention | None:
    """The full name that opens "Ann Lee z univerzity případ považuje za", where an object may stand before its verb."""
    if cues.articles or not cues.inverts or found[verb].lower not in cues.call:
        return None
    mention = main_subject(found, verb, cues)
    named = mention is not None and mention.kind == "name" and is_somebody(found, mention, cues)
    rest = found[mention.last + 1 : verb] if mention is not None else []
    alone = all(token.is_word and token.lower not in cues.titles for token in rest)
    return mention if named and alone and len(rest) <= _CLOSE else None


def _of_object(found: Sequence[Token], verb: int, cues: Cues) -> Mention | None:
    """The verb of "V dopise označoval občany za", behind which only what is called so stands."""
    if not cues.drops_pronoun or found[verb].lower not in cues.call:
        return None
    end = next((n for n in range(verb + 1, len(found)) if not found[n].is_word), len(found))
    lists = (cues.titles, cues.groups, cues.pronouns)
    small = all(
        token.text.islower() and not any(token.lower in one for one in lists)
        for token in found[verb + 1 : end]
    )
    return Mention(verb, verb, "pronoun") if small and end - verb <= _CLOSE else None


def _described_subject(found: Sequence[Token], verb: int, last: int, at: int, cues: Cues) -> Mention | None:
    """A subject in words that no list has: `the baker of the old town said`, `As one baker has argued, "…"`."""
    subject = described_back(found, last, cues)
    if subject is None and at == verb + 2 and found[0].lower in cues.lead_ins:
        subject = described_on(found, 1, cues)
    if subject is None and cues.verb_final:
        # In Turkish the name that a participle leads to, before the comma ahead of the verb.
        comma = next((n for n in range(last, 0, -1) if found[n].text == ","), 0)
        subject = reading_back(found, comma - 1, cues)
    return subject


def _turned_round(found: Sequence[Token], verb: int, at: int, cues: Cues) -> Mention | None:
    """`But, said X, "…"`, and `The paradox, says X, a historian, is that it was "…"`."""
    first = verb + 1 + (cues.inverts and found[verb + 1].lower in cues.days)  # "Comme l'a rappelé hier Lee"
    mention = reading_on(found, first, cues) or described_on(found, first, cues)
    mention = named_beside(found, mention, cues) if mention is not None and cues.inverts else mention
    if mention is None or mention.last + 1 >= at:
        return None
    aside = mention.kind == "name" and found[mention.last + 1].text == ","
    aside = aside and (found[at - 1].is_word or _is_cited(found, mention.last + 2, cues))
    return mention if aside or (mention.last + 2 == at and found[at - 1].text in ",:") else None


def _is_cited(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether the "cité par le Journal" of "comme l'explique Ann Lee, cité par le Journal :" stands there."""
    ends = bool(cues.participle_ends) and found[at].lower.endswith(tuple(cues.participle_ends))
    return ends and found[at + 1].lower in cues.by


def _another_speaks(found: Sequence[Token], verb: int, at: int, cues: Cues) -> bool:
    """Whether between the cue and a `, "` or `: "` somebody else becomes the subject."""
    if found[at - 1].text not in ",:" or at - verb < 4:
        return False
    for comma in range(verb + 1, at - 1):
        if found[comma].text in ",;" and found[comma + 1].is_word:
            other = reading_on(found, comma + 1, cues)
            if other is None or other.last + 1 >= at - 1 or not found[other.last + 1].is_word:
                continue
            nobody = found[other.first].lower in cues.other_pronouns and not says(found, other.last + 1, cues)
            # "sagte Lee, er wisse, “…”"
            same = found[other.first].lower in cues.he | cues.she
            nobody = nobody or (same and found[other.last + 1].lower in cues.reported_mood)
            nobody = nobody or (cues.verb_second and not is_somebody(found, other, cues))
            if not nobody:
                return True
    return False


def ahead_of(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """Read "Den Umbau bewertet Ann Lee positiv:": the subject behind the verb, if nobody else is named.

    In "Wie Ann Lee den Umbau preist:" it stands behind the conjunction.
    """
    held: Mention | None = None
    place = 1 if at <= REACH else at
    while place < at - 1:
        token = found[place]
        mention = reading_on(found, place, cues) if token.is_capital or token.lower in cues.articles else None
        if mention is None or mention.kind != "name":
            if found[place - 1].lower not in cues.prepositions:
                pronoun = _subject_pronoun(found, place, cues)
                another = token.lower in cues.titles or token.lower in cues.groups
                object_ = held is not None and held.kind == "name" and _same_clause(found, held.last, place)
                if (another and not object_) or (pronoun and held):
                    return None
                if pronoun is None and (token.lower in cues.he or token.lower in cues.she):
                    return None
                held = held or pronoun
            place += 1
            continue
        if is_somebody(found, mention, cues):
            before = found[place - 1]
            leads = before.text.islower() and not any(
                before.lower in words
                for words in (cues.prepositions, cues.belongs, cues.articles, cues.owners)
            )
            # Behind "is typically" stands a comparison.
            leads = leads and not (place > 1 and found[place - 2].lower in cues.stops)
            leads = leads or before.lower in cues.compare or (place == 1 and found[0].lower in cues.compare)
            if held is not None and leads:
                return None
            held = mention if leads else held
        place = _behind_aside(found, mention.last + 1, at)
    return held


def _same_clause(found: Sequence[Token], first: int, last: int) -> bool:
    """Whether no mark stands between two tokens: "machte Lee die Regierung verantwortlich" has one subject."""
    return all(token.is_word for token in found[first:last])


def _subject_pronoun(found: Sequence[Token], place: int, cues: Cues) -> Mention | None:
    """Read the "er" of "dazu wollte er nichts sagen:" right behind a small word; "wollten sie" is of many."""
    before = found[place - 1].text
    man = found[place].lower in cues.he
    woman = found[place].lower in cues.she and not before.endswith("en")
    return Mention(place, place, "pronoun") if (man or woman) and before.islower() else None


def _behind_aside(found: Sequence[Token], place: int, at: int) -> int:
    """Behind ", mayor of the old town," if it stands there."""
    if found[place].text != ",":
        return place
    return next((n for n in range(place + 1, min(at, place + ASIDE)) if found[n].text in ",:"), place)
