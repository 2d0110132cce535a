"""Exports of news databases: the articles that Nexis, Factiva and ProQuest put one after another into a file.

Nexis has labels (``Length:``; in older exports ``LENGTH:``), Factiva its Intelligent Indexing codes (``HD``, ``WC``, ``LP``) or
the same without them, ProQuest ``Full text:`` among its fields.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from bot.article.fields.dates import moments
from bot.article.formats.item import LONGEST_FIELD, Item
from bot.domain.reasons import Reason

_MARK = re.compile(
    rb"oad-Date|OAD-DATE|End of Document|Ende des Dokuments| of \d{1,4} DOCUMENT|Dokument \d{1,4} von|ProQuest document ID"
    rb"|Do[ck]umento? [A-Z][A-Za-z]{0,11}\d{8}"
)
_LENGTH = re.compile(
    r"(?:LENGTH|LÄNGE|LONGUEUR|LONGITUD|LUNGHEZZA|LENGTE):\s{0,9}[\d.,]{1,9}\s{1,9}\w{3,9}$", re.IGNORECASE
)
_COUNTED = re.compile(r"(?:\d{1,4} of \d{1,4} DOCUMENTS?|Dokument \d{1,4} von \d{1,4})$")
_END = re.compile(r"(?:End of Document|Ende des Dokuments)$")
_HEAD = re.compile(
    r"(SECTION|LENGTH|BYLINE|DATELINE|HEADLINE|HIGHLIGHT|BODY)(?::\s{0,9}(.{0,2000}))?$", re.IGNORECASE
)
_TAIL = re.compile(
    r"(?:LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|GRAPHIC|SUBJECT|ORGANIZATION|COMPANY|TICKER|INDUSTRY|PERSON|GEOGRAPHIC|CITY|STATE"
    r"|COUNTRY|JOURNAL-CODE|UPDATE|DISTRIBUTION|DOCUMENT-TYPE|Load-Date):|(?:Classification|Graphic)$"
)
_RIGHTS = re.compile(
    r"copyright|\(c\)|©|all rights reserved|alle rechte|^(?:distributed|provided) by ", re.IGNORECASE
)
_PLACE = re.compile(r"\s{0,9}\([^()]{1,60}\)$")
_LISTED = re.compile(r"(?:\d{1,4}\. |Client/Matter:|Search Terms:|Search Type:|Narrowed by:|Documents \(\d)")
_DAY = 60  # Characters of a line that is a day, with its weekday, its time and a zone.
_TOP = 12  # Lines at the top of an article among which its date stands.

_CODE = re.compile(
    r"(HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|CX|LP|TD|CT|RF|ART|CO|IN|NS|RE|IPC|IPD|PUB|AN|SE|CLM|DLN|NGC|GC)(?:\t\s{0,20}|\s{2,20}|$)(.{0,9000})"
)
_ACCESSION = re.compile(r"(?:Document|Dokument|Documento) (?=\w{0,12}\d{8})[A-Za-z]\w{13,40}$")
_WORDS = re.compile(r"\d[\d.,]{0,8} (?:words|wörter|mots|palabras|parole|palavras|woorden)$", re.IGNORECASE)
_BY = re.compile(r"(?:by|von|par|por|di|door) ", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}:\d{2}(?: ?[AP]M)?$")
_SPOKEN = re.compile(
    r"(?:English|German|French|Spanish|Italian|Portuguese|Dutch|Deutsch|Français|Español|Italiano|Português|Nederlands)$"
)
_ABOVE = 8  # Lines between an article's date and its text, and within which a further field follows.
_HELPED = re.compile(r"\b(?:contributed|reported from|research(?:ed)? by)\b", re.IGNORECASE)
_NAME = 4  # Words of a byline that does not say "By".

_TELEPHONE = re.compile(r"\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b")
_RULE = re.compile(r"_{20,}$")
_ABSENT = re.compile(r"\s{0,9}(?:not|none) available\b.{0,9}$", re.IGNORECASE)
_FIELD = re.compile(r"([A-Z][A-Za-z /-]{2,40}): ?(.*)")


def may_be_export(data: bytes) -> bool:
    """Whether these bytes of a text have what every export has; few others do, and to read one twice takes time."""
    return _MARK.search(data) is not None


def database_items(text: str, received: datetime) -> list[Item | Reason]:
    """The articles of an export, each with its fields, or the reason why one has no text; none where ``text`` is no export.

    ``received`` is when the file came: no article is younger. Takes time linear in the text.
    """
    lines = [line.replace("\xa0", " ").strip(" \r\f\v\ufeff") for line in text.split("\n")]
    for readable in (_nexis, _factiva_codes, _factiva_pages, _proquest):
        if found := list(readable(lines, received)):
            return [one if one.text.strip() else Reason("document.no_body") for one in found]
    return []


def _parts(lines: Sequence[str], is_end: Callable[[str], object]) -> Iterator[list[str]]:
    """The lines between those that end a part."""
    part: list[str] = []
    for line in lines:
        if is_end(line):
            yield part
            part = []
        else:
            part.append(line)
    yield part


def _nexis(lines: Sequence[str], received: datetime) -> Iterator[Item]:
    """Nexis: fields with labels, the text behind them, and what it is filed under."""
    if not any(_LENGTH.match(line) for line in lines):
        return
    if not any(_TAIL.match(line) or _END.match(line) or _COUNTED.match(line) for line in lines):
        return
    for part in _parts(lines, lambda line: _COUNTED.match(line) or _END.match(line)):
        if any(_LENGTH.match(line) or _TAIL.match(line) for line in part):
            yield _nexis_item(part, received)


def _nexis_item(lines: list[str], received: datetime) -> Item:
    first = next(
        (at for at, line in enumerate(lines) if (found := _HEAD.match(line)) and found[2] is not None), 0
    )
    fields, start = _labelled(lines, first)
    dated = next((at for at in range(first - 1, -1, -1) if _is_day(lines[at], received)), None)
    end = next((at for at in range(start, len(lines)) if _TAIL.match(lines[at])), len(lines))
    title, source = _told_above(lines[:first], dated)
    return Item(
        title=(fields.get("HEADLINE") or title).lstrip("•# "),
        source=_PLACE.sub("", source),
        published="" if dated is None else lines[dated],
        byline=_people(fields.get("BYLINE", "")),
        standfirst=fields.get("HIGHLIGHT", ""),
        section=fields.get("SECTION", "").partition(";")[0],
        text="\n".join(lines[start:end]),
    )


def _told_above(head: list[str], dated: int | None) -> tuple[str, str]:
    """Headline and outlet of the lines above the fields: the outlet stands over the day, the headline over both or below."""
    above = [line for line in head[:dated] if line and not _RIGHTS.search(line)][-2:]
    if len(above) > 1 and not _LISTED.match(above[0]):
        return above[0], above[1]
    below: list[str] = []
    for line in reversed(head[dated + 1 :] if dated is not None else []):
        if line:
            below.append(line)
        elif below:
            break
    return " ".join(reversed(below)), above[-1] if above else ""


def _labelled(lines: list[str], first: int) -> tuple[dict[str, str], int]:
    """The fields from ``first`` on, and where the text begins; what stands between two of them goes on with the first."""
    fields: dict[str, str] = {}
    name, at = "", first
    while at < len(lines):
        line = lines[at]
        found = _HEAD.match(line)
        if found and found[1].upper() == "BODY":
            return fields, at + 1
        if found:
            name = found[1].upper()
            fields[name] = found[2] or ""
        elif line and not _RIGHTS.match(line):
            if not _field_follows(lines, at + 1):
                break
            fields[name] = f"{fields.get(name, '')} {line}".strip()
        at += 1
    return fields, at


def _field_follows(lines: list[str], start: int) -> bool:
    """Whether one of the next few lines begins a field of the head."""
    return any(_HEAD.match(line) for line in lines[start : start + _ABOVE])


def _factiva_codes(lines: Sequence[str], _: datetime) -> Iterator[Item]:
    """Factiva with its codes: ``HD``, the headline, up to ``AN``, the accession number."""
    for part in _parts(lines, lambda line: line.startswith("AN") and _CODE.match(line)):
        fields: dict[str, list[str]] = {}
        code = ""
        for line in part:
            if found := _CODE.match(line):
                code = found[1]
                fields[code] = [found[2]]
            elif code:
                fields[code].append(line)
        if "HD" in fields and fields.keys() & {"LP", "TD"}:
            said = {name: " ".join(filter(None, value)) for name, value in fields.items()}
            yield Item(
                title=said["HD"],
                source=said.get("SN", ""),
                published=f"{said.get('PD', '')} {said.get('ET', '')}".strip(),
                byline=_people(said.get("BY", "")),
                section=said.get("SE", ""),
                text="\n\n".join([*fields.get("LP", ()), *fields.get("TD", ())]),
            )


def _factiva_pages(lines: Sequence[str], received: datetime) -> Iterator[Item]:
    """Factiva as it is shown: headline, number of words, day, source, language, text, and the accession number below."""
    parts = [list(filter(None, part)) for part in _parts(lines, _ACCESSION.match)][:-1]
    read = [_factiva_page(part, received) for part in parts]
    if any(read):
        yield from (one or Item(text="\n\n".join(part)) for one, part in zip(read, parts, strict=True))


def _factiva_page(said: list[str], received: datetime) -> Item | None:
    at = next((number for number, line in enumerate(said[:_TOP]) if _WORDS.match(line)), None)
    if not at or at + 2 >= len(said) or not _is_day(said[at + 1], received):
        return None
    timed = _TIME.match(said[at + 2]) is not None
    byline = at > 1 and _is_byline(said[at - 1], said[at - 2])
    source, body = at + 2 + timed, at + 3 + timed
    for number in range(body, min(body + _ABOVE, len(said))):
        if _SPOKEN.match(said[number]) or _RIGHTS.match(said[number]):
            body = number + 1
    return Item(
        title=said[at - 1 - byline],
        source=" ".join(said[source : source + 1]),
        published=" ".join(said[at + 1 : source]),
        byline=_people(said[at - 1]) if byline else "",
        text="\n\n".join(said[body:]),
    )


def _proquest(lines: Sequence[str], _: datetime) -> Iterator[Item]:
    """ProQuest: ``Full text:`` and further fields, a rule between two articles."""
    if not all(
        any(line.startswith(label) for line in lines) for label in ("Full text:", "ProQuest document ID:")
    ):
        return
    for part in _parts(lines, _RULE.match):
        fields: dict[str, list[str]] = {}
        name = ""
        for line in part:
            found = _FIELD.match(line)
            if found and (name not in {"Full text", "Abstract"} or not fields[name][-1].strip()):
                name = found[1].capitalize()
                fields.setdefault(name, []).append(found[2])
            elif name:
                fields[name].append(line)
        if "Proquest document id" not in fields:
            continue
        said = {name: " ".join(filter(None, value)) for name, value in fields.items()}
        top = next(filter(None, part), "")
        text = fields.get("Full text") or fields.get("Abstract") or []
        yield Item(
            title=said.get("Title") or top,
            source=_PLACE.sub("", said.get("Publication title", "").partition(";")[0]),
            published=said.get("Publication date", ""),
            byline=", ".join(map(_given_first, said.get("Author", "")[:LONGEST_FIELD].split(";"))),
            section=said.get("Section", ""),
            text="" if _ABSENT.match(" ".join(text)) else "\n".join(text),
        )


def _given_first(name: str) -> str:
    """``Quill, Mara`` as ``Mara Quill``."""
    family, comma, given = name.strip().partition(", ")
    return f"{given} {family}" if comma and "," not in given else name.strip()


def _is_day(line: str, received: datetime) -> bool:
    return len(line) < _DAY and bool(moments(line, context="", received=received))


def _is_byline(line: str, above: str) -> bool:
    words = line.split()
    if _BY.match(line):
        return True
    return 1 < len(words) <= _NAME < len(above.split()) and all(word[0].isupper() for word in words)


def _people(value: str) -> str:
    """Names with commas between them, where the export has semicolons, without telephone numbers and who helped."""
    names = (name.strip(" ,") for name in _TELEPHONE.sub("", value[:LONGEST_FIELD]).split(";"))
    return ", ".join(name for name in names if name and not _HELPED.search(name))
