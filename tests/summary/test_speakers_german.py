"""German house styles: whose words they are, by the names, joined titles and moods of the language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

WORDS = "Die alte Brücke hält noch viele Jahre"


def speakers(*paragraphs: str) -> list[str | None]:
    return [one.speaker_name for one in find_quotes(replace(an_article(*paragraphs), language="de"))]


@pytest.mark.parametrize(
    "given", ["Gabi", "Bidzina", "Ayşe", "Özgür", "Hendrik", "Malek", "Nataliia", "Tovi"]
)
def test_a_name_beside_a_say_verb_needs_no_list(given: str) -> None:
    name = f"{given} Schwab"
    assert speakers(f"{name} sagte am Vormittag: „{WORDS}.“") == [name]
    assert speakers(f"Am Montag sagte {name}: „{WORDS}.“") == [name]
    assert speakers(f"„{WORDS}“, sagte {name}.") == [name]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        (f"„{WORDS}“, erklärte der für die Bankenaufsicht zuständige Fed-Vizechef Milo Barr.", "Milo Barr"),
        (f"„{WORDS}“, sagte der russische UN-Botschafter Wassilo Nebens.", "Wassilo Nebens"),
        (f"Der Schulleiter der Volksschule Tristau, Norbert Salch, bestätigte: „{WORDS}.“", "Norbert Salch"),
        (f"Gabi Schwab, Schulleiterin der MS Egg-Lienz sagte: „{WORDS}.“", "Gabi Schwab"),
        (f"„{WORDS}“, vermutet Konrad Kleinfeld vom Hafenamt.", "Konrad Kleinfeld"),
        (f"„{WORDS}“, führte Uwe Jahn aus.", "Uwe Jahn"),
        (f"„{WORDS}“, räumt Uwe Jahn ein.", "Uwe Jahn"),
        (
            f"„{WORDS}“, sagte der Berner Gesundheits-, Sozial- und Baudirektor Pierre Schnegg.",
            "Pierre Schnegg",
        ),
        (f"Kriminologin Bärbel Bongart vom Zentrum kam. „{WORDS}“, sagt Bongart.", "Bärbel Bongart"),
        (f"„{WORDS}“, sagte Diplomat Boris Bondar.", "Boris Bondar"),
        (f"„{WORDS}“, sagte Kommissionspräsidentin Ursula von der Leihn.", "Ursula von der Leihn"),
        (f"Der Trierer Politikwissenschaftler Uwe Jahn stellt ein gutes Zeugnis aus. „{WORDS}.“", "Uwe Jahn"),
        (f"Uwe Jahn zeigte sich erfreut. „{WORDS}.“", "Uwe Jahn"),
        (f"Uwe Jahn sagte, das sei neu. Man habe lange gewartet. „{WORDS}.“", "Uwe Jahn"),
        (f"Wie die Bürgermeisterin Ada Vogel sagte, wird gebaut. „{WORDS}.“", "Ada Vogel"),
        (f"Uwe Jahn, 51, kam an. Ada Vogel fuhr ab. „{WORDS}“, sagte der 51-Jährige.", "Uwe Jahn"),
        (f"„{WORDS}“, zeigt sich Ovid Tarn selbstbewusst.", "Ovid Tarn"),
        (f"„{WORDS}“, grummelte Ovid Tarn nach der Sitzung.", "Ovid Tarn"),
        (f"Wie Hafen-Präsident Ovid Tarn das Projekt preist: „{WORDS}.“", "Ovid Tarn"),
        (f"Den Umbau bewertet Ovid Tarn positiv: „{WORDS}.“", "Ovid Tarn"),
        (
            f"Auf die Lage blickte auch Ovid Tarn, Vorsitzender der Gilde, in seiner Rede: „{WORDS}.“",
            "Ovid Tarn",
        ),
        (f"Ähnlich sieht es Ovid Tarn vom Verwalter Bänk: „{WORDS}.“", "Ovid Tarn"),
        (f"Ovid Tarn vom Verwalter Bänk betont: „{WORDS}.“", "Ovid Tarn"),
        (f"„{WORDS}“, zitierte das Tagblatt Hafenchefin Rita Weim.", "Rita Weim"),
        (f"„{WORDS}“, zitiert Ada Vogel den Minister Uwe Jahn.", "Uwe Jahn"),
        (f"„{WORDS}“, sagte Kapitän Virgil van Dorn.", "Virgil van Dorn"),
        (f"„{WORDS}“, sagte Co-Kommentator und Meisterschütze Peter Wade am Samstag.", "Peter Wade"),
        (f"„{WORDS}“, sagte der Meisterschütze Dwain Wade am Samstag.", "Dwain Wade"),
        (f"Ovid Tarn sagt, es brauche mehr: „{WORDS}.“", "Ovid Tarn"),
        (f"Nach Angaben von Ovid Tarn ist der Bau „{WORDS}“.", "Ovid Tarn"),
        (f"Nach Ansicht der Bürgermeisterin Ada Vogel ist der Bau „{WORDS}“.", "Ada Vogel"),
        (f"Ada Vogel zufolge ist der Bau „{WORDS}“.", "Ada Vogel"),
        (f"„{WORDS}“, wie Ada Vogel am Montag mitteilte.", "Ada Vogel"),
        (f"Uwe Jahn kam. Im Gespräch erzählte er, wie es war, und „{WORDS}“.", "Uwe Jahn"),
        (f"Ada Vogel kam. Zugleich verteidigte sie den Bau und betonte, „{WORDS}“.", "Ada Vogel"),
        (f"Das sagt der Präsident des Rats, Uwe Jahn. „{WORDS}“, hielt er fest.", "Uwe Jahn"),
        (f"Den Anfang machte Parteichef Uwe Jahn. „{WORDS}“, sagte der Ständerat.", "Uwe Jahn"),
        (f"Uwe Jahn (48) wundert es nicht: „{WORDS}.“", "Uwe Jahn"),
        (f"„{WORDS}“, sagte am Montag in Weidensand die Chefin Rita Tarn.", "Rita Tarn"),
    ],
)
def test_the_sentences_name_one_person(sentence: str, name: str) -> None:
    assert speakers(sentence) == [name]


@pytest.mark.parametrize(
    "called",
    [
        "Trendscout Dorne",
        "der Trendscout Dorne",
        "der ehemalige Regatta-Sieger Dorne",
        "die 58jährige Netzflickerin Dorne",
        "zum Beispiel Dorne",
    ],
)
def test_a_noun_before_a_surname_is_no_first_name(called: str) -> None:
    text = f"Rita Dorne kam. „{WORDS}“, sagte {called}.", f"„{WORDS}“, sagte Dorne.", f"„{WORDS}“, sagte sie."
    assert speakers(*text) == ["Rita Dorne"] * 3


def test_a_namesake_with_a_first_name_that_no_list_has_is_another() -> None:
    text = f"Rita Dorne kam. „{WORDS}“, sagte Zsombo Dorne.", f"„{WORDS}“, sagte Dorne."
    assert speakers(*text) == ["Zsombo Dorne", None]


def test_a_noun_with_its_article_is_no_rival_of_whoever_spoke() -> None:
    text = f"Rita Dorne sagte: „{WORDS}.“ Die harte Entscheidung Uferlands koste viel, warnte sie: „{WORDS}.“"
    assert speakers(text) == ["Rita Dorne"] * 2


def test_two_nouns_that_do_nothing_are_no_rival() -> None:
    first = f"Uwe Jahn sagte: „{WORDS}.“ 2022 kam eine neue Marke auf: Boje Tandar."
    assert speakers(first, f"„{WORDS} lang“, sagte er.") == ["Uwe Jahn"] * 2


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("die Zweitplatzierte", "Ada Vogel"),
        ("die Regatta-Profisportlerin", "Ada Vogel"),
        ("der Zehntplatzierte", "Ivo Lorn"),
    ],
)
def test_a_trade_means_whoever_was_named_alone(called: str, name: str) -> None:
    ada = f"„{WORDS}“, sagte Ada Vogel."
    told = ada if name == "Ada Vogel" else f"„{WORDS}“, sagte Uwe Jahn. Lob gab es von Ivo Lorn."
    assert speakers(f"{told} „{WORDS} lang“, so {called}.")[-1] == name


@pytest.mark.parametrize(
    ("between", "name"), [("Das Schiff kam.", "Uwe Jahn"), ("Ivo Lorn traf Otto Weim.", None)]
)
def test_he_reaches_over_a_paragraph_that_names_nobody(between: str, name: str | None) -> None:
    assert speakers(f"„{WORDS}“, sagte Uwe Jahn.", between, f"„{WORDS} lang“, sagte er.")[-1] == name


@pytest.mark.parametrize(
    "following",
    [
        "„Wir sind sehr froh darüber“, sagte der Leseforscher.",
        "„Wir sind sehr froh darüber“, sagte der 51-Jährige.",
        "Der Preis müsse sinken. „Wir sind sehr froh darüber.“",
        "Der Plan sei „alles andere als ein guter Scherz“.",
        "Und: „Wir sind sehr froh darüber.“",
    ],
)
def test_whoever_spoke_last_speaks_on(following: str) -> None:
    assert speakers(f"„{WORDS}“, sagte Uwe Jahn.", following) == ["Uwe Jahn", "Uwe Jahn"]


@pytest.mark.parametrize(
    "sentence",
    [
        f"„{WORDS}“, sagte die Leseforscherin.",
        f"„{WORDS}“, sagte der Polizeisprecher.",
        f"Uwe Jahn traf Ada Vogel am Hafen. „{WORDS}.“",
        f"Die Hafenbehörde zeigte sich erfreut. „{WORDS}.“",
        f"Für Ada Vogel hat die Partei eine Botschaft: „{WORDS}.“",
        f"Der Ton ist typisch Ada Vogel: „{WORDS}.“",
        f"„{WORDS}“, zitierte der Tägliche Stern nun eine Deutung.",
        f"„{WORDS}“, sagte gestern im Gespräch mit Ada Vogel.",
        f"Laut eigenen Angaben ist der Bau „{WORDS}“.",
        f"„{WORDS}“, heißt es.",
        f"Das Institut für Schutz der Deutschen Gesetzlichen Unfallversicherung (IFA) warnt vor „{WORDS}“.",
        f"Ada Vogel kam. Ihr Beauty-Know-how führt auf Erfahrung zurück: „{WORDS}.“",
        f"Über dem Foto teilte die Frau auch einen Text des Kontos „Meer“: „{WORDS}.“",
    ],
)
def test_a_doubt_is_nobody(sentence: str) -> None:
    assert speakers("Uwe Jahn öffnete das Tor.", sentence) == [None]


@pytest.mark.parametrize(
    ("sentence", "described"),
    [
        (f"„{WORDS}“, heißt es in dem Bericht.", "dem Bericht"),
        (f"„{WORDS}“, hieß es weiter im Bericht der Feuerwehr.", "Bericht"),
        (f"„{WORDS}“, hieß es aus dem Rathaus.", "dem Rathaus"),
        (f"In dem Schreiben hieß es: „{WORDS}.“", "dem Schreiben"),
        (f"„{WORDS}“, teilte die Polizei mit.", "die Polizei"),
        (f"„{WORDS}“, sagte ein Anwohner gegenüber dem Blatt.", "ein Anwohner"),
        (f"Nach Einschätzung des Militärs sei das „{WORDS}“.", "Militärs"),
        (f"Laut der Polizei sei das „{WORDS}“.", "der Polizei"),
    ],
)
def test_who_has_no_name_is_told_in_the_words_of_the_article(sentence: str, described: str) -> None:
    article = replace(an_article(sentence), language="de")
    found = [(one.speaker and one.speaker.of(article.text), one.speaker_name) for one in find_quotes(article)]
    assert found == [(described, None)]


@pytest.mark.parametrize("opener", ["Nachdem", "Sag", "Mehr", "Meine", "Ihrem"])
def test_the_first_word_of_a_sentence_is_no_first_name(opener: str) -> None:
    article = an_article(f"{opener} Harms kam nach Brindle.", f"„{WORDS}“, sagte Harms.", language="de")
    assert all(one.speaker_name != f"{opener} Harms" for one in find_quotes(article))


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Wenige Tage später Vizefeuerwehrchefin Ada Vogel kam an.", "Vizefeuerwehrchefin"),
        ("Am Freitagabend kündigte die Bürgermeisterin Ada Vogel an.", "Bürgermeisterin"),
        (
            "Ada Vogel, Sprecherin für Häfen im Landtag gegenüber dem Kurier.",
            "Sprecherin für Häfen im Landtag",
        ),
        ("Ada Vogel, Leiterin der Wache am Montag.", "Leiterin der Wache"),
        ("In Uferland wirft Parteichef Otto Harms seinem Gegner Ada Vogel vieles vor.", None),
        ("Ada Vogel, den Auftritt von Parteichef Otto Harms im Hafen hart.", None),
        ("Gegen 16 Uhr zog Pressesprecherin Ada Vogel eine Bilanz.", "Pressesprecherin"),
        ("Die für die Hafenaufsicht zuständige Vizechefin Ada Vogel kam.", "Vizechefin"),
        ("Die stellvertretende Leiterin der Wache, Ada Vogel, kam.", "stellvertretende Leiterin der Wache"),
        ("Ada Vogel, die als Sprecherin der Gilde arbeitet, kam.", None),
        ("Ada Vogel, die die Ermittlungen der Wache leitet, kam.", "die die Ermittlungen der Wache leitet"),
        ("Weidensands neue Bürgermeisterin Ada Vogel kam.", "Weidensands neue Bürgermeisterin"),
    ],
)
def test_the_role_holds_what_she_is_and_no_more(sentence: str, role: str | None) -> None:
    article = replace(an_article(sentence, f"„{WORDS}“, sagte Ada Vogel."), language="de")
    (quote,) = find_quotes(article)
    assert (quote.speaker_name, quote.role and quote.role.of(article.text)) == ("Ada Vogel", role)


@pytest.mark.parametrize(
    ("paragraphs", "mention"),
    [
        ((f"Ein Paar klagte. „{WORDS}“, erklärte das Gericht.",), "das Gericht"),
        ((f"Das Ministerium forderte die Heimkehr. „{WORDS}“, hieß es.",), "Das Ministerium"),
        ((f"Für Trainer Uwe Jahn ist das Spiel noch fern: „{WORDS}.“",), "Trainer Uwe Jahn"),
        ((f"Sie hat, in den Worten von Uwe Jahn, „{WORDS}“.",), "Uwe Jahn"),
        ((f"Uwe Jahn kam. „{WORDS}“, meint derweil der Drittplatzierte Kess.",), "Drittplatzierte Kess"),
        (
            (f"Die Stiftung des alten Preisträgers Uwe Jahn (1927-2014) nannte Ada Vogel „{WORDS}“.",),
            "Die Stiftung des alten Preisträgers Uwe Jahn",
        ),
        ((f"Uwe Jahn kam. Es ist verboten, heißt es laut Medienberichten: „{WORDS}.“",), None),
        (
            (f"Uwe Jahn kam. Bekannt sei „{WORDS}“, heißt es darin laut uferländischen Medienberichten.",),
            None,
        ),
        ((f"Über dem Foto teilte Uwe Jahn einen Text seiner Anhänger: „{WORDS}.“",), None),
        (
            (f"Uwe Jahn sagte: „{WORDS}.“", f"In einer Stellungnahme der Gilde hieß es: „{WORDS} lang.“"),
            "Stellungnahme der Gilde",
        ),
    ],
)
def test_the_last_words_are_theirs_who_say_so(paragraphs: tuple[str, ...], mention: str | None) -> None:
    article = replace(an_article(*paragraphs), language="de")
    speaker = find_quotes(article)[-1].speaker
    assert (speaker and speaker.of(article.text)) == mention


def test_a_motto_on_the_wall_is_nobodys() -> None:
    assert speakers(
        f"Uwe Jahn sagte: „{WORDS}.“ Das Motto des Gründers hängt an der Wand: „Sag nur, was ist.“"
    ) == ["Uwe Jahn"]
