"""The fictional articles in `examples/inbox`: every quote that a reader would count, and who says it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.article.extract import extract
from bot.domain.model import Document
from bot.quotes.find import find_quotes

INBOX = Path(__file__).resolve().parents[2] / "examples" / "inbox"

SAID: dict[str, dict[str, list[str]]] = {
    "hpa-bridge-211126.txt": {
        "Ingrid Sollas": ["We could not tell people", "There was never a moment"],
        "Matteo Brandt": ["Every hour that a container", "but an hour is cheaper"],
        "Oskar Vennholt": ["I have asked for the"],
        "Ruth Castellane": ["the bill for two years", "They had the report, they", "What they did not have"],
    },
    "ledger-tamber-bridge.txt": {
        "Ingrid Sollas": ["We could not tell people", "There was never a moment"],
        "Matteo Brandt": ["Every hour that a container", "but an hour is cheaper"],
        "Oskar Vennholt": ["I have asked for the"],
    },
    "courier-bridge.txt": {
        "Pavel Ostrin": ["I have crossed that bridge", "This morning everybody on the"],
        "Celia Marrant": ["Nobody should have to choose"],
        "Anton Rieve": ["Steel like this does not", "What worries me is not"],
        "Yusra Hallam": ["For a stroke patient, 64"],
    },
    "saved page - interest rates.txt": {
        "Marta Quillen": [
            "We have come down most",
            "I would like to see",
            "We cannot drill for gas,",
            "and we should not pretend",
        ],
        "Dorian Pask": ["The door is not open"],
        "Ewa Tolland": ["Our members hear that inflation", "A cut in the spring"],
    },
    "gas-price-norrin.md": {
        "Henrik Aldous": ["We have the part and", "The forecast has not given"],
        "Simone Teague": ["Sanctions are not a tap", "We built the terminal so"],
        "Petra Lindoe": ["A furnace is not a", "If it goes cold you"],
        "Imre Castan": ["It is not a catastrophe,"],
    },
    "storm-inga.txt": {
        "Gudrun Ashby": ["We have 260 people out,"],
        "Tomas Kerrow": ["I counted the masts with", "Nine families live off those"],
        "Bettina Rusk": ["With this tide two winters"],
        "Ivo Lasker": ["It gained in nine hours", "The track was right and"],
    },
    "tanker-ruling.txt": {
        "Marguerite Oland": ["A law that could be"],
        "Piet Solander": ["However much one dislikes the"],
        "Tobias Krenn": ["My client has been punished", "There is no such offence"],
        "Lotte Averkamp": ["The message to the shadow"],
        "Rosalind Achterholt": ["They were sailors who had"],
    },
    "eelgrass-study.txt": {
        "Naledi Farrant": [
            "We kept thinking that the",
            "The scales were fine. The",
            "Each time we deepen the",
        ],
        "Piers Hollin": ["It is careful work, and", "Before anybody sells a credit"],
    },
    "night-train.txt": {
        "Agnes Turvey": ["We closed this line because", "It turns out that a", "can be turned off as"],
        "Lukas Brehm": ["Until now my winter guests"],
        "Corin Dalby": ["You cannot sell people a", "with a driver who has"],
    },
    "festival-lost-film.txt": {
        "Emil Tasker": ["I was looking for a", "There were seven of them,", "for as long as the"],
        "Noor Pellerin": ["You work for thirty years", "and then one morning somebody"],
        "Sylvie Marchetta": ["My grandmother never spoke of", "On Thursday I saw the"],
    },
    "athletic-rovers-report.txt": {
        "Jonah Durance": ["I did not see the"],
        "Rui Calvez": ["I said that whoever wanted", "Nobody moved, so I had"],
        "Viktor Stahle": ["If you need four minutes,"],
        "Philippa Garrow": ["I was told that I", "It seems that we kept"],
    },
}
"""By file and full name: how each quote begins."""

NOBODY: dict[str, list[str]] = {
    "hpa-bridge-211126.txt": ["approaching the end of their service life"],
    "tanker-ruling.txt": ["in order not to be seen doing what it was doing"],
    "eelgrass-study.txt": ["one summer and one small boat"],
}
"""Said by nobody with a name. Scare quotes and the title of a film are no quotes at all."""


@pytest.mark.parametrize("name", sorted(SAID))
def test_every_quote_has_its_speaker(name: str) -> None:
    data = (INBOX / name).read_bytes()
    article = extract(Document(name=name, data=data, received=datetime(2031, 3, 4, tzinfo=UTC)))
    found = [(one.speaker_name, " ".join(one.words.of(article.text).split())) for one in find_quotes(article)]
    body = " ".join(article.text.split())
    expected = [
        (who, opening) for who, openings in SAID[name].items() for opening in openings if opening in body
    ]
    assert expected
    named = [(who, words) for who, words in found if who is not None]
    assert len(named) == len(expected)
    for who, opening in expected:
        assert any(who == name and words.startswith(opening) for name, words in named), (who, opening)
    assert [words for who, words in found if who is None] == NOBODY.get(name, [])
