"""How many outlets justify each special rule: the words of boilerplate, metadata names, corrections of markup.

    python benchmarks/rules.py --data DIR [--each] [--quick]

A rule stays when it fires in at least three outlets of the development halves, or is a format's own
grammar. Words: on how many outlets' pages or texts a line matches. Corrections: on how many outlets' pages
the body, title or date changes without it, and what it does to the measures of html_pages.py.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from benchmarks.html_pages import SETS, Tally, add_body, add_date, add_title, line, rows
from benchmarks.peers import Result, copydesk
from bot.article.encoding import tidy
from bot.article.html import meta_tags
from bot.article.html.title import Titled
from bot.article.html.tree import Unparsable, page_text, tree_of, without_hidden
from bot.article.text import block_kinds, boilerplate
from bot.article.text.blocks import blocks

FEWEST = 3
LONGEST = 600  # Characters of a line that boilerplate has.
TABLES = (
    "DATES",
    "RIGHTS",
    "CHROME",
    "ENDS",
    "RELATED",
    "SHARES",
    "OFFERS",
    "COOKIES",
    "NOTES",
    "CAPTIONS",
    "EMBEDS",
)
NAMES = ("_TITLES", "_DATES", "_DATED", "_AUTHORS", "_SOURCES", "_SECTIONS", "_URLS", "_LANGUAGES")
TEXTS = ("giveme5w1h_clusters", "polnear_quotes")
BLOCKS = (
    *("address", "article", "aside", "blockquote", "br", "button", "dd", "div", "dt", "figcaption", "figure"),
    *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "label", "li", "nav", "ol", "option"),
    *("p", "section", "td", "th", "time", "tr", "ul"),
)
NEVER = re.compile(r"(?!)")
OFF: tuple[tuple[str, dict[str, Any]], ...] = (
    ("a body in several boxes is joined", {"html.passages.join_sections": lambda *_: None}),
    ("lines that are nearly all link are left out", {"html.passages.linked_lines": lambda *_: set()}),
    ("a list item with a linked heading is a teaser", {"html.links._card": lambda heading: heading}),
    ("boilerplate by its words is left out", {"html.passages.ARTICLE": frozenset(block_kinds.Kind)}),
    ("places for posts and videos are left out", {"html.passages._EMBED": NEVER}),
    ("short lines above the first sentence are left out", {"html.passages._heads": lambda *_: False}),
    ("the title at the body's top is left out", {"html.passages._OPENING": 0}),
    ("a much longer stated body replaces the body", {"html.passages._stated": lambda *_: ()}),
    ("what no reader sees is left out", {"html.page.without_hidden": lambda *_: None}),
    ("what React streams is seen", {"html.tree._STREAMED": NEVER}),
    (
        "the site's name is cut off the title",
        {"html.title._cut": lambda text, *_: Titled(text or None, None)},
    ),
    ("a kicker is cut off the title", {"html.title._without_kicker": lambda best, _: best}),
    ("a title for search engines gives way", {"html.title._for_search": lambda *_: False}),
    ("the day beside the heading counts", {"html.page_date.shown_date": lambda *_: None}),
)


def outlet(row: dict[str, Any]) -> str:
    """The registered part of an address's host; of what an archive keeps, the address that it kept."""
    url = str(row.get("url") or row["id"]).rpartition("/http")
    host = urlsplit(f"http{url[2]}" if url[1] else url[2]).hostname or row["id"].split("_")[0]
    parts = host.split(".")
    second = len(parts) > 2 and parts[-2] in {"co", "com", "org", "net", "gov", "ac", "gv", "or", "go"}
    return ".".join(parts[-3 if second else -2 :])


def pages(data: Path) -> Iterator[tuple[str, dict[str, Any], bytes]]:
    for name in SETS:
        for row, page in rows(data / name, "dev"):
            yield name, row, page


