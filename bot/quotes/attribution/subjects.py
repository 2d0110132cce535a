"""Subjects and verbs: which verb a mention has, and whose verb a verb is, by the words between them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.quotes.phrases.backwards import reading_back
from bot.quotes.phrases.descriptions import described_back, named_beside
from bot.quotes.phrases.mentions import Mention, reading_on
from bot.quotes.phrases.names import is_abbreviated, is_full_name, name_start
from bot.quotes.phrases.roles import (
    OPENING,
    age_of,
    holds_office,
    is_office_of_place,
    opens_aside,
    opens_with_role,
)
from bot.text.cues import Cues
from bot.text.tokens import Token

REACH = 45
"""Tokens between a cue and its quotation; farther ones belong to something else."""
ASIDE = 25
"""Tokens of an apposition ("Lee, a painter from the old town, said")."""
_DATELINE = 8
"""Tokens within which a dateline ("MOSCOW (Agency) —") ends."""
_PARTED = 14
"""Tokens within which the second half of a verb stands ("teilte … mit")."""
_BADGE = 20
"""Characters of a quotation within an aside that is passed over."""


def says(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether the token is a say-verb; with a capital inside a sentence it is a name ("States")."""
    token = found[at]
    if token.is_capital and at > 0 and found[at - 1].is_word:
        return False
    if token.lower in cues.parted:
        return any(found[n].lower in cues.parts for n in range(at + 1, min(len(found), at + _PARTED)))
    if token.lower in cues.lets:
        return any(found[n].lower in cues.let for n in range(at + 1, min(len(found), at + _PARTED)))
    if token.lower in cues.say_it:
        return at + 1 < len(found) and found[at + 1].lower in cues.it
    if token.lower in cues.read:
        return "-" in token.text or (at > 0 and found[at - 1].lower in cues.impersonal)
    led = at > 0 and found[at - 1].lower in cues.lead_ins
    word = unelided(token, cues) if led else token.lower
    return word in cues.say or (bool(cues.clitic_ends) and cues.without_clitic(word) in cues.say)


def is_framed(found: Sequence[Token], verb: int, cues: Cues) -> bool:
    """Whether it is the second half of "hatte … geschrieben", with no other mark between than those of an aside."""
    if found[verb].lower not in cues.participles:
        return False
    return any(found[n].lower in cues.halves for n in range(max(0, verb - ASIDE), verb))


def unelided(token: Token, cues: Cues) -> str:
    """The word in lower case without an article or pronoun that an apostrophe joins to it ("l'explique")."""
    article, apostrophe, word = token.lower.partition("'")
    return word if apostrophe and word and article + apostrophe in cues.articles else token.lower


