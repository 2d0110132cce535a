"""Reasons: a code and its arguments, kept as such and told in words."""

from __future__ import annotations

import ast
import inspect
import json
import pickle
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import UnreadableDocument
from bot.domain.reasons import LONGEST, WORDS, Reason, dumped, in_words, loaded, record
from bot.domain.unicode import well_formed
from bot.wording.reasons import TEXTS, told
from tests.parsing import parsed

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = st.text(st.characters() | st.sampled_from('{}{0.__class__}%s"\\[]\0\x1b\x7f\ud800\u202e\n'))
PLAIN = HOSTILE | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False)


def reasons(arguments: st.SearchStrategy[object] = PLAIN) -> st.SearchStrategy[Reason]:
    names = st.sampled_from(["why", "count", "most", "said", "self", "code", "words", "headline", "limit"])
    given_names = st.dictionaries(names, arguments, max_size=4)
    return st.builds(
        lambda code, named: Reason(code, **named), st.sampled_from(sorted(TEXTS)) | HOSTILE, given_names
    )


NESTED = st.recursive(reasons(), lambda inner: reasons(PLAIN | inner), max_leaves=8)


def made(file: Path) -> Iterator[tuple[ast.Call, str]]:
    """Each reason that the file makes, and where."""
    source = file.read_text(encoding="utf-8")
    for node in ast.walk(parsed(file)) if "Reason(" in source else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason":
            yield node, f"{file.relative_to(ROOT)}:{node.lineno}"


@cache
def calls() -> list[tuple[ast.Call, str]]:
    """Each reason that the project makes."""
    files = sorted((ROOT / "bot").rglob("*.py"))
    return [call for file in files if file != ROOT / "bot/domain/reasons.py" for call in made(file)]


def codes(call: ast.Call) -> list[str]:
    """The codes that a call may mean: of one whose code is put together, all with its beginning."""
    match call.args:
        case [ast.Constant(value=str(code))]:
            return [code]
        case [ast.JoinedStr(values=[ast.Constant(value=str(beginning)), ast.FormattedValue()])]:
            return [code for code in TEXTS if code.startswith(beginning)]
    return []


def named(code: str) -> set[str]:
    """The arguments that the text of a code names."""
    text = TEXTS[code]
    if isinstance(text, str):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return set(inspect.signature(text).parameters)


def test_each_reason_has_a_text_that_names_just_its_arguments():
    assert len(calls()) > 80
    faults = [
        (where, code)
        for call, where in calls()
        for code in codes(call) or [ast.unparse(call)]
        if code not in TEXTS or named(code) != {keyword.arg for keyword in call.keywords}
    ]
    assert faults == []


def test_each_text_is_of_a_reason_that_is_made():
    assert set(TEXTS) - {code for call, _ in calls() for code in codes(call)} - {WORDS} == set()


def test_a_text_names_its_arguments_and_nothing_inside_them():
    names = {name for code in TEXTS for name in named(code)}
    assert names
    assert [name for name in names if not name.isidentifier()] == []


@given(NESTED)
def test_a_reason_comes_back_as_it_was_kept(reason: Reason):
    text = dumped(reason)
    assert text.isascii()
    assert text.isprintable()
    assert loaded(text) == reason
    assert str(loaded(text)) == str(reason)


@given(NESTED)
def test_a_reason_crosses_from_a_worker(reason: Reason):
    assert pickle.loads(pickle.dumps(reason)) == reason
    error = pickle.loads(pickle.dumps(UnreadableDocument("a.txt", reason)))
    assert (error.name, error.reason, str(error)) == ("a.txt", reason, f"a.txt: {reason}")


@given(NESTED)
def test_whatever_its_arguments_are_a_reason_can_be_told(reason: Reason):
    assert isinstance(str(reason), str)


@given(st.sampled_from(sorted(TEXTS)), HOSTILE)
def test_what_a_stranger_wrote_is_told_as_it_is(code: str, text: str):
    if named(code) == {"said"}:
        assert well_formed(text) in str(Reason(code, said=text))
    assert str(in_words(text)) == well_formed(text)


def test_marks_of_a_format_in_an_argument_are_no_format():
    assert str(Reason("known.same", file="{file!r} {0.__class__} %s")) == (
        'same text as "{file!r} {0.__class__} %s"'
    )


def test_a_reason_within_a_reason_is_told_in_its_place():
    bomb = Reason("archive.bomb", most=150)
    whole = Reason("document.none_of", count=1_000, place="#a", why=Reason("archive.unopened", why=bomb))
    assert str(whole) == (
        "none of its 1,000 parts is an article; #a: the archive is not opened: it unpacks to more than 150 times its "
        "size, as a bomb does"
    )
    assert record(whole)["arguments"]["why"]["arguments"]["why"] == {
        "code": "archive.bomb",
        "arguments": {"most": 150},
    }


def test_controls_go_and_a_long_text_is_cut():
    (said,) = dict(Reason("file.failed", said="\x1b[31m\0disk" + "k" * LONGEST).arguments).values()
    assert isinstance(said, str)
    assert said.startswith("[31mdiskk")
    assert len(said) < LONGEST


@pytest.mark.parametrize(
    "text",
    [
        "the page holds no article text", "", "{", "[]", "null", "3", '"words"', '{"code": "file.empty"}',
        '{"code": 1, "arguments": {}}', '{"code": "x", "arguments": {"a": null}}', "[" * 100_000, "1" * 4_000,
        '{"code": "x", "arguments": {}, "more": 1}',
    ],
)  # fmt: skip
def test_what_an_earlier_version_kept_is_in_words(text: str):
    assert loaded(text) == in_words(text)
    assert str(loaded(text)) == text[:LONGEST]


def test_a_code_of_a_later_version_is_told_by_its_arguments():
    kept = json.dumps({"code": "comet.tail", "arguments": {"length": 3, "why": record(Reason("file.empty"))}})
    assert str(loaded(kept)) == (
        "comet.tail (length: 3, why: the file is empty; drop it again once it has text)"
    )
    assert told("pdf.pages", {"count": "many"}) == "pdf.pages (count: many)"
    assert told("comet", {}) == "comet"
