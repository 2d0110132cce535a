from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.model import Article, Quote
from bot.quotes.find import find_quotes
from bot.text.cue_files import cues_for, languages
from tests.builders import an_article
from tests.sampling import examples

Found = tuple[str, str | None, str | None]
MAYOR = "Mayor Ines Calder opened the bridge on Monday."
WORDS = "The old bridge will hold for years"


def read(*paragraphs: str, language: str | None = "en") -> list[Found]:
    article = an_article(*paragraphs, language=language)
    return [shown(article, quote) for quote in find_quotes(article)]


def shown(article: Article, quote: Quote) -> Found:
    speaker = quote.speaker.of(article.text) if quote.speaker else None
    return quote.words.of(article.text), speaker, quote.speaker_name


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        (f"“{WORDS},” Calder said.", "Calder"),
        (f"“{WORDS},” said Calder.", "Calder"),
        (f'"{WORDS}," Mayor Calder said on Tuesday.', "Mayor Calder"),
        (f"‘{WORDS},’ said Mayor Ines Calder.", "Mayor Ines Calder"),
        (f"„{WORDS}“, said Calder.", "Calder"),
        (f"«{WORDS}», Calder told reporters.", "Calder"),
        (f"Calder said: “{WORDS}.”", "Calder"),
        (f"Calder said that “{WORDS}” and more.", "Calder"),
        (f"“{WORDS},” Calder, who took office in May, added.", "Calder"),
        (f"“{WORDS},” according to Calder.", "Calder"),
        (f"According to Calder, “{WORDS}.”", "Calder"),
        (f"Calder dismissed the doubts, saying “{WORDS}.”", "Calder"),
        (f"In a statement, Calder wrote: “{WORDS}.”", "Calder"),
        (f"“{WORDS}” and need no paint, Calder said.", "Calder"),
        (f"“{WORDS},” Calder later said again.", "Calder"),
        (f"Calling it a wonder, Calder said “{WORDS}.”", "Calder"),
        (f"“{WORDS},” the mayor said.", "the mayor"),
    ],
)
def test_the_sentence_names_the_speaker(sentence: str, speaker: str) -> None:
    assert [found[1:] for found in read(MAYOR, sentence)] == [(speaker, "Ines Calder")]


@pytest.mark.parametrize(
    "sentence",
    [
        f"“{WORDS},” said a spokesman for Calder.",
        f"“{WORDS},” Calder's spokesman said.",
        f"“{WORDS},” a woman near Calder said.",
        f"“{WORDS},” they said.",
        f"“{WORDS},” said one of Calder's critics.",
        f"Calder would not say “{WORDS}.”",
        f"Calder was told “{WORDS}.”",
        f"“{WORDS}” stood on a placard.",
        f"A spokesman for Calder said: “{WORDS}.”",
        f"Friends of Calder said: “{WORDS}.”",
        f"As Calder spoke, the engineer in charge shouted back: “{WORDS}.”",
    ],
)
def test_a_doubt_is_no_name(sentence: str) -> None:
    assert [found[2] for found in read(MAYOR, sentence)] == [None]


def test_an_interrupted_quotation_has_one_speaker() -> None:
    found = read(
        MAYOR,
        "“The bridge will hold for years,” Calder said, “and so will I, friends.” “Nobody needs to worry about it.”",
    )
    assert [one[1] for one in found] == ["Calder", "Calder", "Calder"]


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    found = read(MAYOR, "Calder said: “The bridge will hold for years.", "“And then we build another one.”")
    assert found == [
        ("The bridge will hold for years.", "Calder", "Ines Calder"),
        ("And then we build another one.", "Calder", "Ines Calder"),
    ]


def test_a_pronoun_means_the_only_person_before_it() -> None:
    assert read(MAYOR, f"“{WORDS},” she said.") == [(f"{WORDS},", "Mayor Ines Calder", "Ines Calder")]


@pytest.mark.parametrize(
    "before",
    [
        "Mayor Ines Calder met Olga Brandt on Monday.",
        "The bridge opened on Monday.",
        "Mayor Ines Calder met President Brandt on Monday.",
        "Mayor Robert Calder opened the bridge.",
    ],
)
def test_a_pronoun_that_may_mean_two_or_none_means_nobody(before: str) -> None:
    assert [found[1:] for found in read(before, f"“{WORDS},” she said.")] == [(None, None)]


def test_two_of_one_surname_are_told_apart_or_not_at_all() -> None:
    both = "Ines Calder and Robert Calder own the bridge."
    assert read(both, f"“{WORDS},” Calder said.")[0][2] is None
    assert read(both, f"“{WORDS},” Robert Calder said.")[0][2] == "Robert Calder"


def test_a_description_is_resolved_by_role_and_nationality() -> None:
    lead = "Ruritanian President Otto Brandt met his Belgravian counterpart, Mila Sorel, on Monday."
    assert read(lead, f"“{WORDS},” the Ruritanian president said.")[0][1:] == (
        "the Ruritanian president",
        "Otto Brandt",
    )
    assert read(lead, f"“{WORDS},” said the Belgravian president.")[0][1:] == (
        "the Belgravian president",
        "Mila Sorel",
    )
    assert read(lead, f"“{WORDS},” the president said.")[0][1:] == ("the president", None)


def test_scare_quotes_titles_and_slogans_are_no_quotes() -> None:
    assert not read(
        "The so-called “miracle bridge” opened. Her novel “The Long Road to Nowhere Bay” is out.",
        "A sign read STOP near the “quiet zone” of the 'old town' and the ’30s “hall”.",
    )


