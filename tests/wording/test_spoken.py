"""Nothing that people read is left in English: each text is said, also in a language whose every text is ⟦marked⟧."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from bot.chat.telegram import html
from bot.domain.message import Buttons, Message
from bot.wording import language
from bot.wording.language import Catalogue, languages, speaking
from tests.answers.test_answer import CONVERSATIONS
from tests.chat.kinds import KINDS
from tests.conversation import FERRY, ORCHARD, open_talk, said
from tests.wording.texts import said as texts_said

_INSIDE = re.compile(r"⟦[^⟦⟧]*⟧")

_LAMPS = [
    f"New lamps for {street} Street. The council will put up {10 + number} new lamps in {street} Street in week"
    f" {number} of the programme, which began in January and is to end before the summer fair. Residents of"
    f" {street} Street had asked for brighter nights since a fall in {2020 + number}."
    for number, street in enumerate(("Quay", "Mill", "Rope", "Salt", "Tar", "Net", "Sail"), start=1)
]
_TALK = "Ferries to run every ten minutes. Frost takes two thirds of the apples."
_KINDS = """
    Mardle’s swing bridge closes for <nine> weeks. Mardle’s <bridge> closes for longer. Bees return. Tram fares rise in
    June. Tram fares rise by *four* pence in June. “Nobody likes a `dearer` tram,” the mayor said. “Nobody likes a
    `dearer` tram” The swing bridge at Mardle closes on Monday & stays closed for nine weeks. Ferries leave every ten
    minutes. The swing bridge at Mardle stays closed for eleven weeks & not nine. “We waited for the storm to pass, and
    then for the next one” I looked for feries ten (a bracket is never closed). part 1 of morning was refused. it has no
    text. Ferry sinks off Port Averne. 12 people died when a ferry sank off Port Averne. 15 people died when a ferry sank
    off Port Averne. Rovers win at <last>. Rovers beat the Lions 2-1 on Monday. Okoro scored both goals from far out. The Lions had not lost at home since spring. Council votes on *tolls*. Ein Sieg nach Jahren. Okoro signs for Rovers. Der
    Hafen bleibt zu. Averne out of the cup. The harbour bridge will close on Monday. Ferries will run every ten minutes.
    The bridge closes for <nine> weeks. The bridge closes for seven weeks. Ferries are free.
"""
"""What the messages of ``tests.chat.kinds`` are made of, also in place of a sentence of the desk's."""

GIVEN = re.sub(r"\s+", " ", " ".join([*FERRY, *ORCHARD, *_LAMPS, _TALK, _KINDS]))
NAMES = {
    *("Skerry Post", "Port Gazette", "Harbour Times", "Bees return", "Orla Tennick", "harbour engineer"),
    *("Minister resigns", "Silta suljetaan", "Most zamknięty", "Politics", "Handball", "Football"),
    *(f"Outlet {number}" for number in range(21, 31)),
    *("the mayor", "bridge.html", "inbox/tram <1>.txt", "https://1.example/bridge?a=1&b=2|3", "feries ten"),
    *(
        "energy",
        "sea",
        "desk",
        "morning",
        "orchards",
        "ferry",
        "topic:energy",
        "story:12",
        "football OR <golf>",
    ),
    *(
        'oil OR gas OR "electricity market"',
        "console",
        "Asia/Tokyo",
        "slack:C0123ABCD",
        "telegram:-1001234/45",
    ),
    *(
        "Celia Marrant",
        "Lukas Brehm",
        "ships",
        "fruit",
        "ferry OR ship",
        "apple OR pear",
        "apple OR <pear>",
        "Port <Gazette>",
        "topic:ships",
        "ferry-apples",
    ),
    *("lamps street last:9x", "Whose words?"),
}


@cache
def marked() -> Catalogue:
    """A language whose every text is marked."""
    texts, counted = texts_said()
    single = {text: f"⟦{text}⟧" for text in texts}
    return Catalogue(
        "en", "⟦English⟧", single | {many: (f"⟦{one}⟧", f"⟦{many}⟧") for many, one in counted.items()}
    )


@pytest.fixture
def _marked(monkeypatch) -> Iterator[None]:
    monkeypatch.setattr(language, "languages", lambda: {**languages(), "en": marked()})
    with speaking("en"):
        yield


def outside(text: str) -> str:
    """What is left of the text when all that the desk says is taken out."""
    while text != (text := _INSIDE.sub(" ", text)):
        pass
    return text


def read(message: Message) -> str:
    """What people read of the message: its words as Telegram has them, and its buttons."""
    buttons = [one.label for block in message.blocks if isinstance(block, Buttons) for one in block.buttons]
    return "\n".join([*(part.plain for part in html.render(message)), *buttons])


def strange(text: str, typed: str = "") -> list[str]:
    """The pieces outside that nobody gave: no names, nothing ``typed``, no passage of an article.

    A passage has a few words, lest it be one of the desk's by chance.
    """
    pieces = re.split(r"\n| ?· | → | \(|\s{2,}|^• |, ", outside(text), flags=re.MULTILINE)
    bare = [re.sub(r"^\d+\. |\[\d+\]|^— ", "", one).strip(" .,:;()“”…/") for one in pieces]
    return [
        one
        for one in bare
        if any(letter.isalpha() for letter in one)
        and one not in NAMES
        and one not in typed
        and not (len(one.split()) >= 3 and re.sub(r"\s+", " ", one) in GIVEN)
    ]


@pytest.mark.usefixtures("_marked")
@pytest.mark.parametrize("kind", KINDS)
def test_a_message_is_said_whole(kind):
    text = read(KINDS[kind]())
    assert "⟦" in text or kind == "usage"
    assert strange(text) == []


@pytest.mark.usefixtures("_marked")
@pytest.mark.parametrize("name", sorted(set(CONVERSATIONS) - {"language"}))
async def test_a_conversation_is_said_whole(tmp_path, name):
    async with open_talk(tmp_path) as talk:
        for text in CONVERSATIONS[name]:
            talk.clock.pass_by(seconds=1)
            told = read(await talk.answer.responder.reply(said(text), "admin"))
            assert "⟦" in told
            assert strange(told, " ".join(CONVERSATIONS[name])) == [], text
