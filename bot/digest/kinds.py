"""What an inbox gathers that is no news: recipes, shop pages, forms, tables of results. Pure.

Told by what such a page is made of (quantities, prices with a basket, blanks, figures), which needs few words
of any language. A text that only mentions these things is news: each sign is asked for several times.
"""

from __future__ import annotations

import re
from typing import Literal

from bot.domain.model import Article

Kind = Literal["recipe", "shop", "form", "table"]

READ = 6000
"""Characters that are looked at: a page shows by then what it is."""

_QUANTITY = re.compile(
    r"(?<![\w.,])\d+(?:[.,/]\d+)?\s?(?:g|kg|ml|cl|dl|tsp|tbsp|teaspoons?|tablespoons?|cups?|oz|EL|TL|Prisen?|"
    r"cucharad(?:it)?as?|tazas?|c\. à (?:soupe|café)|cuillères?|cucchiai(?:ni)?|colher(?:es)?|evőkanál|dkg)(?!\w)"
)
_PRICE = re.compile(
    r"(?:[$€£¥]\s?\d+(?:[.,]\d\d)?|(?<!\d)\d{1,5}(?:[.,]\d\d)?\s?(?:€|£|EUR|USD|CHF|kr|zł|Kč))(?!\w)"
)
_BASKET = re.compile(
    r"add to (?:cart|basket|bag)|in den (?:Warenkorb|Einkaufswagen)|(?:zzgl|inkl)\. (?:MwSt|Versand)|free shipping|"
    r"in stock|auf Lager|(?:añadir|agregar) al carrito|ajouter au panier|aggiungi al carrello|"
    r"(?:adicionar|comprar) ao? carrinho|dodaj do koszyka",
    re.IGNORECASE,
)
_BLANK = re.compile(r"_{3,}|\.{8,}|[☐□]|\[ \]")
_TOKEN = re.compile(r"\S+")
_FIGURE = re.compile(r"[\d.,:%+–—-]*\d[\d.,:%+–—-]*")

MANY_QUANTITIES, QUANTITIES_PER_WORD = 5, 0.03
PRICES, BASKETS = 2, 1
BLANKS = 4
TABLE_TOKENS, FIGURES_OF_TABLE = 30, 0.35


def kind_of(article: Article) -> Kind | None:
    """What the article is instead of news; ``None`` for news, and where that is in doubt."""
    text = article.text[:READ]
    words = _TOKEN.findall(text)
    quantities = _count(_QUANTITY, text)
    if quantities >= max(MANY_QUANTITIES, QUANTITIES_PER_WORD * len(words)):
        return "recipe"
    if _count(_BASKET, text) >= BASKETS and _count(_PRICE, text) >= PRICES:
        return "shop"
    if _count(_BLANK, text) >= BLANKS:
        return "form"
    figures = sum(_FIGURE.fullmatch(word) is not None for word in words)
    if len(words) >= TABLE_TOKENS and figures >= FIGURES_OF_TABLE * len(words):
        return "table"
    return None


def _count(sign: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in sign.finditer(text))
