"""A letter that forwards another counts as what it forwards, and one that answers another as what it says itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_LETTERS = 20
"""The most letters inside each other that are looked through."""

COVERING = 60
"""Words above which a letter quotes another: what stands before such a head is then the text."""

MOST_ROWS = 2_000
"""Rows of a letter in which the head of another is looked for: few write more before what they forward."""

# The heads that mail programs write, in the languages that they speak.
_NAMES = {
    "from": "from von de da van från fra od от kimden lähettäjä feladó remitente mittente 差出人 发件人 寄件者 보낸사람",
    "date": "date sent datum gesendet envoyé fecha enviado data verzonden inviato skickat sendt dato odesláno wysłano дата"
    " отправлено lähetetty päivämäärä päiväys elküldve tarih gönderildi 送信日時 日付 发送时间 日期 날짜",
    "subject": "subject betreff objet asunto oggetto onderwerp assunto ämne emne temat předmět тема konu aihe tárgy 件名 主题 主旨 제목",
    "": "to an à para aan a till til do komu кому kime vastaanottaja kopio címzett 宛先 收件人 收件者 받는사람 cc kopie copia copie kopia bcc reply-to"
    " antwort-an",
}
_HEADERS = {word: name for name, words in _NAMES.items() for word in words.split()}
_FIELD = re.compile(r"[*_]{0,2}([^\W\d_][\w -]{0,19}?)[*_]{0,2} ?[:：][*_]{0,2} ?(.{0,900})$")
_BEGINS = ("begin", "anfang", "début", "inicio", "inizio", "início")  # "Begin forwarded message:"
_ANSWERS = re.compile(  # "On Wed, 19 Nov 2026 at 10:12, Ada Quill <a@quill.example> wrote:", over two rows at most.
    r"^(?=[^\n]{0,200}\d)(?:On|Am|Le|El|Il|Op|Em|W dniu|Den|Dne|Dňa|Pe|Pada) [^\n]{4,200}?(?:\n[^\n]{0,120}?)?"
    r"(?:wrote|schrieb(?:[^\n:]{1,80}|)|a écrit|escribió|ha scritto|schreef(?:[^\n:]{1,80}|)|escreveu|napisała?(?:\(a\))?|skrev(?:[^\n:]{1,80}|)"
    r"|napsala?(?:\(a\))?|kirjoitti|menulis) ?:[ \t\r]*$",
    re.MULTILINE,
)
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
_MOST_FIELDS = 12


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A letter's ``text``, and what its head says: ``from``, ``date`` and ``subject``, as they stand there."""

    head: dict[str, str]
    text: str


def forwarded(text: str) -> Forwarded:
    """The innermost letter that ``text`` forwards; ``text`` itself, without a head, where it forwards none.

    A head is three fields of mails in a row, the sender's and another's among them. Where no mark stands
    above it, a long text before it is an article that quotes a letter.
    """
    found = Forwarded({}, text)
    for _ in range(MOST_LETTERS):
        inner = _next(found.text)
        if inner is None:
            break
        found = inner
    return found


def answered(text: str) -> tuple[str, str]:
    """What a letter says, and what of it is beside that: the letter below it that it answers, empty where it answers none.

    A few words above it send it on: then they are beside it. Answers between the quoted rows stay in the letter.
    """
    found = _ANSWERS.search(text)
    if found is None:
        return text, ""
    above, below = text[: found.start()], text[found.end() :]
    rows = [row for row in below.split("\n") if row.strip()]
    marked = [row.startswith(">") for row in rows]
    if not rows or (any(marked) and not all(marked)):
        return text, ""
    if len(above.split()) >= COVERING:
        return above, text[found.start() :].strip()
    return _QUOTED.sub("", below).strip("\n"), f"{above}{found[0]}".strip()


def _next(text: str) -> Forwarded | None:
    rows = text.split("\n")
    words = 0
    for at, row in enumerate(rows[:MOST_ROWS]):
        bare = row.lstrip("> ")
        if _name(bare) is None:
            words += len(bare.split(maxsplit=COVERING))
            continue
        marked = any(_is_mark(above.strip("> ")) for above in rows[max(0, at - 3) : at])
        if not marked and words > COVERING:
            continue
        head, end = _head(rows, at)
        if "from" in head and ("date" in head or "subject" in head) and len(head) >= (2 if marked else 3):
            inner = "\n".join(rows[end:]).strip("\n")
            quoted = row.startswith(">") or inner.startswith(">")
            return Forwarded(head, _QUOTED.sub("", inner) if quoted else inner)
    return None


def _is_mark(row: str) -> bool:
    """Whether the row is a rule, "----- Original Message -----" or "Begin forwarded message:"."""
    if len(row) > 120:
        return False
    return row.startswith(("--", "__")) or (row.endswith(":") and row.lower().startswith(_BEGINS))


def _head(rows: list[str], at: int) -> tuple[dict[str, str], int]:
    """The fields from row ``at`` on, and the row behind them; a value may stand in the row below its name."""
    found: dict[str, str] = {}
    waiting: str | None = None  # the field whose value is still to come
    end = at
    for number in range(at, min(len(rows), at + 3 * _MOST_FIELDS)):
        row = rows[number].strip("> \t")
        if not row:
            continue
        if (name := _name(row)) is not None:
            field = _FIELD.match(row)
            value = field[2].strip() if field else ""
            waiting = None if value else name
            found.setdefault(name, value)
        elif waiting is not None:
            found[waiting], waiting = row, None
        else:
            break
        end = number + 1
    return found, end


def _name(row: str) -> str | None:
    """Which field of a mail's head the row is; empty for one that says nothing of the letter."""
    field = _FIELD.match(row[:1_000].strip())
    return _HEADERS.get(field[1].lower().replace(" ", "-")) if field else None
