"""An expression behind a first look for its literals finds what it finds alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.prefilter import Prefiltered, required
from bot.article.text import appeals, asides
from bot.summary.openings import openings_of

PATTERNS = sorted(
    {one.pattern for room in (appeals, asides) for one in vars(room).values() if isinstance(one, Prefiltered)}
    | {one.pattern for code in ("en", "de", "ru") if (one := openings_of(code).announcing)}
    | {
        r"\bferr(?:y|ies)\b|harbo(?:u)?r",
        "(?:a|bb|cc?d){2,3}e*",
        r"[(\[]pier[)\]] ?x+y",
        r"(?P<sea>tide)s?(?!r)|\d{2}",
    }
)


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("ferry|quay", ("ferry", "quay")),
        (r"\bferr(?:y|ies)\b", ("ferr",)),
        ("har(?:bour|bor) master", (" master",)),
        ("(?:the|a) (?:ferry|quay)s?", ("ferry", "quay")),
        ("qu?ay", ("ay",)),
        ("(?:quay)?side", ("side",)),
        ("(?:quay){0,2}x", ("x",)),
        ("(?:quay){2}x", ("quay",)),
        (r"a\.b+", ("a.",)),
        ("(?=.*quay)[a-z]", ("",)),
        ("ferry|[a-z]", ("",)),
        ("ferry|fer", ("fer",)),
    ],
)
def test_the_literals_are_those_without_which_nothing_matches(pattern, literals):
    assert required(pattern) == literals


@pytest.mark.parametrize("pattern", ["(?i:quay)", r"(quay)\1", "(?-i:q)", "quay)"])
def test_what_it_cannot_read_is_refused(pattern):
    with pytest.raises(ValueError, match="not read"):
        required(pattern)


@given(st.data(), st.sampled_from(PATTERNS), st.text(max_size=9))
def test_whatever_matches_is_found(data, pattern, around):
    text = around + data.draw(st.from_regex(re.compile(pattern))) + around
    found = re.compile(pattern).search(text)
    looked = Prefiltered(pattern).search(text)
    assert (found and found.span()) == (looked and looked.span())
