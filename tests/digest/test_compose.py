from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.compose import ComposeSettings, compose, headline_of
from bot.domain.digests import STYLES, Digest
from bot.domain.model import Arrival, Entry, Occasion, Window
from bot.domain.reasons import in_words
from bot.views.json_record import digest_record
from tests.builders import NOON, a_quote, an_article, an_entry

ASKED = Occasion("asked", "morning", "1")
WORDS = st.sampled_from(
    ["harbour", "bridge", "ferry", "council", "closes", "opens", "tram", "fares", "rise", "on", "Monday"]
)
SENTENCES = st.lists(WORDS, min_size=3, max_size=9).map(lambda words: " ".join(words).capitalize() + ".")


def arrived(entry: Entry) -> Arrival:
    return Arrival(entry.origin, "new", entry.added, entry.revision, entry.id)


def made(
    entries: list[Entry], arrivals: list[Arrival] | None = None, settings: ComposeSettings | None = None
) -> Digest:
    came = [arrived(one) for one in entries] if arrivals is None else arrivals
    window = Window(0, max((one.revision for one in came), default=0))
    return compose(
        ASKED, "morning", window, NOON - timedelta(days=1), NOON, entries, came, settings or ComposeSettings()
    )


@st.composite
def libraries(draw) -> list[Entry]:
    entries = []
    for number in range(1, draw(st.integers(0, 7)) + 1):
        sentences = draw(st.lists(SENTENCES, min_size=1, max_size=5, unique=True))
        article = an_article(
            " ".join(sentences),
            title=draw(st.none() | SENTENCES),
            source=draw(st.sampled_from([None, "Port Gazette", "Harbour Times", "Skerry Post"])),
            published=draw(st.none() | st.integers(0, 90).map(lambda m: NOON - timedelta(minutes=m))),
            fingerprint=tuple(sorted(draw(st.sets(st.integers(0, 9), max_size=6)))),
        )
        quotes = [
            a_quote(article, one[:-1]) for one in draw(st.lists(st.sampled_from(sentences), max_size=3))
        ]
        chosen = tuple(sorted(draw(st.sets(st.sampled_from(sentences), max_size=4)), key=sentences.index))
        entries.append(
            an_entry(article, *quotes, id=number, story=draw(st.integers(1, number)), sentences=chosen)
        )
    return entries


@given(entries=libraries(), data=st.data())
def test_the_order_of_entries_is_no_input(entries, data):
    shuffled = data.draw(st.permutations(entries))
    arrivals = [arrived(one) for one in entries]
    assert made(entries, arrivals) == made([*shuffled, *shuffled], arrivals)


@given(
    entries=libraries(),
    others=st.lists(st.sampled_from(["known", "unreadable", "off topic"]), max_size=5),
    limit=st.integers(0, 4),
    also=st.integers(0, 3),
    words=st.none() | st.integers(1, 40),
    style=st.sampled_from(STYLES),
)
def test_every_file_is_shown_or_listed_or_explained(entries, others, limit, also, words, style):  # noqa: PLR0917
    arrivals = [arrived(one) for one in entries]
    for number, kind in enumerate(others, start=len(entries) + 1):
        outcome = "new" if kind == "off topic" else kind
        entry = {"known": 1, "unreadable": None, "off topic": 1000 + number}[kind]
        arrivals.append(Arrival(f"{number}.txt", outcome, NOON, number, entry))
    digest = made(entries, arrivals, ComposeSettings(limit, also=also, words=words, style=style))
    ledger = digest.ledger
    shown = {entry.origin for brief in (*digest.briefs, *digest.also) for entry in brief.entries}
    explained = [reason.item for reason in ledger.reasons]
    assert ledger.files == len(arrivals) == len(shown) + len(explained)
    assert shown.isdisjoint(explained)
    assert all(str(reason.reason) for reason in ledger.reasons)
    assert ledger.articles == len(entries)
    assert ledger.shown == len(digest.briefs) <= min(limit, ledger.stories)
    assert words or ledger.shown == min(limit, ledger.stories)
    assert ledger.listed == len(digest.also) == min(also, ledger.stories - ledger.shown)
    assert ledger.unreadable == others.count("unreadable")


@given(entries=libraries())
def test_every_line_and_quote_is_a_slice_and_nothing_is_said_twice(entries):
    texts = {entry.id: entry.article.text for entry in entries}
    for story in digest_record(made(entries))["stories"]:
        for said in (*story["lines"], *story["quotes"]):
            assert texts[said["entry"]][said["start"] : said["end"]] == said["text"]
        said = [story["headline"], *(one["text"] for one in (*story["lines"], *story["quotes"]))]
        plain = [one.casefold().strip(". ") for one in said]
        assert len(set(plain)) == len(plain)
        assert len(story["lines"]) <= 3
        assert len(story["quotes"]) <= 1


