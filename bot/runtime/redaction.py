"""What secrets look like however they are written: as they are, encoded for an address once or more often, escaped."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

Secrets = Sequence[tuple[re.Pattern[str], str]]
"""What a secret looks like, and what is written in its place."""

SHORTEST = 6
"""Characters: a shorter password is a word that may stand anywhere; in addresses it is taken out all the same."""

ADDRESSES = (
    (re.compile(r"(?<=://)([^\s:/@]{0,100}):(?!\d{1,5}/)\S{1,300}@"), r"\1:(password)@"),
    (re.compile(r"(?i)\b(basic|bearer)([ :=]+)[\w+/=.~-]{8,}"), r"\1\2(token)"),
)
"""Passwords in addresses, and what a header proves its sender with: nobody has to know them for this."""


ENCODERS: Sequence[Callable[[str], str]] = (
    lambda text: quote(text, safe=""),
    quote,
    quote_plus,
    html.escape,
    lambda text: json.dumps(text)[1:-1],
    lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    lambda text: repr(text)[1:-1],
    lambda text: repr(text.encode("utf-8", "surrogatepass"))[2:-1],
)


def spellings(known: Mapping[str, str]) -> Secrets:
    """Patterns for these values by the names that they have in the environment, the longest first.

    Of an address only the password is secret, as it stands there and as it is meant.
    """
    values = {
        value: name for name, text in known.items() for value in _secret_parts(text) if len(value) >= SHORTEST
    }
    ordered = sorted(values, key=len, reverse=True)
    return tuple((re.compile(_written(value)), f"({values[value]})") for value in ordered)


def _secret_parts(text: str) -> Iterator[str]:
    if "://" not in text:
        yield text
        return
    try:
        parts = urlsplit(text)
        passwords = [parts.password, *(value for key, value in parse_qsl(parts.query) if "password" in key)]
    except ValueError:  # no address after all
        yield text
        return
    for password in filter(None, passwords):
        yield from dict.fromkeys((unquote(password), password))


class Redactor:
    """Takes ``secrets`` out of text."""

    def __init__(self, secrets: Secrets) -> None:
        self.secrets = tuple(secrets)

    def __call__(self, text: str) -> str:
        """The text without secrets."""
        for pattern, instead in self.secrets:
            text = pattern.sub(instead, text)
        return text

    def within(self, told: Any) -> Any:
        """What JSON can say, without secrets in any text of it."""
        match told:
            case str():
                return self(told)
            case list() | tuple():
                return [self.within(one) for one in told]
            case dict():
                return {self(name): self.within(one) for name, one in told.items()}
        return told


_of_process = Redactor(())


def withhold(secrets: Secrets) -> None:
    """From now on, these are what nobody may be told whom this process writes for."""
    global _of_process  # noqa: PLW0603 - the secrets of a process are one thing, and every room that writes must mean it
    _of_process = Redactor(secrets)


def withheld() -> Redactor:
    """What takes out the secrets of this process."""
    return _of_process


def _written(value: str) -> str:
    """A pattern for the value: as encoders write all of it, up to two of them in a row, each letter in a way of its own, or base64."""
    ways = {value}
    for _ in range(2):
        ways |= {encode(way) for way in ways for encode in ENCODERS}
    whole = "|".join(re.escape(way) for way in sorted(ways, key=len, reverse=True))
    return f"(?i:{whole})|{''.join(map(_letter, value))}|{_in_base64(value)}"


def _in_base64(value: str) -> str:
    """As base64 has the value wherever in what is encoded it stands ("desk:PASSWORD"), with what else its three offsets bring.

    Letters at either end that depend on the neighbours are left out, and so may stay.
    """
    raw, found = value.encode("utf-8", "surrogatepass"), set[str]()
    for offset in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            whole = encode(bytes(offset) + raw).decode("ascii").rstrip("=")
            first = (offset * 8 + 5) // 6
            found.add(whole[first : (offset + len(raw)) * 8 // 6])
    return "|".join(map(re.escape, sorted(found)))


def _letter(letter: str) -> str:
    """A letter in every way that it may be written. Atomic, so that no text makes the pattern try for long."""
    backslashes, number = r"\\{1,7}", ord(letter)
    encoded = letter.encode("utf-8", "surrogatepass")
    ways = ["".join(f"%(?:25){{0,3}}{byte:02x}" for byte in encoded)]
    if number > 127 or not letter.isalnum():
        ways += ["".join(f"{backslashes}x{byte:02x}" for byte in encoded)]
        ways += [f"{backslashes}(?:u{number:04x}|x{number:02x})"]
        ways += [backslashes + re.escape(letter)] if letter in "\"'" else []
        ways += [r"\+"] if letter == " " else []
        ways += [re.escape(html.escape(letter))]
    return f"(?>(?i:{'|'.join(ways)})|{re.escape(letter)})"
