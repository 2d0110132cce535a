"""One fictional article in every format that is read, made in memory."""

from __future__ import annotations

import gzip
import io
import json
import plistlib
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from html import escape

TITLE = "Harbour bridge closes for eleven months"
BYLINE = "Ada Quill"
SOURCE = "Port Gazette"
URL = "https://gazette.example/news/bridge"
PARAGRAPHS = (
    "The harbour bridge will close on Monday for eleven months while its lifting machinery is replaced, the city council decided after a debate of four hours.",
    "Ferries will cross every ten minutes until midnight, and they will be free of charge for anyone who lives on the island, the harbour master said.",
    "“We have run out of patches,” said Ilse Brandt, who leads the works department. “The machinery is older than anybody who looks after it.”",
    "Shopkeepers on the island said that they feared an empty winter without visitors, and asked the council for a lower rent until the bridge is open again.",
)
BODY = "\n\n".join(PARAGRAPHS)

TEXT = f"{TITLE}\n\nBy {BYLINE}\n\n{SOURCE}, 3 March 2031\n\n{BODY}\n".encode()
MARKDOWN = (
    f"---\ntitle: {TITLE}\ndate: 2031-03-03\nsource: {SOURCE}\nauthor: {BYLINE}\n---\n\n{BODY}\n".encode()
)
HTML = (
    f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} - {SOURCE}</title>'
    f'<meta property="og:site_name" content="{SOURCE}"><meta name="author" content="{BYLINE}">'
    f'<link rel="canonical" href="{URL}"><meta property="article:published_time" content="2031-03-03T09:30:00Z">'
    f"</head><body><nav><a href=/>Home</a> <a href=/sport>Sport</a></nav><article><h1>{TITLE}</h1>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    + "</article><footer>© 2031 Port Gazette. All rights reserved.</footer></body></html>"
).encode()
RECORD = {
    "title": TITLE, "text": BODY, "published": "2031-03-03T09:30:00Z", "byline": BYLINE, "source": SOURCE,
    "section": "City", "language": "en", "url": URL,
}  # fmt: skip
JSON = json.dumps(RECORD).encode()


def another(number: int) -> dict[str, str]:
    """The record of another article: its first paragraph names its number."""
    first = f"Berth number {number} of the harbour will close on Monday, the harbour master of the island said in a note."
    return {**RECORD, "title": f"Berth {number} closes", "text": "\n\n".join([first, *PARAGRAPHS[1:]])}


def jsonl(count: int) -> bytes:
    return b"".join(json.dumps(another(number)).encode() + b"\n" for number in range(1, count + 1))


def rss(count: int) -> bytes:
    entries = "".join(
        f"<item><title>{one['title']}</title><link>{URL}/{number}</link><pubDate>Mon, 03 Mar 2031 09:30:00 GMT</pubDate>"
        f"<dc:creator>{BYLINE}</dc:creator><category>City</category>"
        f"<description>The opening.</description><content:encoded><![CDATA[{_paragraphs(one['text'])}]]></content:encoded></item>"
        for number in range(1, count + 1)
        for one in [another(number)]
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{SOURCE}</title><language>en-gb</language>{entries}</channel></rss>"
    ).encode()


