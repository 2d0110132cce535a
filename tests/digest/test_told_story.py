from __future__ import annotations

from bot.digest.told_story import told_story
from bot.domain.digests import PostedStory
from tests.builders import a_quote, an_article, an_entry, the_span


def test_of_a_quote_that_was_shown_in_part_a_reader_who_asks_for_more_has_the_whole():
    words = "The bridge is old. We will mend it before the winter comes."
    article = an_article("The bridge closes on Monday.", f"“{words}” Ada Marlow said.")
    entry = an_entry(article, a_quote(article, words, "Ada Marlow", "Ada Marlow"), id=7)
    part = the_span(article, "We will mend it before the winter comes.")
    story = PostedStory(1, 1, "Bridge closes", (7,), quotes=((7, part),))
    (quote,) = told_story(story, entry.revision, (entry,), whole=True).quotes
    assert (quote.text, quote.quote.speaker_name) == (words, "Ada Marlow")
