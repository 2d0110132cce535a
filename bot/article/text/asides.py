"""Paragraphs of an article that tell no news: what the outlet corrects, greetings of a live blog, an interviewer's questions.

They stay in the body, because a reader of the page reads them there, and no summary shows them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from bot.article.prefilter import Prefiltered
from bot.domain.model import Article, Span

_LONGEST_NOTE = 800  # Characters.
_LONGEST_QUESTION = 80  # Words.
_LONGEST_GREETING = 300  # Characters.
_INTRODUCES = 40  # Words.
_MARKS = "?？؟"
_CLOSERS = "\"'“”‘’»«)]*_ "
_LABEL = re.compile(
    r"[\W_]{0,3}(?:corrections?|clarifications?|amendments?|correction and clarification|korrektur(?:en|hinweis)?|berichtigung|richtigstellung"
    r"|rectificatif|correctif|erratum|corrección|rectificación|fe de erra?tas|fe de errores|aclaración|correzione|rettifica|errata[ -]corrige|precisazione|correção|errata"
    r"|rättelse|korrigering|retting|rettelse|presisering|rectificatie|correctie|sprostowanie|korekta|oprava|upřesnění|исправление|уточнение|поправка|виправлення|düzeltme"
    r"|oikaisu|helyesbítés|διόρθωση|تصحيح|תיקון)(?: ?[:：.–—(-]|,? (?:on |of |vom |du |del |den |di |do )?(?:\d|[^\W\d_]{3,9}\.? \d))|[\W_]{0,3}(?:訂正|정정|바로잡습니다|更正)"
)
_TEXT = (
    r"(?:articles?|story|report|post|headline|caption|column|review|piece|page|essay|obituary|graphic|chart|map|podcast|artikels?|textes|texts?|beitrags|berichts|meldung"
    r"|überschrift|texte|titre|dépêche|artículo|texto|noticia|información|titular|articolo|testo|titolo|artigo|reportagem|notícia|artikel|stuk|bericht|artikeln|artikkelen|saken"
    r"|artiklen|texten|teksten|artykułu|tekstu|článku|textu|статьи|текста|материала|новости|заметки|статті|тексту|новини|haberin|yazının|記事)"
)
_EARLIER = Prefiltered(
    r"(?:(?:an|the) (?:earlier|previous|original|initial)(?: \w+)? version|earlier versions|in einer (?:früheren|ersten|vorherigen|vorigen) (?:version|fassung)"
    r"|(?:une|dans une) (?:première |précédente |version )(?:version|antérieure|précédente|initiale)?|(?:una|en una) (?:primera |anterior )?versión (?:anterior|previa|inicial)?"
    r"|(?:una|in una) (?:prima |precedente )?versione (?:precedente|iniziale)?|(?:uma|numa|em uma) versão anterior|een eerdere versie|en (?:tidigare|tidligere) (?:version|versjon|utgave|udgave)"
    r"|(?:wcześniejszej|poprzedniej|pierwotnej) wersji|(?:původní|dřívější|předchozí) verzi|(?:предыдущей|первоначальной|ранней|первой) версии|(?:попередній|першій|ранній) версії)"
    r".{0,40}?(?:\b" + _TEXT + r"\b|hieß es|stand[ ,:])"
)
_CHANGED = re.compile(
    r"(?:this|the|dieser?|diese[ns]?|de[rn]|cet?|este|questo|este|dit|det|den|denne|artikeln|artikkelen|saken|artiklen|ten|tento|эт(?:а|от)|цей|ця|bu)? ?(?:\b"
    + _TEXT
    + r"\b)"
    r".{0,80}?\b(?:amended|corrected|has been updated to|was updated to|korrigiert|berichtigt|nachträglich|corrigé|rectifié|modifié|corregid[oa]|rectificad[oa]|modificad[oa]|corretto"
    r"|rettificato|corrigid[oa]|aangepast|gecorrigeerd|rättats|korrigerats|korrigert|rettet|endret|poprawion\w+|opraven\w*|исправлен\w*|уточнен\w*|виправлен\w*|düzeltil\w+|訂正)"
)
_HEADED = re.compile(
    r"[\W_]{0,3}(?:editors?'?s? note|update[ds]?|anmerkung der redaktion|anm\. ?d\. ?red\.|hinweis der redaktion|aktualisierung|note de la rédaction|ndlr|mise à jour|nota (?:de la redacción|del editor|della redazione|da redação)"
    r"|actualización|aggiornamento|atualização|noot van de redactie|opdatering|oppdatering|uppdatering|od redakcji|aktualizacja|aktualizace|обновление|оновлення|güncelleme)[^\W\d_]{0,2} ?[:.–—-] {0,2}"
)
_UPDATED = re.compile(  # Behind such a heading.
    r"(?:this|the|dieser?|diese[ns]?|de[rn]|cet?|este|questo|dit|det|den|denne|ten|tento|эт(?:а|от)|цей|ця|bu)? ?\b"
    + _TEXT
    + r"\b.{0,40}?\b(?:updated|corrected|amended|edited|revised|aktualisiert|ergänzt|korrigiert|mis à jour|modifié|corrigé|actualizad[oa]|corregid[oa]|aggiornat[oa]|corrett[oa]|atualizad[oa]|corrigid[oa]|bijgewerkt"
    r"|aangepast|uppdatera\w*|oppdater\w*|opdater\w*|zaktualizowan\w*|aktualizován\w*|обновл[её]н\w*|оновлен\w*|güncellen\w*)"
)
_MISTAKEN = Prefiltered(
    r"(?:misspel|misstat|misidentif|misattribut|incorrectly (?:stated|said|named)|erroneously|fälschlich|par erreur|por error|per errore|por engano|ten onrechte|felaktigt|feilaktig|fejlagtigt"
    r"|błędnie|chybně|nesprávně|ошибочно|помилково|yanlışlıkla|誤り)"
)
_GREETING = re.compile(
    r"[\W_]{0,3}(?:(?:hello|hi|good (?:morning|afternoon|evening|day))\b(?: to you| everyone| all| and)?[,.! ]|(?:and )?welcome(?: back)? to (?:our|the|this|today)|(?:hallo|moin|grüezi|servus)\b"
    r"|guten (?:morgen|tag|abend)|(?:herzlich )?willkommen (?:zu|im|beim|in unser)|liebe leser|sehr geehrte leser|dear readers?\b|bonjour|bonsoir|bienvenue (?:à|dans|sur)|chers? lect|hola\b|(?:estimad|querid)[oa]s? lector|buenos días|buenas (?:tardes|noches)"
    r"|bienvenid[oa]s? a|buongiorno|buonasera|(?:car[oi]|gentil[ei]) lettor|benvenut[ioae] (?:a|in|n)|bom dia|(?:prezad|car)[oa]s? leitor|boa (?:tarde|noite)|bem[- ]vind[oa]s? a|olá\b|god (?:morgon|kväll|morgen|kveld|aften|dag|ettermiddag|eftermiddag)|välkom\w+ till|velkommen til"
    r"|goede(?:morgen|middag|navond)|welkom bij|dzień dobry|witam\w*|dobrý (?:den|večer)|dobré (?:ráno|odpoledne)|vítejte|доброе утро|добрый (?:день|вечер)|здравствуйте|добро пожаловать|доброго (?:ранку|дня|вечора)"
    r"|вітаємо|günaydın|merhaba|iyi (?:günler|akşamlar)|hoş geldiniz|hyvää (?:huomenta|päivää|iltaa)|tervetuloa|jó (?:reggelt|napot|estét)|üdvözöl\w+|おはようございます|こんにちは|안녕하세요|早上好|大家好|καλημέρα|صباح الخير"
    r"|that'?s (?:all|it) (?:from|for)|thanks? (?:you )?for (?:joining|reading|following)|(?:we'?re|we are|this live) .{0,40}(?:closing|wrapping up|pausing|ending|closed)|(?:damit )?(?:beenden|schließen) wir|wir (?:beenden|schließen) (?:diesen|unseren|den)"
    r"|(?:vielen )?dank (?:fürs|für) (?:\w+ )?(?:mitlesen|lesen|interesse)|merci (?:de|d')\b.{0,20}suiv|(?:ce|notre) direct (?:est|touche)|gracias por (?:seguir|acompañar)|grazie per (?:averci|aver)|obrigad[oa] por (?:acompanhar|nos)"
    r"|tack för att|takk for (?:at|følget)|tak fordi|bedankt voor het|dziękujemy za|děkujeme|спасибо, что|дякуємо, що)"
)
_TOLD = re.compile(r"[\"“”„«»「]|\b(?:said|says|told|wrote|sagte|schrieb|dit|dijo|disse|сказал)\b")
_FIRST_PERSON = re.compile(
    r"\b(?:i|i'm|i've|we|we're|we've|my|our|ich|mir|mich|mein\w*|wir|uns|unser\w*|je|j'\w+|nous|mon|notre|nos|yo|nosotros|nuestr\w+|io|noi|nostr\w+|eu|nós|noss\w+|ik|wij|ons|onze|jag|jeg|vi|я|мы|ми)\b"
)


def straight(text: str) -> str:
    """``text`` with straight apostrophes."""
    return text.replace("’", "'").replace("‘", "'")


def corrects(text: str) -> bool:
    """Whether a paragraph is the outlet's note on what it has corrected in the article."""
    return len(text) <= _LONGEST_NOTE and _corrects(straight(text).lower())


