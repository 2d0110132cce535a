"""PDF files made to hurt a reader."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from tests.article import samples

CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdfs() -> dict[str, bytes]:
    good = samples.pdf()
    flate = zlib.compress(bytes(90_000_000), 9)
    chain = b"BT (x) Tj ET"
    for _ in range(60):
        chain = zlib.compress(chain)
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> {} >> >>"
    kids = "<< /Type /Pages /Kids [4 0 R] /Count 1 >>"

    def one(content: str, resources: str = "", *more: str) -> bytes:
        return made([CATALOG, kids, FONT, page.format(resources), stream(content), *more])

    return {
        "no xref.pdf": good.replace(b"xref", b"xxxx"),
        "wrong xref.pdf": good.replace(b"startxref\n", b"startxref\n9"),
        "xref to itself.pdf": good.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 0"),
        "cut.pdf": good[: len(good) // 2],
        "head.pdf": b"%PDF-1.7\n",
        "junk before.pdf": b"\r\n" * 300 + good,
        "no root.pdf": good.replace(b"/Root 1 0 R", b""),
        "root is a page.pdf": good.replace(b"/Root 1 0 R", b"/Root 3 0 R"),
        "kids are parents.pdf": made([CATALOG, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>", FONT]),
        "count.pdf": made([CATALOG, "<< /Type /Pages /Kids [] /Count 999999999 >>"]),
        "pages.pdf": made(
            [
                CATALOG,
                f"<< /Type /Pages /Kids [{'3 0 R ' * 5_000}] /Count 5000 >>",
                "<< /Type /Page /Parent 2 0 R >>",
            ]
        ),
        "arrays.pdf": made([CATALOG, "[" * 20_000 + "]" * 20_000]),
        "dictionaries.pdf": made([CATALOG, "<< /A " * 9_000 + ">>" * 9_000]),
        "size.pdf": good.replace(b"/Size", b"/Size 99999999999 /Was"),
        "generations.pdf": good.replace(b" 0 R", b" 65535 R"),
        "number.pdf": one("BT /F1 " + "9" * 50_000 + " Tf (x) Tj ET"),
        "operators.pdf": one("q " * 200_000 + "BT (x) Tj ET"),
        "shows.pdf": one("BT /F1 10 Tf " + "(word) Tj 0 -12 Td " * 60_000 + "ET"),
        "strings.pdf": one("BT /F1 10 Tf (" + "(" * 20_000 + "x" + ")" * 20_000 + ") Tj ET"),
        "open string.pdf": one("BT /F1 10 Tf (" + "x" * 500_000),
        "inline image.pdf": one("BI /W 99999 /H 99999 ID " + "x" * 90_000),
        "form in itself.pdf": one("/X Do", "/XObject << /X 6 0 R >>", form("/X Do")),
        "forms.pdf": one("/X Do " * 3_000, "/XObject << /X 6 0 R >>", form("BT /F1 10 Tf (x) Tj ET " * 90)),
        "matrix.pdf": one("BT /F1 10 Tf 1e308 0 0 1e308 1e308 1e308 Tm (x) Tj ET " * 90),
        "flate.pdf": made([CATALOG, kids, FONT, page.format(""), packed(flate)]),
        "filters.pdf": made(
            [CATALOG, kids, FONT, page.format(""), packed(chain, "[" + "/FlateDecode " * 60 + "]")]
        ),
        "broken flate.pdf": made([CATALOG, kids, FONT, page.format(""), packed(b"x\x9c" + b"\xff" * 5_000)]),
        "lzw.pdf": made([CATALOG, kids, FONT, page.format(""), packed(b"\x80" * 90_000, "/LZWDecode")]),
        "run length.pdf": made(
            [CATALOG, kids, FONT, page.format(""), packed(b"\x81a" * 900_000, "/RunLengthDecode")]
        ),
        "ascii85.pdf": made([CATALOG, kids, FONT, page.format(""), packed(b"z" * 900_000, "/ASCII85Decode")]),
        "predictor.pdf": made(
            [
                CATALOG,
                kids,
                FONT,
                page.format(""),
                packed(
                    zlib.compress(b"x" * 90),
                    "/FlateDecode /DecodeParms << /Predictor 15 /Columns 999999999 >>",
                ),
            ]
        ),
        "map.pdf": with_map(
            "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <0000> <ffffffff> <0000> endbfrange"
        ),
        "maps.pdf": with_map("1 beginbfrange <00> <ff> <0041> endbfrange " * 9_000),
        "map of arrays.pdf": with_map("1 beginbfrange <0000> <ffff> [" + "<0041> " * 90_000 + "] endbfrange"),
        "locked.pdf": good.replace(
            b"/Root", b"/Encrypt << /Filter /Standard /V 5 /R 6 /O (x) /U (x) /P -1 >> /ID [(a) (a)] /Root"
        ),
        "odd lock.pdf": good.replace(b"/Root", b"/Encrypt 9 0 R /Root"),
        "script.pdf": good.replace(
            b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >>"
        ),
        "scan.pdf": one("q 100 0 0 100 0 0 cm Q"),
        "objects.pdf": made([CATALOG, "<< /Type /Pages /Kids [] /Count 0 >>", *["<< >>"] * 30_000]),
        "object stream.pdf": made(
            [
                CATALOG,
                "<< /Type /ObjStm /N 99999999 /First 9 /Extends 2 0 R /Length 3 >>\nstream\n1 0\nendstream",
            ]
        ),
        "length.pdf": good.replace(b"/Length ", b"/Length 99999999"),
        "length of itself.pdf": made(
            [CATALOG, kids, FONT, page.format(""), "<< /Length 5 0 R >>\nstream\nBT ET\nendstream"]
        ),
    }


def made(objects: Sequence[str]) -> bytes:
    return samples._file(objects)


def stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def packed(data: bytes, filters: str = "/FlateDecode") -> str:
    return f"<< /Length {len(data)} /Filter {filters} >>\nstream\n{data.decode('latin-1')}\nendstream"


def form(content: str) -> str:
    head = f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length {len(content)} /Resources << /XObject << /X 6 0 R >> >> >>"
    return f"{head}\nstream\n{content}\nendstream"


def with_map(body: str) -> bytes:
    content = "BT /F1 10 Tf (The harbour bridge will close on Monday.) Tj ET"
    return made([
        CATALOG, "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        "<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
        stream(content), stream(f"begincmap {body} endcmap"),
    ])  # fmt: skip