def test_a_short_clause_counts_when_somebody_says_it() -> None:
    assert read(MAYOR, "“It will hold, yes,” Calder said.")[0][0] == "It will hold, yes,"


def test_a_foreign_language_gives_the_words_without_a_speaker() -> None:
    assert read("„Die alte Brücke wird noch lange halten“, sagte Calder.", language="xx") == [
        ("Die alte Brücke wird noch lange halten", None, None)
    ]


PIECES = st.sampled_from(
    [
        "sagte", "er", "Frau Vogel", "a déclaré", "dit-elle", "dijo", "—", "сказал", "он", "Игорь Лесной", "сказала,",
        "Mayor Ines Calder", "he", "She", "said", "told", "“", "”", '"', "The old bridge will hold,", "Otto Brandt",
        ".", ",", "\n\n", "who", "of", "the president", "according to", "'", "«", "»", ":", "and", "Dr.", "Rev.", "’",
    ]
)  # fmt: skip


@given(
    st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map(" ".join)),
    st.sampled_from(languages()),
)
@example("“,", "cs")
def test_quotes_are_ordered_slices_and_nobody_is_a_pronoun(text: str, language: str) -> None:
    cues = cues_for(language)
    assert cues is not None
    article = an_article(*([part for part in text.split("\n\n") if part] or ["-"]), language=language)
    quotes = find_quotes(article)
    assert quotes == find_quotes(article)
    for quote in quotes:
        assert quote.words.of(article.text).strip() == quote.words.of(article.text)
        speaker = quote.speaker.of(article.text) if quote.speaker else ""
        assert speaker.lower() not in cues.pronouns
        if quote.speaker_name is not None:
            assert speaker
            assert quote.speaker_name in article.text
            assert quote.speaker_name.lower() not in cues.pronouns
    assert all(one.words.end <= other.words.start for one, other in itertools.pairwise(quotes))


@pytest.mark.parametrize(
    "text",
    [
        'Ann Lee said, "one two three four five." ' * 5000,
        "A of " * 20_000 + 'said, "one two three four five"',
        "“" * 100_000,
        "'" * 100_000,
        "Ann Lee " * 12_500,
        '"a" ' * 25_000,
        "«“„‘" * examples(5_000, 25_000),
        "He: “" * 20_000,
        "« — сказал — " * 7_500,
        "Ann Lee, “yes it is so,” he said, " * 3_000,
    ],
    ids=[
        "quotes",
        "owners",
        "marks",
        "apostrophes",
        "names",
        "pairs",
        "nests",
        "colons",
        "dashes",
        "sentence",
    ],
)
@pytest.mark.sampled(1)
def test_a_flood_is_read_all_the_same(text: str) -> None:
    assert len(find_quotes(an_article(text))) <= 6000


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Ada Marlow won the “best of the long old bench” award on Monday."),
        ("en", "The council published an editorial entitled “why the old bridge must go now”."),
        ("en", "The crowd sang “hold the bridge for all of us” until midnight."),
        ("en", "It was, in a way, “the best in the world” for them."),
        ("de", "Das „Gesetz über die Erhaltung der alten Brücken“ gilt seit Montag."),
        ("de", "Unter dem Motto „Brücken bauen statt alte Mauern stützen“ zog man zum Hafen."),
        ("de", "Die Lesung „was von der alten Brücke noch bleibt“ beginnt um acht."),
        ("es", "Ganó el premio “al mejor puente viejo del norte” este lunes."),
    ],
)
def test_a_prize_a_law_a_motto_and_a_song_are_no_quotes(language: str, sentence: str) -> None:
    assert find_quotes(an_article(sentence, language=language)) == ()


@pytest.mark.parametrize("language", ["en", "de", "es", "sv", "tr"])
@pytest.mark.parametrize(
    "unit", ['"(', ":“", '["', "i.e. ", "„a“, sagte ", 'X said "a". ', "Uwe sei. ", "- a, säger ", "Ann's "]
)
@pytest.mark.sampled(2)
def test_a_long_run_of_one_pair_is_read(language: str, unit: str) -> None:
    assert isinstance(
        find_quotes(an_article(unit * (examples(8_000, 20_000) // len(unit)), language=language)), tuple
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The town lives by the motto “we hold on to what we have”, Mayor Ada Brand said."),
        ("en", "They drank to the toast “to all who sailed and never came back”, Ada Brand said."),
        ("en", "Imagine a mayor who says “we never wanted the old bridge anyway”."),
        ("de", "Das Fest steht unter dem Motto „Gemeinsam für die alte Brücke“, sagte Ada Vogel."),
        ("de", "Angenommen, Ada Vogel sagte: „Wir wollten die alte Brücke nie haben.“"),
        ("fr", "Imaginez un maire qui dit « nous n'avons jamais voulu de ce pont »."),
        ("fr", "La ville a pour devise « nous gardons ce que nous avons », dit Lise Maret."),
        ("es", "La ciudad tiene por lema «guardamos siempre lo que tenemos», dijo Eva Lara."),
        ("it", "La città ha il motto «teniamo sempre quello che abbiamo», ha detto Marco Tarno."),
    ],
)
def test_a_saying_or_an_imagined_sentence_is_nobodys_words(language: str, sentence: str) -> None:
    assert find_quotes(an_article(sentence, language=language)) == ()
