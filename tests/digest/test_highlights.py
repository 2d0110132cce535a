from __future__ import annotations

import itertools
from random import Random

from bot.digest import key_quotes as key_quotes_room
from bot.digest.key_quotes import LONGEST, MOST, TOO_SHORT, key_quotes, once_each
from bot.domain.digests import KeyQuote, Line
from bot.domain.model import Entry
from bot.stories import similarity
from tests.builders import a_quote, an_article, an_entry, the_span

NUMBERS = itertools.count(1)
LONG = "We will mend the bridge before the winter comes and nobody will pay a toll for it again"


def told(*said: tuple[str, str | None], source: str = "Port Gazette") -> Entry:
    """An entry whose quotes are said by the people given with them."""
    paragraphs = [f"“{words}”, {name or 'somebody'} said." for words, name in said]
    article = an_article(*paragraphs, source=source)
    quotes = [a_quote(article, words, name, name) for words, name in said]
    return an_entry(article, *quotes, id=next(NUMBERS))


def texts(*entries: Entry, limit: int = 2, shown: tuple[Line, ...] = (), headline: str = "") -> list[str]:
    return [one.text for one in key_quotes(entries, shown, limit, headline=headline)]


def best(*entries: Entry, shown: tuple[Line, ...] = (), headline: str = "") -> str:
    (one,) = texts(*entries, limit=1, shown=shown, headline=headline)
    return one


def test_a_name_a_length_and_a_whole_sentence_count():
    short, fragment = "It is not over yet", "a bridge that nobody needs or ever wanted"
    entry = told((fragment, "a neighbour"), (short, "Ada Marlow"), (LONG, "Otto Brandt"))
    assert best(entry) == LONG
    assert texts(entry, limit=2) == [short, LONG]


def test_a_quote_of_a_page_is_worse_than_one_that_is_read_to_its_end():
    page = " ".join(["We have thought about the bridge and then about the river and its fish"] * 6)
    assert best(told((page, "Ada Marlow"), (LONG, "Otto Brandt"))) == LONG


def test_what_the_story_is_about_comes_before_a_tangent():
    tangent = "My mother built her own little house with the garden here"
    matter = "The ferry will sail again on Monday from the old quay"
    entry = told((tangent, "Ada Marlow"), (matter, "Otto Brandt"))
    other = an_article("Ferries sail from the old quay, the harbour said.")
    line = Line(an_entry(other, id=next(NUMBERS)), the_span(other, other.text))
    assert best(entry, shown=(line,), headline="The ferry sails again on Monday") == matter


def test_quotes_stand_in_the_order_of_their_article():
    first, second = "The winter does not read our many plans", "The river does not read any plans either"
    entry = told((first, "Otto Brandt"), (second, "Ada Marlow"))
    assert texts(entry, headline="A river that reads no plans either") == [first, second]


def test_a_quote_inside_a_shown_line_or_the_headline_is_left_out():
    entry = told((LONG, "Ada Marlow"))
    shown = Line(entry, entry.article.paragraphs[0])
    assert not texts(entry, shown=(shown,))
    assert not texts(entry, headline=f"Marlow: {LONG}")


def test_of_several_wordings_the_longest_is_taken_once():
    trimmed = LONG.removesuffix(" and nobody will pay a toll for it again")
    assert texts(told((trimmed, "Ada Marlow")), told((LONG, "Ada Marlow"), source="Hill Post")) == [LONG]


def test_a_wording_nearly_as_long_with_a_name_is_better_than_the_longest():
    longer = f"{LONG} I say"
    assert texts(told((longer, None)), told((LONG, "Ada Marlow"), source="Hill Post")) == [LONG]


def test_what_several_outlets_carry_comes_first_and_says_in_how_many():
    one, two = "The river does not read our plans", "The winter does not read our plans either"
    entries = [told((two, "Ada Marlow")), told((one, "Otto Brandt"))]
    carried = [told((one, "Otto Brandt"), source=name) for name in ("Hill Post", "Bay News")]
    (chosen,) = key_quotes((*entries, *carried), (), 1)
    assert (chosen.text, chosen.outlets) == (one, 3)


def test_a_second_voice_comes_before_a_second_quote_of_the_first():
    entry = told(
        (LONG, "Ada Marlow"),
        ("And then we will build another one just like it upstream", "Ada Marlow"),
        ("The river never asked for a bridge at all", "Otto Brandt"),
    )
    assert [one.startswith("The river") for one in texts(entry)] == [False, True]


def test_few_words_and_a_limit_of_nothing_give_nothing():
    few = " ".join(["no"] * (TOO_SHORT - 1))
    entry = told((few, "Ada Marlow"), (LONG, "Ada Marlow"))
    assert texts(entry, limit=9) == [LONG]
    assert not texts(entry, limit=0)


