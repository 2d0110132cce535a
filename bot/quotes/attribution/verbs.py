"""A say-verb and whoever stands right behind it, and what an attribution is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.quotes.attribution.subjects import is_known, is_somebody, main_subject, over_part
from bot.quotes.phrases.backwards import reading_back
from bot.quotes.phrases.descriptions import described_behind, described_on, joined_roles, named_beside
from bot.quotes.phrases.mentions import Mention, is_role, reading_on
from bot.quotes.phrases.names import name_start
from bot.text.cues import Cues
from bot.text.tokens import Token

_REACH = 14
"""Tokens behind a verb that are looked at for whom it quotes."""
_PHRASE = 3
"""Words of "in tears" between a verb and the name of its subject."""
_AGENCY = 20
"""Characters of an agency's name between marks."""
_ASIDE = 6
"""Tokens within which an aside right behind a verb ends."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue, and who speaks; no ``mention`` where the sentence leaves that open."""

    cue: Token
    mention: Mention | None


def inverted(found: Sequence[Token], verb: int, cues: Cues) -> Attribution:
    """`said X`, whose subject stands behind the verb or is left out."""
    if found[verb].lower in cues.quoted and cues.verb_second:
        return Attribution(found[verb], _quoted(found, verb, cues))
    if is_impersonal(found, verb, cues):
        return Attribution(found[verb], _told_in(found, verb, cues))
    clause = cues.drops_pronoun and verb + 1 < len(found) and found[verb + 1].lower in cues.who
    mention = None if clause else behind_verb(found, verb, cues)
    if mention is not None and mention.kind == "description":
        mention = _sent_by(found, mention, cues) or mention
    return Attribution(found[verb], mention or dropped(found, verb, cues))


def _sent_by(found: Sequence[Token], mention: Mention, cues: Cues) -> Mention | None:
    """Whoever the statement is from in `"…," read a statement from X`."""
    by = mention.last + 1
    if by + 1 >= len(found) or found[by].lower not in cues.senders | cues.by or cues.verb_second:
        return None
    if not any(token.lower in cues.groups for token in found[mention.first : by]):
        return None
    name = reading_on(found, by + 1, cues)
    known = name is not None and name.kind == "name" and is_known(found, name, cues)
    return name if known else None


def _quoted(found: Sequence[Token], verb: int, cues: Cues) -> Mention | None:
    """Whom the paper quotes in `"…", zitiert das Blatt X`: the one full name behind the verb."""
    names: list[Mention] = []
    at = verb + 1
    if at < len(found) and found[at].lower in cues.he_forms | cues.she_forms:
        return Mention(at, at, "pronoun")
    while at < min(len(found), verb + _REACH) and found[at].is_word:
        mention = reading_on(found, at, cues) if found[at].is_capital else None
        if mention and mention.kind == "name" and is_somebody(found, mention, cues):
            # Right behind the verb stands whoever quotes.
            first = name_start(found, mention.first, mention.last + 1, cues)
            names += [replace(mention, first=first)] if first > verb + 2 else []
        at = mention.last + 1 if mention else at + 1
    return names[0] if len(names) == 1 else None


def quoted_ahead(found: Sequence[Token], verb: int, cues: Cues) -> Mention | None:
    """Whom `X is quoted with the words:` and `The paper quotes X with the words:` mean."""
    half = next((n for n in range(verb) if found[n].lower in cues.copulas), None)
    if half is not None:
        mention = main_subject(found, half, cues) if half else None
        mention = mention or reading_on(found, half + 1, cues)
    elif verb + 1 < len(found) and found[verb + 1].lower in cues.he_forms | cues.she_forms:
        mention = Mention(verb + 1, verb + 1, "pronoun")
    else:
        mention = reading_on(found, verb + 1, cues)
    return mention if is_somebody(found, mention, cues) else None


def _over_bracket(found: Sequence[Token], mention: Mention, cues: Cues) -> Mention:
    """The name behind "le député (LR)", or the description itself."""
    at = mention.last + 1
    if at + 2 < len(found) and found[at].text == "(":
        close = next((n for n in range(at, min(len(found), at + 4)) if found[n].text == ")"), None)
        name = reading_on(found, close + 1, cues) if close is not None else None
        if name and name.kind == "name" and is_somebody(found, name, cues):
            return name
    return mention


def is_impersonal(found: Sequence[Token], verb: int, cues: Cues) -> bool:
    """Whether it is the "hieß es" that nobody says."""
    follows = verb + 1 < len(found) and found[verb + 1].lower in cues.impersonal
    return (follows and found[verb].lower in cues.say_it) or is_read(found, verb, cues)


