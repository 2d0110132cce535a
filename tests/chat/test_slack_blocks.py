"""What holds for every message on Slack, however hostile: limits, words, order, and nothing that pings."""

from __future__ import annotations

import json
import re
import warnings

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SlackBlock

from bot.chat.slack import text as slack_text
from bot.chat.slack.blocks import action_of, render
from bot.chat.slack.parts import MOST_BLOCKS, MOST_UNITS
from bot.chat.slack.text import size
from bot.domain.events import Payload
from bot.domain.message import Break, Button, Buttons, Heading, Items, Message, Paragraph, Quotation, Run
from bot.wording import phrases
from tests.builders import NOON
from tests.doubles.slack_reading import Piece, pieces
from tests.doubles.slack_rules import content

HOSTILE = [
    "<!channel> <!here> <!everyone> @channel",
    "<@U1> <@W1|ada> <#C1|news> <!subteam^S1>",
    "<!date^1392734382^{date_short}|now>",
    "<https://evil.example|bank> https://evil.example",
    "*bold* _italic_ ~gone~ `code` ```fence``` > quote",
    '</b><a href="https://evil.example">press</a>',
    "&lt;!channel&gt; &amp;amp; & < >",
    ":smile: :+1: \\u003c!channel\\u003e",
    "\u202egnp.exe \u2066left \u2069\u2069\u202c open \u2067",
    "zero\u200bwidth\u200d\ufeffjoin\u00ad",
    "bell\x07 null\x00 esc\x1b[31m line\u2028sep\x85 lone\ud800 \udfff",
    "👩‍👩‍👧‍👦👍🏽🇬🇧" * 40,
    "x" * 10_000,
    "𝔘" * 10_000,
    "A sentence ends. " * 900,
    "\n" * 3_000,
    "\u3164\u200b",
]
texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=80),
    st.text(alphabet=st.sampled_from("ab .<>&|*_`~@!#\n\u202e\u2066\u200b😀e\u0301"), max_size=400),
    st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=8), st.integers(1, 700)),
)
urls = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "https://example.org/a?b=1&c=2",
            "http://example.org/" + "long/" * 390,
            "https://example.org/a|b>c<d",
            "javascript:alert(1)",
            "https://good.example@evil.example/",
            "https://exa mple.org",
            "slack://channel?id=C1",
            "https://[",
            "//x",
        ]
    ),
)
tones = st.sampled_from(["plain", "strong", "quiet", "marked", "code"])
runs = st.builds(Run, texts, tones, urls, moment=st.sampled_from([None, None, NOON]))
lines = st.lists(runs, max_size=3).map(tuple)
words = st.one_of(
    st.builds(Heading, lines, st.sampled_from([1, 2])),
    st.builds(Paragraph, lines, st.booleans()),
    st.builds(Items, st.lists(lines, max_size=4).map(tuple)),
    st.builds(Quotation, texts, st.one_of(st.none(), texts), st.one_of(st.none(), texts)),
)
buttons = st.builds(
    Buttons,
    st.lists(st.builds(Button, texts, st.sampled_from(["page", "share", "z" * 300]), texts), max_size=30).map(
        tuple
    ),
)
messages = st.lists(st.one_of(words, words, words, buttons, st.just(Break())), max_size=12).map(
    lambda blocks: Message(tuple(blocks))
)
wide_messages = st.lists(st.one_of(words, st.just(Break())), min_size=40, max_size=120).map(
    lambda blocks: Message(tuple(blocks))
)


def words_of(message: Message) -> str:
    """Every letter of the message in order, as a reader should find it; blanks aside."""
    found: list[str] = []
    for block in message.blocks:
        match block:
            case Heading(runs=runs) | Paragraph(runs=runs):
                found += [run.text for run in runs]
            case Items(items=items):
                found += [run.text for item in items for run in item]
            case Quotation() if slack_text.is_visible(slack_text.safe(block.words)):
                opening, closing = block.marks
                found += [opening, block.words, closing]
                found.append(phrases.attribution(block.speaker, block.source, block.role))
    return "".join(found)


def letters(text: str) -> str:
    """Only what carries words: blanks, marks and what Slack may not have are left out."""
    return "".join(char for char in text if char.isalnum() and slack_text.is_visible(char))


def body_of(part: Payload) -> dict:
    return json.loads(part.body)


def shown(part: Payload) -> list[Piece]:
    rows = [block for block in body_of(part)["blocks"] if block["type"] != "actions"]
    return pieces("", rows)


