"""Pages of which sites may send from a browser: the CORS protocol (https://fetch.spec.whatwg.org/#http-cors-protocol).

It keeps a reader's browser from sending for a page that nobody allowed; a program sends whatever it likes, and
needs the token all the same. Nothing here stands for that.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from bot.domain.messaging import Answered, Headers

NAMED = ("Authorization", "Content-Disposition", "Content-Type")
"""The headers that a page may set on what it sends."""

KEPT = 600
"""Seconds for which a browser need not ask again."""

_SITE = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::(?P<port>\d{1,5}))?/?"
)
_EXTENSION = re.compile(r"(?:chrome|moz|safari-web)-extension://[a-zA-Z0-9-]{1,64}")
_DEFAULT = {"http": "80", "https": "443"}


def parse_origin(text: str) -> str:
    """The origin as browsers send it: a site's without its usual port, or an extension's. Raises ValueError with a sentence."""
    if _EXTENSION.fullmatch(text):
        return text
    site = _SITE.fullmatch(text.lower())
    if site is None or int(site["port"] or 0) > 65_535:
        raise ValueError(
            f'"{text[:100]}" is not where a page comes from; write it as browsers do, like https://tools.example.org or '
            "moz-extension://…, without a path or *"
        )
    usual = site["port"] in {None, _DEFAULT[site["scheme"]]}
    return f"{site['scheme']}://{site['host']}" + ("" if usual else f":{site['port']}")


def preflight(origins: Collection[str], headers: Headers) -> Answered:
    """What a browser is answered that asks whether a page may send; 403 for a page, method or header that may not."""
    wanted = {name.strip().lower() for name in _header(headers, "access-control-request-headers").split(",")}
    known = {name.lower() for name in NAMED} | {""}
    method = _header(headers, "access-control-request-method")
    if _header(headers, "origin") not in origins or method != "POST" or not wanted <= known:
        return Answered(403, _VARYING, "pages from there may not send this")
    return Answered(
        204,
        {
            **_VARYING,
            "Access-Control-Allow-Methods": "POST",
            "Access-Control-Allow-Headers": ", ".join(NAMED),
            "Access-Control-Max-Age": str(KEPT),
        },
    )


def shown(answered: Answered, origins: Collection[str], headers: Headers) -> Answered:
    """The answer, which a page of one of the origins may read, and no other."""
    origin = _header(headers, "origin")
    told = {**answered.headers, "Vary": answered.headers.get("Vary", "Origin")}
    if origin in origins:
        told["Access-Control-Allow-Origin"] = origin
    return replace(answered, headers=told)


_VARYING = {"Vary": "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"}


def _header(headers: Headers, name: str) -> str:
    return next((value for given, value in headers.items() if given.lower() == name), "")
