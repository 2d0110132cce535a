"""A story from its first article to its latest, and what somebody missed of it."""

from __future__ import annotations

from datetime import timedelta

from bot.digest.timeline import first_and_latest, timeline
from bot.domain.events import Sender
from bot.domain.model import Entry
from tests.builders import NOON, an_article, an_entry
from tests.conversation import ADA, CHANNEL, open_talk, said, shown


def told(number: int, text: str, hours: int, source: str = "Port Gazette") -> Entry:
    article = an_article(
        text, title=f"Bridge {number}", source=source, published=NOON + timedelta(hours=hours)
    )
    return an_entry(article, id=number, story=1)


FIRST = told(2, "The swing bridge at Mardle stays closed for nine weeks.", 0)
AGAIN = told(1, "For 9 weeks the bridge at Mardle stays closed.", 2, "Harbour Times")
LONGER = told(4, "The swing bridge at Mardle stays closed for eleven weeks.", 5)
YARD = told(3, "The bridge at Mardle is mended by the yard of Hesper Quill.", 9)


def test_articles_stand_in_their_order_each_with_what_it_brought():
    events = timeline([LONGER, AGAIN, YARD, FIRST])
    assert [event.entry.id for event in events] == [2, 1, 4, 3]
    assert [[line.text for line in event.lines] for event in events] == [
        [FIRST.article.text], [], [LONGER.article.text], [YARD.article.text],
    ]  # fmt: skip


def test_a_catch_up_has_the_first_line_and_the_latest_that_is_new():
    events = timeline([FIRST, LONGER, YARD, AGAIN])
    assert [event.entry.id for event in first_and_latest(events)] == [2, 3]
    assert [event.entry.id for event in first_and_latest(timeline([FIRST, AGAIN]))] == [2]
    assert first_and_latest(()) == ()


async def test_each_reader_has_a_mark_of_their_own(tmp_path):
    async with open_talk(tmp_path) as talk:

        async def missed(text: str, who: Sender = ADA) -> str:
            return shown(await talk.answer.responder.reply(said(text, CHANNEL, who), "reader"))

        bram = Sender("slack", "U0BRAM", workspace="T1")
        assert "No new articles" not in await missed("/catchup 120ſtd")  # which "std" is in another case
        assert "No new articles" in await missed("/catchup")
        assert "No new articles" not in await missed("/catchup", bram)
        assert "No new articles" in await missed("/catchup", bram)