def test_a_transcript_is_cut():
    many = [(f"Statement number {n} about matter {n} of day {n}", "Ada Marlow") for n in range(3 * MOST)]
    assert len(texts(told(*many), limit=1000)) <= MOST


def test_of_many_quotes_few_are_compared_closely(monkeypatch):
    words = [f"{one}{other}" for one in "bdfgklmnprstvz" for other in ("alder", "ember", "inlet", "ochre")]
    chance = Random(1)
    entry = told(
        *((f"The harbour is of {' '.join(chance.sample(words, 8))}", "Ada Marlow") for _ in range(60))
    )
    quotes = [KeyQuote(entry, quote) for quote in (*entry.quotes, *entry.quotes[:3])]
    compared = []

    def alike(one: str, other: str) -> bool:
        compared.append((one, other))
        return similarity.alike(one, other)

    monkeypatch.setattr(key_quotes_room, "alike", alike)
    assert [one.text for one in once_each(quotes)] == [one.text for one in quotes[:60]]
    assert len(compared) < len(quotes)


def test_a_quote_that_points_back_gives_way_to_one_that_stands_alone():
    back = "They have meanwhile closed the ferry and the bridge for good"
    alone = "The ferry and the bridge are closed until the winter is over"
    assert best(told((back, "Ada Marlow"), (alone, "Otto Brandt"))) == alone
    assert best(told((back, "Ada Marlow"))) == back, "better than none"
    said = "It is hard to say when the old ferry and the bridge will open"
    assert best(told((said, "Ada Marlow"), ("My aunt keeps bees and cows here", "Ada Marlow"))) == said


def test_a_question_gives_way_to_a_statement():
    asked = "Would you say that the ferry and the bridge were closed too late?"
    assert best(told((asked, "A reporter"), (LONG, "Ada Marlow"))) == LONG


def test_what_is_no_clause_is_no_quote():
    for few in ("finest bridge of its kind", "a bridge that nobody needs or ever wanted to have built"):
        assert not texts(told((few, "Ada Marlow")))
    whole = "we will not close the bridge before the winter is over"
    assert texts(told((whole, "Ada Marlow"))) == [whole]


def test_where_verbs_need_no_pronoun_a_clause_may_begin_with_one():
    words = "cerraremos el puente viejo antes de que llegue el invierno"
    article = an_article(f"«{words}», dijo Ada Marlow.", language="es")
    entry = an_entry(article, a_quote(article, words, "Ada Marlow", "Ada Marlow"), id=next(NUMBERS))
    assert texts(entry) == [words]


SPEECH = (
    "They did what they could with it. The bridge closes on Monday and stays closed until the bearings are changed. "
    "We know that nobody likes to hear this. My father drove over it every day of his life and he would have said the same thing to "
    "all of you who came here tonight."
)


def test_of_a_speech_the_sentences_that_stand_alone_are_shown():
    shown = best(
        told((SPEECH, "Ada Marlow")), headline="Bridge closes on Monday until its bearings are changed"
    )
    assert shown.startswith("The bridge closes on Monday")
    assert len(shown.split()) <= LONGEST
    assert shown in SPEECH
    assert shown.endswith(".")


def test_a_reader_who_asks_for_all_quotes_has_them_whole():
    entry = told((SPEECH, "Ada Marlow"))
    assert [one.text for one in key_quotes((entry,), (), 9, whole=True)] == [SPEECH]


def test_words_inside_words_are_not_parted():
    inside = SPEECH.replace("We know", "“We know").replace("hear this.", "hear this.”")
    assert best(told((inside, "Ada Marlow"))) == inside


def test_of_two_wordings_with_a_name_the_one_that_says_who_that_is_comes_first():
    plain = told((LONG, "Ada Marlow"))
    article = an_article(
        f"“{LONG.removesuffix(' again')}”, Ada Marlow, the harbour master, said.", source="Hill Post"
    )
    quote = a_quote(article, LONG.removesuffix(" again"), "Ada Marlow", "Ada Marlow", "the harbour master")
    (chosen,) = key_quotes((plain, an_entry(article, quote, id=next(NUMBERS))), (), 1)
    assert chosen.quote.role is not None


def test_a_speaker_of_whom_a_reader_learns_who_that_is_comes_first():
    plain, other = (
        "The ferry and the bridge stay closed until the winter",
        "The bridge and the ferry stay closed until the summer",
    )
    article = an_article(f"“{plain}”, Ada Marlow said.", f"“{other}”, Otto Brandt, the harbour master, said.")
    known = a_quote(article, other, "Otto Brandt", "Otto Brandt", "the harbour master")
    entry = an_entry(article, a_quote(article, plain, "Ada Marlow", "Ada Marlow"), known, id=next(NUMBERS))
    assert best(entry) == other
    assert best(entry, headline="Marlow closes ferry") == plain
