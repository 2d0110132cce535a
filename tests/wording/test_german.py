"""A whole conversation in German, on both platforms, as a golden file: `COPYDESK_GOLDEN=1 pytest` writes it anew."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.chat.slack import blocks
from bot.chat.telegram import html
from bot.domain.events import Sender
from bot.domain.message import Message
from bot.domain.model import Address
from bot.grammar.commands import WORDS, parse
from bot.wording.language import speaking
from tests.chat.kinds import KINDS
from tests.conversation import Talk, open_talk, said

GOLDEN = Path(__file__).parent / "german"

SAID = [
    "/hilfe",
    "/sprache",
    "/einstellungen",
    "/suche lamps",
    "/suche ferry ODER zeppelin",
    "/suche apples -frost",
    "/suche )(",
    "/suche",
    "/zitate Marrant",
    "/zitate brehm über wood",
    "/zitate niemand",
    "/zitate",
    "/themen",
    "/abos",
    "/abo ferry, apples als Fähren um 7:15 und 17:30 Uhr mo-fr",
    "/abo lamps als Lampen werktags um 8 Uhr",
    "/abo ships sofort, höchstens 2 pro Stunde, Ruhe 22:00-07:00",
    "/abo * als alles alle 2 Stunden zwischen 8 und 20 Uhr",
    "/abo lamps als Lampen",
    "/abo lamps um 8",
    "/abo lamps halbstündlich",
    "/abo topic:rivers",
    "/abo",
    "/abos",
    "/zeitplan",
    "/abbestellen lampen",
    "/abbestellen lampen",
    "/abbestellen morning",
    "/abbestellen",
    "/meldung ferry",
    "/meldung 99",
    "/meldung",
    "/nachholen 2 Tage",
    "/nachholen bald",
    "/kontext 1",
    "/kontext",
    "/ausblenden",
    "/ausblenden lamps für 7 Tage",
    "/stumm apples",
    "/ausblenden lamps eine Weile",
    "/ausblenden",
    "/einblenden lamps",
    "/einblenden lamps",
    "/einblenden",
    "/digest vorschau orchards",
    "/digest jetzt",
    "/digest jetzt morning",
    "/digest warum morning",
    "/digest",
    "/sprahce",
    "guten Morgen",
    "/hinzufuegen",
    "/quellen",
    "/quellen hinzufügen https://feeds.example/hafen.xml als Hafen",
    "/quellen hinzufügen https://feeds.example/hafen.xml",
    "/quellen hinzufügen https://news.example/",
    "/quellen hinzufügen",
    "/quellen löschen Hafen",
    "/quellen löschen gazette",
    "/quellen löschen nichts",
    "/vergessen",
    "/datenschutz",
    "/datenschutz löschen",
    "/sprache klingonisch",
    "/sprache englisch",
    "/language german",
    "/sprache auto",
]

POSTED = (
    "digest",
    "updated_digest",
    "scheduled",
    "scheduled_offer",
    "empty_digest",
    "numbered",
    "left_out",
    "reading",
    "below_story",
    "story",
)
"""Of the messages that are made elsewhere, those that nobody says anything for."""

PREFIXES = {"slack": "/copydesk ", "telegram": "/"}


def texts(value: Any) -> Iterator[str]:
    """The texts of a body, in their order."""
    if isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
        own = value.get("text")
        yield from [own] if isinstance(own, str) else []
    elif isinstance(value, list):
        yield from (text for part in value for text in texts(part))


def as_slack(message: Message) -> str:
    return "\n".join(
        text for part in blocks.render(message) for text in texts(json.loads(part.body).get("blocks", []))
    )


def as_telegram(message: Message) -> str:
    return "\n".join(text for part in html.render(message) for text in texts(json.loads(part.body)))


AS = {"slack": as_slack, "telegram": as_telegram}


@pytest.fixture
async def talk(tmp_path):
    async with open_talk(tmp_path) as opened:
        opened.outgoing.results["file:morning"] = "gesendet"
        yield opened


async def answered(talk: Talk, text: str, platform: str) -> Message:
    """The answer to somebody whose platform speaks German, in their own conversation."""
    reader = Sender(platform, "1", "Ada", "T1", language="de-AT")
    incoming = said(text, Address(platform, "D1"), reader, direct=True)
    with speaking(await talk.answer.responder.languages.answering(incoming)):
        return await talk.answer.responder.reply(incoming, "admin", prefix=PREFIXES[platform])


@pytest.mark.parametrize("platform", AS)
async def test_the_german_conversation(talk, platform):
    lines = []
    for text in SAID:
        talk.clock.pass_by(seconds=1)
        with speaking("de"):
            lines.append(f">>> {text}\n\n{AS[platform](await answered(talk, text, platform))}\n")
    with speaking("de"):
        lines += [f"=== {kind}\n\n{AS[platform](KINDS[kind]())}\n" for kind in POSTED]
    told, path = "\n".join(lines), GOLDEN / f"{platform}.txt"
    if os.environ.get("COPYDESK_GOLDEN"):
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")


def test_every_command_is_in_the_conversation():
    asked = {parse(line).name for line in SAID if line.startswith("/")}
    assert set(WORDS.values()) <= asked