def test_reasons_say_why():
    entry = an_entry(id=1, origin="bridge.txt")
    digest = made(
        [entry],
        [
            arrived(entry),
            Arrival("copy.txt", "known", NOON, 2, 1),
            Arrival("copy2.txt", "known", NOON, 3, 99),
            Arrival(
                "scan.pdf", "unreadable", NOON, 4, None, in_words("it has no text; a text version would help")
            ),
            Arrival("sport.txt", "new", NOON, 5, 77),
        ],
    )
    assert [(one.item, str(one.reason)) for one in digest.ledger.reasons] == [
        ("copy.txt", 'same text as "bridge.txt"'),
        ("copy2.txt", "this text is in the library already"),
        ("scan.pdf", "it has no text; a text version would help"),
        ("sport.txt", "not about this channel’s topics"),
    ]


def test_the_record_of_a_digest_has_each_reason_in_words_and_for_programs():
    digest = made([an_entry(id=1)], [Arrival("sport.txt", "new", NOON, 5, 77)])
    assert digest_record(digest)["ledger"]["reasons"] == [
        {
            "item": "sport.txt",
            "reason": "not about this channel’s topics",
            "code": "digest.off_topic",
            "arguments": {},
        }
    ]


def test_a_corrected_article_is_one_article_with_its_newest_text():
    newest = an_entry(an_article("Twelve months."), id=1, revision=4, origin="b.txt")
    digest = made(
        [newest],
        [
            Arrival("a.txt", "new", NOON, 1, 1),
            Arrival("a2.txt", "corrected", NOON, 3, 1, in_words("a correction of “Bridge closes”")),
            Arrival("b.txt", "corrected", NOON, 4, 1, in_words("a correction of “Bridge closes”")),
            Arrival("sport.txt", "corrected", NOON, 5, 77, in_words("a correction of “Cup final”")),
        ],
    )
    assert (digest.ledger.files, digest.ledger.articles, digest.ledger.stories) == (4, 1, 1)
    assert [(one.item, str(one.reason)) for one in digest.ledger.reasons] == [
        ("a.txt", 'corrected by the later file "b.txt"'),
        ("a2.txt", 'corrected by the later file "b.txt"'),
        ("sport.txt", "not about this channel’s topics"),
    ]


def test_a_correction_of_an_article_that_an_earlier_digest_had_has_a_place_of_its_own():
    newest = an_entry(an_article("Twelve months."), id=1, revision=4, origin="b.txt")
    ledger = made(
        [newest], [Arrival("b.txt", "corrected", NOON, 4, 1, in_words("a correction of “Bridge”"))]
    ).ledger
    assert (ledger.files, ledger.articles, ledger.reasons) == (1, 1, ())


def test_a_story_beyond_the_limit_is_named():
    one, two = an_entry(id=1), an_entry(an_article("Trams stop.", title="Tram strike"), id=2)
    older = an_entry(an_article("A cat.", title="Cat found", published=NOON - timedelta(days=2)), id=3)
    digest = made([one, two, older], settings=ComposeSettings(stories=2, also=0))
    assert [str(reason.reason) for reason in digest.ledger.reasons] == [
        "beyond the 2 stories of this digest: “Cat found”"
    ]


def test_the_lead_is_the_text_that_others_copied():
    wire = tuple(range(64))
    own = an_entry(an_article("Own words. " * 30, title="Ours", source="Skerry Post"), id=1, story=1)
    first = an_entry(an_article("Wire words.", title="Theirs", fingerprint=wire), id=2, story=1)
    second = an_entry(
        an_article("Wire words too.", title="Theirs too", source="Harbour Times", fingerprint=wire),
        id=3,
        story=1,
    )
    brief = made([own, first, second]).briefs[0]
    assert [entry.id for entry in brief.entries] == [2, 3, 1]
    assert brief.sources == ("Port Gazette", "Harbour Times", "Skerry Post")


def test_a_title_leads():
    bare = an_entry(an_article("Long words. " * 400, title=None), id=1, story=1)
    titled = an_entry(an_article("Short.", title="Bridge closes"), id=2, story=1)
    assert made([bare, titled]).briefs[0].headline == "Bridge closes"


@pytest.mark.parametrize(
    ("text", "sentences", "headline"),
    [
        ("The bridge closes. Ferries run.", ("The bridge closes.",), "The bridge closes."),
        ("First paragraph\n\nsecond", (), "First paragraph"),
        ("word " * 100, (), ("word " * 39).strip()),
        ("x" * 500, (), "x" * 200),
    ],
)
def test_a_headline_without_a_title(text, sentences, headline):
    entry = an_entry(an_article(text.strip(), title=None), sentences=sentences)
    if not sentences:
        entry = an_entry(an_article(text.strip(), title=None))
        entry = type(entry)(
            *(entry.id, entry.revision, entry.article, type(entry.summary)((), "none"), (), "x", NOON, 1)
        )
    assert headline_of(entry) == headline