def atom(count: int) -> bytes:
    entries = "".join(
        f"<entry><title>{one['title']}</title><link href='{URL}/{number}'/><published>2031-03-03T09:30:00Z</published>"
        f"<author><name>{BYLINE}</name></author><content type='html'>{escape(_paragraphs(one['text']))}</content></entry>"
        for number in range(1, count + 1)
        for one in [another(number)]
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>{SOURCE}</title>{entries}</feed>'.encode()


NITF = (
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE nitf SYSTEM "nitf-3-6.dtd"><nitf><head><title>slug</title><docdata>'
    '<date.issue norm="20310303T093000Z"/></docdata>'
    f'<pubdata type="print" name="{SOURCE}" position.section="City"/></head><body><body.head>'
    f"<hedline><hl1>{TITLE}</hl1></hedline><byline>By <person>{BYLINE}</person><byttl>Harbour Editor</byttl></byline></body.head><body.content><block>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    + "</block><media><media-caption><p>A picture of a bridge.</p></media-caption></media></body.content></body></nitf>"
).encode()


def newsml(count: int = 1) -> bytes:
    items = "".join(
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="1" xml:lang="en"><itemMeta>'
        f'<itemClass qcode="ninat:text"/><provider literal="{SOURCE}"/><versionCreated>2031-03-03T09:30:00Z</versionCreated>'
        f"</itemMeta><contentMeta><by>By {BYLINE}</by><headline>{one['title']}</headline></contentMeta><contentSet><inlineXML>"
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{_paragraphs(one["text"])}</body></html>'
        "</inlineXML></contentSet></newsItem>"
        for number in range(1, count + 1)
        for one in [another(number)]
    )
    return (
        '<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet>'
        f"{items}</itemSet></newsMessage>"
    ).encode()


def mail(
    text: str = BODY,
    *,
    html: str = "",
    attached: Mapping[str, bytes] | None = None,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    message = EmailMessage()
    named = {"From": f"{SOURCE} <news@gazette.example>", "To": "desk@desk.example", "Subject": TITLE}
    for name, value in {**named, "Date": "Mon, 03 Mar 2031 09:30:00 +0000", **(headers or {})}.items():
        message[name] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in (attached or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=={number}==")  # else a random one
    return message.as_bytes()


def mhtml() -> bytes:
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {URL}\r\nSubject: {TITLE}\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n'
        f"----b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: {URL}\r\n\r\n"
    )
    return head.encode() + HTML + b"\r\n----b--\r\n"


def webarchive(markup: bytes = HTML) -> bytes:
    """A page as Safari saves it."""
    main = {
        "WebResourceData": markup,
        "WebResourceURL": URL,
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
    }
    return plistlib.dumps({"WebMainResource": main, "WebSubresources": []}, fmt=plistlib.FMT_BINARY)


def docx(paragraphs: Sequence[str] = PARAGRAPHS, *, title: str = TITLE) -> bytes:
    from docx import Document

    document = Document()
    document.add_heading(title, level=0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    written = io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as archive:  # again, without the time of day
        return zipped({name: archive.read(name) for name in archive.namelist()})


def zipped(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2031, 3, 3, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def odt(paragraphs: Sequence[str] = PARAGRAPHS, *, title: str = TITLE, inside: str = "") -> bytes:
    """An OpenDocument text as LibreOffice writes one; ``inside`` stands before the paragraphs."""
    spaces = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for name, long in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("draw", "drawing"), ("table", "table")))  # fmt: skip
    rows = "".join(f'<text:p text:style-name="P2">{escape(paragraph)}</text:p>' for paragraph in paragraphs)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} office:version="1.3">'
        '<office:automatic-styles><style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
        '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
        f'</office:automatic-styles><office:body><office:text><text:p text:style-name="P1">{escape(title)}</text:p>'
        f"<text:p>By {BYLINE}</text:p>{inside}{rows}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


def rtf(paragraphs: Sequence[str] = PARAGRAPHS, *, title: str = TITLE, inside: str = "") -> bytes:
    """A Rich Text document; ``inside`` stands before the paragraphs."""

    def said(text: str) -> str:
        return "".join(letter if letter < "\x80" else f"\\u{ord(letter)}?" for letter in text)

    rows = "".join(f"\\pard {said(paragraph)}\\par\n" for paragraph in paragraphs)
    head = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}{\\f1\\fcharset204 Arial;}}"
    info = "{\\colortbl ;\\red0\\green0\\blue0;}{\\info{\\title Template}{\\author Nobody}}{\\header Page one\\par}"
    return f"{head}{info}\n\\pard\\fs40 {said(title)}\\par\n\\pard By {BYLINE}\\par\n{inside}{rows}}}".encode(
        "latin-1"
    )


