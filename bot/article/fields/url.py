"""The address of a page, without tracking parameters."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from bot.article.fields.archived import original

_LONGEST = 2_000
_TOP = 4  # Lines with words: a headline, who wrote it, a day, the address.
_LABELLED_TOP = 6  # The same with the outlet and when it was clipped, where the address is called so.
_CALLED = (  # What people and programs that clip pages call the address of one.
    r"(?:(?:original|source|web|article|page|from|von|saved|clipped|gespeichert|view|read|the) ){0,2}"
    r"(?:url|links?|source|original|permalink|address|website|article|page|via|from|quelle|adresse|lien|fuente|enlace|fonte|bron|källa|kilde|źródło|zdroj|kaynak|источник|джерело|ссылка"
    r"|forrás|sursa|izvor|πηγή|מקור|المصدر|الرابط|منبع|出典|来源|來源|原文|链接|リンク|출처|링크)"
)
_ADDRESS = r"https?://[^\s<>()]{4,1990}"
_ALONE = re.compile(
    rf"(?:[-*•] )?(?:\**{_CALLED}(?: ?[:：]\** ?|[ \t]))?<?(https?://[^\s<>]{{4,1990}})>?"
    rf"|(?:[-*•] )?\**{_CALLED} ?[:：]\** ?\[[^\[\]\n]{{1,300}}\]\(({_ADDRESS})\)|\[{_CALLED}\]\(({_ADDRESS})\)",
    re.IGNORECASE,
)
_COUNTS = re.compile(  # Campaigns, click numbers and referrers; a name that also means content is left alone.
    r"(?:utm_\w{1,40}|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|mc_[ce]id|_hs\w{1,20}|mkt_tok"
    r"|cmpid|cmp|ncid|ocid|smid|sref|ref|ref_src|ref_url|xtor|at_(?:medium|campaign|link\w{0,20}|format|bbc\w{0,20})"
    r"|wt_\w{1,40}|wt\.\w{1,40}|traffic_source|ftag|guccounter|guce_\w{1,40}|spm|icid|intcid|s_cid|outputtype|amp)",
    re.IGNORECASE,
)


def host(url: str | None) -> str | None:
    """The host of an address as a reader knows it, without ``www.`` or ``m.``."""
    try:
        name = urlsplit(url).hostname if url else None
    except ValueError:
        return None
    return name.removeprefix("www.").removeprefix("m.") if name else None


def canonical(url: str | None) -> str | None:
    """``url`` without fragment, user name and tracking parameters; ``None`` when it is no web address.

    The address of a copy in a web archive becomes that of the page.
    """
    if not url or len(url) > _LONGEST or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(original(url))
        host = parts.hostname
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host or "." not in host:
        return None
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _COUNTS.fullmatch(name)
    ]
    place = f"{host}:{port}" if port else host
    return urlunsplit((parts.scheme.lower(), place, parts.path or "/", urlencode(query), ""))


def address_alone(text: str, *, anywhere: bool = False) -> str | None:
    """The address of a text that stands alone on one of its first lines or on its last, or ``anywhere`` in it.

    It is the only one that stands so, and leads further than to a front page: of several none is the text's own.
    """
    lines = list(filter(None, map(str.strip, text.split("\n"))))
    alone = {at: found for at, line in enumerate(lines) if (found := _ALONE.fullmatch(line[:_LONGEST]))}
    place = next(iter(alone), 0)
    top = _TOP if place not in alone or lines[place].lstrip("<").startswith("http") else _LABELLED_TOP
    if len(alone) != 1 or not (anywhere or place < top or place == len(lines) - 1):
        return None
    url = canonical(next(filter(None, alone[place].groups())))
    return url if url and urlsplit(url)[2:4] != ("/", "") else None
