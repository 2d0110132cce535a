"""A mail: its letter, and what is attached to it."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import getaddresses

from bot.article.encoding import decoded, head_text, in_charset
from bot.article.fields.credits import letters
from bot.article.formats.archive import beside, suspicion
from bot.article.formats.forwarded import answered, forwarded
from bot.article.formats.item import Item
from bot.article.formats.newsletter import stories_of, stories_of_text
from bot.article.guard import Refusal
from bot.article.html.fragment import TooDeep, plain
from bot.article.text.block_kinds import words_in
from bot.domain.reasons import Reason

COVER = 60
"""Words below which a letter with articles attached only covers them."""

MAX_PARTS = 1_000
"""The most parts of a mail; a list's digest of a month has a few hundred."""

_LONGEST_HEADER = 4_000  # email's header parser takes a second for each 100 kB of one header.
_HOLDS = ("hold-until", "x-hold-until", "embargo", "x-embargo")
_EXPIRIES = ("expires", "expiry-date")  # RFC 4021, sections 2.1.29 and 2.1.50
_SIGNATURE = re.compile(
    r"^--( ?)\r?$", re.MULTILINE
)  # RFC 3676, section 4.3; many programs take the space away
_SIGNED = {" ": (12, 120), "": (6, 40)}
"""The most rows and words of a signature behind its mark; without the space it may be a rule within the text."""
_FEWEST = 12  # Words of a sentence that nobody signs with.
_TARGET = re.compile(r"[ \t]?[\[(<](https?://[^\s\[\]()<>]{1,2000})[\])>]")
_ADDRESS_SHOWN = re.compile(r"https?://[^\s\[\]()<>]{1,2000}")
_STOPS = ".,;:!?'\"”’»"
_ROLE = re.compile(
    r"(?:news|(?:news)?letters?|press(?:e)?|media|info|editor|editorial|redaktion|redaction|redaccion|desk|alerts?|briefing"
    r"|no-?reply|do-?not-?reply|hello|mail|contact|kontakt|service|updates?|bolet[ií]n|boletim|infolettre|lettres?|nieuwsbrief|nyhets?brev|nyhedsbrev|biuletyn|zpravodaj|rassylka|bulten|uutiskirje|hirlevel|redaccio|redazione|redaktsiya|redakcja|redakce|redacao|digest|daily|abo|haber|brev|nachrichten|notizie|noticias|uutiset|nieuws|lists?)(?=$|[.+_-]|@)",
    re.IGNORECASE,
)
_EIGHT_BIT = re.compile("[\udc80-\udcff]")  # a byte that is no ASCII, as email hands it on
_WRITER_OF = re.compile(r"(.{2,60}?),? (?:from|via|at|of|von|bei|aus|de|chez|van|da|från) ", re.IGNORECASE)
_ADDRESS = re.compile(r"[<\[(]?(?:mailto:)?([^\s<>\[\]()]{1,100}@[^\s<>\[\]()]{1,100})")


class _Policy(EmailPolicy):
    """The standard policy, with headers cut at a length that no honest one reaches."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


_POLICY = _Policy(refold_source="none")  # A letter within is written as it came, and not parsed for that.
_BROKEN = (AttributeError, LookupError, TypeError, ValueError, MessageError)
"""What :mod:`email` raises for headers that break its parser."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a mail; ``refusal`` says why it is not read, where it is not."""

    name: str
    data: bytes
    refusal: Reason | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """The ``letters``: one, several of a newsletter, none where it only covers what is ``attached`` or is empty."""

    letters: tuple[Item, ...]
    attached: tuple[Attached, ...]


class NoMail(Refusal):
    """The mail cannot be read."""


def read_mail(data: bytes) -> Mail:
    """The mail's letter and attached files; pictures, calendars, cards and signatures are passed over.

    A forwarded letter counts as what it forwards. Raises NoMail.
    """
    message = email.message_from_bytes(data, policy=_POLICY)
    assert isinstance(message, EmailMessage)
    written: list[tuple[str, str]] = []
    attached: list[Attached] = []
    for number, part in enumerate(_parts(message)):
        if number > MAX_PARTS:
            raise NoMail(Reason("mail.parts", most=MAX_PARTS))
        kind = part.get_content_type()
        inside = part.get_content_disposition() != "attachment" and not part.get_filename()
        if inside and kind in {"text/plain", "text/html"}:
            written.append((kind, _decoded(part)))
        elif file := _file(part, kind, len(attached) + 1):
            attached.append(file)
    letter = _letter(message, written)
    if letter is None or (attached and words_in(letter.text) < COVER):
        return Mail((), tuple(attached))
    return Mail(_told(letter, written), tuple(attached))


