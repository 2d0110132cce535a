"""Where an article says what a person is, to be shown beside the name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.model import Span
from bot.quotes.phrases.appositions import affiliation, apposition, in_clause
from bot.quotes.phrases.roles import is_quality_of_title
from bot.text.cues import Cues
from bot.text.tokens import Token

_ROLE = 14
"""Words that say what a person is; more are a sentence."""
_NAMING = frozenset({"named", "called", "namens", "nommé", "nommée", "llamado", "llamada"})
"""What stands between what somebody is and the name: "an engineer named Ann Lee"."""
_ADJECTIVES = ("e", "er", "en", "es", "em")
"""How a German adjective ends."""


def role_beside(found: Sequence[Token], first: int, end: int, cues: Cues) -> Span | None:
    """What the article calls the person whose name stands there: behind the name, or before it."""
    if clause := _leads(found, end, cues):
        return clause
    behind = apposition(found, first, end, cues)
    if place := behind or _office(found, first, cues):
        start, stop = place
        stop = _before_time(found, start, stop, cues)
        while start + 1 < stop and (
            found[stop - 1].lower in cues.courtesy or found[stop - 1].lower in _NAMING
        ):
            stop -= 1
        while start < stop and _opens_before(found[start], cues):
            start += 1
        if behind or _is_told(found, start, stop, cues):
            return Span(found[start].start, found[stop - 1].end)
    if place := in_clause(found, end, cues) or affiliation(found, first, end, cues):
        return Span(found[place[0]].start, found[place[1] - 1].end)
    return None


def trade_in(found: Sequence[Token], role: Span, cues: Cues) -> str:
    """The noun, in lower case, of what a role says somebody is: "plumber" of "retired plumber from Averne"; empty for none.

    Where adjectives stand behind their noun it is the first word that is none of a list of adjectives, else the last before
    what the role is of.
    """
    words = [token for token in found if role.start <= token.start and token.end <= role.end]
    lists = (cues.owners, cues.joins, cues.prepositions, cues.conjunctions, cues.who)
    stop = next(
        (n for n, token in enumerate(words) if not token.is_word or any(token.lower in one for one in lists)),
        len(words),
    )
    nouns = [token.lower for token in words[:stop] if token.lower not in cues.modifiers | cues.articles]
    return (nouns[0] if cues.inverts else nouns[-1]) if nouns else ""


def party(found: Sequence[Token], end: int, cues: Cues) -> Span | None:
    """The "CDU" of "Ann Lee (CDU)", whose bracket is token ``end``: a short form, or a party by its name."""
    if end + 2 >= len(found) or found[end + 2].text != ")":
        return None
    inside = found[end + 1]
    short = inside.text.isupper() and inside.text.isalpha() and len(inside.text) > 1
    return Span(inside.start, inside.end) if short or inside.lower in cues.parties else None


def _opens_before(token: Token, cues: Cues) -> bool:
    """Whether the word stands before a role and is none of it: "the", "el mismo"."""
    return token.lower in cues.articles or token.text in "'’" or token.lower in cues.same


def _is_told(found: Sequence[Token], start: int, stop: int, cues: Cues) -> bool:
    """Whether the words before a name say what somebody is."""
    words = [token.lower for token in found[start:stop]]
    if not words or (len(words) > _ROLE // 2 and not any(word in cues.owners for word in words)):
        return False
    if any((word in cues.titles or word in cues.kin) and word not in cues.courtesy for word in words):
        return True
    trade = _is_person(found[stop - 1], cues)
    return trade and cues.conjunctions.isdisjoint(words)  # "Lee and tattoo artist Bo Kim"


def _is_person(token: Token, cues: Cues) -> bool:
    """Whether no word but one for a person ends so: "the poster Lee held" is no role, "filmmaker Lee" one."""
    endings = tuple(cues.person_endings)
    return (
        bool(endings) and token.text.islower() and token.text[0].isalpha() and token.lower.endswith(endings)
    )


def _leads(found: Sequence[Token], end: int, cues: Cues) -> Span | None:
    """The "who leads the rescue" of "Ann Lee, who leads the rescue,": a clause that tells an office by its verb."""
    if end + 2 >= len(found) or found[end].text != "," or found[end + 1].lower not in cues.who:
        return None
    stop = next((n for n in range(end + 1, len(found)) if not found[n].is_word), len(found))
    stop = _before_time(found, end + 1, min(stop, end + 1 + _ROLE), cues)
    closed = stop == len(found) or stop <= end + _ROLE
    leads = {found[end + 2].lower, found[stop - 1].lower}  # in German the verb stands at the end
    return Span(found[end + 1].start, found[stop - 1].end) if closed and leads & cues.leads else None


def _office(found: Sequence[Token], first: int, cues: Cues) -> tuple[int, int] | None:
    """Tokens of "mayor of the old town" before the name, with a comma between or without."""
    stop = first - 1 if first > 0 and found[first - 1].text == "," else first
    at = stop
    while (
        at > 0
        and stop - at < _ROLE
        and _is_of_office(found[at - 1], cues)
        and not _is_of_the_sentence(found, at - 1, cues)
    ):
        at -= 1
        if found[at].lower in cues.articles and not cues.owners & {found[at - 1].lower, found[at].lower}:
            break
    owned = any(token.lower == "'s" for token in found[at:stop])
    alone = stop == first or owned or (first < len(found) and at < stop and _is_articled(found[at], cues))
    clause = _behind_clause(found, at, stop, cues)
    if clause > at and stop < first:
        return None
    at = _behind_another(found, clause, stop, cues) if stop == first else clause
    if stop < first and owned and not _is_articled(found[at], cues):
        at = next((n for n in range(at, stop) if found[n].is_capital), at)
    held = next((n for n in range(at, stop) if found[n].lower in cues.owners), None)
    if held is not None and not _holds(found, held, at, cues):
        at = held + 1
    at = _behind_joints(found, at, stop, cues)
    at = _titled_from(found, _behind_time(found, at, stop, cues), stop, cues)
    if stop < first and at + 2 < stop and _is_another(found, stop, cues):
        return None
    if stop == first and not (
        found[stop - 1].is_capital
        or found[stop - 1].lower in cues.titles
        or found[stop - 1].lower in cues.kin
        or _is_person(found[stop - 1], cues)
        or is_quality_of_title(found, stop - 1, cues)
        or held
    ):
        return None
    return (at, stop) if at < stop and alone else None


def _behind_clause(found: Sequence[Token], at: int, stop: int, cues: Cues) -> int:
    """Behind the last verb, name or "to" among those tokens that ends what belongs to somebody else.

    Read "Hillary Clinton and Sen.", "Video shows Deputy" and "vote to professor", but "envoy to Drovia".
    """
    for n in range(stop - 1, at, -1):
        word, before = found[n].lower, found[n - 1]
        if word in cues.conjunctions and word in cues.stops:
            held = before.lower in cues.titles or before.lower in cues.of_titles
            joins = word in cues.belongs or word in cues.unsaid
            if (joins and not held) or (not joins and not held and _ends_name(found, n, at, cues)):
                return n + 1
        elif _parts(found, n, stop, cues):
            return n + 1
    return at


def _ends_name(found: Sequence[Token], n: int, at: int, cues: Cues) -> bool:
    """Whether a name stands before the "and" at token ``n``, and somebody's title behind it.

    "The Crown and Anchor landlord" has an article, "former Gazette and Herald editor" a modifier. One
    capital word may be a name in English alone, where no list has it; German nouns are none.
    """
    start = n
    while start > at and found[start - 1].is_capital:
        start -= 1
    before, behind = found[start - 1].lower if start > 0 else "", found[n + 1]
    part_of_it = any(before in words for words in (cues.articles, cues.owners, cues.modifiers))
    if start == n or part_of_it or (n - start == 1 and not cues.acts):
        return False
    titled = behind.is_capital or behind.lower in cues.titles or behind.lower in cues.modifiers
    known = not cues.capital_nouns or found[n - 2].lower in cues.given
    body = any(found[one].lower in cues.bodies for one in range(start, n))
    return titled and known and not body and found[n - 1].lower not in cues.modifiers


def _parts(found: Sequence[Token], n: int, stop: int, cues: Cues) -> bool:
    """Whether a small word between two phrases is a verb: "driver met Minister", "jury awarded retired"."""
    token, before = found[n], found[n - 1]
    if not cues.acts or n + 1 >= stop or not token.text.isalpha() or not token.text.islower():
        return False
    apart = (
        cues.articles, cues.owners, cues.conjunctions, cues.modifiers, cues.days, cues.times, cues.titles,
    )  # fmt: skip
    phrase = before.lower in cues.titles or not any(before.lower in words for words in apart)
    if not phrase or not before.is_word or before.lower == "'s" or cues.is_adverb(before.lower):
        return False
    if any(token.lower in words for words in (*apart, cues.groups, cues.kin, cues.of_titles)):
        return False
    behind = found[n + 1]
    opens = behind.is_capital or behind.lower in cues.articles or behind.lower in cues.modifiers
    if token.lower.endswith("ed"):
        return opens or behind.lower in cues.titles
    return opens and (token.lower in cues.acts or token.lower.endswith("ing"))


def _behind_another(found: Sequence[Token], at: int, stop: int, cues: Cues) -> int:
    """Where in "wife of jailed editor" and "spokesman for Speaker" the role of the name itself begins.

    What a body of that name does is one phrase: "University of the Isles professor".
    """
    last = found[stop - 1].lower
    if cues.title_endings or (last not in cues.titles and last not in cues.kin):
        return at
    for n in range(stop - 2, at, -1):
        if found[n].lower in cues.conjunctions:
            return at
        if found[n].lower in cues.owners:
            before = found[n - 1]
            person = before.lower in cues.titles or before.lower in cues.kin
            office = person and found[n + 1].lower in cues.of_titles and found[n + 1].lower not in cues.bodies
            return n + 1 if (before.text.islower() or person) and not office else at
    return at


def _holds(found: Sequence[Token], owner: int, at: int, cues: Cues) -> bool:
    """Whether before the "of" at token ``owner`` stands an office ("mayor of") or a body ("the Party for Ports leader")."""
    before = found[owner - 1]
    office = before.lower in cues.titles or before.lower in cues.modifiers
    office |= is_quality_of_title(found, owner - 1, cues)
    return owner > at and (office or (before.is_capital and before.lower in cues.bodies))


def _is_another(found: Sequence[Token], stop: int, cues: Cues) -> bool:
    """Whether the words before a comma name somebody else, with a title: "the activist Bo Lee, Ann Lee said"."""
    named = found[stop - 2].is_capital and found[stop - 1].is_capital
    return named and found[stop - 3].lower in cues.titles and not found[stop - 3].is_capital


def _is_of_the_sentence(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Where nouns have capitals, whether a small word before a title is its verb or object, no adjective.

    An adjective stands behind an article, another adjective or a genitive ("Brindles neue Leiterin").
    """
    token, before = found[at], found[at - 1]
    lists = (cues.articles, cues.owners, cues.modifiers, cues.titles, cues.kin, cues.conjunctions)
    small = token.text.islower() and not any(token.lower in words for words in lists)
    if not cues.title_endings or not small:
        return False
    own = token.lower in cues.he_forms or token.lower in cues.she_forms
    if own or not token.lower.endswith(_ADJECTIVES):
        return True
    return at > 0 and before.is_capital and before.lower not in cues.articles and before.text[-1] != "s"


