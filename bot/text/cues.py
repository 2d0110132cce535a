"""What a language says beside a quotation."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from types import MappingProxyType

Words = frozenset[str]
NONE: Words = frozenset()
ARABIC: Words = frozenset({"al", "el", "bin", "ibn", "ben", "bint", "аль", "эль", "бин", "ибн", "бен"})
"""Particles of Arabic names, in small letters between the others in every language: "Khalid bin Rashid al Noor"."""


@dataclass(frozen=True)
class Cues:
    """The word lists of one language, all in lower case; ``cues_en.toml`` says what each is for.

    Where ``verb_second``, the subject may stand behind the verb wherever it does not open the
    sentence; where it ``inverts``, it stands there behind a quotation. Where ``cue_inside``, a cue between dashes may
    stand inside the quotation marks, where ``cue_within_commas`` one between commas.
    Where it ``drops_pronoun``, a say-verb alone means whoever spoke last; where ``verb_final``, the verb
    stands right behind the quotation and its subject opens the sentence. With ``one_pronoun`` the same
    word is "he" and "she". With ``capital_nouns`` every noun has a capital. ``name_forms`` are ends of last names in other cases, each with the end of
    the name itself, the longest first.
    In a language with ``title_endings`` and ``group_endings`` words are joined: what ends like a title
    ("Fed-Vizechef") is one. ``doubtful`` are first names, here or elsewhere, that open sentences ("Will", "Per").
    ``family_first`` are family names that stand before the first name ("Wang Xiulan"), in every language.
    Behind a ``regal`` title a single name is a whole one ("Pope Leo"); such a title is one of ``titles``, too.
    ``he_nouns`` and ``she_nouns`` may mean whoever spoke last; ``definite_ends`` are the articles that a noun ends in.
    ``clitic_ends`` are the pronouns that a verb ends in. ``he_verbs`` and ``she_verbs`` are how say-verbs end whose subject is a man or a woman, ``he_names`` and ``she_names`` how
    last names end that tell it, ``between_ends`` how words end that stand between a say-verb and its subject: nouns that somebody speaks
    to ("сказал журналистам мэр"), and how it is said ("contó emocionada Ana").
    ``title_forms`` are the same of titles. The table ``title_cases`` of a file adds titles in other cases, ``verb_forms`` say-verbs in other tenses, each by the end of a word.
    ``those`` before one of ``last_named`` means whoever was named last ("ce dernier").
    ``objects`` and ``people`` are of one article, not of a language: nouns behind names, and the last names of those
    whom it names in full.
    """

    say: Words
    titles: Words
    he: Words
    she: Words
    call: Words = NONE
    views: Words = NONE
    saying: Words = NONE
    ask: Words = NONE
    you: Words = NONE
    answers: Words = NONE
    asked: Words = NONE
    addresses: Words = NONE
    ask_for: Words = NONE
    born: Words = NONE
    between: Words = NONE
    clitics: Words = NONE
    clitic_ends: Words = NONE
    resumes: Words = NONE
    passive: Words = NONE
    unsaid: Words = NONE
    accord: Words = NONE
    accord_to: Words = NONE
    accord_by: Words = NONE
    hearsay: Words = NONE
    passes_on: Words = NONE
    concerns: Words = NONE
    accord_first: Words = NONE
    accord_behind: Words = NONE
    accord_with: Words = NONE
    theirs: Words = NONE
    turns: Words = NONE
    recalls: Words = NONE
    tells: Words = NONE
    thus: Words = NONE
    likewise: Words = NONE
    read: Words = NONE
    resumed: Words = NONE
    compare: Words = NONE
    impersonal: Words = NONE
    sources: Words = NONE
    oblique: Words = NONE
    by: Words = NONE
    described: Words = NONE
    participle_ends: Words = NONE
    of_ends: Words = NONE
    senders: Words = NONE
    say_it: Words = NONE
    it: Words = NONE
    parted: Words = NONE
    oblique_ends: Words = NONE
    parts: Words = NONE
    lets: Words = NONE
    let: Words = NONE
    minds: Words = NONE
    called: Words = NONE
    speeches: Words = NONE
    replies: Words = NONE
    latter: Words = NONE
    last_named: Words = NONE
    those: Words = NONE
    things: Words = NONE
    lead_ins: Words = NONE
    quoted: Words = NONE
    works: Words = NONE
    placards: Words = NONE
    boards: Words = NONE
    bears: Words = NONE
    upon: Words = NONE
    pages: Words = NONE
    stands: Words = NONE
    surfaces: Words = NONE
    imagined: Words = NONE
    sayings: Words = NONE
    he_forms: Words = NONE
    she_forms: Words = NONE
    other_pronouns: Words = NONE
    articles: Words = NONE
    definite: Words = NONE
    contractions: Words = NONE
    determiners: Words = NONE
    belongs: Words = NONE
    owners: Words = NONE
    joins: Words = NONE
    prepositions: Words = NONE
    days: Words = NONE
    times: Words = NONE
    make: Words = NONE
    plain: Words = NONE
    relatives: Words = NONE
    who: Words = NONE
    leads: Words = NONE
    claims: Words = NONE
    claimed: Words = NONE
    dubs: Words = NONE
    recites: Words = NONE
    how: Words = NONE
    what: Words = NONE
    hears: Words = NONE
    denies: Words = NONE
    fakes: Words = NONE
    having: Words = NONE
    conditions: Words = NONE
    indefinite: Words = NONE
    counterparts: Words = NONE
    than: Words = NONE
    idioms: Words = NONE
    numbers: Words = NONE
    persons: Words = NONE
    named: Words = NONE
    person_endings: Words = NONE
    acts: Words = NONE
    conjunctions: Words = NONE
    particles: Words = NONE
    of_titles: Words = NONE
    modifiers: Words = NONE
    kin: Words = NONE
    bodies: Words = NONE
    place_starts: Words = NONE
    name_ends: Words = NONE
    groups: Words = NONE
    openers: Words = NONE
    stops: Words = NONE
    male: Words = NONE
    female: Words = NONE
    male_titles: Words = NONE
    female_titles: Words = NONE
    adverbs: Words = NONE
    title_endings: Words = NONE
    trade_endings: Words = NONE
    role_endings: Words = NONE
    role_nouns: Words = NONE
    no_roles: Words = NONE
    affiliates: Words = NONE
    group_endings: Words = NONE
    reported_mood: Words = NONE
    mood_subjects: Words = NONE
    no_mood: Words = NONE
    finite: Words = NONE
    copulas: Words = NONE
    becomes: Words = NONE
    own: Words = NONE
    origins: Words = NONE
    halves: Words = NONE
    participles: Words = NONE
    indirect: Words = NONE
    epithets: Words = NONE
    documents: Words = NONE
    wordings: Words = NONE
    reception: Words = NONE
    oneself: Words = NONE
    predicates: Words = NONE
    years_old: Words = NONE
    voices: Words = NONE
    courtesy: Words = NONE
    degrees: Words = NONE
    same: Words = NONE
    channels: Words = NONE
    parties: Words = NONE
    regal: Words = NONE
    offices: Words = NONE
    contrasts: Words = NONE
    departments: Words = NONE
    role_ends: Words = NONE
    doubtful: Words = NONE
    family_first: Words = NONE
    he_articles: Words = NONE
    she_articles: Words = NONE
    people: Words = NONE
    objects: Words = NONE
    he_nouns: Words = NONE
    she_nouns: Words = NONE
    definite_ends: Words = NONE
    he_verbs: Words = NONE
    she_verbs: Words = NONE
    he_names: Words = NONE
    she_names: Words = NONE
    between_ends: Words = NONE
    gerund_ends: Words = NONE
    meanwhile: Words = NONE
    verb_second: bool = False
    inverts: bool = False
    cue_inside: bool = False
    cue_within_commas: bool = False
    drops_pronoun: bool = False
    verb_final: bool = False
    one_pronoun: bool = False
    capital_nouns: bool = False
    same_roles: MappingProxyType[str, Words] = field(default_factory=lambda: MappingProxyType({}))
    abbreviated: MappingProxyType[str, str] = field(default_factory=lambda: MappingProxyType({}))
    name_forms: tuple[tuple[str, str], ...] = ()
    title_forms: tuple[tuple[str, str], ...] = ()
    nationality: MappingProxyType[str, Words] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def pronouns(self) -> Words:
        """Every word that stands for a person and names none."""
        return self.he | self.she | self.other_pronouns

    @cached_property
    def given(self) -> Words:
        """The first names that tell the sex."""
        return _both(self.male, self.female)

    def reading(self, words: AbstractSet[str]) -> Cues:
        """These cues, with the joined words of one article sorted in; ``words`` are in lower case."""
        fresh = words - self.titles - self.groups - self.given
        titles = joined(fresh, self.title_endings, self.titles)
        groups = joined(fresh - titles, self.group_endings, self.groups)
        if not titles and not groups:
            return self
        told = [
            {word for word in titles if _ends(word, sexed, sexed)}
            for sexed in (self.male_titles, self.female_titles)
        ]
        return replace(
            self,
            titles=self.titles | titles,
            groups=self.groups | groups,
            bodies=self.bodies | groups,
            male_titles=self.male_titles | told[0],
            female_titles=self.female_titles | told[1],
        )

    def naming(self, people: Words) -> Cues:
        """These cues in an article where those are last names of ``people``, and so no titles, groups or bodies."""
        return replace(
            self,
            people=people,
            titles=_without(self.titles, people),
            groups=_without(self.groups, people),
            bodies=_without(self.bodies, people),
        )

    def is_foreign(self, word: str) -> bool:
        """Whether the adjective says whose somebody is: "russische", "grünen"."""
        return not word.islower() or any(word.endswith(ending) for ending in self.origins)

    def called_else(self, role: str) -> tuple[str, ...]:
        """What else an article calls whoever holds the role: the "VW-Boss" is its "VW-Chef"."""
        head = role if role in self.same_roles else role.rpartition("-")[2]
        start = role.removesuffix(head)
        return tuple(start + word for word in self.same_roles.get(head, NONE))

    def base_title(self, word: str) -> str | None:
        """The title without the article that it ends in: "havnesjefen"."""
        stems = (word.removesuffix(end) for end in self.definite_ends if word.endswith(end))
        return next((stem for stem in stems if stem in self.titles), None)

    def office_in(self, word: str) -> str | None:
        """Which of the ``offices`` it is, or is joined of where words are joined: "minister" of "finansminister"."""
        if word in self.offices or not self.title_endings:
            return word if word in self.offices else None
        return next((one for one in self.offices if word.endswith(one)), None)

    def are_apart(self, one: str, other: str) -> bool:
        """Whether they are two of the ``departments``: "Verkehrsminister" and "Finanzminister", not "Minister" and either."""
        common = next(
            (word for word in self.departments if one.endswith(word) and other.endswith(word)), None
        )
        whole = common in {one, other} or one.endswith(other) or other.endswith(one)
        return common is not None and not whole

    def title_cases_of(self, word: str) -> list[str]:
        """The titles that the word may be another case of: "burmistrza", "starosty"."""
        forms = (word.removesuffix(end) + own for end, own in self.title_forms if word.endswith(end))
        return [form for form in forms if form in self.titles]

    def without_clitic(self, word: str) -> str:
        """The verb of "disse-lhe" and "queixa-se", or the word."""
        end = next((end for end in self.clitic_ends if word.endswith(end)), "")
        return word.removesuffix(end)

    def pronoun_of_verb(self, word: str) -> str | None:
        """The "he" or "she" whom a say-verb tells by its ending: Polish "dodała"."""
        for pronouns, ends in ((self.she, self.she_verbs), (self.he, self.he_verbs)):
            if ends and word.endswith(tuple(ends)):
                return min(pronouns)
        return None

    def sexes_of_name(self, last: str) -> tuple[bool, bool]:
        """Whether the end of a last name tells a man, and a woman: "Nowacki", "Nováková"."""
        return last.endswith(tuple(self.he_names)), last.endswith(tuple(self.she_names))

    def is_adverb(self, word: str) -> bool:
        """Whether the ending shows an adverb of manner, such as may stand before a verb."""
        return word.endswith(self._adverb_endings)

    @cached_property
    def _adverb_endings(self) -> tuple[str, ...]:
        return tuple(self.adverbs)


@lru_cache(maxsize=64)
def _both(some: Words, others: Words) -> Words:
    """Their union, made once for a language and not for each article that has cues of its own."""
    return some | others


@lru_cache(maxsize=64)
def _tails(endings: Words) -> tuple[str, ...]:
    """The endings as the one call of ``endswith`` wants them."""
    return tuple(endings)


def _without(words: Words, others: Words) -> Words:
    """The words that are none of the others: the same set where none is, for it is a large one."""
    return words if words.isdisjoint(others) else words - others


def joined(words: AbstractSet[str], endings: Words, whole: Words) -> set[str]:
    """Those of the words that are joined of another and one of these; few end like one or have a hyphen."""
    tails = _tails(endings)
    likely = (word for word in words if word.endswith(tails) or "-" in word)
    return {word for word in likely if _ends(word, endings, whole)}


def _ends(word: str, endings: Words, whole: Words) -> bool:
    """Whether the word is joined of another and one of these: "Vizechef", "ex-president"."""
    _, hyphen, tail = word.rpartition("-")
    if hyphen and tail in whole:
        return True
    if word not in endings:
        return word.endswith(_tails(endings))
    return any(word.endswith(ending) and len(word) > len(ending) for ending in endings)
