"""Addresses of copies in web archives, and the address that was copied."""

from __future__ import annotations

import re

_HOSTS = r"archive\.(?:today|ph|is|li|md|fo|vn)"
_ADDRESSES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"https?://(?:web\.|www\.)?archive\.org/(?:web/)?(?P<at>\d{4,14}|\*)(?:[a-z]{2}_)?/(?P<url>.+)",
        rf"https?://{_HOSTS}/(?:o/\w{{1,9}}/|(?P<at>\d{{4}}\.\d\d\.\d\d-\d{{6}}|\d{{14}}|newest|oldest)/)(?P<url>.+)",
        r"https?://webcache\.googleusercontent\.com/search\?q=cache:(?:[\w-]{6,20}:)?(?P<url>[^+&\s]+).*",
    )
)
_ARCHIVE = re.compile(
    rf"(?:https?://)?(?:(?:web\.|www\.)?archive\.org|{_HOSTS}|webcache\.googleusercontent\.com)(?:[/:]|$)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"(https?):/+", re.IGNORECASE)


def original(url: str) -> str:
    """The address whose copy ``url`` is, for an address of the Wayback Machine, archive.today or Google's cache."""
    for pattern in _ADDRESSES:
        if found := pattern.fullmatch(url):
            copied = _SCHEME.sub(r"\1://", found["url"], count=1)
            return copied if _SCHEME.match(copied) else f"http://{copied}"
    return url


def is_archive(name: str | None) -> bool:
    """Whether ``name``, an address or a host, is a web archive's."""
    return bool(name and _ARCHIVE.match(name.strip()))