def lines(data: Path) -> Iterator[tuple[str, str]]:
    """Each outlet's lines: whole pages as a browser copies them, and articles that came as text."""
    for _, row, page in pages(data):
        try:
            tree = tree_of(page_text(page) or "")
        except Unparsable:
            continue
        without_hidden(tree)
        for element in tree.iter(*BLOCKS):
            element.text, element.tail = f"\n{element.text or ''}", f"\n{element.tail or ''}"
        whole = f"{tree.text_content()}\n{row.get('page_text_htmltext', '')}"
        yield from ((outlet(row), block.text) for block in blocks(tidy(whole)))
    for name in TEXTS:
        for text in (data / name / "dev.jsonl").open(encoding="utf-8"):
            row = json.loads(text)
            yield from ((outlet(row), one) for one in row["text"].split("\n") if one)


def words(data: Path, *, each: bool) -> None:
    fired: dict[str, set[str]] = defaultdict(set)
    rules = {table: [re.compile(one) for one in getattr(boilerplate, table)] for table in TABLES}
    whole = {table: boilerplate.phrases(getattr(boilerplate, table)) for table in TABLES}
    outlets: set[str] = set()
    for name, text in lines(data):
        outlets.add(name)
        plain = text.replace("’", "'").replace("‘", "'").lower().lstrip("*†‡>»«|•·[ ")
        if len(plain) > LONGEST:
            continue
        for table, found in rules.items():
            if whole[table].match(plain):
                for rule in found:
                    if rule.match(plain):
                        fired[rule.pattern].add(name)
    print(f"words of boilerplate, {len(outlets)} outlets        rules   fewest   median     most")
    for table, found in rules.items():
        report(table.lower(), {rule.pattern: len(fired[rule.pattern]) for rule in found}, each=each)


def names(data: Path, *, each: bool) -> None:
    fired: dict[str, set[str]] = defaultdict(set)
    for _, row, page in pages(data):
        try:
            tree = tree_of(page_text(page) or "")
        except Unparsable:
            continue
        for meta in tree.iter("meta"):
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                if meta.get("content"):
                    fired[(meta.get(attribute) or "").strip().lower()].add(outlet(row))
    print("\nnames of tags                                  rules   fewest   median     most")
    for table in NAMES:
        report(table[1:].lower(), {name: len(fired[name]) for name in getattr(meta_tags, table)}, each=each)


def report(title: str, counts: dict[str, int], *, each: bool) -> None:
    found = sorted(counts.values())
    print(f"{title:<46}{len(found):6}{found[0]:9}{found[len(found) // 2]:9}{found[-1]:9}")
    for rule, count in counts.items():
        if each or count < FEWEST:
            print(f"    {count:5}  {rule[:100]}")


def corrections(data: Path) -> None:
    read = copydesk()
    found = [(name, row, page, read(page, row["id"])) for name, row, page in pages(data)]
    print(
        f"\n{'corrections of markup':<54}outlets   body: aeb  fundus  traf.   title: fundus  traf.   date: fundus  traf.  htmldate"
    )
    measures("with all of them", 0, [(name, row, result) for name, row, _, result in found])
    for title, changes in OFF:
        with ExitStack() as stack:
            for target, value in changes.items():
                stack.enter_context(patch(f"bot.article.{target}", value))
            without = [(name, row, read(page, row["id"])) for name, row, page, _ in found]
        pairs = zip(found, without, strict=True)
        changed = {outlet(row) for (_, row, _, one), (_, _, other) in pairs if one != other}
        measures(f"not: {title}", len(changed), without)


def measures(title: str, outlets: int, results: list[tuple[str, dict[str, Any], Result]]) -> None:
    tallies = {name: Tally(pages=1) for name in SETS}
    for name, row, result in results:
        for add in (add_body, add_title, add_date):
            add(tallies[name], row, result)
    body, named, dated = ([line("", tallies[name]).split()[at] for name in SETS] for at in (2, 3, 4))
    bodies, titles, dates = (
        "".join(f"{one:>8}" for one in shown) for shown in (body[:3], named[1:3], dated[1:])
    )
    print(f"{title:<54}{outlets or '':>7}    {bodies}        {titles}       {dates}", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--data", type=Path, required=True, help="the folder of the sets")
    options.add_argument(
        "--each", action="store_true", help="print each rule, not only those below three outlets"
    )
    options.add_argument(
        "--quick", action="store_true", help="without the corrections, which take ten minutes"
    )
    given = options.parse_args()
    words(given.data, each=given.each)
    names(given.data, each=given.each)
    if not given.quick:
        corrections(given.data)


if __name__ == "__main__":
    main()
