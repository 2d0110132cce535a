"""From a mention to a person: names, descriptions and pronouns of one article.

Silence is the answer to every doubt: two people of one surname, two people whom "he" may mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.model import Article, Span
from bot.quotes.attribution.subjects import main_subject, says
from bot.quotes.attribution.verbs import Attribution, inverted
from bot.quotes.people.cast import People
from bot.quotes.people.descriptions import Descriptions
from bot.quotes.people.person import Person, Speaker, disagrees, is_inflected
from bot.quotes.people.pronouns import Antecedents, Sighting
from bot.quotes.people.ranks import (
    is_apposed,
    is_behind_verb,
    is_office,
    pronouns_beside,
    rank_of,
    unnamed,
)
from bot.quotes.people.whole_names import objects_of
from bot.quotes.phrases.descriptions import described_on, named_beside
from bot.quotes.phrases.mentions import Mention, pronoun_of, reading_on
from bot.quotes.phrases.names import is_noun, name_start, run_end
from bot.quotes.phrases.roles import is_elided_title
from bot.text.cues import NONE, Cues
from bot.text.tokens import Token, opening_of, tokens

_CONTRAST = 5
"""Tokens of ", por su parte,"."""
_HEADING = 100
"""Characters of a line that is no paragraph."""


class Speakers:
    """The people of an article, and where each is named.

    ``words`` are the tokens of each paragraph, quoted ones too; ``sentences`` have a quotation as one
    token. ``cues`` are those of the language, told who is a person in this article.
    """

    def __init__(
        self,
        article: Article,
        paragraphs: Sequence[Span],
        words: Sequence[Sequence[Token]],
        sentences: Sequence[tuple[Span, Sequence[Token]]],
        cues: Cues,
    ) -> None:
        cues = cues.reading(_may_be_joined(words, cues))
        cues = replace(cues, objects=objects_of(words, cues))
        self._text, self._cast = article.text, People(cues)
        for found in words:
            self._cast.read(article.text, found)
        for heading in filter(None, (article.title, article.standfirst)):
            self._cast.read_above(heading, tokens(heading, 0, len(heading)))
        self._cast.settle()
        self.cues = cues.naming(self._cast.last_names())
        headings = {span.start for span in paragraphs if _is_heading(span.of(article.text))}
        body = [span for span in paragraphs if span.start not in headings]
        self._antecedents = Antecedents([span for span, _ in sentences], body or paragraphs, self.cues)
        self._descriptions = Descriptions(
            self._cast, self._antecedents, article.title or "", [found for _, found in sentences], self.cues
        )
        self._inflected: set[int] = set()
        """People whom the article names in another case than the nominative alone."""
        self._owners = self.cues.he_forms | self.cues.she_forms
        """No names: the Danish "Hans" of "Hans kone"."""
        for span, found in sentences:
            if span.start not in headings:
                self._look(found)

    def _look(self, found: Sequence[Token]) -> None:
        """Note who is named in a sentence."""
        at, stop = 0, len(found)
        seen: list[Sighting] = []
        opening = self._unnamed_subject(found)
        if opening is not None:
            self._antecedents.add(opening)
        if found and found[0].lower in self.cues.born and (person := self._cast.headed) is not None:
            self._antecedents.add(Sighting(Span(found[0].start, found[0].end), person, "subject"))
        while at < stop:
            if not found[at].is_capital:
                at += 1
                continue
            end = run_end(found, at, self.cues)
            if end > at and not (end == at + 1 and found[at].lower in self._owners):
                person = None if is_office(found, at, end, self.cues) else self._person(found, at, end)
                if (
                    person is None
                    and end > at + 1
                    and self.cues.capital_nouns
                    and self._cast.knows(found[at].lower)
                ):
                    alone = self._cast.bare([found[at].text], "", found[at].start)
                    person, end = (alone, at + 1) if alone else (None, end)
                if person is None:
                    self._note_stranger(found, at, end)
                else:
                    seen.append(self._sighted(found, (at, end), person, first_named=not seen))
            at = max(end, at + 1)
        for one in seen:
            self._antecedents.add(one)
        self._note_pronouns(found, seen)

    def _sighted(
        self, found: Sequence[Token], name: tuple[int, int], person: Person, *, first_named: bool
    ) -> Sighting:
        """What the person does there, and what the words beside the name tell of that one."""
        at, end = name
        first = name_start(found, at, end, self.cues)
        if first > at and found[first - 1].lower in self.cues.titles:
            person.words.add(found[first - 1].lower)
        at = first if found[at].lower in self.cues.openers else at
        rank = rank_of(found, at, end, self.cues, first=first_named)
        person.speaks |= rank == "speaker" and (person.name is not None or not self.cues.capital_nouns)
        person.meant += pronouns_beside(found, first, end, self.cues)
        apposed = is_apposed(found, at, first, end, self.cues)
        return Sighting(Span(found[at].start, found[end - 1].end), person, rank, apposed=apposed)

    def _note_stranger(self, found: Sequence[Token], at: int, end: int) -> None:
        """Note a name that tells nothing else of whom it names, but may be meant by "she"."""
        span = Span(found[at].start, found[end - 1].end)
        if at == 0 and self._may_name(found, end):
            self._antecedents.add(Sighting(span, None, "subject"))

    def _may_name(self, found: Sequence[Token], end: int) -> bool:
        """Whether the capital words that open a sentence may name somebody of whom no more is known.

        Where every noun has a capital they tell nothing.
        """
        leads = found[0].lower in self.cues.prepositions and end > 1
        leads = leads or (end < len(found) and found[end].lower in self.cues.titles)  # "Calder boss Ann Lee"
        bare = not self.cues.articles and found[0].lower in self.cues.titles  # "Burmistrz Zalesia"
        return not (leads or bare or self.cues.title_endings) and self._cast.is_somebody(found[end - 1])

    def _unnamed_subject(self, found: Sequence[Token]) -> Sighting | None:
        """Read "The moderator asked" and "One resident ran": of such a one "he" may go on to speak."""
        return self._titled_subject(found) or unnamed(found, self.cues)

    def _titled_subject(self, found: Sequence[Token]) -> Sighting | None:
        was_asked = bool(found) and found[0].lower in self.cues.asked
        first = next((n + 1 for n, token in enumerate(found) if token.text == ","), 0) if was_asked else 0
        mention = reading_on(found, first, self.cues)
        mention = mention or (described_on(found, first, self.cues) if was_asked else None)
        if mention is None or mention.kind != "description":
            return None
        words = found[mention.first : mention.last + 1]
        titled = was_asked or any(word.lower in self.cues.titles for word in words)
        if not titled or words[-1].lower in self.cues.groups:
            return None
        behind = found[mention.last + 1 : mention.last + 3]
        leads = len(behind) > 1 and (behind[0].text == "," or behind[0].lower in self.cues.conjunctions)
        turns = leads and self.cues.capital_nouns and behind[1].lower in self.cues.who
        named = leads and behind[1].is_capital
        if named or named_beside(found, mention, self.cues) is not mention:
            return None
        person = self._descriptions.of(words, turns=turns)
        return Sighting(Span(words[0].start, words[-1].end), person, "subject")

    def _note_pronouns(self, found: Sequence[Token], seen: Sequence[Sighting]) -> None:
        """Where a sentence names one person and goes on with "his", that tells the sex."""
        people = {id(one.person) for one in seen}
        if len(people) != 1 or seen[0].person is None:
            return
        for at, token in enumerate(found):
            if token.start > seen[0].span.end and token.is_word and not self._is_another(found, at):
                forms = (("he", self.cues.he_forms), ("she", self.cues.she_forms))
                for pronoun, words in forms:
                    if token.lower in words:
                        seen[0].person.meant[pronoun] += 1

    def _is_another(self, found: Sequence[Token], at: int) -> bool:
        """Whether it is the "ihr" of "stimmte ihr zu", which is not the subject's."""
        indirect = found[at].lower in self.cues.indirect
        return indirect and not (at + 1 < len(found) and found[at + 1].is_capital)

    def _person(self, found: Sequence[Token], at: int, end: int) -> Person | None:
        """Who is named there; a stranger where a title, a verb or a shared surname shows a person."""
        first = name_start(found, at, end, self.cues)
        title = found[first - 1].lower if first > 0 else ""
        person = self._cast.bare([token.text for token in found[first:end]], title, found[at].start)
        speaks = end < len(found) and says(found, end, self.cues)
        ends = end >= len(found) or not found[end].is_word or found[end].lower in self.cues.stops
        speaks = speaks or (ends and is_behind_verb(found, at, end, self.cues))
        if person is not None:
            person.speaks |= speaks
            return person
        last = found[end - 1].lower
        if "'" in last and self.cues.inverts and is_elided_title(found[end - 1], self.cues):
            last = last.rpartition("'")[2]
        lists = (self.cues.openers, self.cues.titles, self.cues.bodies, self.cues.between)
        if any(last in words for words in lists):
            return None
        known = self._cast.knows(last)
        if (
            not known
            and end == first + 1
            and last in self.cues.given - (self.cues.doubtful if at == 0 else NONE)
        ):
            # "Unter die Lupe" is no Lupe.
            known = not (self.cues.capital_nouns and is_noun(found, first, self.cues))
        titled = first > at and title in self.cues.titles
        # Where every noun has a capital, what stands before a verb need be no name: "Im Gespräch sagte".
        speaks = speaks and not (self.cues.title_endings and end == first + 1)
        before = found[at - 1 - (found[at - 1].text == ",")].lower if at > 1 else ""
        related = before in self.cues.kin and end == at + 1  # "his sister, Kari,"
        if not (titled or speaks or known or related):
            return None
        stranger = self._cast.stranger(last)
        stranger.words |= {title} if titled else {before} if related else set()
        return stranger

    @property
    def guest(self) -> Speaker | None:
        """The one person whom the article names in full, where the name stands first."""
        person = self._cast.only
        if person is None or person.name is None:
            return None
        place = self._text.find(person.name)
        return Speaker(Span(place, place + len(person.name)), person.name, person) if place >= 0 else None

    def who(self, found: Sequence[Token], told: Attribution) -> Speaker | None:
        """Whom the attribution means, or nobody; asked in the order of the text."""
        mention = told.mention
        if mention is None:
            return None
        speaker = self._meant(found, mention)
        named = mention.kind == "name"
        if speaker is not None and named and is_inflected(speaker, self._text, told.cue.lower, self.cues):
            speaker = replace(speaker, name=None)
            self._inflected.add(id(speaker.person))
        if (
            speaker is not None
            and named
            and disagrees(speaker, found[mention.first : mention.last + 1], told.cue, self.cues)
        ):
            return None
        if speaker is not None and speaker.person is not None and named and speaker.name is not None:
            speaker.person.speaks |= not speaker.person.surely(self.cues)
            if (pronoun := self.cues.pronoun_of_verb(told.cue.lower)) and told.cue.lower in self.cues.say:
                speaker.person.meant["she" if pronoun in self.cues.she else "he"] += 1
        place = Span(found[mention.first].start, found[mention.last].end)
        if speaker is None or speaker.person is not None or mention.kind == "description":
            person, name = (speaker.person, speaker.mention) if speaker else (None, None)
            self._antecedents.add(Sighting(place, person, "speaker", name))
        return speaker

    def pass_by(self, found: Sequence[Token]) -> None:
        """Note whom a sentence is about whose subject is a pronoun, so that the next one can go on with it."""
        mention = main_subject(found, len(found) - 1, self.cues) or self._left_out(found)
        if mention is None or mention.kind != "pronoun":
            return
        speaker = self._antecedent(found[mention.first])
        if speaker is not None and speaker.person is not None:
            token = found[mention.first]
            told = "she" if token.lower in self.cues.she else "he" if token.lower in self.cues.he else ""
            if told and not self.cues.one_pronoun and not speaker.person.has_a_sex(self.cues):
                speaker.person.meant[told] += 1
            self._antecedents.add(
                Sighting(Span(token.start, token.end), speaker.person, "subject", speaker.mention)
            )

    def _left_out(self, found: Sequence[Token]) -> Mention | None:
        """The verb of "Pero aclaró que", whose subject is whoever spoke last."""
        if not self.cues.drops_pronoun:
            return None
        for at, token in enumerate(found):
            if says(found, at, self.cues):
                return inverted(found, at, self.cues).mention
            if not token.is_word or token.lower in self.cues.openers or token.lower in self.cues.conjunctions:
                continue
            break
        return None

    def alone(self, found: Sequence[Token], told: Attribution | None) -> Attribution | None:
        """The attribution, if its sentence names nobody but whom it means; else nothing."""
        if told is None or told.mention is None:
            return None
        at = 0
        while at < len(found):
            end = run_end(found, at, self.cues) if found[at].is_capital else at
            apart = end <= told.mention.first or at > told.mention.last
            if end > at and apart and self._person(found, at, end) is not None:
                return None
            at = max(end, at + 1)
        return told

    def lone(self, found: Sequence[Token]) -> Attribution | None:
        """Whom a sentence names alone, and describes nobody else, if the article has that person speak at all."""
        if not (self.cues.verb_second or self.cues.inverts):
            return None
        at, held = 0, None
        while at < len(found):
            end = run_end(found, at, self.cues) if found[at].is_capital else at
            person = self._person(found, at, end) if end > at else None
            if person is not None:
                if held is not None or person.name is None or not person.speaks:
                    return None
                held = Attribution(found[at], Mention(at, end - 1, "name"))
            elif found[at].lower in self.cues.titles or found[at].lower in self.cues.groups:
                return None
            at = max(end, at + 1)
        return held

    def passes_over(self, found: Sequence[Token]) -> bool:
        """Whether a sentence names and describes nobody, so that whoever spoke before it may speak behind it."""
        cues = self.cues
        lists = (cues.titles, cues.groups, cues.he, cues.she, cues.say, cues.own)
        if any(token.lower in words for token in found for words in lists):
            return False
        at = 0
        while at < len(found):
            end = run_end(found, at, self.cues) if found[at].is_capital else at
            if end > at and self._person(found, at, end) is not None:
                return False
            at = max(end, at + 1)
        return True

    def _meant(self, found: Sequence[Token], mention: Mention) -> Speaker | None:
        if mention.kind == "pronoun":
            return self._antecedent(found[mention.first])
        span = Span(found[mention.first].start, found[mention.last].end)
        words = found[mention.first : mention.last + 1]
        named = mention.kind == "name"
        behind = found[mention.last + 1 : mention.last + 1 + _CONTRAST]
        # "Der Minister, der das Gesetz unterzeichnen muss," is nobody who spoke before.
        opens = self.cues.capital_nouns and mention.first == 0
        led = opens and len(behind) > 1 and behind[0].text == "," and behind[1].lower in self.cues.who
        turns = led or any(token.lower in self.cues.contrasts for token in behind)
        opening = () if named else opening_of(self._text, found)
        of = self._descriptions.of
        person = self._named(found, mention) if named else of(words, turns=turns, opening=opening)
        before = found[mention.first - 1] if mention.first else None
        if person is None and before is not None and before.lower in self.cues.courtesy:
            span = Span(before.start, span.end)  # "Mrs Sand", who is not the Sand that the article names
        return Speaker(span, person.name if person else None, person)

    def _named(self, found: Sequence[Token], mention: Mention) -> Person | None:
        first = name_start(found, mention.first, mention.last + 1, self.cues)
        title = found[first - 1].lower if first > 0 else ""
        words = [token.text for token in found[first : mention.last + 1]]
        person = self._cast.bare(words, title, found[mention.first].start)
        return person or (self._cast.called(words[0]) if len(words) == 1 else None)

    def _antecedent(self, token: Token) -> Speaker | None:
        pronoun = pronoun_of(token)
        left_out = self.cues.drops_pronoun or token.lower in self.cues.theirs - self.cues.she_forms
        if left_out and pronoun not in self.cues.pronouns:
            told = self.cues.pronoun_of_verb(token.lower)
            found = self._antecedents.of(told, token.start)
            if found is None or found.person is None or found.rank not in {"speaker", "subject"}:
                found = self._antecedents.going_on(token.start)
                kin = found and found.person and found.person.words & self.cues.kin
                # Behind a relative's words a new paragraph goes on with whom the article is about.
                found = self._antecedents.within(found, token.start) if kin else found
                if told and found and found.person and not found.person.may_be(told, self.cues):
                    return None
        elif pronoun in self.cues.latter:
            sex = self.cues.he if pronoun[-1] == "r" else self.cues.she
            found = self._antecedents.latest(min(sex), token.start)
        else:
            found = self._of_a_sex(pronoun, token.start)
        if found is None or found.person is None:
            return None
        name = None if id(found.person) in self._inflected else found.person.name
        return Speaker(found.name or found.span, name, found.person)

    def _of_a_sex(self, pronoun: str, at: int) -> Sighting | None:
        """Whom "he", "his" or "her" means; "ihrer" may be "their", so she has to be known for a woman."""
        for forms, basic in ((self.cues.he_forms, self.cues.he), (self.cues.she_forms, self.cues.she)):
            if basic and pronoun in forms and pronoun not in self.cues.he | self.cues.she:
                found = self._antecedents.meant(min(basic), at)
                if self.cues.inverts or pronoun in self.cues.indirect:
                    return found  # the French "lui" is always a man's, the Danish "ham" nobody's but his
                sure = found is not None and found.person is not None and found.person.has_a_sex(self.cues)
                return found if sure else None
        if pronoun not in self.cues.he | self.cues.she:
            return None
        return self._antecedents.meant(pronoun, at)


def _is_heading(paragraph: str) -> bool:
    """Whether it is a short line that no mark ends: a pronoun behind it means nobody whom it names."""
    return len(paragraph) <= _HEADING and paragraph.rstrip()[-1:].isalnum()


def _may_be_joined(words: Sequence[Sequence[Token]], cues: Cues) -> set[str]:
    """The words that can be joined titles; where nouns have capitals, "vertrat" is none."""
    nouns = cues.capital_nouns
    return {
        token.lower for found in words for token in found if token.is_capital or (token.is_word and not nouns)
    }