def _behind_joints(found: Sequence[Token], at: int, stop: int, cues: Cues) -> int:
    """Behind small words, and behind the outlet of "zitiert die Zeitung Vereinschef", which follows its verb."""
    while at < stop and _is_joint(found[at], cues):
        at += 1
    if not cues.verb_second or at < 2 or at + 1 >= stop:
        return at
    verb, article, outlet = found[at - 2 : at + 1]
    quoting = verb.lower in cues.quoted and article.lower in cues.articles
    return at + 1 if quoting and outlet.is_capital else at


def _behind_time(found: Sequence[Token], at: int, stop: int, cues: Cues) -> int:
    """Behind the "days" of "Within days deputy fire chief Lee"; the "night" of "the night club owner" stays."""
    if at > 0 and found[at - 1].lower in cues.articles:
        return at
    first = at
    while first < stop and (found[first].lower in cues.times or found[first].lower in cues.days):
        first += 1
    dated = any(token.lower in cues.days for token in found[at:first])
    led = at > 0 and (found[at - 1].lower in cues.stops or _is_joint(found[at - 1], cues))
    return first if dated or led else at


def _before_time(found: Sequence[Token], start: int, stop: int, cues: Cues) -> int:
    """Before the "on Monday" or "since last week" that a role goes on with, and before a number cut in two."""
    ends = next(
        (
            n
            for n in range(start + 1, stop)
            if found[n].lower in cues.days or found[n].lower in cues.role_ends or _tells_where(found, n, cues)
        ),
        stop,
    )
    if ends == stop and stop < len(found) and found[stop].text == "." and found[stop - 1].text.isdecimal():
        ends -= 1
    if ends == stop:
        return stop
    small = (cues.joins, cues.articles, cues.openers, cues.owners)
    while ends > start + 1 and any(found[ends - 1].lower in words for words in small):
        ends -= 1
    return ends