def is_plain_verb(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether the word in small letters can be a verb: it is in no list of other words."""
    if at >= len(found) or not found[at].text.islower():
        return False
    word = cues.without_clitic(found[at].lower) if cues.clitic_ends else found[at].lower
    if not word.isalpha():
        return False
    lists = (
        cues.stops, cues.articles, cues.pronouns, cues.conjunctions, cues.titles, cues.modifiers, cues.belongs,
        cues.between, cues.unsaid, cues.openers, cues.passive, cues.particles, cues.call, cues.saying, cues.who,
        cues.placards,
    )  # fmt: skip
    return not any(word in words for words in lists) and not cues.is_adverb(word)


def over_between(found: Sequence[Token], at: int, cues: Cues) -> int:
    """Where the word behind the auxiliaries at ``at`` stands ("a déclaré"); two at most."""
    stop = min(at + 2, len(found))
    verb = next((n for n in range(at, stop) if found[n].lower not in cues.between), stop)
    return over_part(found, verb, cues) if verb > at else verb


def over_part(found: Sequence[Token], at: int, cues: Cues) -> int:
    """Behind the "de son côté" or "por su parte" that may stand there."""
    if not cues.inverts or at + 3 >= len(found) or found[at + 1].lower not in cues.theirs:
        return at
    leads = (
        found[at].lower in cues.prepositions
        or found[at].lower in cues.joins
        or found[at].lower in cues.owners
    )
    noun = found[at + 2].text.islower() and not (
        found[at + 2].lower in cues.titles or found[at + 2].lower in cues.say
    )
    return at + 3 if leads and noun else at


def lies_between(token: Token, cues: Cues) -> bool:
    """Whether the word may stand between a subject and its verb ("has often not")."""
    elided = cues.inverts and "'" in token.lower
    between = token.lower in cues.between or (elided and unelided(token, cues) in cues.between)
    return between or token.lower in cues.unsaid or cues.is_adverb(token.lower)


def verb_of(found: Sequence[Token], at: int, cues: Cues) -> int | None:
    """The say-verb whose subject ended before ``at``, over an apposition or "of …"."""
    if at < len(found) and found[at].text == "(":
        at = next((n for n in range(at + 1, min(len(found), at + ASIDE)) if found[n].text == ")"), at) + 1
    if at < len(found) and found[at].text == ",":
        return _verb_behind_aside(found, at, cues)
    if at < len(found) and found[at].lower in cues.joins:
        stop = min(len(found), at + 10)
        at = next((n for n in range(at, stop) if says(found, n, cues) or not found[n].is_word), at)
    while at < len(found) and lies_between(found[at], cues):
        at += 1
    return at if at < len(found) and says(found, at, cues) else None


def _verb_behind_aside(found: Sequence[Token], at: int, cues: Cues) -> int | None:
    """The verb behind the first comma that has one right behind it."""
    for comma in range(at, min(len(found) - 1, at + ASIDE)):
        abbreviated = found[comma].text == "." and found[comma + 1].text == ","
        if is_long(found[comma]) or (found[comma].text in ".;:" and not abbreviated):
            return None
        if found[comma].text == ",":
            verb = comma + 1
            while verb < len(found) - 1 and lies_between(found[verb], cues):
                verb += 1
            if says(found, verb, cues):
                return verb
    return None


def is_long(token: Token) -> bool:
    """Whether it is a quotation that may have a speaker; a badge or a nickname in an aside has none."""
    return token.quotation is not None and token.end - token.start > _BADGE


def subject_ending(found: Sequence[Token], last: int, cues: Cues, asides: int = 2) -> Mention | None:
    """The subject whose verb follows token ``last``, over asides or a second verb."""
    word = found[last].text
    if word in {",", ")"} and asides:
        return _before_aside(found, last, cues, asides)
    if found[last].lower in cues.who:
        if last > 1 and found[last - 1].lower in cues.meanwhile:
            return main_subject(found, last, cues)  # "a la vez que aseveró"
        behind_comma = last > 0 and found[last - 1].text == ","
        end = last - 2 if behind_comma else last - 1
        if cues.inverts and behind_comma and (told := _whom_it_follows(found, end, cues)) is not None:
            return told
        return (reading_back(found, end, cues) or described_back(found, end, cues)) if last else None
    if found[last].lower in cues.conjunctions:
        return main_subject(found, last, cues)
    return reading_back(found, last, cues)


def _whom_it_follows(found: Sequence[Token], last: int, cues: Cues) -> Mention | None:
    """The name before ", quien", also behind a preposition: "le preguntó a Lee, quien señaló"."""
    first = last
    while first > 0 and found[first - 1].is_capital:
        first -= 1
    known = found[last].is_capital and found[last].lower in cues.people
    return (
        Mention(first, last, "name")
        if known and first > 0 and found[first - 1].lower in cues.prepositions
        else None
    )


def _before_aside(found: Sequence[Token], last: int, cues: Cues, asides: int) -> Mention | None:
    """The subject before ", a painter who lives in Rome, Italy," or "(R)" that ends at token ``last``."""
    opening = "(" if found[last].text == ")" else ","
    nearest: Mention | None = None
    for comma in range(last - 1, max(0, last - ASIDE), -1):
        if found[comma].quotation is not None:
            break
        if found[comma].text != opening:
            continue
        outer = subject_ending(found, comma - 1, cues, asides - 1) or described_back(found, comma - 1, cues)
        if outer and outer.first == 0 and cues.drops_pronoun and _is_opener(found, outer, cues):
            outer = None  # "Rendido, tentou …, diz"
        inner = reading_on(found, comma + 1, cues)
        ends = inner is not None and (inner.last == last - 1 or _in_brackets(found, inner.last + 1, last))
        named = ends and inner is not None and inner.kind == "name"
        # "spokesman on ports, Ann Lee," but "Lee, an engineer from the old town, Brindle,"
        links = cues.owners if inner is None or inner.first == inner.last else cues.owners | cues.joins
        office = holds_office(found, comma - 1, links, cues)
        if named and (
            office
            or (
                outer and (outer.kind == "description" or is_office_of_place(found, outer.first, comma, cues))
            )
            or found[comma - 1].lower in cues.latter  # "Dieser, Ann Lee,"
            or _is_thing(found, outer, inner, cues)
            or (opening == "," and opens_with_role(found, comma, cues))
            or (opening == "," and _opens_articled(found, comma, inner, cues))
        ):
            return inner
        if outer and (opening == "(" or opens_aside(found[comma + 1], cues)):
            return outer
        nearest = nearest or outer
    return nearest


def _in_brackets(found: Sequence[Token], first: int, end: int) -> bool:
    """Whether all that stands there is the "(LR)" behind a name."""
    closes = found[first].text == "(" and found[end - 1].text == ")"
    return closes and all(token.is_word for token in found[first + 1 : end - 1])


def _is_thing(found: Sequence[Token], outer: Mention | None, inner: Mention | None, cues: Cues) -> bool:
    """Whether one capital word that is in no list stands before the comma, and a full name behind it: "Nobel, Ann Lee,"."""
    if not cues.inverts or outer is None or inner is None or outer.first != outer.last:
        return False
    word = found[outer.first].lower
    unknown = not any(word in one for one in (cues.people, cues.given, cues.titles))
    return unknown and is_full_name(found, inner.first, inner.last + 1, cues)


def _opens_articled(found: Sequence[Token], comma: int, name: Mention | None, cues: Cues) -> bool:
    """Whether an article and small words alone open the sentence before a full name: "Il suo legale, Ann Lee,"."""
    if not cues.inverts or name is None or not 1 < comma <= OPENING or found[0].lower not in cues.definite:
        return False
    small = all(token.text.islower() and token.lower not in cues.say for token in found[1:comma])
    return small and is_full_name(
        found, name_start(found, name.first, name.last + 1, cues), name.last + 1, cues
    )


def before_day(found: Sequence[Token], last: int, cues: Cues) -> int:
    """Over the "on Monday" of `X on Monday said`."""
    if last > 1 and found[last].lower in cues.days and found[last - 1].lower in cues.joins:
        return last - 2
    return last - 1 if last > 0 and found[last].lower in cues.days else last


def main_subject(found: Sequence[Token], before: int, cues: Cues) -> Mention | None:
    """The subject of the sentence, when it is plain: the first phrase, or the first behind a comma."""
    first = 0
    for at in range(min(before, _DATELINE)):
        if found[at].text in ":—–-" or (
            at == first and (not found[at].is_word or _sets_scene(found[at], cues))
        ):
            first = at + 1
    mention = _first_phrase(found, first, before, cues)
    if mention is None:
        commas = [n for n in range(first, min(before, first + REACH)) if found[n].text == ","]
        if found[0].lower not in cues.asked:
            commas = commas[:1]  # "Interrogé sur le vote, un échec, il"
        phrases = (
            _first_phrase(found, comma + 1, before, cues)
            for comma in commas
            if found[comma + 1].lower not in cues.oblique
        )
        mention = next((one for one in phrases if one is not None), None)
    if cues.verb_second and (mention is None or _is_no_subject(found, mention, cues)):
        mention = _behind_finite(found, first, before, cues) or mention
    return mention


def _is_no_subject(found: Sequence[Token], mention: Mention, cues: Cues) -> bool:
    """Whether it is the "das" of "Das sieht Lee anders" or the "Anders" of "Anders sieht das Lee": somebody behind the verb is."""
    word = found[mention.first].lower
    if mention.kind == "pronoun":
        return word in cues.things
    return mention.first == mention.last and word in cues.doubtful and word not in cues.people


def _behind_finite(found: Sequence[Token], first: int, before: int, cues: Cues) -> Mention | None:
    """Read "Zugleich verteidigte sie": the subject right behind the verb, where a sentence opens with something else."""
    aside = False
    for verb in range(first, min(before - 1, first + _DATELINE)):
        if not found[verb].is_word and found[verb].text != ",":
            return None
        aside |= not found[verb].is_word
        turned = found[verb - 1].text == "," and found[verb + 1].lower in cues.he | cues.she
        if not (turned or is_plain_verb(found, verb, cues) or found[verb].lower in cues.copulas):
            continue
        at = verb + 1
        while at < before - 1 and (
            found[at].lower in cues.between
            or (found[at].lower in cues.things and _is_object(found, at, cues))
        ):
            at += 1  # "Skeptisch zeigt sich auch Lee", "Anders sieht das Lee"
        polite = found[at].is_capital  # "Doch lesen Sie"
        if not polite and (found[at].lower in cues.he or found[at].lower in cues.she):
            return Mention(at, at, "pronoun")
        mention = reading_on(found, at, cues)
        if mention is not None and mention.kind == "description" and age_of(found[mention.last], cues):
            return mention  # "ließ der 36-Jährige offen"
        if aside:
            return None  # "Geboren als Tochter eines Lotsen, wollte sie", but no name
        noun = found[at].lower in cues.articles and mention is not None and mention.first == mention.last
        if mention is not None and not noun and mention.kind == "name" and mention.last < before:
            words = {token.lower for token in found[mention.first : mention.last + 1]}
            known = any(not words.isdisjoint(names) for names in (cues.people, cues.given, cues.titles))
            return mention if known and words.isdisjoint(cues.bodies) else None
    return None


def _is_object(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether it is the "das" of "Anders sieht das der Bürgermeister Lee", and no article."""
    named = found[at + 1].lower in cues.given and any(one.is_capital for one in found[at + 2 : at + 3])
    return named or any(found[at + 1].lower in words for words in (cues.articles, cues.people, cues.titles))


def _sets_scene(token: Token, cues: Cues) -> bool:
    """Whether it is of the "However, last week" before a subject."""
    stops = token.lower in cues.stops and token.lower not in cues.conjunctions
    opens = token.lower in cues.openers and token.lower not in cues.articles and not stops
    return (opens or token.lower in cues.times) and token.lower not in cues.pronouns


def _first_phrase(found: Sequence[Token], first: int, before: int, cues: Cues) -> Mention | None:
    mention = reading_on(found, first, cues)
    if mention is None or mention.last + 1 > before or _is_opener(found, mention, cues):
        return None
    object_first = (
        found[first].lower in cues.oblique and mention.kind == "description"
    )  # "Dem Boten sagte sie"
    following = found[mention.last + 1]
    known = found[mention.first].lower in cues.given
    if object_first or (not known and is_abbreviated(found, mention.first, mention.last + 1)):
        return None
    if following.text == "," and _is_list(found, mention.last + 2, cues):
        return None
    if (beside := named_beside(found, mention, cues)) is not mention:
        return beside
    if following.text in ",(:" or following.lower in cues.joins:
        return mention
    joined = following.lower in {"'s", "and", "or"} or _joins_another(found, mention.last + 1, cues)
    return mention if following.is_word and not joined else None


def _joins_another(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether it is the "i" of "Ann Lee i Bo Moss"; in German a noun may follow that is the same one's."""
    behind = found[at + 1 : at + 2]
    return (
        found[at].lower in cues.conjunctions
        and not cues.capital_nouns
        and behind != []
        and behind[0].is_capital
    )


def _is_list(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether a second name follows with a third, so that several people say it."""
    other = reading_on(found, at, cues)
    if other is None or other.kind != "name" or other.last + 1 >= len(found):
        return False
    third = reading_on(found, other.last + 2, cues) if found[other.last + 1].text == "," else None
    return found[other.last + 1].lower in cues.conjunctions or (third is not None and third.kind == "name")


def _is_opener(found: Sequence[Token], mention: Mention, cues: Cues) -> bool:
    """Whether a single capital word at the start ("Reached", "Weighing") is nobody known."""
    word = found[mention.first]
    return (
        mention.kind == "name"
        and mention.first == mention.last
        and word.lower not in cues.people
        and word.lower not in cues.given
    )


def is_somebody(found: Sequence[Token], mention: Mention | None, cues: Cues) -> bool:
    """Whether it is known to speak, or is a full name, which a say-verb beside it announces."""
    if mention is None or is_known(found, mention, cues):
        return mention is not None
    first = name_start(found, mention.first, mention.last + 1, cues)
    initial = len(found[first].text) == len("B.")
    return mention.kind == "name" and not initial and is_full_name(found, first, mention.last + 1, cues)


def is_known(found: Sequence[Token], mention: Mention | None, cues: Cues) -> bool:
    """Whether it is a pronoun, or has a role, a first name or the name of somebody in the article."""
    if mention is None or mention.kind == "pronoun":
        return mention is not None
    if mention.kind == "description" and age_of(found[mention.last], cues) is not None:
        return True
    words = {token.lower for token in found[mention.first : mention.last + 1]}
    if cues.inverts:
        words |= {word.partition("'")[2] for word in words if "'" in word}  # "l'édile"
    return any(words & known for known in (cues.people, cues.given, cues.titles, cues.groups))