@lru_cache(maxsize=128)  # Asked of each paragraph where the body is looked for, and again for its summary.
def _corrects(low: str) -> bool:
    head = low[:200]
    if _LABEL.match(head) or _EARLIER.search(head):
        return True
    if (heading := _HEADED.match(head)) and _UPDATED.match(head, heading.end()):
        return True
    return _CHANGED.match(head) is not None and (
        _MISTAKEN.search(low) is not None or any(map(str.isdigit, head))
    )


def greets(sentence: str) -> bool:
    """Whether a sentence is a live blog's word to its readers, at its start or its end."""
    low = straight(sentence[:200]).lower()
    return _GREETING.match(low) is not None and not _TOLD.search(low)


def greetings(article: Article) -> tuple[Span, ...]:
    """The short paragraphs that begin with such a word: what follows it there speaks to the readers, too."""
    texts = ((span, span.of(article.text)) for span in article.paragraphs)
    return tuple(
        span
        for span, text in texts
        if len(text) <= _LONGEST_GREETING and greets(text) and not _TOLD.search(text.lower())
    )


def notes(article: Article) -> tuple[Span, ...]:
    """The article's paragraphs that :func:`corrects` says it of, in order."""
    return tuple(span for span in article.paragraphs if corrects(span.of(article.text)))


