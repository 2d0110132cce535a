"""Whom a surname, an office, a pronoun or a subject behind its verb means, by what the rest of the article says of people."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

TOBIN, ORLA, AOIFE = "Tobin Fennick", "Orla Fennick", "Aoife Fennick"


def said(language: str, text: str, title: str | None = None) -> list[str | None]:
    """Of each quote of the paragraphs the name of its speaker, else the words that the article has for that."""
    article = an_article(*text.split("|"), title=title, language=language)
    quotes = find_quotes(article)
    return [one.speaker_name or (one.speaker.of(article.text) if one.speaker else None) for one in quotes]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        # Among relatives the bare surname is whoever the headline names, and a full name is its own.
        ("en", "Orla Fennick, who lit the old towers, died at her home. “She wrote to me on Friday,” said her son Tobin Fennick.|Fennick was born in a hut. “We read by the fire or not at all,” she said.", [TOBIN, ORLA]),
        ("en", "Orla Fennick died at home. “She wrote to me,” said her son Tobin Fennick.|“I had no choice in the matter,” Aoife Fennick said.", [TOBIN, AOIFE]),
        ("es", "Orla Fennick murió ayer. «Se fue a las cinco», contó su hijo Tobin Fennick.|Prefiere una frase que Fennick repetía en el taller: «La prisa es de los relojes baratos».", [TOBIN, ORLA]),
        ("fr", "Orla Fennick est morte. « Elle dormait enfin », a déclaré à l'AFM sa nièce, Aoife Fennick.|Née dans un port, elle avait débuté tard. « On me payait en soupe de poisson », racontait-elle.", [AOIFE, ORLA]),
        ("sv", "Orla Fennick är död. – Hon somnade in lugnt, säger dottern Aoife Fennick.|Fennick debuterade sent. ”Jag hade en replik och glömde den”, skrev hon.", [AOIFE, ORLA]),
    ],
)  # fmt: skip
def test_a_family(language: str, text: str, names: list[str]) -> None:
    titles = {"en": "Orla Fennick dies at 91", "es": "Muere Orla Fennick", "fr": "Mort d'Orla Fennick", "sv": "Orla Fennick är död"}  # fmt: skip
    assert said(language, text, titles[language]) == names


VOSS, SAND, HALE = "Daniel Voss", "Robin Sand", "Ebba Hale"


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        # An office that nobody in the article holds is whoever spoke last; what it is of may stand behind it.
        ("nl", "Bioloog Daniel Voss noemt het plan „heel erg indrukwekkend”. „Elk jaar is er weer zo'n beestje”, aldus de hoogleraar.", [VOSS, VOSS]),
        ("ru", "Губернатор Олег Пестряков заявил, что паром «не должен был выходить в рейс». «Будем во всём разбираться», — пообещал глава региона.", ["Олег Пестряков"] * 2),
        ("ru", "Об этом сообщил начальник порта, доктор наук Вениамин Толстой. «Это как открыть старое письмо», — сказал учёный.", ["Вениамин Толстой"]),
        ("ru", "Пострадавших нет, сообщила начальник порта Ада Лозовая. «Все пассажиры на берегу», — добавила она.", ["Ада Лозовая"]),
        ("it", "Il tecnico Daniel Voss è qui. «Un punto qui vale oro», ha detto ai microfoni di Radio Lago il mister dell'Orbetta.", ["il mister dell'Orbetta"]),
        ("it", "Il tecnico Daniel Voss è qui. «L'ho rivisto, era netto», risponde l'allenatore.", [VOSS]),
        ("pt", "O biólogo Daniel Voss, da Universidade do Porto, que não participou, considera os dados «sugestivos, mas insuficientes».", [VOSS]),
        ("pt", "O biólogo Daniel Voss falou ontem. «Quarenta ossos não fazem uma rota», ironiza o investigador.", [VOSS]),
        # The article before an office tells the sex, and whoever was asked is no rival.
        ("es", "«No habrá más obras este año», dijo el portavoz del puerto, Robin Sand.|Preguntada por eso, la ejecutiva calló. «De eso hablaremos en la mesa», zanjó.", [SAND, None]),
        ("pt", "Daniel Voss falou numa vitória «sofrida, como todas». Questionado sobre o defesa Nuno Sand, respondeu: «Vamos esperar pelos exames.»", [VOSS, VOSS]),
        ("pt", "O guarda Robin Sand chegou.|O próprio Sand tranquilizou os adeptos. «Foi só um susto, volto já», disse.", [SAND]),
        # A subject behind its verb, or before a clause of its own.
        ("es", "«Es ejemplar», dijo la abogada Ana Leiva.|Entre el público estaba Carmiña Sand, viuda de un marinero. «Mi marido murió sin ver esto», susurró la mujer.", ["Ana Leiva", "Carmiña Sand"]),
        ("cs", "Kapitán Hynek Lehký odešel. „Pak se to zlomí,“ řekl.|Generální manažer Klement Říha zůstal. „Nikdo nemá místo jisté,“ uvedl pro web.", ["Hynek Lehký", "Klement Říha"]),
        ("cs", "Trenér Otakar Vondráš zůstal. Trenéra Vondráše prý odvolat nehodlá: „Otakar má moji důvěru do středy.“", [None]),
        ("pl", "Ostrożniejszy jest kryptolog Robin Sand. Według niego to „raczej zgadywanka niż nauka”. Jego zdaniem list jest „po prostu zbyt krótki”.", [SAND, SAND]),
        ("pl", "– Klucz leżał przed nami cały czas – mówi kierownik projektu dr hab. Robin Sand.", [SAND]),
        ("de", "Das Gericht hat den früheren Fährmann Jelto Onken verurteilt. Die Richterin Ida Tadsen sprach von „Gleichgültigkeit gegenüber allen“.|Onken schwieg. Zuvor hatte er gesagt: „Ich denke jeden Tag an die Familien.“", ["Ida Tadsen", "Jelto Onken"]),
        ("de", "Insa Freese, deren Bruder starb, zeigte sich erleichtert. „Endlich hat jemand ausgesprochen, was wir wissen.“", ["Insa Freese"]),
        ("de", "Trainer Robin Sand fand das gut. Auf die Frage nach dem Vertrag antwortete der Serbe knapp: „Wir reden heute nicht darüber.“", [SAND]),
        ("sv", "Regissören Ebba Hale, som arbetade med honom länge, minns en kollega. – Torsten kunde stoppa en premiär, säger hon.", [HALE]),
        # Subjects over a bracket, an office with an elided article, an acronym, an honour, a place.
        ("fr", "Le maire (DVG) de la commune, Robin Sand, a de son côté demandé : « Que fait donc le préfet ? »", [SAND]),
        ("fr", "Pour le délégué CGT Robin Sand, la direction « ment sur les carnets de commandes ». Le syndicaliste insiste. « Ils ont fêté ça ! », lance-t-il.", [SAND, SAND]),
        ("fr", "« On verra », a dit le maire. Réponse cinglante de l'opposante Solenn Kerbrat : « Vous livrez la fermeture ! »", ["le maire", "Solenn Kerbrat"]),
        ("it", "L'assessora all'ambiente Ebba Hale ha provato a mediare, spiegando che gli alberi «saranno ripiantati tutti».", [HALE]),
        ("it", "Dura la replica di Ebba Hale, capogruppo: «Lei vuole abbattere ventisei tigli».|Al termine Hale è apparsa provata. «Non ho bisogno di farmi insultare», si è sfogata.", [HALE, HALE]),
        ("it", "Critica anche Ebba Hale, secondo cui l'opera è «un monumento allo spreco». Lo ha detto anche Robin Sand, che ha ringraziato tutti: «Gente che ha spalato per ore».", [HALE, SAND]),
        ("es", "Para Robin Sand, analista de banca, los resultados «decepcionan en todo, salvo en la deuda».", [SAND]),
        ("es", "Robin Sand, de 61 años, escuchó el fallo en pie. «Solo puedo pedir perdón», dijo antes de abandonar la sala.", [SAND]),
        ("en", "Ann Marsh KC told the court that the fund was “his second salary”. Her counterpart at Dunmore, Robin Sand, was blunter, describing it as “a horror show wrapped in shortbread”.", ["Ann Marsh", SAND]),
        ("en", "Judge Robin Sand reminded the jury that “suspicion is never proof”.", [SAND]),
        ("da", "Direktør Robin Sand er skuffet. Ifølge direktøren skyldes det »en sommer uden nogen sommer«.", [SAND]),
        ("nb", "KL. 14.32: Lege Robin Sand er på stedet.|KL. 17.05: – Alle er gjort rede for. Søket er avsluttet, sier Sand. Han roser de frivillige: – De gikk inn uten å nøle.", [SAND, SAND]),
    ],
)  # fmt: skip
def test_who_is_meant(language: str, text: str, names: list[str | None]) -> None:
    assert said(language, text) == names


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        # A relative's word, or an elided article and an office, is no part of the name.
        ("de", "Die Forscherin Almut Sieverding ist tot. Geboren als Tochter eines Lotsen, wollte sie nach eigenen Worten „immer nur wissen, woher der Wind kommt“. „Das hing bis zuletzt dort“, sagt ihr Neffe Hauke Sieverding.", ["Almut Sieverding", "Hauke Sieverding"]),
        ("fr", "L'entraîneur Jean Lacassagne était partagé. « Je suis fier de la révolte. » Interrogé sur la pénalité, manquée de peu, il n'a pas voulu l'accabler : « Il en a mis cinq avant. »", ["Jean Lacassagne"] * 2),
        ("fr", "Pour son président, Robin Sand, ce succès « change tout dans la tête des gars ».", [SAND]),
        ("fr", "« On prend ce point sans rougir », rigolait Robin Sand.", [SAND]),
        ("it", "Il suo legale, l'avvocata Ebba Hale, parla di «una vicenda che non doveva iniziare».|«Mio figlio è morto due volte», dice tra le lacrime Robin Sand, mamma di Luca.", [HALE, SAND]),
        ("pt", "O vereador da oposição Robin Sand acusou o executivo de «ir ao bolso de quem cá está».", [SAND]),
        ("es", "El presidente de la Asamblea Mayor, Robin Sand, exigió a todos que se vayan. «Ya no los necesitamos aquí», dijo.", [SAND]),
        # What somebody only should have said is nobody's; a surname alone of somebody else is not the last speaker's.
        ("de", "„Wir geben diesen Hafen nicht auf“, soll Robin Sand gesagt haben.", [None]),
        ("ar", "قال وزير النقل سامر الحداد إن «الجسر سيبقى مغلقا طوال هذا العام». وأضاف الحداد: «نعمل ليل نهار على إصلاحه». وقال السالم: «لا نعرف متى ينتهي العمل».", ["سامر الحداد", "سامر الحداد", "السالم"]),
        ("ru", "«Будет дана оценка действиям экипажа», — говорится в сообщении прокуратуры.", ["сообщении прокуратуры"]),
        ("pt", "«A frente sul está dominada», disse o comandante operacional Robin Sand. «Pedimos ajuda às oito», critica o autarca Daniel Voss.|«Se o vento não virar, dormimos», disse o comandante.", [SAND, VOSS, SAND]),
        ("pl", "Bramkarz Kornel Siwiec długo siedział. – Zawaliłem drugiego gola – powiedział.", ["Kornel Siwiec"]),
        ("sv", "Kommunalrådet Robin Sand lovar stöd. – Ingen ska behöva flytta härifrån, säger han.", [SAND]),
        # Behind a relative's words a subject that is left out is whom the article is about.
        ("it", "Ebba Hale è morta. «Se n'è andata a mezzogiorno», racconta il nipote Robin Sand.|Aveva preso le redini presto. «Mi dicevano che non è roba da donne», ricordava.", [SAND, None]),
        # Where "he" says it, a paper only passes it on, and "the convict" is somebody without a name.
        ("da", "Anklager Robin Sand er tilfreds. »Straffen svarer til vores påstand,« siger han.|Den dømte selv ville ikke tale. Senere sagde han ifølge TV Sønderby: »Jeg begyndte med at låne af kassen.«", [SAND, None]),
    ],
)  # fmt: skip
def test_whose_the_name_is(language: str, text: str, names: list[str | None]) -> None:
    assert said(language, text) == names
