from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.quotation_marks import quotations
from bot.text.sentences import split
from bot.text.words import stemmer, stop_words, words


def said(text: str, language: str | None = "en") -> list[str]:
    return [span.of(text) for span in split(text, language)]


CASES = {
    "abbreviations": (
        "Dr. Calder met Rev. Anna Moss at 5 p.m. on Monday. They paid 3.5 crowns.",
        ["Dr. Calder met Rev. Anna Moss at 5 p.m. on Monday.", "They paid 3.5 crowns."],
    ),
    "initials": ("J. K. Moss wrote it. P. Lee read it.", ["J. K. Moss wrote it.", "P. Lee read it."]),
    "a number": (
        "See No. 5 below. The answer was no. Nobody came.",
        ["See No. 5 below.", "The answer was no.", "Nobody came."],
    ),
    "an address": (
        "Go to www.bay.example/a?b=c.d today. Then wait.",
        ["Go to www.bay.example/a?b=c.d today.", "Then wait."],
    ),
    "list items": ("1. Pack a bag. 2. Leave town.", ["1. Pack a bag.", "2. Leave town."]),
    "list lines": ("They want:\n- more boats\n- fewer cars", ["They want:", "- more boats", "- fewer cars"]),
    "straight": ('"We go. We stay," Moss said. Rain fell.', ['"We go. We stay," Moss said.', "Rain fell."]),
    "curly": ("He said: “It leaks. It sinks.” Rain fell.", ["He said: “It leaks. It sinks.”", "Rain fell."]),
    "single": (
        "She said 'I can't. I won't.' Then she left.",
        ["She said 'I can't. I won't.'", "Then she left."],
    ),
    "doubled": (
        "''It leaks. It sinks,'' he said. Rain fell.",
        ["''It leaks. It sinks,'' he said.", "Rain fell."],
    ),
    "low-high": ("„Es regnet. Es gießt.“ Er ging.", ["„Es regnet. Es gießt.“", "Er ging."]),
    "guillemets behind a sentence": (
        "Elle part. « Il pleut. Il neige. » dit Anne.",
        ["Elle part.", "« Il pleut. Il neige. » dit Anne."],
    ),
    "guillemets": ("« Il pleut. Il neige. » Elle partit.", ["« Il pleut. Il neige. »", "Elle partit."]),
    "a question said": (
        "“Why now?” asked Moss. “Why not?” Anna Moss replied.",
        ["“Why now?” asked Moss.", "“Why not?” Anna Moss replied."],
    ),
    "a missing closer": (
        'He said: "It leaks. It sinks. Rain fell.',
        ['He said: "It leaks.', "It sinks.", "Rain fell."],
    ),
    "no spaces": (
        "桥关了。他说：「下雨。刮风。」我们走吧！",
        ["桥关了。", "他说：「下雨。刮风。」", "我们走吧！"],
    ),
    "plural possessives": (
        "The workers' hall is shut. The owners' hall is open.",
        ["The workers' hall is shut.", "The owners' hall is open."],
    ),
    "brackets": ("He left. (It was late.) She stayed.", ["He left.", "(It was late.)", "She stayed."]),
    "devanagari": ("पुल बंद है। नाव चलेगी।", ["पुल बंद है।", "नाव चलेगी।"]),
}


BY_LANGUAGE = {
    "a colon in Armenian": ("hy", "Կամուրջը փակ է: Նավը գալիս է:", ["Կամուրջը փակ է:", "Նավը գալիս է:"]),
    "a colon elsewhere": ("en", "They want: More boats.", ["They want: More boats."]),
    "a semicolon in Greek": ("el", "Πού είναι; Δεν ξέρω.", ["Πού είναι;", "Δεν ξέρω."]),
    "a semicolon elsewhere": ("en", "It rains; Moss stays.", ["It rains; Moss stays."]),
    "an Arabic question": ("ar", "أين الجسر؟ لا أعرف.", ["أين الجسر؟", "لا أعرف."]),
    "Burmese": ("my", "တံတားပိတ်သည်။ သင်္ဘောလာသည်။", ["တံတားပိတ်သည်။", "သင်္ဘောလာသည်။"]),
    "a small letter goes on": (
        "en",
        "The firm Hull & Co. of Bay Town closed. She works at Yahoo! in the harbour.",
        ["The firm Hull & Co. of Bay Town closed.", "She works at Yahoo! in the harbour."],
    ),
    "a dash goes on": (
        "en",
        "Open the valve, and -- hey! -- it sinks.",
        ["Open the valve, and -- hey! -- it sinks."],
    ),
    "a small letter may begin a name": ("en", "It sank. iBoat denies it.", ["It sank.", "iBoat denies it."]),
    "four dots": ("en", "I never meant that.... She left.", ["I never meant that....", "She left."]),
    "a lost space": (
        "en",
        "The bridge closed.Ferries sail. See node.js or bay.Example.",
        ["The bridge closed.", "Ferries sail.", "See node.js or bay.Example."],
    ),
    "a mountain": ("en", "He climbed Mt. Calder. It rained.", ["He climbed Mt. Calder.", "It rained."]),
    "a numbered bullet": ("da", "• 9. Pack a bag.", ["• 9. Pack a bag."]),
}


