"""Whose words somebody asks for, and about what: "what did Teague say about oil", "Teague zu Öl" (pure).

Nothing that a person can type raises.
"""

from __future__ import annotations

import re

from bot.domain.times import time_words
from bot.grammar import requests, seeking, several
from bot.grammar.commands import MARKS
from bot.wording.heard.languages import languages
from bot.wording.language import any_word

_ABOUT = re.compile(rf"(?:^|\s){any_word('about')}:?(?=\s|$)", re.IGNORECASE)
_ON = re.compile(rf"\s{any_word('on', 'regarding', 're', 'concerning')}:?\s", re.IGNORECASE)
_PERHAPS_ON = re.compile(rf"\s{any_word('on, perhaps')}:?\s", re.IGNORECASE)
_SLIPPED = re.compile(r" ([abotu]{4,6}) ", re.IGNORECASE)
_SUBJECT_OF = re.compile(
    rf"^{any_word('subject of', 'topic of', 'matter of', 'issue of', 'question of')} (?=\S)", re.IGNORECASE
)
_OF_NOBODY = re.compile(rf"{any_word('about', 'on', 'regarding', 'on, perhaps')} (?=\S)")
_BY_LAST = re.compile(rf" {any_word('by', 'from')} ", re.IGNORECASE)
_QUOTED_BEHIND = re.compile(r"(?<=\w) (?=[\"“„«][^\"“”„«»]+[\"”“»]$)")
"""Before what somebody is asked to have said, word for word."""
_ABOUT_THAT = re.compile(rf"\s(?P<that>{any_word('about that')})$", re.IGNORECASE)
"""One word for it, as German has."""
_NAMED = re.compile(r"(?<=\w)(?:: ?| ?/ ?)(?=\w)")
_WHAT = re.compile(
    rf"{any_word('what else did', 'what did', 'what has', 'what does', 'what')}\s+", re.IGNORECASE
)
_THINKS, _OF_WHAT = (
    re.compile(rf"{any_word('what thinks')}\s", re.IGNORECASE),
    re.compile(rf"\s{any_word('of')}\s", re.IGNORECASE),
)
"""As in "was hält Teague von Öl", where the verb comes first and "of" stands for "about"."""
_ASKED = re.compile(rf"{any_word('did', 'has', 'everything', 'anything', 'all')}\s+", re.IGNORECASE)
_SAID = re.compile(
    rf"(?:^|\s)(?:{any_word('anything', 'something')}\s)?(?:{any_word('have to say', 'had to say', 'been saying', 'been telling', 'saying', 'say', 'said', 'says', 'think', 'thinks', 'comment', 'commented', 'tell', 'told', 'claim', 'claimed')}|{any_word('make', 'made')}(?=\s{any_word('of')}\s))(?:\s{any_word('anything', 'something', 'reporters', 'journalists', 'the press')})?(?P<of>\s{any_word('of')})?(?=\s|$)",
    re.IGNORECASE,
)
"""What somebody does who says something; "of" behind it stands for "about"."""
_OF = re.compile(rf"^{any_word('by', 'from', 'of', 'said by')} (?=\S)", re.IGNORECASE)
_ANYTHING = re.compile(rf"(?<=\w) {any_word('anything', 'something')}$", re.IGNORECASE)
_REMARKS = any_word(
    "quotes",
    "quote",
    "remarks",
    "remark",
    "comments",
    "comment",
    "statements",
    "statement",
    "words",
    "anything",
    "something",
)
_EXACT = any_word("exact", "own", "actual", "original", "direct", "literal", "last", "best")
_ALL = {word for one in languages().values() for word in one.seeking.every}
_REMARKS_OF = re.compile(
    rf"^(?:(?:{any_word('the', 'a', 'an')}|\d{{1,2}}|{'|'.join(sorted(time_words.COUNTS.keys() | _ALL))}) )?(?:{_EXACT} )?{_REMARKS} (?P<asked>(?:\w+ ){{0,4}}?)(?={any_word('by', 'from', 'of')} )",
    re.IGNORECASE,
)
_REMARKS_BY = re.compile(rf"\b{_REMARKS} {any_word('by', 'from', 'of')} ", re.IGNORECASE)
_THEIR_REMARKS = re.compile(rf"(?<=\w)['’]s? {_REMARKS}$", re.IGNORECASE)
_QUOTES_BEHIND = re.compile(
    rf"(?P<who>[^\W\d]\S*(?: [^\W\d]\S*){{0,3}}?)(?:['’]s? (?:{_EXACT} )?{_REMARKS}|(?:['’]s?)? {any_word('quotes', 'quote', 'in his own words', 'in her own words', 'in their own words', 'verbatim', 'word for word')})"
    rf"(?:$| {any_word('about', 'on', 'regarding', 'on, perhaps')} (?P<subject>.+))",
    re.IGNORECASE,
)
_ARTICLE = re.compile(rf"^{any_word('the', 'a', 'an')} (?=\S)", re.IGNORECASE)


