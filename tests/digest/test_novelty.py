"""What of a story that was told is new: names, figures and quotes, and not the same in other words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.compose import ComposeSettings, compose
from bot.digest.facts import facts_of, figures_of
from bot.digest.novelty import told_by, update_of
from bot.domain.digests import Digest, Told
from bot.domain.model import Arrival, Entry, Occasion, Window
from tests.builders import NOON, a_quote, an_article, an_entry

FIRST = an_entry(
    an_article(
        "The swing bridge at Mardle closes on Monday and stays closed for nine weeks, the Harbour and Port Authority said.",
        "The work costs 84,000 crowns. “We waited for the storm to pass, and then for the next one,” said Orla Tennick, the harbour engineer.",
        title="Mardle’s swing bridge closes for nine weeks",
        source="Port Gazette",
    ),
    id=1,
    story=1,
    sentences=("The work costs 84,000 crowns.",),
)


def later(
    *paragraphs: str, quote: tuple[str, str] | None = None, source: str = "Harbour Times", **more
) -> Entry:
    article = an_article(*paragraphs, title="The bridge at Mardle again", source=source, **more)
    quotes = [a_quote(article, *quote)] if quote else []
    return an_entry(article, *quotes, id=2, story=1, sentences=())


def news(entry: Entry) -> list[str]:
    update = update_of([entry], told_by([FIRST]))
    return [one.text for one in (*update.lines, *update.quotes)] if update else []


PARAPHRASES = (
    "Mardle's swing bridge will be shut for 9 weeks from Monday.",
    "From Monday, the crossing at Mardle is to stay shut for nine weeks, according to the HPA.",
    "The closure is going to cost about 84 thousand crowns, and it starts on Monday, 3 March.",
    "Tennick, an engineer, spoke of a storm and of another storm after it before the work could begin.",
    "On Tuesday at 10 a.m. the authority confirmed that the bridge closes for nine weeks.",
)


@pytest.mark.parametrize("text", PARAPHRASES)
def test_the_known_in_other_words_is_not_new(text):
    assert news(later(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The swing bridge at Mardle stays closed for eleven weeks, the authority said.",
        "The work at the bridge now costs 91,500 crowns instead of the sum that was named.",
        "The bridge at Mardle is repaired by the yard of Hesper Quill, the authority said.",
        "The repair of the bridge was stopped by the Corvane Ministry on Monday, people there said.",
    ],
)
def test_a_new_figure_or_name_is_new(text):
    assert news(later("The swing bridge at Mardle closes on Monday.", text)) == [text]


def test_a_new_quote_is_new_and_a_trimmed_one_is_not():
    words = "Nobody told the ferrymen that there would be ten times the people"
    fresh = later(f"“{words},” said Orla Tennick, the harbour engineer.", quote=(words, "Orla Tennick"))
    assert news(fresh) == [words]
    words = "We waited for the storm to pass"
    first = later(f"“{words},” Orla Tennick said.", quote=(words, "Orla Tennick"))
    known = told_by([FIRST]) | facts_of([later("“We waited for the storm to pass, and then for the next one,” said Orla Tennick.",
        quote=("We waited for the storm to pass, and then for the next one,", "Orla Tennick"))])  # fmt: skip
    assert update_of([first], known) is None


def test_a_statement_comes_before_a_scrap():
    scrap, words = "up to six seconds", "I asked for a day in the yard and was given a date"
    article = an_article(
        f"She waited “{scrap}”, Orla Tennick wrote. “{words},” Tennick said.", source="Times"
    )
    quotes = [a_quote(article, one, "Orla Tennick") for one in (scrap, words)]
    update = update_of([an_entry(article, *quotes, id=2, story=1, sentences=())], told_by([FIRST]))
    assert update is not None
    assert [one.text for one in update.quotes] == [words]


def test_two_lines_at_most_and_each_brings_something_else():
    update = news(
        later(
            "The bridge at Mardle stays closed for eleven weeks.",
            "The bridge stays closed for eleven weeks, it was said again at Mardle.",
            "The work costs 91,500 crowns, a sum that the town of Skerry pays.",
            "The yard has 70 people at work on the bridge of Mardle.",
        )
    )
    assert len(update) == 2
    assert update[0] == "The bridge at Mardle stays closed for eleven weeks."
    assert "91,500" in update[1]


def test_an_outlet_that_tells_something_else_altogether_is_new_and_its_paraphrase_is_not():
    other = "Children skated where lorries used to rattle, delighted by the sudden quiet beside the water."
    assert news(later(other)) == [other]
    assert news(later(other, source="Port Gazette")) == []
    assert (
        news(later("The authority said that the bridge closes for weeks, and that the work costs crowns."))
        == []
    )


def test_a_german_noun_is_no_name():
    known = an_entry(
        an_article("Die Brücke in Mardau wird neun Wochen lang gesperrt.", language="de"), id=1, story=1
    )
    again = later(
        "Wegen einer Baustelle bleibt die Brücke in Mardau neun Wochen lang zu.",
        language="de",
        source="Port Gazette",
    )
    assert update_of([again], told_by([known])) is None


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("84,000 homes and 84 thousand homes", ["84000", "84000"]),
        ("1.5 million, 1,5 Millionen", ["1500000", "1500000"]),
        ("nine weeks, zwölf Tage", ["9", "12"]),
        ("On 24 November 2026 at 08:15, or Nov. 25 at 10 a.m., or 3/4/2031", []),
        ("18% and 94.60 crowns", ["18", "94.6"]),
        ("version 1.2.3", ["1.2.3"]),
    ],
)
def test_a_figure_is_one_however_it_is_written_and_a_date_is_none(text, figures):
    assert list(figures_of(text)) == figures


@given(st.text(max_size=200))
def test_no_text_raises_and_nothing_is_new_to_who_knows_it(text):
    entry = later(text or "x")
    assert update_of([entry], told_by([entry])) is None
    update_of([entry], told_by([FIRST]))


# --- in a digest ---------------------------------------------------------------------------------


def digest(*entries: Entry, told: dict[int, Told] | None) -> Digest:
    arrivals = [Arrival(one.origin, "new", NOON, one.id, one.id) for one in entries]
    window, occasion = Window(0, 9), Occasion("slot", "s", "k")
    return compose(occasion, "morning", window, NOON, NOON, entries, arrivals, ComposeSettings(), None, told)


def remembered() -> dict[int, Told]:
    (brief,) = digest(FIRST, told={}).briefs
    return {1: Told(NOON - timedelta(days=1), "17.4", brief.facts)}


def test_a_story_without_news_does_not_come_again_and_its_file_is_accounted_for():
    again = digest(later(PARAPHRASES[0]), told=remembered())
    assert again.briefs == ()
    (reason,) = again.ledger.reasons
    assert str(reason.reason) == "told here before, and nothing in it is new: “The bridge at Mardle again”"
    assert (again.ledger.stories, again.ledger.shown, again.ledger.already_sent) == (1, 0, 1)


def test_a_story_with_news_comes_as_an_update():
    text = "The bridge at Mardle stays closed for eleven weeks."
    (brief,) = digest(later(text), told=remembered()).briefs
    assert (brief.update, brief.headline, [line.text for line in brief.lines]) == (
        True,
        "The bridge at Mardle again",
        [text],
    )
    assert brief.earlier is not None
    assert brief.earlier.at == NOON - timedelta(days=1)


def test_without_a_memory_everything_is_shown():
    (brief,) = digest(later(PARAPHRASES[0]), told=None).briefs
    assert not brief.update
    assert brief.facts.words == frozenset()
