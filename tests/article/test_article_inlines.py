"""A block with inline elements without end becomes plain text before anything walks it many times."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.article.html import passages
from bot.article.html.inlines import MOST_CELLS, MOST_INLINE, keep_in_sentences, merge_inline, split_rows
from bot.article.html.links import linked_lines
from bot.article.html.page import read_html
from bot.article.html.tree import tree_of
from bot.domain.model import Document

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
PROSE = "The council said on Monday that the bridge over the river would stay shut until the spring. "


def crowded(piece: str, count: int = MOST_INLINE + 1) -> str:
    return (
        f"<html><body><article><p>{PROSE}{piece * count}{PROSE}<br>End.</p><p>It is <b>old</b>.</p></article>"
    )


@pytest.mark.parametrize(
    "piece",
    ["<span>a</span>", "<b>a</b> ", "<a href=x>a</a> b c ", "<span><i>a</i> b</span>", "x<em>y</em>z"],
)
def test_the_words_of_a_crowd_stay_and_its_tags_go(piece: str) -> None:
    tree = tree_of(crowded(piece))
    words = tree.text_content()
    assert merge_inline(tree) > MOST_INLINE
    assert tree.text_content() == words
    paragraph, other = tree.iter("p")
    assert [child.tag for child in paragraph] == ["br"]
    assert [child.tag for child in other] == ["b"]
    assert len(paragraph.xpath("text()")) == 2  # one piece before the break and one after it


def test_a_crowd_of_links_is_no_body() -> None:
    readers = " ".join(f"<a href='/users/{n}'>reader{n}</a>" for n in range(3 * MOST_INLINE))
    told = "".join(f"<p>{PROSE}Engineer {n} measured it twice.</p>" for n in range(5))
    page = f"<html><body><p>{readers} and others liked this.</p><div>{told}</div></body></html>"
    found = read_html(page, Document("page.html", b"", RECEIVED))
    assert len(found.paragraphs) == 5
    assert "reader" not in " ".join(found.paragraphs)


def test_what_has_no_crowd_is_left_alone() -> None:
    tree = tree_of(crowded("<a href=x>a</a> ", MOST_INLINE))
    assert merge_inline(tree) == 0
    assert len(list(tree.iter("a"))) == MOST_INLINE


def test_a_crowd_is_counted_through_elements_in_each_other() -> None:
    tree = tree_of(crowded(f"<span>{'<b>a</b>' * 9}</span>", MOST_INLINE // 9))
    assert merge_inline(tree) >= MOST_INLINE


def test_the_body_of_a_crowded_page_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[int] = []
    extracted = passages._extracted

    def counted(tree):
        walked.append(sum(1 for _ in tree.iter("a", "b", "span")))
        return extracted(tree)

    monkeypatch.setattr(passages, "_extracted", counted)
    found = read_html(crowded("<span>word</span> ", 40_000), Document("odd.html", b"", RECEIVED))
    assert found.paragraphs[0].startswith(PROSE)
    assert walked == [1]


def test_the_links_of_a_block_are_looked_at_once() -> None:
    tree = tree_of(f"<html><body><p>{'<a href=x>a</a>' * 40_000}</p></body></html>")
    assert linked_lines(tree) == {}


@pytest.mark.parametrize("cells", [3, MOST_CELLS, MOST_CELLS + 1, 5 * MOST_CELLS])
def test_a_row_without_end_becomes_several(cells: int) -> None:
    tree = tree_of(
        f"<html><body><table><tr>{'<td>x</td>' * cells}</tr><tr><td>last</td></tr></table></body></html>"
    )
    split_rows(tree)
    rows = [len(row) for row in tree.iter("tr")]
    assert sum(rows) == cells + 1
    assert max(rows) <= MOST_CELLS
    assert tree.text_content() == "x" * cells + "last"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("It released 10<sup>25</sup> joules.", "It released 10²⁵ joules."),
        ("It is 10<sup>-7</sup> metres wide.", "It is 10⁻⁷ metres wide."),
        ("An area of 400 km<sup>2</sup> is closed.", "An area of 400 km² is closed."),
        ("Nobody swam<sup>3</sup> there.", "Nobody swam there."),
        ("There were none.<sup>1</sup> So it closed.", "There were none. So it closed."),
        ("It is the 21<sup>st</sup> bridge.", "It is the 21st bridge."),
    ],
)
def test_what_is_set_above_the_line(markup: str, text: str) -> None:
    filler = (
        "<p>The harbour bridge will close on Monday for eleven months, the port authority said on Tuesday.</p>"
        * 4
    )
    page = f"<html><body><article><h1>The harbour bridge closes</h1>{filler}<p>{markup}</p>{filler}</article></body></html>"
    assert text in extract(Document(name="a.html", data=page.encode(), received=RECEIVED)).text
    item = json.dumps({"title": "The harbour bridge closes", "content_html": f"{filler}<p>{markup}</p>"})
    assert text in extract(Document(name="a.json", data=item.encode(), received=RECEIVED)).text


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("<code>tide.open</code> is the call that the harbour's software makes when <code>gate</code> is free.", "tide.open is the call that the harbour's software makes when gate is free."),
        ("The harbour master called it <q>a gate without a key</q> and left the meeting early.", 'The harbour master called it "a gate without a key" and left the meeting early.'),
        ("The harbour master called it <q>“a gate without a key”</q> and left.", "The harbour master called it “a gate without a key” and left."),
        ("Whoever owns <span><button><em>tidal</em></button></span> <span><button>energy</button></span> shares will hear of it first.", "Whoever owns tidal energy shares will hear of it first."),
        ("The harbour opens again in spring. <button>Subscribe</button>", "The harbour opens again in spring."),
        ("The gate held for nine years<sup><a href='#fn-1'>1</a></sup>, said the report. <sup><a href='#fn-2'>2</a></sup>", "The gate held for nine years, said the report."),
    ],
)  # fmt: skip
def test_what_stands_within_a_sentence_is_a_part_of_it(sentence: str, read: str) -> None:
    page = f"<html><body><article><p>{sentence}</p><p>{PROSE}</p><p>{PROSE}</p></article></body></html>"
    assert read_html(page, Document("page.html", b"", RECEIVED)).paragraphs[0] == read


def test_code_of_several_lines_is_a_block() -> None:
    page = f"<html><body><article><p>{PROSE}</p><pre><code>a = 1\nb = 2</code></pre><p>{PROSE}</p></article></body></html>"
    tree = tree_of(page)
    keep_in_sentences(tree)
    assert [element.tag for element in tree.iter("code", "span")] == ["code"]