@pytest.mark.parametrize("case", sorted(BY_LANGUAGE))
def test_a_sentence_ends_as_its_language_has_it(case: str) -> None:
    language, text, expected = BY_LANGUAGE[case]
    assert said(text, language) == expected


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_sentence_ends_where_a_reader_ends_it(case: str) -> None:
    text, expected = CASES[case]
    assert said(text) == expected


def test_an_empty_line_always_ends_a_sentence() -> None:
    assert said('He said: "It leaks.\n\nIt sinks." Rain fell.') == [
        'He said: "It leaks.',
        'It sinks."',
        "Rain fell.",
    ]


@pytest.mark.parametrize("language", ["de", "fr", "uk", "zh", "xx", "pt-BR", None])
def test_every_language_code_has_a_splitter_and_words(language: str | None) -> None:
    assert said("It rains. It pours.", language) == ["It rains.", "It pours."]
    assert stemmer(language)("bridges").startswith("bridg")
    assert isinstance(stop_words(language), frozenset)


def test_words_of_scripts_without_spaces_are_pairs() -> None:
    assert words("桥关闭了") == ("桥关", "关闭", "闭了")
    assert words("Rock'n'roll isn't 42 co-op") == ("Rock'n'roll", "isn't", "co-op")
    assert words("one two three", limit=2) == ("one", "two")


PROSE = st.text(alphabet=st.sampled_from("ab AB.?!,\n\"'“”„«»‘’。」「1-)( "), max_size=120)


@given(st.one_of(st.text(max_size=200), PROSE), st.sampled_from(["en", "de", "zh", "xx", None]))
def test_sentences_are_trimmed_ordered_slices(text: str, language: str | None) -> None:
    spans = split(text, language)
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    outside = "".join(
        text[a:b]
        for a, b in zip([0, *(s.end for s in spans)], [*(s.start for s in spans), len(text)], strict=True)
    )
    assert not outside.strip()
    assert all("\n\n" not in span.of(text) for span in spans)


@given(
    st.lists(
        st.sampled_from(["It rains.", "Why?", "Dr. Moss paid 3.5.", "no", "He left, twice."]),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["“”", '""', "„“", "«»", "「」"]),
    st.sampled_from(["", "He said: ", "Rain fell. "]),
    st.sampled_from(["", " He left.", " said Moss.", " and so on."]),
)
def test_a_quotation_is_never_cut(inner: list[str], pair: str, before: str, after: str) -> None:
    quoted = f"{pair[0]}{' '.join(inner)}{pair[1]}"
    text = f"{before}{quoted}{after}"
    assert sum(quoted in sentence for sentence in said(text)) == 1


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ('"At 6\'5" he should," said Moss. "We waited."', ["At 6'5\" he should,", "We waited."]),
        ('"I am 6\'5", he said.', ["I am 6'5"]),
        ('He is 6\' 5" and said "we are fine" today.', ["we are fine"]),
    ],
)
def test_inches_close_no_quotation_that_goes_on(text: str, held: list[str]) -> None:
    assert [text[one.words_start : one.words_end] for one in quotations(text, 0, len(text))] == held


