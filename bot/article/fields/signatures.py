"""Who signs: the people of lines that are no more than a name beside an agency, a job or a dateline."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from bot.article.fields import agencies
from bot.article.fields.credits import LONGEST, MASTHEAD, NAME, NO_NAME, PEOPLE, PERSON, is_job, people

_LONGEST_JOB = 50
_LONGEST_SIGNATURE = 60
_ROLE_BEFORE = re.compile(
    r"^(?:[Aa]utor(?:in)?|[Aa]uthor|[Aa]uteur): (?:Rechtsanw[aä]lt(?:in)?|Alles von)? ?|^Alles von "
)
_GREETS = re.compile(
    r"(?:the|an?|das|der|die|el|la|los|las|les?|il|os?|happy|good|guten?|bon|buen|gr[uü](?:ß|ss)e?|viele|liebe|best|kind|yours|ihre?|saludos|cordialement|saluti|social|mit)\b|\S+ \S+ \S+ \S+ ",
    re.IGNORECASE,
)
_REPORTING = re.compile(
    rf"(?P<name>{NAME} {NAME}(?: {NAME})?(?:, {NAME} {NAME}){{0,3}}(?: (?:and|und|et|y|e) {NAME} {NAME})?),? (?:in|aus|à|en|em|from|desde) {NAME}(?:[ -]{NAME}){{0,2}}"
)
_IN_DATELINE = re.compile(
    r"(?:记者|記者) ?(?P<name>[一-鿿]{2,4}?)(?=[／/）)】〕、 ]|$|[一-鿿]{2}[报報][导導道])|(?P<korean>[가-힣]{2,4}) (?:기자|특파원)"
)
_COPY = re.compile(rf"(?P<name>{PEOPLE})(?:,| ?\||,? [(–—-]) ?(?P<agency>[^,/|()]{{2,40}})\)?$")
_INITIALS = re.compile(
    r"[a-zà-ÿ]{2,4}(?:-[a-zà-ÿ]{2,4}){0,2}/[a-zà-ÿ]{2,4}(?:[-/][a-zà-ÿ]{2,4}){0,3}|[A-Z]{2,5} ?// ?[A-Z]{2,5}|[^\W\d_]{2,8}/(?:Fim|FIM|Fin|FIN|Fine|End)"
)
_ROMANIAN = re.compile(rf"De:? (?P<name>{PEOPLE})(?=$| ?[|·•,/–—-])")
_EASTERN = re.compile(r"[一-鿿々]{2,5}|[가-힣]{3}")
_GIVEN = re.compile(r"[一-鿿々]{3,4}[子美郎太介也樹香恵夫男雄彦之輔奈江里花菜穂絵織]")
"""Four or five signs of which the last ends given names and few other words."""

_NEWSROOM = re.compile(
    r".*[部局社室班団团组組会會委版網网報报誌课課]|.*(?:编辑|編集|記者|记者|取材|기자|뉴스|신문)"
)
_SIGNED = re.compile(
    rf"[（(](?P<eastern>[一-鿿々]{{3,5}}(?<![部社局聞信真事連者]))[）)]|"
    rf"\((?P<name>{PEOPLE})\)\.?(?: ?\+{{1,5}})?|(?P<person>{PERSON}) ?/ ?(?P<agency>[^\W\d_]{{2,20}}\.?)"
)
_CREDIT = re.compile(
    r"\(?(?:(?i:(?:reporting|writing|written|reported)(?:(?:,| and) (?:reporting|writing|editing))? by|reporte de|reportagem de|reportage(?: de)?|bericht von)) (?!.{0,60}(?i:newsroom|bureau|desk|staff|redaktion|redacción|rédaction))"
    r"(?P<names>[^;()]{3,150}?)(?:\)?$|[;)]|\. ?(?=[A-ZÀ-Þ)])|, (?=[^,;()]{0,30}\b(?i:by|de|von|durch|par|por) ))"
)
"""How agencies end a report: "(Reporting by Ada Marlow in Averne and Cem Aksoy; Editing by Lena Brandt)"."""

_THERE = re.compile(r" in .{2,40}?(?=,| and | und | et | y | e |$)")

_LAST = 160  # Characters of a text in which its last sentence tells who asked.
_ASKED = re.compile(
    r"(?:^|[.!?…:»“”\"] )(?:Das (?:Gespräch|Interview) führten?|(?:Die )?Fragen:|Die Fragen stellten?|Interview(?: by| von|:)|Interviewed by|Propos recueillis par"
    r"|Entretien:|Entrevista(?: de| por|:)|Intervista(?: di|:)|Het interview werd afgenomen door|Intervju:|Haastattelu:|Rozmawiała?:?) "
    rf"(?P<name>{PEOPLE})\.?$"
)


def for_agency(line: str) -> str | None:
    """The people of a line that is nothing but them and their agency: "Ada Marlow, Reuters".

    Behind a stroke ("Ada Marlow/AP") it is as often who took a picture.
    """
    found = _COPY.fullmatch(line) if len(line) <= LONGEST else None
    return people(found["name"]) if found and agencies.named(found["agency"]) else None


def signature(line: str) -> tuple[str, str | None] | None:
    """Who signs a text on its last line, and for which agency: "(Ada Marlow)", "Ada Marlow/dpa"."""
    found = _SIGNED.fullmatch(line) if len(line) <= LONGEST else None
    if found and found["eastern"]:
        return None if agencies.named(found["eastern"]) else (found["eastern"], None)
    names = found and (found["name"] or found["person"])
    if found is None or not names or not people(names) or MASTHEAD.match(names) or agencies.named(names):
        return None
    agency = agencies.named(found["agency"])
    return (names, agency) if agency or found["name"] else None


def by_romanian(line: str) -> str | None:
    """The people of a line of a Romanian text that begins with its "by": "De Ion Popescu". In others "De" is an article."""
    found = _ROMANIAN.match(line) if len(line) <= LONGEST else None
    return people(found["name"].rstrip(".")) if found else None


def eastern(line: str, *, marked: bool) -> str | None:
    """The name that a line is in a script without spaces, perhaps in brackets (【佐藤花子】); where nothing is ``marked`` as its writer, one that ends as given names do."""
    name = line.removeprefix("【").removesuffix("】")
    if not (_EASTERN if marked else _GIVEN).fullmatch(name) or _NEWSROOM.fullmatch(name):
        return None
    return name


def reporting(line: str) -> str | None:
    """Who reports, where ``line`` is nothing but that and from where: "Ada Marlow in Port Vantry".

    So a headline may be built, too: it counts where another line is that.
    """
    found = _REPORTING.fullmatch(line) if len(line) <= LONGEST else None
    return found["name"] if found and not NO_NAME.search(found["name"]) else None


def is_latin(names: str) -> bool:
    """Whether the first letter of ``names`` is a Latin one."""
    return unicodedata.name(names[:1], "").startswith("LATIN")


def signer(lines: Iterable[str], told: str) -> str | None:
    """Who signs on one of the ``lines`` below a text: behind a sign of it, or alone and neither greeting nor outlet.

    A name that is alone signs nothing where the text, all of which is ``told``, is about it.
    """
    for line in lines:
        if signed := signature(line):
            return signed[0]
        if named := reporters([line]):
            return named
        bare = _ROLE_BEFORE.sub("", line)
        names = people(bare) if len(line) <= _LONGEST_SIGNATURE else None
        if (
            names
            and " " in names
            and (bare != line or names not in told)
            and not (MASTHEAD.match(names) or agencies.named(names) or _GREETS.match(names))
        ):
            return names
    return None


def reporters(lines: Iterable[str]) -> str | None:
    """The people whom one of the ``lines`` below a report names before its editors, without where they were."""
    told = (found["names"] for line in lines if (found := _CREDIT.match(line)))
    return next(filter(None, (people(_THERE.sub("", names)) for names in told)), None)


def initials(line: str) -> bool:
    """Whether a last line is nothing but the signs of who wrote and edited a report: "am/bl", "AML // BL", "Lusa/Fim"."""
    return _INITIALS.fullmatch(line) is not None


def at_work(lines: Iterable[str]) -> str | None:
    """The people on a line above one that is nothing but a newsroom's job: "Ada Marlow", "Business reporter"."""
    for line, below in pairwise(lines):
        if len(below) <= _LONGEST_JOB and is_job(below) and (names := people(line)):
            return names
    return None


def in_dateline(opening: str) -> str | None:
    """Who reports, where a dateline says so between place and text: "애번=연합뉴스) 김민수 기자 =", "（记者 李娜）"."""
    found = _IN_DATELINE.search(opening)
    return (found["name"] or found["korean"]) if found else None


def interviewer(texts: Iterable[str]) -> str | None:
    """Who asked, where the last sentence of a standfirst or a paragraph tells it ("Das Gespräch führte Ada Marlow.")."""
    ends = (text[-_LAST:] for text in texts)
    found = next(filter(None, map(_ASKED.search, ends)), None)
    return people(found["name"].rstrip(".")) if found else None
