"""What a reader sees of a fragment of HTML, and running text from placed lines."""

from __future__ import annotations

import time

import pytest

from bot.article.html.fragment import TooDeep, crowded, looks_like_html, plain, unescaped
from bot.article.pdf.columns import Line, running_text


def seen(markup: str) -> list[str]:
    return [line.strip() for line in plain(markup).split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>One <b>bold</b> word.</p><p>Two.</p>", ["One bold word.", "Two."]),
        ("<h2>Head</h2>Text<br>below<ul><li>a<li>b</ul>", ["## Head", "Text", "below", "• a", "• b"]),
        ("<table><tr><td>One</td><td>Two</td></tr></table>", ["One", "Two"]),
        ("Fish &amp; chips &lt;now&gt;", ["Fish & chips <now>"]),
        ("<p>Seen</p><script>alert(1)</script><style>p{}</style><!-- no -->", ["Seen"]),
        ("<p>Seen</p><figure><img alt=x><figcaption>Caption</figcaption></figure>", ["Seen"]),
        ("", []),
        ("<", ["<"]),
    ],
)
def test_plain(markup: str, lines: list[str]) -> None:
    assert seen(markup) == lines


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("&lt;p&gt;The gate &amp;amp; the ice&lt;/p&gt;", "<p>The gate &amp; the ice</p>"),
        ("The tag &lt;p&gt; opens a paragraph.", "The tag &lt;p&gt; opens a paragraph."),
        ("<p>Write &lt;p&gt; first.</p>", "<p>Write &lt;p&gt; first.</p>"),
        ("&lt;3 the gate", "&lt;3 the gate"),
    ],
)
def test_html_that_was_escaped_twice(text: str, markup: str) -> None:
    assert unescaped(text) == markup


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ("<tr><th>Buyer<th>Offer<tr><td>Pahl<td>1.2m", ["Buyer Offer", "Pahl 1.2m"]),
        ("<thead><tr><td><b>Buyer</b><td><p>Offer</p></thead><tr><td>Pahl<td>", ["Buyer Offer", "Pahl"]),
        ("<tr><td>By Jon Berge<td>3 March 2031", ["By Jon Berge", "3 March 2031"]),
        ("<tr><td>One<td><p>A</p><p>B</p><tr><td>Two<td>C", ["One", "A", "B", "Two C"]),
    ],
)
def test_a_row_of_data_is_a_line(rows: str, lines: list[str]) -> None:
    assert seen(f"<table>{rows}</table>") == lines


@pytest.mark.parametrize(
    "how",
    [
        "style='display: none'",
        "style='color:red;visibility:hidden'",
        "style='font-size:0px'",
        "style='max-height:0;overflow:hidden'",
        "style='opacity:0'",
        "style='color:#fff;background-color:#FFF'",
        "style='mso-hide:all'",
        "hidden",
        "aria-hidden=true",
    ],
)
def test_what_is_hidden_is_not_read_and_what_follows_is(how: str) -> None:
    assert seen(f"<p>Before</p><div {how}>Buy <p>now</p></div> after <p>it</p>") == ["Before", "after", "it"]


@pytest.mark.parametrize(
    "how", ["style='font-size:0.9em'", "style='opacity:0.8'", "style='color:#fff;background:#000'"]
)
def test_what_only_looks_hidden_is_read(how: str) -> None:
    assert seen(f"<p {how}>Words</p>") == ["Words"]


def test_markup_that_the_parser_would_cut_short_is_refused() -> None:
    with pytest.raises(TooDeep):
        plain("<div>" * 300 + "lost")
    assert seen("<div>" * 200 + "kept") == ["kept"]


def test_a_crowd_of_attributes_is_refused_at_once() -> None:
    start = time.process_time()
    with pytest.raises(TooDeep):
        plain("<p " + " ".join(f"a{n}=1" for n in range(60_000)) + ">x")
    assert time.process_time() - start < 1
    assert not crowded(f"<img src='data:image/png;base64,{'A b ' * 90_000}'>")


@pytest.mark.parametrize(
    ("text", "html"), [("<p>x</p>", True), ("a<br/>b", True), ("a < b and c > d", False), ("<3", False)]
)
def test_looks_like_html(text: str, html: bool) -> None:
    assert looks_like_html(text) is html


def lines(*texts: str, top: float = 700.0, size: float = 10.0) -> list[Line]:
    return [
        Line(text, 60.0, 60.0 + len(text) * size / 2, top - 12 * number, size)
        for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        (("the old machin-", "ery of the bridge"), "the old machinery of the bridge"),
        (
            ("the well-known bridge is a well-", "known bridge"),
            "the well-known bridge is a well-known bridge",
        ),
        (("the visit of Anne-", "Marie was short"), "the visit of Anne-Marie was short"),
        (("from 2030-", "2031 the bridge is closed"), "from 2030-2031 the bridge is closed"),
        (("the o\ufb03ce of the har\u00ad", "bour"), "the office of the harbour"),
    ],
)
def test_hyphens_at_the_ends_of_lines(texts: tuple[str, ...], joined: str) -> None:
    assert running_text([lines(*texts)]) == joined


def test_a_sentence_goes_on_across_pages_and_running_lines_stand_once() -> None:
    texts = (
        ("It begins here,", "and it goes on"),
        ("without an end,", "as many do,"),
        ("until the", "last page."),
    )
    pages = [
        [
            Line("Port Gazette, 3 March 2031", 60, 180, 820, 9),
            *lines(*text),
            Line(f"– {number} –", 280, 300, 20, 9),
        ]
        for number, text in enumerate(texts, 1)
    ]
    assert running_text(pages) == (
        "Port Gazette, 3 March 2031\n\nIt begins here, and it goes on without an end, as many do, until the last page."
    )


def test_a_page_without_lines() -> None:
    assert running_text([]) == ""
    assert running_text([[], []]) == ""