def _tells_where(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether "in an email to us" begins there, which is no part of a role."""
    if at + 1 >= len(found) or not (found[at].lower in cues.joins or found[at].lower in cues.prepositions):
        return False
    noun = at + 1 + (found[at + 1].lower in cues.articles - cues.definite)
    return noun < len(found) and found[noun].text.islower() and found[noun].lower in cues.channels


def _titled_from(found: Sequence[Token], at: int, stop: int, cues: Cues) -> int:
    """Where the title begins of "a speech of two hours Mayor Lee": small words before it belong elsewhere."""
    capital = next((n for n in range(at, stop) if found[n].is_capital), at)
    small = {found[n].lower for n in range(at, capital)}
    part_of_it = (cues.titles, cues.modifiers, cues.kin)
    return capital if all(words.isdisjoint(small) for words in part_of_it) else at


def _is_of_office(token: Token, cues: Cues) -> bool:
    if token.lower == "'s" or token.lower in cues.owners or token.lower in cues.articles:
        return True
    if not token.is_word or (token.lower in cues.stops and token.lower not in cues.conjunctions):
        return False
    return not any(token.lower in words for words in (cues.say, cues.call, cues.between, cues.pronouns))


def _is_joint(token: Token, cues: Cues) -> bool:
    if (token.lower in cues.openers and token.lower not in cues.titles) or token.text.isdecimal():
        return True
    return (token.lower in cues.owners or token.lower in cues.conjunctions) and not token.is_capital


def _is_articled(token: Token, cues: Cues) -> bool:
    return token.lower in cues.articles or token.lower in cues.titles