def epub(chapters: Mapping[str, str] | None = None, *, title: str = TITLE, publisher: str = SOURCE) -> bytes:
    """A book with a cover, a list of contents and a document for each chapter: its markup by its file's name."""
    written = chapters if chapters is not None else {"text/one.xhtml": f"<h1>{TITLE}</h1>{_paragraphs(BODY)}"}
    documents = {
        "text/cover.xhtml": f"<h1>{title}</h1>",
        "text/nav.xhtml": f"<nav><h1>Contents</h1>{'<a>A line</a> ' * 50}</nav>",
        **written,
    }
    items = "".join(
        f'<item id="i{number}" href="{name}" media-type="application/xhtml+xml"{" properties=" + chr(34) + "nav" + chr(34) if "nav" in name else ""}/>'
        for number, name in enumerate(documents)
    )
    spine = "".join(f'<itemref idref="i{number}"/>' for number in range(len(documents)))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>{BYLINE}</dc:creator>'
        f"<dc:publisher>{publisher}</dc:publisher><dc:date>2031-03-03T09:30:00Z</dc:date><dc:language>en</dc:language></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    head = '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>'
    files = {f"OEBPS/{name}": f"{head}{markup}</body></html>".encode() for name, markup in documents.items()}
    return zipped({
        "mimetype": b"application/epub+zip", "META-INF/container.xml": container.encode(), "OEBPS/book.opf": package.encode(), **files,
    })  # fmt: skip


def pdf(
    pages: Sequence[Sequence[tuple[str, float, float, float]]] | None = None,
    *,
    letters: Mapping[str, str] | None = None,
) -> bytes:
    """A PDF of pages of lines: each a text, its place from the left and the bottom, and its size.

    ``letters`` are those of which the font says that they mean another text.
    """
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 4 0 R >>",
        _to_unicode(letters or {}),
    ]
    kids = []
    for lines in pages or typeset(PARAGRAPHS):
        ops = "".join(f"BT /F1 {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET\n" for text, x, y, size in lines)
        stream = zlib.compress(ops.encode("cp1252", "replace")).decode("latin-1")
        objects.append(f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects)


def _to_unicode(letters: Mapping[str, str]) -> str:
    """What the font's letters mean (ISO 32000-1, 9.10.3): themselves, but for ``letters``."""
    means = {chr(code): bytes([code]).decode("cp1252", "replace") for code in range(32, 256)} | dict(letters)
    rows = "\n".join(
        f"<{letter.encode('cp1252', 'replace').hex() if letter in letters else f'{ord(letter):02x}'}> "
        f"<{text.encode('utf-16-be', 'surrogatepass').hex()}>"
        for letter, text in means.items()
        if text
    )
    cmap = f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(means)} beginbfchar\n{rows}\nendbfchar"
    return f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream"


def typeset(
    paragraphs: Sequence[str], *, columns: int = 1, rows: int = 50
) -> list[list[tuple[str, float, float, float]]]:
    """Pages with a running head, a folio and wrapped lines, some broken by a hyphen."""
    width = 84 // columns
    lines: list[tuple[str, bool]] = []
    for paragraph in paragraphs:
        lines += [(text, number == 0) for number, text in enumerate(wrapped(paragraph, width))]
    pages: list[list[tuple[str, float, float, float]]] = []
    x, y = 0, 0.0
    for text, first in lines:
        if not pages or y < 780 - rows * 12:
            x = (x + 1) % columns if pages else 0
            y = 700.0 if len(pages) == 0 or (len(pages) == 1 and x) else 780.0
            if x == 0:
                number = len(pages) + 1
                pages.append(
                    [(f"{SOURCE} | Monday 3 March 2031", 60, 820, 9), (f"Page {number}", 280, 20, 9)]
                )
                if number == 1:
                    pages[0].append((TITLE, 60, 740, 20))
                    pages[0].append((f"By {BYLINE}", 60, 718, 10))
        y -= 18 if first else 12
        pages[-1].append((text, 60 + x * 250, y, 10))
    return pages


def wrapped(paragraph: str, width: int) -> list[str]:
    """Lines of at most ``width`` characters; a long word that does not fit is broken after its fourth letter."""
    lines, line = [], ""
    for word in paragraph.split():
        if len(line) + 1 + len(word) <= width:
            line = f"{line} {word}".strip()
        elif len(word) > 9 and word.isalpha() and len(line) + 6 <= width:
            lines.append(f"{line} {word[:4]}-")
            line = word[4:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def _file(objects: Sequence[str]) -> bytes:
    out, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out.encode("latin-1")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
