"""Telegram's HTML, read back by Telegram's own parser (`tdjson`)."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.telegram.html import _parts, _stories, render
from bot.domain.events import Payload
from bot.domain.message import Break, Button, Buttons, Heading, Items, Message, Paragraph, Quotation, Run
from tests.builders import NOON
from tests.doubles.telegram_rules import Text, detect, fits, keyboard, link_holds, parse, piece, settle, utf16
from tests.sampling import examples

CALLS = {"mention", "bot_command"}
OPAQUE = {"code", "text_link"}


def body(payload: Payload) -> dict[str, Any]:
    return dict(json.loads(payload.body))


def read(payload: Payload) -> Text:
    """The part as Telegram reads it; every limit holds, and nothing that a text says comes to life."""
    sent = body(payload)
    assert set(sent) - {"reply_markup"} == {"text", "parse_mode", "link_preview_options"}
    parsed = parse(sent["text"], sent["parse_mode"], "")
    assert settle(parsed).text == parsed.text == payload.plain
    assert 1 <= utf16(parsed.text) <= 4096
    assert len(parsed.entities) <= 100
    assert len(sent["text"].encode()) < 1 << 15
    closed = [e for e in parsed.entities if e["type"] in OPAQUE]
    live = [e for e in detect(parsed.text) if e["type"] in CALLS]
    for one in live:
        assert any(meet(one, other) for other in closed), piece(parsed.text, one)
    fits(keyboard(json.dumps(sent["reply_markup"])) if "reply_markup" in sent else None)
    return parsed


def meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return (
        one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"]
    )


def looks(parsed: Text) -> list[tuple[str, str]]:
    """(words, look) of every entity."""
    return [(piece(parsed.text, one), one["type"]) for one in parsed.entities]


def para(text: str, **more: Any) -> Paragraph:
    return Paragraph((Run(text, **more),))


def head(text: str, level: Any = 2) -> Heading:
    return Heading((Run(text, "strong"),), level=level)


def only(*blocks: Any) -> Text:
    (payload,) = render(Message(blocks))
    return read(payload)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


# --- looks ---------------------------------------------------------------------------------------


def test_each_kind_of_block_has_its_look():
    parsed = only(
        head("Title", 1),
        Paragraph((Run("Tuesday"),), quiet=True),
        Heading((Run("1. "), Run("Bridge", "strong", "https://a.example/?a=1&b=2"))),
        Paragraph((Run("Gazette"),), quiet=True),
        Paragraph((Run("Plain "), Run("hit", "marked"), Run(" & "), Run("typed", "code"))),
        Quotation("We wait", "Ada Marlow", "Gazette", "fire chief", ("„", "“")),
        Items(((Run("one"),), (Run("two", "strong"),))),
    )
    assert parsed.text == (
        "Title\nTuesday\n\n1. Bridge\nGazette\nPlain hit & typed\n„We wait“\n— Ada Marlow, fire chief · Gazette\n\n• one\n• two"
    )
    assert looks(parsed) == [
        ("Title", "bold"),
        ("Tuesday", "italic"),
        ("1. ", "bold"),
        ("Bridge", "text_link"),
        ("Bridge", "bold"),
        ("Gazette", "italic"),
        ("hit", "bold"),
        ("typed", "code"),
        ("„We wait“\n— Ada Marlow, fire chief · Gazette", "blockquote"),
        ("— Ada Marlow, fire chief · Gazette", "italic"),
        ("two", "bold"),
    ]
    assert parsed.entities[3]["url"] == "https://a.example/?a=1&b=2"


def test_previews_are_off_and_nothing_says_where_to():
    (payload,) = render(Message((para("x"),)))
    assert body(payload) == {
        "text": "x",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }


def test_nothing_to_see_has_no_parts():
    assert render(Message(())) == ()
    assert render(Message((para(" \u200b\u2060\n"), Break(), Quotation("", None), Items(()))))[1:] == ()
    assert render(Message((para("\u0301\u200d\u3164"), Break(), head("\u2800")))) == ()


# --- hostile text --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        '</b><a href="https://bad.example">press</a>',
        "<!channel> <#C1> &lt; &amp;amp; &#60; a<b && c>d",
        "<tg-spoiler>x</tg-spoiler><pre>",
        "*x* _y_ `z` [l](https://bad.example)",
        "שלום <b>עולם</b> مرحبا",
        "\U0001f6a2" * 50,
        "e\u0301 👩‍👩‍👧 नमस्ते क्ष",
    ],
)
def test_text_is_text_whatever_it_says(text):
    parsed = only(para(text))
    assert parsed.text == text
    assert parsed.entities == ()


@pytest.mark.parametrize(
    ("text", "guards"),
    [
        ("write to @channel now", ["@channel"]),
        ("²@channel é@channel .@channel", ["@channel"] * 3),
        ("tap /unsubscribe or (/help@other_bot)", ["/unsubscribe", "/help@other_bot"]),
        ("ada@gazette.example and/or 24/7 km/h", []),
        ("https://a.example/search/x", []),
    ],
)
def test_nobody_is_called_and_no_command_can_be_tapped(text, guards):
    parsed = only(para(text))
    assert parsed.text == text
    assert looks(parsed) == [(guard, "code") for guard in guards]


def test_a_call_is_found_across_differently_marked_words():
    parsed = only(Paragraph((Run("ask @"), Run("channel", "marked"), Run(" /"), Run("help", "strong"))))
    assert {look for _, look in looks(parsed)} == {"code"}


def test_unseen_characters_go_and_open_marks_are_closed():
    parsed = only(para("Ha\u200brb\u2060our\ufeff \u202eegdirb\x00\x07 and \u2067more"), para("after"))
    assert parsed.text == "Harbour \u202eegdirb and \u2067more\u2069\u202c\n\nafter"


def test_piled_up_accents_end():
    parsed = only(para("a" + "\u0336" * 3000 + "b"))
    assert len(parsed.text) == 34


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example", "https://a.example"),
        ("http://a.example:8080/x y/%20?q=ü#f", "http://a.example:8080/x%20y/%20?q=%C3%BC#f"),
        ("https://пример.example/путь", "https://пример.example/%D0%BF%D1%83%D1%82%D1%8C"),
        ('https://a.example/"><b>', "https://a.example/%22%3E%3Cb%3E"),
        ("https://1.2.3.4/x", "https://1.2.3.4/x"),
        ("javascript:alert(1)", ""),
        ("tg://user?id=1", ""),
        ("foo", ""),
        ("//a.example/x", ""),
        ("http://localhost:8000/", ""),
        ("https://bank.example@bad.example/", ""),
        ("https://a.example:99999/", ""),
        ("https://[::1]/", ""),
        ("https://[/", ""),
        ("https://a.example/\u202ex", ""),
        ("https://a.example/" + "x" * 1000, ""),
        ("", ""),
    ],
)
def test_a_link_leads_to_a_public_place_or_is_text(url, kept):
    parsed = only(para("words", url=url))
    urls = [one["url"] for one in parsed.entities if one["type"] == "text_link"]
    assert [address.rstrip("/") for address in urls] == [kept.rstrip("/")] * bool(kept)
    assert parsed.text == "words"


@settings(max_examples=examples(50, 400))
@given(
    st.from_regex(r"https?://([!-~ü./:@-]{1,30}|[a-z0-9_.ü-]{1,12}(:[0-9]{0,6})?(/.{0,9})?)", fullmatch=True)
)
def test_an_address_that_is_made_a_link_is_one_for_telegram(url):
    (payload,) = render(Message((para("words", url=url),)))
    found = re.search(r'<a href="([^"]*)">', body(payload)["text"])
    if found:
        assert link_holds(unescape(found[1]))


# --- parts ---------------------------------------------------------------------------------------


def story(number: int, words: int = 60) -> list[Any]:
    return [
        Heading((Run(f"Story{number}", "strong", f"https://{number}.example/story"),)),
        Paragraph((Run(f"Gazette{number}"),), quiet=True),
        para(" ".join(f"w{number}x{count}" for count in range(words))),
        Quotation(f"said{number}", f"Ada{number}"),
    ]


def digest(stories: int, words: int = 60) -> Message:
    blocks: list[Any] = [head("Digest", 1)]
    for number in range(stories):
        blocks += [*([Break()] if number else []), *story(number, words)]
    return Message((*blocks, Paragraph((Run("footer"),), quiet=True)))


def test_forty_stories_are_cut_between_stories():
    parts = [read(payload).text for payload in render(digest(40))]
    assert 5 <= len(parts) <= 7
    assert all(text.startswith(("Digest", "Story")) for text in parts)
    assert all(re.search(r"— Ada\d+$", text) for text in parts[:-1])
    assert min(map(utf16, parts[:-1])) > 3000


def test_a_story_longer_than_a_part_is_cut_between_blocks_and_keeps_its_heading():
    blocks = [*story(1, 50), *(para(f"p{number} " + "word " * 100) for number in range(12))]
    parts = [read(payload).text for payload in render(Message(tuple(blocks)))]
    assert len(parts) == 2
    assert parts[1].startswith("p")


def test_a_heading_waits_for_what_it_is_about():
    blocks = [para("x" * 4000), *story(7, 40)]
    first, second = [read(payload).text for payload in render(Message(tuple(blocks)))]
    assert first == "x" * 4000
    assert second.startswith("Story7\nGazette7\nw7x0")


def test_long_text_is_cut_after_a_sentence_else_a_word_else_anywhere():
    sentence = "The harbour bridge will close on Monday. "
    parts = [read(payload).text for payload in render(Message((para(sentence * 300),)))]
    assert all(text.endswith("Monday.") for text in parts)
    parts = [read(payload).text for payload in render(Message((para("harbour " * 1500),)))]
    assert all(text.endswith("harbour") for text in parts)
    parts = [read(payload).text for payload in render(Message((para("x" * 10_000),)))]
    assert [len(text) for text in parts] == [4094, 4094, 1812]


@pytest.mark.parametrize("shift", range(4))
def test_no_character_is_cut_in_half(shift):
    for letter in ("\U0001f6a2", "e\u0301", "👩\u200d👩\u200d👧", "\U0001f1eb\U0001f1ee"):
        text = "x" * shift + letter * 4000
        parts = [read(payload).text for payload in render(Message((para(text),)))]
        assert "".join(parts) == text
        if letter != "\U0001f1eb\U0001f1ee":  # two letters, each a character of its own
            assert all(part.startswith((letter, "x")) for part in parts)


def test_a_flood_of_looks_is_cut_before_any_is_lost():
    runs = tuple(Run(f"w{n} ", "marked" if n % 2 else "plain") for n in range(600))
    parts = [read(payload) for payload in render(Message((Paragraph(runs),)))]
    marked = [words.strip() for part in parts for words, look in looks(part) if look == "bold"]
    assert marked == [f"w{n}" for n in range(1, 600, 2)]


def test_a_flood_of_names_calls_nobody():
    payloads = render(Message((para("@channel " * 1000),)))
    for payload in payloads:
        parsed = read(payload)
        assert all(look == "code" for _, look in looks(parsed))


TEXTS = st.text(
    alphabet=st.sampled_from(
        "ab .!?\n<>&\"'@/#:;-_*`\\éд港ا\u05d0\u0301\u200d\u200b\u202e\u2067\u2069\x00\U0001f6a2"
    ),
    max_size=60,
)
FLOODS = st.builds(lambda text, times: text * times, TEXTS, st.sampled_from([1, 1, 1, 90, 700]))
URLS = st.sampled_from([None, None, "https://a.example/x?y=1&z=2", "javascript:x", 'https://a.example/"<'])
TONES = st.sampled_from(["plain", "strong", "quiet", "marked", "code"])
RUNS = st.builds(Run, FLOODS, TONES, URLS, moment=st.sampled_from([None, None, NOON]))
LINES = st.lists(RUNS, max_size=4).map(tuple)
BLOCKS = st.one_of(
    st.builds(Heading, LINES, st.sampled_from([1, 2])),
    st.builds(Paragraph, LINES, st.booleans()),
    st.builds(Items, st.lists(LINES, max_size=3).map(tuple)),
    st.builds(Quotation, FLOODS, st.none() | TEXTS, st.none() | TEXTS),
    st.just(Break()),
    st.builds(Buttons, st.lists(st.builds(Button, TEXTS, TEXTS, TEXTS), max_size=9).map(tuple)),
)
MESSAGES = st.builds(Message, st.lists(BLOCKS, max_size=12).map(tuple))


@given(MESSAGES)
def test_any_message_keeps_every_limit_and_loses_nothing(message):
    payloads = render(message)
    parsed = [read(payload) for payload in payloads]
    shown = squeezed("".join(one.text for one in parsed))
    # The same blocks one at a time: what each would show alone, in order.
    alone = [part for block in message.blocks for part in render(Message((block,)))]
    wanted = squeezed("".join(part.plain for part in alone if part.plain != "…"))
    assert shown.strip("…") == wanted.strip("…")


@given(MESSAGES)
def test_no_part_ends_with_a_heading_while_the_message_goes_on(message):
    for part in [part for part in _parts(_stories(message.blocks)) if part][:-1]:
        assert not part[-1].head or all(one.head for one in part)  # headings that fill a part by themselves


# --- buttons -------------------------------------------------------------------------------------


def pressable(*buttons: Button, extra: int = 0) -> list[list[tuple[str, str]]]:
    payloads = render(Message((para("x " * 3000 * extra + "x"), Buttons(buttons))))
    for payload in payloads[:-1]:
        assert "reply_markup" not in body(payload)
    rows = body(payloads[-1]).get("reply_markup", {}).get("inline_keyboard", [])
    return [[(one["text"], one["callback_data"]) for one in line] for line in rows]


def test_buttons_stand_under_the_last_part():
    assert pressable(Button("More", "more", "17:2"), Button("Share", "share", "17"), extra=2) == [
        [("More", "more:17:2"), ("Share", "share:17")]
    ]


def test_what_a_button_cannot_carry_is_left_out():
    shown = pressable(
        Button("fits", "a", "x" * 62),
        Button("too long", "a", "x" * 63),
        Button("bytes", "a", "é" * 32),
        Button(" \u200b", "a", "1"),
        Button("no action", "", "1"),
        Button("two actions", "a:b", "1"),
        Button("half", "a", "\ud800"),
    )
    assert shown == [[("fits", "a:" + "x" * 62)]]


def test_rows_are_as_wide_as_a_phone():
    shown = pressable(*(Button(str(number), "page", str(number)) for number in range(150)))
    assert sum(map(len, shown)) == 100
    assert max(map(len, shown)) == 8
    assert [len(line) for line in pressable(*(Button("a long label here", "a", "1") for _ in range(4)))] == [
        2,
        2,
    ]
    assert pressable(Button("word " * 30, "a", "1"))[0][0][0] == ("word " * 8).rstrip() + " …"


def test_buttons_alone_still_make_a_message():
    (payload,) = render(Message((Buttons((Button("More", "more", "1"),)),)))
    assert read(payload).text == "…"


# --- folded details ------------------------------------------------------------------------------


def a_long_digest(sentences: int) -> Message:
    lines = " ".join(f"Sentence {n} of this story says what happened on that day." for n in range(sentences))
    quote = Quotation("We wait for the stone", "Ada Marlow", marks=("“", "”"), details=True)
    items = ((Run("Bees return", url="https://bees.example/"),), (Run("@all the /help"),), (Run("Last"),))
    return Message(
        (head("Digest", 1), para(lines), quote, Break(), head("Also"), Items(items, 2, details=True))
    )


def test_the_details_of_a_long_message_are_folded_and_read_the_same():
    (long,), (short,) = render(a_long_digest(40)), render(a_long_digest(2))
    parsed = read(long)
    folded = [words for words, look in looks(parsed) if look == "expandable_blockquote"]
    assert folded == ["“We wait for the stone”\n— Ada Marlow", "2. Bees return\n3. @all the /help\n4. Last"]
    assert ("Bees return", "text_link") in looks(parsed)
    assert [look for _, look in looks(read(short)) if "quote" in look] == ["blockquote"]
    tail = short.plain.partition("“We wait")[2]
    assert long.plain.endswith(tail)


def test_what_is_no_detail_is_never_folded():
    answer = Message((para("word " * 900), Quotation("We wait"), Items(((Run("one"),), (Run("two"),)))))
    for payload in render(answer):
        assert "expandable" not in body(payload)["text"]


@settings(deadline=None, max_examples=examples(10, 80))
@given(st.lists(st.text(max_size=300), min_size=1, max_size=40))
def test_folded_lists_keep_every_limit(texts):
    items = Items(tuple((Run(one), Run(one, "strong")) for one in texts), 1, details=True)
    message = Message((head("Digest", 1), para("Word upon word. " * 150), items))
    shown = squeezed("".join(read(payload).text for payload in render(message)))
    plain = Message((head("Digest", 1), para("Word upon word. " * 150), Items(items.items, 1)))
    assert shown == squeezed("".join(read(payload).text for payload in render(plain)))