@given(PROSE)
def test_quotations_are_ordered_and_hold_words(text: str) -> None:
    found = quotations(text, 0, len(text))
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(one.start < one.words_start < one.words_end <= one.end for one in found)


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("Rain fell. " * 5000, 5000),
        ("rain " * 40_000, 1),
        ('"a. ' * 50_000, 1),
        ("‘a" * 100_000, 1),
        ("“" * 200_000, 0),
        ("a.)" * 66_000, 1),
    ],
    ids=["many", "long", "unclosed", "apostrophes", "marks", "stops"],
)
@pytest.mark.sampled(2)
def test_a_flood_is_split_all_the_same(text: str, least: int) -> None:
    assert len(split(text, "en")) >= least


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "Marlow et al. (2031) found the leak.", "Rain fell."),
        ("en", "The gale of nov. 5 was the worst.", "Rain fell."),
        ("en", "General C.Q. Brauner said so.", "Rain fell."),
        ("en", "He moved to the U.S.", "The town was small."),
        ("en", "BRINDLE, Md. — The bridge is open.", "Rain fell."),
        ("en", "LITTLE BRINDLE, Wis. (Agency) — The bridge is open.", "Rain fell."),
        ("de", "Weidensand, 3. Nov. (Agentur) Die Brücke ist offen.", "Es regnet."),
        ("fr", "BRÉVANNE, 3 nov. (Agence) - Le pont est ouvert.", "Il pleut."),
        ("it", "ALMARZA, 3 nov. - Il ponte è aperto.", "Piove."),
        ("pt", "ALMARZA, 3 nov. (Agência) - A ponte abriu.", "Chove."),
        ("nl", "WEIDEZAND, 3 nov. (Bureau) - De brug is open.", "Het regent."),
        ("sv", "Det kostar ca. 30 kronor.", "Det regnar."),
        ("sv", "Bron öppnade kl. 15.00 i går.", "Det regnar."),
        ("da", "Den 20. sæson starter nu.", "Det regner."),
        ("nb", "Den 20. sesongen starter nå.", "Det regner."),
        ("pl", "Dnia 3 lis. 2031 most otwarto.", "Pada."),
        ("cs", "Ve 20. století pršelo.", "Dnes ne."),
        ("tr", "Köprünün 20. yılı kutlandı.", "Yağmur yağdı."),
        ("uk", "ЗАРІЧЧЯ, 3 лист. (Агенція) — Міст упав.", "Дощило."),
        ("es", "EE. UU. abrió el puente.", "Llovía."),
        ("es", "ALMARZA, 3 nov. (Agencia) - El puente cayó.", "Llovía."),
        ("ru", "ЗАРЕЧИНСК, 3 ноя. — Мост упал.", "Шёл дождь."),
        ("de", "Und jetzt steht die 20. Staffel der Serie bevor.", "Es regnet."),
        ("de", "„Ja“, sagt General C.Q. Brauner am Montag.", "Es regnet."),
        ("de", "Er wurde gestern 20.", "Danach ging er."),
        ("cs", "Otevřeli to ve 3. Patře domu.", "Pršelo."),
        ("en", "The survey by Marlow et al. Tidal Letters, 2031, found the leak.", "Rain fell."),
        ("en", "The survey was by Marlow et al.", "The bridge held."),
        ("en", "A gull, Larus brevis sp. nov. Marlow, lives here.", "Rain fell."),
        ("de", "Mit ihrer 20. Staffel endet die Serie.", "Es regnet."),
        ("de", "Die Fa. Vogel und der Abg. Ohlsen kamen.", "Es regnet."),
        ("de", "Links steht der stv. Vorsitzende Ohlsen.", "Es regnet."),
        ("es", "La Dra. Lara y el Lic. Robles llegaron.", "Llovía."),
        ("fr", "Mme. Aubin et le Pr. Marsan sont venus.", "Il pleut."),
        ("fr", "L'étude d'Aubin et coll. Revue du port le dit.", "Il pleut."),
        ("it", "L'avv. Belli e il dott. Rosa sono venuti.", "Piove."),
        ("pt", "O Exmo. Sr. Abreu e a Dra. Lima vieram.", "Chove."),
        ("nl", "Dhr. Visser en mevr. Bakker kwamen.", "Het regent."),
        ("sv", "Doc. Lind och prof. Berg kom.", "Det regnar."),
        ("nb", "Studien til Holm m.fl. Havnebladet sier det.", "Det regner."),
        ("pl", "Mieszka przy ul. Portowej od roku.", "Pada."),
        ("cs", "Bydlí v ul. Přístavní od roku.", "Pršelo."),
        ("ru", "Он живёт на ул. Портовой давно.", "Шёл дождь."),
        ("uk", "Порт ім. Петренка відкрито.", "Дощило."),
        ("tr", "Av. Kaya ve Doç. Demir geldi.", "Yağmur yağdı."),
        ("id", "Kantor di Jl. Pelabuhan ditutup.", "Hujan turun."),
        ("sw", "Bw. Juma na Bi. Asha walifika.", "Mvua ilinyesha."),
    ],
)
def test_a_short_form_ends_no_sentence(language: str, first: str, second: str) -> None:
    assert said(f"{first} {second}", language) == [first, second]
