"""The dateline that opens a report, and the sign-off that closes it: place, day and agency."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶĹĻĽŁŃŅŇŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽА-ЯЁІЇЄҐΑ-Ω"
_CAPITALS = rf"[{_UPPER}][{_UPPER}.'’-]{{1,24}}"
_NAME = rf"[{_UPPER}][\w.'’-]{{1,24}}"
_LOUD_PLACE = rf"{_CAPITALS}(?:[ /]{_CAPITALS}){{0,3}}(?:, {_NAME}(?: {_NAME}){{0,2}}){{0,2}}"
_PLACE = rf"{_NAME}(?:[ /]{_NAME}){{0,3}}(?:, {_NAME}(?: {_NAME}){{0,2}})?"
_DAY = r"(?:[^\W\d_]{3,9}\.? \d{1,2}|(?:le |den |a |el )?\d{1,2}(?:\.|er)? ?(?:de )?[^\W\d_]{3,10}\.?)(?:,? (?:de )?\d{4})?"
_DATED = r"(?:[^\W\d_]{3,9}\.? \d{1,2},?|\d{1,2}\.? ?(?:de )?[^\W\d_]{3,10}\.?(?: de)?) (?:19|20)\d\d"
_AGENCY = r"[(/](?P<agency>[^\W\d_][^()\n]{1,38}?)[)/]"
_DASH = r"(?: ?(?:--|[–—])(?: |$)| -(?: |$)|(?:--|—)(?=\S)|\. ?[-–—](?: |$))"
_WHERE = rf"{_NAME}(?:[ /]{_NAME}){{0,3}}(?:, {_NAME}(?: {_NAME}){{0,2}}){{0,2}}(?: \({_NAME}(?: {_NAME}){{0,2}}\))?"
_WHEN = r"(?:den )?(?:[^\W\d_]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,?|\d{1,2}(?:st|nd|rd|th)?\.? ?(?:de )?[^\W\d_]{3,10}\.?,?(?: de)?) (?:19|20)\d\d|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d"
_BETWEEN = r"(?:,? ?[–—|/-]{1,2} ?|, ?| )"
_SPOKEN = r"(?=[\"“‘'«„¿¡]?[^\W_a-z]|$)"  # What follows begins a sentence.
_DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        # Of releases, with the day's year: "Averne, Halvenia – November 17, 2026 – The harbour…", "[17 November 2026, Averne] – The…"
        rf"[(\[]?(?:{_WHERE}{_BETWEEN}(?:{_WHEN})|(?:{_WHEN}){_BETWEEN}{_WHERE})[)\]]?(?:{_DASH}{_AGENCY})?(?:{_DASH}| \| ?|: ){_SPOKEN}",
        # "AVERNE, NY / ACCESSWIRE / November 19, 2026 / The harbour…"
        rf"{_LOUD_PLACE} ?/ ?(?P<agency>{_CAPITALS}(?: {_CAPITALS}){{0,2}}) ?/ ?{_DAY} ?/ ?{_SPOKEN}",
        rf"{_CAPITALS}(?: {_CAPITALS}){{0,2}} via (?P<agency>{_CAPITALS}(?: {_CAPITALS}){{0,2}}){_DASH}{_SPOKEN}",
        rf"{_LOUD_PLACE}, {_DAY}\.?{_DASH}(?P<agency>(?:{_NAME} ?){{1,2}})\. {_SPOKEN}",
        rf"{_LOUD_PLACE}(?:, {_DAY})?(?:,? {_AGENCY})?{_DASH}{_SPOKEN}",
        rf"{_PLACE}(?:, {_DAY}| {_DAY})? ?{_AGENCY}(?:{_DASH}|: ?){_SPOKEN}",
        rf"{_DAY} ?{_AGENCY}(?:{_DASH}|: ?|$){_SPOKEN}",
        rf"\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}})?,? {_PLACE} ?{_AGENCY}{_DASH}{_SPOKEN}",
        rf"{_AGENCY}{_DASH}{_LOUD_PLACE}, {_DAY}{_DASH}{_SPOKEN}",
        rf"{_AGENCY}{_DASH}{_SPOKEN}",
        rf"{_LOUD_PLACE}, {_DAY}\.? ?{_AGENCY}\. {_SPOKEN}",
        rf"{_LOUD_PLACE}\. {_DAY}\. (?P<agency>{_CAPITALS})\. {_SPOKEN}",
        rf"{_PLACE}, {_DAY}(?:{_DASH}|: ?){_SPOKEN}",
        rf"{_PLACE}, (?:den )?{_DATED}\. {_SPOKEN}",
        # Korean and Japanese set place and agency in brackets, Chinese names the agency first.
        r"[\[(【［（][^\W\d_][^\])】］）=＝\n]{0,15}[=＝](?P<agency>[^\])】］）\n]{1,15})[\])】］）] ?(?:[가-힣·, ]{2,20}(?:기자|특파원|통신원) ?)?(?:[=＝] ?)?",
        r"[【［\[][^】］\]\n]{1,20}?(?P<agency>共同|時事|ロイター|AFP時事|AFP|AP)[】］\]] ?(?:[-－–—] ?)?",
        r"(?P<agency>新华社|新華社|中新社|中新网|中央社|路透社|法新社|美联社|人民网|央视网)[^\s，。（(]{0,10}\d{1,2}月\d{1,2}日[电電讯訊] ?(?:[（(][^）)\n]{1,30}[）)] ?)?[:：]? ?",
        r"[（(](?P<agency>中央社)[^）)\n]{1,24}[電电][）)] ?",
        r"[一-鿿]{2,10}?(?:社|网|網|报|報|台|讯)[一-鿿]{0,6}\d{1,2}月\d{1,2}日[电電讯訊] ?(?:[（(][^）)\n]{1,30}[）)] ?)?[:：]? ?",
        r"(?P<mark>[（(【［\[〔])?(?:本报|本報|本网|本網|本刊|本台)[^）)】］\]〕，。\s]{0,14}[讯訊道導電电](?(mark)[）)】］\]〕]|(?=[（(:： ])) ?(?:[（(](?:记者|記者)[^）)\n]{1,30}[）)] ?)?[:：]? ?",
        r"[（(【［\[〔][一-鿿]{0,6}(?:记者|記者)[^）)】］\]〕。，\n]{2,24}[讯訊道導電电][）)】］\]〕] ?",
        r"[（(【［\[〔](?:记者|記者) ?[一-鿿、 ]{2,20}[）)】］\]〕] ?",
        r"[가-힣]{2,8}[=＝](?P<agency>[가-힣\w]{2,10})[)\]】] ?(?:[가-힣·, ]{2,20}(?:기자|특파원|통신원) ?)?(?:[=＝] ?)?",
        r"[\u0621-\u064a]{2,12}(?: [\u0621-\u064a]{2,12}){0,2}(?:[،,] \d{1,2} [\u0621-\u064a]{3,12})? ?\((?P<agency>[^()\n]{2,25})\) ?[-–—:] ?",
        r"[\u0900-\u0963]{2,15}(?: [\u0900-\u0963]{2,15}){0,2}, \d{1,2} [\u0900-\u0963]{2,10}(?: \d{4})? ?\((?P<agency>[^()\n]{2,20})\)[-–—:।. ]{1,3}",
    )
)
_CALLED = re.compile(rf"(?P<place>{_NAME}(?: {_NAME}){{0,2}}): (?=[^\W_a-z])")
_PLACES = re.compile(
    rf"(?P<place>{_NAME}(?: {_NAME})?)(?: ?/ ?(?P<other>{_NAME}(?: {_NAME})?))?(?: [-–—] |\. ?[-–—] ?|: )(?=[\"“‘'«„¿¡]?[^\W_a-z])"
)
_ASIDE = re.compile(r" [-–—] ")
_NO_PLACE = re.compile(
    r"note|analysis|opinion|update[d]?|correction|exclusive|breaking|watch|read|video|live|explained|explainer|question"
    r"|answer|review|interview|summary|background|editorial|comment|source|title|date|fact|claim|file|photo|picture",
    re.IGNORECASE,
)
_HERE = re.compile(
    r"[\"“„«»‘'¿¡]{0,2}(?:here|hier|dort|ici|aquí|allí|aqui|ali|här|tutaj|zde|здесь|тут|burada|täällä|itt|εδώ|هنا)\b",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(?:(?:--?|[–—]) ?|(?=\())\(?(?P<name>[^\W\d_][\w.&'’]{0,24}(?:[ /-][\w.&'’]{1,24}){0,4})\)?\.?$"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening words of a report: where they ``end`` in it, and the ``agency`` that they name."""

    end: int
    agency: str | None


