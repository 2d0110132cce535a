"""News agencies: whose copy an article is, where a byline, a dateline, a credit or a sign-off says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

_LONGEST = 300  # Characters of a credit; a longer one is prose.
_MOST_PARTS = 12
_CREDIT = re.compile(  # "With files from A. Quill and The Canadian Press", "(Avec AFP)", "Quelle: KB/dpa".
    r"\(?(?:(?:with|additional) (?:files|reporting|material|information|inputs?|agency inputs?)(?: (?:from|by))?|avec|mit(?: (?:material|informationen|agenturmaterial))?(?: (?:von|der))?|con (?:información|informazioni)? ?(?:de|di)"
    r"|con|com (?:informações|agências)? ?d?[aeo]?|met (?:medewerking|informatie) van|quellen?|sources?|fuentes?|fonti?e?|bron|källa|kilder?|źródło|zdroj|источник) ?:? (?P<who>[^()]{2,100})\)?\.?$",
    re.IGNORECASE,
)
_SIGNATURE = 40  # Characters of a last paragraph that is nothing but a signature.
# Whole words of a credit, so that "Asap" and "Paul Reuters" are nobody's copy. Short forms count in
# capitals, or in the small letters that German agencies sign with.
_NAMES = (
    r"Reuters|Thomson Reuters|Associated Press|Agence France[- ]Presse|Deutsche Presse[- ]Agentur|Bloomberg"
    r"|Press Trust of India|Asian News International|Indo-Asian News Service|United News of India|Xinhua"
    r"|United Press International|Press Association|PA Media|Canadian Press|La Presse Canadienne"
    r"|Australian Associated Press|Austria Presse Agentur|Keystone-SDA|Kyodo|Jiji Press|Yonhap|Anadolu|Anadolu Ajans[ıi]"
    r"|Agencia EFE|Ansa|Adnkronos|Europa Press|Lusa|Belga|Ritzau|Tass|Ria Novosti|Interfax|Interfax[- ]Ukraine|Ukrinform"
    r"|Unian|BelTA|Belapan|Agerpres|Tanjug|Bernama|Antara|Télam|Agência Brasil|Dow Jones Newswires|dpa-AFX"
    r"|PR ?Newswire|Business ?Wire|GlobeNewswire|Askanews|연합뉴스|뉴시스|뉴스1|共同(?:通信)?|時事(?:通信)?|ロイター|AFP時事|新华社|新華社|中新社|中新网|中央社|路透社|法新社|美联社|رويترز|أ ف ب|فرانس برس|الأناضول|भाषा|पीटीआई|वार्ता|एएनआई"
    r"|ТАСС|РИА Новости|Интерфакс|Интерфакс-Украина|Укрінформ|УНІАН|БелТА"
)
_SHORT = (
    r"AP|AFP|DPA|PTI|ANI|IANS|UNI|UPI|AAP|APA|SDA|ATS|EFE|ANSA|ANP|NTB|STT|TT|TASS|PAP|ČTK|CTK|MTI|BTA|HINA|BNS|LETA|ELTA"
    r"|IRNA|UNIAN|KNA|EPD|SID|AWP|dpa|afp|ap|apa|sda|ats|epd|kna|sid|awp|čtk|ntb|anp|pap|mti|stt|lusa|ansa|efe|tt"
)
_ROLE = r"(?: [\w-]{2,20}){0,4} (?:writers?|reporters?|correspondents?|editors?|staff|editorial|news|news agency|agency|bureau)"
_KNOWN = re.compile(
    rf"(?:(?:[Tt]he|Die|Agencia|Agence|Agenzia) )?(?P<name>(?i:{_NAMES})|{_SHORT})(?:(?i:{_ROLE})| (?:in|en|à|a) [^\W\d_]\w{{1,30}})?\.?$"
)
_SPELLED = re.compile(
    r"(?:[\w.'’-]{1,30} ){1,4}(?:press agency|news agency|news service|press association|newswire|presse-?agentur|nachrichtenagentur)$"
    r"|\w{2,30}wire$|(?:agence|agencia|agenzia|agência) (?:[\w.'’-]{1,30} ?){1,4}$",
    re.IGNORECASE,
)
_PARTS = re.compile(r" ?[,/|;&+·•] ?| (?:and|with|und|mit|et|avec|y|con|e|com) ")
_BRACKETS = {ord(mark): " " for mark in "()"}
_BY = re.compile(
    r"(?:written |reported )?(?:by|von|par|por|di|da|av|af|door|od|source|quelle|fuente|via):? ",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-Z]{3,8}$|[a-z]{3,4}$")
_NO_AGENCY = re.compile(
    r".*\b(?:times|post|gazette|herald|journal|daily|tribune|chronicle|telegraph|guardian|observer|magazine|blog|news|tv"
    r"|radio|online|weekly|zeitung|cnn|bbc|cbs|nbc|abc|fox|msnbc|cnbc|npr|usa|uae|drc)\b|[KW][A-Z]{2,3}$|end$",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[a-zäöü]{2,4}")  # Letters by which an editor signs.
_CLOSING = re.compile(r"[(\[]([\w ,/-]{2,40})[)\]]\.?$|(?:--?|[–—]) ?([\w/-]{2,40})$")


def named(credit: str | None) -> str | None:
    """The agency in ``credit``, a byline or a name, as it is printed there; ``None`` where none is sure."""
    if not credit or len(credit) > _LONGEST:
        return None
    bare = _BY.sub("", " ".join(credit.translate(_BRACKETS).split()), count=1)
    for part in islice(_PARTS.split(bare), _MOST_PARTS):
        if known := _KNOWN.match(part):
            return known["name"]
        if _SPELLED.match(part):
            return part
    return None


def of_lines(lines: Iterable[str]) -> str | None:
    """The agency that a line such as "By Ada Quill, Reuters" or "Source: AFP" credits.

    A name alone on a line is as often the credit of a picture.
    """
    credited = (line for line in lines if _BY.match(line[:20]))
    return next(filter(None, map(named, credited)), None)


def of_dateline(opening: str, name: str | None, outlets: Iterable[str | None]) -> str | None:
    """The agency of a dateline that is the words ``opening`` and credits ``name``.

    A name that nobody knows is an agency's if a day stands before it ("March 3 (Kestrel) -") or it is an
    acronym: else it may be a region. It is never the outlet's own, one of ``outlets``, nor one that an outlet has.
    """
    if not name:
        return None
    if sure := named(name):
        return sure
    own = {outlet.casefold() for outlet in outlets if outlet}
    if name.casefold() in own or _NO_AGENCY.match(name):
        return None
    dated = any(map(str.isdigit, opening.partition(name)[0]))
    return name if dated or _ACRONYM.match(name) else None


def of_ending(paragraph: str) -> str | None:
    """The known agency that signs the end of a text: "(dpa)", "(AP/dpa)", "--IANS", "Ritzau" alone, "SDA/iso"."""
    found = _CLOSING.search(paragraph[-60:])
    signed = (found[1] or found[2]) if found else paragraph if len(paragraph) <= _SIGNATURE else ""
    if credit := _CREDIT.match(paragraph[:160]):
        return next(filter(None, map(named, _PARTS.split(credit["who"])[:_MOST_PARTS])), None)
    parts = _PARTS.split(signed)
    if signed and all(_KNOWN.match(part) for part in parts):
        return signed
    editors = [part for part in parts[1:] if not _SIGN.fullmatch(part)]
    return parts[0] if signed and not editors and _KNOWN.match(parts[0]) else None