def test_a_long_first_sentence_gives_its_first_clause_as_headline_and_stays_a_line():
    clause = "The harbour bridge at Portsmere will close on Monday for eleven weeks"
    sentence = f"{clause}, because the bolts that hold its northern leaf to the quay have rusted through."
    brief = made([an_entry(an_article(sentence, title=None), sentences=(sentence,))]).briefs[0]
    assert brief.headline == clause
    assert [line.text for line in brief.lines] == [sentence]


def quotes_of(*entries: Entry, limit: int = 2) -> list[str]:
    return [one.text for one in made(list(entries), settings=ComposeSettings(quotes=limit)).briefs[0].quotes]


TALK = (
    "The bridge will close. “We will not wait for the next storm,” Ada Marlow said. “It was a very long night for "
    "everybody who lives on the quay and for the crews,” said a neighbour. The sign said “keep out”. "
    "A clerk wrote “the papers are in the drawer”."
)


def test_a_named_speaker_comes_first_and_what_nobody_said_is_out():
    article = an_article(TALK)
    entry = an_entry(
        article,
        a_quote(article, "the papers are in the drawer"),
        a_quote(article, "keep out"),
        a_quote(
            article,
            "It was a very long night for everybody who lives on the quay and for the crews",
            "a neighbour",
        ),
        a_quote(article, "We will not wait for the next storm", "Ada Marlow", "Ada Marlow"),
        sentences=("The bridge will close.",),
    )
    assert [one[:11] for one in quotes_of(entry, limit=9)] == ["We will not", "It was a ve"]
    assert quotes_of(entry, limit=0) == []


def test_a_quote_inside_a_shown_line_is_not_repeated():
    article = an_article(TALK)
    quote = a_quote(article, "We will not wait for the next storm", "Ada Marlow", "Ada Marlow")
    other = an_article(
        "Marlow: “We will not wait for the next storm!”", title="Other", source="Harbour Times"
    )
    again = a_quote(other, "We will not wait for the next storm!")
    line = "“We will not wait for the next storm,” Ada Marlow said."
    entries = [
        an_entry(article, quote, id=1, story=1, sentences=(line,)),
        an_entry(other, again, id=2, story=1),
    ]
    brief = made(entries).briefs[0]
    assert brief.lines[0].text == line
    assert brief.quotes == ()


def test_one_quote_in_three_outlets_is_shown_once_in_its_longest_wording():
    longest = "We will not wait for the next storm, and nor should the council of this town"
    wordings = ["We will not wait for the next storm", longest, "we will not wait for the next storm…"]
    entries = []
    for number, words in enumerate(wordings, start=1):
        article = an_article(f"Bridge news. Ada Marlow: “{words}”", source=f"Outlet {number}")
        quote = a_quote(article, words, "Ada Marlow", "Ada Marlow" if number != 2 else None)
        entries.append(an_entry(article, quote, id=number, story=1, sentences=("Bridge news.",)))
    assert quotes_of(*entries, limit=5) == [longest]


def test_near_identical_sentences_are_said_once():
    article = an_article(
        "The harbour bridge closes for urgent repairs. The harbour bridge closes for urgent repairs today. Ferries run.",
        title="Bridge",
    )
    sentences = (
        "The harbour bridge closes for urgent repairs.",
        "The harbour bridge closes for urgent repairs today.",
        "Ferries run.",
    )
    brief = made([an_entry(article, sentences=sentences)]).briefs[0]
    assert [line.text for line in brief.lines] == [sentences[0], sentences[2]]


def test_an_empty_window():
    digest = made([])
    assert digest.briefs == ()
    assert digest.ledger.files == 0


def test_the_record_has_exactly_the_documented_keys():
    article = an_article(TALK, url="https://gazette.example/1")
    entry = an_entry(
        article, a_quote(article, "We will not wait for the next storm", "Ada Marlow", "Ada Marlow")
    )
    entry = an_entry(article, *entry.quotes, sentences=("The bridge will close.",))
    record = digest_record(made([entry]))
    assert set(record) == {"name", "since", "until", "stories", "also", "ledger"}
    story = record["stories"][0]
    assert set(story) == {
        "id",
        "headline",
        "update",
        "lines",
        "quotes",
        "differing",
        "sources",
        "entries",
        "score",
        "place",
    }
    assert set(story["lines"][0]) == {"text", "part", "entry", "start", "end", "source", "url", "proof"}
    told = {"text", "entry", "outlets", "proof", "start", "end", "speaker", "speaker_name", "role"}
    assert set(story["quotes"][0]) == told
    assert set(record["ledger"]) == {
        "files", "articles", "stories", "shown", "listed", "already_sent", "muted", "unreadable", "reasons",
    }  # fmt: skip
    assert record["since"] == "2031-03-03T12:00:00+00:00"
