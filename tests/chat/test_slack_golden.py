"""Every kind of message as Slack gets it. COPYDESK_GOLDEN=1 writes the files anew."""

from __future__ import annotations

import json
import os
from datetime import time, timedelta
from pathlib import Path

import pytest
from slack_sdk.models.blocks import Block as SlackBlock

from bot.bulletin import Digest, KeyQuote
from bot.chat.slack_blocks import render
from bot.digest import agenda, layout
from bot.digest.compose import ComposeSettings, compose
from bot.message import Button, Buttons, Message
from bot.model import (
    Address,
    Arrival,
    Entry,
    Findings,
    Hit,
    Occasion,
    Schedule,
    Snippet,
    Subscription,
    Window,
)
from tests.builders import NOON, a_quote, an_article, an_entry, the_span
from tests.doubles.slack_rules import content

GOLDEN = Path(__file__).parent / "golden"
ZONE = "Europe/London"


def bridge(number: int, source: str) -> Entry:
    article = an_article(
        "The swing bridge at Mardle closes on Monday & stays closed for nine weeks. Ferries leave every ten minutes.",
        "“We waited for the storm to pass, and then for the next one,” said Orla Tennick, the harbour engineer.",
        title="Mardle’s swing bridge closes for <nine> weeks",
        source=source,
        published=NOON - timedelta(hours=3 + number),
        url=f"https://{number}.example/bridge?a=1&b=2|3",
    )
    quote = a_quote(article, "We waited for the storm to pass, and then for the next one,", "Orla Tennick")
    first = article.text.partition(" Ferries")[0]
    return an_entry(article, quote, id=number, story=1, sentences=(first, "Ferries leave every ten minutes."))


def fares() -> Entry:
    article = an_article(
        "Tram fares rise by *four* pence in June. “Nobody likes a `dearer` tram,” the mayor said.",
        title="Tram fares rise in June",
        source="Skerry Post",
        published=None,
    )
    quote = a_quote(article, "Nobody likes a `dearer` tram,", "the mayor")
    return an_entry(article, quote, id=5, sentences=("Tram fares rise by *four* pence in June.",))


def composed(entries: list[Entry], *more: Arrival) -> Digest:
    arrivals = [*(Arrival(one.origin, "new", NOON, one.revision, one.id) for one in entries), *more]
    window, since = Window(0, len(arrivals)), NOON - timedelta(days=1)
    occasion = Occasion("asked", "morning", "1")
    return compose(occasion, "morning", window, since, NOON, entries, arrivals, ComposeSettings())


def digest() -> Message:
    entries = [bridge(1, "Port Gazette"), bridge(2, "Harbour Times"), fares()]
    unread = Arrival("scan.pdf", "unreadable", NOON, 7, None, "it has no text")
    return layout.digest_message(composed(entries, unread), ZONE)


def findings() -> Message:
    entry = bridge(1, "Port Gazette")
    passage = the_span(entry.article, "Ferries leave every ten minutes.")
    marks = (the_span(entry.article, "Ferries"), the_span(entry.article, "ten"))
    hits = (Hit(entry, 2.0, Snippet(passage, marks)), Hit(fares(), 1.0, None))
    found = layout.findings_message("feries ten", Findings(12, hits, tolerant=True), NOON, ZONE, first=6)
    pages = Buttons((Button("‹ Back", "page", "3:1"), Button("More ›", "page", "3:3")))
    return Message((*found.blocks, pages), private=True)


def quotes() -> Message:
    entries = (bridge(1, "Port Gazette"), fares())
    keys = [KeyQuote(entry, quote) for entry in entries for quote in entry.quotes]
    return layout.quotes_message("Tennick", keys, NOON, ZONE, about="storm", total=7)


def topics() -> Message:
    return layout.topics_message([("energy", 'oil OR gas OR "electricity market"', 1), ("sea", "ferry", 0)])


def subscriptions() -> Message:
    weekdays = Schedule(ZONE, (time(17, 30), time(8)), frozenset(range(5)))
    channels = [
        Subscription("file:1", "morning", Address("slack", "C0123ABCD"), "topic:energy", weekdays),
        Subscription("chat:2", "desk", Address("console"), "", Schedule("Asia/Tokyo", (time(9),))),
    ]
    return agenda.subscriptions_message(channels, ZONE)


KINDS = {
    "digest": digest,
    "empty_digest": lambda: layout.digest_message(composed([]), ZONE),
    "findings": findings,
    "no_findings": lambda: layout.findings_message("zeppelin", Findings(0, ()), NOON, ZONE),
    "quotes": quotes,
    "topics": topics,
    "subscriptions": subscriptions,
    "help": layout.help_message,
    "help_unknown": lambda: layout.help_message("/dance <!channel>"),
    "usage": lambda: layout.usage_message("Whose words?"),
}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_message_looks_like_this(kind):
    parts = [
        {"body": json.loads(part.body), "plain": part.plain.split("\n")} for part in render(KINDS[kind]())
    ]
    written = json.dumps(parts, ensure_ascii=False, indent=1) + "\n"
    path = GOLDEN / f"slack_{kind}.json"
    if os.environ.get("COPYDESK_GOLDEN"):
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_both_slack_sdk_and_the_double_take_it(kind):
    for part in render(KINDS[kind]()):
        body = json.loads(part.body)
        parsed = SlackBlock.parse_all(body["blocks"])
        assert len(parsed) == len(body["blocks"])
        for block in parsed:
            block.validate_json()
        assert content(body).text == body["text"]