def says(text: str) -> bool:
    """Whether somebody says something, as the words have it."""
    return _SAID.search(text) is not None


def is_what(text: str) -> bool:
    """Whether the words begin as a question of what somebody said does, a request before it aside."""
    return _WHAT.match(_without_request(text)) is not None


def asked_by(text: str) -> str:
    """Whose words, and about what, "statements by Teague" and "Teague quotes on oil" ask for; empty for other words."""
    if (found := _REMARKS_OF.match(text)) and all(map(requests.is_said, found["asked"].casefold().split())):
        return text[found.end() :]
    kept = seeking.without_days(text)
    owned = _QUOTES_BEHIND.match(kept)
    if owned and all(map(requests.is_said, owned["who"].casefold().split())):  # "any quotes on oil"
        return ""
    return (
        f"{' about '.join(filter(None, owned.group('who', 'subject')))}{text[len(kept) :]}" if owned else ""
    )


def name_and_subject(argument: str) -> tuple[str, str]:
    """The parts of `NAME about SUBJECT`, the subject without its article; it is empty when it is not given."""
    asked = seeking.without_closing(seeking.without_polite(" ".join(argument.split())))
    asked = _without_request(asked)
    if of_nobody := _OF_NOBODY.match(asked):  # "quotes on oil", "quotes on oil by Teague"
        subject, by, name = _BY_LAST.sub("\0", asked[of_nobody.end() :], count=1).partition("\0")
        return (name if by else ""), _ARTICLE.sub("", subject)
    what = _WHAT.match(asked) or (_SAID.search(asked) and _ASKED.match(asked))
    if what:  # "what did Teague say about oil?"
        thinks = _THINKS.match(asked)
        told = _SAID.sub(lambda said: " about" if said["of"] else "", asked[what.end() :], count=1)
        told = _QUOTED_BEHIND.sub(" about ", told, count=1) if not _ABOUT.search(told) else told
        asked = with_a_subject((_OF_WHAT.sub(" about ", told, count=1) if thinks else told).strip())
    asked = _ABOUT_THAT.sub(r" about \g<that>", asked, count=1)
    if not _ABOUT.search(asked):
        asked = _SLIPPED.sub(_mended_about, asked, count=1)
        asked = asked if _ON.search(asked) else _NAMED.sub(" about ", asked, count=1)
    head, *rest = (_ABOUT if _ABOUT.search(asked) else _ON).split(asked, maxsplit=1)
    head = _ANYTHING.sub("", head.strip()) if what else head
    head = _THEIR_REMARKS.sub("", _REMARKS_OF.sub("", head.strip()))
    head = requests.without_end(_OF.sub("", head))
    about = requests.without_end(requests.without_order(rest[0].strip())) if rest else ""
    story = seeking.bare(head)
    if not about and story != head and requests.without_article(head) != head:  # "the frost story"
        head, about = "", story
    subject = _SUBJECT_OF.sub("", _ARTICLE.sub("", about))
    return several.without_determiners(head.strip(f"{MARKS},;:")), subject


def _without_request(text: str) -> str:
    """The text from "what" or "quotes by" on, where all before it asks for it: "I would like to know what Teague said"."""
    for pattern in (_WHAT, _REMARKS_BY):
        found = pattern.search(text)
        if found and found.start() and all(map(requests.is_said, text[: found.start()].casefold().split())):
            return text[found.start() :]
    return text


def _mended_about(found: re.Match[str]) -> str:
    """The word "about" for one with a typing error in it: "abuot", "abot"."""
    return " about " if time_words.slipped(found[1].lower(), "about") else found[0]


def with_a_subject(argument: str) -> str:
    """`NAME about SUBJECT` for what may be that or a name: "Teague zu Öl", "Teague, oil", "Wied zu Wied"; the same where it may not."""
    if _ABOUT.search(argument):
        return argument
    parted = _PERHAPS_ON.sub(" about ", argument, count=1)
    return parted if parted != argument else re.sub(r", (?=\w)", " about ", argument, count=1)
