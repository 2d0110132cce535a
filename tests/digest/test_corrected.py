"""What of a posted digest an article says otherwise by now."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.digest.corrected import corrected
from bot.domain.digests import Brief, Corrected, Digest, KeyQuote, Ledger, Line, part_of
from bot.domain.model import Article, Entry, Occasion, Quote, Window
from tests.builders import NOON, a_quote, an_article, an_entry, the_span

FIRST = "At least 12 people died when a ferry sank off Port Averne on Friday."
SECOND = "The harbour master closed the port until Sunday."
THIRD = "Divers will search the wreck in the morning, the coast guard said."
SAID = "“The boat was full,” said Celia Marrant, who saw it leave."


def entry(
    *paragraphs: str, title: str = "Ferry sinks", revision: int = 1, quotes: tuple[Quote, ...] = ()
) -> Entry:
    return replace(an_entry(an_article(*paragraphs, title=title), *quotes), id=1, revision=revision, story=1)


def digest_of(shown: Entry, *lines: str, quotes: tuple[KeyQuote, ...] = ()) -> Digest:
    found = tuple(Line(shown, the_span(shown.article, line)) for line in lines)
    brief = Brief(1, shown.article.title or "", found, quotes, (shown,))
    return Digest(Occasion("slot", "a", "b"), "a", Window(0, 1), NOON, NOON, (brief,), Ledger())


def changed(found: Corrected | None) -> list[tuple[str, str | None]]:
    assert found is not None
    return [(change.old, change.new) for change in found.changes]


def shown(found: Corrected | None) -> list[tuple[str, bool]]:
    assert found is not None
    return [(line.text, line.corrected) for line in found.digest.briefs[0].lines]


def test_a_line_whose_words_changed_is_found_and_marked():
    before, now = entry(FIRST, SECOND, THIRD), entry(FIRST.replace("12", "15"), SECOND, THIRD, revision=2)
    found = corrected(digest_of(before, FIRST, SECOND), before, now)
    assert changed(found) == [(FIRST, FIRST.replace("12", "15"))]
    assert shown(found) == [(FIRST.replace("12", "15"), True), (SECOND, False)]
    assert found is not None
    assert "15" in found.facts.figures


def test_what_was_not_shown_changes_nothing_and_places_move_along():
    before = entry(FIRST, SECOND, THIRD)
    now = entry("A boat has sunk.", FIRST, SECOND, THIRD.replace("morning", "evening"), revision=2)
    found = corrected(digest_of(before, FIRST, SECOND), before, now)
    assert changed(found) == []
    assert shown(found) == [(FIRST, False), (SECOND, False)]


def test_a_change_of_case_and_marks_alone_is_none():
    before, now = entry(FIRST, SECOND), entry(FIRST.replace("ferry", "Ferry"), SECOND, revision=2)
    assert changed(corrected(digest_of(before, FIRST), before, now)) == []


def test_the_inside_of_a_longer_number_is_not_the_same_words():
    line = "2 people died when a ferry sank off Port Averne on Friday"
    before, now = entry(f"{line}.", SECOND, THIRD), entry(f"1{line}.", SECOND, THIRD, revision=2)
    found = corrected(digest_of(before, line), before, now)
    assert changed(found) == [(line, f"1{line}.")]


def test_a_line_that_is_gone_is_taken_out_where_the_rest_stands():
    before, now = entry(FIRST, SECOND, THIRD), entry(SECOND, THIRD, revision=2)
    found = corrected(digest_of(before, FIRST, SECOND), before, now)
    assert changed(found) == [(FIRST, None)]
    assert shown(found) == [(SECOND, False)]
    assert found is not None
    assert found.digest.briefs[0].withdrawn == 1


def test_an_article_that_was_written_anew_corrects_nothing():
    before = entry(FIRST, SECOND, THIRD)
    now = entry("All passengers of the ferry are safe.", "They spent the night in a school.", revision=2)
    assert corrected(digest_of(before, FIRST, SECOND), before, now) is None


def test_another_headline_is_a_change():
    before, now = entry(FIRST, title="12 die at sea"), entry(FIRST, title="15 die at sea", revision=2)
    found = corrected(digest_of(before, FIRST), before, now)
    assert changed(found) == [("12 die at sea", "15 die at sea")]
    assert found is not None
    assert found.digest.briefs[0].headline == "15 die at sea"
    assert found.digest.briefs[0].corrected


def a_quoted(text: str, words: str, speaker: str, revision: int = 1) -> Entry:
    article: Article = an_article(FIRST, text, SECOND)
    return replace(
        an_entry(article, a_quote(article, words, speaker, speaker)), id=1, revision=revision, story=1
    )


def test_a_quote_in_other_words_and_one_by_somebody_else_are_changes():
    before = a_quoted(SAID, "The boat was full,", "Celia Marrant")
    shown_quote = (KeyQuote(before, before.quotes[0]),)
    now = a_quoted(SAID.replace("was full", "was not full"), "The boat was not full,", "Celia Marrant", 2)
    found = corrected(digest_of(before, quotes=shown_quote), before, now)
    assert changed(found) == [("The boat was full,", "The boat was not full,")]
    other = a_quoted(SAID.replace("Celia Marrant", "Lukas Brehm"), "The boat was full,", "Lukas Brehm", 2)
    found = corrected(digest_of(before, quotes=shown_quote), before, other)
    assert changed(found) == [("The boat was full, — Celia Marrant", "The boat was full, — Lukas Brehm")]
    assert found is not None
    assert found.digest.briefs[0].quotes[0].corrected


SENTENCES = st.lists(
    st.lists(
        st.sampled_from(["ferry", "port", "12", "15", "people", "harbour", "died", "closed"]),
        min_size=1,
        max_size=8,
    ).map(lambda words: f"{' '.join(words).capitalize()}."),
    min_size=1,
    max_size=5,
)


@given(SENTENCES, SENTENCES, st.data())
def test_whatever_is_shown_afterwards_stands_in_the_article(
    old: list[str], new: list[str], data: st.DataObject
):
    before, now = entry(*old), entry(*new, revision=2)
    lines = data.draw(st.lists(st.sampled_from(old), max_size=3, unique=True))
    found = corrected(digest_of(before, *lines), before, now)
    if found is None:
        return
    for line in found.digest.briefs[0].lines:
        assert line.entry is now
        assert line.text == line.span.of(part_of(now.article, line.part))
    for change in found.changes:
        assert change.old in (*old, "Ferry sinks")
        assert change.new is None or change.new in now.article.text
    if old == new:
        assert found.changes == ()


def test_a_part_of_what_somebody_said_keeps_its_speaker():
    said = "“The boat was full. Nobody counted us on board,” said Celia Marrant, who saw it leave."
    words, part = "The boat was full. Nobody counted us on board,", "Nobody counted us on board,"
    before = entry(
        FIRST, said, quotes=(a_quote(an_article(FIRST, said), words, "Celia Marrant", "Celia Marrant"),)
    )
    later = an_article("A boat has sunk.", FIRST, said)
    now = entry(
        "A boat has sunk.",
        FIRST,
        said,
        revision=2,
        quotes=(a_quote(later, words, "Celia Marrant", "Celia Marrant"),),
    )
    shown_quote = replace(before.quotes[0], words=the_span(before.article, part))
    found = corrected(digest_of(before, FIRST, quotes=(KeyQuote(before, shown_quote),)), before, now)
    assert found is not None
    (quote,) = found.digest.briefs[0].quotes
    assert (quote.text, quote.quote.speaker_name, quote.corrected) == (part, "Celia Marrant", False)
    assert changed(found) == []