@given(st.one_of(messages, wide_messages))
def test_slack_takes_every_part(message):
    for part in render(message):
        body = body_of(part)
        assert set(body) == {"text", "blocks", "mrkdwn", "unfurl_links", "unfurl_media"}
        assert (body["mrkdwn"], body["unfurl_links"], body["unfurl_media"]) == (False, False, False)
        assert 0 < size(body["text"]) <= 3_000
        assert 0 < len(body["blocks"]) <= MOST_BLOCKS
        assert content(body, text_most=4_000).text == body["text"]
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for block in SlackBlock.parse_all(body["blocks"]):
                block.validate_json()
        assert sum(size(one) for one in strings_in(body["blocks"])) <= MOST_UNITS
        body["text"].encode()


def strings_in(value):
    if isinstance(value, list):
        for one in value:
            yield from strings_in(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name in ("text", "url") and isinstance(one, str):
                yield one
            else:
                yield from strings_in(one)


@given(st.one_of(messages, wide_messages))
@example(Message((Quotation("<@U1>", "<!here>", "a|b"), Paragraph((Run("<!channel>"),)))))
def test_nothing_pings_and_links_lead_only_where_they_may(message):
    wanted = {
        slack_text.address(run.url)
        for block in message.blocks
        for run in (
            *getattr(block, "runs", ()),
            *(run for item in getattr(block, "items", ()) for run in item),
        )
    }
    for part in render(message):
        body = body_of(part)
        for piece in (Piece(body["text"]), *pieces("", body["blocks"])):
            assert piece.pings == []
        assert Piece(body["text"]).links == []
        for to, _label in (link for piece in shown(part) for link in piece.links):
            assert to in wanted
            assert re.fullmatch(r"https?://[^\s|<>]+", to)
        assert "mrkdwn" not in set(kinds_in(body["blocks"]))


def kinds_in(value):
    if isinstance(value, list):
        for one in value:
            yield from kinds_in(one)
    elif isinstance(value, dict):
        yield value.get("type")
        for one in value.values():
            yield from kinds_in(one)


@given(messages)
def test_every_word_is_there_in_order(message):
    parts = render(message)
    wanted = letters(words_of(message))
    assert letters("".join(piece.shown for part in parts for piece in shown(part))) == wanted
    assert letters("".join(part.plain for part in parts)) == wanted


@given(messages)
def test_marks_of_direction_are_paired_in_every_text(message):
    for part in render(message):
        for text in strings_in(body_of(part)["blocks"]):
            assert slack_text.safe(text) == text
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", text)


@given(st.integers(0, 40), st.sampled_from(["👩‍👩‍👧‍👦", "👍🏽", "e\u0301\u0302", "𝔘"]))
def test_a_sign_of_several_characters_is_never_cut_in_half(before, sign):
    message = Message((Paragraph((Run("a" * before + sign * 1_600),)),))
    shown_ = [piece.shown for part in render(message) for piece in shown(part)]
    assert len(shown_) > 1
    assert "".join(shown_) == "a" * before + sign * 1_600
    for one in shown_:
        assert one.replace(sign, "").strip("a") == ""


@given(texts, st.integers(1, 60))
def test_a_beginning_is_one_and_fits(text, most):
    head = slack_text.beginning(text, most)
    assert text.startswith(head)
    assert size(head) <= most
    if len(head) < len(text):
        assert size(head) > most - 66  # a long chain of joined signs is not gone back over


@given(texts)
def test_what_slack_escapes_is_heard_as_it_was_typed(text):
    typed = text.strip()
    assert slack_text.heard(slack_text.escaped(typed)) == typed


@given(texts)
def test_harmless_text_stays_as_it_is_and_is_never_longer(text):
    once = slack_text.safe(text)
    assert size(once) <= size(text)
    assert slack_text.safe(once) == once


# --- where it is cut ---------------------------------------------------------------------------------


def story(number: int, sentences: int = 12) -> list:
    sentence = f"Sentence of story {number} that says rather little in quite a few words. "
    return [
        Heading((Run(f"Headline {number}", "strong", f"https://{number}.example"),)),
        Paragraph((Run(f"Outlet {number} · today"),), quiet=True),
        Paragraph((Run((sentence * sentences).strip()),)),
        Quotation(f"Said {number}", "Ada"),
    ]


def a_digest(stories: int, sentences: int = 12) -> Message:
    blocks: list = [Heading((Run("The digest"),), level=1)]
    for number in range(stories):
        blocks += [Break()] if number else []
        blocks += story(number, sentences)
    return Message(tuple(blocks))


def test_a_long_digest_is_cut_between_stories():
    parts = render(a_digest(60))
    assert len(parts) > 2
    for part in parts[1:]:
        first = body_of(part)["blocks"][0]
        assert first["elements"][0]["elements"][0]["text"].startswith("Headline")
    for part in parts[:-1]:
        assert part.plain.splitlines()[-1] == "— Ada"
        assert len(part.plain) > 7_000


def test_a_story_that_is_too_long_is_cut_after_a_sentence_and_not_after_its_headline():
    parts = render(a_digest(3, sentences=300))
    assert len(parts) > 4
    for part in parts[:-1]:
        last = body_of(part)["blocks"][-1]
        assert last["type"] == "rich_text"
        assert not part.plain.splitlines()[-1].startswith(("Headline", "Outlet"))
        for block in body_of(part)["blocks"]:
            assert block["type"] != "rich_text" or not block["elements"][0]["elements"][-1]["text"].endswith(
                "that"
            )


def test_a_heading_goes_with_what_it_stands_over():
    filler = [Paragraph((Run("word " * 590),)) for _ in range(3)]
    message = Message(
        (
            *filler,
            Heading((Run("Alone?"),)),
            Paragraph((Run("Port Gazette"),), quiet=True),
            Paragraph((Run("more " * 590),)),
        )
    )
    first, second = render(message)
    assert "Alone?" not in first.plain
    assert second.plain.startswith("Alone?\nPort Gazette\nmore")


def test_many_headings_in_a_row_come_to_an_end():
    parts = render(Message(tuple(Heading((Run(f"Heading {n}"),)) for n in range(175))))
    assert [len(body_of(part)["blocks"]) for part in parts] == [50, 50, 50, 25]


def test_two_buttons_of_one_action_are_told_apart():
    row = Buttons((Button("Back", "page", "1"), Button("On", "page", "3"), Button("All", "share", "x")))
    (part,) = render(Message((Paragraph((Run("Found"),)), row)))
    elements = body_of(part)["blocks"][-1]["elements"]
    assert len({one["action_id"] for one in elements}) == 3
    assert [(action_of(one["action_id"]), one["value"]) for one in elements] == [
        ("page", "1"),
        ("page", "3"),
        ("share", "x"),
    ]


def test_a_row_of_buttons_beyond_25_goes_on_in_the_next():
    row = Buttons(tuple(Button(f"Press {n} " + "long " * 30, "go", str(n)) for n in range(30)))
    (part,) = render(Message((row,)))
    first, second = body_of(part)["blocks"]
    assert (len(first["elements"]), len(second["elements"])) == (25, 5)
    assert all(size(one["text"]["text"]) <= 75 for one in first["elements"])


@pytest.mark.parametrize(
    "nothing",
    [
        Message(()),
        Message((Paragraph((Run("\u200b \n"),)), Break())),
        Message((Items(((), (Run("\x07"),))),)),
    ],
)
def test_a_message_of_nothing_has_no_parts(nothing):
    assert render(nothing) == ()


def test_the_notification_has_whole_lines_only():
    message = Message(tuple(Paragraph((Run(f"{number} " + "& word " * 60),)) for number in range(20)))
    (part,) = render(message)
    text = body_of(part)["text"]
    *whole, last = slack_text.heard(text).split("\n")
    assert last == "…"
    assert whole == part.plain.split("\n")[: len(whole)]


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("https://example.org/a b", None),
        ("https://example.org/ä|b>", "https://example.org/%C3%A4%7Cb%3E"),
        ("https://ä.example/", None),
        ("https://user:pass@example.org/", None),
        ("HTTPS://EXAMPLE.org/", "HTTPS://EXAMPLE.org/"),
        ("https://example.org/%7C?q=a+b#c", "https://example.org/%7C?q=a+b#c"),
        ("https://example.org/" + "a" * 2_000, None),
        ("data:text/html,x", None),
        ("https://example.org/\ud800", None),
        ("", None),
        (None, None),
    ],
)
def test_where_a_link_may_lead(url, leads):
    assert slack_text.address(url) == leads


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("search <https://example.org/a|example.org/a> &amp; more", "search example.org/a & more"),
        ("search <https://example.org/a>", "search https://example.org/a"),
        ("quotes <@U2|ben> in <#C1|news> <!here>", "quotes @ben in #news @here"),
        ("&amp;lt; stays", "&lt; stays"),
        ("  a <b  ", "a <b"),
        ("<mailto:ada@example.org|ada@example.org>", "ada@example.org"),
    ],
)
def test_what_a_person_meant(typed, meant):
    assert slack_text.heard(typed) == meant


def test_a_numbered_list_keeps_its_numbers_over_parts():
    items = tuple(((Run(f"Headline {number} {'x' * 900}"),)) for number in range(9, 60))
    shown = [line for part in render(Message((Items(items, 9),))) for line in part.plain.splitlines()]
    assert [line.rpartition(" ")[0] for line in shown] == [f"{n}. Headline {n}" for n in range(9, 60)]
