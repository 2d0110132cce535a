"""When it was published: the date among all dates of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.article.fields.dates import Moment, Yearless, midnight, moments, names_a_day, with_year
from bot.domain.model import Precision

_LONGEST = 160  # A line that tells a date is short; in a longer one the date is part of the news.
_LONGEST_STAMP = 80  # Characters of a line of day, clock and names.
_OPENING = 60  # Characters of it in which the day stands.
_CALLED = (
    r"(?:(?:first|originally) )?(?:published|posted|publish date|pub(?:lication)? date|issued|date|veröffentlicht|erschienen|publié|mis en ligne|publicado|pubblicato"
    r"|publicerad|publisert|publiceret|udgivet|gepubliceerd|geplaatst|julkaistu|opublikowano|publikacja|publikováno|vydáno|yayınlanma|yayın tarihi|giriş tarihi"
    r"|เผยแพร่(?:เมื่อ)?|วันที่|опубликовано|опубліковано|дата публикации|نشر|تاريخ النشر|प्रकाशित|(?:公開|掲載)(?:日時?)?|입력|등록|发布时间|發布時間|发表于"
    r"|פורסם|δημοσ(?:ίευση|ιεύ[τθ]ηκε)|megjelent|közzétéve|publicată?|objav[lj]{1,2}en[oa]?|(?:di)?publikasikan|diterbitkan|(?:ngày )?đăng|публикуван[оа]|објављено"
    r"|zverejnené|publikované|avaldatud|paskelbta|publicēts|تاریخ انتشار|منتشر شده|প্রকাশিত|प्रकाशित तारीख)"
)
_CALLED_FIRST = re.compile(_CALLED, re.IGNORECASE)
_AT = " on| at| le| el| em| am| il| den| dnia| op| ב-?| στις| la| dne| pada| vào"
_FIRST = re.compile(rf"{_CALLED}(?:{_AT})?[ :：|,-]{{0,4}}$", re.IGNORECASE)
_LATER = re.compile(
    r"(?:updated|modified|edited|aktualisiert|mis à jour|modifié|actualizado|atualizado|aggiornato|uppdaterad|oppdatert|opdateret|bijgewerkt|päivitetty|aktualizacja"
    r"|zaktualizowano|aktualizováno|อัปเดต(?:เมื่อ|ล่าสุด)?|แก้ไข(?:เมื่อ|ล่าสุด)?|güncellenme|güncelleme|обновлено|изменено|оновлено|تحديث|अपडेट|更新(?:日時?)?|수정|更新时间"
    r"|עודכן|(?:τελευταία )?ενημ(?:έρωση|ερώθηκε)|frissítve|módosítva|actualizată?|ažurirano|diperbarui|cập nhật|обновен[оа]|актуализиран[оа]|ажурирано"
    r"|aktualizované|uuendatud|atnaujinta|atjaunots|به‌روزرسانی|হালনাগাদ|আপডেট)"
    rf"(?:{_AT})?[ :：|,-]{{0,4}}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Published:
    """When, in UTC, how exactly that is known, and how many minutes the clock of the statement is ahead of UTC."""

    at: datetime
    precision: Precision
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Where dates may stand: lines ``before`` the body, nearest last, its ``opening``, lines ``after`` it."""

    before: Sequence[str]
    opening: Sequence[str]
    after: Sequence[str]
    body: str
    whole: str


def published(page: Page, received: datetime) -> Published | None:
    """The date of publication, by the best evidence there is; ``None`` without any.

    In this order: a date that is called the first; the dateline; a date before the body; a date
    that is called an update; a dateline without a year, if a weekday settles it.
    """
    first, plain, later, yearless = _sorted(page, received)
    if best := next(iter((*first, *plain, *later)), None):
        return Published(best.at, best.precision, best.offset)
    for day in yearless:
        if settled := with_year(day, page.body, received):
            return Published(midnight(settled), "day")
    return None


def day_of(value: str, received: datetime) -> Published | None:
    """The date that a field such as ``date: 2031-03-04`` gives."""
    found = [one for one in moments(value, context="", received=received) if isinstance(one, Moment)]
    return Published(found[0].at, found[0].precision, found[0].offset) if found else None


def labelled(line: str, received: datetime, *, first: bool = False) -> bool:
    """Whether ``line`` is nothing but a date that is called one of publication or, unless ``first``, of an update."""
    if first and not _CALLED_FIRST.match(line):  # Few lines do, and to look for dates takes longer.
        return False
    found = next(iter(moments(line[:_LONGEST], context="", received=received)), None)
    return (
        found is not None
        and not line[found.end :].strip(" .")
        and any(label.fullmatch(line[: found.start]) for label in ((_FIRST,) if first else (_FIRST, _LATER)))
    )


def stamped(line: str) -> bool:
    """Whether a short ``line``, which is no sentence, opens with a day that it calls the one of publication."""
    opens = len(line) <= _LONGEST_STAMP and _CALLED_FIRST.match(line) is not None
    return opens and not line.rstrip().endswith((".", "!", "?")) and names_a_day(line[:_OPENING])


def called(before: str) -> bool:
    """Whether the words before a date are nothing but what calls it one of publication or of an update."""
    return _FIRST.fullmatch(before) is not None or _LATER.fullmatch(before) is not None


def _sorted(
    page: Page, received: datetime
) -> tuple[list[Moment], list[Moment], list[Moment], list[Yearless]]:
    first: list[Moment] = []
    plain: list[Moment] = []
    later: list[Moment] = []
    yearless: list[Yearless] = []
    for line, beside in _lines(page):
        for found in moments(line, context=page.whole, received=received):
            label = line[max(0, found.start - 30) : found.start]
            if isinstance(found, Yearless):
                if beside == "opening":
                    yearless.append(found)
            elif _FIRST.search(label):
                first.append(found)
            elif _LATER.search(label):
                later.append(found)
            elif beside != "after":
                plain.append(found)
    return first, plain, later, yearless


def _lines(page: Page) -> Iterable[tuple[str, str]]:
    for lines, beside in ((page.opening, "opening"), (page.before[::-1], "before"), (page.after, "after")):
        yield from ((line, beside) for line in lines if len(line) <= _LONGEST)
