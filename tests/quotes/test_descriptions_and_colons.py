"""Whom a description means that no list has, and whose the words behind a colon are without a verb of saying."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

FR, ES, IT = "« Le pont tombe en ruine »", "«No habrá más obras»", "«Il ponte è chiuso da anni»"
DE, EN = "„Die alte Brücke hält noch lange“", "“The old bridge is shut for good,”"


def last_name(language: str, text: str) -> str | None:
    return find_quotes(an_article(*text.split("\n\n"), language=language))[-1].speaker_name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", f"Marcel Thévu n'a rien oublié. {FR}, raconte l'ancien éclusier.", "Marcel Thévu"),
        ("fr", f"{FR}, dit Marcel Thévu. {FR}, disait le coureur breton.", "Marcel Thévu"),
        ("fr", f"Marcel Thévu a battu le favori. {FR}, a reconnu le coureur serbe.", None),
        ("es", f"Pedro Thévu ganó la carrera. {ES}, admitió el corredor belga.", None),
        ("sv", "Sven Thévu blev rånad. ”Jag såg allting från bron”, säger 66-åringen.", None),
        ("fr", f"{FR}, dit Marcel Thévu. {FR}, ajoute le natif de Vauclin.", "Marcel Thévu"),
        ("es", f"A sus 81 años, Fermila Rohas no duda. {ES}, bromea la comerciante.", "Fermila Rohas"),
        ("de", f"Petra Thewis hat es gesehen. {DE}, erzählt die frühere Schleusenwärterin.", "Petra Thewis"),
        ("de", f"{DE}, sagte Jan Thewis. {DE}, sagte der 45-jährige Schlosser.", "Jan Thewis"),
        ("es", f"Con 27 puntos, Fermilo Rohas fue el mejor. {ES}, reconoció el escolta.", "Fermilo Rohas"),
        ("fr", f"{FR}, dit Marie Thévu. {FR}, raconte cette ancienne ouvrière.", "Marie Thévu"),
        ("fr", f"{FR}, juge Marie Thévu. {FR}, ajoute l'autrice.", "Marie Thévu"),
        ("fr", f"{FR}, a fait valoir la commissaire à la Santé, Katrin Thévu.", "Katrin Thévu"),
        ("fr", f"Marcel Thévu est là. {FR}, raconte l'ancienne bouchère.", None),
        ("fr", f"Le port soutient Marcel Thévu. {FR}, indique la présidence locale.", None),
        ("fr", f"Marcel Thévu est là. {FR}, dit la voisine du port.", None),
        ("de", f"Petra Thewis klagt. {DE}, erzählt die Nachbarin.", None),
        ("de", f"Jan Thewis klagt. {DE}, sagte die Wirtin.", None),
        ("de", f"Petra Thewis traf Ruth Leeb. {DE}, sagte die Wirtin.", None),
        ("de", f"Jan Thewis klagt. {DE}, teilte der schwäbische Hersteller mit.", None),
    ],
)
def test_a_description_goes_on_with_whoever_it_can_mean(language: str, text: str, name: str | None) -> None:
    assert last_name(language, text) == name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        (
            "en",
            "A view shared by Dr Rashid Belku, head of the ward: “The old bridge is shut.”",
            "Rashid Belku",
        ),
        ("fr", f"Un constat partagé par Rachid Belku, chef du port : {FR}", "Rachid Belku"),
        ("fr", f"Un avis que partage Rachid Belku : {FR}", "Rachid Belku"),
        ("fr", f"C'est ce que confirme Rachid Belku, chef du port : {FR}", "Rachid Belku"),
        ("it", f"A lanciare l'allarme è Fausto Neru, presidente dei pescatori: {IT}", "Fausto Neru"),
        ("es", f"Su nieto Andrés Rohas la ayuda: {ES}", "Andrés Rohas"),
        ("fr", f"À ses côtés, son mari, Paul Prazu, secoue la tête : {FR}", "Paul Prazu"),
        ("fr", f"L'entraîneur de Vauclin, Samir Haddu, ne cachait rien : {FR}", "Samir Haddu"),
        (
            "en",
            "Her deputy, Owen Strandu, struck a softer note: “The old bridge is shut for good.”",
            "Owen Strandu",
        ),
        ("en", "Her grandson Paul Prazu helps: “She rules, and I carry the boxes.”", "Paul Prazu"),
        ("fr", f"{FR}, dit Ann Lavu. {FR}, s'emporte-t-elle, avant de conclure : {FR}", "Ann Lavu"),
        ("de", f"{DE}, sagt Jan Thewis. Und fügt hinzu: {DE}", "Jan Thewis"),
        ("fr", f"Elle a écrit à Paul Prazu : {FR}", None),
        ("fr", f"Le fils de Paul Prazu secoue la tête : {FR}", None),
        ("es", f"La calle Rosa Luna sigue cerrada: {ES}", None),
        ("it", f"Poi ringrazia Anna Rossu: {IT}", None),
        ("en", "A film by Rashid Belku: “The quiet harbour of the north”", None),
    ],
)
def test_whose_the_words_behind_a_colon_are(language: str, text: str, name: str | None) -> None:
    assert last_name(language, text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Lavu nannte es „einen großen Tag für alle“, ihr Kollege Bo Mirek sprach von Mut.", "Ann Lavu"),
        (f"{DE}, ließ Ann Lavu über ihren Sprecher Bo Mirek mitteilen.", "Ann Lavu"),
        (f"{DE}, ließ der 24-Jährige seinen Verteidiger Bo Mirek verlesen.", None),
        (f"{DE}, ließ der Minister über seinen Sprecher Bo Mirek mitteilen.", None),
        (f"{DE}, sagte Bo Mirek. Der Minister, der das Gesetz prüft, sagte: {DE}", None),
    ],
)
def test_who_says_it_in_german_and_not_who_stands_beside(text: str, name: str | None) -> None:
    assert last_name("de", text) == name


@pytest.mark.parametrize(
    "asks", ["demande de l'aide", "demande que tout s'arrête", "demande d'autres moyens"]
)
def test_who_asks_for_something_in_french_asks_nobody(asks: str) -> None:
    assert last_name("fr", f"Josée Tremblu {asks}. {FR}, plaide-t-elle.") == "Josée Tremblu"


def test_to_say_is_a_verb_of_saying_in_spanish_and_that_is_to_say_is_none() -> None:
    assert last_name("es", f"Ana Lavu se limitó a decir que {ES}.") == "Ana Lavu"
    assert last_name("es", f"Ana Lavu no vino, es decir, {ES}, según Bea Mirek.") == "Bea Mirek"


@pytest.mark.parametrize(
    ("language", "behind"),
    [
        ("es", "protesta, por su parte, Ana Lavu"),
        ("es", "resume por teléfono la bióloga Ana Lavu"),
        ("it", "le fa eco la vicina di casa Anna Lavu"),
        ("nl", "zegt directeur Petra Lavu"),
    ],
)
def test_a_verb_that_no_list_has_stands_before_its_subject(language: str, behind: str) -> None:
    name = last_name(language, f"{FR if language == 'fr' else ES}, {behind}.")
    assert name is not None
    assert name.endswith("Lavu")


@pytest.mark.parametrize(
    ("language", "before", "behind"),
    [
        ("fr", f"{FR}, raconte Paul Lavu. « On a attaché la barque et on a attendu »", ", se souvient-il."),
        ("fr", f"Paul Lavu lui a répondu hier. {FR}", ", a-t-il balayé."),
        ("fr", f"Paul Lavu lui a répondu hier. {FR}", ", pouffe-t-il en coulisses."),
        ("fr", f"Ann Lavu (Alliance) y voit {FR}", "."),
        ("en", f"{EN} said Ann Lavu. {EN}", " she sighs."),
        ("nl", "Directeur Petra Lavu weet dat niet. “Niemand weet dat hier nog”", ", benadrukt zij."),
    ],
)
def test_a_pronoun_beside_any_verb(language: str, before: str, behind: str) -> None:
    name = last_name(language, before + behind)
    assert name is not None
    assert name.endswith("Lavu")


@pytest.mark.parametrize("lead", ["But", "And"])
def test_a_conjunction_before_a_name_leaves_it_the_subject(lead: str) -> None:
    text = f"{lead} Priya Lavu, an analyst at Calder Wood, was unconvinced. {EN} she wrote."
    assert last_name("en", text) == "Priya Lavu"


def test_what_somebody_does_is_no_role() -> None:
    article = an_article("Her husband, Paul Prazu, shook his head: “The old bridge is shut for good.”")
    (quote,) = find_quotes(article)
    assert quote.role is not None
    assert quote.role.of(article.text) == "husband"


JA, KO = "「他に選択肢はありませんでした」", '"다른 선택이 우리에게는 없었습니다"'


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("pl", "Prezes Izby Lekarskiej, Piotr Lavu, czeka: „Poczekałbym do lutego z decyzją”.", "Piotr Lavu"),
        ("pl", "Burmistrz Zalesia, Piotr Lavu, był zły. „Nie mieliśmy wyjścia” – powiedział.", "Piotr Lavu"),
        ("pl", "Prezydent Dudek, Piotr Lavu i Jan Lis przyszli: „Nie mieliśmy innego wyjścia”.", None),
        ("da", "»Vi mistede det hele,« sagde Jens Lavu. »Ingen advarede os,« tilføjer den 66-årige.", "Jens Lavu"),
        ("sv", "”Vi hade inget val”, säger Sven Lavu. ”Ingen varnade oss”, säger 66-åringen.", "Sven Lavu"),
        ("fi", "Liisa Lavu saapui. Hänen miehensä Pekka Mirek nyökkää. ”Kukaan ei varoittanut meitä”, hän sanoo.", "Pekka Mirek"),
        ("nl", "Zijn buurvrouw, Ans Lavu, knikt: “Niemand heeft ons gewaarschuwd.”", "Ans Lavu"),
        ("it", f"Risponde il comandante dei vigili, Sergio Lavu: {IT}", "Sergio Lavu"),
        ("ja", f"港町市の田中一郎市長は決定を擁護した。{JA}と述べた。", "田中一郎"),
        ("ja", f"港町市の田中一郎市長は決定を擁護した。警察は{JA}と述べた。", None),
        ("ja", f"港町市の田中一郎市長は決定を擁護した。市民は反発している。{JA}と述べた。", None),
        ("ko", f"항구시의 김민수 시장은 결정을 옹호했다. 그는 {KO}라고 말했다.", "김민수"),
        ("ko", f"항구시의 김민수 시장은 결정을 옹호했다. 주민들은 {KO}라고 말했다.", None),
    ],
)  # fmt: skip
def test_who_speaks_elsewhere(language: str, text: str, name: str | None) -> None:
    assert last_name(language, text) == name
