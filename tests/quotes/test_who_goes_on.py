"""Who goes on to speak: endings of verbs, answers, dashes between sentences, descriptions, subjects far from their verb."""

from __future__ import annotations

from time import process_time

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article


def said(language: str, text: str) -> list[str | None]:
    """Of each quote of the paragraphs the name of its speaker, else the words that the article has for that."""
    article = an_article(*text.split("|"), language=language)
    quotes = find_quotes(article)
    return [one.speaker_name or (one.speaker.of(article.text) if one.speaker else None) for one in quotes]


LEE, ROTH, WINZ, HALE, CRANE = "Ovid Lee", "Ines Roth", "Runa Winz", "Ebba Hale", "Hilda Crane"


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        # The verb's ending tells the sex of whoever is left out, or stands far behind it.
        ("cs", "Starosta Ovid Lee odešel. Město povede starostka Runa Winz. „Budu lidem naslouchat,“ slíbila.", [WINZ]),
        ("cs", "Runa Winz odešla. „Zklamala jsem celé toto město,“ uvedla na adresu Ovida Nováka. Ovid Novák mlčel.", [None]),
        ("pl", "Sędzia Ovid Lee milczał. „Most to nasza obietnica” – napisała w akcie oskarżenia prokurator Runa Winz.", [WINZ]),
        ("pl", "„Most to nasza wspólna obietnica” – napisała na Twitterze burmistrz Runa Winz.", [WINZ]),
        ("cs", "Ministryně Runa Winz přijela. „Most je náš slib všem,“ řekla novinářům. „Určitě ho všem splníme,“ dodala ministryně.", [WINZ, WINZ]),
        ("ru", "Ольга Теннова пришла.|Судья Евстафий Гончар спросил о муже.|— Он никогда ничего не боялся, — ответила она.", ["Ольга Теннова"]),
        ("ru", "Его жена, Нора Квилина, ведёт счета. «Ничего у нас не остаётся», — вздыхает она.", ["Нора Квилина"]),
        ("pl", "Runa Winz przyjechała. Jak podkreśliła, dowody są „mocne i bardzo jednoznaczne”.", [WINZ]),
        ("pl", "Obrońca armatora, Ovid Lee, przekonywał, że klient jest „głęboko wstrząśnięty, ale niewinny”.", [LEE]),
        ("cs", "Starosta Ovid Lee odešel. V dopise označoval občany za „průvod stěžovatelů a bláznů“.", [LEE]),
        ("cs", "Politoložka Runa Winz z univerzity případ považuje za „varování pro celou generaci“.", [WINZ]),
        # Polish and Scandinavian papers quote between dashes inside a paragraph.
        ("pl", "Runa Winz broniła opłaty. – To nie jest żaden podatek – powiedziała. – Nikt nie zapłaci dwa razy.", [WINZ, WINZ]),
        ("pl", "Lista: – pierwszy punkt tej listy – drugi punkt tej listy.", []),
        ("nb", "Havnesjef Ebba Hale nikket. – Vi er glade for det, sier hun. – Svært glade for alt.", [HALE, HALE]),
        ("nb", "Ifølge havnesjef Ebba Hale er det greit.|– Vi gir oss ikke nå, sier havnesjefen.", [HALE]),
        ("nb", "Ebba Hale kom.|– Pumpa gikk hele natta, fortalte Ebba Hale.|Dommer Oddrun Roth spurte om mer.|– Jeg vet ikke mer, svarte hun.", [HALE, HALE]),
        ("nb", "Forsvarer Ovid Hale mener klienten er «dypt rystet, men uskyldig».", ["Ovid Hale"]),
        ("da", "Jens Kvist kom. Hans kone, Ebba Hale, fører regnskabet. »Der bliver intet tilbage til os«, siger hun.", [HALE]),
        # A question is answered by somebody else, and carried on by nobody.
        ("en", "Hilda Crane came. “We kept the gates shut,” Crane said.|“And the week before that?” asked Ines Roth.|“I could not say any more.”", [CRANE, ROTH, CRANE]),
        # Descriptions.
        ("en", "Hilda Crane, 19, was playing. “I closed my eyes, to be honest,” the teenager admitted.", [CRANE]),
        ("en", "A woman ran by. Hilda Crane, 19, watched. “I closed my eyes, to be honest,” the woman admitted.", ["the woman"]),
        ("es", "“No habrá más obras”, dijo Ximena Arrieta. “Perdimos todo este año”, agregó la mujer.", ["Ximena Arrieta"] * 2),
        ("es", "“No habrá más obras”, dijo Ximena Arrieta. “Perdimos todo este año”, agregó el marinero.", ["Ximena Arrieta", "el marinero"]),
        ("fr", "La ministre de la Mer Ovida Tennec est venue.|« Le pont tient très bien », a dit la ministre.", ["Ovida Tennec"]),
        ("fr", "Teo Marois passe, devant son ami Alain Sprit. « Les râleurs, c'est nous », renchérit ce dernier.", ["Alain Sprit"]),
        ("pt", "O presidente da Câmara, Ovid Prates, veio. “Vou pedir uma audiência”, revelou o autarca.", ["Ovid Prates"]),
        ("pt", "Segundo a cientista política Bruna Prates, da universidade, é “um alerta para todos nós”.", ["Bruna Prates"]),
        # Subjects.
        ("en", "The opposition's spokesman on ports, Ovid Lee, said: “Another week, another charge for us.”", [LEE]),
        ("en", "“Never in any danger at all,” the paper quoted Ovid Lee as saying.", [LEE]),
        ("en", "“The whole town is proud,” read a statement from Mayor Ines Roth.", [ROTH]),
        ("en", "Ovid Lee spoke. His wife, Noreen, nodded. “We did the sums on Sunday,” she said.", ["Noreen"]),
        ("es", "Teo Lee zanja: «Que le vaya bonito». «Los chiflados somos nosotros», apunta entre risas su amigo, Alán Espino.", ["Teo Lee", "Alán Espino"]),
        ("es", "Antes había declarado Maruja Tolosa, viuda de un marinero. «Me dijo que no lo esperara», relató entre lágrimas.", ["Maruja Tolosa"]),
        ("it", "E l'amico Ovido Spreti: «I lamentosi e i matti siamo noi».", ["Ovido Spreti"]),
        ("it", "«Mi disse di non aspettarlo alzata». È la testimonianza di Ornella Vassari, vedova.", ["Ornella Vassari"]),
        ("fr", "Le maire, Hugo Bélanger, y voit « un signal envoyé à toute la région ».", ["Hugo Bélanger"]),
        ("fr", "Maëlle Kermor est là. « Anselme aimait la mer, pouffe-t-elle. Mais la coque est sèche. »", ["Maëlle Kermor"] * 2),
        ("pt", "“A ponte não sobra para ninguém”, queixa-se Ovid Prates, de 58 anos.", ["Ovid Prates"]),
        ("nl", "Volgens havenmeester Jurre van den Bosch is het “een rommeltje dat niemand wil”.", ["Jurre van den Bosch"]),
        ("de", "Stadtrat Ovid Lee trat zurück.|„Ich habe diese Stadt enttäuscht“, heißt es in einem Schreiben Lees an den Rat.", [LEE]),
        ("de", "Richter Ovid Lee kam.|Den Leuten sagte der Richter, er wisse, „dass kein Urteil die Männer zurückbringt“.", [LEE]),
        ("tr", "Soru üzerine armatör Gökhan Pasinler, “O hafta alarmı hiç denemedik” yanıtını verdi.", ["Gökhan Pasinler"]),
        ("ja", "西浜漁協の組合長、久米大地さん（５８）は「祖父はサバで払ったが、自分は血で払う」と憤る。", ["久米大地"]),
        ("ko", '하구대 정치학과 우보경 교수는 "한 세대의 정치인 전체에 대한 경고"라고 지적했다.', ["우보경"]),
        ("zh", "“我爷爷用鲭鱼交钱，我要用血交钱。”渔民邱大山说。他的妻子罗秀兰记账。“我们星期天算过了，什么都剩不下。”她说。", ["邱大山", None]),
        ("zh", "“我在站台上等了五个小时，没有人告诉我们发生了什么，”一位不愿透露姓名的女士说。", [None]),
    ],
)  # fmt: skip
def test_who_speaks(language: str, text: str, names: list[str | None]) -> None:
    assert said(language, text) == names


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Auf dem Stein am Deich steht „Die See nahm sie, wir vergessen sie nicht“."),
        ("fr", "Sur la stèle du port, on peut lire « La mer les a pris, nous ne les oublions pas »."),
        ("sv", "På muren stod på kvällen ”Utan fisk ingen framtid för oss alla”."),
        ("tr", "Savcı Nazan Bruner geldi.|Limandaki taşta “Deniz onları aldı, biz unutmadık” yazıyor."),
        ("en", "The plinth bears the words “He knew every one of them by name.”"),
        ("en", "The season opens with a new piece called “Every Street has a song for you.”"),
        ("en", "The evening ended with cries of “To the shepherd, wherever he may stand!”"),
        ("en", "He left under the “three strikes and you are out” rule."),
        ("de", "Die Fans sangen nach dem Spiel „Wir steigen ab, und keiner merkt es“."),
    ],
)
def test_what_stands_on_things_is_nobodys(language: str, text: str) -> None:
    assert said(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("de", "Auf ihrer Seite steht „Wir geben der Stadt alles zurück, was fehlt“.", [None]),
        ("en", "On Tuesday the town read “a letter that nobody should ever have to read.”", [None]),
        (
            "en",
            "The critics called “a disgrace to the whole old town” what Hilda Crane had built.",
            ["The critics"],
        ),
    ],
)
def test_what_stands_on_pages_is_somebodys(language: str, text: str, names: list[str | None]) -> None:
    assert said(language, text) == names


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "– Tak – nie – " * 2_500),
        ("pl", "– Tak – powiedziała Lee. " * 1_000),
        ("nb", "Ja. – Nei, sier Lee. " * 1_500),
        ("fr", "« oui, rit-elle, »" * 1_000),
        ("en", "the widow of Lee said “Yes we did it.” " * 1_000),
    ],
)
def test_repeated_words_take_time_by_their_number(language: str, text: str) -> None:
    started = process_time()
    find_quotes(an_article(text, language=language))
    assert process_time() - started < 3  # half a second at most; by the square of their number it is many