def questions(article: Article) -> tuple[Span, ...]:
    """The paragraphs in which an interviewer asks: they end with a question, and an answer follows each.

    Two in a short text or three in any are asked for: a column may ask its readers once.
    """
    texts = [span.of(article.text) for span in article.paragraphs]
    asks = [_asks(text) for text in texts]
    found = [
        span
        for at, span in enumerate(article.paragraphs)
        if asks[at] and at + 1 < len(asks) and not asks[at + 1]
    ]
    return tuple(found) if len(found) >= 3 or (len(found) == 2 and len(texts) <= 10) else ()


def interview(article: Article) -> Span | None:
    """From the first of the :func:`questions` on, where who is asked answers in the first person and some lines introduce it.

    These say what it is about; an answer is somebody's words without marks.
    """
    asked = questions(article)
    if not asked or len(article.text[: asked[0].start].split()) < _INTRODUCES:
        return None
    asking = frozenset(asked)
    behind = [span for before, span in pairwise(article.paragraphs) if before in asking]
    own = sum(_FIRST_PERSON.search(straight(span.of(article.text)).lower()) is not None for span in behind)
    return Span(asked[0].start, len(article.text)) if 5 * own >= 2 * len(asked) else None


def _asks(text: str) -> bool:
    if text[:1] in '"“„«»「' or not text.rstrip(_CLOSERS).endswith(tuple(_MARKS)):
        return False
    return len(text.split()) <= _LONGEST_QUESTION
