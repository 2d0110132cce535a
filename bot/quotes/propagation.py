"""Speakers that one quotation of an article has from another: open paragraphs, headings, the one voice of an interview."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.quotes.counted import Said
from bot.quotes.people.person import Speaker
from bot.text.cues import Cues

PARAGRAPH = "\n\n"
HEADING = 2
"""Words of four letters or more that a heading has to share with what it repeats."""
HEADINGS = 100
"""Headings of an article; of a longer row each would be held against all that is said."""
VOICE = 3
"""Quotations of somebody that make an interview of an article in which nobody else is quoted."""
ANSWER = 6
"""Words of an answer; fewer may be a heading."""
_ANY_WORD = re.compile(r"\w+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_ENDS = frozenset(".?!…")


def carried_back(said: list[Said], beginnings: set[int]) -> list[Said]:
    """A quotation that its paragraph does not close goes on at the beginning of the next paragraph.

    Who speaks there spoke before.
    """
    for at in range(len(said) - 2, -1, -1):
        goes_on = not said[at].quotation.closed and said[at + 1].quotation.start in beginnings
        if goes_on and said[at].told is None:
            said[at] = replace(said[at], told=said[at + 1].told, speaker=said[at + 1].speaker)
    return said


def carried_on(text: str, said: list[Said], beginnings: set[int]) -> list[Said]:
    """Paragraphs that are one quotation, closed only in the last of them, go on with whoever spoke right before the first.

    “A”, said Lee. ¶ “B ¶ “C.” That the last one tells nobody else is known: see :func:`carried_back`.
    """
    for at in range(1, len(said)):
        before, one = said[at - 1], said[at]
        if one.told is not None or one.speaker is not None or one.quotation.start not in beginnings:
            continue
        chained = not before.quotation.closed
        told, broke, rest = text[before.quotation.end : one.quotation.start].partition(PARAGRAPH)
        opens = not one.quotation.closed and bool(broke) and not rest and ". " not in told
        if before.speaker is not None and (chained or opens):
            said[at] = replace(one, told=before.told, speaker=before.speaker)
    return said


def is_answer(text: str, before: Said, one: Said, cues: Cues) -> bool:
    """Whether the words answer a question that is put to somebody, as in `"Did you see it?" Lee asked. "I did."`.

    Who asks of themselves, too ("You think I will go?"), goes on.
    """
    if before.told is None or before.told.cue.lower not in cues.ask:
        return False
    question, words = (_lower_words(text, said) for said in (before, one))
    asked = not cues.you.isdisjoint(question) and cues.answers.isdisjoint(question)
    return asked and bool(words) and words[0] in cues.answers


def _lower_words(text: str, said: Said) -> list[str]:
    return _ANY_WORD.findall(text[said.quotation.words_start : said.quotation.words_end].lower())


def repeated(text: str, said: Sequence[Said]) -> list[Said]:
    """Give a heading the speaker of the one quotation that has its words in their order."""
    headings = {id(one) for one in said if _is_alone(text, one)}
    if not 0 < len(headings) <= HEADINGS:
        return list(said)
    told = [
        (one.speaker, _long_words(text, one))
        for one in said
        if one.speaker is not None and one.told is not None
    ]
    return [_as_repeated(text, one, told) if id(one) in headings else one for one in said]


def of_one_voice(text: str, said: Sequence[Said]) -> list[Said]:
    """Give answers without a speaker the only one whom the article quotes, behind the first of the words that are told.

    An answer is a paragraph by itself that ends as a sentence.
    """
    names = [one.speaker.name for one in said if one.speaker is not None]
    if len(names) < VOICE or len(set(names)) > 1 or names[0] is None:
        return list(said)
    found: list[Said] = []
    last = None
    for one in said:
        answers = last is not None and _is_alone(text, one) and _is_answer(text, one)
        found.append(replace(one, speaker=last) if answers else one)
        last = one.speaker or last
    return found


def interviewed(text: str, said: Sequence[Said], guest: Speaker | None) -> list[Said]:
    """Give the answers of an interview, which nobody is told to give, to the one person whom the article names.

    They are paragraphs by themselves, half of them right behind a question.
    """
    answers = [one for one in said if _is_alone(text, one) and _is_answer(text, one)]
    asked = [
        one for one in answers if text[max(0, one.quotation.start - 3) : one.quotation.start].strip() == "?"
    ]
    if guest is None or len(answers) < VOICE or 2 * len(asked) < len(answers):
        return list(said)
    given = {id(one) for one in answers}
    return [replace(one, speaker=guest) if id(one) in given else one for one in said]


def _is_answer(text: str, said: Said) -> bool:
    words = text[said.quotation.words_start : said.quotation.words_end].rstrip()
    return words[-1:] in _ENDS and len(words.split()) >= ANSWER


def _is_alone(text: str, said: Said) -> bool:
    """Whether the quotation is a paragraph by itself, of which nothing tells the speaker."""
    if said.told is not None or not said.spoken:
        return False
    start, end = said.quotation.start, said.quotation.end
    around = text[max(0, start - len(PARAGRAPH)) : start], text[end : end + len(PARAGRAPH)]
    return all(not beside or beside == PARAGRAPH for beside in around)


def _as_repeated(text: str, heading: Said, told: Sequence[tuple[Speaker, Sequence[str]]]) -> Said:
    """The heading with the speaker of what it repeats."""
    words = _long_words(text, heading)
    if len(words) < HEADING:
        return heading
    speakers = [speaker for speaker, theirs in told if _in_order(words, theirs)]
    same = speakers and all(one.name == speakers[0].name for one in speakers)
    return replace(heading, speaker=speakers[0]) if same else heading


def _in_order(words: Sequence[str], among: Sequence[str]) -> bool:
    rest = iter(among)
    return all(word in rest for word in words)


def _long_words(text: str, said: Said) -> list[str]:
    words = text[said.quotation.words_start : said.quotation.words_end]
    return [word.lower() for word in _WORD.findall(words)]