def _told(letter: Item, written: Sequence[tuple[str, str]]) -> tuple[Item, ...]:
    """The stories of a newsletter of many, or the letter."""
    html = "\n".join(text for kind, text in written if kind == "text/html")
    try:
        stories = stories_of(html) or stories_of_text(letter.text)
    except TooDeep:
        stories = stories_of_text(letter.text)
    told = (
        replace(
            story,
            published=letter.published,
            source=letter.source,
            subject=letter.subject,
            hold_until=letter.hold_until,
            expires=letter.expires,
        )
        for story in stories
    )
    return tuple(told) or (letter,)


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The leaves in their order; a forwarded mail is a leaf, and so is a broken multipart."""
    waiting: list[object] = [message]
    while waiting:
        part = waiting.pop()
        assert isinstance(part, EmailMessage)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting.extend(reversed(list(part.iter_parts())))
        else:
            yield part


def _file(part: EmailMessage, kind: str, number: int) -> Attached | None:
    name = str(part.get_filename() or "")[:120].replace("/", "_").replace("\\", "_")
    if kind == "message/rfc822":
        inner = part.get_payload(0) if part.is_multipart() else None
        return _within(inner, name or f"{number}.eml") if isinstance(inner, EmailMessage) else None
    passed = kind.startswith(("image/", "audio/", "video/", "font/")) or kind in {
        "text/calendar", "text/vcard", "text/css", "text/x-vcard", "message/delivery-status", "message/partial",
        "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
    }  # fmt: skip
    if passed or (name and beside(name)):
        return None
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    return Attached(name or f"{number}", data, suspicion(name) if name else None) if data.strip() else None


def _within(letter: EmailMessage, name: str) -> Attached:
    """A letter that another one has attached, as a file."""
    try:
        return Attached(name, letter.as_bytes())
    except _BROKEN as error:
        return Attached(name, b"", Reason("document.damaged", said=type(error).__name__))


def _decoded(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    # The part's own word, where it holds.
    text = in_charset(data, str(part.get_content_charset() or "ascii"))
    return text if text is not None else decoded(data) or head_text(data, len(data))


def _letter(message: EmailMessage, written: list[tuple[str, str]]) -> Item | None:
    texts = "\n\n".join(text for kind, text in written if kind == "text/plain").strip()
    html = "\n".join(text for kind, text in written if kind == "text/html")
    try:
        shown = plain(html).strip()
    except TooDeep as error:
        if not texts:
            raise NoMail(Reason("mail.nested")) from error
        shown = ""
    texts = without_targets(texts, shown)
    # Newsletters often send one line of text: "please view this in a browser".
    text = texts if words_in(texts) * 2 >= words_in(shown) else shown
    if not text:
        return None
    own = {name: _header(message, name) for name in ("from", "date", "subject")}
    inner = forwarded(text)
    said = {**own, **inner.head}
    own_words, answered_letter = answered(inner.text)
    body, signature = _signed(own_words)
    source, writer = (_outlet(said["from"]), "") if inner.head else _sender(message, said["from"])
    return Item(
        subject=said["subject"],
        text=body,
        published=said["date"],
        source=source,
        byline=writer,
        hold_until=next(filter(None, (_header(message, name) for name in _HOLDS)), ""),
        expires=next(filter(None, (_header(message, name) for name in _EXPIRIES)), ""),
        trust="letter",
        above=text.removesuffix(inner.text).strip() if inner.head else "",
        below="\n\n".join(filter(None, (signature, answered_letter))),
    )


def without_targets(text: str, shown: str) -> str:
    """The plain ``text`` without the addresses that stand behind its links, where its HTML shows none of them."""
    if not shown:
        return text
    seen = {address.rstrip(_STOPS) for address in _ADDRESS_SHOWN.findall(shown)}
    return _TARGET.sub(lambda found: found[0] if found[1].rstrip(_STOPS) in seen else "", text)


def _has_sentence(text: str) -> bool:
    """Whether a sentence of `_FEWEST` words or more ends at the end of a row."""
    words = 0
    for row in text.split("\n"):
        words += len(row.split())
        if words >= _FEWEST and row.rstrip("'\"’”») ").endswith((".", "!", "?", "…")):
            return True
    return False


def _signed(text: str) -> tuple[str, str]:
    """What stands above the signatures of a letter, and these: a few short rows; what is longer is text below a rule."""
    end = len(text)
    for mark in reversed(list(_SIGNATURE.finditer(text))):
        rows, words = _SIGNED[mark[1]]
        below = text[mark.end() : end].strip()
        if below.count("\n") >= rows or words_in(below) > words or (not mark[1] and _has_sentence(below)):
            break
        end = mark.start()
    return text[:end], text[end:].strip()


def _header(message: EmailMessage, name: str) -> str:
    """A header's text; where its quotation marks, charset or encoded words are broken, what they hold."""
    raw = next((str(raw) for key, raw in message.raw_items() if key.lower() == name), "")
    eight_bit = _EIGHT_BIT.search(raw) is not None
    try:
        found = message.get(name)
        value = str(found or "")
        if not (eight_bit or getattr(found, "defects", None)):
            return value
    except _BROKEN:
        value = raw
    if eight_bit:
        raw = decoded(raw.encode("utf-8", "surrogateescape")) or ""
    try:
        return str(make_header(decode_header(raw)))
    except (ValueError, LookupError, MessageError):  # of an unknown charset; cut in the middle of a code
        return value


def _sender(message: EmailMessage, sender: str) -> tuple[str, str]:
    """The outlet that sent the letter, and who wrote it: of "Writer from Letter", what list or reply address call the outlet."""
    name = _outlet(
        sender, bulk=any(_header(message, name) for name in ("list-id", "list-unsubscribe", "list-post"))
    )
    found = _WRITER_OF.match(name)
    if found is None:
        return name, ""
    others = (sender.partition("<")[2], *(_header(message, key) for key in ("reply-to", "list-id")))
    rest = name[found.end() :]
    key = letters(rest).removeprefix("the")
    return (rest, found[1]) if any(key in letters(other) for other in others) else (name, "")


def _outlet(sender: str, *, bulk: bool = False) -> str:
    """The sender's name, where the sender is a desk and not a person."""
    address = _ADDRESS.search(sender)
    if address is None or not (bulk or _ROLE.match(address[1])):
        return ""
    names = [name for name, _ in getaddresses([sender.replace("[mailto:", "<").replace("]", ">")])]
    name = (names[0] if names else "").strip("\"'<> ")
    return "" if "@" in name else name