def dateline(paragraph: str, rest: str) -> Dateline | None:
    """The dateline that opens ``paragraph``; ``rest`` is the text after it.

    "Moscow: The president…" counts only when the text names the place again: else "Putin: We will
    stay" would lose its speaker.
    """
    head = paragraph[:160]
    for pattern in _DATELINES:
        if found := pattern.match(head):
            agency = found.groupdict().get("agency")
            return Dateline(found.end(), agency.strip() if agency else None)
    found = _CALLED.match(head)
    if found and _is_place(found["place"], paragraph[found.end() :] + rest):
        return Dateline(found.end(), None)
    return None


def place_named(paragraph: str, rest: str) -> int:
    """Where the bare place that opens ``paragraph`` ends ("Brindle - The", "BRINDLE: The", "Brindle/Norrin – The"); 0 for none.

    Less sure than a dateline: for what is shown of a text, and not for what the text is. One place alone is named again, as it is
    or in small letters, unless ".-" is behind it; a pair of dashes is the sentence's own.
    """
    found = _PLACES.match(paragraph[:80])
    if found is None:
        return 0
    following = paragraph[found.end() :]
    sentence = following.partition(". ")[0]
    loud = found["place"].isupper()
    if _ASIDE.search(sentence) or not (loud or not found[0].endswith(": ")):
        return 0
    name, said = found["place"], following + rest
    sure = (found["other"] and not found[0].endswith(": ")) or ".-" in found[0]
    return found.end() if sure or any(_is_place(each, said) for each in {name, name.title()}) else 0


def points_back(sentence: str) -> bool:
    """Whether a ``sentence`` begins with a word for the place that its dateline names, and says nothing without that."""
    return _HERE.match(sentence) is not None


def sign_off(line: str, *, bullet: bool) -> str | None:
    """The agency or desk that signs a report on a last line of its own ("--HNS", "(kpa)")."""
    found = _SIGN_OFF.match(f"- {line}" if bullet and line[:1] not in "-–—" else line)
    return found["name"] if found and len(line) <= 60 else None


def _is_place(name: str, text: str) -> bool:
    if _NO_PLACE.fullmatch(name):
        return False
    again = re.search(rf"\b(?:in|at|from|to|of|near|and)? ?{re.escape(name)}\b", text)
    speaks = re.search(rf"{re.escape(name)} (?:said|says|told|added|noted)\b", text)
    return again is not None and speaks is None