def is_read(found: Sequence[Token], verb: int, cues: Cues) -> bool:
    """Whether it is the "se lee" of "se lee en un comunicado"."""
    token = found[verb]
    return token.lower in cues.read and (
        "-" in token.text or (verb > 0 and found[verb - 1].lower in cues.impersonal)
    )


def _told_in(found: Sequence[Token], verb: int, cues: Cues) -> Mention | None:
    """Where "heißt es in dem Bericht" and "in dem Bericht hieß es" have it from, or whom."""
    behind = next(
        (n for n in range(verb + 1, min(verb + 5, len(found) - 1)) if _leads_to_source(found, n, cues)), None
    )
    if behind is not None:
        if any(token.lower in cues.hearsay for token in found[behind + 1 : behind + 4]):
            return None
        return _source(found, behind + 1, cues)
    if verb > 1 and _leads_to_source(found, 0, cues):
        for mention in (_source(found, 1, cues), described_behind(found, 1, cues)):
            if mention and (mention.last == verb - 1 or mention.kind == "pronoun"):
                return mention
    return None


def _source(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """Somebody or something behind "in": of "a statement by X" and of "his statement" whoever made it."""
    if found[at].lower in cues.theirs or found[at].lower in cues.she_forms:
        return Mention(at, at, "pronoun")
    mention = reading_on(found, at, cues) or described_behind(found, at, cues)
    owner = found[mention.last].lower if mention is not None and cues.capital_nouns else ""
    if (
        mention is not None
        and mention.first < mention.last
        and owner[-1:] == "s"
        and owner[:-1] in cues.people
    ):
        return Mention(mention.last, mention.last, "name")  # "einem Schreiben Lees"
    if mention is None or mention.kind != "description" or mention.last + 1 >= len(found):
        return mention
    by = mention.last + 1
    name = reading_on(found, by + (found[by].lower in cues.senders), cues)
    joined = found[by].lower in cues.senders or found[by].lower in cues.owners
    named = joined and name and name.kind == "name" and is_somebody(found, name, cues)
    return name if named else mention


def _leads_to_source(found: Sequence[Token], at: int, cues: Cues) -> bool:
    return found[at].lower in cues.sources


def dropped(found: Sequence[Token], verb: int, cues: Cues) -> Mention | None:
    """The verb itself as a pronoun where the language leaves "he" out and nobody follows."""
    if not cues.drops_pronoun:
        return None
    after = found[verb + 1] if verb + 1 < len(found) else None
    lists = (cues.stops, cues.joins, cues.prepositions, cues.days, cues.between, cues.conjunctions, cues.who)
    verbs = cues.verb_final and after is not None and after.lower in cues.say
    beside = after is not None and cues.between_ends and after.lower.endswith(tuple(cues.between_ends))
    alone = after is None or not after.is_word or verbs or any(after.lower in words for words in lists)
    gerund = after is not None and after.lower.endswith(tuple(cues.gerund_ends))
    alone = alone or ((bool(beside) or gerund) and after is not None and after.text.islower())
    return Mention(verb, verb, "pronoun") if alone else None


def behind_verb(found: Sequence[Token], verb: int, cues: Cues) -> Mention | None:
    """`said X`, `said on Monday the mayor, X`."""
    halved = cues.inverts and found[verb].lower in cues.say_it
    at = verb + 1 + halved  # "a fait savoir mardi Lee"
    while (
        at + 1 < len(found)
        and at < verb + 4
        and (found[at].lower in cues.days or _before_day(found, at, cues))
    ):
        at += 1
    at = over_part(found, at + 2 if _is_adverbial(found, at, cues) else at, cues)
    agency = at + 1 < len(found) and found[at].text.isupper() and not cues.articles
    at += agency and is_role(found[at + 1], cues)  # "powiedziała PAP burmistrz Lee"
    if at + 1 < len(found) and found[at].lower in cues.it and cues.verb_second:
        at += 1  # "so sieht es Lee"
    if cues.verb_second and _is_place(found, at, cues):
        at += 2  # "schrieb auf Instagram der Hafenchef Lee"
    while cues.verb_second and at + 3 < len(found) and _is_half_word(found, at):
        at += 3  # "Zoo- und Tierparkdirektor Lee"
    if at + 1 < len(found) and cues.between_ends and found[at].lower.endswith(tuple(cues.between_ends)):
        at += found[at].text.islower() and found[at + 1].is_word  # "сказал журналистам мэр"
    at = _behind_addressee(found, behind_aside(found, at, cues), cues)
    if found[at : at + 1] and found[at].lower in cues.oblique:
        return None
    if (joint := joined_roles(found, at, cues)) is not None:
        at = joint
    if (both := _two_offices(found, at, cues) or _over_attribute(found, at, cues)) is not None:
        return both
    return _subject_behind(found, at, cues)


def _subject_behind(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """Whoever a phrase at token ``at`` or behind a few small words means."""
    mention = reading_on(found, at, cues)
    if mention and mention.kind == "description":
        mention = _over_bracket(found, mention, cues)
    mention = named_beside(found, mention, cues) if mention else None
    if mention is None or mention.kind == "description":
        told = described_on(found, at, cues)
        mention = told if told and (mention is None or told.kind == "name") else mention
    if (
        mention is None
        and cues.inverts
        and cues.articles  # elsewhere an object has its own form, and is no subject
        and (name := _over_phrase(found, at, cues) or _apposed_behind(found, at, cues)) is not None
    ):
        return name
    if mention is None and (office := _office_alone(found, at, cues)) is not None:
        return office
    if mention is None and cues.inverts and not cues.articles:
        return _nominative(found, at, cues)
    if mention is None and cues.articles and (cues.inverts or cues.verb_second):
        return _before_mark(found, at, cues)
    return mention


def _over_phrase(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """The full name behind the few small words of "racconta in lacrime Ann Lee"."""
    end = at
    while end < len(found) and end - at < _PHRASE and found[end].is_word and found[end].text.islower():
        end += 1
    small = (cues.prepositions, cues.owners, cues.belongs, cues.conjunctions, cues.say, cues.who)
    if end == at or end >= len(found) or any(found[end - 1].lower in one for one in small):
        return None
    mention = reading_on(found, end, cues)
    others = (cues.titles, cues.groups, cues.he, cues.she)
    free = found[at].lower in cues.prepositions - cues.joins  # "tra le lacrime"
    rest = found[at + 2 * (free and found[at + 1].lower in cues.articles) : end]
    if any(token.lower in one for token in rest for one in (*others, cues.articles)):
        return None
    named = mention is not None and mention.kind == "name" and is_somebody(found, mention, cues)
    return mention if named else None


def _office_alone(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """The "ministryně" of "dodala ministryně", where no article says that it is somebody known."""
    if at >= len(found) or found[at].is_capital or cues.verb_final:
        return None
    word = found[at].lower
    held = (word in cues.titles and not cues.articles) or cues.base_title(word) is not None
    bare = not cues.articles or bool(cues.definite_ends)
    if not held and not (bare and word in cues.he_nouns | cues.she_nouns):
        return None
    end = at + 1
    while not cues.articles and end < min(len(found), at + _PHRASE) and _is_of_what(found[end], cues):
        end += 1  # "глава региона"
    goes_on = end < len(found) and found[end].is_word
    away = goes_on and cues.verb_second and found[end].lower in cues.prepositions | cues.joins
    return None if goes_on and not away else Mention(at, end - 1, "description")


def _is_of_what(token: Token, cues: Cues) -> bool:
    """Whether the small word behind an office may be what it is of."""
    lists = (cues.stops, cues.prepositions, cues.joins, cues.days, cues.between, cues.say)
    return token.text.islower() and not any(token.lower in one for one in lists)


def _nominative(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """The full name, perhaps with an office, behind the small words of "napisała w akcie oskarżenia prokurator Ann Lee"."""
    for place in range(at, min(at + _ASIDE, len(found))):
        token = found[place]
        if token.quotation is not None and token.end - token.start <= _AGENCY:
            continue
        if token.text == "." and found[place - 1].lower in cues.titles:
            continue  # "dr hab."
        if not token.is_word or token.lower in cues.say | cues.who | cues.conjunctions:
            break
        led = found[place - 1].lower in cues.prepositions | cues.joins
        if led or token.text.isupper() or not (token.is_capital or token.lower in cues.titles):
            continue  # "na Twitterze", "PAP", "X"
        mention = reading_on(found, place, cues)
        named = mention is not None and mention.kind == "name" and _is_of_two(found, mention, cues)
        if named or token.is_capital:
            return mention if named and is_somebody(found, mention, cues) else None
    return None


def _is_of_two(found: Sequence[Token], mention: Mention, cues: Cues) -> bool:
    """Whether the name has two words behind its titles: not "lidera Platformy"."""
    return name_start(found, mention.first, mention.last + 1, cues) < mention.last


def _apposed_behind(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """The full name of "apunta entre risas su amigo, Ann Lee": small words end in who that is, and a comma."""
    comma = next((n for n in range(at, min(len(found), at + _ASIDE)) if not found[n].text.islower()), None)
    if comma is None or comma < at + 2 or found[comma].text != ",":
        return None
    lead = next(
        (n for n in (comma - 2, comma - 3) if n >= at and found[n].lower in cues.theirs | cues.definite), None
    )
    if lead is None or (lead > 0 and found[lead - 1].lower in cues.prepositions | cues.joins):
        return None
    mention = reading_on(found, comma + 1, cues)
    named = mention is not None and mention.kind == "name" and mention.first < mention.last
    ends = mention is not None and (mention.last + 1 >= len(found) or not found[mention.last + 1].is_word)
    return mention if named and ends and is_somebody(found, mention, cues) else None


def _is_adverbial(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether "de entrada" stands before a subject with its article, not somebody who is spoken to or of."""
    if at + 2 >= len(found) or not cues.inverts or found[at].lower not in cues.owners:
        return False
    plain = found[at + 1].text.islower() and not any(
        found[at + 1].lower in words for words in (cues.titles, cues.groups)
    )
    return plain and found[at + 1].lower not in cues.articles and found[at + 2].lower in cues.articles


def behind_aside(found: Sequence[Token], at: int, cues: Cues) -> int:
    """Behind the ", por su parte," between a verb and the name of its subject."""
    if not cues.inverts or at >= len(found) or found[at].text != ",":
        return at
    close = next((n for n in range(at + 2, min(len(found), at + _ASIDE)) if found[n].text == ","), None)
    if close is None or any(token.is_capital or not token.is_word for token in found[at + 1 : close]):
        return at
    mention = reading_on(found, close + 1, cues)
    return close + 1 if mention and mention.kind == "name" and is_somebody(found, mention, cues) else at


def _two_offices(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """Read "die Familien- und Frauenministerin": one person, if no name follows."""
    if at + 4 >= len(found) or found[at].lower not in cues.articles or not _is_half_word(found, at + 1):
        return None
    named = at + 5 < len(found) and found[at + 5].is_capital
    held = found[at + 3].lower in cues.conjunctions and found[at + 4].lower in cues.titles
    return Mention(at, at + 4, "description") if held and not named else None


def _over_attribute(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """Read "der am Montag gewählte Vorsitzende der Gilde, Lee,": what is said of an office stands before it."""
    if not cues.capital_nouns or at + 2 >= len(found) or found[at].lower not in cues.definite:
        return None
    if found[at + 1].lower not in cues.prepositions | cues.contractions | cues.joins:
        return None
    for place in range(at + 2, min(at + _REACH, len(found))):
        if not found[place].is_word or found[place].lower in cues.say:
            break
        if found[place].is_capital and is_role(found[place], cues):
            mention = named_beside(found, Mention(at, place, "description"), cues)
            name = reading_on(found, place, cues)
            return name if name is not None and name.kind == "name" else mention
    return None


def _is_place(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether a preposition and a name stand there before an article and an office."""
    if at + 3 >= len(found) or found[at].lower not in cues.prepositions | cues.joins:
        return False
    office = found[at + 2].lower in cues.definite and is_role(found[at + 3], cues)
    return office and found[at + 1].is_capital and not is_role(found[at + 1], cues)


def _is_half_word(found: Sequence[Token], at: int) -> bool:
    """Whether a hyphen is all that follows, as no dash does."""
    return found[at].is_capital and found[at + 1].text == "-" and found[at + 1].start == found[at].end


def _behind_addressee(found: Sequence[Token], at: int, cues: Cues) -> int:
    """Behind the "à l'agence" of "a assuré à l'agence le secrétaire, Ann Lee"."""
    leads = cues.joins | cues.prepositions
    if not cues.inverts or at >= len(found) or found[at].lower not in leads:
        return at
    if at + 3 < len(found) and found[at + 1].lower in cues.those and found[at + 3].is_capital:
        return at + 3  # "relató a este diario Lee"
    for place in range(at + 1, min(at + _ASIDE, len(found) - 1)):
        if not found[place].is_word:
            break
        free = found[place - 1].lower not in leads and found[place].lower in cues.definite | cues.theirs
        if free and (found[place + 1].lower in cues.titles or found[place + 1].lower in cues.kin):
            return place
    return at


def _before_mark(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """The name that ends the clause of `dijo a la prensa X`, or stands behind the description that does."""
    end = at
    while end < len(found) and found[end].is_word and end - at < _REACH:
        end += 1
    marked = end > at and (end == len(found) or not found[end].is_word)
    mention = reading_back(found, end - 1, cues) if marked else None
    if mention is None or mention.first <= at:
        return None
    before = found[mention.first - 1].lower
    if before in cues.prepositions or before in cues.joins:
        return None
    mention = named_beside(found, mention, cues)
    return mention if mention.kind == "name" and is_known(found, mention, cues) else None


def _before_day(found: Sequence[Token], at: int, cues: Cues) -> bool:
    dated = found[at].lower in cues.joins or found[at].lower in cues.articles
    return found[at].lower in cues.between or (dated and found[at + 1].lower in cues.days)
