"""Tokens lie where the expression for them finds them, wherever in a text the paragraph stands."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text import tokens as module
from bot.text.tokens import tokens


@settings(deadline=None, max_examples=60)
@given(st.text("asAÉ. '’-1,_“”n\n", max_size=24), st.integers(0, 24), st.integers(0, 24))
def test_tokens_are_what_the_expression_finds(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = tokens(text, start, end)
    assert [(token.start, token.end) for token in found] == [
        match.span() for match in module._TOKEN.finditer(text, start, end)
    ]
    assert all(text[token.start : token.end] == token.text for token in found)


def test_the_apostrophe_of_an_owner_is_a_word_unless_a_mark_is_open() -> None:
    text = "The Lines' owner said the keepers’ guild left. He called it ‘the Lines’ of old."
    assert [token.start for token in tokens(text, 0, len(text)) if token.lower == "'s"] == [9, 33]
