"""Posts, letters by way of lists and notes: what of them is the article's, and whose it is."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from bot.article.extract import extract, extract_all
from bot.domain.model import Article, Document

RECEIVED = datetime(2031, 3, 20, tzinfo=UTC)
TITLE = "Mole of Orrenby closes until spring"
SAID = (
    "The council of Orrenby voted on Monday to close the mole, after a survey found that two of its stones had moved by the width of a hand.",
    "Anglers will be sent to the eastern wall until spring, and the bus between the two will be free for everybody who has a licence, the council said.",
)


def read(text: str, name: str) -> Article:
    return extract(Document(name, text.encode(), RECEIVED))


def test_posts_as_networks_and_forums_export_them() -> None:
    post = {"created_at": "2031-03-04T17:22:05Z", "url": "https://s.example/@imke/1", "content": f"<p>{SAID[0]}</p>", "account": {"username": "imke", "display_name": "Imke Sorrel"}}  # fmt: skip
    one = read(json.dumps(post), "post.json")
    assert (one.byline, one.published) == ("Imke Sorrel", datetime(2031, 3, 4, 17, 22, 5, tzinfo=UTC))
    row = {
        "kind": "t3",
        "data": {"title": TITLE, "selftext": SAID[0], "author": "quaywatcher", "created_utc": 1930000000.0},
    }
    answer = {"kind": "t1", "data": {"body": SAID[1], "author": "x", "parent_id": "t3_1"}}
    thread = [{"kind": "Listing", "data": {"children": [one]}} for one in (row, answer)]
    (found,) = extract_all(Document("thread.json", json.dumps(thread).encode(), RECEIVED)).found
    assert (found.article.title, found.article.byline, found.article.text) == (TITLE, "quaywatcher", SAID[0])


def test_a_letter_by_way_of_a_list_is_its_writers() -> None:
    head = f"From: Ada Marlow via tarn-news <tarn-news@lists.example>\nList-Id: <tarn-news.lists.example>\nSubject: [tarn-news] {TITLE}\n"
    letter = read(head + "\n" + "\n\n".join(SAID), "letter.eml")
    assert (letter.byline, letter.source, letter.title) == ("Ada Marlow", "tarn-news", TITLE)


def test_notes_of_markdown_are_left_out() -> None:
    note, target = "[^1]: Survey of the works department, page 12.", '[1]: https://tide.example/1 "Minutes"'
    text = f"# {TITLE}\n\n{SAID[0]}[^1]\n\n{SAID[1]}^[So the minutes say.]\n\n{note}\n{target}\n"
    assert read(text, "a.md").text == "\n\n".join(SAID)


def test_other_programs_call_who_wrote_it_and_when_otherwise() -> None:
    story = {"by": "ada", "time": 1930000000, "type": "story", "title": TITLE, "text": f"<p>{SAID[0]}"}
    one = read(json.dumps(story), "story.json")
    assert (one.byline, one.published) == ("ada", datetime(2031, 2, 27, 23, 6, 40, tzinfo=UTC))
    page = {"title": {"rendered": TITLE}, "content": {"rendered": f"<p>{SAID[0]}</p>"}, "author": 3, "_embedded": {"author": [{"name": "Ada Marlow"}]}}  # fmt: skip
    assert read(json.dumps(page), "page.json").byline == "Ada Marlow"
