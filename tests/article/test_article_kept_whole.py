"""What a page's markup makes extraction leave out, although it stands among the article's own paragraphs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.article.html import passages
from bot.article.html.page import read_html
from bot.article.text.block_kinds import Kind, kind
from bot.article.text.blocks import Block
from bot.domain.model import Document

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
PROSE = "<p>The council said on Monday that the bridge over the river would stay shut until the spring, and that a ferry would run.</p>"


TOLD = "<p>Its piers are ninety years old, and divers found cracks as wide as a hand in two of them last autumn.</p>"


def paragraphs(markup: str) -> tuple[str, ...]:
    page = f"<html><head><title>Bridge stays shut</title></head><body>{markup}</body></html>"
    return read_html(page, Document("page.html", b"", RECEIVED)).paragraphs


def test_headings_and_lists_stay_where_no_box_is_named_as_the_body() -> None:
    body = "".join(f"{PROSE}<h3>Part {n}</h3>{TOLD}<ul><li>Pier {n} is mended.</li></ul>" for n in range(9))
    for markup in (f"<div class='w9'>{body}{PROSE}</div>", f"{body}{PROSE}"):
        read = paragraphs(f"{markup}<div class='x1'>{PROSE}</div>")
        assert [one for one in read if len(one) < 30] == [
            line for n in range(9) for line in (f"Part {n}", f"Pier {n} is mended.")
        ]


def kinds(*texts: str) -> set[Kind]:
    return {kind(Block(text)) for text in texts}


def test_a_paragraph_is_no_caption_for_how_it_begins_or_ends() -> None:
    read = (
        "File-by-file comparison of the two harbour plans took the clerks a week, and it found nothing new at all.",
        "The pier was measured twice in spring, and the second figure was the one that the council used. [B1 / B2]",
        "The council gave the ferry one pound for every two that the crossing earns in winter (24/7)",
    )
    assert kinds(*read) <= {Kind.PROSE, Kind.SENTENCE, Kind.LINE}
    assert kinds(
        "File - The pier in spring.",
        "Stock image: a pier",
        "The old pier is measured. (Harbour Press/Imke Sorrel)",
    ) == {Kind.CAPTION}


def test_a_sentence_that_is_marked_as_a_whole_is_a_paragraph_between_others() -> None:
    said = "The figures of this report are those of the harbour office, which counts a ferry twice when it turns back."
    for tag in ("em", "small", "span"):
        assert said in paragraphs(
            f"<div class='entry-content'>{TOLD * 3}<{tag}>{said}</{tag}>{PROSE * 3}</div>"
        )
    around = f"<div class='entry-content'>{TOLD * 2}<span>{PROSE}{TOLD}</span>{PROSE}</div>"
    assert {len(one) for one in paragraphs(around)} == {
        len(one) for one in paragraphs(f"<article>{PROSE}{TOLD}")
    }


def test_who_is_paid_for_links_and_what_guards_a_form_are_no_article() -> None:
    assert kinds(
        "This guide contains affiliate links to tents that our editors chose.",
        "Some of the links on this page are affiliate links, so we are paid a little.",
        "If you buy something through this post, the Courier may get a share of the sale.",
    ) == {Kind.NOTE}
    assert kinds("This site is protected by reCAPTCHA, and its rules apply.") == {Kind.RIGHTS}


def test_a_paragraph_whose_identifier_has_the_letters_of_a_menu_stays() -> None:
    named = '<p id="NavQ7s">The eastern pier of the bridge was mended by nine divers within a month, the council said.</p>'
    read = paragraphs(f"<article>{PROSE * 3}{named}{TOLD}</article>")
    assert any(one.startswith("The eastern pier") for one in read)


def test_a_short_list_below_a_paragraph_stays_with_its_links() -> None:
    items = "<li>One that counts ferries, such as <a href='/a'>Tally</a> or <a href='/b'>Ford</a></li><li>One that rings a bell</li>"
    read = paragraphs(f"<article>{PROSE * 3}<div>{TOLD}<ul>{items}</ul></div>{PROSE}</article>")
    assert "One that counts ferries, such as Tally or Ford" in read
    menu = "<li><a href='/a'>Tally</a></li><li><a href='/b'>Ford</a></li><li>more</li>"
    assert "Tally" not in paragraphs(f"<article>{PROSE * 3}<div>{TOLD}<ul>{menu}</ul></div>{PROSE}</article>")


def test_items_that_say_more_than_their_link_are_no_teasers() -> None:
    items = (
        "<li><a href='/a'>The pier's old tide clock went</a> to the museum, which asked for it for a decade</li>",
        "<li>See: <a href='/b'>The long winter of the ferries</a></li>",
        "<li>Nine divers came</li>",
    )
    read = paragraphs(f"<article>{PROSE}{TOLD}<ul>{''.join(items)}</ul>{PROSE}{TOLD}</article>")
    assert "The pier's old tide clock went to the museum, which asked for it for a decade" in read
    assert not any("long winter" in one for one in read)


def test_the_notes_of_an_encyclopedia_are_not_its_article() -> None:
    notes = '<ol><li id="cite_note-3">^ Sorrel, Imke (2029). <a href="/x">The Tide Clock</a>. Harbour Press, which prints it again.</li></ol>'
    read = paragraphs(f"<article>{PROSE}{TOLD}<h2>Notes</h2>{notes}</article>")
    assert not any("Sorrel" in one for one in read)


def test_the_signs_that_lead_to_a_heading_are_no_part_of_it() -> None:
    heads = "".join(f"<h2>Part {at}<a href='#p{at}'>{sign}</a></h2>{TOLD}" for at, sign in enumerate("¶#§"))
    read = paragraphs(f"<article>{PROSE}{heads}<h2><a href='#p9'>Part 9</a></h2>{PROSE}</article>")
    assert [one for one in read if len(one) < 20] == ["Part 0", "Part 1", "Part 2", "Part 9"]


def test_a_paragraph_between_two_of_its_box_stays_for_all_its_links(monkeypatch: pytest.MonkeyPatch) -> None:
    linked = "<p>This morning, however, it said <a href='/a'>that the ferry will not run</a> before the piers are measured again.</p>"
    extracted = passages._extracted
    monkeypatch.setattr(
        passages, "_extracted", lambda tree: [one for one in extracted(tree) if "however" not in one.text]
    )
    read = paragraphs(f"<article>{PROSE}{TOLD}{linked}{PROSE.replace('Monday', 'Friday')}</article>")
    assert [one.split()[1] for one in read] == ["council", "piers", "morning,", "council"]
    more = "<p><a href='/b'>However, the long winter of the ferries is told in a film that the island made.</a></p>"
    assert len(paragraphs(f"<article>{PROSE}{TOLD}{more}{PROSE.replace('Monday', 'Friday')}</article>")) == 3
