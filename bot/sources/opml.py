"""Lists of feeds as OPML, which every reader of feeds writes and reads (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from bot.article.formats.safe_xml import NoXml, parsed
from bot.domain.sourcing import FetchFailed, Source
from bot.sources.addresses import checked, host_of
from bot.sources.names import Names

LARGEST = 10 * 1024 * 1024
"""Bytes; some thousand feeds take one."""

_PASSWORD = re.compile(r"(?<=://)[^/?#]*@")


class NoOpml(ValueError):
    """The file holds no list of feeds."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The feeds of a list, each once; ``refused`` are addresses that cannot be fetched, without passwords."""

    sources: tuple[Source, ...]
    refused: tuple[str, ...]


def read(data: bytes, taken: Iterable[Source] = ()) -> Listed:
    """The feeds in an OPML file, whatever their folders, without those that are ``taken``. Raises NoOpml.

    A name is made of a feed's title and differs from those that are taken, case aside.
    """
    if len(data) > LARGEST:
        raise NoOpml(f"it has more than {LARGEST:,} bytes")
    try:
        root = parsed(data)
    except NoXml as error:
        raise NoOpml(str(error)) from error
    if etree.QName(root).localname.lower() != "opml":
        raise NoOpml("it is XML of another kind; export OPML from the reader of feeds")
    taken = tuple(taken)
    names, urls = Names(one.name for one in taken), {one.url for one in taken}
    sources, refused = [], []
    for outline in root.iter("{*}outline"):
        told = {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}
        if not (url := told.get("xmlurl", "")):
            continue
        try:
            url = checked(url)
        except FetchFailed:
            refused.append(_PASSWORD.sub("…@", url))
            continue
        if url not in urls:
            urls.add(url)
            name = names.name(told.get("title") or told.get("text") or host_of(url))
            sources.append(Source(name, url, imported=True))
    return Listed(tuple(sources), tuple(refused))


def written(sources: Sequence[Source], title: str) -> bytes:
    """The OPML file of those that are feeds."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for one in sources:
        if one.mailbox:
            continue
        etree.SubElement(body, "outline", type="rss", text=one.name, title=one.name, xmlUrl=one.url)
    file: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return file
