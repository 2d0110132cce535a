"""What an inbox gathers that is no news: recipes, shop pages, forms, tables of results. Pure.

Told by what such a page is made of (quantities, a price with a basket, blanks, figures), which needs few words
of any language. A text that only mentions these things is news: each sign is asked for several times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from bot.article.prefilter import Prefiltered
from bot.domain.model import Article

Kind = Literal["recipe", "shop", "form", "table"]

READ = 6000
"""Characters that are looked at: a page shows by then what it is."""

_QUANTITY = re.compile(
    r"\d(?<![\w.,]\d)\d*(?:[.,/]\d+)?\s?(?:g|kg|ml|cl|dl|tsp|tbsp|teaspoons?|tablespoons?|cups?|oz|EL|TL|Prisen?|"
    r"cucharad(?:it)?as?|tazas?|c\. à (?:soupe|café)|cuillères?|cucchiai(?:ni)?|colher(?:es)?|evőkanál|dkg)(?!\w)"
)
_OVEN = re.compile(
    r"(?<!\d)(?:1[2-9]\d|2[0-5]\d|3[2-9]\d|4[0-5]\d) ?(?:°|º|degrees\b|Grad\b|degrés\b|grados\b|gradi\b|graus\b|graden\b|fok|stopni|stupňů)"
)
_PRICE = re.compile(
    r"(?:[$€£¥]\s?\d+(?:[.,]\d\d)?|(?<!\d)\d{1,5}(?:[.,]\d\d)?\s?(?:€|£|EUR|USD|CHF|kr|zł|Kč))(?!\w)"
)
_SOLD = (
    Prefiltered(
        r"add to (?:cart|basket|bag)|(?:in den|im) (?:warenkorb|einkaufswagen)|(?:añadir|agregar) al carrito|ajouter au panier|"
        r"aggiungi al carrello|(?:adicionar|comprar) ao? carrinho|dodaj do koszyka|in winkelwagen|lägg i varukorg"
    ),
    Prefiltered(r"(?:inkl|incl|zzgl)\. (?:(?:ges|gesetzl)\. )?(?:mwst|ust|vat|btw|moms)"),
    Prefiltered(r"(?:zzgl|plus|excl)\.? (?:versand|shipping)|versandkosten"),
    Prefiltered(
        r"\b(?:sku|ean|gtin|(?:art(?:ikel)?\.?|item|product|bestell)[- ]?(?:nr|no|nummer|number|code)\.?)\s?:?\s?[a-z\d]*\d{3}"
    ),
)
"""What only stands beside something that is for sale, in lower case: a basket, a tax, what the post takes, a number to order by."""

_IN_STOCK = Prefiltered(
    r"free shipping|\bin stock\b|auf lager|versandfertig|lieferzeit|lieferumfang|shopping cart|en stock|disponibile subito"
)
_PROPERTY = re.compile(
    r"^(?:material|farbe|colou?r|couleur|marke|brand|marque|maße|abmessungen|dimensions?|größe|size|gewicht|weight|länge|length|"
    r"breite|width|höhe|height|tiefe|depth|inhalt|lieferbar|hersteller|manufacturer)(?: ?\([^()]{1,20}\))?(?: ?:|$)",
    re.IGNORECASE | re.MULTILINE,
)
_BLANK = re.compile(r"_{3,}|\.{8,}|[☐□]|\[ \]")
_FIGURE = re.compile(r"[\d.,:%+–—-]*\d[\d.,:%+–—-]*")

OVENS, FEW_QUANTITIES = 1, 2
"""An oven's heat and so many quantities make a recipe that is told in full sentences."""

CELLS, CELL_WORDS, CELLS_OF_TABLE, FIGURES_IN_CELLS = 30, 3, 0.6, 0.2
"""Paragraphs as short as a table's cells; so many, which are that part of all, of which that part are figures."""

MANY_QUANTITIES, QUANTITIES_PER_WORD = 5, 0.03
SOLD, PRICED, FOR_SALE = 2, 2, 3
"""What each sign of a sale counts, the prices at most, and from where on a page is a shop's; "in stock" counts 1."""

PROPERTIES = 3
"""So many properties of a thing, each a line, are a shop's, whatever it costs."""

TOLD, MORE = 300, 1
"""Words from which on a text may tell of a shop, and how much more is asked of it."""

BLANKS = 4
TABLE_TOKENS, FIGURES_OF_TABLE = 30, 0.35


@lru_cache(maxsize=8192)  # many destinations rank the same articles
def kind_of(article: Article) -> Kind | None:
    """What the article is instead of news; ``None`` for news, and where that is in doubt."""
    text = article.text[:READ]
    words = text.split()
    if _is_recipe(text, words):
        return "recipe"
    if _is_of_a_shop(text, words):
        return "shop"
    if _count(_BLANK, text) >= BLANKS:
        return "form"
    figures = sum(map(bool, map(_FIGURE.fullmatch, words)))
    if _is_of_cells(article) or (len(words) >= TABLE_TOKENS and figures >= FIGURES_OF_TABLE * len(words)):
        return "table"
    return None


def _is_recipe(text: str, words: Sequence[str]) -> bool:
    quantities = _count(_QUANTITY, text)
    baked = quantities >= FEW_QUANTITIES and _count(_OVEN, text) >= OVENS
    return baked or quantities >= max(MANY_QUANTITIES, QUANTITIES_PER_WORD * len(words))


def _is_of_a_shop(text: str, words: Sequence[str]) -> bool:
    """Whether something is for sale here: one price is enough where a basket stands beside it."""
    if _count(_PROPERTY, text) >= PROPERTIES:
        return True
    lowered = text.lower()
    signs = SOLD * sum(sign.search(lowered) is not None for sign in _SOLD) + bool(_IN_STOCK.search(lowered))
    if not signs:
        return False
    return signs + min(PRICED, _count(_PRICE, text)) >= FOR_SALE + MORE * (len(words) >= TOLD)


def _is_of_cells(article: Article) -> bool:
    """Whether a page's table was read cell by cell."""
    texts = [span.of(article.text) for span in article.paragraphs if span.start < READ]
    cells = [text for text in texts if len(text.split()) <= CELL_WORDS]
    figures = sum(any(map(str.isdigit, text)) for text in cells)
    return len(cells) >= max(CELLS, CELLS_OF_TABLE * len(texts)) and figures >= FIGURES_IN_CELLS * len(cells)


def _count(sign: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in sign.finditer(text))
